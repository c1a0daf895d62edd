export * from './range';
export { Size } from './size';
export { Bound } from './range';
export { shown } from './element';
export { default as legacy } from './legacy.cjs';
export { assertOk, half, type Result } from './result';
export { Squares } from './sequence';
export { view } from './view';
