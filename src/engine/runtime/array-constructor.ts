// `new Array(…)` and `Array(…)` (V8: Runtime_NewArray). The construct call's allocation site says with which elements kind the array
// begins, and learns what its arguments ask for; the array carries a memento, so that the site learns what becomes of it.
//
//   arguments      begins with                              the site
//   none           the site's kind, room for four
//   a length       the site's kind, made holey              takes the holey kind; a length too great for a fast store: never inlined
//   values         the site's kind, generalized for them    takes that kind, and is never inlined

import type { Heap, Tagged } from '../heap/index.ts';
import {
  ElementsKind,
  FixedArray,
  FixedDoubleArray,
  forbidInlining,
  isDoubleElementsKind,
  isNumber,
  isSmiElementsKind,
  JSArray,
  JSObject,
  numberValue,
  Root,
  root,
  StaticRoot,
  setArrayLength,
  setSiteElementsKind,
  siteElementsKind,
} from '../objects/index.ts';
import { throwRangeError } from './errors.ts';
import { invalidateProtector } from './protectors.ts';
import type { Runtime } from './runtime.ts';

/** Longest array with a fast store (V8: JSArray::kMaxFastArrayLength). */
export const maxFastArrayLength = 32 * 1024 * 1024;
/** From this length on optimized code leaves the allocation to the runtime (V8: JSArray::kInitialMaxFastElementArray). */
export const maxInlinedArrayLength = 16376;
/** Elements that an array has room for when it begins empty (V8: JSArray::kPreallocatedArrayElements). */
export const preallocatedElements = 4;

/** @param site of the construct call; 0: there is none, or not of this realm's Array alone */
export const newArray = (rt: Runtime, args: readonly Tagged[], site: Tagged): Tagged => {
  const { heap } = rt;
  const first = args[0]!;
  const kind = site === 0 ? ElementsKind.PackedSmi : siteElementsKind(heap, site);
  if (args.length === 0) return allocate(rt, kind, 0, preallocatedElements, site);
  return args.length === 1 && isNumber(heap, first)
    ? arrayOfLength(rt, numberValue(heap, first), kind, site)
    : arrayOfValues(rt, args, kind, site);
};

/** The least general kind from `kind` on that holds `word`. */
const kindWith = (heap: Heap, kind: ElementsKind, word: Tagged): ElementsKind => {
  if ((word & 1) === 0) return kind;
  const isHoley = kind & 1;
  if (!isNumber(heap, word)) return ElementsKind.Packed | isHoley;
  return isSmiElementsKind(kind) ? ElementsKind.PackedDouble | isHoley : kind;
};

/** Mementos tell of transitions away from Smis alone. */
const allocate = (rt: Runtime, kind: ElementsKind, length: number, capacity: number, site: Tagged): Tagged =>
  rt.factory.newJSArray(
    kind,
    length,
    capacity,
    root(rt.heap, Root.FirstArrayMap + kind),
    isSmiElementsKind(kind) ? site : 0,
  );

const arrayOfLength = (rt: Runtime, length: number, kind: ElementsKind, site: Tagged): Tagged => {
  if (length !== length >>> 0) throwRangeError(rt, 'InvalidArrayLength');
  const holey = (kind | 1) as ElementsKind;
  if (length > maxFastArrayLength) {
    notInlined(rt, site);
    const array = allocate(rt, ElementsKind.PackedSmi, 0, 0, 0);
    setArrayLength(rt.heap, rt.factory, array, length);
    return array;
  }
  if (site !== 0 && holey !== kind) setSiteElementsKind(rt.heap, site, holey);
  if (length >= maxInlinedArrayLength) notInlined(rt, site);
  return allocate(rt, holey, length, length === 0 ? preallocatedElements : length, site);
};

const arrayOfValues = (rt: Runtime, args: readonly Tagged[], from: ElementsKind, site: Tagged): Tagged => {
  const { heap, factory } = rt;
  const kind = args.reduce((known, word) => kindWith(heap, known, word), from);
  const array = allocate(rt, kind, args.length, 0, site);
  if (isDoubleElementsKind(kind)) {
    const doubles = factory.newFixedDoubleArray(args.length);
    args.forEach((word, i) => {
      heap.setF64Element(doubles, FixedDoubleArray.Elements, i, numberValue(heap, word));
    });
    heap.set(array, JSObject.Elements, doubles);
  } else {
    const words = factory.newFixedArray(args.length, StaticRoot.TheHole);
    args.forEach((word, i) => {
      heap.setElement(words, FixedArray.Elements, i, word);
    });
    heap.set(array, JSObject.Elements, words);
  }
  heap.set(array, JSArray.Length, args.length << 1);
  if (kind !== from) {
    if (site !== 0) setSiteElementsKind(heap, site, kind);
    notInlined(rt, site);
  }
  return array;
};

/** This call is no case for code that allocates arrays itself: its site says so, or without a site the protector. */
const notInlined = (rt: Runtime, site: Tagged): void => {
  if (site !== 0) forbidInlining(rt.heap, site);
  else invalidateProtector(rt, Root.ArrayConstructorProtector);
};
