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
  BigIntObject,
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
import {
  newNumberDictionary,
  numberDictionaryDelete,
  numberDictionaryDetailsAt,
  numberDictionaryFind,
  numberDictionaryIndices,
  numberDictionarySet,
  numberDictionaryValueAt,
} from './dictionaries.ts';
import { ElementsKind, elementTypeOf } from './elements-kind.ts';
import type { Factory } from './factory.ts';
import { migrateInstance, migrateToMap } from './js-objects.ts';
import { transitionElementsKind } from './map-transitions.ts';
import { isPrototypeMap, mapElementsKind } from './maps.ts';
import { numberValue } from './numbers.ts';
import {
  detailsAttributes,
  detailsKind,
  dictionaryDetails,
  isDontDelete,
  PropertyAttributes,
  PropertyKind,
} from './property-details.ts';
import { invalidatePrototypeChains } from './prototypes.ts';
import { charCodeAt, stringLength, writeFiller } from './strings.ts';
import { typedElementAddress, typedElementCount } from './typed-arrays.ts';

export const isSmiElementsKind = (k: ElementsKind): boolean => k <= ElementsKind.HoleySmi;
export const isDoubleElementsKind = (k: ElementsKind): boolean =>
  k === ElementsKind.PackedDouble || k === ElementsKind.HoleyDouble;
/** FixedArray of any tagged values. */
export const isObjectElementsKind = (k: ElementsKind): boolean =>
  k === ElementsKind.Packed ||
  k === ElementsKind.Holey ||
  (k >= ElementsKind.PackedNonextensible && k <= ElementsKind.HoleyFrozen);
export const isHoleyElementsKind = (k: ElementsKind): boolean => k <= ElementsKind.HoleyFrozen && (k & 1) === 1;
export const isFastElementsKind = (k: ElementsKind): boolean => k <= ElementsKind.HoleyFrozen;
export const isTypedArrayElementsKind = (k: ElementsKind): boolean => k >= ElementsKind.Uint8;
export const holeyKindOf = (k: ElementsKind): ElementsKind => (k <= ElementsKind.HoleyFrozen ? k | 1 : k);
const isSloppy = (k: ElementsKind): boolean =>
  k === ElementsKind.FastSloppyArguments || k === ElementsKind.SlowSloppyArguments;
const isStringWrapper = (k: ElementsKind): boolean =>
  k === ElementsKind.FastStringWrapper || k === ElementsKind.SlowStringWrapper;

export const newElementsCapacity = (old: number): number => old + (old >> 1) + 16;
/** V8: JSArray::kMaxFastArrayLength, JSObject::kMaxGap. */
export const maxFastArrayLength = 32 * 1024 * 1024;
export const maxGap = 1024;

const kindOf = (heap: Heap, object: Tagged): ElementsKind => mapElementsKind(heap, heap.get(object, HeapObject.Map));
const capacityOf = (heap: Heap, store: Tagged): number => heap.get(store, FixedArray.Length) >> 1;
const elementAt = (heap: Heap, store: Tagged, i: number): Tagged =>
  heap.i32[(store - 1 + FixedArray.Elements + 4 * i) >> 2]!;
const setElementAt = (heap: Heap, store: Tagged, i: number, value: Tagged): void =>
  heap.setElement(store, FixedArray.Elements, i, value);
const isDoubleHole = (heap: Heap, store: Tagged, i: number): boolean =>
  heap.i32[(store - 1 + FixedDoubleArray.Elements + 8 * i + 4) >> 2] === holeNanWord;

const halfToNumber = (bits: number): number => {
  const sign = (bits & 0x8000) !== 0 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 0x3ff;
  if (exponent === 31) return fraction !== 0 ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
};

