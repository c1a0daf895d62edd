// Strings in their shapes.
//
//   sequential  [map][raw hash][length][chars …]          one or two bytes each
//   internalized  the same, unique by contents, immovable (old or read-only space), listed in the string table
//   cons        [map][raw hash][length][first][second]    flat once second is the empty string
//   sliced      [map][raw hash][length][parent][offset]   parent is sequential
//   thin        [map][raw hash][length][actual]           actual is internalized
//
//   raw hash:  31            2      1           0
//              ├ 30-bit hash ┤ is array index   computed
//
// The string table is a FixedArray in old space: word 0 is the count, the rest open addressing with linear probing.

import { type Heap, Space, type Tagged } from '../heap/index.ts';
import {
  ConsString,
  FixedArray,
  HeapObject,
  InstanceType,
  MapObject,
  SlicedString,
  StaticRoot,
  StringBits,
  StringObject,
  SymbolFlags,
  SymbolObject,
  ThinString,
} from '../layout/index.ts';
import { root, setRoot } from './root-slots.ts';
import { Root } from './roots.ts';

/** V8: ConsString::kMinLength and SlicedString::kMinLength. */
export const minConsLength = 13;
export const minSlicedLength = 13;
/** V8: String::kMaxLength. */
export const maxStringLength = 0x1fffffe8;

const computed = 1;
const arrayIndexBit = 2;

/** Instance type of a heap object. */
const typeOf = (heap: Heap, o: Tagged): number =>
  heap.u16[(heap.i32[(o - 1) >> 2]! - 1 + MapObject.InstanceType) >> 1]!;

export const isString = (heap: Heap, w: Tagged): boolean =>
  (w & 1) !== 0 && typeOf(heap, w) < InstanceType.FirstNonstring;
export const isInternalized = (heap: Heap, w: Tagged): boolean =>
  (w & 1) !== 0 && (typeOf(heap, w) & ~StringBits.OneByte) === 0;
export const isSymbol = (heap: Heap, w: Tagged): boolean =>
  (w & 1) !== 0 && heap.i32[(w - 1) >> 2] === StaticRoot.SymbolMap;
/** A private name (`#x`), or a symbol that only the engine sees. */
export const isPrivateSymbol = (heap: Heap, w: Tagged): boolean =>
  isSymbol(heap, w) && (heap.getI32(w, SymbolObject.Flags) & SymbolFlags.Private) !== 0;
export const isName = (heap: Heap, w: Tagged): boolean => (w & 1) !== 0 && typeOf(heap, w) <= InstanceType.Symbol;
/** Internalized string or symbol: names that compare by identity. */
export const isUniqueName = (heap: Heap, w: Tagged): boolean => isInternalized(heap, w) || isSymbol(heap, w);
export const isOneByte = (heap: Heap, s: Tagged): boolean => (typeOf(heap, s) & StringBits.OneByte) !== 0;
export const stringLength = (heap: Heap, s: Tagged): number => heap.i32[(s + StringObject.Length - 1) >> 2]!;

