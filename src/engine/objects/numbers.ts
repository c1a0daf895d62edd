import type { Heap, Tagged } from '../heap/index.ts';
declare const todo: () => never;
/** Smi or HeapNumber to a host number. */
export const numberValue = (_heap: Heap, _w: Tagged): number => todo();
export const isNumber = (_heap: Heap, _w: Tagged): boolean => todo();
export const bigintValue = (_heap: Heap, _w: Tagged): bigint => todo();
