// Layouts of everything in the heap, as one table of rows. See heap-type.ts for how a row reads, docs/adding.md for how to add one.
// Only what can be written down as literals is exported: enums, data, and functions that return data.

export type { Field, FieldKind, FieldRow, RestRow, TaggedField } from './heap-type.ts';
export { type HeapTypeDescription, heapTypes } from './heap-types.ts';
export { InstanceType, StringBits } from './instance-type.ts';
export { pointerMapRows, visitorIds } from './pointer-maps.ts';
export * from './rows.ts';
export { StaticRoot, type StaticRootName, singletonSize, staticMaps } from './static-roots.ts';
export type { Address, Handle, RegisterIndex, RegisterOperand, SlotIndex, WordIndex } from './units.ts';
