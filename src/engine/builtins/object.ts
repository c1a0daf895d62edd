// Object and Object.prototype.

import type { Tagged } from '../heap/index.ts';
import {
  AccessorPair,
  ElementsKind,
  type Field,
  FixedArray,
  hasKnownEnumLength,
  InstanceType,
  isDictionaryMap,
  JSObject,
  JSPrimitiveWrapper,
  JSTypedArray,
  lookupOwn,
  PropertyAttributes,
  StaticRoot,
  setMapConstructor,
} from '../objects/index.ts';
import {
  type BuiltinFunction,
  createDataProperty,
  declareBuiltin,
  defineOnOrdinary,
  defineOwnProperty,
  fromPropertyDescriptor,
  getOwnProperty,
  getProperty,
  getPrototypeOf,
  hasInstanceType,
  hasOwnProperty,
  instanceTypeOf,
  invoke,
  isArray,
  isCallable,
  isExotic,
  isExtensible,
  isJSReceiver,
  isString,
  isSymbol,
  isUndefinedOrNull,
  iterate,
  js,
  keysArray,
  keyToValue,
  LookupIterator,
  LookupState,
  makeConstructor,
  mapOf,
  NativeContextSlot,
  newPlainObject,
  objectKeys,
  ordinaryCreateFromConstructor,
  ordinaryOwnKeys,
  ownPropertyKeys,
  preventExtensions,
  preventOrdinaryExtensions,
  type Runtime,
  sameValue,
  setProperty,
  setPrototypeOf,
  setPrototypeOfOrdinary,
  throwTypeError,
  toObject,
  toOddball,
  toPropertyDescriptor,
  toPropertyKey,
  typedArrayLength,
  Writes,
} from '../runtime/index.ts';
import { builtinTable, installTable } from './table.ts';

const { Undefined, Null, True, False } = StaticRoot;

const ObjectConstructor: BuiltinFunction = (rt, args) => {
  if (args.newTarget !== Undefined && args.newTarget !== args.target)
    return ordinaryCreateFromConstructor(rt, args.target, args.newTarget);
  const value = args.at(0);
  return isUndefinedOrNull(value) ? newPlainObject(rt) : toObject(rt, value);
};

/** Runs `body` with handles to the words. */
export const held = <T>(rt: Runtime, words: readonly Tagged[], body: (...handles: (() => Tagged)[]) => T): T => {
  const heap = rt.heap;
  const scope = heap.openHandles();
  try {
    return body(
      ...words.map((word) => {
        const handle = heap.handle(word);
        return () => heap.deref(handle);
      }),
    );
  } finally {
    heap.closeHandles(scope);
  }
};

const ObjectAssign: BuiltinFunction = (rt, args) =>
  held(rt, [toObject(rt, args.at(0))], (target) => {
    const heap = rt.heap;
    for (let i = 1; i < args.length; i++) {
      if (isUndefinedOrNull(args.at(i))) continue;
      held(rt, [toObject(rt, args.at(i))], (source) => {
        const proxy = isExotic(rt, source());
        const keys = ownPropertyKeys(rt, source()).map((key) => heap.handle(key));
        const it = new LookupIterator(rt);
        for (const key of keys) {
          rt.poll();
          if (proxy) {
            if (!getOwnProperty(rt, source(), heap.deref(key))?.enumerable) continue;
          } else {
            it.start(source(), heap.deref(key), true);
            if (!it.found || !it.isEnumerable) continue;
          }
          const value = getProperty(rt, source(), heap.deref(key));
          setProperty(rt, target(), heap.deref(key), value, true);
        }
      });
    }
    return target();
  });

const ObjectCreate: BuiltinFunction = (rt, args) => {
  const prototype = args.at(0);
  if (!isJSReceiver(rt, prototype) && prototype !== Null) throwTypeError(rt, 'ProtoObjectOrNull', prototype);
  const object =
    prototype === Null
      ? rt.factory.newJSObject(rt.intrinsic(NativeContextSlot.NullPrototypeMap))
      : prototype === rt.intrinsic(NativeContextSlot.ObjectPrototype)
        ? newPlainObject(rt)
        : withPrototype(rt, prototype);
  return args.at(1) === Undefined ? object : defineProperties(rt, object, args.at(1));
};

