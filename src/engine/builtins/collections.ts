// Map, Set, WeakMap, WeakSet and their iterators, on the ordered hash tables of `objects`.
//
// forEach and the set-algebra methods are in collections-js.ts: they call back, so they are JavaScript.

import type { Tagged } from '../heap/index.ts';
import {
  arrayLength,
  ElementsKind,
  ephemeronDelete,
  ephemeronGet,
  ephemeronSet,
  getElement,
  InstanceType,
  JSCollection,
  JSCollectionIterator,
  JSFunction,
  lookupOwn,
  MapObject,
  newEphemeronHashTable,
  newOrderedHashMap,
  newOrderedHashSet,
  orderedClear,
  orderedDelete,
  orderedFind,
  orderedIteratorNext,
  orderedKeyAt,
  orderedMapSet,
  orderedSetAdd,
  orderedShrink,
  orderedSize,
  orderedValueAt,
  Root,
  SharedFunctionInfo,
  StaticRoot,
  SymbolFlags,
  SymbolObject,
} from '../objects/index.ts';
import {
  type Arguments,
  type BuiltinFunction,
  createIterResult,
  declareBuiltin,
  getIndex,
  getProperty,
  hasInstanceType,
  isCallable,
  isJSReceiver,
  isProtectorIntact,
  isSymbol,
  isUndefinedOrNull,
  iterate,
  makeConstructor,
  mapOf,
  NativeContextSlot,
  newInstanceMap,
  newPrototypeObject,
  ordinaryCreateFromConstructor,
  type Runtime,
  type RuntimeFunctionRows,
  throwTypeError,
  toOddball,
  Writes,
  writingFirst,
  writingNothing,
} from '../runtime/index.ts';
import { isPlainArray } from './array-store.ts';
import * as js from './collections-js.ts';
import {
  type BuiltinTable,
  builtinIdIn,
  builtinTable,
  installAlias,
  installTable,
  installToStringTag,
  speciesGetter,
} from './table.ts';

const { Undefined, TheHole, True, False } = StaticRoot;

/** The table of a receiver of the right type; a TypeError otherwise. */
const tableOf = (rt: Runtime, args: Arguments, type: InstanceType, method: string): Tagged => {
  const receiver = args.receiver;
  if (!hasInstanceType(rt, receiver, type)) throwTypeError(rt, 'IncompatibleMethodReceiver', method, receiver);
  return rt.heap.get(receiver, JSCollection.Table);
};

const setTable = (rt: Runtime, args: Arguments, table: Tagged): void =>
  rt.heap.set(args.receiver, JSCollection.Table, table);

// --- construction -------------------------------------------------------------------------------------------------------

/** Key and value of an entry object, into argument-like handles. May run JavaScript. */
const addEntries = (
  rt: Runtime,
  args: Arguments,
  adder: number,
  direct: ((key: Tagged, value: Tagged) => void) | undefined,
): void => {
  const { heap, factory } = rt;
  iterate(rt, args.at(0), (entry) => {
    if (!isJSReceiver(rt, entry))
      throwTypeError(rt, 'Plain', `Iterator value ${rt.toText(entry)} is not an entry object`);
    let key: Tagged;
    let value: Tagged;
    const scope = heap.openHandles();
    if (isPlainArray(rt, entry) && arrayLength(heap, entry) >= 2) {
      key = getElement(heap, factory, entry, 0);
      value = getElement(heap, factory, entry, 1);
      if (key === TheHole) key = Undefined;
      if (value === TheHole) value = Undefined;
    } else {
      const e = heap.handle(entry);
      const k = heap.handle(getIndex(rt, entry, 0));
      value = getIndex(rt, heap.deref(e), 1);
      key = heap.deref(k);
    }
    if (direct !== undefined) direct(key, value);
    else rt.call(heap.deref(adder), args.receiver, key, value);
    heap.closeHandles(scope);
    return undefined;
  });
};