/** Copies code units [from, to) of `s` to memory at byte offset `at`, one or two bytes each. */
const writeTo = (heap: Heap, s: Tagged, from: number, to: number, at: number, oneByte: boolean): void => {
  // Recurses into the shorter side of a cons and loops along the other, so depth stays logarithmic.
  for (;;) {
    heap.poll();
    if (from >= to) return;
    const type = typeOf(heap, s);
    switch (type & StringBits.ShapeMask) {
      case StringBits.Seq: {
        const n = to - from;
        const { u8, u16 } = heap;
        if ((type & StringBits.OneByte) !== 0) {
          const source = s - 1 + StringObject.Chars + from;
          if (oneByte) u8.copyWithin(at, source, source + n);
          else for (let i = 0; i < n; i++) u16[(at >> 1) + i] = u8[source + i]!;
        } else {
          const source = ((s - 1 + StringObject.Chars) >> 1) + from;
          if (oneByte) for (let i = 0; i < n; i++) u8[at + i] = u16[source + i]!;
          else u16.copyWithin(at >> 1, source, source + n);
        }
        return;
      }
      case StringBits.Cons: {
        const first = heap.get(s, ConsString.First);
        const second = heap.get(s, ConsString.Second);
        const boundary = stringLength(heap, first);
        const shift = oneByte ? 0 : 1;
        if (to <= boundary) {
          s = first;
        } else if (from >= boundary) {
          s = second;
          from -= boundary;
          to -= boundary;
        } else if (to - boundary >= boundary - from) {
          writeTo(heap, first, from, boundary, at, oneByte);
          at += (boundary - from) << shift;
          s = second;
          from = 0;
          to -= boundary;
        } else {
          writeTo(heap, second, 0, to - boundary, at + ((boundary - from) << shift), oneByte);
          s = first;
          to = boundary;
        }
        break;
      }
      case StringBits.Sliced: {
        const offset = heap.get(s, SlicedString.Offset) >> 1;
        s = heap.get(s, SlicedString.Parent);
        from += offset;
        to += offset;
        break;
      }
      default:
        s = heap.get(s, ThinString.Actual);
    }
  }
};

/** Allocates a sequential string with undefined contents. */
export const newRawSeqString = (heap: Heap, length: number, oneByte: boolean, space: Space = Space.Young): Tagged => {
  const s = heap.allocate(StringObject.Chars + (oneByte ? length : 2 * length), space);
  heap.init(s, HeapObject.Map, oneByte ? StaticRoot.SeqOneByteStringMap : StaticRoot.SeqTwoByteStringMap);
  heap.setI32(s, StringObject.RawHash, 0);
  heap.setI32(s, StringObject.Length, length);
  return s;
};

/** A sequential copy of code units [from, to). */
export const copySubString = (heap: Heap, s: Tagged, from: number, to: number, space: Space = Space.Young): Tagged => {
  if (from >= to) return StaticRoot.EmptyString;
  const oneByte = isOneByte(heap, s);
  const result = newRawSeqString(heap, to - from, oneByte, space);
  writeTo(heap, s, from, to, result - 1 + StringObject.Chars, oneByte);
  return result;
};

/** Flattens a cons string (in place: the cons becomes [flat, empty]); returns a sequential or sliced string with the same contents. */
export const flatten = (heap: Heap, s: Tagged): Tagged => {
  for (;;) {
    switch (typeOf(heap, s) & StringBits.ShapeMask) {
      case StringBits.Cons: {
        const first = heap.get(s, ConsString.First);
        if (heap.get(s, ConsString.Second) === StaticRoot.EmptyString) {
          s = first;
          break;
        }
        const flat = copySubString(heap, s, 0, stringLength(heap, s), heap.isYoung(s) ? Space.Young : Space.Old);
        heap.set(s, ConsString.First, flat);
        heap.set(s, ConsString.Second, StaticRoot.EmptyString);
        return flat;
      }
      case StringBits.Thin:
        s = heap.get(s, ThinString.Actual);
        break;
      default:
        return s;
    }
  }
};

export const charCodeAt = (heap: Heap, s: Tagged, index: number): number => {
  for (;;) {
    const type = typeOf(heap, s);
    switch (type & StringBits.ShapeMask) {
      case StringBits.Seq:
        return (type & StringBits.OneByte) !== 0
          ? heap.u8[s - 1 + StringObject.Chars + index]!
          : heap.u16[((s - 1 + StringObject.Chars) >> 1) + index]!;
      case StringBits.Cons:
        s = flatten(heap, s);
        break;
      case StringBits.Sliced:
        index += heap.get(s, SlicedString.Offset) >> 1;
        s = heap.get(s, SlicedString.Parent);
        break;
      default:
        s = heap.get(s, ThinString.Actual);
    }
  }
};

/** The code point that begins at a position: of a lone surrogate, itself. */
export const codePointAt = (heap: Heap, s: Tagged, index: number): number => {
  const first = charCodeAt(heap, s, index);
  if (first < 0xd800 || first > 0xdbff || index + 1 === stringLength(heap, s)) return first;
  const second = charCodeAt(heap, s, index + 1);
  return second < 0xdc00 || second > 0xdfff ? first : ((first - 0xd800) << 10) + (second - 0xdc00) + 0x10000;
};

