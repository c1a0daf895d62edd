// Elements: integer-indexed own properties by elements kind.
//
//   Smi and object kinds   FixedArray, the_hole where absent (a CowFixedArrayMap store is copied before the first write)
//   double kinds           FixedDoubleArray, the hole NaN where absent
//   DICTIONARY             NumberDictionary
//   sloppy arguments       SloppyArgumentsElements: a mapped parameter lives in a context slot, the rest in a store of its own
//   string wrappers        the characters come first, then an ordinary store
//   typed arrays           the buffer's ByteArray
//
// Growth is V8's: capacity → n + n/2 + 16; a store that would be mostly holes becomes a dictionary.

import type { Heap, Tagged } from '../heap/index.ts';
import {
  Context,
  FixedArray,
  FixedDoubleArray,
  HeapNumber,
  HeapObject,
  holeNanWord,
  InstanceType,
  JSArray,
  JSObject,
  JSPrimitiveWrapper,
  MapObject,
  SloppyArgumentsElements,
  StaticRoot,
  type TaggedField,
} from '../layout/index.ts';
import { learnElementsKind, siteOf } from './allocation-sites.ts';
import {
  newNumberDictionary,
  numberDictionaryDelete,
  numberDictionaryDetailsAt,
  numberDictionaryFind,
  numberDictionaryIndices,
  numberDictionarySet,
  numberDictionaryValueAt,
} from './dictionaries.ts';
import {
  ElementsKind,
  isDoubleElementsKind,
  isHoleyElementsKind,
  isSmiElementsKind,
  isTypedArrayElementsKind,
} from './elements-kind.ts';
import type { Factory } from './factory.ts';
import { transitionElementsKind } from './map-transitions.ts';
import { elementsKindOf, isPrototypeMap, mapElementsKind } from './maps.ts';
import { migrateInstance, migrateToMap } from './migration.ts';
import { numberValue } from './numbers.ts';
import {
  detailsAttributes,
  detailsKind,
  dictionaryDetails,
  PropertyAttributes,
  PropertyKind,
} from './property-details.ts';
import { invalidatePrototypeChains } from './prototypes.ts';
import { charCodeAt, stringLength } from './strings.ts';
import { setTypedElement, typedElement } from './typed-array-elements.ts';
import { typedElementCount } from './typed-arrays.ts';

const isSloppy = (k: ElementsKind): boolean =>
  k === ElementsKind.FastSloppyArguments || k === ElementsKind.SlowSloppyArguments;

const isStringWrapper = (k: ElementsKind): boolean =>
  k === ElementsKind.FastStringWrapper || k === ElementsKind.SlowStringWrapper;

export const newElementsCapacity = (old: number): number => old + (old >> 1) + 16;

/** V8: JSArray::kMaxFastArrayLength, JSObject::kMaxGap. */
export const maxFastArrayLength = 32 * 1024 * 1024;

export const maxGap = 1024;

export const capacityOf = (heap: Heap, store: Tagged): number => heap.get(store, FixedArray.Length) >> 1;

const elementAt = (heap: Heap, store: Tagged, i: number): Tagged =>
  heap.i32[(store - 1 + FixedArray.Elements + 4 * i) >> 2]!;

const setElementAt = (heap: Heap, store: Tagged, i: number, value: Tagged): void =>
  heap.setElement(store, FixedArray.Elements, i, value);

export const isDoubleHole = (heap: Heap, store: Tagged, i: number): boolean =>
  heap.i32[(store - 1 + FixedDoubleArray.Elements + 8 * i + 4) >> 2] === holeNanWord;

// --- reading ------------------------------------------------------------------------------------------------------------------

/** Own element of a store of kind `k`; the_hole where absent. */
const getFromStore = (heap: Heap, factory: Factory, store: Tagged, k: ElementsKind, index: number): Tagged => {
  if (k === ElementsKind.Dictionary) {
    const e = numberDictionaryFind(heap, store, index);
    return e < 0 ? StaticRoot.TheHole : numberDictionaryValueAt(heap, store, e);
  }
  if (index >= capacityOf(heap, store)) return StaticRoot.TheHole;
  if (isDoubleElementsKind(k)) {
    if (isDoubleHole(heap, store, index)) return StaticRoot.TheHole;
    return factory.newNumber(heap.f64[(store - 1 + FixedDoubleArray.Elements + 8 * index) >> 3]!);
  }
  return elementAt(heap, store, index);
};

