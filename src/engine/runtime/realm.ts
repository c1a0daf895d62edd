// The bare realm: native context, function maps, Object and Function, global object, the maps that runtime functions
// allocate with. The builtins folder fills it with the standard library.
//
//   native context ── GlobalObject (dictionary of PropertyCells) ◀── prototype of ── GlobalProxy (`this` of scripts)

import { type Immovable, IsolateData, Space, type Tagged } from '../heap/index.ts';
import {
  addDataProperty,
  CodeKind,
  ElementsKind,
  FixedArray,
  HeapObject,
  InstanceType,
  JSArgumentsObject,
  JSArray,
  JSArrayBuffer,
  JSArrayIterator,
  JSBoundFunction,
  JSCollection,
  JSCollectionIterator,
  JSDate,
  JSFunction,
  JSGeneratorObject,
  JSIteratorResult,
  JSObject,
  JSPrimitiveWrapper,
  JSPromise,
  JSProxy,
  JSRegExp,
  JSStringIterator,
  JSTypedArray,
  MapBits,
  MapBits3,
  MapObject,
  makePrototypeMap,
  newGlobalDictionary,
  PropertyAttributes,
  PropertyConstness,
  prepareForDataProperty,
  Root,
  root,
  StaticRoot,
  setPrototype,
  setRoot,
  transitionElementsKind,
  transitionToAccessorProperty,
  transitionToDataProperty,
} from '../objects/index.ts';
import { BuiltinCode, builtinCodeAddress } from './builtin-code.ts';
import { BuiltinId, builtinAddress } from './builtin-id.ts';
import { type BuiltinImplementation, newBuiltinFunction } from './functions.ts';
import { setInitialMap } from './initial-maps.ts';
import { AccessorInfoKind } from './native-accessors.ts';
import { NativeContextSlot } from './native-context.ts';
import { defineNamed } from './own-properties.ts';
import { declareBuiltin, type Runtime } from './runtime.ts';

const { ReadOnly, DontEnum, DontDelete } = PropertyAttributes;

/** A map with a native data property added. */
const withAccessor = (rt: Runtime, map: Tagged, name: string, kind: AccessorInfoKind, attributes: number): Tagged => {
  const word = rt.factory.internalize(name);
  return transitionToAccessorProperty(
    rt.heap,
    rt.factory,
    map,
    word,
    rt.factory.newAccessorInfo(word, kind),
    attributes,
  );
};

/** The map of unmapped arguments objects. @param callee an AccessorPair */
export const setStrictArgumentsMap = (rt: Runtime, callee: Tagged): void => {
  let map = rt.factory.newMap(InstanceType.JSArgumentsObject, JSArgumentsObject.StrictSize, ElementsKind.Packed, 1);
  setPrototypeOfMap(rt, map, rt.intrinsic(NativeContextSlot.ObjectPrototype));
  map = withTaggedFields(rt, map, [[rt.names.length, DontEnum]]);
  const attributes = ReadOnly | DontEnum | DontDelete;
  map = transitionToAccessorProperty(rt.heap, rt.factory, map, rt.names.callee, callee, attributes);
  rt.setIntrinsic(NativeContextSlot.StrictArgumentsMap, withIterator(rt, map));
};

/** A map with in-object fields of tagged representation, which the runtime writes at fixed offsets. */
export const withTaggedFields = (
  rt: Runtime,
  map: Tagged,
  fields: readonly (readonly [name: Tagged, attributes: number])[],
): Tagged => {
  const { heap, factory } = rt;
  fields.forEach(([name, attributes], i) => {
    map = transitionToDataProperty(
      heap,
      factory,
      map,
      name,
      StaticRoot.Undefined,
      attributes,
      PropertyConstness.Mutable,
    );
    const descriptor =
      ((heap.getI32(map, MapObject.BitField3) & MapBits3.NumberOfOwnDescriptorsMask) >>
        MapBits3.NumberOfOwnDescriptorsShift) -
      1;
    map = prepareForDataProperty(heap, factory, map, descriptor, PropertyConstness.Mutable, i << 1);
  });
  return map;
};

/** Arguments objects own Symbol.iterator: Array.prototype.values. */
const withIterator = (rt: Runtime, map: Tagged): Tagged => {
  const name = rt.symbols.iterator_symbol;
  return transitionToAccessorProperty(
    rt.heap,
    rt.factory,
    map,
    name,
    rt.factory.newAccessorInfo(name, AccessorInfoKind.ArgumentsIterator),
    DontEnum,
  );
};

const setPrototypeOfMap = (rt: Runtime, map: Tagged, prototype: Tagged): void =>
  rt.heap.set(map, MapObject.Prototype, prototype);

