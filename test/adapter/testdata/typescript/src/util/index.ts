export * from './range';
export { Size } from './size';
