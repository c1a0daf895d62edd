// Own properties of ordinary objects, namespaces and typed arrays' names: described, added, redefined. Nothing here runs JavaScript, so
// raw words live across it; what a proxy or a conversion can be behind is in set-property.ts and define-property.ts.

import type { Tagged } from '../heap/index.ts';
import {
  AccessorPair,
  addAccessorProperty,
  addDataProperty,
  defineElement,
  deleteProperty as deleteOwnNamed,
  descriptorKey,
  type Field,
  InstanceType,
  isDictionaryMap,
  isExtensibleMap,
  isPrivateSymbol,
  isPrototypeMap,
  JSArray,
  JSPrimitiveWrapper,
  MapBits,
  MapObject,
  mapDescriptors,
  mapOwnDescriptors,
  numberValue,
  PropertyAttributes,
  reconfigureToAccessorProperty,
  reconfigureToDataProperty,
  StaticRoot,
  setElement,
  setOwnDataValue,
  stringLength,
} from '../objects/index.ts';
import { sameValue } from './equality.ts';
import { type MessageArgument, throwTypeError } from './errors.ts';
import { keyToIndex, LookupIterator, LookupState, redirect } from './lookup-iterator.ts';
import type { MessageTemplate } from './messages.ts';
import { getNativeAccessor, setNativeData } from './native-accessors.ts';
import { prototypeElementAdded, prototypePropertyChanged } from './protectors.ts';
import type { Runtime } from './runtime.ts';
import { hasInstanceType, instanceTypeOf, isCallable, isString, mapOf } from './values.ts';

/** A Property Descriptor record; absent fields are undefined. Words are raw. */
export interface PropertyDescriptor {
  value?: Tagged | undefined;
  get?: Tagged | undefined;
  set?: Tagged | undefined;
  writable?: boolean | undefined;
  enumerable?: boolean | undefined;
  configurable?: boolean | undefined;
}

export const dataDescriptor = (value: Tagged, attributes: number): PropertyDescriptor => ({
  value,
  writable: (attributes & PropertyAttributes.ReadOnly) === 0,
  enumerable: (attributes & PropertyAttributes.DontEnum) === 0,
  configurable: (attributes & PropertyAttributes.DontDelete) === 0,
});

/** Of what `redirect` gave: whether its internal methods are those of proxy.ts. */
export const isProxy = (rt: Runtime, object: Tagged): boolean =>
  instanceTypeOf(rt, object) <= InstanceType.JSGlobalProxy;

/** The same of any receiver. */
export const isExotic = (rt: Runtime, object: Tagged): boolean => isProxy(rt, redirect(rt, object));

/** A failure: a TypeError in strict code. Its arguments are words, so that nothing is rendered or made for code that does not ask. */
export const cannot = (
  rt: Runtime,
  strict: boolean,
  template: MessageTemplate,
  first: MessageArgument = '',
  second: MessageArgument = '',
): false => (strict ? throwTypeError(rt, template, first, second) : false);

export const isPrivateKey = (rt: Runtime, { index, name }: LookupIterator): boolean =>
  index < 0 && isPrivateSymbol(rt.heap, name);

/** Adds the property that `it` has not found to what is no proxy (private names are added to proxies, too). Runs no JavaScript. */
export const addOwnProperty = (
  rt: Runtime,
  object: Tagged,
  it: LookupIterator,
  value: Tagged,
  attributes: number,
  strict: boolean,
  key: Tagged,
): boolean => {
  const { heap } = rt;
  const { index, name } = it;
  if (!isExtensibleMap(heap, mapOf(rt, object)) && !isPrivateKey(rt, it))
    return cannot(rt, strict, 'ObjectNotExtensible', key);
  if (index < 0) {
    notifyPropertyAdded(rt, object, name);
    addDataProperty(heap, rt.factory, object, name, value, attributes);
    return true;
  }
  if (
    hasInstanceType(rt, object, InstanceType.JSArray) &&
    index >= numberValue(heap, heap.get(object, JSArray.Length)) &&
    arrayLengthIsReadOnly(rt, object)
  )
    return cannot(rt, strict, 'ObjectNotExtensible', key);
  if (isPrototypeMap(heap, mapOf(rt, object))) prototypeElementAdded(rt, object);
  if (attributes === PropertyAttributes.None) setElement(heap, rt.factory, object, index, value);
  else defineElement(heap, rt.factory, object, index, value, attributes);
  return true;
};

