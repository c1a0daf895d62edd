// Reflect and Proxy.

import type { Tagged } from '../heap/index.ts';
import { addDataProperty, ElementsKind, JSProxy, lookupOwn, StaticRoot } from '../objects/index.ts';
import {
  type Arguments,
  addOrReplace,
  createListFromArrayLike,
  declareBuiltin,
  defineGlobal,
  defineOwnProperty,
  deleteProperty,
  getPropertyWithReceiver,
  getPrototypeOf,
  hasProperty,
  isCallable,
  isConstructor,
  isExtensible,
  isJSReceiver,
  keysArray,
  NativeContextSlot,
  newBuiltinFunction,
  newConstructorMapWithoutPrototype,
  newPlainObject,
  ownPropertyKeys,
  preventExtensions,
  primitiveToPropertyKey,
  proxyCreate,
  type Runtime,
  setPropertyWithReceiver,
  setPrototypeOf,
  throwTypeError,
  toOddball,
  toPropertyDescriptor,
  toPropertyKey,
  Writes,
} from '../runtime/index.ts';
import { describeType } from './function.ts';
import { ownDescriptor } from './object.ts';
import { builtinTable, installTable, installToStringTag } from './table.ts';

const { Undefined, Null } = StaticRoot;

const target = (rt: Runtime, args: Arguments, name: string): Tagged => {
  if (!isJSReceiver(rt, args.at(0))) throwTypeError(rt, 'CalledOnNonObject', `Reflect.${name}`);
  return args.at(0);
};

/** ToPropertyKey of argument 1, kept where the collector sees it. */
const key = (rt: Runtime, args: Arguments): Tagged => {
  const word = toPropertyKey(rt, args.at(1));
  if (args.length > 1) args.put(1, word);
  return word;
};

const table = builtinTable('Reflect', [
  [
    'defineProperty',
    (rt, args) => {
      target(rt, args, 'defineProperty');
      key(rt, args);
      const desc = toPropertyDescriptor(rt, args.at(2));
      return toOddball(
        defineOwnProperty(
          rt,
          args.at(0),
          args.length > 1 ? args.at(1) : primitiveToPropertyKey(rt, Undefined),
          desc,
          false,
        ),
      );
    },
    3,
  ],
  [
    'deleteProperty',
    (rt, args) => {
      target(rt, args, 'deleteProperty');
      const k = key(rt, args);
      return toOddball(deleteProperty(rt, args.at(0), k, false));
    },
    2,
  ],
  [
    'apply',
    (rt, args) => {
      if (!isCallable(rt, args.at(0))) throwTypeError(rt, 'ApplyNonFunction', args.at(0), describeType(rt, args.at(0)));
      const words = createListFromArrayLike(rt, args.at(2));
      return rt.hooks.call(args.at(0), args.at(1), words);
    },
    3,
    Writes.Nothing,
  ],
  [
    'construct',
    (rt, args) => {
      if (!isConstructor(rt, args.at(0))) throwTypeError(rt, 'NotConstructor', args.at(0));
      if (args.length > 2 && !isConstructor(rt, args.at(2))) throwTypeError(rt, 'NotConstructor', args.at(2));
      const words = createListFromArrayLike(rt, args.at(1));
      return rt.construct(args.at(0), words, args.length > 2 ? args.at(2) : args.at(0));
    },
    2,
    Writes.Nothing,
  ],
  [
    'get',
    (rt, args) => {
      target(rt, args, 'get');
      const k = key(rt, args);
      return getPropertyWithReceiver(rt, args.at(0), k, args.length > 2 ? args.at(2) : args.at(0));
    },
    2,
    Writes.Nothing,
  ],
  [
    'getOwnPropertyDescriptor',
    (rt, args) => {
      target(rt, args, 'getOwnPropertyDescriptor');
      const k = key(rt, args);
      return ownDescriptor(rt, args.at(0), k);
    },
    2,
    Writes.Nothing,
  ],
  ['getPrototypeOf', (rt, args) => getPrototypeOf(rt, target(rt, args, 'getPrototypeOf')), 1, Writes.Nothing],
  [
    'has',
    (rt, args) => {
      target(rt, args, 'has');
      const k = key(rt, args);
      return toOddball(hasProperty(rt, args.at(0), k));
    },
    2,
    Writes.Nothing,
  ],
  ['isExtensible', (rt, args) => toOddball(isExtensible(rt, target(rt, args, 'isExtensible'))), 1, Writes.Nothing],
  [
    'ownKeys',
    (rt, args) => keysArray(rt, ownPropertyKeys(rt, target(rt, args, 'ownKeys')), ElementsKind.Holey),
    1,
    Writes.Nothing,
  ],
  [
    'preventExtensions',
    (rt, args) => toOddball(preventExtensions(rt, target(rt, args, 'preventExtensions'), 0, false)),
    1,
  ],
  [
    'set',
    (rt, args) => {
      target(rt, args, 'set');
      const k = key(rt, args);
      return toOddball(
        setPropertyWithReceiver(rt, args.at(0), k, args.at(2), args.length > 3 ? args.at(3) : args.at(0), false),
      );
    },
    3,
  ],
  [
    'setPrototypeOf',
    (rt, args) => {
      target(rt, args, 'setPrototypeOf');
      if (!isJSReceiver(rt, args.at(1)) && args.at(1) !== Null) throwTypeError(rt, 'ProtoObjectOrNull', args.at(1));
      return toOddball(setPrototypeOf(rt, args.at(0), args.at(1), false));
    },
    2,
  ],
]);