/** A host copy of the characters. */
export const toHostString = (heap: Heap, s: Tagged): string => {
  const type = typeOf(heap, s);
  if ((type & ~StringBits.OneByte) === 0) {
    const known = heap.hostOfInternalized.get(s);
    if (known !== undefined) return known;
    const host = decode(heap, s, 0, stringLength(heap, s));
    heap.hostOfInternalized.set(s, host);
    return host;
  }
  if ((type & StringBits.ShapeMask) === StringBits.Thin) return toHostString(heap, heap.get(s, ThinString.Actual));
  const length = stringLength(heap, s);
  if (length < 24) {
    const flat = flatten(heap, s);
    return decode(heap, flat, 0, length);
  }
  const known = heap.hostOfString.get(s);
  if (known !== undefined) return known;
  const host = decode(heap, flatten(heap, s), 0, length);
  if (heap.hostOfString.size > 4096) heap.hostOfString.clear();
  heap.hostOfString.set(s, host);
  return host;
};

/** The first code units of a string, at most `limit`, whatever it is made of: reads only as much, and flattens nothing. */
export const hostPrefix = (heap: Heap, s: Tagged, limit: number): string => {
  let result = '';
  const left = [s];
  while (left.length > 0 && result.length < limit) {
    const next = left.pop()!;
    if ((typeOf(heap, next) & StringBits.ShapeMask) === StringBits.Cons)
      left.push(heap.get(next, ConsString.Second), heap.get(next, ConsString.First));
    else result += decode(heap, next, 0, Math.min(stringLength(heap, next), limit - result.length));
  }
  return result;
};

const fromCharCodes = String.fromCharCode as (...codes: unknown[]) => string;

/** Decodes code units [from, to) of a flat string. */
const decode = (heap: Heap, s: Tagged, from: number, to: number): string => {
  for (;;) {
    const type = typeOf(heap, s);
    const shape = type & StringBits.ShapeMask;
    if (shape === StringBits.Sliced) {
      const offset = heap.get(s, SlicedString.Offset) >> 1;
      s = heap.get(s, SlicedString.Parent);
      from += offset;
      to += offset;
      continue;
    }
    if (shape === StringBits.Thin) {
      s = heap.get(s, ThinString.Actual);
      continue;
    }
    const oneByte = (type & StringBits.OneByte) !== 0;
    const units: Uint8Array | Uint16Array = oneByte ? heap.u8 : heap.u16;
    const base = oneByte ? s - 1 + StringObject.Chars : (s - 1 + StringObject.Chars) >> 1;
    let result = '';
    if (to - from <= 32) {
      for (let i = from; i < to; i++) result += String.fromCharCode(units[base + i]!);
      return result;
    }
    for (let i = from; i < to; i += 8192) {
      heap.poll();
      result += fromCharCodes.apply(
        null,
        units.subarray(base + i, base + Math.min(i + 8192, to)) as unknown as unknown[],
      );
    }
    return result;
  }
};

/** Long comparisons look now and then whether somebody interrupts them. */
const pollMask = 0xfff;

export const stringEquals = (heap: Heap, a: Tagged, b: Tagged): boolean => {
  if (a === b) return true;
  if (isInternalized(heap, a) && isInternalized(heap, b)) return false;
  const length = stringLength(heap, a);
  if (length !== stringLength(heap, b)) return false;
  const rawA = heap.getI32(a, StringObject.RawHash);
  const rawB = heap.getI32(b, StringObject.RawHash);
  if (rawA !== 0 && rawB !== 0 && rawA !== rawB) return false;
  const flatA = flatten(heap, a);
  const flatB = flatten(heap, b);
  for (let i = 0; i < length; i++) {
    if ((i & pollMask) === pollMask) heap.poll();
    if (charCodeAt(heap, flatA, i) !== charCodeAt(heap, flatB, i)) return false;
  }
  return true;
};

