// WeakRef and FinalizationRegistry. Targets are held strongly for now: a program sees a collector that never gets to them,
// which the specification allows.

import type { Tagged } from '../heap/index.ts';
import {
  ephemeronDelete,
  ephemeronSet,
  InstanceType,
  JSFinalizationRegistry,
  JSWeakRef,
  newEphemeronHashTable,
  StaticRoot,
  SymbolFlags,
  SymbolObject,
} from '../objects/index.ts';
import {
  type BuiltinFunction,
  declareBuiltin,
  hasInstanceType,
  isCallable,
  isJSReceiver,
  isSymbol,
  makeConstructor,
  NativeContextSlot,
  ordinaryCreateFromConstructor,
  type Runtime,
  sameValue,
  throwTypeError,
  toOddball,
  Writes,
} from '../runtime/index.ts';
import { builtinTable, installTable, installToStringTag } from './table.ts';

const { True, Undefined } = StaticRoot;

const canBeHeldWeakly = (rt: Runtime, value: Tagged): boolean =>
  isJSReceiver(rt, value) ||
  (isSymbol(rt, value) && (rt.heap.getI32(value, SymbolObject.Flags) & SymbolFlags.InPublicTable) === 0);

const WeakRefConstructor: BuiltinFunction = (rt, args) => {
  if (args.newTarget === Undefined) throwTypeError(rt, 'ConstructorNotFunction', 'WeakRef');
  if (!canBeHeldWeakly(rt, args.at(0))) throwTypeError(rt, 'Plain', 'WeakRef: invalid target');
  const ref = ordinaryCreateFromConstructor(rt, args.target, args.newTarget);
  rt.heap.set(ref, JSWeakRef.Target, args.at(0));
  return ref;
};

const RegistryConstructor: BuiltinFunction = (rt, args) => {
  if (args.newTarget === Undefined) throwTypeError(rt, 'ConstructorNotFunction', 'FinalizationRegistry');
  if (!isCallable(rt, args.at(0))) throwTypeError(rt, 'Plain', 'FinalizationRegistry: cleanup must be callable');
  const registry = ordinaryCreateFromConstructor(rt, args.target, args.newTarget);
  rt.heap.set(registry, JSFinalizationRegistry.Cleanup, args.at(0));
  rt.heap.set(registry, JSFinalizationRegistry.Tokens, newEphemeronHashTable(rt.factory));
  return registry;
};

const checkToken = (rt: Runtime, token: Tagged): void => {
  if (!canBeHeldWeakly(rt, token)) throwTypeError(rt, 'Plain', `Invalid unregisterToken ('${rt.toText(token)}')`);
};

const registryMethod =
  (name: string, body: BuiltinFunction): BuiltinFunction =>
  (rt, args) => {
    if (!hasInstanceType(rt, args.receiver, InstanceType.JSFinalizationRegistry))
      throwTypeError(rt, 'IncompatibleMethodReceiver', `FinalizationRegistry.prototype.${name}`, args.receiver);
    return body(rt, args);
  };

const WeakRefFunction = declareBuiltin('WeakRef', WeakRefConstructor);
const RegistryFunction = declareBuiltin('FinalizationRegistry', RegistryConstructor);

const weakRefPrototype = builtinTable('WeakRef.prototype', [
  [
    'deref',
    (r, args) => {
      if (!hasInstanceType(r, args.receiver, InstanceType.JSWeakRef))
        throwTypeError(r, 'IncompatibleMethodReceiver', 'WeakRef.prototype.deref', args.receiver);
      return r.heap.get(args.receiver, JSWeakRef.Target);
    },
    0,
    Writes.Nothing,
  ],
]);

const registryPrototype = builtinTable('FinalizationRegistry.prototype', [
  [
    'register',
    registryMethod('register', (r, args) => {
      if (!canBeHeldWeakly(r, args.at(0)))
        throwTypeError(r, 'Plain', 'FinalizationRegistry.prototype.register: invalid target');
      if (sameValue(r, args.at(0), args.at(1)))
        throwTypeError(r, 'Plain', 'FinalizationRegistry.prototype.register: target and holdings must not be same');
      if (args.at(2) === Undefined) return Undefined;
      checkToken(r, args.at(2));
      const tokens = ephemeronSet(
        r.factory,
        r.heap.get(args.receiver, JSFinalizationRegistry.Tokens),
        args.at(2),
        True,
      );
      r.heap.set(args.receiver, JSFinalizationRegistry.Tokens, tokens);
      return Undefined;
    }),
    2,
  ],
  [
    'unregister',
    registryMethod('unregister', (r, args) => {
      checkToken(r, args.at(0));
      return toOddball(
        ephemeronDelete(r.heap, r.factory, r.heap.get(args.receiver, JSFinalizationRegistry.Tokens), args.at(0)),
      );
    }),
    1,
  ],
]);

export const bootstrapWeakRef = (rt: Runtime): void => {
  makeConstructor(rt, {
    name: 'WeakRef',
    implementation: WeakRefFunction,
    length: 1,
    functionSlot: NativeContextSlot.WeakRefFunction,
    prototypeSlot: NativeContextSlot.WeakRefPrototype,
    mapSlot: NativeContextSlot.WeakRefMap,
    type: InstanceType.JSWeakRef,
    size: JSWeakRef.Size,
  });
  const weakRef = rt.intrinsic(NativeContextSlot.WeakRefPrototype);
  installTable(rt, weakRef, weakRefPrototype);
  installToStringTag(rt, weakRef, 'WeakRef');

  makeConstructor(rt, {
    name: 'FinalizationRegistry',
    implementation: RegistryFunction,
    length: 1,
    functionSlot: NativeContextSlot.FinalizationRegistryFunction,
    prototypeSlot: NativeContextSlot.FinalizationRegistryPrototype,
    mapSlot: NativeContextSlot.FinalizationRegistryMap,
    type: InstanceType.JSFinalizationRegistry,
    size: JSFinalizationRegistry.Size,
  });
  const registry = rt.intrinsic(NativeContextSlot.FinalizationRegistryPrototype);
  installTable(rt, registry, registryPrototype);
  installToStringTag(rt, registry, 'FinalizationRegistry');
};