const withPrototype = (rt: Runtime, prototype: Tagged): Tagged => {
  const object = newPlainObject(rt);
  setPrototypeOfOrdinary(rt, object, prototype, true);
  return object;
};

const defineProperties = (rt: Runtime, object: Tagged, properties: Tagged): Tagged =>
  held(rt, [object, toObject(rt, properties)], (target, source) => {
    const heap = rt.heap;
    const keys = ownPropertyKeys(rt, source()).map((key) => heap.handle(key));
    for (const key of keys) {
      rt.poll();
      const own = getOwnProperty(rt, source(), heap.deref(key));
      if (!own?.enumerable) continue;
      const desc = toPropertyDescriptor(rt, getProperty(rt, source(), heap.deref(key)));
      defineOwnProperty(rt, target(), heap.deref(key), desc, true);
    }
    return target();
  });

const ObjectDefineProperty: BuiltinFunction = (rt, args) => {
  if (!isJSReceiver(rt, args.at(0))) throwTypeError(rt, 'CalledOnNonObject', 'Object.defineProperty');
  args.put(1, args.length > 1 ? toPropertyKey(rt, args.at(1)) : rt.names.undefined);
  const desc = toPropertyDescriptor(rt, args.at(2));
  defineOwnProperty(rt, args.at(0), args.at(1), desc, true);
  return args.at(0);
};

const ObjectDefineProperties: BuiltinFunction = (rt, args) => {
  if (!isJSReceiver(rt, args.at(0))) throwTypeError(rt, 'CalledOnNonObject', 'Object.defineProperties');
  return defineProperties(rt, args.at(0), args.at(1));
};

/** Whether somebody has asked for an object's names already: V8 then reads its fields without looking for them. */
const hasEnumCache = (rt: Runtime, object: Tagged): boolean => {
  const { heap } = rt;
  const map = mapOf(rt, object);
  return (
    (hasInstanceType(rt, object, InstanceType.JSObject) || hasInstanceType(rt, object, InstanceType.JSArray)) &&
    !isDictionaryMap(heap, map) &&
    heap.get(heap.get(object, JSObject.Elements), FixedArray.Length) === 0 &&
    hasKnownEnumLength(heap, map)
  );
};

/** Values or entries of enumerable own string keys, in one pass; getters may run. */
const valuesOrEntries =
  (entries: boolean): BuiltinFunction =>
  (rt, args) =>
    held(rt, [toObject(rt, args.at(0))], (source) => {
      const { heap, factory } = rt;
      const keys = ownPropertyKeys(rt, source())
        .filter((key) => !isSymbol(rt, key))
        .map((key) => heap.handle(key));
      const isProxy = isExotic(rt, source());
      const kind = hasEnumCache(rt, source()) ? ElementsKind.Packed : ElementsKind.Holey;
      const it = new LookupIterator(rt);
      const values: number[] = [];
      for (const key of keys) {
        rt.poll();
        const isEnumerable = isProxy
          ? getOwnProperty(rt, source(), heap.deref(key))?.enumerable
          : it.start(source(), heap.deref(key), true).found && it.isEnumerable;
        if (!isEnumerable) continue;
        const value = heap.handle(getProperty(rt, source(), heap.deref(key)));
        if (entries)
          heap.setHandle(
            value,
            factory.newJSArrayFrom([keyToValue(rt, heap.deref(key)), heap.deref(value)], ElementsKind.Packed),
          );
        values.push(value);
      }
      return factory.newJSArrayFrom(
        values.map((handle) => heap.deref(handle)),
        kind,
      );
    });