/** The kind of the ordinary store inside sloppy arguments and string wrappers. */
const innerKind = (heap: Heap, store: Tagged): ElementsKind =>
  heap.get(store, HeapObject.Map) === StaticRoot.NumberDictionaryMap ? ElementsKind.Dictionary : ElementsKind.Holey;

/** Own element; the_hole where absent. For accessors in dictionaries the AccessorPair. */
export const getElement = (heap: Heap, factory: Factory, object: Tagged, index: number): Tagged => {
  const k = elementsKindOf(heap, object);
  const store = heap.get(object, JSObject.Elements);
  if (k <= ElementsKind.HoleyFrozen) {
    if (
      heap.getU16(heap.get(object, HeapObject.Map), MapObject.InstanceType) === InstanceType.JSArray &&
      index >= arrayLength(heap, object)
    )
      return StaticRoot.TheHole;
    return getFromStore(heap, factory, store, k, index);
  }
  if (k === ElementsKind.Dictionary) return getFromStore(heap, factory, store, k, index);
  if (isTypedArrayElementsKind(k)) {
    return index < typedElementCount(heap, object) ? typedElement(heap, factory, object, index) : StaticRoot.TheHole;
  }
  if (isSloppy(k)) {
    const mapped = mappedSlot(heap, store, index);
    if (mapped >= 0) return heap.getElement(heap.get(store, SloppyArgumentsElements.Context), Context.Slots, mapped);
    const inner = heap.get(store, SloppyArgumentsElements.Arguments);
    return getFromStore(heap, factory, inner, innerKind(heap, inner), index);
  }
  if (isStringWrapper(k)) {
    const string = heap.get(object, JSPrimitiveWrapper.Value);
    if (index < stringLength(heap, string)) return factory.newStringFromCharCode(charCodeAt(heap, string, index));
    return getFromStore(heap, factory, store, innerKind(heap, store), index);
  }
  return StaticRoot.TheHole;
};

/** Context slot that holds mapped parameter `index`, or −1. */
export const mappedSlot = (heap: Heap, store: Tagged, index: number): number => {
  const mapped = (heap.get(store, SloppyArgumentsElements.Length) >> 1) - 2;
  if (index >= mapped) return -1;
  const entry = heap.getElement(store, SloppyArgumentsElements.MappedEntries, index);
  return entry === StaticRoot.TheHole ? -1 : entry >> 1;
};

export const hasElement = (heap: Heap, object: Tagged, index: number): boolean =>
  elementAttributes(heap, object, index) >= 0;

const storeAttributes = (heap: Heap, store: Tagged, k: ElementsKind, index: number): number => {
  if (k === ElementsKind.Dictionary) {
    const e = numberDictionaryFind(heap, store, index);
    return e < 0 ? -1 : detailsAttributes(numberDictionaryDetailsAt(heap, store, e));
  }
  if (index >= capacityOf(heap, store)) return -1;
  if (isDoubleElementsKind(k) ? isDoubleHole(heap, store, index) : elementAt(heap, store, index) === StaticRoot.TheHole)
    return -1;
  if (k >= ElementsKind.PackedFrozen && k <= ElementsKind.HoleyFrozen) return PropertyAttributes.Frozen;
  if (k >= ElementsKind.PackedSealed && k <= ElementsKind.HoleySealed) return PropertyAttributes.Sealed;
  return PropertyAttributes.None;
};

/** Attributes of own element, −1 where absent. */
export const elementAttributes = (heap: Heap, object: Tagged, index: number): number => {
  const k = elementsKindOf(heap, object);
  const store = heap.get(object, JSObject.Elements);
  if (k <= ElementsKind.HoleyFrozen) {
    if (
      heap.getU16(heap.get(object, HeapObject.Map), MapObject.InstanceType) === InstanceType.JSArray &&
      index >= arrayLength(heap, object)
    )
      return -1;
    return storeAttributes(heap, store, k, index);
  }
  if (k === ElementsKind.Dictionary) return storeAttributes(heap, store, k, index);
  if (isTypedArrayElementsKind(k)) return index < typedElementCount(heap, object) ? PropertyAttributes.None : -1;
  if (isSloppy(k)) {
    const inner = heap.get(store, SloppyArgumentsElements.Arguments);
    const own = storeAttributes(heap, inner, innerKind(heap, inner), index);
    return own < 0 && mappedSlot(heap, store, index) >= 0 ? PropertyAttributes.None : own;
  }
  if (isStringWrapper(k)) {
    if (index < stringLength(heap, heap.get(object, JSPrimitiveWrapper.Value))) return PropertyAttributes.Frozen;
    return storeAttributes(heap, store, innerKind(heap, store), index);
  }
  return -1;
};

