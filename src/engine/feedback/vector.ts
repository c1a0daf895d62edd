// FeedbackVector access: slots as word indices, states of inline caches, call feedback, lazy allocation.
//
//   property IC (2 words)     slot 0                                        slot 1
//     uninitialized           uninitialized_symbol                          uninitialized_symbol
//     monomorphic             weak Map                                      handler
//     polymorphic             FixedArray [weak Map, handler]* (2 … 4)       uninitialized_symbol
//     by name (keyed)         the name                                      FixedArray [weak Map, handler]*
//     megamorphic             megamorphic_symbol                            Smi: 0 property, 1 element
//   global load               weak PropertyCell, or Smi (script context index | slot << 12)
//   call                      weak JSFunction / weak FeedbackCell / megamorphic_symbol    Smi: count << 2 | content << 1 | mode
//   construct                 weak new.target / megamorphic_symbol                        the same
//     of Array, both          AllocationSite
//
// Invariant: states only widen, except when a recorded map was deprecated or died.

import { clearedWeak, fieldAtWord, type Heap, isWeak, type Tagged } from '../heap/index.ts';
import {
  ElementsKind,
  FeedbackCell,
  FeedbackMetadata,
  FeedbackSlotKind,
  FeedbackVector,
  FixedArray,
  findElementsKindTransitionedMap,
  HeapObject,
  InstanceType,
  isDeprecatedMap,
  isMoreGeneralElementsKind,
  JSFunction,
  mapElementsKind,
  mapInstanceType,
  SharedFunctionInfo,
  StaticRoot,
} from '../objects/index.ts';
import { isJSFunction, NativeContextSlot, type Runtime } from '../runtime/index.ts';

/** Entries that a polymorphic IC holds before it goes megamorphic (V8: --max-valid-polymorphic-map-count). */
export const maxPolymorphism = 4;

export type InlineCacheState =
  | 'no_feedback'
  | 'uninitialized'
  | 'monomorphic'
  | 'polymorphic'
  | 'megamorphic'
  | 'generic';

/** Word index of a slot. */
export const slotWord = (vector: Tagged, slot: number): number => ((vector - 1 + FeedbackVector.Slots) >> 2) + slot;

export const isFeedbackVector = (heap: Heap, word: Tagged): boolean =>
  (word & 1) !== 0 && heap.i32[(word - 1) >> 2] === StaticRoot.FeedbackVectorMap;

/** Writes a slot with the write barrier. */
export const setSlot = (heap: Heap, vector: Tagged, slot: number, value: Tagged): void =>
  heap.setElement(vector, FeedbackVector.Slots, slot, value);

export const getSlot = (heap: Heap, vector: Tagged, slot: number): Tagged => heap.i32[slotWord(vector, slot)]!;

// --- calls ------------------------------------------------------------------------------------------------------------

/** Records `callee` as the target of a call slot (`word` is the slot's word index); counting is the interpreter's. */
export const noteCall = (rt: Runtime, word: number, callee: Tagged, vector: Tagged): void => {
  const { heap } = rt;
  const i32 = heap.i32;
  const old = i32[word]!;
  if (old === StaticRoot.MegamorphicSymbol) return;
  if (rt.hasRealms && isOfAnotherRealm(rt, callee)) {
    i32[word] = StaticRoot.MegamorphicSymbol;
    return;
  }
  if (old === StaticRoot.UninitializedSymbol || old === clearedWeak) {
    if (isFunction(heap, callee)) storeTarget(rt, vector, word, callee, callee);
    else i32[word] = StaticRoot.MegamorphicSymbol;
    return;
  }
  if (!isWeak(old)) {
    if (callee !== rt.intrinsic(NativeContextSlot.ArrayFunction)) i32[word] = StaticRoot.MegamorphicSymbol;
    return;
  }
  const known = old & ~2;
  if (known === callee) return;
  const type = (callee & 1) === 0 ? 0 : mapInstanceType(heap, i32[(callee - 1) >> 2]!);
  const cell =
    type >= InstanceType.FirstJSFunction && type <= InstanceType.LastJSFunction
      ? heap.get(callee, JSFunction.FeedbackCell)
      : 0;
  if (cell !== 0 && known === cell) return;
  const knownType = mapInstanceType(heap, i32[(known - 1) >> 2]!);
  // two closures of one literal, or two of those that share the cell of all that have no feedback: remember the cell
  if (
    cell !== 0 &&
    knownType >= InstanceType.FirstJSFunction &&
    knownType <= InstanceType.LastJSFunction &&
    heap.get(known, JSFunction.FeedbackCell) === cell
  ) {
    storeWeak(heap, vector, word, cell);
    return;
  }
  i32[word] = StaticRoot.MegamorphicSymbol;
};