const integrity =
  (attributes: number): BuiltinFunction =>
  (rt, args) => {
    const object = args.at(0);
    if (!isJSReceiver(rt, object)) return object;
    if (isExotic(rt, object)) {
      preventExtensions(rt, object, attributes, true);
      if (attributes === 0) return args.at(0);
      const heap = rt.heap;
      const scope = heap.openHandles();
      try {
        for (const key of ownPropertyKeys(rt, args.at(0)).map((word) => heap.handle(word))) {
          rt.poll();
          // Sealing does not ask.
          const freezes = (attributes & PropertyAttributes.ReadOnly) !== 0;
          const current = freezes ? getOwnProperty(rt, args.at(0), heap.deref(key)) : {};
          if (current === undefined) continue;
          const freeze = freezes && current.get === undefined && current.set === undefined;
          defineOwnProperty(
            rt,
            args.at(0),
            heap.deref(key),
            freeze ? { configurable: false, writable: false } : { configurable: false },
            true,
          );
        }
      } finally {
        heap.closeHandles(scope);
      }
      return args.at(0);
    }
    preventOrdinaryExtensions(rt, object, attributes, true);
    if (
      attributes !== 0 &&
      instanceTypeOf(rt, object) === InstanceType.JSTypedArray &&
      typedArrayLength(rt, object) > 0
    )
      throwTypeError(
        rt,
        attributes === PropertyAttributes.Frozen ? 'CannotFreezeArrayBufferView' : 'CannotSealArrayBufferView',
      );
    if (attributes !== 0) {
      // what the map transition does not cover (elements in old stores, native accessors)
      const it = new LookupIterator(rt);
      for (const key of ordinaryOwnKeys(rt, object)) {
        rt.poll();
        it.start(object, key, true);
        if (!it.found) continue;
        const readOnly =
          (attributes & PropertyAttributes.ReadOnly) !== 0 &&
          (it.state === LookupState.Data || mapOf(rt, it.value) === StaticRoot.AccessorInfoMap);
        if (it.isConfigurable || (readOnly && !it.isReadOnly))
          defineOnOrdinary(
            rt,
            object,
            key,
            readOnly ? { configurable: false, writable: false } : { configurable: false },
          );
      }
    }
    return object;
  };

const testIntegrity =
  (frozen: boolean): BuiltinFunction =>
  (rt, args) => {
    if (!isJSReceiver(rt, args.at(0))) return True;
    if (isExtensible(rt, args.at(0))) return False;
    const heap = rt.heap;
    // Elements of typed arrays count as sealed, though they are configurable; as frozen never, not even detached ones.
    const typed = instanceTypeOf(rt, args.at(0)) === InstanceType.JSTypedArray;
    if (typed && frozen && heap.get(args.at(0), JSTypedArray.Length) !== 0) return False;
    const scope = heap.openHandles();
    try {
      for (const key of ownPropertyKeys(rt, args.at(0)).map((word) => heap.handle(word))) {
        rt.poll();
        const desc = getOwnProperty(rt, args.at(0), heap.deref(key));
        if (desc === undefined || (typed && (heap.deref(key) & 1) === 0)) continue;
        if (desc.configurable || (frozen && desc.writable)) return False;
      }
      return True;
    } finally {
      heap.closeHandles(scope);
    }
  };

const ObjectFromEntries: BuiltinFunction = (rt, args) => {
  const heap = rt.heap;
  if (isUndefinedOrNull(args.at(0))) throwTypeError(rt, 'NotIterable', 'undefined');
  return held(rt, [newPlainObject(rt)], (result) => {
    iterate(
      rt,
      args.at(0),
      (entry) => {
        if (!isJSReceiver(rt, entry))
          throwTypeError(rt, 'Plain', `Iterator value ${rt.toText(entry)} is not an entry object`);
        held(rt, [entry], (e) => {
          const key = heap.handle(getProperty(rt, e(), 0));
          const value = heap.handle(getProperty(rt, e(), 1 << 1));
          const propertyKey = toPropertyKey(rt, heap.deref(key));
          createDataProperty(rt, result(), propertyKey, heap.deref(value), true);
        });
        return undefined;
      },
      'entries',
    );
    return result();
  });
};