interface CollectionKind {
  readonly name: 'Map' | 'Set' | 'WeakMap' | 'WeakSet';
  readonly type: InstanceType;
  readonly newTable: (rt: Runtime) => Tagged;
  readonly isMap: boolean;
  /** Adds without the method lookup: what the original `set` or `add` does. */
  readonly add: (rt: Runtime, table: Tagged, key: Tagged, value: Tagged) => Tagged;
}

const canBeHeldWeakly = (rt: Runtime, value: Tagged): boolean =>
  isJSReceiver(rt, value) ||
  (isSymbol(rt, value) && (rt.heap.getI32(value, SymbolObject.Flags) & SymbolFlags.InPublicTable) === 0);

const weakAdd =
  (message: 'WeakMapInvalidKey' | 'WeakSetInvalidValue') =>
  (rt: Runtime, table: Tagged, key: Tagged, value: Tagged): Tagged => {
    if (!canBeHeldWeakly(rt, key)) throwTypeError(rt, message);
    return ephemeronSet(rt.factory, table, key, value);
  };

const kinds = {
  Map: {
    name: 'Map',
    type: InstanceType.JSMap,
    newTable: (rt) => newOrderedHashMap(rt.factory),
    isMap: true,
    add: (rt, table, key, value) => orderedMapSet(rt.factory, table, key, value),
  },
  Set: {
    name: 'Set',
    type: InstanceType.JSSet,
    newTable: (rt) => newOrderedHashSet(rt.factory),
    isMap: false,
    add: (rt, table, key) => orderedSetAdd(rt.factory, table, key),
  },
  WeakMap: {
    name: 'WeakMap',
    type: InstanceType.JSWeakMap,
    newTable: (rt) => newEphemeronHashTable(rt.factory),
    isMap: true,
    add: weakAdd('WeakMapInvalidKey'),
  },
  WeakSet: {
    name: 'WeakSet',
    type: InstanceType.JSWeakSet,
    newTable: (rt) => newEphemeronHashTable(rt.factory),
    isMap: false,
    add: weakAdd('WeakSetInvalidValue'),
  },
} as const satisfies Record<string, CollectionKind>;

/** A Set or Map whose iteration nobody has changed: copied from its table, not through the iterator protocol. */
const isOriginalSet = (rt: Runtime, value: Tagged): boolean =>
  hasInstanceType(rt, value, InstanceType.JSSet) &&
  isProtectorIntact(rt, Root.SetIteratorProtector) &&
  rt.heap.get(mapOf(rt, value), MapObject.Prototype) === rt.intrinsic(NativeContextSlot.SetPrototype);
const isOriginalMap = (rt: Runtime, value: Tagged): boolean =>
  hasInstanceType(rt, value, InstanceType.JSMap) &&
  isProtectorIntact(rt, Root.MapIteratorProtector) &&
  rt.heap.get(mapOf(rt, value), MapObject.Prototype) === rt.intrinsic(NativeContextSlot.MapPrototype);

const constructorOf =
  (kind: CollectionKind): BuiltinFunction =>
  (rt, args) => {
    const { heap, factory } = rt;
    if (args.newTarget === Undefined) throwTypeError(rt, 'ConstructorNotFunction', kind.name);
    const object = ordinaryCreateFromConstructor(rt, args.target, args.newTarget);
    heap.set(object, JSCollection.Table, kind.newTable(rt));
    args.receiver = object;
    if (args.length === 0 || isUndefinedOrNull(args.at(0))) return object;
    const scope = heap.openHandles();
    const name = factory.internalize(kind.isMap ? 'set' : 'add');
    const adder = getProperty(rt, object, name);
    if (!isCallable(rt, adder))
      throwTypeError(rt, 'PropertyNotFunction', adder, kind.isMap ? 'set' : 'add', args.receiver);
    const handle = heap.handle(adder);
    const original = adder === originalAdder(rt, kind);
    const direct = (key: Tagged, value: Tagged): void =>
      setTable(rt, args, kind.add(rt, heap.get(args.receiver, JSCollection.Table), key, value));
    if (original && kind.type === InstanceType.JSSet && isOriginalSet(rt, args.at(0))) {
      copyTable(rt, args, kind);
    } else if (original && kind.type === InstanceType.JSMap && isOriginalMap(rt, args.at(0))) {
      copyTable(rt, args, kind);
    } else if (kind.isMap) {
      addEntries(rt, args, handle, original ? direct : undefined);
    } else {
      iterate(rt, args.at(0), (value) => {
        if (original) direct(value, True);
        else rt.call(heap.deref(handle), args.receiver, value);
        return undefined;
      });
    }
    heap.closeHandles(scope);
    return args.receiver;
  };