/** Protectors that watch names on intrinsic prototypes, and Symbol.isConcatSpreadable on any object. */
export const notifyPropertyAdded = (rt: Runtime, object: Tagged, name: Tagged): void => {
  if (isPrototypeMap(rt.heap, mapOf(rt, object)) || name === rt.symbols.is_concat_spreadable_symbol)
    prototypePropertyChanged(rt, object, name);
};

/** Whether `name` is the newest own property of a fast object. */
const isLastAdded = (rt: Runtime, object: Tagged, name: Tagged): boolean => {
  const { heap } = rt;
  const map = mapOf(rt, object);
  if (isDictionaryMap(heap, map)) return false;
  const count = mapOwnDescriptors(heap, map);
  return count > 0 && descriptorKey(heap, mapDescriptors(heap, map), count - 1) === name;
};

/** The length of an array, which is frozen with it. */
export const makeArrayLengthReadOnly = (rt: Runtime, array: Tagged): void =>
  setNativeAttributes(
    rt,
    array,
    rt.names.length,
    PropertyAttributes.ReadOnly | PropertyAttributes.DontEnum | PropertyAttributes.DontDelete,
  );

export const arrayLengthIsReadOnly = (rt: Runtime, array: Tagged): boolean => {
  const it = new LookupIterator(rt).startName(array, rt.names.length, true);
  return it.isReadOnly;
};

/** The descriptor of the property that `it` stands at, of no proxy. Runs no JavaScript. */
export const describe = (rt: Runtime, it: LookupIterator): PropertyDescriptor | undefined => {
  switch (it.state) {
    case LookupState.Data:
      return dataDescriptor(it.value, it.attributes);
    case LookupState.Accessor:
      if (mapOf(rt, it.value) === StaticRoot.AccessorInfoMap)
        return dataDescriptor(getNativeAccessor(rt, it.holder, it.value), it.attributes);
      return {
        get: accessorComponent(rt, it.value, AccessorPair.Getter),
        set: accessorComponent(rt, it.value, AccessorPair.Setter),
        enumerable: it.isEnumerable,
        configurable: it.isConfigurable,
      };
    default:
      return undefined;
  }
};

const accessorComponent = (rt: Runtime, pair: Tagged, field: Field<'tagged'>): Tagged => {
  const component = rt.heap.get(pair, field);
  return isCallable(rt, component) ? component : StaticRoot.Undefined;
};

export const isModuleNamespace = (rt: Runtime, object: Tagged): boolean =>
  instanceTypeOf(rt, object) === InstanceType.JSModuleNamespace;

/** §10.4.6.7: an export can be defined only as what it is already. */
export const defineOnNamespace = (
  rt: Runtime,
  namespace: Tagged,
  key: Tagged,
  desc: PropertyDescriptor,
  strict: boolean,
): boolean => {
  const current = describe(rt, new LookupIterator(rt).start(namespace, key, true));
  const same =
    current !== undefined &&
    desc.configurable !== true &&
    desc.enumerable !== false &&
    desc.get === undefined &&
    desc.set === undefined &&
    desc.writable !== false &&
    (desc.value === undefined || sameValue(rt, desc.value, current.value!));
  return same || cannot(rt, strict, 'RedefineDisallowed', key);
};

