// Dependent code: lists of optimized Code on the Maps, cells and sites whose state the code assumed.
//
//   [map][length][weak Code][groups Smi][weak Code][groups Smi] …      empty_fixed_array when nothing depends
//
// Invariant: breaking an assumption marks exactly the codes registered for its group; unlinking them is the isolate's part.

import { type Heap, Space, type Tagged } from '../heap/index.ts';
import { Code, CodeFlags, type DependencyGroup, FixedArray, StaticRoot, type TaggedField } from '../layout/index.ts';
import type { Factory } from './factory.ts';

/** Registers `code` in the list at `holder + offset` for the groups (bit set). */
export const registerDependency = (
  factory: Factory,
  holder: Tagged,
  field: TaggedField,
  code: Tagged,
  groups: number,
): void => {
  const { heap } = factory;
  const list = heap.get(holder, field);
  const length = heap.get(list, FixedArray.Length) >> 1;
  for (let i = 0; i < length; i += 2) {
    const entry = heap.getElement(list, FixedArray.Elements, i);
    if (entry === 3 || entry === 0) {
      heap.setElement(list, FixedArray.Elements, i, code | 2);
      heap.initElement(list, FixedArray.Elements, i + 1, groups << 1);
      return;
    }
    if (entry === (code | 2)) {
      heap.initElement(
        list,
        FixedArray.Elements,
        i + 1,
        heap.getElement(list, FixedArray.Elements, i + 1) | (groups << 1),
      );
      return;
    }
  }
  const grown = factory.newArrayLike(StaticRoot.WeakArrayListMap, length === 0 ? 2 : 2 * length, 0, Space.Old);
  for (let i = 0; i < length; i++)
    heap.setElement(grown, FixedArray.Elements, i, heap.getElement(list, FixedArray.Elements, i));
  heap.setElement(grown, FixedArray.Elements, length, code | 2);
  heap.initElement(grown, FixedArray.Elements, length + 1, groups << 1);
  heap.set(holder, field, grown);
};

/** Marks every live code registered for one of `groups`; returns how many were marked, and tells the isolate. */
export const deoptimizeDependents = (
  factory: Factory,
  holder: Tagged,
  field: TaggedField,
  groups: DependencyGroup,
): number => {
  const { heap } = factory;
  const list = heap.get(holder, field);
  const length = heap.get(list, FixedArray.Length) >> 1;
  if (length === 0) return 0;
  const marked: Tagged[] = [];
  const broken: DependencyGroup[] = [];
  // The latest first, as V8 does.
  for (let i = length - 2; i >= 0; i -= 2) {
    const entry = heap.getElement(list, FixedArray.Elements, i);
    if ((entry & 3) !== 3 || entry === 3) continue;
    const matching = (heap.getElement(list, FixedArray.Elements, i + 1) >> 1) & groups;
    if (matching === 0) continue;
    const code = entry & ~2;
    const flags = heap.getI32(code, Code.Flags);
    if ((flags & CodeFlags.MarkedForDeoptimization) === 0) {
      heap.setI32(code, Code.Flags, flags | CodeFlags.MarkedForDeoptimization);
      marked.push(code);
      broken.push(matching);
    }
    heap.initElement(list, FixedArray.Elements, i, 3);
    heap.initElement(list, FixedArray.Elements, i + 1, 0);
  }
  if (marked.length > 0) factory.onCodeMarked(marked, broken);
  return marked.length;
};

/** Codes registered at a holder, for inspection. */
export const dependentCodes = (heap: Heap, holder: Tagged, field: TaggedField): { code: Tagged; groups: number }[] => {
  const list = heap.get(holder, field);
  const length = heap.get(list, FixedArray.Length) >> 1;
  const result: { code: Tagged; groups: number }[] = [];
  for (let i = 0; i < length; i += 2) {
    const entry = heap.getElement(list, FixedArray.Elements, i);
    if ((entry & 3) === 3 && entry !== 3)
      result.push({ code: entry & ~2, groups: heap.getElement(list, FixedArray.Elements, i + 1) >> 1 });
  }
  return result;
};