const originalAdder = (rt: Runtime, kind: CollectionKind): Tagged => {
  const slot = {
    Map: NativeContextSlot.MapPrototype,
    Set: NativeContextSlot.SetPrototype,
    WeakMap: NativeContextSlot.WeakMapPrototype,
    WeakSet: NativeContextSlot.WeakSetPrototype,
  }[kind.name];
  const own = lookupOwn(rt.heap, rt.factory, rt.intrinsic(slot), rt.factory.internalize(kind.isMap ? 'set' : 'add'));
  const id = own.found ? builtinIdOf(rt, own.value) : -1;
  return id === adderIds[kind.name] ? own.value : TheHole;
};
const builtinIdOf = (rt: Runtime, fn: Tagged): number => {
  if (!hasInstanceType(rt, fn, InstanceType.JSFunction)) return -1;
  const data = rt.heap.get(rt.heap.get(fn, JSFunction.SharedFunctionInfo), SharedFunctionInfo.FunctionData);
  return (data & 1) === 0 ? data >> 1 : -1;
};

const copyTable = (rt: Runtime, args: Arguments, kind: CollectionKind): void => {
  const { heap, factory } = rt;
  const iterator = newIteratorOn(rt, args.at(0), NativeContextSlot.SetValueIteratorMap, 0);
  for (let e = orderedIteratorNext(heap, iterator); e >= 0; e = orderedIteratorNext(heap, iterator)) {
    rt.poll();
    const from = heap.get(iterator, JSCollectionIterator.Table);
    const table = heap.get(args.receiver, JSCollection.Table);
    const key = orderedKeyAt(heap, from, e);
    setTable(
      rt,
      args,
      kind.isMap
        ? orderedMapSet(factory, table, key, orderedValueAt(heap, from, e))
        : orderedSetAdd(factory, table, key),
    );
  }
};

// --- iterators ------------------------------------------------------------------------------------------------------------

const newIteratorOn = (rt: Runtime, collection: Tagged, map: NativeContextSlot, kind: number): Tagged => {
  const { heap } = rt;
  const iterator = rt.factory.newJSObject(rt.intrinsic(map));
  heap.set(iterator, JSCollectionIterator.Table, heap.get(collection, JSCollection.Table));
  heap.init(iterator, JSCollectionIterator.Index, 0);
  heap.init(iterator, JSCollectionIterator.Kind, kind << 1);
  return iterator;
};

const newIterator =
  (type: InstanceType, map: NativeContextSlot, kind: number, method: string): BuiltinFunction =>
  (rt, args) => {
    tableOf(rt, args, type, method);
    return newIteratorOn(rt, args.receiver, map, kind);
  };

const iteratorNext =
  (type: InstanceType, method: string): BuiltinFunction =>
  (rt, args) => {
    const { heap, factory } = rt;
    const iterator = args.receiver;
    if (!hasInstanceType(rt, iterator, type)) throwTypeError(rt, 'IncompatibleMethodReceiver', method, iterator);
    const e = orderedIteratorNext(heap, iterator);
    if (e < 0) return createIterResult(rt, Undefined, true);
    const table = heap.get(iterator, JSCollectionIterator.Table);
    const key = orderedKeyAt(heap, table, e);
    switch (heap.get(iterator, JSCollectionIterator.Kind) >> 1) {
      case 0:
        return createIterResult(rt, key, false);
      case 1:
        return createIterResult(rt, orderedValueAt(heap, table, e), false);
      default:
        return createIterResult(
          rt,
          factory.newJSArrayFrom(
            [key, type === InstanceType.JSSetIterator ? key : orderedValueAt(heap, table, e)],
            ElementsKind.Packed,
          ),
          false,
        );
    }
  };

