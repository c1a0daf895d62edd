export * from './range';
export { Size } from './size';
export { Bound } from './range';