/** The descriptor of an own property as an object; undefined where there is none. May run JavaScript. */
export const ownDescriptor = (rt: Runtime, object: Tagged, key: Tagged): Tagged => {
  const { hooks, heap } = rt;
  if (hooks.settleGlobal === undefined) return fromPropertyDescriptor(rt, getOwnProperty(rt, object, key));
  const scope = heap.openHandles();
  const [o, k] = [heap.handle(object), heap.handle(key)];
  hooks.settleGlobal(object, key);
  const descriptor = fromPropertyDescriptor(rt, getOwnProperty(rt, heap.deref(o), heap.deref(k)));
  heap.closeHandles(scope);
  return descriptor;
};

const ownDescriptors: BuiltinFunction = (rt, args) =>
  held(rt, [toObject(rt, args.at(0)), newPlainObject(rt)], (source, result) => {
    const heap = rt.heap;
    for (const key of ownPropertyKeys(rt, source()).map((word) => heap.handle(word))) {
      rt.poll();
      const desc = ownDescriptor(rt, source(), heap.deref(key));
      if (desc !== Undefined) createDataProperty(rt, result(), heap.deref(key), desc);
    }
    return result();
  });

const statics = builtinTable('Object', [
  ['assign', ObjectAssign, 2],
  [
    'getOwnPropertyDescriptor',
    (rt, args) => {
      args.length === 0 && throwTypeError(rt, 'UndefinedOrNullToObject');
      const object = toObject(rt, args.at(0));
      args.put(0, object);
      const key = toPropertyKey(rt, args.at(1));
      return ownDescriptor(rt, args.at(0), key);
    },
    2,
    Writes.Nothing,
  ],
  ['getOwnPropertyDescriptors', ownDescriptors, 1, Writes.Nothing],
  [
    'getOwnPropertyNames',
    (rt, args) =>
      keysArray(
        rt,
        ownPropertyKeys(rt, toObject(rt, args.at(0))).filter((key) => !isSymbol(rt, key)),
      ),
    1,
    Writes.Nothing,
  ],
  [
    'getOwnPropertySymbols',
    (rt, args) =>
      keysArray(
        rt,
        ownPropertyKeys(rt, toObject(rt, args.at(0))).filter((key) => isSymbol(rt, key)),
        ElementsKind.Holey,
      ),
    1,
    Writes.Nothing,
  ],
  [
    'hasOwn',
    (rt, args) => {
      args.put(0, toObject(rt, args.at(0)));
      const key = toPropertyKey(rt, args.at(1));
      return toOddball(hasOwnProperty(rt, args.at(0), key));
    },
    2,
    Writes.Nothing,
  ],
  ['is', (rt, args) => toOddball(sameValue(rt, args.at(0), args.at(1))), 2, Writes.Nothing],
  ['preventExtensions', integrity(0), 1],
  ['seal', integrity(PropertyAttributes.Sealed), 1],
  ['create', ObjectCreate, 2, Writes.Nothing],
  ['defineProperties', ObjectDefineProperties, 2],
  ['defineProperty', ObjectDefineProperty, 3],
  ['freeze', integrity(PropertyAttributes.Frozen), 1],
  ['getPrototypeOf', (rt, args) => getPrototypeOf(rt, toObject(rt, args.at(0))), 1, Writes.Nothing],
  [
    'setPrototypeOf',
    (rt, args) => {
      if (isUndefinedOrNull(args.at(0))) throwTypeError(rt, 'CalledOnNullOrUndefined', 'Object.setPrototypeOf');
      const prototype = args.at(1);
      if (!isJSReceiver(rt, prototype) && prototype !== Null) throwTypeError(rt, 'ProtoObjectOrNull', prototype);
      if (!isJSReceiver(rt, args.at(0))) return args.at(0);
      setPrototypeOf(rt, args.at(0), prototype, true);
      return args.at(0);
    },
    2,
  ],
  [
    'isExtensible',
    (rt, args) => toOddball(isJSReceiver(rt, args.at(0)) && isExtensible(rt, args.at(0))),
    1,
    Writes.Nothing,
  ],
  ['isFrozen', testIntegrity(true), 1, Writes.Nothing],
  ['isSealed', testIntegrity(false), 1, Writes.Nothing],
  ['keys', (rt, args) => objectKeys(rt, args.at(0)), 1, Writes.Nothing],
  ['entries', valuesOrEntries(true), 1, Writes.Nothing],
  ['fromEntries', ObjectFromEntries, 1, Writes.Nothing],
  ['values', valuesOrEntries(false), 1, Writes.Nothing],
  [
    'groupBy',
    js`function groupBy(items, callback) {
    'use strict';
    if (items === undefined || items === null) %ThrowTypeError('CalledOnNullOrUndefined', 'Object.groupBy');
    if (!%IsCallable(callback)) %ThrowTypeError('CalledNonCallableValue', callback);
    const groups = { __proto__: null };
    let k = 0;
    for (const value of items) {
      const key = %ToName(callback(value, k));
      if (key in groups) groups[key][groups[key].length] = value; else groups[key] = [value];
      k++;
    }
    return groups;
  }`,
    2,
  ],
]);

