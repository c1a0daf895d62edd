// Property access: the essential internal methods (ECMA-262 §10.1, proxies in proxy.ts) and the abstract operations of
// §7.3, over fast and dictionary objects, elements, accessors, strings and global objects.
//
// A key is a Name or a number word (toPropertyKey's result). What may run JavaScript says so.

import type { Immovable, Tagged } from '../heap/index.ts';
import {
  AccessorPair,
  addAccessorProperty,
  addDataProperty,
  copyMap,
  DependencyGroup,
  defineElement,
  deleteElement,
  deleteProperty as deleteOwnNamed,
  deoptimizeDependents,
  descriptorKey,
  elementAttributes,
  type Field,
  FixedArray,
  getElement,
  hasFixedLength,
  InstanceType,
  invalidatePrototypeChains,
  isDictionaryMap,
  isExtensibleMap,
  isPrototypeMap,
  JSArray,
  JSFunction,
  JSPrimitiveWrapper,
  MapBits,
  MapBits3,
  MapObject,
  makePrototypeMap,
  mapConstructor,
  mapDescriptors,
  mapInObjectProperties,
  mapInstanceSize,
  mapOwnDescriptors,
  numberValue,
  ownElementIndices,
  ownPropertyNames,
  PropertyAttributes,
  preventExtensions as preventExtensionsOrdinary,
  reconfigureToAccessorProperty,
  reconfigureToDataProperty,
  SharedFunctionFlags,
  SharedFunctionInfo,
  StaticRoot,
  SymbolFlags,
  SymbolObject,
  setElement,
  setPrototype as setOrdinaryPrototype,
  setOwnDataValue,
  stringLength,
} from '../objects/index.ts';
import {
  hasInstanceType,
  instanceTypeOf,
  isBigInt,
  isCallable,
  isJSReceiver,
  isString,
  isSymbol,
  isUndefinedOrNull,
  mapOf,
  primitiveToPropertyKey,
  symbolDescriptiveString,
  toBoolean,
  toLength,
  toNumberValue,
  toOddball,
  toPropertyKey,
  toUint32,
} from './conversions.ts';
import {
  defaultCallSite,
  renderForMessage,
  throwLoadFromNullOrUndefined,
  throwRangeError,
  throwStoreToNullOrUndefined,
  throwTypeError,
} from './errors.ts';
import { globalOf, keyToIndex, LookupIterator, LookupState } from './lookup-iterator.ts';
import { getNativeAccessor, setNativeAccessor, setNativeData } from './native-accessors.ts';
import { NativeContextSlot } from './native-context.ts';
import { sameValue } from './operators.ts';
import { prototypeChanged, prototypeElementAdded, prototypePropertyChanged } from './protectors.ts';
import * as proxy from './proxy.ts';
import type { Runtime } from './runtime.ts';
import { numberToString } from './strings.ts';
import { typedArrayLength, typedArraySetElement } from './typed-elements.ts';

// --- property descriptors ------------------------------------------------------------------------------------------------

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

const redirect = (rt: Runtime, object: Tagged): Tagged =>
  instanceTypeOf(rt, object) === InstanceType.JSGlobalProxy ? globalOf(rt, object) : object;

const isProxy = (rt: Runtime, object: Tagged): boolean => instanceTypeOf(rt, object) === InstanceType.JSProxy;

/** A key in messages. */
export const renderKey = (rt: Runtime, key: Tagged): string => renderForMessage(rt, key);

// --- [[Get]] ----------------------------------------------------------------------------------------------------------------

/** GetV: `object` may be a primitive (TypeError for undefined and null). May run JavaScript. */
export const getProperty = (rt: Runtime, object: Tagged, key: Tagged): Tagged => {
  if (isUndefinedOrNull(object)) throwLoadFromNullOrUndefined(rt, object, key);
  return getLookup(rt, new LookupIterator(rt).start(object, key), object, key);
};

/** [[Get]] with an explicit receiver (super, Reflect.get). May run JavaScript. */
export const getPropertyWithReceiver = (rt: Runtime, object: Tagged, key: Tagged, receiver: Tagged): Tagged =>
  getLookup(rt, new LookupIterator(rt).start(object, key), receiver, key);

const getLookup = (rt: Runtime, it: LookupIterator, receiver: Tagged, key: Tagged): Tagged => {
  switch (it.state) {
    case LookupState.Data:
      return it.value;
    case LookupState.Accessor:
      return callGetter(rt, it.value, it.holder, receiver);
    case LookupState.Proxy:
      if (isPrivateName(rt, it.name)) throwTypeError(rt, 'InvalidPrivateMemberRead', privateNameText(rt, it.name));
      return proxy.proxyGet(rt, it.holder, key, receiver);
    default:
      if (it.index < 0 && isPrivateName(rt, it.name))
        throwTypeError(rt, 'InvalidPrivateMemberRead', privateNameText(rt, it.name));
      return StaticRoot.Undefined;
  }
};

/** Reads through an AccessorPair or AccessorInfo. May run JavaScript. */
export const callGetter = (rt: Runtime, accessor: Tagged, holder: Tagged, receiver: Tagged): Tagged => {
  if (mapOf(rt, accessor) === StaticRoot.AccessorInfoMap) return getNativeAccessor(rt, holder, accessor);
  const getter = rt.heap.get(accessor, AccessorPair.Getter);
  return isCallable(rt, getter) ? rt.call(getter, receiver) : StaticRoot.Undefined;
};

/** Keyed read with an arbitrary key value (`object[key]`). May run JavaScript. */
export const getKeyed = (rt: Runtime, object: Tagged, key: Tagged): Tagged => {
  if (isUndefinedOrNull(object)) throwLoadFromNullOrUndefined(rt, object, key);
  if (!isJSReceiver(rt, key)) return getProperty(rt, object, primitiveToPropertyKey(rt, key));
  const scope = rt.heap.openHandles();
  try {
    const handle = rt.heap.handle(object);
    const propertyKey = toPropertyKey(rt, key);
    return getProperty(rt, rt.heap.deref(handle), propertyKey);
  } finally {
    rt.heap.closeHandles(scope);
  }
};

/** Keyed write with an arbitrary key value. May run JavaScript. */
export const setKeyed = (rt: Runtime, object: Tagged, key: Tagged, value: Tagged, strict: boolean): boolean => {
  if (isUndefinedOrNull(object)) throwStoreToNullOrUndefined(rt, object, key);
  if (!isJSReceiver(rt, key)) return setProperty(rt, object, primitiveToPropertyKey(rt, key), value, strict);
  const scope = rt.heap.openHandles();
  try {
    const o = rt.heap.handle(object);
    const v = rt.heap.handle(value);
    const propertyKey = toPropertyKey(rt, key);
    return setProperty(rt, rt.heap.deref(o), propertyKey, rt.heap.deref(v), strict);
  } finally {
    rt.heap.closeHandles(scope);
  }
};