/**
 * Records `newTarget` as what the construct call makes instances for, which a derived class's `super(…)` does not choose itself. Unlike
 * calls, construct calls do not remember what closures have in common.
 */
export const noteConstruct = (rt: Runtime, word: number, target: Tagged, newTarget: Tagged, vector: Tagged): void => {
  const { heap } = rt;
  const { i32 } = heap;
  const old = i32[word]!;
  if (old === StaticRoot.MegamorphicSymbol || old === (newTarget | 2)) return;
  const isFirst = old === StaticRoot.UninitializedSymbol || old === clearedWeak;
  const array = rt.intrinsic(NativeContextSlot.ArrayFunction);
  if (!isFirst && !isWeak(old) && target === array && newTarget === array) return;
  const isForeign = rt.hasRealms && isOfAnotherRealm(rt, newTarget);
  if (isFirst && !isForeign && isFunction(heap, newTarget)) storeTarget(rt, vector, word, target, newTarget);
  else i32[word] = StaticRoot.MegamorphicSymbol;
};

/** The allocation site in the slot of a construct call that has made nothing but arrays; 0: there is none. */
export const arraySite = (heap: Heap, content: Tagged): Tagged =>
  (content & 3) === 1 && heap.i32[(content - 1) >> 2] === StaticRoot.AllocationSiteMap ? content : 0;

/** The first target of a slot: itself, or an allocation site where it is Array. */
const storeTarget = (rt: Runtime, vector: Tagged, word: number, target: Tagged, newTarget: Tagged): void => {
  const { heap } = rt;
  if (target !== newTarget || target !== rt.intrinsic(NativeContextSlot.ArrayFunction)) {
    storeWeak(heap, vector, word, newTarget);
    return;
  }
  const site = rt.factory.newAllocationSite(ElementsKind.PackedSmi << 1);
  heap.set(vector, fieldAtWord(word - ((vector - 1) >> 2)), site);
};

/** Code is made for one realm: it cannot know functions of another, so that nobody remembers them. */
const isOfAnotherRealm = (rt: Runtime, callee: Tagged): boolean =>
  (callee & 1) !== 0 && isJSFunction(rt, callee) && rt.realms.ofFunction(callee) !== rt.nativeContext;

/** What a call site may remember: functions and bound functions. Anything else, callable or not, is no target. */
const isFunction = (heap: Heap, callee: Tagged): boolean => {
  if ((callee & 1) === 0) return false;
  const type = mapInstanceType(heap, heap.get(callee, HeapObject.Map));
  return (
    type === InstanceType.JSBoundFunction ||
    (type >= InstanceType.FirstJSFunction && type <= InstanceType.LastJSFunction)
  );
};

const storeWeak = (heap: Heap, vector: Tagged, word: number, object: Tagged): void => {
  heap.set(vector, fieldAtWord(word - ((vector - 1) >> 2)), object | 2);
};

/** V8: SpeculationMode::kDisallowSpeculation of a call slot. */
const disallowsSpeculationBit = 1 << 1;

export const disallowsSpeculation = (heap: Heap, vector: Tagged, slot: number): boolean =>
  (getSlot(heap, vector, slot + 1) & disallowsSpeculationBit) !== 0;

/** A guard that was planted for the call's builtin failed: its next compilation calls it. */
export const disallowSpeculation = (heap: Heap, vector: Tagged, slot: number): void =>
  heap.initElement(vector, FeedbackVector.Slots, slot + 1, getSlot(heap, vector, slot + 1) | disallowsSpeculationBit);

export const callCount = (heap: Heap, vector: Tagged, slot: number): number => getSlot(heap, vector, slot + 1) >>> 3;

// --- property inline caches --------------------------------------------------------------------------------------------

