// LookupIterator: walks the prototype chain for one key and stops at each own property (V8's class of that name). Inline
// caches read how the property was found; the abstract operations in get-property.ts and set-property.ts act on it.
//
// Invariant: running JavaScript invalidates an iterator. The words in it are raw.

import type { Tagged } from '../heap/index.ts';
import {
  arrayIndexOf,
  charCodeAt,
  detailsAttributes,
  detailsConstness,
  detailsFieldIndex,
  detailsKind,
  detailsLocation,
  detailsRepresentation,
  dictionaryDetails,
  elementAttributes,
  getElement,
  HeapObject,
  hasElement,
  InstanceType,
  isDictionaryMap,
  isInternalized,
  isPrivateSymbol,
  JSPrimitiveWrapper,
  lookupOwn,
  MapObject,
  numberValue,
  PropertyAttributes,
  type PropertyConstness,
  PropertyKind,
  type PropertyLocation,
  type Representation,
  StaticRoot,
  stringLength,
  toHostString,
} from '../objects/index.ts';
import type { Runtime } from './runtime.ts';
import { numberToString, singleCharacterString } from './strings.ts';
import { typedArrayElement, typedArrayHasElement } from './typed-elements.ts';
import { instanceTypeOf, isNumber, isString, isSymbol, prototypeOfPrimitive } from './values.ts';

export enum LookupState {
  NotFound = 0,
  Data = 1,
  /** An AccessorPair (getters, setters) or AccessorInfo (array length and the like) is in `value`. */
  Accessor = 2,
  /** Also a global proxy that the current realm may not look behind. */
  Proxy = 3,
  /** An out-of-bounds index of a typed array: reads undefined, writes nothing, never reaches the prototype. */
  TypedArrayOutOfBounds = 4,
}

/** Array index of a key (0 … 2^32−2) or −1 for a named one. The key is a Name or a number. */
export const keyToIndex = (rt: Runtime, key: Tagged): number => {
  if ((key & 1) === 0) return key >= 0 ? key >> 1 : -1;
  if (isNumber(rt, key)) {
    const number = numberValue(rt.heap, key);
    return number >= 0 && number < 4294967295 && Math.floor(number) === number ? number : -1;
  }
  return isSymbol(rt, key) ? -1 : arrayIndexOf(rt.heap, key);
};

/** The internalized Name of a key that is not an array index. */
export const keyToName = (rt: Runtime, key: Tagged): Tagged => {
  if (isNumber(rt, key)) key = numberToString(rt, numberValue(rt.heap, key));
  if (isSymbol(rt, key) || isInternalized(rt.heap, key)) return key;
  return rt.factory.internalizeString(key);
};

export class LookupIterator {
  readonly rt: Runtime;
  receiver: Tagged = StaticRoot.Undefined;
  /** Internalized string or symbol; undefined for an index. */
  name: Tagged = StaticRoot.Undefined;
  /** Array index or −1. */
  index = -1;
  state = LookupState.NotFound;
  /** Object that has the property; the last object of the chain when not found. */
  holder: Tagged = StaticRoot.Undefined;
  /** PropertyDetails (fast or dictionary layout). */
  details: Tagged = 0;
  /** Data: the value. Accessor: AccessorPair or AccessorInfo. */
  value: Tagged = StaticRoot.Undefined;
  /** Fast objects: descriptor number; −1 otherwise. */
  descriptor = -1;
  /** Dictionary objects: entry; −1 otherwise. */
  entry = -1;
  /** Global object: the PropertyCell; 0 otherwise. */
  cell: Tagged = 0;
  private ownOnly = false;
  private isPrivate = false;

  constructor(rt: Runtime) {
    this.rt = rt;
  }

  /** Starts at `receiver` (primitives at their prototype, after own string properties). `key` is a Name or number. */
  start(receiver: Tagged, key: Tagged, ownOnly = false): this {
    const index = keyToIndex(this.rt, key);
    return index >= 0
      ? this.startIndex(receiver, index, ownOnly)
      : this.startName(receiver, keyToName(this.rt, key), ownOnly);
  }

