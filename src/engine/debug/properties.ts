// Properties of objects by walking memory: nothing here runs JavaScript, allocates in the heap or changes anything.

import { type Heap, isSmi, smiValue, type Tagged } from '../heap/index.ts';
import {
  AccessorPair,
  arrayLength,
  detailsKind,
  type Factory,
  getElement,
  HeapObject,
  InstanceType,
  instanceTypeOf,
  isAccessorElement,
  isDontEnum,
  isSymbol,
  lookupOwn,
  mapPrototype,
  ownElementIndices,
  ownPropertyNames,
  PropertyKind,
  StaticRoot,
  SymbolObject,
  type TaggedField,
  toHostString,
  typedElementCount,
} from '../objects/index.ts';
import { getNativeAccessor, type Runtime } from '../runtime/index.ts';

export interface OwnPropertyView {
  readonly name: string;
  readonly key: Tagged;
  /** Data property; undefined for accessors. */
  readonly value: Tagged | undefined;
  readonly getter: Tagged | undefined;
  readonly setter: Tagged | undefined;
  readonly enumerable: boolean;
}

export const isReceiver = (heap: Heap, word: Tagged): boolean =>
  !isSmi(word) && instanceTypeOf(heap, word) >= InstanceType.FirstJSReceiver;

export const isFunction = (heap: Heap, word: Tagged): boolean =>
  !isSmi(word) &&
  instanceTypeOf(heap, word) >= InstanceType.FirstJSFunction &&
  instanceTypeOf(heap, word) <= InstanceType.LastJSFunction;

export function keyText(heap: Heap, key: Tagged): string {
  if (isSmi(key)) return String(smiValue(key));
  if (!isSymbol(heap, key)) return toHostString(heap, key);
  const description = heap.get(key, SymbolObject.Description);
  return `Symbol(${description === StaticRoot.Undefined ? '' : toHostString(heap, description)})`;
}

/** Own named properties in order. */
export function ownProperties(rt: Runtime, object: Tagged): OwnPropertyView[] {
  const { heap } = rt;
  if (instanceTypeOf(heap, object) === InstanceType.JSProxy) return [];
  return ownPropertyNames(heap, object).map((key) => ownProperty(rt, object, key)!);
}

export function ownProperty(rt: Runtime, object: Tagged, key: Tagged): OwnPropertyView | undefined {
  const { heap, factory } = rt;
  const own = lookupOwn(heap, factory, object, key);
  if (!own.found) return undefined;
  const name = keyText(heap, key);
  const enumerable = !isDontEnum(own.details);
  if (detailsKind(own.details) === PropertyKind.Data)
    return { name, key, value: own.value, getter: undefined, setter: undefined, enumerable };
  if (instanceTypeOf(heap, own.value) === InstanceType.AccessorPair) {
    const part = (field: TaggedField): Tagged | undefined => {
      const word = heap.get(own.value, field);
      return isFunction(heap, word) ? word : undefined;
    };
    return {
      name,
      key,
      value: undefined,
      getter: part(AccessorPair.Getter),
      setter: part(AccessorPair.Setter),
      enumerable,
    };
  }
  return {
    name,
    key,
    value: getNativeAccessor(rt, object, own.value),
    getter: undefined,
    setter: undefined,
    enumerable,
  };
}

/** The property along the prototype chain. */
export function findProperty(rt: Runtime, object: Tagged, key: Tagged): OwnPropertyView | undefined {
  const { heap } = rt;
  for (
    let o = object, n = 0;
    isReceiver(heap, o) && n < 1000;
    o = mapPrototype(heap, heap.get(o, HeapObject.Map)), n++
  ) {
    if (instanceTypeOf(heap, o) === InstanceType.JSProxy) return undefined;
    const own = ownProperty(rt, o, key);
    if (own !== undefined) return own;
  }
  return undefined;
}

/** How many indexed elements to show: an array's length, else one past the last element. */
export function indexedCount(heap: Heap, object: Tagged): number {
  const type = instanceTypeOf(heap, object);
  if (type === InstanceType.JSArray) return arrayLength(heap, object);
  if (type === InstanceType.JSTypedArray) return typedElementCount(heap, object);
  if (type === InstanceType.JSProxy || type < InstanceType.FirstJSReceiver) return 0;
  const indices = ownElementIndices(heap, object);
  return indices.length === 0 ? 0 : indices[indices.length - 1]! + 1;
}

/** Own element; the hole where absent. An accessor has no value. */
export function elementOf(heap: Heap, factory: Factory, object: Tagged, index: number): Tagged | undefined {
  return isAccessorElement(heap, object, index) ? undefined : getElement(heap, factory, object, index);
}
