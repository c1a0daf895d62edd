import type { Heap, Tagged } from '../heap/index.ts';
declare const todo: () => never;
export const toHostString = (_heap: Heap, _s: Tagged): string => todo();
export const stringLength = (_heap: Heap, _s: Tagged): number => todo();
export const charCodeAt = (_heap: Heap, _s: Tagged, _index: number): number => todo();
/** Flattens a cons string (in place: the cons becomes [flat, empty]); returns a sequential or sliced string with the same contents. */
export const flatten = (_heap: Heap, _s: Tagged): Tagged => todo();
export const stringEquals = (_heap: Heap, _a: Tagged, _b: Tagged): boolean => todo();
/** 30-bit hash of a Name. */
export const hashOf = (_heap: Heap, _name: Tagged): number => todo();
/** Array index of a string (0 … 2^32−2) or −1. */
export const arrayIndexOf = (_heap: Heap, _s: Tagged): number => todo();
export const isString = (_heap: Heap, _w: Tagged): boolean => todo();
export const isInternalized = (_heap: Heap, _w: Tagged): boolean => todo();
export const isName = (_heap: Heap, _w: Tagged): boolean => todo();