/** −1, 0, 1 by UTF-16 code units. */
export const compareStrings = (heap: Heap, a: Tagged, b: Tagged): number => {
  if (a === b) return 0;
  const flatA = flatten(heap, a);
  const flatB = flatten(heap, b);
  const lengthA = stringLength(heap, flatA);
  const lengthB = stringLength(heap, flatB);
  const n = Math.min(lengthA, lengthB);
  for (let i = 0; i < n; i++) {
    if ((i & pollMask) === pollMask) heap.poll();
    const d = charCodeAt(heap, flatA, i) - charCodeAt(heap, flatB, i);
    if (d !== 0) return d < 0 ? -1 : 1;
  }
  return lengthA === lengthB ? 0 : lengthA < lengthB ? -1 : 1;
};

// --- hashes -------------------------------------------------------------------------------------------------------------

const finish = (h: number): number => {
  h = (h + (h << 3)) | 0;
  h ^= h >>> 11;
  return ((h + (h << 15)) | 0) & 0x3fffffff;
};

/** Array index spelt by the text, or −1: canonical decimal, 0 … 2^32 − 2. */
const parseArrayIndex = (length: number, at: (i: number) => number): number => {
  if (length === 0 || length > 10) return -1;
  const first = at(0) - 48;
  if (first < 0 || first > 9 || (first === 0 && length > 1)) return -1;
  let value = first;
  for (let i = 1; i < length; i++) {
    const digit = at(i) - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value <= 0xfffffffe ? value : -1;
};

export const hostArrayIndex = (text: string): number => {
  const c = text.charCodeAt(0);
  return c >= 48 && c <= 57 ? parseArrayIndex(text.length, (i) => text.charCodeAt(i)) : -1;
};

const rawHashOfHost = (text: string): number => {
  let h = 0;
  for (let i = 0; i < text.length; i++) {
    h = (h + text.charCodeAt(i)) | 0;
    h = (h + (h << 10)) | 0;
    h ^= h >>> 6;
  }
  return (finish(h) << 2) | (hostArrayIndex(text) >= 0 ? arrayIndexBit : 0) | computed;
};

const rawHashOf = (heap: Heap, s: Tagged): number => {
  const known = heap.i32[(s + StringObject.RawHash - 1) >> 2]!;
  if (known !== 0) return known;
  const flat = flatten(heap, s);
  const length = stringLength(heap, flat);
  let h = 0;
  for (let i = 0; i < length; i++) {
    h = (h + charCodeAt(heap, flat, i)) | 0;
    h = (h + (h << 10)) | 0;
    h ^= h >>> 6;
  }
  const index = parseArrayIndex(length, (i) => charCodeAt(heap, flat, i));
  const raw = (finish(h) << 2) | (index >= 0 ? arrayIndexBit : 0) | computed;
  heap.setI32(s, StringObject.RawHash, raw);
  return raw;
};

/** 30-bit hash of a Name. */
export const hashOf = (heap: Heap, name: Tagged): number => {
  const raw = heap.i32[(name + StringObject.RawHash - 1) >> 2]!;
  return (raw !== 0 ? raw : rawHashOf(heap, name)) >>> 2;
};

/** Array index of a string (0 … 2^32−2), or −1. Also for symbols: −1. */
export const arrayIndexOf = (heap: Heap, s: Tagged): number => {
  const raw = heap.i32[(s + StringObject.RawHash - 1) >> 2]!;
  if (raw !== 0 && (raw & arrayIndexBit) === 0) return -1;
  const length = stringLength(heap, s);
  if (raw === 0 && length > 10) return -1;
  return parseArrayIndex(length, (i) => charCodeAt(heap, s, i));
};

// --- internalization ------------------------------------------------------------------------------------------------------

const initialTableCapacity = 4096;

export const newStringTable = (heap: Heap, capacity: number = initialTableCapacity): Tagged => {
  const table = heap.allocate(FixedArray.Elements + 4 * (capacity + 1), Space.Old);
  heap.init(table, HeapObject.Map, StaticRoot.FixedArrayMap);
  heap.init(table, FixedArray.Length, (capacity + 1) << 1);
  heap.i32.fill(0, (table - 1 + FixedArray.Elements) >> 2, (table - 1 + FixedArray.Elements + 4 * (capacity + 1)) >> 2);
  return table;
};

/** Adds an internalized string that is known to be absent. */
const addToTable = (heap: Heap, s: Tagged): void => {
  let table = root(heap, Root.StringTable);
  const i32 = heap.i32;
  let capacity = (heap.get(table, FixedArray.Length) >> 1) - 1;
  const count = heap.get(table, FixedArray.Elements) >> 1;
  if (2 * (count + 1) > capacity) {
    const old = table;
    const oldCapacity = capacity;
    capacity *= 2;
    table = newStringTable(heap, capacity);
    const from = (old - 1 + FixedArray.Elements + 4) >> 2;
    const to = (table - 1 + FixedArray.Elements + 4) >> 2;
    for (let i = 0; i < oldCapacity; i++) {
      const entry = i32[from + i]!;
      if (entry === 0) continue;
      let at = hashOf(heap, entry) & (capacity - 1);
      while (i32[to + at] !== 0) at = (at + 1) & (capacity - 1);
      i32[to + at] = entry;
    }
    setRoot(heap, Root.StringTable, table);
  }
  const base = (table - 1 + FixedArray.Elements + 4) >> 2;
  let at = hashOf(heap, s) & (capacity - 1);
  while (i32[base + at] !== 0) at = (at + 1) & (capacity - 1);
  i32[base + at] = s;
  heap.init(table, FixedArray.Elements, (count + 1) << 1);
};

/** Takes the strings that do not live out of the table and of the host's caches. Allocates nothing. */
export const forgetDeadStrings = (heap: Heap, isLive: (s: Tagged) => boolean): void => {
  const table = root(heap, Root.StringTable);
  const capacity = (heap.get(table, FixedArray.Length) >> 1) - 1;
  const base = (table - 1 + FixedArray.Elements + 4) >> 2;
  const entries = heap.i32.slice(base, base + capacity);
  heap.i32.fill(0, base, base + capacity);
  let count = 0;
  for (const s of entries) {
    if (s === 0 || !isLive(s)) continue;
    let at = hashOf(heap, s) & (capacity - 1);
    while (heap.i32[base + at] !== 0) at = (at + 1) & (capacity - 1);
    heap.i32[base + at] = s;
    count++;
  }
  heap.init(table, FixedArray.Elements, count << 1);
  for (const [text, s] of heap.internalizedByHost) if (!isLive(s)) heap.internalizedByHost.delete(text);
  for (const s of heap.hostOfInternalized.keys()) if (!isLive(s)) heap.hostOfInternalized.delete(s);
};

/** Finds an internalized string by hash and a comparison; 0 if absent. */
const findInTable = (heap: Heap, raw: number, length: number, at: (i: number) => number): Tagged => {
  const table = root(heap, Root.StringTable);
  const capacity = (heap.get(table, FixedArray.Length) >> 1) - 1;
  const base = (table - 1 + FixedArray.Elements + 4) >> 2;
  for (let probe = (raw >>> 2) & (capacity - 1); ; probe = (probe + 1) & (capacity - 1)) {
    const s = heap.i32[base + probe]!;
    if (s === 0) return 0;
    if (heap.getI32(s, StringObject.RawHash) !== raw || stringLength(heap, s) !== length) continue;
    let i = 0;
    while (i < length && charCodeAt(heap, s, i) === at(i)) i++;
    if (i === length) return s;
  }
};

/** Writes a host string's code units into a fresh sequential string. */
export const newSeqStringFromHost = (heap: Heap, text: string, space: Space = Space.Young): Tagged => {
  const length = text.length;
  let oneByte = true;
  for (let i = 0; i < length; i++) {
    if (text.charCodeAt(i) > 0xff) {
      oneByte = false;
      break;
    }
  }
  const s = newRawSeqString(heap, length, oneByte, space);
  if (oneByte) {
    const u8 = heap.u8;
    const at = s - 1 + StringObject.Chars;
    for (let i = 0; i < length; i++) u8[at + i] = text.charCodeAt(i);
  } else {
    const u16 = heap.u16;
    const at = (s - 1 + StringObject.Chars) >> 1;
    for (let i = 0; i < length; i++) u16[at + i] = text.charCodeAt(i);
  }
  return s;
};

const markInternalized = (heap: Heap, s: Tagged, raw: number): void => {
  heap.init(
    s,
    HeapObject.Map,
    isOneByte(heap, s) ? StaticRoot.InternalizedOneByteStringMap : StaticRoot.InternalizedTwoByteStringMap,
  );
  heap.setI32(s, StringObject.RawHash, raw);
};

/** The internalized string of a text, if there is one. Allocates nothing. */
export const findInternalized = (heap: Heap, text: string): Tagged | undefined =>
  heap.internalizedByHost.get(text) ??
  (findInTable(heap, rawHashOfHost(text), text.length, (i) => text.charCodeAt(i)) || undefined);

/** The internalized string with the contents of `s`, 0 if there is none; `s` stays what it is. */
export const findInternalizedString = (heap: Heap, s: Tagged): Tagged => {
  const raw = rawHashOf(heap, s);
  const flat = flatten(heap, s);
  return findInTable(heap, raw, stringLength(heap, flat), (i) => charCodeAt(heap, flat, i));
};

/** Internalized string for a host string. */
export const internalizeHost = (heap: Heap, text: string, space: Space = Space.Old): Tagged => {
  const cached = heap.internalizedByHost.get(text);
  if (cached !== undefined) return cached;
  const raw = rawHashOfHost(text);
  let s = findInTable(heap, raw, text.length, (i) => text.charCodeAt(i));
  if (s === 0) {
    s = newSeqStringFromHost(heap, text, space);
    markInternalized(heap, s, raw);
    addToTable(heap, s);
  }
  heap.internalizedByHost.set(text, s);
  heap.hostOfInternalized.set(s, text);
  return s;
};

/** Puts a filler over [from, to), both multiples of 8 away from object starts. */
export const writeFiller = (heap: Heap, from: number, to: number): void => {
  if (from >= to) return;
  heap.i32[from >> 2] = StaticRoot.FillerMap;
  heap.i32[(from + 4) >> 2] = (to - from) << 1;
};

/** The internalized string with the same contents; `s` itself becomes thin. */
export const internalizeString = (heap: Heap, s: Tagged): Tagged => {
  const type = typeOf(heap, s);
  if ((type & ~StringBits.OneByte) === 0) return s;
  if ((type & StringBits.ShapeMask) === StringBits.Thin) return heap.get(s, ThinString.Actual);
  const raw = rawHashOf(heap, s);
  const flat = flatten(heap, s);
  const length = stringLength(heap, flat);
  let result = findInTable(heap, raw, length, (i) => charCodeAt(heap, flat, i));
  if (result === 0) {
    // A two-byte string may contain only one-byte characters; internalized strings are unique by contents whatever their width.
    result = copySubString(heap, flat, 0, length, Space.Old);
    markInternalized(heap, result, raw);
    addToTable(heap, result);
  }
  makeThin(heap, s, result);
  return result;
};

/** Turns `s` into a thin string that refers to `actual`. */
const makeThin = (heap: Heap, s: Tagged, actual: Tagged): void => {
  const type = typeOf(heap, s);
  let size = 0;
  switch (type & StringBits.ShapeMask) {
    case StringBits.Seq:
      size = StringObject.Chars + stringLength(heap, s) * ((type & StringBits.OneByte) !== 0 ? 1 : 2);
      break;
    default:
      size = ConsString.Size;
  }
  size = (size + 7) & ~7;
  if (size < ThinString.Size) return;
  heap.init(s, HeapObject.Map, isOneByte(heap, s) ? StaticRoot.ThinOneByteStringMap : StaticRoot.ThinTwoByteStringMap);
  heap.set(s, ThinString.Actual, actual);
  writeFiller(heap, s - 1 + ThinString.Size, s - 1 + size);
};