export const inlineCacheState = (heap: Heap, vector: Tagged, slot: number): InlineCacheState => {
  if (!isFeedbackVector(heap, vector)) return 'no_feedback';
  const first = getSlot(heap, vector, slot);
  if (first === StaticRoot.UninitializedSymbol) return 'uninitialized';
  if (first === StaticRoot.MegamorphicSymbol) return 'megamorphic';
  if ((first & 1) === 0) return 'monomorphic'; // global: script context slot
  if (isWeak(first)) return 'monomorphic';
  if (isFixedArray(heap, first)) return 'polymorphic';
  const second = getSlot(heap, vector, slot + 1);
  return isFixedArray(heap, second) && heap.get(second, FixedArray.Length) > 4 ? 'polymorphic' : 'monomorphic';
};

export const isFixedArray = (heap: Heap, word: Tagged): boolean =>
  (word & 3) === 1 && heap.i32[(word - 1) >> 2] === StaticRoot.FixedArrayMap;

/** The (map, handler) pairs of a property IC, in order; name is 0 unless a keyed IC that saw one name. */
export interface InlineCacheEntry {
  readonly map: Tagged;
  readonly handler: Tagged;
}
export const inlineCacheEntries = (heap: Heap, vector: Tagged, slot: number): InlineCacheEntry[] => {
  if (!isFeedbackVector(heap, vector)) return [];
  const first = getSlot(heap, vector, slot);
  const second = getSlot(heap, vector, slot + 1);
  if (isWeak(first) && first !== clearedWeak) return [{ map: first & ~2, handler: second }];
  const list = isFixedArray(heap, first)
    ? first
    : (first & 3) === 1 && first !== StaticRoot.MegamorphicSymbol && isFixedArray(heap, second)
      ? second
      : 0;
  if (list === 0) return [];
  const entries: InlineCacheEntry[] = [];
  const length = heap.get(list, FixedArray.Length) >> 1;
  for (let i = 0; i < length; i += 2) {
    const map = heap.getElement(list, FixedArray.Elements, i);
    if (isWeak(map) && map !== clearedWeak)
      entries.push({ map: map & ~2, handler: heap.getElement(list, FixedArray.Elements, i + 1) });
  }
  return entries;
};

/** Handler recorded for `map`, or -1. `list` is a polymorphic array. */
export const findInList = (heap: Heap, list: Tagged, map: Tagged): Tagged => {
  const i32 = heap.i32;
  const start = (list - 1 + FixedArray.Elements) >> 2;
  const end = start + (i32[(list - 1 + FixedArray.Length) >> 2]! >> 1);
  const wanted = map | 2;
  for (let at = start; at < end; at += 2) if (i32[at] === wanted) return i32[at + 1]!;
  return -1;
};

/** Handler found for `map` in a property IC that is not by name: monomorphic or polymorphic; -1 when none. */
export const findHandler = (heap: Heap, vector: Tagged, slot: number, map: Tagged): Tagged => {
  const first = getSlot(heap, vector, slot);
  if (first === (map | 2)) return getSlot(heap, vector, slot + 1);
  return isFixedArray(heap, first) ? findInList(heap, first, map) : -1;
};

/** Makes a property IC not by name exactly these (at least one). Handlers that are data handlers may be young. */
export const configureEntries = (
  rt: Runtime,
  vector: Tagged,
  slot: number,
  entries: readonly InlineCacheEntry[],
): void => {
  const { heap } = rt;
  const [first] = entries;
  if (entries.length === 1) {
    setSlot(heap, vector, slot, first!.map | 2);
    setSlot(heap, vector, slot + 1, first!.handler);
  } else {
    setSlot(heap, vector, slot, rt.factory.newFixedArrayFrom(entries.flatMap((e) => [e.map | 2, e.handler])));
    setSlot(heap, vector, slot + 1, StaticRoot.UninitializedSymbol);
  }
  rt.hooks.feedbackChanged?.(vector);
};