export const getIndex = (rt: Runtime, object: Tagged, index: number): Tagged => {
  if (rt.isInterrupted) [object] = rt.serveInterrupt(object) as [Tagged];
  if (index >= 4294967295) return getProperty(rt, object, rt.factory.newNumber(index));
  const it = new LookupIterator(rt).startIndex(object, index);
  if (it.state === LookupState.Data) return it.value;
  if (it.state === LookupState.NotFound) return StaticRoot.Undefined;
  return getLookup(rt, it, object, rt.factory.newNumber(index));
};

/** Named read by host string. May run JavaScript. */
export const getNamed = (rt: Runtime, object: Tagged, name: string): Tagged =>
  getProperty(rt, object, rt.factory.internalize(name));

/** GetMethod: undefined for undefined and null; TypeError when not callable. May run JavaScript. */
export const getMethod = (rt: Runtime, object: Tagged, key: Tagged): Tagged => {
  if (isUndefinedOrNull(object)) throwLoadFromNullOrUndefined(rt, object, key);
  const it = new LookupIterator(rt).start(object, key);
  // nothing runs
  if (it.state === LookupState.Data) return checkedMethod(rt, it.value, object, key);
  if (it.state === LookupState.NotFound) return StaticRoot.Undefined;
  const { heap } = rt;
  const scope = heap.openHandles();
  try {
    const o = heap.handle(object);
    const k = heap.handle(key);
    const method = getLookup(rt, it, object, key);
    return checkedMethod(rt, method, heap.deref(o), heap.deref(k));
  } finally {
    heap.closeHandles(scope);
  }
};

const checkedMethod = (rt: Runtime, method: Tagged, object: Tagged, key: Tagged): Tagged => {
  if (isUndefinedOrNull(method)) return StaticRoot.Undefined;
  if (isCallable(rt, method)) return method;
  throwTypeError(
    rt,
    'PropertyNotFunction',
    renderForMessage(rt, method),
    renderKey(rt, key),
    renderForMessage(rt, object),
  );
};

/** Invoke: calls the method named `key`. May run JavaScript. */
export const invoke = (rt: Runtime, object: Tagged, key: Tagged, ...args: Tagged[]): Tagged => {
  const scope = rt.heap.openHandles();
  try {
    const o = rt.heap.handle(object);
    const handles = args.map((arg) => rt.heap.handle(arg));
    const method = getProperty(rt, object, key);
    if (!isCallable(rt, method)) throwTypeError(rt, 'CalledNonCallable', defaultCallSite(rt, method));
    return rt.hooks.call(
      method,
      rt.heap.deref(o),
      handles.map((handle) => rt.heap.deref(handle)),
    );
  } finally {
    rt.heap.closeHandles(scope);
  }
};

// --- [[HasProperty]] ---------------------------------------------------------------------------------------------------------

/** HasProperty on a JSReceiver. May run JavaScript (proxies). */
export const hasProperty = (rt: Runtime, object: Tagged, key: Tagged): boolean => {
  if (rt.isInterrupted) [object, key] = rt.serveInterrupt(object, key) as [Tagged, Tagged];
  const it = new LookupIterator(rt).start(object, key);
  if (it.state === LookupState.Proxy) return proxy.proxyHas(rt, it.holder, key);
  return it.state === LookupState.Data || it.state === LookupState.Accessor;
};

/** HasOwnProperty on a JSReceiver. May run JavaScript (proxies). */
export const hasOwnProperty = (rt: Runtime, object: Tagged, key: Tagged): boolean => {
  const it = new LookupIterator(rt).start(object, key, true);
  if (it.state === LookupState.Proxy) return proxy.proxyGetOwnProperty(rt, it.holder, key) !== undefined;
  // an export that is not initialized yet throws
  if (it.state === LookupState.Accessor && isModuleNamespace(rt, it.holder)) getNativeAccessor(rt, it.holder, it.value);
  return it.state === LookupState.Data || it.state === LookupState.Accessor;
};

// --- [[Set]] -----------------------------------------------------------------------------------------------------------------

/** Set: assignment to `object.key`. In strict code failures throw; otherwise they return false. May run JavaScript. */
export const setProperty = (rt: Runtime, object: Tagged, key: Tagged, value: Tagged, strict: boolean): boolean => {
  if (isUndefinedOrNull(object)) throwStoreToNullOrUndefined(rt, object, key);
  if (rt.isInterrupted) [object, key, value] = rt.serveInterrupt(object, key, value) as [Tagged, Tagged, Tagged];
  return setPropertyWithReceiver(rt, object, key, value, object, strict);
};

const cannot = (_rt: Runtime, strict: boolean, throwIt: () => never): false => (strict ? throwIt() : false) as false;

const typeNameOf = (rt: Runtime, object: Tagged): string => {
  if (!isJSReceiver(rt, object))
    return isString(rt, object)
      ? 'string'
      : isSymbol(rt, object)
        ? 'symbol'
        : object === StaticRoot.True || object === StaticRoot.False
          ? 'boolean'
          : isBigInt(rt, object)
            ? 'bigint'
            : 'number';
  return isCallable(rt, object) ? 'function' : 'object';
};