  startName(receiver: Tagged, name: Tagged, ownOnly = false): this {
    this.name = name;
    this.index = -1;
    this.isPrivate = isPrivateSymbol(this.rt.heap, name);
    return this.begin(receiver, ownOnly || this.isPrivate);
  }

  startIndex(receiver: Tagged, index: number, ownOnly = false): this {
    this.name = StaticRoot.Undefined;
    this.index = index;
    this.isPrivate = false;
    return this.begin(receiver, ownOnly);
  }

  private begin(receiver: Tagged, ownOnly: boolean): this {
    this.receiver = receiver;
    this.ownOnly = ownOnly;
    this.descriptor = -1;
    this.entry = -1;
    this.cell = 0;
    const rt = this.rt;
    if ((receiver & 1) !== 0 && instanceTypeOf(rt, receiver) >= InstanceType.FirstJSReceiver) {
      this.walk(redirect(rt, receiver));
      return this;
    }
    if (isString(rt, receiver) && this.ownStringProperty(receiver)) {
      this.holder = receiver;
      return this;
    }
    const prototype = prototypeOfPrimitive(rt, receiver);
    if (prototype === StaticRoot.Undefined || ownOnly) {
      this.holder = receiver;
      this.state = LookupState.NotFound;
    } else {
      this.walk(prototype);
    }
    return this;
  }

  /** Goes on behind the property found last. */
  next(): this {
    if (this.ownOnly) {
      this.state = LookupState.NotFound;
      return this;
    }
    const prototype =
      (this.holder & 1) !== 0 && instanceTypeOf(this.rt, this.holder) < InstanceType.FirstJSReceiver
        ? prototypeOfPrimitive(this.rt, this.holder)
        : this.rt.heap.get(this.rt.heap.get(this.holder, HeapObject.Map), MapObject.Prototype);
    if (prototype === StaticRoot.Null) this.state = LookupState.NotFound;
    else this.walk(prototype);
    return this;
  }

  private walk(object: Tagged): void {
    const heap = this.rt.heap;
    for (;;) {
      this.holder = object;
      if (this.lookupInHolder(object)) return;
      if (this.ownOnly) break;
      const prototype = heap.i32[(heap.i32[(object - 1) >> 2]! + MapObject.Prototype - 1) >> 2]!;
      if (prototype === StaticRoot.Null) break;
      object = prototype;
    }
    this.state = LookupState.NotFound;
  }

  /** CanonicalNumericIndexString of a name that is no array index: never an element of a typed array. */
  private hasNumericName(): boolean {
    if (!isString(this.rt, this.name)) return false;
    const first = charCodeAt(this.rt.heap, this.name, 0);
    if (first > 57 && first !== 73 && first !== 78) return false; // digits, '-', Infinity, NaN
    const text = toHostString(this.rt.heap, this.name);
    return text === '-0' || String(Number(text)) === text;
  }

