import type { Heap } from '../heap/index.ts';
declare const todo: () => never;
/** Checks the whole heap; throws an Error naming object, field and rule. */
export const verifyHeap = (_heap: Heap): void => todo();
