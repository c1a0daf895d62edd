import type { Heap, Tagged } from '../heap/index.ts';
declare const todo: () => never;
/** V8's ShortPrint. */
export const brief = (_heap: Heap, _word: Tagged): string => todo();