  private lookupInHolder(object: Tagged): boolean {
    const rt = this.rt;
    const heap = rt.heap;
    const map = heap.i32[(object - 1) >> 2]!;
    const type = heap.u16[(map + MapObject.InstanceType - 1) >> 1]!;
    // a proxy has private properties of its own, which no trap sees
    if (
      type <= InstanceType.JSGlobalProxy &&
      !this.isPrivate &&
      (type === InstanceType.JSProxy || !isOpen(rt, object))
    ) {
      this.state = LookupState.Proxy;
      return true;
    }
    if (this.index < 0) {
      if (type === InstanceType.JSTypedArray && this.hasNumericName()) {
        this.state = LookupState.TypedArrayOutOfBounds;
        return true;
      }
      const own = lookupOwn(heap, rt.factory, object, this.name);
      if (!own.found) return false;
      this.details = own.details;
      this.value = own.value;
      this.descriptor = own.descriptor;
      this.entry = own.entry;
      this.cell = own.cell;
      this.state = detailsKind(own.details) === PropertyKind.Accessor ? LookupState.Accessor : LookupState.Data;
      return true;
    }
    if (type === InstanceType.JSTypedArray) {
      if (!typedArrayHasElement(rt, object, this.index)) {
        this.state = LookupState.TypedArrayOutOfBounds;
        return true;
      }
      this.value = typedArrayElement(rt, object, this.index);
      this.details = dictionaryDetails(PropertyKind.Data, PropertyAttributes.None);
      this.state = LookupState.Data;
      return true;
    }
    if (type === InstanceType.JSPrimitiveWrapper) {
      const primitive = heap.get(object, JSPrimitiveWrapper.Value);
      if (isString(rt, primitive) && this.ownStringProperty(primitive)) return true;
    }
    if (!hasElement(heap, object, this.index)) return false;
    const attributes = elementAttributes(heap, object, this.index);
    this.value = getElement(heap, rt.factory, object, this.index);
    const accessor = (this.value & 1) !== 0 && heap.get(this.value, HeapObject.Map) === StaticRoot.AccessorPairMap;
    this.details = dictionaryDetails(accessor ? PropertyKind.Accessor : PropertyKind.Data, attributes);
    this.state = accessor ? LookupState.Accessor : LookupState.Data;
    return true;
  }

  /** Characters and length of a string. */
  private ownStringProperty(string: Tagged): boolean {
    const rt = this.rt;
    if (this.index >= 0) {
      if (this.index >= stringLength(rt.heap, string)) return false;
      this.value = singleCharacterString(rt, charCodeAt(rt.heap, string, this.index));
      this.details = dictionaryDetails(PropertyKind.Data, PropertyAttributes.ReadOnly | PropertyAttributes.DontDelete);
    } else if (this.name === rt.names.length) {
      this.value = stringLength(rt.heap, string) << 1;
      this.details = dictionaryDetails(
        PropertyKind.Data,
        PropertyAttributes.ReadOnly | PropertyAttributes.DontEnum | PropertyAttributes.DontDelete,
      );
    } else {
      return false;
    }
    this.state = LookupState.Data;
    return true;
  }

  get found(): boolean {
    return this.state !== LookupState.NotFound;
  }
  get isElement(): boolean {
    return this.index >= 0;
  }
  get attributes(): number {
    return detailsAttributes(this.details);
  }
  get isReadOnly(): boolean {
    return (detailsAttributes(this.details) & PropertyAttributes.ReadOnly) !== 0;
  }
  get isConfigurable(): boolean {
    return (detailsAttributes(this.details) & PropertyAttributes.DontDelete) === 0;
  }
  get isEnumerable(): boolean {
    return (detailsAttributes(this.details) & PropertyAttributes.DontEnum) === 0;
  }
  /** Map of the holder. */
  get holderMap(): Tagged {
    return this.rt.heap.get(this.holder, HeapObject.Map);
  }
  get holderIsDictionary(): boolean {
    return isDictionaryMap(this.rt.heap, this.holderMap);
  }
  /** Of a property in a fast holder: */
  get fieldIndex(): number {
    return detailsFieldIndex(this.details);
  }
  get representation(): Representation {
    return detailsRepresentation(this.details);
  }
  get constness(): PropertyConstness {
    return detailsConstness(this.details);
  }
  get location(): PropertyLocation {
    return detailsLocation(this.details);
  }
}

const isOpen = (rt: Runtime, globalProxy: Tagged): boolean => !rt.hasRealms || rt.realms.mayAccess(globalProxy);

/** What a global proxy stands for; it remains when the current realm may not look behind it. Other objects stand for themselves. */
export const redirect = (rt: Runtime, object: Tagged): Tagged =>
  instanceTypeOf(rt, object) === InstanceType.JSGlobalProxy && isOpen(rt, object) ? globalOf(rt, object) : object;

/** What stands behind the global proxy: the JSGlobalObject, or the proxy that intercepts it. */
export const globalOf = (rt: Runtime, proxy: Tagged): Tagged =>
  rt.heap.get(rt.heap.get(proxy, HeapObject.Map), MapObject.Prototype);
