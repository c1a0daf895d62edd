// Dependent code: lists of optimized Code on the Maps, cells and sites whose state the code assumed.
//
//   [map][length][weak Code][groups Smi][weak Code][groups Smi] …      empty_fixed_array when nothing depends
//
// Invariant: breaking an assumption marks exactly the codes registered for its group; unlinking them is the isolate's part.

import { type Heap, Space, type Tagged } from '../heap/index.ts';
import { Code, CodeFlags, type DependencyGroup, FixedArray, StaticRoot } from '../layout/index.ts';
import type { Factory } from './factory.ts';

/** Registers `code` in the list at `holder + offset` for the groups (bit set). */
export const registerDependency = (
  factory: Factory,
  holder: Tagged,
  offset: number,
  code: Tagged,
  groups: number,
): void => {
  const { heap } = factory;
  const list = heap.get(holder, offset);
  const length = heap.get(list, FixedArray.Length) >> 1;
  for (let i = 0; i < length; i += 2) {
    const entry = heap.get(list, FixedArray.Elements + 4 * i);
    if (entry === 3 || entry === 0) {
      heap.set(list, FixedArray.Elements + 4 * i, code | 2);
      heap.init(list, FixedArray.Elements + 4 * i + 4, groups << 1);
      return;
    }
    if (entry === (code | 2)) {
      heap.init(list, FixedArray.Elements + 4 * i + 4, heap.get(list, FixedArray.Elements + 4 * i + 4) | (groups << 1));
      return;
    }
  }
  const grown = factory.newArrayLike(StaticRoot.WeakArrayListMap, length === 0 ? 2 : 2 * length, 0, Space.Old);
  for (let i = 0; i < length; i++)
    heap.set(grown, FixedArray.Elements + 4 * i, heap.get(list, FixedArray.Elements + 4 * i));
  heap.set(grown, FixedArray.Elements + 4 * length, code | 2);
  heap.init(grown, FixedArray.Elements + 4 * length + 4, groups << 1);
  heap.set(holder, offset, grown);
};

/** Marks every live code registered for one of `groups`; returns how many were marked, and tells the isolate. */
export const deoptimizeDependents = (
  factory: Factory,
  holder: Tagged,
  offset: number,
  groups: DependencyGroup,
): number => {
  const { heap } = factory;
  const list = heap.get(holder, offset);
  const length = heap.get(list, FixedArray.Length) >> 1;
  if (length === 0) return 0;
  const marked: Tagged[] = [];
  const broken: DependencyGroup[] = [];
  // The latest first, as V8 does.
  for (let i = length - 2; i >= 0; i -= 2) {
    const at = FixedArray.Elements + 4 * i;
    const entry = heap.get(list, at);
    if ((entry & 3) !== 3 || entry === 3) continue;
    const matching = (heap.get(list, at + 4) >> 1) & groups;
    if (matching === 0) continue;
    const code = entry & ~2;
    const flags = heap.getI32(code, Code.Flags);
    if ((flags & CodeFlags.MarkedForDeoptimization) === 0) {
      heap.setI32(code, Code.Flags, flags | CodeFlags.MarkedForDeoptimization);
      marked.push(code);
      broken.push(matching);
    }
    heap.init(list, at, 3);
    heap.init(list, at + 4, 0);
  }
  if (marked.length > 0) factory.onCodeMarked(marked, broken);
  return marked.length;
};

/** Codes registered at a holder, for inspection. */
export const dependentCodes = (heap: Heap, holder: Tagged, offset: number): { code: Tagged; groups: number }[] => {
  const list = heap.get(holder, offset);
  const length = heap.get(list, FixedArray.Length) >> 1;
  const result: { code: Tagged; groups: number }[] = [];
  for (let i = 0; i < length; i += 2) {
    const entry = heap.get(list, FixedArray.Elements + 4 * i);
    if ((entry & 3) === 3 && entry !== 3)
      result.push({ code: entry & ~2, groups: heap.get(list, FixedArray.Elements + 4 * i + 4) >> 1 });
  }
  return result;
};