/** Whether own element `index` is an accessor (then getElement gives the AccessorPair). */
export const isAccessorElement = (heap: Heap, object: Tagged, index: number): boolean => {
  let store = heap.get(object, JSObject.Elements);
  if (isSloppy(elementsKindOf(heap, object))) {
    if (mappedSlot(heap, store, index) >= 0) return false;
    store = heap.get(store, SloppyArgumentsElements.Arguments);
  }
  if (heap.get(store, HeapObject.Map) !== StaticRoot.NumberDictionaryMap) return false;
  const e = numberDictionaryFind(heap, store, index);
  return e >= 0 && detailsKind(numberDictionaryDetailsAt(heap, store, e)) === PropertyKind.Accessor;
};

// --- kinds --------------------------------------------------------------------------------------------------------------------

/** Copies the first `count` elements into a new store of `capacity` for kind `to`. */
const copyStore = (
  factory: Factory,
  store: Tagged,
  from: ElementsKind,
  to: ElementsKind,
  count: number,
  capacity: number,
): Tagged => {
  const { heap } = factory;
  if (capacity === 0) return StaticRoot.EmptyFixedArray;
  const n = Math.min(count, capacity);
  if (isDoubleElementsKind(to)) {
    const target = factory.newFixedDoubleArray(capacity);
    const at = (target - 1 + FixedDoubleArray.Elements) >> 3;
    if (isDoubleElementsKind(from) && store !== StaticRoot.EmptyFixedArray) {
      const source = (store - 1 + FixedDoubleArray.Elements) >> 2;
      heap.i32.copyWithin(at << 1, source, source + 2 * n);
    } else {
      for (let i = 0; i < n; i++) {
        const w = elementAt(heap, store, i);
        if (w !== StaticRoot.TheHole) heap.f64[at + i] = numberValue(heap, w);
      }
    }
    return target;
  }
  const target = factory.newFixedArray(capacity, StaticRoot.TheHole);
  if (isDoubleElementsKind(from) && store !== StaticRoot.EmptyFixedArray) {
    for (let i = 0; i < n; i++) {
      if (isDoubleHole(heap, store, i)) continue;
      const box = factory.newHeapNumber(heap.f64[(store - 1 + FixedDoubleArray.Elements + 8 * i) >> 3]!);
      setElementAt(heap, target, i, box);
    }
  } else if (heap.isYoung(target)) {
    const source = (store - 1 + FixedArray.Elements) >> 2;
    heap.i32.copyWithin((target - 1 + FixedArray.Elements) >> 2, source, source + n);
  } else for (let i = 0; i < n; i++) setElementAt(heap, target, i, elementAt(heap, store, i));
  return target;
};

/** Moves the object to a more general elements kind, converting the store where its shape changes. */
export const transitionElements = (heap: Heap, factory: Factory, object: Tagged, kind: ElementsKind): void => {
  migrateInstance(heap, factory, object);
  const map = heap.get(object, HeapObject.Map);
  const from = mapElementsKind(heap, map);
  if (from === kind) return;
  const store = heap.get(object, JSObject.Elements);
  const capacity = capacityOf(heap, store);
  if (capacity > 0 && isDoubleElementsKind(from) !== isDoubleElementsKind(kind)) {
    heap.set(object, JSObject.Elements, copyStore(factory, store, from, kind, capacity, capacity));
  }
  migrateToMap(heap, factory, object, transitionElementsKind(heap, factory, map, kind));
  tellSite(heap, factory, object, kind);
};

/** The site that has made an array learns the kind that it has got. */
const tellSite = (heap: Heap, factory: Factory, object: Tagged, kind: ElementsKind): void => {
  if (heap.getU16(heap.get(object, HeapObject.Map), MapObject.InstanceType) !== InstanceType.JSArray) return;
  const site = siteOf(heap, object);
  if (site === 0) return;
  learnElementsKind(factory, site, kind, (boilerplate, to) => transitionElements(heap, factory, boilerplate, to));
};

