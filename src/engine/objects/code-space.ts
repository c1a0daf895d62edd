// Code space: where instructions stand, and the list of the Code objects that they belong to.
//
//   Root.CodeList   [count] Code, Code, … sorted by start; the list keeps none of them alive
//
// Code is put into the first gap that a collection left, or behind everything. One byte of gap stays behind each: a return address
// at the very end still belongs to it.

import { type Address, type Heap, Region, Space, type Tagged } from '../heap/index.ts';
import { Code, FixedArray, StaticRoot } from '../layout/index.ts';
import type { Factory } from './factory.ts';
import { root, setRoot } from './root-slots.ts';
import { Root } from './roots.ts';

const alignment = 64;
const aligned = (address: Address): Address => (address + alignment - 1) & -alignment;

/** int3: what freed code is filled with. */
const trap = 0xcc;

/** Takes room for `size` bytes of instructions. */
export const allocateCode = (heap: Heap, size: number): Address => {
  const { codeGaps } = heap;
  for (let i = 0; i < codeGaps.length; i += 2) {
    const start = aligned(codeGaps[i]!);
    if (start + size >= codeGaps[i + 1]!) continue;
    codeGaps[i] = start + size + 1;
    return start;
  }
  const start = aligned(heap.codeTop);
  if (start + size > Region.CodeEnd) throw new RangeError('code space is full');
  heap.codeTop = start + size + 1;
  return start;
};

export const codeCount = (heap: Heap): number => {
  const list = root(heap, Root.CodeList);
  return heap.get(list, FixedArray.Length) === 0 ? 0 : heap.get(list, FixedArray.Elements) >> 1;
};

/** Code objects by their place, from 0. */
export const codeAt = (heap: Heap, index: number): Tagged =>
  heap.getElement(root(heap, Root.CodeList), FixedArray.Elements, index + 1);

/** Puts a Code object into the list. */
export const registerCode = (factory: Factory, code: Tagged): void => {
  const { heap } = factory;
  let list = root(heap, Root.CodeList);
  let capacity = heap.get(list, FixedArray.Length) >> 1;
  const count = codeCount(heap);
  if (count + 1 >= capacity) {
    capacity = 2 * capacity + 16;
    const grown = factory.newArrayLike(StaticRoot.FixedArrayMap, capacity, 0, Space.Old);
    for (let i = 1; i <= count; i++)
      heap.initElement(grown, FixedArray.Elements, i, heap.getElement(list, FixedArray.Elements, i));
    list = grown;
    setRoot(heap, Root.CodeList, list);
  }
  let at = count;
  const start = heap.getI32(code, Code.InstructionStart);
  while (at >= 1 && heap.getI32(heap.getElement(list, FixedArray.Elements, at), Code.InstructionStart) > start) {
    heap.initElement(list, FixedArray.Elements, at + 1, heap.getElement(list, FixedArray.Elements, at));
    at--;
  }
  heap.initElement(list, FixedArray.Elements, at + 1, code);
  heap.init(list, FixedArray.Elements, (count + 1) << 1);
};

/** Gives the instructions of the Code objects that do not live back. @param freed learns of each range */
export const sweepCode = (
  heap: Heap,
  isLive: (code: Tagged) => boolean,
  freed: (start: Address, end: Address) => void,
): void => {
  const list = root(heap, Root.CodeList);
  const count = codeCount(heap);
  heap.codeGaps.length = 0;
  let kept = 0;
  let top: Address = Region.BuiltinCodeEnd;
  for (let i = 0; i < count; i++) {
    const code = codeAt(heap, i);
    const start = heap.getI32(code, Code.InstructionStart);
    const end = start + heap.getI32(code, Code.InstructionSize);
    if (!isLive(code)) {
      heap.u8.fill(trap, start, end);
      freed(start, end);
      continue;
    }
    if (start - top >= alignment) heap.codeGaps.push(top, start);
    top = Math.max(top, end + 1); // builtins stand where nothing else may
    heap.initElement(list, FixedArray.Elements, ++kept, code);
  }
  for (let i = kept + 1; i <= count; i++) heap.initElement(list, FixedArray.Elements, i, 0);
  if (count > 0) heap.init(list, FixedArray.Elements, kept << 1);
  heap.codeTop = top;
};