/** [[Set]] with an explicit receiver (super, Reflect.set, proxies). May run JavaScript. */
export const setPropertyWithReceiver = (
  rt: Runtime,
  object: Tagged,
  key: Tagged,
  value: Tagged,
  receiver: Tagged,
  strict: boolean,
): boolean => {
  const heap = rt.heap;
  const it = new LookupIterator(rt).start(object, key);
  const target = isJSReceiver(rt, receiver) ? redirect(rt, receiver) : receiver;
  switch (it.state) {
    case LookupState.Proxy:
      return proxy.proxySet(rt, it.holder, key, value, receiver, strict);
    case LookupState.TypedArrayOutOfBounds:
      // TypedArraySetElement converts the value, whatever the numeric key: in V8 for receivers that inherit from the array too
      typedArraySetElement(rt, it.holder, Number.POSITIVE_INFINITY, value);
      return true;
    case LookupState.Accessor: {
      const accessor = it.value;
      if (mapOf(rt, accessor) === StaticRoot.AccessorInfoMap) {
        if (it.isReadOnly || isModuleNamespace(rt, it.holder))
          return cannot(rt, strict, () =>
            throwTypeError(
              rt,
              'StrictReadOnlyProperty',
              renderKey(rt, key),
              typeNameOf(rt, receiver),
              renderForMessage(rt, receiver),
            ),
          );
        if (it.holder === target) return setNativeAccessor(rt, it.holder, accessor, value, strict);
        break;
      }
      // As `callee` of unmapped arguments objects is.
      if (it.isReadOnly)
        return cannot(rt, strict, () =>
          throwTypeError(
            rt,
            'StrictReadOnlyProperty',
            renderKey(rt, key),
            typeNameOf(rt, receiver),
            renderForMessage(rt, receiver),
          ),
        );
      const setter = heap.get(accessor, AccessorPair.Setter);
      if (!isCallable(rt, setter))
        return cannot(rt, strict, () =>
          throwTypeError(rt, 'NoSetterInCallback', renderKey(rt, key), renderForMessage(rt, it.holder)),
        );
      rt.call(setter, receiver, value);
      return true;
    }
    case LookupState.Data:
      if (it.isReadOnly)
        return cannot(rt, strict, () =>
          throwTypeError(
            rt,
            'StrictReadOnlyProperty',
            renderKey(rt, key),
            typeNameOf(rt, receiver),
            renderForMessage(rt, receiver),
          ),
        );
      if (it.holder === target) {
        if (it.index < 0) {
          notifyPropertyAdded(rt, target, it.name);
          setOwnDataValue(heap, rt.factory, target, it.name, value);
        } else {
          setOwnElement(rt, target, it.index, value);
        }
        return true;
      }
      break;
    default:
      break;
  }
  if (it.index < 0 && isPrivateName(rt, it.name))
    throwTypeError(rt, 'InvalidPrivateMemberWrite', privateNameText(rt, it.name));
  // not found, or found as a writable data property of a prototype: becomes an own property of the receiver
  if (!isJSReceiver(rt, receiver))
    return cannot(rt, strict, () =>
      throwTypeError(
        rt,
        'StrictCannotCreateProperty',
        renderKey(rt, key),
        typeNameOf(rt, receiver),
        renderForMessage(rt, receiver),
      ),
    );
  if (object !== receiver && target !== it.holder) {
    const existing = new LookupIterator(rt).start(receiver, key, true);
    if (existing.state === LookupState.Proxy) return proxy.proxySetOnReceiver(rt, receiver, key, value, strict);
    if (existing.state === LookupState.Accessor && mapOf(rt, existing.value) !== StaticRoot.AccessorInfoMap) {
      return cannot(rt, strict, () => throwTypeError(rt, 'RedefineDisallowed', renderKey(rt, key)));
    }
    if (existing.found) {
      if (existing.isReadOnly)
        return cannot(rt, strict, () =>
          throwTypeError(
            rt,
            'StrictReadOnlyProperty',
            renderKey(rt, key),
            typeNameOf(rt, receiver),
            renderForMessage(rt, receiver),
          ),
        );
      return defineOwnProperty(rt, target, key, { value }, strict);
    }
  }
  return addProperty(rt, target, it, value, strict, key);
};

const setOwnElement = (rt: Runtime, object: Tagged, index: number, value: Tagged): void => {
  if (instanceTypeOf(rt, object) === InstanceType.JSTypedArray) typedArraySetElement(rt, object, index, value);
  else setElement(rt.heap, rt.factory, object, index, value);
};

/** Adds the property that `it` has not found. */
const addProperty = (
  rt: Runtime,
  object: Tagged,
  it: LookupIterator,
  value: Tagged,
  strict: boolean,
  key: Tagged,
): boolean =>
  isProxy(rt, object) && !isPrivateKey(rt, it)
    ? proxy.proxySetOnReceiver(rt, object, key, value, strict)
    : addOwnProperty(rt, object, it, value, PropertyAttributes.None, strict, key);

const isPrivateKey = (rt: Runtime, { index, name }: LookupIterator): boolean => index < 0 && isPrivateSymbol(rt, name);

/** The same, of an object that is no proxy (private names are added to proxies, too). Runs no JavaScript. */
const addOwnProperty = (
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
    return cannot(rt, strict, () => throwTypeError(rt, 'ObjectNotExtensible', renderKey(rt, key)));
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
    return cannot(rt, strict, () => throwTypeError(rt, 'ObjectNotExtensible', renderKey(rt, key)));
  if (isPrototypeMap(heap, mapOf(rt, object))) prototypeElementAdded(rt, object);
  if (attributes === PropertyAttributes.None) setElement(heap, rt.factory, object, index, value);
  else defineElement(heap, rt.factory, object, index, value, attributes);
  return true;
};