/** Object.prototype.toString. */
export const ObjectPrototypeToString: BuiltinFunction = (rt, args) => {
  const receiver = args.receiver;
  if (receiver === Undefined) return rt.factory.internalize('[object Undefined]');
  if (receiver === Null) return rt.factory.internalize('[object Null]');
  const object = toObject(rt, receiver);
  const builtin = builtinTag(rt, object);
  const tag = getProperty(rt, object, rt.symbols.to_string_tag_symbol);
  return rt.factory.internalize(`[object ${isString(rt, tag) ? rt.toText(tag) : builtin}]`);
};

export const builtinTag = (rt: Runtime, object: Tagged): string => {
  if (isArray(rt, object, 'Object.prototype.toString')) return 'Array';
  switch (instanceTypeOf(rt, object)) {
    case InstanceType.JSArgumentsObject:
      return 'Arguments';
    case InstanceType.JSError:
      return 'Error';
    case InstanceType.JSDate:
      return 'Date';
    case InstanceType.JSRegExp:
      return 'RegExp';
    case InstanceType.JSPrimitiveWrapper: {
      const value = rt.heap.get(object, JSPrimitiveWrapper.Value);
      if (isString(rt, value)) return 'String';
      if (value === True || value === False) return 'Boolean';
      if (isSymbol(rt, value) || mapOf(rt, value | 1) === StaticRoot.BigIntMap) return 'Object';
      return 'Number';
    }
    default:
      return isCallable(rt, object) ? 'Function' : 'Object';
  }
};

const lookupAccessor =
  (field: Field<'tagged'>): BuiltinFunction =>
  (rt, args) => {
    args.receiver = toObject(rt, args.receiver);
    const key = toPropertyKey(rt, args.at(0));
    const it = new LookupIterator(rt).start(args.receiver, key);
    if (it.state === LookupState.Proxy)
      return held(rt, [key], (name) => {
        const holder = rt.heap.handle(it.holder);
        while (rt.heap.deref(holder) !== Null) {
          const desc = getOwnProperty(rt, rt.heap.deref(holder), name());
          if (desc !== undefined) return (field === AccessorPair.Getter ? desc.get : desc.set) ?? Undefined;
          rt.heap.setHandle(holder, getPrototypeOf(rt, rt.heap.deref(holder)));
        }
        return Undefined;
      });
    if (it.state !== LookupState.Accessor || mapOf(rt, it.value) === StaticRoot.AccessorInfoMap) return Undefined;
    const component = rt.heap.get(it.value, field);
    return isCallable(rt, component) ? component : Undefined;
  };

const defineAccessor =
  (field: 'get' | 'set'): BuiltinFunction =>
  (rt, args) => {
    args.receiver = toObject(rt, args.receiver);
    if (!isCallable(rt, args.at(1)))
      throwTypeError(rt, field === 'get' ? 'ObjectGetterExpectingFunction' : 'ObjectSetterExpectingFunction');
    const key = toPropertyKey(rt, args.at(0));
    defineOwnProperty(rt, args.receiver, key, { [field]: args.at(1), enumerable: true, configurable: true }, true);
    return Undefined;
  };