// --- prototypes ------------------------------------------------------------------------------------------------------------

const mapGet: BuiltinFunction = (rt, args) => {
  const table = tableOf(rt, args, InstanceType.JSMap, 'Map.prototype.get');
  const e = orderedFind(rt.heap, rt.factory, table, args.at(0));
  return e < 0 ? Undefined : orderedValueAt(rt.heap, table, e);
};

const mapSet: BuiltinFunction = (rt, args) => {
  const table = tableOf(rt, args, InstanceType.JSMap, 'Map.prototype.set');
  const after = orderedMapSet(rt.factory, table, args.at(0), args.at(1));
  if (after !== table) setTable(rt, args, after);
  return args.receiver;
};

const setAdd: BuiltinFunction = (rt, args) => {
  const table = tableOf(rt, args, InstanceType.JSSet, 'Set.prototype.add');
  const after = orderedSetAdd(rt.factory, table, args.at(0));
  if (after !== table) setTable(rt, args, after);
  return args.receiver;
};

const has =
  (type: InstanceType, method: string): BuiltinFunction =>
  (rt, args) =>
    orderedFind(rt.heap, rt.factory, tableOf(rt, args, type, method), args.at(0)) < 0 ? False : True;

const remove =
  (type: InstanceType, method: string): BuiltinFunction =>
  (rt, args) => {
    const table = tableOf(rt, args, type, method);
    if (!orderedDelete(rt.heap, rt.factory, table, args.at(0))) return False;
    setTable(rt, args, orderedShrink(rt.factory, table));
    return True;
  };

const clear =
  (type: InstanceType, method: string): BuiltinFunction =>
  (rt, args) => {
    setTable(rt, args, orderedClear(rt.factory, tableOf(rt, args, type, method)));
    return Undefined;
  };

const size =
  (type: InstanceType, method: string): BuiltinFunction =>
  (rt, args) =>
    orderedSize(rt.heap, tableOf(rt, args, type, method)) << 1;

const mapPrototype = builtinTable('Map.prototype', [
  ['get', mapGet, 1, Writes.Nothing],
  ['set', mapSet, 2, Writes.First],
  ['has', has(InstanceType.JSMap, 'Map.prototype.has'), 1, Writes.Nothing],
  ['delete', remove(InstanceType.JSMap, 'Map.prototype.delete'), 1, Writes.First],
  ['clear', clear(InstanceType.JSMap, 'Map.prototype.clear'), 0, Writes.First],
  [
    'entries',
    newIterator(InstanceType.JSMap, NativeContextSlot.MapEntryIteratorMap, 2, 'Map.prototype.entries'),
    0,
    Writes.Nothing,
  ],
  ['forEach', js.mapForEach, 1],
  [
    'keys',
    newIterator(InstanceType.JSMap, NativeContextSlot.MapKeyIteratorMap, 0, 'Map.prototype.keys'),
    0,
    Writes.Nothing,
  ],
  ['get size', size(InstanceType.JSMap, 'get Map.prototype.size'), 0, Writes.Nothing],
  [
    'values',
    newIterator(InstanceType.JSMap, NativeContextSlot.MapValueIteratorMap, 1, 'Map.prototype.values'),
    0,
    Writes.Nothing,
  ],
]);

const setPrototype = builtinTable('Set.prototype', [
  ['has', has(InstanceType.JSSet, 'Set.prototype.has'), 1, Writes.Nothing],
  ['add', setAdd, 1, Writes.First],
  ['delete', remove(InstanceType.JSSet, 'Set.prototype.delete'), 1, Writes.First],
  ['difference', js.difference, 1],
  ['clear', clear(InstanceType.JSSet, 'Set.prototype.clear'), 0, Writes.First],
  [
    'entries',
    newIterator(InstanceType.JSSet, NativeContextSlot.SetEntryIteratorMap, 2, 'Set.prototype.entries'),
    0,
    Writes.Nothing,
  ],
  ['forEach', js.setForEach, 1],
  ['intersection', js.intersection, 1],
  ['isSubsetOf', js.isSubsetOf, 1],
  ['isSupersetOf', js.isSupersetOf, 1],
  ['isDisjointFrom', js.isDisjointFrom, 1],
  ['get size', size(InstanceType.JSSet, 'get Set.prototype.size'), 0, Writes.Nothing],
  ['symmetricDifference', js.symmetricDifference, 1],
  ['union', js.union, 1],
  [
    'values',
    newIterator(InstanceType.JSSet, NativeContextSlot.SetValueIteratorMap, 0, 'Set.prototype.values'),
    0,
    Writes.Nothing,
  ],
]);