/** Number of elements in use of a fast store: the array's length, or the capacity. */
const usedLength = (heap: Heap, object: Tagged, store: Tagged): number =>
  heap.getU16(heap.get(object, HeapObject.Map), MapObject.InstanceType) === InstanceType.JSArray
    ? Math.min(arrayLength(heap, object), capacityOf(heap, store))
    : capacityOf(heap, store);

/** To dictionary elements. */
export const normalizeElements = (heap: Heap, factory: Factory, object: Tagged): void => {
  migrateInstance(heap, factory, object);
  const k = elementsKindOf(heap, object);
  if (
    k === ElementsKind.Dictionary ||
    k === ElementsKind.SlowSloppyArguments ||
    k === ElementsKind.SlowStringWrapper ||
    isTypedArrayElementsKind(k)
  )
    return;
  const outer = heap.get(object, JSObject.Elements);
  const sloppy = k === ElementsKind.FastSloppyArguments;
  const store = sloppy ? heap.get(outer, SloppyArgumentsElements.Arguments) : outer;
  const from = sloppy || k === ElementsKind.FastStringWrapper ? ElementsKind.Holey : k;
  const n = sloppy ? capacityOf(heap, store) : usedLength(heap, object, store);
  const attributes =
    from >= ElementsKind.PackedFrozen
      ? from <= ElementsKind.HoleyFrozen
        ? 5
        : 0
      : from >= ElementsKind.PackedSealed
        ? 4
        : 0;
  let dictionary = newNumberDictionary(factory, 2);
  for (let i = 0; i < n; i++) {
    const value = getFromStore(heap, factory, store, from, i);
    if (value !== StaticRoot.TheHole)
      dictionary = numberDictionarySet(factory, dictionary, i, value, dictionaryDetails(PropertyKind.Data, attributes));
  }
  const to = sloppy
    ? ElementsKind.SlowSloppyArguments
    : k === ElementsKind.FastStringWrapper
      ? ElementsKind.SlowStringWrapper
      : ElementsKind.Dictionary;
  const map = transitionElementsKind(heap, factory, heap.get(object, HeapObject.Map), to);
  if (sloppy) heap.set(outer, SloppyArgumentsElements.Arguments, dictionary);
  else heap.set(object, JSObject.Elements, dictionary);
  migrateToMap(heap, factory, object, map);
};

/** Copies a copy-on-write store before a write. */
export const ensureWritableElements = (heap: Heap, factory: Factory, object: Tagged): void => {
  const store = heap.get(object, JSObject.Elements);
  if (heap.get(store, HeapObject.Map) !== StaticRoot.CowFixedArrayMap) return;
  const n = capacityOf(heap, store);
  heap.set(object, JSObject.Elements, copyStore(factory, store, ElementsKind.Holey, ElementsKind.Holey, n, n));
};

/** A plain array of the same elements; a store that is copied when it is written to is shared. */
export const cloneFastArray = (heap: Heap, factory: Factory, array: Tagged): Tagged => {
  const kind = elementsKindOf(heap, array);
  const length = heap.get(array, JSArray.Length) >> 1;
  const store = heap.get(array, JSObject.Elements);
  const isShared = heap.get(store, HeapObject.Map) === StaticRoot.CowFixedArrayMap;
  const clone = factory.newJSArray(kind, length, 0);
  heap.set(clone, JSObject.Elements, isShared ? store : copyStore(factory, store, kind, kind, length, length));
  return clone;
};

/** A new store of `capacity` for the object's kind. */
export const growElements = (heap: Heap, factory: Factory, object: Tagged, capacity: number): void => {
  const k = elementsKindOf(heap, object);
  const store = heap.get(object, JSObject.Elements);
  heap.set(object, JSObject.Elements, copyStore(factory, store, k, k, capacityOf(heap, store), capacity));
};

// --- writing --------------------------------------------------------------------------------------------------------------------

/** V8: ShouldConvertToSlowElements; the new capacity, or −1 for a dictionary. */
const capacityForIndex = (heap: Heap, object: Tagged, store: Tagged, k: ElementsKind, index: number): number => {
  const capacity = capacityOf(heap, store);
  if (index < capacity) return capacity;
  if (index - capacity >= maxGap) return -1;
  const wanted = newElementsCapacity(index + 1);
  if (wanted <= 500 || (wanted <= 5000 && heap.isYoung(object))) return wanted;
  let used = 0;
  const n = usedLength(heap, object, store);
  if (!isHoleyElementsKind(k)) used = n;
  else
    for (let i = 0; i < n; i++)
      if (isDoubleElementsKind(k) ? !isDoubleHole(heap, store, i) : elementAt(heap, store, i) !== StaticRoot.TheHole)
        used++;
  let dictionaryCapacity = 4;
  while (dictionaryCapacity < used + (used >> 1)) dictionaryCapacity *= 2;
  return 3 * 3 * dictionaryCapacity <= wanted ? -1 : wanted;
};

