// Objects read by the rows of their heap types: fields by name, elements by index. For printers and for people; nothing hot.

import type { Heap, Tagged } from '../heap/index.ts';
import {
  type FieldKind,
  type FieldRow,
  HeapObject,
  type HeapTypeDescription,
  heapTypes,
  MapObject,
  type RestRow,
} from '../layout/index.ts';

/** The row of an instance type. */
export const heapTypeOf = (instanceType: number): HeapTypeDescription | undefined =>
  heapTypes().find(({ instanceTypes }) => Object.values(instanceTypes).includes(instanceType));

/** The row of an object. */
export const heapTypeOfObject = (heap: Heap, object: Tagged): HeapTypeDescription | undefined =>
  heapTypeOf(heap.getU16(heap.get(object, HeapObject.Map), MapObject.InstanceType));

/** `invocation count` for InvocationCount. */
export const fieldLabel = (name: string): string =>
  name
    .replace(/OrHash$/, '')
    .replace(/(?<=[a-z0-9])(?=[A-Z])/g, ' ')
    .toLowerCase();

/** The number in the field that says how long an object's rest is. */
export const shownCount = (heap: Heap, object: Tagged, { countAt, countShift, countMask }: RestRow): number =>
  (heap.i32[(object - 1 + countAt) >> 2]! >> countShift) & countMask;

const elementSizes: Readonly<Partial<Record<FieldKind, number>>> = { u8: 1, u16: 2, f64: 8 };

/** What one element of a rest is made of. */
const partsOf = ({ name, record, kind, holds }: RestRow): readonly FieldRow[] =>
  record.length > 0 ? record : [{ name, offset: 0, kind, size: elementSizes[kind] ?? 4, holds }];

const bytesOf = (parts: readonly FieldRow[]): number => parts.reduce((bytes, { size }) => bytes + size, 0);

/** How many values stand in an object's rest: elements, or all parts of its entries. */
export const restLength = (heap: Heap, object: Tagged, rest: RestRow): number => {
  const parts = partsOf(rest);
  const bytes = rest.base + rest.stride * shownCount(heap, object, rest) - rest.start;
  return Math.max(0, Math.trunc(bytes / bytesOf(parts))) * parts.length;
};

/** The value at `index` of a rest, as a field: `3`, or `1 key` for the first part of the second entry. */
export const restField = (rest: RestRow, index: number): FieldRow => {
  const parts = partsOf(rest);
  const part = parts[index % parts.length]!;
  const entry = Math.trunc(index / parts.length);
  const name = rest.record.length === 0 ? String(index) : `${entry} ${fieldLabel(part.name)}`;
  return { ...part, name, offset: rest.start + entry * bytesOf(parts) + part.offset };
};

/** What a field holds: a tagged word, or a number. */
export type FieldValue = { readonly word: Tagged } | { readonly number: number; readonly text: string };

/** Names of the bits that are set, and what is left of the number. */
const bitNames = (value: number, meanings: NonNullable<FieldRow['bits']>): string =>
  Object.entries(meanings)
    .filter(([, bit]) => typeof bit === 'number' && bit !== 0 && (bit & (bit - 1)) === 0 && (value & bit) !== 0)
    .map(([name]) => fieldLabel(name))
    .join(', ');

const numberIn = (heap: Heap, at: number, { kind }: FieldRow): number => {
  switch (kind) {
    case 'u8':
      return heap.u8[at]!;
    case 'u16':
      return heap.u16[at >> 1]!;
    case 'u32':
      return heap.u32[at >> 2]!;
    case 'f64':
      return heap.f64[at >> 3]!;
    default:
      return heap.i32[at >> 2]!;
  }
};

/** What stands in a field of an object. */
export const fieldValue = (heap: Heap, object: Tagged, field: FieldRow): FieldValue => {
  const at = object - 1 + field.offset;
  if (field.kind === 'tagged' || field.kind === 'weak') return { word: heap.i32[at >> 2]! };
  const number = field.kind === 'smi' ? heap.i32[at >> 2]! >> 1 : numberIn(heap, at, field);
  const names = field.bits === undefined ? '' : bitNames(number, field.bits);
  return { number, text: names === '' ? String(number) : `${number} (${names})` };
};