/** Records (map, handler) in a property IC and widens its state. `name` is 0 for elements and for ICs by constant name. */
export const recordHandler = (
  rt: Runtime,
  vector: Tagged,
  slot: number,
  map: Tagged,
  handler: Tagged,
  name: Tagged = 0,
): void => {
  const heap = rt.heap;
  if (!rt.usesInlineCaches) {
    // As V8's: a keyed site that could not be updated becomes megamorphic, a named one stays as it is.
    if (name !== 0) recordGenericKey(rt, vector, slot);
    return;
  }
  const first = getSlot(heap, vector, slot);
  const scope = heap.openHandles();
  try {
    if (first === StaticRoot.MegamorphicSymbol) return;
    if (name !== 0) {
      if (first !== StaticRoot.UninitializedSymbol && first !== name)
        return megamorphic(rt, vector, slot, isWeak(first) || isFixedArray(heap, first) ? 2 : 0);
      const list = first === name ? getSlot(heap, vector, slot + 1) : 0;
      const grown = extend(rt, list, map, handler);
      if (grown === 0) return megamorphic(rt, vector, slot, 0);
      setSlot(heap, vector, slot, name);
      setSlot(heap, vector, slot + 1, grown);
      rt.hooks.feedbackChanged?.(vector);
      return;
    }
    if (first === StaticRoot.UninitializedSymbol || first === clearedWeak) {
      setSlot(heap, vector, slot, map | 2);
      setSlot(heap, vector, slot + 1, handler);
      rt.hooks.feedbackChanged?.(vector);
      return;
    }
    if (isWeak(first)) {
      const known = first & ~2;
      if (known === map) {
        setSlot(heap, vector, slot + 1, handler);
        return;
      }
      if (isDeprecatedMap(heap, known) || becomesByElements(heap, known, map)) {
        setSlot(heap, vector, slot, map | 2);
        setSlot(heap, vector, slot + 1, handler);
        rt.hooks.feedbackChanged?.(vector);
        return;
      }
      const list = heap.handle(rt.factory.newFixedArray(4));
      const pair = heap.deref(list);
      heap.set(pair, FixedArray.Elements, first);
      heap.setElement(pair, FixedArray.Elements, 1, getSlot(heap, vector, slot + 1));
      heap.setElement(pair, FixedArray.Elements, 2, map | 2);
      heap.setElement(pair, FixedArray.Elements, 3, handler);
      setSlot(heap, vector, slot, pair);
      setSlot(heap, vector, slot + 1, StaticRoot.UninitializedSymbol);
      rt.hooks.feedbackChanged?.(vector);
      return;
    }
    if (isFixedArray(heap, first)) {
      const grown = extend(rt, first, map, handler);
      if (grown === 0) return megamorphic(rt, vector, slot, 0);
      const isOne = heap.get(grown, FixedArray.Length) >> 1 === 2;
      setSlot(heap, vector, slot, isOne ? map | 2 : grown);
      if (isOne) setSlot(heap, vector, slot + 1, handler);
      rt.hooks.feedbackChanged?.(vector);
      return;
    }
    megamorphic(rt, vector, slot, 0);
  } finally {
    heap.closeHandles(scope);
  }
};

/** Whether instances of a known map become those of `map` when their elements do: `map` takes its place (V8: IsTransitionOfMonomorphicTarget). */
export const becomesByElements = (heap: Heap, known: Tagged, map: Tagged): boolean =>
  isMoreGeneralElementsKind(mapElementsKind(heap, known), mapElementsKind(heap, map)) &&
  findElementsKindTransitionedMap(heap, known, [map]) === map;

/**
 * A list with (map, handler) added or replaced; 0 when it would hold too many (V8: UpdatePolymorphicIC). Dead maps are dropped;
 * deprecated ones stay while another map does, but do not count.
 */
const extend = (rt: Runtime, list: Tagged, map: Tagged, handler: Tagged): Tagged => {
  const heap = rt.heap;
  const words: Tagged[] = [];
  let place = -1;
  let deprecated = 0;
  const length = list === 0 ? 0 : heap.get(list, FixedArray.Length) >> 1;
  for (let i = 0; i < length; i += 2) {
    const known = heap.getElement(list, FixedArray.Elements, i);
    if (!isWeak(known) || known === clearedWeak) continue;
    if (isDeprecatedMap(heap, known & ~2)) deprecated++;
    else if (known === (map | 2) || (place < 0 && becomesByElements(heap, known & ~2, map))) place = words.length;
    words.push(known, heap.getElement(list, FixedArray.Elements, i + 1));
  }
  const others = words.length / 2 - deprecated - (place < 0 ? 0 : 1);
  if (others >= maxPolymorphism) return 0;
  if (others === 0) return rt.factory.newFixedArrayFrom([map | 2, handler]);
  if (place < 0) place = words.length;
  words[place] = map | 2;
  words[place + 1] = handler;
  return rt.factory.newFixedArrayFrom(words);
};

/** The site saw what no cache of its kind is for. */
export const recordMegamorphic = (rt: Runtime, vector: Tagged, slot: number): void => {
  if (rt.usesInlineCaches && getSlot(rt.heap, vector, slot) !== StaticRoot.MegamorphicSymbol)
    megamorphic(rt, vector, slot, 0);
};