/** Protectors that watch names on intrinsic prototypes, and Symbol.isConcatSpreadable on any object. */
const notifyPropertyAdded = (rt: Runtime, object: Tagged, name: Tagged): void => {
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

/** Whether a name is a class's #x (not the engine's own private symbols). */
const isPrivateName = (rt: Runtime, name: Tagged): boolean =>
  isSymbol(rt, name) && (rt.heap.getI32(name, SymbolObject.Flags) & SymbolFlags.PrivateName) !== 0;
const privateNameText = (rt: Runtime, name: Tagged): string => symbolDescriptiveString(rt, name).slice(7, -1);

export const isPrivateSymbol = (rt: Runtime, name: Tagged): boolean =>
  isSymbol(rt, name) && (rt.heap.getI32(name, SymbolObject.Flags) & SymbolFlags.Private) !== 0;

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

/** Writes array element `index` of a JSReceiver with [[Set]], throwing on failure. May run JavaScript. */
export const setIndex = (rt: Runtime, object: Tagged, index: number, value: Tagged): void => {
  setProperty(rt, object, rt.factory.newNumber(index), value, true);
};

// --- [[GetOwnProperty]], [[DefineOwnProperty]] ----------------------------------------------------------------------------------

/** [[GetOwnProperty]] of a JSReceiver. May run JavaScript (proxies). */
export const getOwnProperty = (rt: Runtime, object: Tagged, key: Tagged): PropertyDescriptor | undefined => {
  const it = new LookupIterator(rt).start(object, key, true);
  return it.state === LookupState.Proxy ? proxy.proxyGetOwnProperty(rt, it.holder, key) : describe(rt, it);
};

/** The descriptor of the property that `it` stands at, of no proxy. Runs no JavaScript. */
const describe = (rt: Runtime, it: LookupIterator): PropertyDescriptor | undefined => {
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

const isModuleNamespace = (rt: Runtime, object: Tagged): boolean =>
  instanceTypeOf(rt, object) === InstanceType.JSModuleNamespace;

/** §10.4.6.7: an export can be defined only as what it is already. */
const defineOnNamespace = (
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
  return same || cannot(rt, strict, () => throwTypeError(rt, 'RedefineDisallowed', renderKey(rt, key)));
};

/** [[DefineOwnProperty]] of a JSReceiver; with `strict` a failure throws. May run JavaScript (proxies, array length). */
export const defineOwnProperty = (
  rt: Runtime,
  object: Tagged,
  key: Tagged,
  desc: PropertyDescriptor,
  strict: boolean,
): boolean => {
  object = redirect(rt, object);
  if (isProxy(rt, object)) return proxy.proxyDefineOwnProperty(rt, object, key, desc, strict);
  if (isModuleNamespace(rt, object) && !isSymbol(rt, key)) return defineOnNamespace(rt, object, key, desc, strict);
  const heap = rt.heap;
  const it = new LookupIterator(rt).start(object, key, true);
  if (desc.value !== undefined && it.name === rt.names.length && hasInstanceType(rt, object, InstanceType.JSArray)) {
    const scope = heap.openHandles();
    const array = heap.handle(object);
    const value = lengthOfDescriptor(rt, desc.value);
    object = heap.deref(array);
    heap.closeHandles(scope);
    key = rt.names.length;
    desc = { ...desc, value };
    it.start(object, key, true);
  }
  const isElement = it.index >= 0 && hasInstanceType(rt, object, InstanceType.JSTypedArray);
  return isElement || it.state === LookupState.TypedArrayOutOfBounds
    ? defineTypedElement(rt, object, key, desc, strict, it)
    : defineOrdinary(rt, object, key, desc, strict, it);
};

/** §10.4.5.3: an element is writable, enumerable and configurable, and stays so. May run JavaScript (a conversion). */
const defineTypedElement = (
  rt: Runtime,
  array: Tagged,
  key: Tagged,
  desc: PropertyDescriptor,
  strict: boolean,
  it: LookupIterator,
): boolean => {
  if (it.state === LookupState.TypedArrayOutOfBounds)
    return cannot(rt, strict, () => throwTypeError(rt, 'InvalidTypedArrayIndex'));
  const isAccessor = desc.get !== undefined || desc.set !== undefined;
  if (isAccessor || desc.configurable === false || desc.enumerable === false || desc.writable === false)
    return cannot(rt, strict, () => throwTypeError(rt, 'RedefineDisallowed', renderKey(rt, key)));
  if (desc.value !== undefined) typedArraySetElement(rt, array, it.index, desc.value);
  return true;
};

/** What is left when `object` is no proxy, no namespace, and its length, if it is defined, is one. `it` stands at the property. */
const defineOrdinary = (
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
      return cannot(rt, strict, () => throwTypeError(rt, 'DefineDisallowed', renderKey(rt, key)));
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
      return cannot(rt, strict, () => throwTypeError(rt, 'DefineDisallowed', renderKey(rt, key)));
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
  const redefine = (): never => throwTypeError(rt, 'RedefineDisallowed', renderKey(rt, key));
  if (!it.isConfigurable) {
    if (desc.configurable === true) return cannot(rt, strict, redefine);
    if (desc.enumerable !== undefined && desc.enumerable !== it.isEnumerable) return cannot(rt, strict, redefine);
    const generic = !isAccessor && desc.value === undefined && desc.writable === undefined;
    if (!generic && isAccessor !== wasAccessor) return cannot(rt, strict, redefine);
    if (wasAccessor) {
      if (desc.get !== undefined && desc.get !== accessorComponent(rt, it.value, AccessorPair.Getter))
        return cannot(rt, strict, redefine);
      if (desc.set !== undefined && desc.set !== accessorComponent(rt, it.value, AccessorPair.Setter))
        return cannot(rt, strict, redefine);
    } else if (it.isReadOnly) {
      if (desc.writable === true) return cannot(rt, strict, redefine);
      if (desc.value !== undefined && !sameValue(rt, desc.value, currentValue)) return cannot(rt, strict, redefine);
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

/** ArraySetLength, steps 3 to 5: an array's length is valid before anything else is looked at. May run JavaScript. */
const lengthOfDescriptor = (rt: Runtime, value: Tagged): Tagged => {
  const scope = rt.heap.openHandles();
  try {
    const handle = rt.heap.handle(value);
    const length = toUint32(rt, value);
    if (toNumberValue(rt, rt.heap.deref(handle)) !== length) throwRangeError(rt, 'InvalidArrayLength');
    return rt.factory.newNumber(length);
  } finally {
    rt.heap.closeHandles(scope);
  }
};

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

/** CreateDataProperty. May run JavaScript (proxies). */
export const createDataProperty = (
  rt: Runtime,
  object: Tagged,
  key: Tagged,
  value: Tagged,
  strict = false,
): boolean => {
  const it = new LookupIterator(rt).start(object, key, true);
  const target = redirect(rt, object);
  const isPrivate = it.index < 0 && isPrivateName(rt, it.name);
  if (it.state === LookupState.NotFound) {
    // a proxy has private names alone
    if (!isPrivate && !isExtensibleMap(rt.heap, mapOf(rt, target)))
      return cannot(rt, strict, () => throwTypeError(rt, 'DefineDisallowed', renderKey(rt, key)));
    return addOwnProperty(rt, target, it, value, PropertyAttributes.None, strict, key);
  }
  if (isPrivate)
    throwTypeError(
      rt,
      (rt.heap.getI32(it.name, SymbolObject.Flags) & SymbolFlags.PrivateBrand) !== 0
        ? 'InvalidPrivateBrandReinitialization'
        : 'InvalidPrivateFieldReinitialization',
      privateNameText(rt, it.name),
    );
  if (it.state === LookupState.Data && it.attributes === PropertyAttributes.None) {
    if (it.index < 0) setOwnDataValue(rt.heap, rt.factory, target, it.name, value);
    else setOwnElement(rt, target, it.index, value);
    return true;
  }
  return defineOwnProperty(rt, object, key, { value, writable: true, enumerable: true, configurable: true }, strict);
};

export const createDataPropertyOrThrow = (rt: Runtime, object: Tagged, key: Tagged, value: Tagged): boolean =>
  createDataProperty(rt, object, key, value, true);

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

/** The same by name, of an ordinary object. Runs no JavaScript. */
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

// --- [[Delete]], [[OwnPropertyKeys]] -----------------------------------------------------------------------------------------------

/** [[Delete]] of a JSReceiver; strict failures throw. May run JavaScript (proxies). */
export const deleteProperty = (rt: Runtime, object: Tagged, key: Tagged, strict: boolean): boolean => {
  const it = new LookupIterator(rt).start(object, key, true);
  if (it.state === LookupState.Proxy) return proxy.proxyDelete(rt, it.holder, key, strict);
  return deleteFound(rt, object, it) || cannotDelete(rt, object, key, strict);
};

/** The same of an object that is no proxy; false when it keeps the property. Runs no JavaScript. */
export const deleteOrdinary = (rt: Runtime, object: Tagged, key: Tagged): boolean =>
  deleteFound(rt, object, new LookupIterator(rt).start(object, key, true));

const cannotDelete = (rt: Runtime, object: Tagged, key: Tagged, strict: boolean): false =>
  cannot(rt, strict, () =>
    throwTypeError(rt, 'StrictDeleteProperty', renderKey(rt, key), renderForMessage(rt, object)),
  );

/** Deletes the own property that `it` stands at; whether it is gone. */
const deleteFound = (rt: Runtime, object: Tagged, it: LookupIterator): boolean => {
  if (it.state === LookupState.NotFound || it.state === LookupState.TypedArrayOutOfBounds) return true;
  const target = redirect(rt, object);
  if (!it.isConfigurable || (instanceTypeOf(rt, target) === InstanceType.JSTypedArray && it.index >= 0)) return false;
  if (isPrototypeMap(rt.heap, mapOf(rt, target)) && it.index < 0) prototypePropertyChanged(rt, target, it.name);
  if (it.index < 0) deleteOwnNamed(rt.heap, rt.factory, target, it.name);
  else deleteElement(rt.heap, rt.factory, target, it.index);
  return true;
};

/** [[OwnPropertyKeys]]: indices, then strings, then symbols (private ones excluded), as words (Name or number). May run JavaScript (proxies). */
export const ownPropertyKeys = (rt: Runtime, object: Tagged): Tagged[] => {
  object = redirect(rt, object);
  return isProxy(rt, object) ? proxy.proxyOwnKeys(rt, object) : ordinaryOwnKeys(rt, object);
};

/** The same of what is no proxy. Runs no JavaScript. */
export const ordinaryOwnKeys = (rt: Runtime, object: Tagged): Tagged[] => {
  object = redirect(rt, object);
  const heap = rt.heap;
  const type = instanceTypeOf(rt, object);
  const keys: Tagged[] = [];
  if (type === InstanceType.JSTypedArray) {
    const n = typedArrayLength(rt, object);
    for (let i = 0; i < n; i++) keys.push(i << 1);
  } else {
    const primitive = type === InstanceType.JSPrimitiveWrapper ? heap.get(object, JSPrimitiveWrapper.Value) : 0;
    const characters = primitive !== 0 && isString(rt, primitive) ? stringLength(heap, primitive) : 0;
    for (let i = 0; i < characters; i++) keys.push(i << 1);
    for (const index of ownElementIndices(heap, object))
      if (index >= characters) keys.push(rt.factory.newNumber(index));
    if (characters > 0 || (primitive !== 0 && isString(rt, primitive))) {
      const names = ownPropertyNames(heap, object);
      if (!names.includes(rt.names.length)) keys.push(rt.names.length);
    }
  }
  for (const name of ownPropertyNames(heap, object)) if (!isPrivateSymbol(rt, name)) keys.push(name);
  return keys;
};

/** A key word as a JS value: numbers become strings. */
export const keyToValue = (rt: Runtime, key: Tagged): Tagged =>
  (key & 1) === 0 || mapOf(rt, key) === StaticRoot.HeapNumberMap ? numberToString(rt, numberValue(rt.heap, key)) : key;

/** Enumerable own string-keyed properties' keys (Object.keys). May run JavaScript (proxies). */
export const enumerableOwnKeys = (rt: Runtime, object: Tagged): Tagged[] =>
  isProxy(rt, object) ? enumerableKeysOfProxy(rt, object) : enumerableOrdinaryKeys(rt, object);

const enumerableKeysOfProxy = (rt: Runtime, object: Tagged): Tagged[] => {
  const { heap } = rt;
  const scope = heap.openHandles();
  try {
    const o = heap.handle(object);
    const handles = ownPropertyKeys(rt, object)
      .filter((key) => !isSymbol(rt, key))
      .map((key) => heap.handle(key));
    const result: number[] = [];
    for (const handle of handles) {
      const desc = getOwnProperty(rt, heap.deref(o), heap.deref(handle));
      if (desc?.enumerable) result.push(handle);
    }
    return result.map((handle) => heap.deref(handle));
  } finally {
    heap.closeHandles(scope);
  }
};

/** The same of what is no proxy. Runs no JavaScript. */
export const enumerableOrdinaryKeys = (rt: Runtime, object: Tagged): Tagged[] => {
  const { heap } = rt;
  const keys: Tagged[] = [];
  const it = new LookupIterator(rt);
  const redirected = redirect(rt, object);
  const typed = instanceTypeOf(rt, redirected) === InstanceType.JSTypedArray;
  for (const key of ordinaryOwnKeys(rt, redirected)) {
    if (isSymbol(rt, key)) continue;
    const index = keyToIndex(rt, key);
    if (index >= 0 && (typed || elementAttributes(heap, redirected, index) === 0)) {
      keys.push(key);
      continue;
    }
    if (!it.start(redirected, key, true).found || !it.isEnumerable) continue;
    // an export that is not initialized yet throws
    if (it.state === LookupState.Accessor && isModuleNamespace(rt, redirected))
      getNativeAccessor(rt, redirected, it.value);
    keys.push(key);
  }
  return keys;
};

// --- prototypes, extensibility -------------------------------------------------------------------------------------------------------

/** [[GetPrototypeOf]] of a JSReceiver. May run JavaScript (proxies). */
export const getPrototypeOf = (rt: Runtime, object: Tagged): Tagged => {
  object = redirect(rt, object);
  return isProxy(rt, object) ? proxy.proxyGetPrototypeOf(rt, object) : ordinaryPrototypeOf(rt, object);
};

/** The same of what is no proxy. Runs no JavaScript. */
export const ordinaryPrototypeOf = (rt: Runtime, object: Tagged): Tagged =>
  rt.heap.get(mapOf(rt, redirect(rt, object)), MapObject.Prototype);

/** [[SetPrototypeOf]]; with `strict` a failure throws. May run JavaScript (proxies). */
export const setPrototypeOf = (rt: Runtime, object: Tagged, prototype: Tagged, strict: boolean): boolean => {
  object = redirect(rt, object);
  return isProxy(rt, object)
    ? proxy.proxySetPrototypeOf(rt, object, prototype, strict)
    : setPrototypeOfOrdinary(rt, object, prototype, strict);
};

/** The same of what is no proxy. Runs no JavaScript. */
export const setPrototypeOfOrdinary = (rt: Runtime, object: Tagged, prototype: Tagged, strict: boolean): boolean => {
  object = redirect(rt, object);
  const { heap } = rt;
  if (heap.get(mapOf(rt, object), MapObject.Prototype) === prototype) return true;
  if (!isExtensibleMap(heap, mapOf(rt, object)))
    return cannot(rt, strict, () => throwTypeError(rt, 'NonExtensibleProto', renderForMessage(rt, object)));
  if (object === rt.intrinsic(NativeContextSlot.ObjectPrototype))
    return cannot(rt, strict, () =>
      throwTypeError(rt, 'Plain', `Immutable prototype object 'Object.prototype' cannot have their prototype set`),
    );
  // what was never a prototype stands on no chain
  const first = isPrototypeMap(heap, mapOf(rt, object)) ? prototype : StaticRoot.Null;
  if (prototype === object) return cannot(rt, strict, () => throwTypeError(rt, 'Plain', 'Cyclic __proto__ value'));
  for (let p = first; p !== StaticRoot.Null; p = heap.get(mapOf(rt, p), MapObject.Prototype)) {
    if (p === object) return cannot(rt, strict, () => throwTypeError(rt, 'Plain', 'Cyclic __proto__ value'));
    if (isProxy(rt, p)) break;
  }
  prototypeChanged(rt, object);
  setOrdinaryPrototype(heap, rt.factory, object, prototype);
  return true;
};

/** [[IsExtensible]]. May run JavaScript (proxies). */
export const isExtensible = (rt: Runtime, object: Tagged): boolean => {
  object = redirect(rt, object);
  if (isProxy(rt, object)) return proxy.proxyIsExtensible(rt, object);
  return isExtensibleMap(rt.heap, mapOf(rt, object));
};

/** [[PreventExtensions]] (attributes None), or sealing/freezing ordinary objects in one transition. May run JavaScript (proxies). */
export const preventExtensions = (rt: Runtime, object: Tagged, attributes: number, strict: boolean): boolean => {
  object = redirect(rt, object);
  if (isProxy(rt, object)) return proxy.proxyPreventExtensions(rt, object, strict);
  return preventOrdinaryExtensions(rt, object, attributes, strict);
};

/** The exports of a namespace stay writable: it can be frozen when it has none. */
const freezeNamespace = (rt: Runtime, namespace: Tagged, strict: boolean): boolean => {
  for (const key of ordinaryOwnKeys(rt, namespace))
    if (!isSymbol(rt, key) && !defineOnNamespace(rt, namespace, key, { writable: false }, strict)) return false;
  return true;
};

/** The same of what is no proxy. Runs no JavaScript. */
export const preventOrdinaryExtensions = (
  rt: Runtime,
  object: Tagged,
  attributes: number,
  strict: boolean,
): boolean => {
  object = redirect(rt, object);
  if (isModuleNamespace(rt, object))
    return (attributes & PropertyAttributes.ReadOnly) === 0 || freezeNamespace(rt, object, strict);
  if (instanceTypeOf(rt, object) === InstanceType.JSTypedArray && !hasFixedLength(rt.heap, object))
    return cannot(rt, strict, () =>
      throwTypeError(
        rt,
        attributes === PropertyAttributes.Frozen
          ? 'CannotFreeze'
          : attributes === PropertyAttributes.Sealed
            ? 'CannotSeal'
            : 'CannotPreventExt',
      ),
    );
  if (isPrototypeMap(rt.heap, mapOf(rt, object))) invalidatePrototypeChains(rt.heap, mapOf(rt, object));
  preventExtensionsOrdinary(rt.heap, rt.factory, object, attributes);
  return true;
};

// --- array-likes ---------------------------------------------------------------------------------------------------------------------

/** LengthOfArrayLike. May run JavaScript. */
export const lengthOfArrayLike = (rt: Runtime, object: Tagged): number => {
  if (hasInstanceType(rt, object, InstanceType.JSArray))
    return numberValue(rt.heap, rt.heap.get(object, JSArray.Length));
  return toLength(rt, getProperty(rt, object, rt.names.length));
};

/** More arguments than a stack of V8's size holds. */
export const maxArguments = 1 << 17;
/** Elements of V8's longest FixedArray. */
const maxFixedArrayLength = 2 ** 27 - 3;

/** CreateListFromArrayLike. May run JavaScript; the words are raw and valid until the next call. */
export const createListFromArrayLike = (rt: Runtime, object: Tagged): Tagged[] => {
  const { heap, factory } = rt;
  if (!isJSReceiver(rt, object)) throwTypeError(rt, 'Plain', 'CreateListFromArrayLike called on non-object');
  if (hasInstanceType(rt, object, InstanceType.JSArray)) {
    // no getters on the way in the common case: read directly
    const length = numberValue(heap, heap.get(object, JSArray.Length));
    if (length > maxFixedArrayLength) throwRangeError(rt, 'InvalidArrayLength');
    if (length > maxArguments) throwRangeError(rt, 'StackOverflow');
    const list: Tagged[] = [];
    let simple = true;
    for (let i = 0; i < length && simple; i++) {
      const element = getElement(heap, rt.factory, object, i);
      if (element === StaticRoot.TheHole || ((element & 1) !== 0 && mapOf(rt, element) === StaticRoot.AccessorPairMap))
        simple = false;
      else list.push(element);
    }
    if (simple) return list;
  }
  const scope = heap.openHandles();
  try {
    const o = heap.handle(object);
    const length = lengthOfArrayLike(rt, object);
    if (length > maxFixedArrayLength) throwRangeError(rt, 'InvalidArrayLength');
    const words = heap.handle(factory.newFixedArray(length, StaticRoot.Undefined));
    for (let i = 0; i < length; i++) {
      const word = getIndex(rt, heap.deref(o), i);
      heap.setElement(heap.deref(words), FixedArray.Elements, i, word);
    }
    if (length > maxArguments) throwRangeError(rt, 'StackOverflow');
    const list: Tagged[] = [];
    for (let i = 0; i < length; i++) list.push(heap.getElement(heap.deref(words), FixedArray.Elements, i));
    return list;
  } finally {
    heap.closeHandles(scope);
  }
};

/** A JSArray of the words. */
export const createArrayFromList = (rt: Runtime, words: readonly Tagged[]): Tagged => rt.factory.newJSArrayFrom(words);

// --- constructors ----------------------------------------------------------------------------------------------------------------------

/** The function's initial map, made on first use. */
export const initialMapForConstructor = (rt: Runtime, constructor: Tagged): Tagged => {
  const heap = rt.heap;
  let slot = heap.get(constructor, JSFunction.PrototypeOrInitialMap);
  if ((slot & 1) !== 0 && mapOf(rt, slot) === StaticRoot.MetaMap) return slot;
  if (slot === StaticRoot.TheHole) {
    functionPrototype(rt, constructor);
    slot = heap.get(constructor, JSFunction.PrototypeOrInitialMap);
  }
  const flags = heap.getI32(heap.get(constructor, JSFunction.SharedFunctionInfo), SharedFunctionInfo.Flags);
  const prototype = isJSReceiver(rt, slot) ? slot : rt.realms.intrinsicFor(constructor, defaultPrototype(flags));
  const properties = expectedProperties(rt, constructor);
  const type =
    (flags & SharedFunctionFlags.Generator) !== 0
      ? (flags & SharedFunctionFlags.Async) !== 0
        ? InstanceType.JSAsyncGeneratorObject
        : InstanceType.JSGeneratorObject
      : InstanceType.JSObject;
  const header = type === InstanceType.JSObject ? 12 : 44;
  const map = rt.factory.newMap(
    type,
    header + 4 * (type === InstanceType.JSObject ? properties : 0),
    3,
    type === InstanceType.JSObject ? properties : 0,
  );
  setInitialMap(rt, constructor, map, prototype, constructor);
  return map;
};

/** The prototype of what a function makes when its own is no object. */
const defaultPrototype = (flags: number): NativeContextSlot => {
  if ((flags & SharedFunctionFlags.Generator) === 0) return NativeContextSlot.ObjectPrototype;
  return (flags & SharedFunctionFlags.Async) !== 0
    ? NativeContextSlot.AsyncGeneratorPrototype
    : NativeContextSlot.GeneratorPrototype;
};

/** In-object properties for instances: what the constructor chain assigns. */
const expectedProperties = (rt: Runtime, constructor: Tagged): number => {
  let total = 0;
  for (let f = constructor; isFunctionWithInfo(rt, f); f = rt.heap.get(mapOf(rt, f), MapObject.Prototype)) {
    const sfi = rt.heap.get(f, JSFunction.SharedFunctionInfo);
    if ((rt.heap.getI32(sfi, SharedFunctionInfo.Flags) & SharedFunctionFlags.Native) !== 0) break;
    total += rt.heap.getI32(sfi, SharedFunctionInfo.ExpectedProperties);
  }
  return Math.min(total === 0 ? 4 : total, 200);
};

const isFunctionWithInfo = (rt: Runtime, value: Tagged): boolean => {
  if (!isJSReceiver(rt, value)) return false;
  const type = instanceTypeOf(rt, value);
  return type >= InstanceType.FirstJSFunction && type <= InstanceType.LastJSFunction;
};

/** Links function, initial map and prototype object. */
export const setInitialMap = (rt: Runtime, fn: Tagged, map: Tagged, prototype: Tagged, constructor: Tagged): void => {
  const heap = rt.heap;
  if (isJSReceiver(rt, prototype) && !isPrototypeMap(heap, mapOf(rt, prototype)))
    makePrototypeMap(heap, rt.factory, prototype);
  heap.set(map, MapObject.Prototype, prototype);
  heap.set(map, MapObject.ConstructorOrBackPointer, constructor);
  heap.set(fn, JSFunction.PrototypeOrInitialMap, map);
};

/** `F.prototype` (JSFunction::prototype): made on first use for constructors and generators. */
export const functionPrototype = (rt: Runtime, fn: Tagged): Tagged => {
  const heap = rt.heap;
  const slot = heap.get(fn, JSFunction.PrototypeOrInitialMap);
  if (slot !== StaticRoot.TheHole) {
    if ((slot & 1) !== 0 && mapOf(rt, slot) === StaticRoot.MetaMap) {
      // a non-object prototype is kept as the map's constructor
      if ((heap.getU8(slot, MapObject.BitField) & MapBits.HasNonInstancePrototype) !== 0)
        return mapConstructor(heap, slot);
      return heap.get(slot, MapObject.Prototype);
    }
    return slot;
  }
  const flags = heap.getI32(heap.get(fn, JSFunction.SharedFunctionInfo), SharedFunctionInfo.Flags);
  let prototype: Tagged;
  if ((flags & SharedFunctionFlags.Generator) !== 0) {
    prototype = rt.factory.newJSObject(rt.realms.intrinsicFor(fn, NativeContextSlot.ObjectMap0));
    setOrdinaryPrototype(heap, rt.factory, prototype, rt.realms.intrinsicFor(fn, defaultPrototype(flags)));
  } else {
    prototype = rt.factory.newJSObject(rt.realms.intrinsicFor(fn, NativeContextSlot.ObjectMap0));
    addDataProperty(heap, rt.factory, prototype, rt.names.constructor, fn, PropertyAttributes.DontEnum);
  }
  heap.set(fn, JSFunction.PrototypeOrInitialMap, prototype);
  return prototype;
};

/** Assignment to `F.prototype`. */
export const setFunctionPrototype = (rt: Runtime, fn: Tagged, value: Tagged): void => {
  const heap = rt.heap;
  const slot = heap.get(fn, JSFunction.PrototypeOrInitialMap);
  if ((slot & 1) !== 0 && mapOf(rt, slot) === StaticRoot.MetaMap) initialMapChanged(rt, fn, slot);
  if (isJSReceiver(rt, value) && !isPrototypeMap(heap, mapOf(rt, value))) makePrototypeMap(heap, rt.factory, value);
  if ((slot & 1) !== 0 && mapOf(rt, slot) === StaticRoot.MetaMap && isBuiltinConstructor(rt, fn)) {
    heap.set(
      slot,
      MapObject.Prototype,
      isJSReceiver(rt, value) ? value : rt.realms.intrinsicFor(fn, NativeContextSlot.ObjectPrototype),
    );
    return;
  }
  heap.set(fn, JSFunction.PrototypeOrInitialMap, value);
};

const isBuiltinConstructor = (rt: Runtime, fn: Tagged): boolean =>
  (rt.heap.getI32(rt.heap.get(fn, JSFunction.SharedFunctionInfo), SharedFunctionInfo.Flags) &
    SharedFunctionFlags.Native) !==
  0;

/** JSFunction::GetDerivedMap: the map for `Reflect.construct(constructor, …, newTarget)`. May run JavaScript (newTarget.prototype). */
export const getDerivedMap = (rt: Runtime, constructor: Tagged, newTarget: Tagged): Tagged => {
  const heap = rt.heap;
  const baseMap = initialMapForConstructor(rt, constructor);
  if (newTarget === constructor || newTarget === StaticRoot.Undefined) return baseMap;
  if (
    isFunctionWithInfo(rt, newTarget) &&
    (heap.getU8(mapOf(rt, newTarget), MapObject.BitField) & MapBits.HasPrototypeSlot) !== 0
  ) {
    const slot = heap.get(newTarget, JSFunction.PrototypeOrInitialMap);
    if ((slot & 1) !== 0 && mapOf(rt, slot) === StaticRoot.MetaMap && mapConstructor(heap, slot) === constructor)
      return slot;
    const prototype = functionPrototype(rt, newTarget);
    if (isJSReceiver(rt, prototype) && !isBuiltinConstructor(rt, newTarget)) {
      const map = deriveMap(
        rt,
        baseMap,
        expectedProperties(rt, newTarget) +
          (isBuiltinConstructor(rt, constructor) ? mapInObjectProperties(heap, baseMap) : 0),
      );
      setInitialMap(rt, newTarget, map, prototype, constructor);
      return map;
    }
  }
  const scope = heap.openHandles();
  try {
    const base = heap.handle(baseMap);
    const c = heap.handle(constructor);
    const n = heap.handle(newTarget);
    let prototype = getProperty(rt, newTarget, rt.names.prototype);
    if (!isJSReceiver(rt, prototype))
      prototype =
        prototypeInRealmOf(rt, heap.deref(n), heap.deref(c)) ?? heap.get(heap.deref(base), MapObject.Prototype);
    const p = heap.handle(prototype);
    const map = deriveMap(rt, heap.deref(base), mapInObjectProperties(heap, heap.deref(base)));
    if (!isPrototypeMap(heap, mapOf(rt, heap.deref(p)))) makePrototypeMap(heap, rt.factory, heap.deref(p));
    heap.set(map, MapObject.Prototype, heap.deref(p));
    heap.set(map, MapObject.ConstructorOrBackPointer, heap.deref(c));
    return map;
  } finally {
    heap.closeHandles(scope);
  }
};

/** GetPrototypeFromConstructor for a newTarget of another realm: what that has in the place of the constructor's prototype. */
const prototypeInRealmOf = (rt: Runtime, newTarget: Tagged, constructor: Tagged): Tagged | undefined => {
  const { realms } = rt;
  const realm = realms.functionRealm(newTarget);
  if (realm === 0) throwTypeError(rt, 'ProxyRevoked', 'getFunctionRealm');
  const own = realms.functionRealm(constructor);
  if (realm === own) return undefined;
  const slot = realms.slotOf(own, constructor);
  if (slot < 0) return realms.intrinsicOf(realm, NativeContextSlot.ObjectPrototype);
  return functionPrototype(rt, realms.intrinsicOf(realm, slot));
};

/** A fresh initial map shaped as `base`, with another number of in-object properties. */
const deriveMap = (rt: Runtime, base: Tagged, inObject: number): Tagged => {
  const heap = rt.heap;
  const header = mapInstanceSize(heap, base) - 4 * mapInObjectProperties(heap, base);
  return copyInitialMap(rt, base, header + 4 * inObject);
};

/** OrdinaryCreateFromConstructor. May run JavaScript (newTarget.prototype). */
export const ordinaryCreateFromConstructor = (rt: Runtime, constructor: Tagged, newTarget: Tagged): Tagged =>
  rt.factory.newJSObject(getDerivedMap(rt, constructor, newTarget));

/** SpeciesConstructor. May run JavaScript. */
export const speciesConstructor = (rt: Runtime, object: Tagged, defaultConstructor: Tagged): Tagged => {
  const { heap } = rt;
  const scope = heap.openHandles();
  try {
    const fallback = heap.handle(defaultConstructor);
    const species = speciesOf(rt, object);
    return species === StaticRoot.Undefined ? heap.deref(fallback) : species;
  } finally {
    heap.closeHandles(scope);
  }
};

/** What `object.constructor[Symbol.species]` names; undefined when nothing. May run JavaScript. */
const speciesOf = (rt: Runtime, object: Tagged): Tagged => {
  const constructor = getProperty(rt, object, rt.names.constructor);
  if (constructor === StaticRoot.Undefined) return constructor;
  if (!isJSReceiver(rt, constructor)) throwTypeError(rt, 'ConstructorNotReceiver');
  const species = getProperty(rt, constructor, rt.symbols.species_symbol);
  if (isUndefinedOrNull(species)) return StaticRoot.Undefined;
  if ((rt.heap.getU8(mapOf(rt, species), MapObject.BitField) & MapBits.IsConstructor) !== 0) return species;
  throwTypeError(rt, 'SpeciesNotConstructor');
};

// --- descriptors as objects -----------------------------------------------------------------------------------------------------------

/** ToPropertyDescriptor. May run JavaScript; the record's words are raw. */
export const toPropertyDescriptor = (rt: Runtime, object: Tagged): PropertyDescriptor => {
  if (!isJSReceiver(rt, object)) throwTypeError(rt, 'PropertyDescObject', object);
  const heap = rt.heap;
  const scope = heap.openHandles();
  try {
    const o = heap.handle(object);
    const desc: PropertyDescriptor = {};
    const names = rt.names;
    const read = (name: Immovable): number | undefined =>
      hasProperty(rt, heap.deref(o), name) ? heap.handle(getProperty(rt, heap.deref(o), name)) : undefined;
    const enumerable = read(names.enumerable);
    const configurable = read(names.configurable);
    const value = read(names.value);
    const writable = read(names.writable);
    const get = read(names.get);
    const set = read(names.set);
    if (enumerable !== undefined) desc.enumerable = toBoolean(rt, heap.deref(enumerable));
    if (configurable !== undefined) desc.configurable = toBoolean(rt, heap.deref(configurable));
    if (value !== undefined) desc.value = heap.deref(value);
    if (writable !== undefined) desc.writable = toBoolean(rt, heap.deref(writable));
    if (get !== undefined) {
      desc.get = heap.deref(get);
      if (desc.get !== StaticRoot.Undefined && !isCallable(rt, desc.get))
        throwTypeError(rt, 'ObjectGetterCallable', desc.get);
    }
    if (set !== undefined) {
      desc.set = heap.deref(set);
      if (desc.set !== StaticRoot.Undefined && !isCallable(rt, desc.set))
        throwTypeError(rt, 'ObjectSetterCallable', desc.set);
    }
    if ((desc.get !== undefined || desc.set !== undefined) && (desc.value !== undefined || desc.writable !== undefined))
      throwTypeError(rt, 'ValueAndAccessor', `, ${renderForMessage(rt, heap.deref(o))}`);
    return desc;
  } finally {
    heap.closeHandles(scope);
  }
};

/** FromPropertyDescriptor. */
export const fromPropertyDescriptor = (rt: Runtime, desc: PropertyDescriptor | undefined): Tagged => {
  if (desc === undefined) return StaticRoot.Undefined;
  const object = newPlainObject(rt);
  const add = (name: Tagged, value: Tagged): void => addDataProperty(rt.heap, rt.factory, object, name, value);
  if (desc.value !== undefined) add(rt.names.value, desc.value);
  if (desc.writable !== undefined) add(rt.names.writable, toOddball(desc.writable));
  if (desc.get !== undefined) add(rt.names.get, desc.get);
  if (desc.set !== undefined) add(rt.names.set, desc.set);
  if (desc.enumerable !== undefined) add(rt.names.enumerable, toOddball(desc.enumerable));
  if (desc.configurable !== undefined) add(rt.names.configurable, toOddball(desc.configurable));
  return object;
};

/** `{}`. */
export const newPlainObject = (rt: Runtime): Tagged =>
  rt.factory.newJSObject(rt.intrinsic(NativeContextSlot.ObjectMap0));

/** Keeps a native accessor but changes its attributes (array length, function prototype made read-only). */
const setNativeAttributes = (rt: Runtime, object: Tagged, name: Tagged, attributes: number): void => {
  const it = new LookupIterator(rt).startName(object, name, true);
  reconfigureToAccessorProperty(rt.heap, rt.factory, object, name, it.value, attributes);
};

/** The initial map of a function is dropped: code that embeds it must go. */
const initialMapChanged = (rt: Runtime, _fn: Tagged, map: Tagged): void =>
  void deoptimizeDependents(rt.factory, map, MapObject.DependentCode, DependencyGroup.InitialMapChanged);

/** A new root map shaped as `base`, with another number of in-object properties. */
const copyInitialMap = (rt: Runtime, base: Tagged, size: number): Tagged => {
  const heap = rt.heap;
  const map = copyMap(heap, rt.factory, base);
  const bits =
    heap.getI32(map, MapObject.BitField3) & ~(MapBits3.IsPrototypeMap | MapBits3.IsUnstable | MapBits3.IsDeprecated);
  heap.setI32(map, MapObject.BitField3, bits);
  heap.setU8(map, MapObject.InstanceSizeInWords, size >> 2);
  return map;
};