/** Whether a store at `index` would turn the object's elements into a dictionary (V8: WouldConvertToSlowElements). */
export const wouldConvertToSlowElements = (heap: Heap, object: Tagged, index: number): boolean => {
  const k = elementsKindOf(heap, object);
  if (k > ElementsKind.HoleyFrozen) return false;
  return (
    index >= maxFastArrayLength || capacityForIndex(heap, object, heap.get(object, JSObject.Elements), k, index) < 0
  );
};

/** One past the last index at which the object may hold a fast element: an array's length, else the store's. */
export const elementsLength = (heap: Heap, object: Tagged): number => {
  switch (heap.getU16(heap.get(object, HeapObject.Map), MapObject.InstanceType)) {
    case InstanceType.JSArray:
      return arrayLength(heap, object);
    case InstanceType.JSTypedArray:
      return typedElementCount(heap, object);
    default:
      return capacityOf(heap, heap.get(object, JSObject.Elements));
  }
};

const setInDictionary = (
  factory: Factory,
  object: Tagged,
  holder: Tagged,
  field: TaggedField,
  index: number,
  value: Tagged,
  details: Tagged,
): void => {
  const { heap } = factory;
  heap.set(holder, field, numberDictionarySet(factory, heap.get(holder, field), index, value, details));
  if (
    heap.getU16(heap.get(object, HeapObject.Map), MapObject.InstanceType) === InstanceType.JSArray &&
    index >= arrayLength(heap, object)
  ) {
    heap.set(object, JSArray.Length, factory.newNumber(index + 1));
  }
};

/** An element of an object that is a prototype changes: caches over it go. */
const beforeElementChange = (factory: Factory, object: Tagged): void => {
  const { heap } = factory;
  const map = heap.get(object, HeapObject.Map);
  if (isPrototypeMap(heap, map)) invalidatePrototypeChains(heap, map);
};

/** Adds or overwrites an own data element: transitions the kind, grows, may go to dictionary elements; updates a JSArray's length. Keeps attributes. */
export const setElement = (heap: Heap, factory: Factory, object: Tagged, index: number, value: Tagged): void => {
  migrateInstance(heap, factory, object);
  const map = heap.get(object, HeapObject.Map);
  if (isPrototypeMap(heap, map)) beforeElementChange(factory, object);
  let k = mapElementsKind(heap, map);
  let store = heap.get(object, JSObject.Elements);
  if (k === ElementsKind.Dictionary || isStringWrapper(k) || isSloppy(k) || isTypedArrayElementsKind(k)) {
    setSlowElement(factory, object, k, store, index, value);
    return;
  }
  const isArray = heap.getU16(map, MapObject.InstanceType) === InstanceType.JSArray;
  const length = isArray ? arrayLength(heap, object) : capacityOf(heap, store);
  // Kind first: what value, and whether a gap opens.
  let to = k;
  if (k <= ElementsKind.HoleyDouble) {
    const isNumber = (value & 1) !== 0 && heap.get(value, HeapObject.Map) === StaticRoot.HeapNumberMap;
    if ((value & 1) !== 0 && !isNumber) to = (k & 1) === 1 ? ElementsKind.Holey : ElementsKind.Packed;
    else if (isNumber && isSmiElementsKind(k))
      to = (k & 1) === 1 ? ElementsKind.HoleyDouble : ElementsKind.PackedDouble;
    if (isArray ? index > length : index >= length) to |= 1;
  }
  const capacity = capacityForIndex(heap, object, store, k, index);
  if (capacity < 0 || index >= maxFastArrayLength) {
    normalizeElements(heap, factory, object);
    setInDictionary(factory, object, object, JSObject.Elements, index, value, dictionaryDetails(PropertyKind.Data, 0));
    return;
  }
  if (to !== k) {
    if (capacity > capacityOf(heap, store)) {
      // One copy does both.
      const target = copyStore(factory, store, k, to, capacityOf(heap, store), capacity);
      const newMap = transitionElementsKind(heap, factory, map, to);
      heap.set(object, JSObject.Elements, target);
      migrateToMap(heap, factory, object, newMap);
      tellSite(heap, factory, object, to);
    } else transitionElements(heap, factory, object, to);
    k = to;
  } else if (capacity > capacityOf(heap, store)) growElements(heap, factory, object, capacity);
  store = heap.get(object, JSObject.Elements);
  if (heap.get(store, HeapObject.Map) === StaticRoot.CowFixedArrayMap) {
    ensureWritableElements(heap, factory, object);
    store = heap.get(object, JSObject.Elements);
  }
  if (isDoubleElementsKind(k)) setDoubleAt(heap, store, index, numberValue(heap, value));
  else setElementAt(heap, store, index, value);
  if (isArray && index >= length) heap.set(object, JSArray.Length, factory.newNumber(index + 1));
};