const ProxyFunction = declareBuiltin('Proxy', (rt, args) => {
  if (args.newTarget === Undefined) throwTypeError(rt, 'ConstructorNotFunction', 'Proxy');
  return proxyCreate(rt, args.at(0), args.at(1));
});

const ProxyRevoke = declareBuiltin('Proxy.revoke', (rt, args) => {
  const held = lookupOwn(rt.heap, rt.factory, args.target, rt.symbols.host_data_symbol).value;
  if (held === Null) return Undefined;
  addOrReplace(rt, args.target, rt.symbols.host_data_symbol, Null, 2);
  rt.heap.init(held, JSProxy.Target, Null);
  rt.heap.init(held, JSProxy.Handler, Null);
  return Undefined;
});

const proxyStatics = builtinTable('Proxy', [
  [
    'revocable',
    (rt, args) => {
      const scope = rt.heap.openHandles();
      const created = rt.heap.handle(proxyCreate(rt, args.at(0), args.at(1)));
      const result = newPlainObject(rt);
      addDataProperty(rt.heap, rt.factory, result, rt.names.proxy, rt.heap.deref(created));
      const revoke = newBuiltinFunction(rt, StaticRoot.EmptyString, ProxyRevoke, 0);
      addOrReplace(rt, revoke, rt.symbols.host_data_symbol, rt.heap.deref(created), 2);
      addDataProperty(rt.heap, rt.factory, result, rt.names.revoke, revoke);
      rt.heap.closeHandles(scope);
      return result;
    },
    2,
  ],
]);

export const bootstrapReflect = (rt: Runtime): void => {
  const reflect = newPlainObject(rt);
  installTable(rt, reflect, table);
  installToStringTag(rt, reflect, 'Reflect');
  defineGlobal(rt, 'Reflect', reflect);
  const own = (name: string): Tagged => lookupOwn(rt.heap, rt.factory, reflect, rt.factory.internalize(name)).value;
  rt.setIntrinsic(NativeContextSlot.ReflectApply, own('apply'));
  rt.setIntrinsic(NativeContextSlot.ReflectConstruct, own('construct'));

  const proxy = newBuiltinFunction(
    rt,
    rt.factory.internalize('Proxy'),
    ProxyFunction,
    2,
    newConstructorMapWithoutPrototype(rt),
  );
  rt.setIntrinsic(NativeContextSlot.ProxyFunction, proxy);
  defineGlobal(rt, 'Proxy', proxy);
  installTable(rt, proxy, proxyStatics);
};