const orBits = (rt: Runtime, map: Tagged, bits: number): void =>
  rt.heap.setU8(map, MapObject.BitField, rt.heap.getU8(map, MapObject.BitField) | bits);

/** A map of functions; `prototype` attributes, or undefined without that property. */
const functionMap = (
  rt: Runtime,
  bits: number,
  prototype: number | undefined,
  poison = false,
  type: InstanceType = InstanceType.JSFunction,
): Tagged => {
  const hasSlot = prototype !== undefined;
  const size = hasSlot ? JSFunction.SizeWithPrototype : JSFunction.SizeWithoutPrototype;
  let map = rt.factory.newMap(type, size, ElementsKind.Holey, 0);
  orBits(rt, map, MapBits.IsCallable | bits | (hasSlot ? MapBits.HasPrototypeSlot : 0));
  setPrototypeOfMap(rt, map, rt.intrinsic(NativeContextSlot.FunctionPrototype));
  map = withAccessor(rt, map, 'length', AccessorInfoKind.FunctionLength, ReadOnly | DontEnum);
  map = withAccessor(rt, map, 'name', AccessorInfoKind.FunctionName, ReadOnly | DontEnum);
  if (poison) {
    map = withAccessor(rt, map, 'arguments', AccessorInfoKind.FunctionArguments, ReadOnly | DontEnum | DontDelete);
    map = withAccessor(rt, map, 'caller', AccessorInfoKind.FunctionCaller, ReadOnly | DontEnum | DontDelete);
  }
  if (prototype !== undefined) map = withAccessor(rt, map, 'prototype', AccessorInfoKind.FunctionPrototype, prototype);
  return map;
};

/** Of a constructor that has no `prototype`: Proxy. */
export const newConstructorMapWithoutPrototype = (rt: Runtime): Tagged =>
  functionMap(rt, MapBits.IsConstructor, undefined);

/** A plain object that will be a prototype. */
export const newPrototypeObject = (rt: Runtime, parent: Tagged): Tagged => {
  const map = rt.factory.newMap(InstanceType.JSObject, JSObject.HeaderSize, ElementsKind.Holey, 0);
  setPrototypeOfMap(rt, map, parent);
  const object = rt.factory.newJSObject(map, Space.Old);
  makePrototypeMap(rt.heap, rt.factory, object);
  return object;
};

export interface ConstructorSpec {
  readonly name: string;
  readonly implementation: BuiltinImplementation;
  readonly length: number;
  readonly functionSlot: NativeContextSlot;
  readonly prototypeSlot?: NativeContextSlot;
  readonly mapSlot?: NativeContextSlot;
  /** Instance shape. */
  readonly type?: InstanceType;
  readonly size?: number;
  readonly kind?: ElementsKind;
  readonly inObject?: number;
  /** A ready-made initial map. */
  readonly map?: Tagged;
  /** A ready-made prototype. */
  readonly prototype?: Tagged;
  readonly parentPrototype?: Tagged;
  readonly parentFunction?: Tagged;
  readonly isGlobal?: boolean;
  readonly mapBits?: number;
}

/** Constructors that do not hold the place of their intrinsic in the native context; in V8 the others do. */
const withoutContextIndex: ReadonlySet<string> = new Set([
  'Object',
  'Symbol',
  'WeakRef',
  'TypedArray',
  'GeneratorFunction',
  'AsyncFunction',
  'AsyncGeneratorFunction',
]);

/** A constructor of the standard library with its prototype and initial map, as a global. */
export const makeConstructor = (rt: Runtime, spec: ConstructorSpec): Tagged => {
  const { heap, factory } = rt;
  const fn = newBuiltinFunction(
    rt,
    factory.internalize(spec.name),
    spec.implementation,
    spec.length,
    rt.intrinsic(NativeContextSlot.BuiltinConstructorMap),
  );
  if (!withoutContextIndex.has(spec.name))
    addDataProperty(heap, factory, fn, rt.symbols.native_context_index_symbol, spec.functionSlot << 1, DontEnum);
  const prototype =
    spec.prototype ?? newPrototypeObject(rt, spec.parentPrototype ?? rt.intrinsic(NativeContextSlot.ObjectPrototype));
  const inObject = spec.inObject ?? 0;
  const map =
    spec.map ??
    factory.newMap(
      spec.type ?? InstanceType.JSObject,
      (spec.size ?? JSObject.HeaderSize) + 4 * inObject,
      spec.kind ?? ElementsKind.Holey,
      inObject,
    );
  if (spec.mapBits !== undefined) orBits(rt, map, spec.mapBits);
  setInitialMap(rt, fn, map, prototype, fn);
  if (spec.parentFunction !== undefined) {
    setPrototype(heap, factory, fn, spec.parentFunction);
  }
  rt.setIntrinsic(spec.functionSlot, fn);
  if (spec.prototypeSlot !== undefined) rt.setIntrinsic(spec.prototypeSlot, prototype);
  if (spec.mapSlot !== undefined) rt.setIntrinsic(spec.mapSlot, map);
  defineNamed(rt, prototype, 'constructor', fn, DontEnum);
  if (spec.isGlobal !== false) defineGlobal(rt, spec.name, fn);
  return fn;
};