const weakMapPrototype = builtinTable('WeakMap.prototype', [
  [
    'delete',
    (rt, args) =>
      toOddball(
        ephemeronDelete(
          rt.heap,
          rt.factory,
          tableOf(rt, args, InstanceType.JSWeakMap, 'WeakMap.prototype.delete'),
          args.at(0),
        ),
      ),
    1,
    Writes.First,
  ],
  [
    'get',
    (rt, args) => {
      const value = ephemeronGet(
        rt.heap,
        rt.factory,
        tableOf(rt, args, InstanceType.JSWeakMap, 'WeakMap.prototype.get'),
        args.at(0),
      );
      return value === TheHole ? Undefined : value;
    },
    1,
    Writes.Nothing,
  ],
  [
    'set',
    (rt, args) => {
      const table = tableOf(rt, args, InstanceType.JSWeakMap, 'WeakMap.prototype.set');
      setTable(rt, args, kinds.WeakMap.add(rt, table, args.at(0), args.at(1)));
      return args.receiver;
    },
    2,
    Writes.First,
  ],
  ['has', has(InstanceType.JSWeakMap, 'WeakMap.prototype.has'), 1, Writes.Nothing],
]);

const weakSetPrototype = builtinTable('WeakSet.prototype', [
  [
    'delete',
    (rt, args) =>
      toOddball(
        ephemeronDelete(
          rt.heap,
          rt.factory,
          tableOf(rt, args, InstanceType.JSWeakSet, 'WeakSet.prototype.delete'),
          args.at(0),
        ),
      ),
    1,
    Writes.First,
  ],
  ['has', has(InstanceType.JSWeakSet, 'WeakSet.prototype.has'), 1, Writes.Nothing],
  [
    'add',
    (rt, args) => {
      const table = tableOf(rt, args, InstanceType.JSWeakSet, 'WeakSet.prototype.add');
      setTable(rt, args, kinds.WeakSet.add(rt, table, args.at(0), True));
      return args.receiver;
    },
    1,
    Writes.First,
  ],
]);

/** Builtin ids of the original `set` and `add`. */
const adderIds = {
  Map: builtinIdIn(mapPrototype, 'set'),
  Set: builtinIdIn(setPrototype, 'add'),
  WeakMap: builtinIdIn(weakMapPrototype, 'set'),
  WeakSet: builtinIdIn(weakSetPrototype, 'add'),
} as const;

const tableWord = (rt: Runtime, collection: Tagged): Tagged => rt.heap.get(collection, JSCollection.Table);