/** Value of a typed array element as a tagged number or BigInt; `index` is in range. */
export const typedElement = (heap: Heap, factory: Factory, object: Tagged, index: number): Tagged => {
  const at = typedElementAddress(heap, object, index);
  if (at < 0) return StaticRoot.Undefined;
  const { view } = heap;
  switch (elementTypeOf(kindOf(heap, object))) {
    case ElementsKind.Uint8:
    case ElementsKind.Uint8Clamped:
      return heap.u8[at]! << 1;
    case ElementsKind.Int8:
      return heap.i8[at]! << 1;
    case ElementsKind.Uint16:
      return view.getUint16(at, true) << 1;
    case ElementsKind.Int16:
      return view.getInt16(at, true) << 1;
    case ElementsKind.Uint32:
      return factory.newNumber(view.getUint32(at, true));
    case ElementsKind.Int32:
      return factory.newNumber(view.getInt32(at, true));
    case ElementsKind.Float32:
      return factory.newNumber(view.getFloat32(at, true));
    case ElementsKind.Float64:
      return factory.newNumber(view.getFloat64(at, true));
    case ElementsKind.Float16:
      return factory.newNumber(halfToNumber(view.getUint16(at, true)));
    case ElementsKind.BigInt64:
      return factory.newBigInt(view.getBigInt64(at, true));
    default:
      return factory.newBigInt(view.getBigUint64(at, true));
  }
};

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
  const k = kindOf(heap, object);
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
  const k = kindOf(heap, object);
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
  if (isSloppy(kindOf(heap, object))) {
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
};

/** Number of elements in use of a fast store: the array's length, or the capacity. */
const usedLength = (heap: Heap, object: Tagged, store: Tagged): number =>
  heap.getU16(heap.get(object, HeapObject.Map), MapObject.InstanceType) === InstanceType.JSArray
    ? Math.min(arrayLength(heap, object), capacityOf(heap, store))
    : capacityOf(heap, store);