/** Writes a double element; NaNs are canonical, so that none looks like the hole. */
export const setDoubleAt = (heap: Heap, store: Tagged, index: number, value: number): void => {
  const at = (store - 1 + FixedDoubleArray.Elements + 8 * index) >> 3;
  heap.f64[at] = value;
  if (Number.isNaN(value)) {
    heap.i32[2 * at] = 0;
    heap.i32[2 * at + 1] = 0x7ff80000;
  }
};

const setSlowElement = (
  factory: Factory,
  object: Tagged,
  k: ElementsKind,
  store: Tagged,
  index: number,
  value: Tagged,
): void => {
  const { heap } = factory;
  if (isTypedArrayElementsKind(k)) {
    setTypedElement(heap, object, index, value);
    return;
  }
  if (isSloppy(k)) {
    const slot = mappedSlot(heap, store, index);
    if (slot >= 0) {
      heap.setElement(heap.get(store, SloppyArgumentsElements.Context), Context.Slots, slot, value);
      return;
    }
  }
  const holder = isSloppy(k) ? store : object;
  const field = isSloppy(k) ? SloppyArgumentsElements.Arguments : JSObject.Elements;
  let inner = heap.get(holder, field);
  if (heap.get(inner, HeapObject.Map) !== StaticRoot.NumberDictionaryMap) {
    const capacity = capacityOf(heap, inner);
    if (index < capacity || index - capacity < maxGap) {
      if (index >= capacity) {
        inner = copyStore(
          factory,
          inner,
          ElementsKind.Holey,
          ElementsKind.Holey,
          capacity,
          newElementsCapacity(index + 1),
        );
        heap.set(holder, field, inner);
      }
      setElementAt(heap, inner, index, value);
      return;
    }
    normalizeElements(heap, factory, object);
    inner = heap.get(holder, field);
  }
  const e = numberDictionaryFind(heap, inner, index);
  const attributes = e < 0 ? PropertyAttributes.None : detailsAttributes(numberDictionaryDetailsAt(heap, inner, e));
  setInDictionary(factory, object, holder, field, index, value, dictionaryDetails(PropertyKind.Data, attributes));
};

/** Defines an own element with attributes (or an AccessorPair): anything but plain attributes needs dictionary elements. */
export const defineElement = (
  heap: Heap,
  factory: Factory,
  object: Tagged,
  index: number,
  value: Tagged,
  attributes: number,
  accessor = false,
): void => {
  if (!accessor && attributes === PropertyAttributes.None) {
    const had = elementAttributes(heap, object, index);
    if (had <= PropertyAttributes.None && !isAccessorElement(heap, object, index)) {
      setElement(heap, factory, object, index, value);
      return;
    }
  }
  beforeElementChange(factory, object);
  normalizeElements(heap, factory, object);
  const k = elementsKindOf(heap, object);
  const details = dictionaryDetails(accessor ? PropertyKind.Accessor : PropertyKind.Data, attributes);
  if (isSloppy(k)) {
    const store = heap.get(object, JSObject.Elements);
    const slot = mappedSlot(heap, store, index);
    if (slot >= 0) {
      // A mapped parameter gets the value, and stays mapped while it can be written; the dictionary then has its attributes only.
      if (!accessor) heap.setElement(heap.get(store, SloppyArgumentsElements.Context), Context.Slots, slot, value);
      if (accessor || (attributes & PropertyAttributes.ReadOnly) !== 0)
        heap.initElement(store, SloppyArgumentsElements.MappedEntries, index, StaticRoot.TheHole);
    }
    setInDictionary(factory, object, store, SloppyArgumentsElements.Arguments, index, value, details);
    return;
  }
  setInDictionary(factory, object, object, JSObject.Elements, index, value, details);
};