/** Natives of collections-js.ts. Cursors are collection iterators. */
export const collectionNatives: RuntimeFunctionRows = {
  ...writingNothing({
    CollectionIs: (rt, args) =>
      toOddball(hasInstanceType(rt, args.at(0), args.at(1) === True ? InstanceType.JSMap : InstanceType.JSSet)),
    CollectionCursor: (rt, args) => newIteratorOn(rt, args.at(0), NativeContextSlot.SetValueIteratorMap, 0),
  }),
  ...writingFirst({
    CollectionAdvance: (rt, args) => toOddball(orderedIteratorNext(rt.heap, args.at(0)) >= 0),
  }),
  ...writingNothing({
    CollectionKey: (rt, args) => {
      const cursor = args.at(0);
      const entry = (rt.heap.get(cursor, JSCollectionIterator.Index) >> 1) - 1;
      return orderedKeyAt(rt.heap, rt.heap.get(cursor, JSCollectionIterator.Table), entry);
    },
    CollectionValue: (rt, args) => {
      const cursor = args.at(0);
      const entry = (rt.heap.get(cursor, JSCollectionIterator.Index) >> 1) - 1;
      return orderedValueAt(rt.heap, rt.heap.get(cursor, JSCollectionIterator.Table), entry);
    },
    SetCopy: (rt, args) => {
      const { heap, factory } = rt;
      const copy = factory.newJSObject(rt.intrinsic(NativeContextSlot.SetMap));
      let table = newOrderedHashSet(factory);
      if (args.at(0) !== Undefined) {
        const cursor = newIteratorOn(rt, args.at(0), NativeContextSlot.SetValueIteratorMap, 0);
        for (let e = orderedIteratorNext(heap, cursor); e >= 0; e = orderedIteratorNext(heap, cursor)) {
          rt.poll();
          table = orderedSetAdd(factory, table, orderedKeyAt(heap, heap.get(cursor, JSCollectionIterator.Table), e));
        }
      }
      heap.set(copy, JSCollection.Table, table);
      return copy;
    },
    SetHas: (rt, args) => toOddball(orderedFind(rt.heap, rt.factory, tableWord(rt, args.at(0)), args.at(1)) >= 0),
  }),
  ...writingFirst({
    SetAdd: (rt, args) => {
      rt.heap.set(args.at(0), JSCollection.Table, orderedSetAdd(rt.factory, tableWord(rt, args.at(0)), args.at(1)));
      return Undefined;
    },
    SetDelete: (rt, args) => {
      if (orderedDelete(rt.heap, rt.factory, tableWord(rt, args.at(0)), args.at(1)))
        rt.heap.set(args.at(0), JSCollection.Table, orderedShrink(rt.factory, tableWord(rt, args.at(0))));
      return Undefined;
    },
  }),
  ...writingNothing({
    CollectionSize: (rt, args) => orderedSize(rt.heap, tableWord(rt, args.at(0))) << 1,
    MapNew: (rt) => {
      const map = rt.factory.newJSObject(rt.intrinsic(NativeContextSlot.MapMap));
      rt.heap.set(map, JSCollection.Table, newOrderedHashMap(rt.factory));
      return map;
    },
    /** MapAppend(map, key, value): pushes to the array under the key. */
    MapGet: (rt, args) => {
      const e = orderedFind(rt.heap, rt.factory, tableWord(rt, args.at(0)), args.at(1));
      return e < 0 ? Undefined : orderedValueAt(rt.heap, tableWord(rt, args.at(0)), e);
    },
  }),
  ...writingFirst({
    MapSet: (rt, args) => {
      rt.heap.set(
        args.at(0),
        JSCollection.Table,
        orderedMapSet(rt.factory, tableWord(rt, args.at(0)), args.at(1), args.at(2)),
      );
      return Undefined;
    },
  }),
};

// --- bootstrap --------------------------------------------------------------------------------------------------------------

const constructors = {
  Map: declareBuiltin('Map', constructorOf(kinds.Map), Writes.Nothing),
  Set: declareBuiltin('Set', constructorOf(kinds.Set), Writes.Nothing),
  WeakMap: declareBuiltin('WeakMap', constructorOf(kinds.WeakMap), Writes.Nothing),
  WeakSet: declareBuiltin('WeakSet', constructorOf(kinds.WeakSet), Writes.Nothing),
} as const;

const mapStatics = builtinTable('Map', [['groupBy', js.mapGroupBy, 2], speciesGetter]);
const setStatics = builtinTable('Set', [speciesGetter]);

const iteratorTable = (type: InstanceType, name: string): BuiltinTable =>
  builtinTable(`%${name}IteratorPrototype%`, [
    ['next', iteratorNext(type, `${name} Iterator.prototype.next`), 0, Writes.First],
  ]);
const mapIteratorPrototype = iteratorTable(InstanceType.JSMapIterator, 'Map');
const setIteratorPrototype = iteratorTable(InstanceType.JSSetIterator, 'Set');

