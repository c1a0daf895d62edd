// All rows, by name.

export * from './arrays.ts';
export * from './cells.ts';
export * from './functions.ts';
export * from './js-objects.ts';
export * from './primitives.ts';
export * from './records.ts';