/** The site saw a key that no IC remembers (V8: generic keyed access): megamorphic at once. */
export const recordGenericKey = (rt: Runtime, vector: Tagged, slot: number): void => {
  if (!isFeedbackVector(rt.heap, vector)) return;
  if (getSlot(rt.heap, vector, slot) !== StaticRoot.MegamorphicSymbol) megamorphic(rt, vector, slot, 2);
};

const megamorphic = (rt: Runtime, vector: Tagged, slot: number, kind: number): void => {
  const heap = rt.heap;
  setSlot(heap, vector, slot, StaticRoot.MegamorphicSymbol);
  setSlot(heap, vector, slot + 1, kind);
  rt.hooks.feedbackChanged?.(vector);
};

// --- lazy allocation -----------------------------------------------------------------------------------------------------

/** Gives the closure a feedback vector if it has none. */
export const ensureFeedbackVector = (rt: Runtime, fn: Tagged): Tagged => {
  const heap = rt.heap;
  const cell = heap.get(fn, JSFunction.FeedbackCell);
  const value = heap.get(cell, FeedbackCell.Value);
  if (isFeedbackVector(heap, value)) return value;
  const shared = heap.get(fn, JSFunction.SharedFunctionInfo);
  ensureClosureCells(rt, fn);
  const vector = rt.factory.newFeedbackVector(shared, heap.get(cell, FeedbackCell.Value), cell);
  heap.set(cell, FeedbackCell.Value, vector);
  return vector;
};

/** Gives the closure the feedback cells of the functions it creates, if it has neither them nor a vector. */
export const ensureClosureCells = (rt: Runtime, fn: Tagged): void => {
  const heap = rt.heap;
  const cell = heap.get(fn, JSFunction.FeedbackCell);
  if (heap.get(cell, FeedbackCell.Value) !== StaticRoot.Undefined) return;
  const shared = heap.get(fn, JSFunction.SharedFunctionInfo);
  heap.set(cell, FeedbackCell.Value, rt.factory.newClosureFeedbackCellArray(shared));
};

/** The feedback cell for closure slot `index` of `fn`. */
export const closureFeedbackCell = (rt: Runtime, fn: Tagged, index: number): Tagged => {
  const heap = rt.heap;
  ensureClosureCells(rt, fn);
  const value = heap.get(heap.get(fn, JSFunction.FeedbackCell), FeedbackCell.Value);
  const cells = isFeedbackVector(heap, value) ? heap.get(value, FeedbackVector.ClosureFeedbackCells) : value;
  return heap.getElement(cells, FixedArray.Elements, index);
};

/** Kind of a vector entry (Invalid for the second word of a two-word slot). */
export const slotKind = (heap: Heap, vector: Tagged, slot: number): FeedbackSlotKind => {
  const metadata = heap.get(heap.get(vector, FeedbackVector.SharedFunctionInfo), SharedFunctionInfo.FeedbackMetadata);
  return heap.getU8Element(metadata, FeedbackMetadata.Kinds, slot);
};

/** Puts every slot back to its initial value (%ClearFunctionFeedback). */
export const clearFeedback = (heap: Heap, vector: Tagged): void => {
  const length = heap.getI32(vector, FeedbackVector.Length);
  for (let slot = 0; slot < length; slot++) {
    switch (slotKind(heap, vector, slot)) {
      case FeedbackSlotKind.BinaryOp:
      case FeedbackSlotKind.CompareOp:
      case FeedbackSlotKind.ForIn:
      case FeedbackSlotKind.TypeOf:
      case FeedbackSlotKind.Literal:
        heap.initElement(vector, FeedbackVector.Slots, slot, 0);
        break;
      case FeedbackSlotKind.Invalid:
        break;
      case FeedbackSlotKind.JumpLoop:
        heap.initElement(vector, FeedbackVector.Slots, slot, clearedWeak);
        break;
      case FeedbackSlotKind.Call:
        heap.initElement(vector, FeedbackVector.Slots, slot, StaticRoot.UninitializedSymbol);
        heap.initElement(vector, FeedbackVector.Slots, slot + 1, 0);
        break;
      default:
        heap.initElement(vector, FeedbackVector.Slots, slot, StaticRoot.UninitializedSymbol);
        heap.initElement(vector, FeedbackVector.Slots, slot + 1, StaticRoot.UninitializedSymbol);
    }
  }
};