export const bootstrapCollections = (rt: Runtime): void => {
  const { heap, factory } = rt;
  const own = (object: Tagged, name: Tagged): Tagged => lookupOwn(heap, factory, object, name).value;
  const make = (
    kind: CollectionKind,
    functionSlot: NativeContextSlot,
    prototypeSlot: NativeContextSlot,
    mapSlot: NativeContextSlot,
    rows: BuiltinTable,
  ): Tagged => {
    const fn = makeConstructor(rt, {
      name: kind.name,
      implementation: constructors[kind.name],
      length: 0,
      functionSlot,
      prototypeSlot,
      mapSlot,
      type: kind.type,
      size: JSCollection.Size,
    });
    const prototype = rt.intrinsic(prototypeSlot);
    installTable(rt, prototype, rows);
    installToStringTag(rt, prototype, kind.name);
    return fn;
  };

  const mapFunction = make(
    kinds.Map,
    NativeContextSlot.MapFunction,
    NativeContextSlot.MapPrototype,
    NativeContextSlot.MapMap,
    mapPrototype,
  );
  installTable(rt, mapFunction, mapStatics);
  const mapProto = rt.intrinsic(NativeContextSlot.MapPrototype);
  const entries = own(mapProto, factory.internalize('entries'));
  installAlias(rt, mapProto, rt.symbols.iterator_symbol, entries);
  rt.setIntrinsic(NativeContextSlot.MapPrototypeEntries, entries);
  rt.setIntrinsic(NativeContextSlot.MapPrototypeGet, own(mapProto, rt.names.get));

  const setFunction = make(
    kinds.Set,
    NativeContextSlot.SetFunction,
    NativeContextSlot.SetPrototype,
    NativeContextSlot.SetMap,
    setPrototype,
  );
  installTable(rt, setFunction, setStatics);
  const setProto = rt.intrinsic(NativeContextSlot.SetPrototype);
  const values = own(setProto, factory.internalize('values'));
  installAlias(rt, setProto, rt.names.keys, values);
  installAlias(rt, setProto, rt.symbols.iterator_symbol, values);
  rt.setIntrinsic(NativeContextSlot.SetPrototypeValues, values);

  make(
    kinds.WeakMap,
    NativeContextSlot.WeakMapFunction,
    NativeContextSlot.WeakMapPrototype,
    NativeContextSlot.WeakMapMap,
    weakMapPrototype,
  );
  make(
    kinds.WeakSet,
    NativeContextSlot.WeakSetFunction,
    NativeContextSlot.WeakSetPrototype,
    NativeContextSlot.WeakSetMap,
    weakSetPrototype,
  );

  const iteratorPrototype = (
    type: InstanceType,
    name: string,
    rows: BuiltinTable,
    prototypeSlot: NativeContextSlot,
    nextSlot: NativeContextSlot,
    maps: readonly NativeContextSlot[],
  ): void => {
    const prototype = newPrototypeObject(rt, rt.intrinsic(NativeContextSlot.IteratorPrototype));
    installTable(rt, prototype, rows);
    installToStringTag(rt, prototype, `${name} Iterator`);
    rt.setIntrinsic(prototypeSlot, prototype);
    rt.setIntrinsic(nextSlot, own(prototype, rt.names.next));
    for (const slot of maps) rt.setIntrinsic(slot, newInstanceMap(rt, type, JSCollectionIterator.Size, prototype));
  };
  iteratorPrototype(
    InstanceType.JSMapIterator,
    'Map',
    mapIteratorPrototype,
    NativeContextSlot.MapIteratorPrototype,
    NativeContextSlot.MapIteratorNext,
    [NativeContextSlot.MapKeyIteratorMap, NativeContextSlot.MapValueIteratorMap, NativeContextSlot.MapEntryIteratorMap],
  );
  iteratorPrototype(
    InstanceType.JSSetIterator,
    'Set',
    setIteratorPrototype,
    NativeContextSlot.SetIteratorPrototype,
    NativeContextSlot.SetIteratorNext,
    [NativeContextSlot.SetValueIteratorMap, NativeContextSlot.SetEntryIteratorMap],
  );
};
