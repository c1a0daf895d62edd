// Pointer maps: how large an object is and which of its words are tagged. They follow from the rows; heap types of the same shape
// share one. Every Map carries the number of its own (Map.VisitorId); 0 is none.
//
//   size   = base + stride × ((word at countAt >> shift) & mask), or the map's instance size where countAt is −1, rounded up to 8
//   tagged = [start, end) ∪ [start2, end2), byte offsets from the object's start; end 0 means the unrounded size, −1 for both
//            that there is no such range. The map word (offset 0) is in none: Maps never move.
//
// Smis and, behind the fields, padding join the ranges of their neighbours; alone they need no visit.

import type { FieldKind } from './heap-type.ts';
import { type HeapTypeDescription, heapTypeTable } from './heap-types.ts';

/** [countAt, shift, mask, base, stride, start, end, start2, end2] */
type PointerMap = readonly number[];

interface Range {
  start: number;
  end: number;
  needsVisit: boolean;
}

const isWord = (kind: FieldKind): boolean => kind === 'tagged' || kind === 'weak' || kind === 'smi';

function rangesOf({ fields, rest, size, isReceiver }: HeapTypeDescription): Range[] {
  const ranges: Range[] = [];
  const add = (start: number, end: number, needsVisit: boolean): void => {
    const last = ranges.at(-1);
    if (last?.end === start) {
      last.end = end;
      last.needsVisit ||= needsVisit;
    } else ranges.push({ start, end, needsVisit });
  };
  for (const { offset, size: bytes, kind } of fields)
    if (offset > 0 && (isWord(kind) || (kind === 'padding' && offset + bytes === size && rest === undefined)))
      add(offset, offset + bytes, kind === 'tagged' || kind === 'weak');
  const last = ranges.at(-1);
  if (rest === undefined && last?.end === size) last.end = 0;
  if (rest === undefined && isReceiver && last?.end !== 0) ranges.push({ start: size, end: 0, needsVisit: true });
  if (rest !== undefined && isWord(rest.kind)) add(rest.start, 0, true);
  return ranges.filter((range) => range.needsVisit);
}

/** The shape of a heap type. */
export function pointerMapOf(type: HeapTypeDescription): PointerMap {
  const { rest } = type;
  const ranges = rangesOf(type);
  if (ranges.length > 2)
    throw new Error(`layout: ${type.name} has ${ranges.length} runs of tagged words; two are supported`);
  const [first = { start: -1, end: -1 }, second = { start: -1, end: -1 }] = ranges;
  const size =
    rest === undefined ? [-1, 0, -1, 0, 0] : [rest.countAt, rest.countShift, rest.countMask, rest.base, rest.stride];
  return [...size, first.start, first.end, second.start, second.end];
}

const shapes: PointerMap[] = [[-1, 0, -1, 0, 0, -1, -1, -1, -1]];
const visitors: [type: number, visitor: number][] = [];
for (const type of heapTypeTable) {
  const shape = pointerMapOf(type);
  let id = shapes.findIndex((other, i) => i > 0 && other.join() === shape.join());
  if (id < 0) id = shapes.push(shape) - 1;
  for (const instanceType of Object.values(type.instanceTypes)) visitors.push([instanceType, id]);
}

/** By visitor id. */
export const pointerMapRows: readonly PointerMap[] = shapes;
/** [instance type, visitor id], in the types' order. */
export const visitorIds: readonly (readonly [type: number, visitor: number])[] = visitors.sort(([a], [b]) => a - b);