export const defineGlobal = (rt: Runtime, name: string, value: Tagged, attributes: number = DontEnum): void =>
  defineNamed(rt, rt.intrinsic(NativeContextSlot.GlobalObject), name, value, attributes);

/** Initial map of a fixed-size exotic object. */
const objectMap = (
  rt: Runtime,
  type: InstanceType,
  size: number,
  prototype: Tagged,
  kind = ElementsKind.Holey,
): Tagged => {
  const map = rt.factory.newMap(type, size, kind, 0);
  setPrototypeOfMap(rt, map, prototype);
  return map;
};

const FunctionPrototype = declareBuiltin('Function.prototype', () => StaticRoot.Undefined);

/**
 * Makes the native context with everything that needs no builtin function, and makes it the current one.
 * @param reusedProxy a global proxy that becomes this realm's
 */
export const createRealm = (rt: Runtime, reusedProxy?: Tagged): void => {
  const { heap, factory, names } = rt;
  const context = factory.newArrayLike(
    StaticRoot.NativeContextMap,
    NativeContextSlot.Count,
    StaticRoot.Undefined,
    Space.Old,
  ) as Immovable;
  const isFirst = rt.nativeContext === StaticRoot.Undefined;
  if (isFirst) setRoot(heap, Root.NativeContext, context);
  else {
    rt.setIntrinsic(NativeContextSlot.ScriptContextTable, root(heap, Root.ScriptContextTable));
    setRoot(heap, Root.ScriptContextTable, factory.newScriptContextTable());
  }
  rt.nativeContext = context;
  heap.isolateWord(IsolateData.NativeContext, context);
  rt.realms.add(context);
  const set = (slot: NativeContextSlot, value: Tagged): Tagged => {
    rt.setIntrinsic(slot, value);
    return value;
  };
  set(NativeContextSlot.ScopeInfo, StaticRoot.EmptyScopeInfo);
  set(NativeContextSlot.Previous, StaticRoot.Undefined);
  if (isFirst) {
    set(NativeContextSlot.Names, factory.newFixedArrayFrom(Object.values(names), Space.Old));
    rt.errorStackAccessor = factory.newAccessorInfo(names.stack, AccessorInfoKind.ErrorStack);
  }
  set(NativeContextSlot.ErrorStackAccessor, rt.errorStackAccessor);

  // code of the interpreter's entry
  const trampoline = factory.newCodeAt(
    CodeKind.InterpretedFunction,
    builtinCodeAddress(BuiltinCode.InterpreterEntryTrampoline),
    0,
    BuiltinId.InterpreterEntryTrampoline,
  );
  set(NativeContextSlot.InterpreterTrampolineCode, trampoline);
  setRoot(heap, Root.InterpreterEntryTrampolineCode, trampoline);
  set(
    NativeContextSlot.CompileLazyCode,
    factory.newCodeAt(CodeKind.Builtin, builtinAddress(BuiltinId.CompileLazy), 0, BuiltinId.CompileLazy),
  );

  // Object.prototype and Function.prototype
  const objectPrototype = set(NativeContextSlot.ObjectPrototype, newPrototypeObject(rt, StaticRoot.Null));
  let prototypeMap = factory.newMap(InstanceType.JSFunction, JSFunction.SizeWithoutPrototype, ElementsKind.Holey, 0);
  orBits(rt, prototypeMap, MapBits.IsCallable);
  setPrototypeOfMap(rt, prototypeMap, objectPrototype);
  prototypeMap = withAccessor(rt, prototypeMap, 'length', AccessorInfoKind.FunctionLength, ReadOnly | DontEnum);
  prototypeMap = withAccessor(rt, prototypeMap, 'name', AccessorInfoKind.FunctionName, ReadOnly | DontEnum);
  const functionPrototype = set(
    NativeContextSlot.FunctionPrototype,
    newBuiltinFunction(rt, StaticRoot.EmptyString, FunctionPrototype, 0, prototypeMap),
  );
  makePrototypeMap(heap, factory, functionPrototype);
  set(NativeContextSlot.EmptyFunction, functionPrototype);
  setRoot(heap, Root.EmptyFunction, functionPrototype);

  // maps of functions
  set(NativeContextSlot.BuiltinFunctionMap, functionMap(rt, 0, undefined));
  set(
    NativeContextSlot.BuiltinConstructorMap,
    functionMap(rt, MapBits.IsConstructor, ReadOnly | DontEnum | DontDelete),
  );
  set(NativeContextSlot.SloppyFunctionMap, functionMap(rt, MapBits.IsConstructor, DontEnum | DontDelete, true));
  set(NativeContextSlot.SloppyFunctionWithoutPrototypeMap, functionMap(rt, 0, undefined));
  set(NativeContextSlot.StrictFunctionMap, functionMap(rt, MapBits.IsConstructor, DontEnum | DontDelete));
  set(NativeContextSlot.StrictFunctionWithoutPrototypeMap, functionMap(rt, 0, undefined));
  set(
    NativeContextSlot.ClassFunctionMap,
    functionMap(rt, MapBits.IsConstructor, ReadOnly | DontEnum | DontDelete, false, InstanceType.JSClassConstructor),
  );
  set(NativeContextSlot.GeneratorFunctionMap, functionMap(rt, 0, DontEnum | DontDelete));
  set(NativeContextSlot.AsyncGeneratorFunctionMap, functionMap(rt, 0, DontEnum | DontDelete));
  set(NativeContextSlot.AsyncFunctionMap, functionMap(rt, 0, undefined));
  for (const [slot, bits] of [
    [NativeContextSlot.BoundFunctionMap, 0],
    [NativeContextSlot.BoundFunctionConstructorMap, MapBits.IsConstructor],
  ] as const) {
    let map = objectMap(rt, InstanceType.JSBoundFunction, JSBoundFunction.Size, functionPrototype);
    orBits(rt, map, MapBits.IsCallable | bits);
    map = withAccessor(rt, map, 'length', AccessorInfoKind.BoundFunctionLength, ReadOnly | DontEnum);
    map = withAccessor(rt, map, 'name', AccessorInfoKind.BoundFunctionName, ReadOnly | DontEnum);
    set(slot, map);
  }

  // plain objects
  const plain = factory.newMap(InstanceType.JSObject, JSObject.HeaderSize + 16, ElementsKind.Holey, 4);
  setPrototypeOfMap(rt, plain, objectPrototype);
  set(NativeContextSlot.ObjectMap0, plain);
  set(NativeContextSlot.MapCache, factory.newFixedArray(128, StaticRoot.Undefined, Space.Old));
  const nullPrototype = factory.newMap(InstanceType.JSObject, JSObject.HeaderSize, ElementsKind.Holey, 0);
  setPrototypeOfMap(rt, nullPrototype, StaticRoot.Null);
  heap.setI32(
    nullPrototype,
    MapObject.BitField3,
    heap.getI32(nullPrototype, MapObject.BitField3) | MapBits3.IsDictionaryMap,
  );
  set(NativeContextSlot.NullPrototypeMap, nullPrototype);

  // the global object and its proxy
  const globalMap = objectMap(rt, InstanceType.JSGlobalObject, JSObject.HeaderSize, objectPrototype);
  heap.setI32(
    globalMap,
    MapObject.BitField3,
    heap.getI32(globalMap, MapObject.BitField3) | MapBits3.IsDictionaryMap | MapBits3.MayHaveInterestingProperties,
  );
  const global = factory.newJSObject(globalMap, Space.Old);
  heap.set(global, JSObject.PropertiesOrHash, newGlobalDictionary(factory, 512));
  makeGlobalPrototype(rt, global);
  const proxyMap = objectMap(rt, InstanceType.JSGlobalProxy, JSObject.HeaderSize, global);
  const globalProxy = reusedProxy ?? factory.newJSObject(proxyMap, Space.Old);
  heap.set(globalProxy, HeapObject.Map, proxyMap);
  set(NativeContextSlot.GlobalObject, global);
  set(NativeContextSlot.SecurityToken, global);
  set(NativeContextSlot.GlobalProxy, globalProxy);
  setRoot(heap, Root.GlobalDictionaryOwner, global);
  setRoot(heap, Root.GlobalProxy, globalProxy);

  // arrays
  let arrayMap = factory.newMap(InstanceType.JSArray, 16, ElementsKind.PackedSmi, 0);
  const arrayPrototypeMap = objectMap(rt, InstanceType.JSArray, 16, objectPrototype, ElementsKind.Holey);
  const lengthed = withAccessor(rt, arrayPrototypeMap, 'length', AccessorInfoKind.ArrayLength, DontEnum | DontDelete);
  const arrayPrototype = factory.newJSObject(lengthed, Space.Old);
  heap.init(arrayPrototype, JSArray.Length, 0);
  makePrototypeMap(heap, factory, arrayPrototype);
  set(NativeContextSlot.ArrayPrototype, arrayPrototype);
  setPrototypeOfMap(rt, arrayMap, arrayPrototype);
  arrayMap = withAccessor(rt, arrayMap, 'length', AccessorInfoKind.ArrayLength, DontEnum | DontDelete);
  const arrayMaps = factory.newFixedArray(6, StaticRoot.Undefined, Space.Old);
  let previous = arrayMap;
  // those of the realm before
  for (let at = Root.FirstArrayMap; at <= Root.LastArrayMap; at++) setRoot(heap, at, StaticRoot.Undefined);
  for (const kind of [
    ElementsKind.PackedSmi,
    ElementsKind.HoleySmi,
    ElementsKind.PackedDouble,
    ElementsKind.HoleyDouble,
    ElementsKind.Packed,
    ElementsKind.Holey,
  ]) {
    if (kind !== ElementsKind.PackedSmi) previous = transitionElementsKind(heap, factory, previous, kind);
    heap.setElement(arrayMaps, FixedArray.Elements, kind, previous);
    setRoot(heap, Root.FirstArrayMap + kind, previous);
  }
  set(NativeContextSlot.ArrayMaps, arrayMaps);

  // arguments objects
  let sloppy = factory.newMap(InstanceType.JSArgumentsObject, JSArgumentsObject.SloppySize, ElementsKind.Packed, 2);
  setPrototypeOfMap(rt, sloppy, objectPrototype);
  sloppy = withIterator(
    rt,
    withTaggedFields(rt, sloppy, [
      [names.length, DontEnum],
      [names.callee, DontEnum],
    ]),
  );
  set(NativeContextSlot.SloppyArgumentsMap, sloppy);
  let aliased = factory.newMap(
    InstanceType.JSArgumentsObject,
    JSArgumentsObject.SloppySize,
    ElementsKind.FastSloppyArguments,
    2,
  );
  setPrototypeOfMap(rt, aliased, objectPrototype);
  aliased = withIterator(
    rt,
    withTaggedFields(rt, aliased, [
      [names.length, DontEnum],
      [names.callee, DontEnum],
    ]),
  );
  set(NativeContextSlot.FastAliasedArgumentsMap, aliased);

  // iterator results, property descriptors
  let result = factory.newMap(InstanceType.JSObject, JSIteratorResult.Size, ElementsKind.Holey, 2);
  setPrototypeOfMap(rt, result, objectPrototype);
  result = withTaggedFields(rt, result, [
    [names.value, 0],
    [names.done, 0],
  ]);
  set(NativeContextSlot.IteratorResultMap, result);

  // proxies
  for (const [slot, bits] of [
    [NativeContextSlot.ProxyMap, 0],
    [NativeContextSlot.ProxyCallableMap, MapBits.IsCallable],
    [NativeContextSlot.ProxyConstructorMap, MapBits.IsCallable | MapBits.IsConstructor],
  ] as const) {
    const map = objectMap(rt, InstanceType.JSProxy, JSProxy.Size, StaticRoot.Null);
    orBits(rt, map, bits);
    set(slot, map);
  }
};

const makeGlobalPrototype = (rt: Runtime, global: Tagged): void => {
  // The global proxy's prototype; its map is its own already, so only the bit is set.
  const map = rt.heap.get(global, HeapObject.Map);
  rt.heap.setI32(map, MapObject.BitField3, rt.heap.getI32(map, MapObject.BitField3) | MapBits3.IsPrototypeMap);
};

/** Sizes of exotic instances, for the constructors in builtins. */
export const instanceSizes = {
  wrapper: JSPrimitiveWrapper.Size,
  collection: JSCollection.Size,
  collectionIterator: JSCollectionIterator.Size,
  arrayIterator: JSArrayIterator.Size,
  stringIterator: JSStringIterator.Size,
  generator: JSGeneratorObject.Size,
  promise: JSPromise.Size,
  regexp: JSRegExp.Size,
  date: JSDate.Size,
  arrayBuffer: JSArrayBuffer.Size,
  typedArray: JSTypedArray.Size,
} as const;

/** Initial map of instances that JS code cannot construct: iterators, generators. */
export const newInstanceMap = objectMap;
export { withAccessor };