/** Removes an own element; false if it was not there. (Configurability is the caller's question.) */
export const deleteElement = (heap: Heap, factory: Factory, object: Tagged, index: number): boolean => {
  if (elementAttributes(heap, object, index) < 0) return false;
  beforeElementChange(factory, object);
  const k = elementsKindOf(heap, object);
  let holder = object;
  let field: TaggedField = JSObject.Elements;
  if (isSloppy(k)) {
    holder = heap.get(object, JSObject.Elements);
    field = SloppyArgumentsElements.Arguments;
    if (mappedSlot(heap, holder, index) >= 0)
      heap.initElement(holder, SloppyArgumentsElements.MappedEntries, index, StaticRoot.TheHole);
  }
  const store = heap.get(holder, field);
  if (heap.get(store, HeapObject.Map) === StaticRoot.NumberDictionaryMap) {
    const e = numberDictionaryFind(heap, store, index);
    if (e >= 0) heap.set(holder, field, numberDictionaryDelete(factory, store, e));
    return true;
  }
  if (k <= ElementsKind.HoleyFrozen && (k & 1) === 0) transitionElements(heap, factory, object, k | 1);
  ensureWritableElements(heap, factory, object);
  const writable = heap.get(holder, field);
  if (isDoubleElementsKind(elementsKindOf(heap, object))) {
    const at = (writable - 1 + FixedDoubleArray.Elements + 8 * index) >> 2;
    heap.i32[at] = holeNanWord;
    heap.i32[at + 1] = holeNanWord;
  } else if (index < capacityOf(heap, writable))
    heap.initElement(writable, FixedArray.Elements, index, StaticRoot.TheHole);
  return true;
};

/** Indices of own elements, ascending. */
export const ownElementIndices = (heap: Heap, object: Tagged): number[] => {
  const k = elementsKindOf(heap, object);
  const store = heap.get(object, JSObject.Elements);
  const result: number[] = [];
  if (isTypedArrayElementsKind(k)) {
    const n = typedElementCount(heap, object);
    for (let i = 0; i < n; i++) result.push(i);
    return result;
  }
  if (k === ElementsKind.Dictionary) return numberDictionaryIndices(heap, store);
  if (isStringWrapper(k)) {
    const n = stringLength(heap, heap.get(object, JSPrimitiveWrapper.Value));
    for (let i = 0; i < n; i++) result.push(i);
    const rest = innerKind(heap, store) === ElementsKind.Dictionary ? numberDictionaryIndices(heap, store) : [];
    if (innerKind(heap, store) !== ElementsKind.Dictionary)
      for (let i = n; i < capacityOf(heap, store); i++)
        if (elementAt(heap, store, i) !== StaticRoot.TheHole) rest.push(i);
    return result.concat(rest.filter((i) => i >= n));
  }
  if (isSloppy(k)) {
    const inner = heap.get(store, SloppyArgumentsElements.Arguments);
    const all = new Set<number>(
      innerKind(heap, inner) === ElementsKind.Dictionary ? numberDictionaryIndices(heap, inner) : [],
    );
    if (innerKind(heap, inner) !== ElementsKind.Dictionary)
      for (let i = 0; i < capacityOf(heap, inner); i++)
        if (elementAt(heap, inner, i) !== StaticRoot.TheHole) all.add(i);
    const mapped = (heap.get(store, SloppyArgumentsElements.Length) >> 1) - 2;
    for (let i = 0; i < mapped; i++) if (mappedSlot(heap, store, i) >= 0) all.add(i);
    return [...all].sort((a, b) => a - b);
  }
  const n = usedLength(heap, object, store);
  for (let i = 0; i < n; i++)
    if (isDoubleElementsKind(k) ? !isDoubleHole(heap, store, i) : elementAt(heap, store, i) !== StaticRoot.TheHole)
      result.push(i);
  return result;
};

export const arrayLength = (heap: Heap, array: Tagged): number => {
  const w = heap.get(array, JSArray.Length);
  return (w & 1) === 0 ? w >> 1 : heap.getF64(w, HeapNumber.Value);
};