/** What is left when `object` is no proxy, no namespace, and its length, if it is defined, is one. `it` stands at the property. */
export const defineOrdinary = (
  rt: Runtime,
  object: Tagged,
  key: Tagged,
  desc: PropertyDescriptor,
  strict: boolean,
  it: LookupIterator,
): boolean => {
  const { heap } = rt;
  const isAccessor = desc.get !== undefined || desc.set !== undefined;
  if (it.state === LookupState.NotFound) {
    if (!isExtensibleMap(heap, mapOf(rt, object)) && !isPrivateKey(rt, it))
      return cannot(rt, strict, 'DefineDisallowed', key);
    const attributes =
      (desc.writable || isAccessor ? 0 : PropertyAttributes.ReadOnly) |
      (desc.enumerable ? 0 : PropertyAttributes.DontEnum) |
      (desc.configurable ? 0 : PropertyAttributes.DontDelete);
    if (!isAccessor) return addOwnProperty(rt, object, it, desc.value ?? StaticRoot.Undefined, attributes, strict, key);
    if (
      it.index >= 0 &&
      hasInstanceType(rt, object, InstanceType.JSArray) &&
      it.index >= numberValue(heap, heap.get(object, JSArray.Length)) &&
      arrayLengthIsReadOnly(rt, object)
    )
      return cannot(rt, strict, 'DefineDisallowed', key);
    const pair = rt.factory.newAccessorPair(desc.get ?? StaticRoot.Null, desc.set ?? StaticRoot.Null);
    if (it.index < 0) notifyPropertyAdded(rt, object, it.name);
    else if (isPrototypeMap(heap, mapOf(rt, object))) prototypeElementAdded(rt, object);
    if (it.index < 0) addAccessorProperty(heap, rt.factory, object, it.name, pair, attributes);
    else defineElement(heap, rt.factory, object, it.index, pair, attributes, true);
    return true;
  }
  // ValidateAndApplyPropertyDescriptor on an existing property
  const native = it.state === LookupState.Accessor && mapOf(rt, it.value) === StaticRoot.AccessorInfoMap;
  const wasAccessor = it.state === LookupState.Accessor && !native;
  const currentValue = native ? getNativeAccessor(rt, it.holder, it.value) : it.value;
  if (!it.isConfigurable) {
    if (desc.configurable === true) return cannot(rt, strict, 'RedefineDisallowed', key);
    if (desc.enumerable !== undefined && desc.enumerable !== it.isEnumerable)
      return cannot(rt, strict, 'RedefineDisallowed', key);
    const generic = !isAccessor && desc.value === undefined && desc.writable === undefined;
    if (!generic && isAccessor !== wasAccessor) return cannot(rt, strict, 'RedefineDisallowed', key);
    if (wasAccessor) {
      if (desc.get !== undefined && desc.get !== accessorComponent(rt, it.value, AccessorPair.Getter))
        return cannot(rt, strict, 'RedefineDisallowed', key);
      if (desc.set !== undefined && desc.set !== accessorComponent(rt, it.value, AccessorPair.Setter))
        return cannot(rt, strict, 'RedefineDisallowed', key);
    } else if (it.isReadOnly) {
      if (desc.writable === true) return cannot(rt, strict, 'RedefineDisallowed', key);
      if (desc.value !== undefined && !sameValue(rt, desc.value, currentValue))
        return cannot(rt, strict, 'RedefineDisallowed', key);
    }
  }
  const enumerable = desc.enumerable ?? it.isEnumerable;
  const configurable = desc.configurable ?? it.isConfigurable;
  const flags = (enumerable ? 0 : PropertyAttributes.DontEnum) | (configurable ? 0 : PropertyAttributes.DontDelete);
  if (isPrototypeMap(heap, mapOf(rt, object))) {
    if (it.index < 0) prototypePropertyChanged(rt, object, it.name);
    else prototypeElementAdded(rt, object);
  }
  if (isAccessor || (wasAccessor && desc.value === undefined && desc.writable === undefined)) {
    const oldGet = wasAccessor ? heap.get(it.value, AccessorPair.Getter) : StaticRoot.Null;
    const oldSet = wasAccessor ? heap.get(it.value, AccessorPair.Setter) : StaticRoot.Null;
    const pair = rt.factory.newAccessorPair(desc.get ?? oldGet, desc.set ?? oldSet);
    if (it.index >= 0) defineElement(heap, rt.factory, object, it.index, pair, flags, true);
    else if (
      instanceTypeOf(rt, object) === InstanceType.JSGlobalObject ||
      (wasAccessor && isLastAdded(rt, object, it.name))
    ) {
      // a cell of the global object is replaced, so that whoever embeds the old one notices; a fast object stays fast
      deleteOwnNamed(heap, rt.factory, object, it.name);
      addAccessorProperty(heap, rt.factory, object, it.name, pair, flags);
    } else reconfigureToAccessorProperty(heap, rt.factory, object, it.name, pair, flags); // keeps its place among the keys
    return true;
  }
  const writable = desc.writable ?? (wasAccessor ? false : !it.isReadOnly);
  const attributes = flags | (writable ? 0 : PropertyAttributes.ReadOnly);
  if (native) {
    // array length keeps its native accessor; the others become plain data properties
    const isLength = hasInstanceType(rt, object, InstanceType.JSArray) && it.name === rt.names.length;
    if (isLength) return defineArrayLength(rt, object, desc, strict);
    if (attributes === it.attributes && desc.value === undefined) return true;
    if (it.name === rt.names.prototype && isPrototypeProperty(rt, object)) {
      if (desc.value !== undefined) setNativeData(rt, object, it.value, desc.value, true);
      if (attributes !== it.attributes) setNativeAttributes(rt, object, it.name, attributes);
      return true;
    }
    reconfigureToDataProperty(heap, rt.factory, object, it.name, desc.value ?? currentValue, attributes);
    return true;
  }
  const value = desc.value ?? (wasAccessor ? StaticRoot.Undefined : currentValue);
  if (it.index >= 0) {
    if (attributes === it.attributes && !wasAccessor) {
      if (desc.value !== undefined && !isWrapperCharacter(rt, object, it.index))
        setElement(heap, rt.factory, object, it.index, value);
    } else {
      defineElement(heap, rt.factory, object, it.index, value, attributes);
    }
    return true;
  }
  if (attributes === it.attributes && !wasAccessor) {
    if (desc.value !== undefined) setOwnDataValue(heap, rt.factory, object, it.name, value);
  } else {
    reconfigureToDataProperty(heap, rt.factory, object, it.name, value, attributes);
  }
  return true;
};