const prototypeTable = builtinTable('Object.prototype', [
  ['__defineGetter__', defineAccessor('get'), 2],
  ['__defineSetter__', defineAccessor('set'), 2],
  [
    'hasOwnProperty',
    (rt, args) => {
      const word = args.at(0);
      if ((word & 1) !== 0 && isJSReceiver(rt, args.receiver) && isString(rt, word))
        return toOddball(hasOwnProperty(rt, args.receiver, word));
      const key = toPropertyKey(rt, word);
      return toOddball(hasOwnProperty(rt, toObject(rt, args.receiver), key));
    },
    1,
    Writes.Nothing,
  ],
  ['__lookupGetter__', lookupAccessor(AccessorPair.Getter), 1, Writes.Nothing],
  ['__lookupSetter__', lookupAccessor(AccessorPair.Setter), 1, Writes.Nothing],
  [
    'isPrototypeOf',
    (rt, args) => {
      if (!isJSReceiver(rt, args.at(0))) return False;
      args.receiver = toObject(rt, args.receiver);
      return held(rt, [args.at(0)], (object) => {
        let current = getPrototypeOf(rt, object());
        while (current !== Null) {
          if (current === args.receiver) return True;
          current = getPrototypeOf(rt, current);
        }
        return False;
      });
    },
    1,
    Writes.Nothing,
  ],
  [
    'propertyIsEnumerable',
    (rt, args) => {
      const key = toPropertyKey(rt, args.at(0));
      return toOddball(getOwnProperty(rt, toObject(rt, args.receiver), key)?.enumerable ?? false);
    },
    1,
    Writes.Nothing,
  ],
  ['toString', ObjectPrototypeToString, 0, Writes.Nothing],
  ['valueOf', (rt, args) => toObject(rt, args.receiver), 0, Writes.Nothing],
  ['get __proto__', (rt, args) => getPrototypeOf(rt, toObject(rt, args.receiver)), 0, Writes.Nothing],
  [
    'set __proto__',
    (rt, args) => {
      if (isUndefinedOrNull(args.receiver)) throwTypeError(rt, 'CalledOnNullOrUndefined', 'Object.prototype.__proto__');
      const prototype = args.at(0);
      if (!isJSReceiver(rt, args.receiver) || (!isJSReceiver(rt, prototype) && prototype !== Null)) return Undefined;
      setPrototypeOf(rt, args.receiver, prototype, true);
      return Undefined;
    },
    1,
  ],
  ['toLocaleString', (rt, args) => invoke(rt, args.receiver, rt.names.toString), 0, Writes.Nothing],
]);

const ObjectFunction = declareBuiltin('Object', ObjectConstructor, Writes.Nothing);

export const bootstrapObject = (rt: Runtime): void => {
  const fn = makeConstructor(rt, {
    name: 'Object',
    implementation: ObjectFunction,
    length: 1,
    functionSlot: NativeContextSlot.ObjectFunction,
    prototype: rt.intrinsic(NativeContextSlot.ObjectPrototype),
    map: rt.intrinsic(NativeContextSlot.ObjectMap0),
  });
  setMapConstructor(rt.heap, rt.intrinsic(NativeContextSlot.IteratorResultMap), fn);
  installTable(rt, fn, statics);
  const prototype = rt.intrinsic(NativeContextSlot.ObjectPrototype);
  installTable(rt, prototype, prototypeTable);
  rt.setIntrinsic(
    NativeContextSlot.ObjectPrototypeToString,
    lookupOwn(rt.heap, rt.factory, prototype, rt.names.toString).value,
  );
  rt.setIntrinsic(
    NativeContextSlot.ObjectPrototypeValueOf,
    lookupOwn(rt.heap, rt.factory, prototype, rt.names.valueOf).value,
  );
};