/** To dictionary elements. */
export const normalizeElements = (heap: Heap, factory: Factory, object: Tagged): void => {
  migrateInstance(heap, factory, object);
  const k = kindOf(heap, object);
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

/** A new store of `capacity` for the object's kind. */
export const growElements = (heap: Heap, factory: Factory, object: Tagged, capacity: number): void => {
  const k = kindOf(heap, object);
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
  const k = kindOf(heap, object);
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
  if (value !== value) {
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

/** Stores a number (or for BigInt kinds a BigInt) already converted by the caller; out of range and detached are ignored. */
export const setTypedElement = (heap: Heap, object: Tagged, index: number, value: Tagged): void => {
  if (index >= typedElementCount(heap, object)) return;
  const at = typedElementAddress(heap, object, index);
  const k = elementTypeOf(kindOf(heap, object));
  const { view } = heap;
  if (k === ElementsKind.BigInt64 || k === ElementsKind.BigUint64) {
    // The low 64 bits in two's complement.
    const bits = heap.getI32(value, BigIntObject.Bitfield);
    let low = bits >>> 1 === 0 ? 0n : heap.i64[(value - 1 + BigIntObject.Digits) >> 3]!;
    if ((bits & 1) !== 0) low = BigInt.asIntN(64, -low);
    view.setBigInt64(at, low, true);
    return;
  }
  const n = numberValue(heap, value);
  switch (k) {
    case ElementsKind.Uint8:
    case ElementsKind.Int8:
      view.setInt8(at, n);
      break;
    case ElementsKind.Uint8Clamped: {
      // Round half to even.
      const clamped = n >= 255 ? 255 : n > 0 ? n : 0;
      const floor = Math.floor(clamped);
      const rest = clamped - floor;
      view.setUint8(at, rest < 0.5 ? floor : rest > 0.5 ? floor + 1 : floor + (floor & 1));
      break;
    }
    case ElementsKind.Uint16:
    case ElementsKind.Int16:
      view.setInt16(at, n, true);
      break;
    case ElementsKind.Uint32:
    case ElementsKind.Int32:
      view.setInt32(at, n, true);
      break;
    case ElementsKind.Float32:
      view.setFloat32(at, n, true);
      break;
    case ElementsKind.Float64:
      view.setFloat64(at, n, true);
      break;
    default:
      view.setUint16(at, numberToHalf(n), true);
  }
};

const numberToHalf = (n: number): number => {
  if (Number.isNaN(n)) return 0x7e00;
  const sign = n < 0 || Object.is(n, -0) ? 0x8000 : 0;
  const a = Math.abs(n);
  if (a >= 65520) return sign | 0x7c00;
  const roundEven = (x: number): number => {
    const f = Math.floor(x);
    const r = x - f;
    return r < 0.5 ? f : r > 0.5 ? f + 1 : f + (f & 1);
  };
  if (a < 2 ** -14) return sign | roundEven(a * 2 ** 24);
  let e = Math.floor(Math.log2(a));
  if (2 ** e > a) e--;
  else if (2 ** (e + 1) <= a) e++;
  return sign | (((e + 15) << 10) + roundEven((a / 2 ** e - 1) * 1024));
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
  const k = kindOf(heap, object);
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
  const k = kindOf(heap, object);
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
  if (isDoubleElementsKind(kindOf(heap, object))) {
    const at = (writable - 1 + FixedDoubleArray.Elements + 8 * index) >> 2;
    heap.i32[at] = holeNanWord;
    heap.i32[at + 1] = holeNanWord;
  } else if (index < capacityOf(heap, writable))
    heap.initElement(writable, FixedArray.Elements, index, StaticRoot.TheHole);
  return true;
};

// --- array length -------------------------------------------------------------------------------------------------------------------

export const arrayLength = (heap: Heap, array: Tagged): number => {
  const w = heap.get(array, JSArray.Length);
  return (w & 1) === 0 ? w >> 1 : heap.getF64(w, HeapNumber.Value);
};

/** Shortens a store in place. */
export const rightTrim = (heap: Heap, store: Tagged, length: number): void => {
  const isDouble = heap.get(store, HeapObject.Map) === StaticRoot.FixedDoubleArrayMap;
  const oldLength = capacityOf(heap, store);
  if (length >= oldLength) return;
  const size = (n: number): number => (FixedArray.Elements + (isDouble ? 8 * n : 4 * n) + 7) & ~7;
  heap.init(store, FixedArray.Length, length << 1);
  writeFiller(heap, store - 1 + size(length), store - 1 + size(oldLength));
};

/** Sets a JSArray's length; false if a non-configurable element stopped it (then the length is one past that element). */
export const setArrayLength = (heap: Heap, factory: Factory, array: Tagged, length: number): boolean => {
  migrateInstance(heap, factory, array);
  const old = arrayLength(heap, array);
  if (length === old) return true;
  let k = kindOf(heap, array);
  if (
    k !== ElementsKind.Dictionary &&
    (length > maxFastArrayLength || (k >= ElementsKind.PackedSealed && length < old))
  ) {
    normalizeElements(heap, factory, array);
    k = ElementsKind.Dictionary;
  }
  let store = heap.get(array, JSObject.Elements);
  if (k === ElementsKind.Dictionary) {
    let end = length;
    if (length < old) {
      const indices = numberDictionaryIndices(heap, store);
      for (let i = indices.length - 1; i >= 0 && indices[i]! >= length; i--) {
        const e = numberDictionaryFind(heap, store, indices[i]!);
        if (isDontDelete(numberDictionaryDetailsAt(heap, store, e))) {
          end = indices[i]! + 1;
          break;
        }
        numberDictionaryDelete(factory, store, e);
      }
    }
    heap.set(array, JSArray.Length, factory.newNumber(end));
    return end === length;
  }
  if (length > old) {
    if ((k & 1) === 0) transitionElements(heap, factory, array, k | 1);
    store = heap.get(array, JSObject.Elements);
    const capacity = capacityOf(heap, store);
    if (length > capacity) {
      const wanted = Math.max(length, newElementsCapacity(capacity));
      if (length - capacity >= maxGap * 1024) normalizeElements(heap, factory, array);
      else growElements(heap, factory, array, wanted);
    }
  } else {
    ensureWritableElements(heap, factory, array);
    store = heap.get(array, JSObject.Elements);
    const capacity = capacityOf(heap, store);
    if (2 * length + 16 <= capacity) {
      const trim = length + 1 === old ? (capacity - length) >> 1 : capacity - length;
      if (length === 0 && trim === capacity) {
        heap.init(array, JSObject.Elements, StaticRoot.EmptyFixedArray);
        heap.init(array, JSArray.Length, 0);
        return true;
      }
      rightTrim(heap, store, capacity - trim);
    }
    const end = Math.min(old, capacityOf(heap, store));
    for (let i = length; i < end; i++) {
      if (isDoubleElementsKind(k)) {
        const at = (store - 1 + FixedDoubleArray.Elements + 8 * i) >> 2;
        heap.i32[at] = holeNanWord;
        heap.i32[at + 1] = holeNanWord;
      } else heap.initElement(store, FixedArray.Elements, i, StaticRoot.TheHole);
    }
  }
  heap.set(array, JSArray.Length, factory.newNumber(length));
  return true;
};

/** Indices of own elements, ascending. */
export const ownElementIndices = (heap: Heap, object: Tagged): number[] => {
  const k = kindOf(heap, object);
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