const isWrapperCharacter = (rt: Runtime, object: Tagged, index: number): boolean => {
  if (!hasInstanceType(rt, object, InstanceType.JSPrimitiveWrapper)) return false;
  const primitive = rt.heap.get(object, JSPrimitiveWrapper.Value);
  return isString(rt, primitive) && index < stringLength(rt.heap, primitive);
};

const isPrototypeProperty = (rt: Runtime, object: Tagged): boolean =>
  (rt.heap.getU8(mapOf(rt, object), MapObject.BitField) & MapBits.HasPrototypeSlot) !== 0;

const defineArrayLength = (rt: Runtime, array: Tagged, desc: PropertyDescriptor, strict: boolean): boolean => {
  const scope = rt.heap.openHandles();
  try {
    const handle = rt.heap.handle(array);
    const readOnly = arrayLengthIsReadOnly(rt, array);
    if (desc.value !== undefined) {
      const it = new LookupIterator(rt).startName(array, rt.names.length, true);
      if (!setNativeData(rt, array, it.value, desc.value, strict)) return false;
    }
    if (desc.writable === false && !readOnly) makeArrayLengthReadOnly(rt, rt.heap.deref(handle));
    return true;
  } finally {
    rt.heap.closeHandles(scope);
  }
};

/** Defines an own property by host string; for bootstrap and natives. Runs no JavaScript. */
export const defineNamed = (
  rt: Runtime,
  object: Tagged,
  name: string,
  value: Tagged,
  attributes: number = PropertyAttributes.DontEnum,
): void => {
  addOrReplace(rt, object, rt.factory.internalize(name), value, attributes);
};

/** The same by a name's word. */
export const addOrReplace = (rt: Runtime, object: Tagged, name: Tagged, value: Tagged, attributes: number): void => {
  const index = keyToIndex(rt, name);
  if (index >= 0) {
    defineElement(rt.heap, rt.factory, object, index, value, attributes);
    return;
  }
  defineOnOrdinary(rt, object, name, dataDescriptor(value, attributes));
};

/** Defines an own property of an ordinary object, no array's length. Throws where the object refuses. Runs no JavaScript. */
export const defineOnOrdinary = (rt: Runtime, object: Tagged, key: Tagged, desc: PropertyDescriptor): void => {
  const it = new LookupIterator(rt).start(object, key, true);
  defineOrdinary(rt, redirect(rt, object), key, desc, true, it);
};

/** Keeps a native accessor but changes its attributes (array length, function prototype made read-only). */
const setNativeAttributes = (rt: Runtime, object: Tagged, name: Tagged, attributes: number): void => {
  const it = new LookupIterator(rt).startName(object, name, true);
  reconfigureToAccessorProperty(rt.heap, rt.factory, object, name, it.value, attributes);
};
