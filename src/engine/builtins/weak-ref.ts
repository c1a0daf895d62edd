// WeakRef and FinalizationRegistry (V8: weak-refs). A collection that marks finds which targets died (objects/weak-types.ts); what a
// program has been given a reference to lives until its job has ended.

import type { Tagged } from '../heap/index.ts';
import {
  addRegistryCell,
  InstanceType,
  JSFinalizationRegistry,
  JSWeakRef,
  newOrderedHashSet,
  orderedSetAdd,
  RegistryCell,
  Root,
  registryCellCount,
  registryWord,
  removeRegistryCells,
  root,
  StaticRoot,
  SymbolFlags,
  SymbolObject,
  setRegistryWord,
  setRoot,
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
import {
  ClosureKind,
  capturedAt,
  captureOf,
  installClosureTemplates,
  newCapture,
  newEngineClosure,
} from './closures.ts';
import { builtinTable, installTable, installToStringTag } from './table.ts';

const { Undefined } = StaticRoot;

const canBeHeldWeakly = (rt: Runtime, value: Tagged): boolean =>
  isJSReceiver(rt, value) ||
  (isSymbol(rt, value) && (rt.heap.getI32(value, SymbolObject.Flags) & SymbolFlags.InPublicTable) === 0);

/** The target of a WeakRef lives until the job has ended, however soon nobody has it. */
const keepDuringJob = ({ heap, factory }: Runtime, target: Tagged): void => {
  const kept = root(heap, Root.KeptObjects);
  setRoot(
    heap,
    Root.KeptObjects,
    orderedSetAdd(factory, kept === Undefined ? newOrderedHashSet(factory) : kept, target),
  );
};

/** The job has ended. */
export const clearKeptObjects = ({ heap }: Runtime): void => setRoot(heap, Root.KeptObjects, Undefined);

// --- cleanup ----------------------------------------------------------------------------------------------------------------

/**
 * Calls the cleanup of a registry for each target that died, the latest registration first. What is registered meanwhile comes behind,
 * what is unregistered lets others move forward: none is missed. One that throws ends the task; another follows.
 */
const cleanUp = declareBuiltin('FinalizationRegistryCleanup', (rt, args) => {
  const { heap } = rt;
  const registry = heap.handle(capturedAt(rt, captureOf(rt, args), 0));
  const cells = (): Tagged => heap.get(heap.deref(registry), JSFinalizationRegistry.Cells);
  heap.init(heap.deref(registry), JSFinalizationRegistry.NextDirty, 0);
  try {
    for (let cell = registryCellCount(heap, cells()) - 1; cell >= 0; cell--) {
      if (cell >= registryCellCount(heap, cells())) continue;
      if (registryWord(heap, cells(), cell, RegistryCell.Target) !== StaticRoot.TheHole) continue;
      const holdings = registryWord(heap, cells(), cell, RegistryCell.Holdings);
      setRegistryWord(heap, cells(), cell, RegistryCell.Target, Undefined);
      setRegistryWord(heap, cells(), cell, RegistryCell.Token, Undefined);
      rt.call(heap.get(heap.deref(registry), JSFinalizationRegistry.Cleanup), Undefined, holdings);
    }
  } catch (error) {
    postCleanup(rt, heap.deref(registry));
    throw error;
  } finally {
    const taken = cells();
    removeRegistryCells(heap, taken, (cell) => registryWord(heap, taken, cell, RegistryCell.Target) === Undefined);
  }
  return Undefined;
});

const postCleanup = (rt: Runtime, registry: Tagged): void =>
  rt.hooks.postTask?.(newEngineClosure(rt, ClosureKind.RegistryCleanup, newCapture(rt, [registry])), 0, true);

/** After a collection that marked: each registry that it found dead targets of gets a task. */
export const postCleanups = (rt: Runtime): void => {
  const { heap } = rt;
  for (;;) {
    const registry = root(heap, Root.DirtyRegistries);
    if (registry === Undefined) return;
    setRoot(heap, Root.DirtyRegistries, heap.get(registry, JSFinalizationRegistry.NextDirty));
    postCleanup(rt, registry);
  }
};

const WeakRefConstructor: BuiltinFunction = (rt, args) => {
  if (args.newTarget === Undefined) throwTypeError(rt, 'ConstructorNotFunction', 'WeakRef');
  if (!canBeHeldWeakly(rt, args.at(0))) throwTypeError(rt, 'Plain', 'WeakRef: invalid target');
  const ref = ordinaryCreateFromConstructor(rt, args.target, args.newTarget);
  rt.heap.set(ref, JSWeakRef.Target, args.at(0));
  keepDuringJob(rt, args.at(0));
  return ref;
};

const RegistryConstructor: BuiltinFunction = (rt, args) => {
  if (args.newTarget === Undefined) throwTypeError(rt, 'ConstructorNotFunction', 'FinalizationRegistry');
  if (!isCallable(rt, args.at(0))) throwTypeError(rt, 'Plain', 'FinalizationRegistry: cleanup must be callable');
  const registry = ordinaryCreateFromConstructor(rt, args.target, args.newTarget);
  rt.heap.set(registry, JSFinalizationRegistry.Cleanup, args.at(0));
  rt.heap.init(registry, JSFinalizationRegistry.Cells, StaticRoot.EmptyFixedArray);
  rt.heap.init(registry, JSFinalizationRegistry.NextDirty, 0);
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
      const target = r.heap.get(args.receiver, JSWeakRef.Target);
      if (target !== Undefined) keepDuringJob(r, target);
      return target;
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
      if (args.at(2) !== Undefined) checkToken(r, args.at(2));
      const cells = r.heap.get(args.receiver, JSFinalizationRegistry.Cells);
      r.heap.set(
        args.receiver,
        JSFinalizationRegistry.Cells,
        addRegistryCell(r.factory, cells, args.at(0), args.at(1), args.at(2)),
      );
      return Undefined;
    }),
    2,
  ],
  [
    'unregister',
    registryMethod('unregister', (r, args) => {
      checkToken(r, args.at(0));
      const { heap } = r;
      const cells = heap.get(args.receiver, JSFinalizationRegistry.Cells);
      const token = args.at(0);
      const isGone = (cell: number): boolean => registryWord(heap, cells, cell, RegistryCell.Token) === token;
      return toOddball(removeRegistryCells(heap, cells, isGone) > 0);
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
  installClosureTemplates(rt, { [ClosureKind.RegistryCleanup]: [cleanUp, 0] });
};
