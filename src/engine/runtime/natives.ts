// %Natives that are not about tiers (those go to hooks.tierNative): maps, elements kinds, protectors, strings.

import type { Tagged } from '../heap/index.ts';
import {
  brief,
  completeSlackTracking,
  describeMap,
  detailsConstness,
  ElementsKind,
  findRootMap,
  flatten,
  HeapObject,
  InstanceType,
  isDeprecatedMap,
  isDictionaryMap,
  isInternalized,
  isSlackTracked,
  JSCollection,
  JSFunction,
  JSGeneratorObject,
  JSObject,
  MapObject,
  mapElementsKind,
  migrateInstance,
  migrateSlowToFast,
  OrderedHashTable,
  type Root,
  Root as RootEnum,
  SharedFunctionInfo,
  StaticRoot,
  StringBits,
  StringObject,
  SymbolObject,
  verifyHeap,
} from '../objects/index.ts';
import { toHost, toInt32, toString } from './conversions.ts';
import { throwTypeError } from './errors.ts';
import { LookupIterator } from './lookup-iterator.ts';
import { primitiveToPropertyKey } from './primitive-conversions.ts';
import { detachArrayBuffer, isProtectorIntact } from './protectors.ts';
import type { Runtime, RuntimeFunctionImpl } from './runtime.ts';
import {
  hasInstanceType,
  isCallable,
  isJSFunction,
  isJSReceiver,
  isString,
  mapOf,
  toBoolean,
  toOddball,
} from './values.ts';

const isGenerator = (rt: Runtime, value: Tagged): boolean =>
  hasInstanceType(rt, value, InstanceType.JSGeneratorObject) ||
  hasInstanceType(rt, value, InstanceType.JSAsyncFunctionObject) ||
  hasInstanceType(rt, value, InstanceType.JSAsyncGeneratorObject);

const kindTest =
  (test: (kind: ElementsKind) => boolean): RuntimeFunctionImpl =>
  (rt, args) =>
    toOddball(isJSReceiver(rt, args.at(0)) && test(mapElementsKind(rt.heap, mapOf(rt, args.at(0)))));

const protector =
  (root: Root): RuntimeFunctionImpl =>
  (rt) =>
    toOddball(isProtectorIntact(rt, root));

const isHoley = (kind: ElementsKind): boolean =>
  kind === ElementsKind.HoleySmi ||
  kind === ElementsKind.Holey ||
  kind === ElementsKind.HoleyDouble ||
  kind === ElementsKind.HoleyNonextensible ||
  kind === ElementsKind.HoleySealed ||
  kind === ElementsKind.HoleyFrozen;

const fixedKinds = {
  HasFixedUint8Elements: ElementsKind.Uint8,
  HasFixedInt8Elements: ElementsKind.Int8,
  HasFixedUint16Elements: ElementsKind.Uint16,
  HasFixedInt16Elements: ElementsKind.Int16,
  HasFixedUint32Elements: ElementsKind.Uint32,
  HasFixedInt32Elements: ElementsKind.Int32,
  HasFixedFloat16Elements: ElementsKind.Float16,
  HasFixedFloat32Elements: ElementsKind.Float32,
  HasFixedFloat64Elements: ElementsKind.Float64,
  HasFixedUint8ClampedElements: ElementsKind.Uint8Clamped,
  HasFixedBigInt64Elements: ElementsKind.BigInt64,
  HasFixedBigUint64Elements: ElementsKind.BigUint64,
} as const;

const tier =
  (name: string): RuntimeFunctionImpl =>
  (rt, args) => {
    const words: Tagged[] = [];
    for (let i = 0; i < args.length; i++) words.push(args.at(i));
    return rt.hooks.tierNative(name, words) ?? StaticRoot.Undefined;
  };

/** Natives about tiers: the isolate's. */
export const tierNatives = [
  'PrepareFunctionForOptimization',
  'OptimizeFunctionOnNextCall',
  'OptimizeMaglevOnNextCall',
  'OptimizeOsr',
  'NeverOptimizeFunction',
  'DeoptimizeFunction',
  'DeoptimizeNow',
  'GetOptimizationStatus',
  'ClearFunctionFeedback',
  'EnsureFeedbackVectorForFunction',
  'CompileBaseline',
  'IsConcurrentRecompilationSupported',
  'FinalizeOptimization',
  'WaitForBackgroundOptimization',
  'DisableOptimizationFinalization',
  'ActiveTierIsIgnition',
  'ActiveTierIsSparkplug',
  'ActiveTierIsMaglev',
  'ActiveTierIsTurbofan',
  'CurrentFrameIsTurbofan',
  'IsBeingInterpreted',
  'BenchMaglev',
  'BenchTurbofan',
  'SimulateNewspaceFull',
  'CollectGarbage',
  'PerformMicrotaskCheckpoint',
  'RunMicrotasks',
  'AbortJS',
  'Abort',
  'SystemBreak',
  'DebugTrace',
  'GetFeedback',
  'ScheduleGCInStackCheck',
] as const;

export const nativeFunctions: Readonly<Record<string, RuntimeFunctionImpl>> = {
  ...Object.fromEntries(tierNatives.map((name) => [name, tier(name)])),
  ...Object.fromEntries(Object.entries(fixedKinds).map(([name, kind]) => [name, kindTest((k) => k === kind)])),
  HaveSameMap: (rt, args) =>
    toOddball((args.at(0) & 1) !== 0 && (args.at(1) & 1) !== 0 && mapOf(rt, args.at(0)) === mapOf(rt, args.at(1))),
  HasFastProperties: (rt, args) =>
    toOddball(isJSReceiver(rt, args.at(0)) && !isDictionaryMap(rt.heap, mapOf(rt, args.at(0)))),
  HasSmiElements: kindTest((k) => k === ElementsKind.PackedSmi || k === ElementsKind.HoleySmi),
  HasDoubleElements: kindTest((k) => k === ElementsKind.PackedDouble || k === ElementsKind.HoleyDouble),
  HasObjectElements: kindTest((k) => k === ElementsKind.Packed || k === ElementsKind.Holey),
  HasSmiOrObjectElements: kindTest((k) => k <= ElementsKind.Holey),
  HasHoleyElements: kindTest(isHoley),
  HasPackedElements: kindTest((k) => k <= ElementsKind.HoleyFrozen && !isHoley(k)),
  HasDictionaryElements: kindTest((k) => k === ElementsKind.Dictionary),
  HasFastElements: kindTest((k) => k <= ElementsKind.HoleyDouble),
  HasFastPackedElements: kindTest((k) => k <= ElementsKind.PackedDouble && !isHoley(k)),
  HasSloppyArgumentsElements: kindTest(
    (k) => k === ElementsKind.FastSloppyArguments || k === ElementsKind.SlowSloppyArguments,
  ),
  HasElementsInALargeObjectSpace: () => StaticRoot.False,
  HasOwnConstDataProperty: (rt, args) => {
    const it = new LookupIterator(rt).start(args.at(0), primitiveToPropertyKey(rt, args.at(1)), true);
    if (!it.found) return StaticRoot.False;
    if (it.descriptor < 0) return StaticRoot.Undefined;
    return toOddball(detailsConstness(it.details) === 1);
  },
  IsDictPropertyConstTrackingEnabled: () => StaticRoot.False,
  ToFastProperties: (rt, args) => {
    if (
      isJSReceiver(rt, args.at(0)) &&
      isDictionaryMap(rt.heap, mapOf(rt, args.at(0))) &&
      !hasInstanceType(rt, args.at(0), InstanceType.JSGlobalObject)
    )
      migrateSlowToFast(rt.heap, rt.factory, args.at(0));
    return args.at(0);
  },
  OptimizeObjectForAddingMultipleProperties: (_rt, args) => args.at(0),
  TryMigrateInstance: (rt, args) => {
    if (!isJSReceiver(rt, args.at(0)) || !isDeprecatedMap(rt.heap, mapOf(rt, args.at(0)))) return 0;
    migrateInstance(rt.heap, rt.factory, args.at(0));
    return args.at(0);
  },
  HeapObjectVerify: (rt) => {
    verifyHeap(rt.heap);
    return StaticRoot.True;
  },
  ArrayIteratorProtector: protector(RootEnum.ArrayIteratorProtector),
  ArraySpeciesProtector: protector(RootEnum.ArraySpeciesProtector),
  MapIteratorProtector: protector(RootEnum.MapIteratorProtector),
  SetIteratorProtector: protector(RootEnum.SetIteratorProtector),
  StringIteratorProtector: protector(RootEnum.StringIteratorProtector),
  PromiseSpeciesProtector: protector(RootEnum.PromiseSpeciesProtector),
  RegExpSpeciesProtector: protector(RootEnum.RegExpSpeciesProtector),
  NoElementsProtector: protector(RootEnum.NoElementsProtector),
  TypedArraySpeciesProtector: protector(RootEnum.TypedArraySpeciesProtector),
  StringWrapperToPrimitiveProtector: protector(RootEnum.StringWrapperToPrimitiveProtector),
  IsConcatSpreadableProtector: protector(RootEnum.IsConcatSpreadableProtector),
  ArrayBufferDetach: (rt, args) => {
    if (!hasInstanceType(rt, args.at(0), InstanceType.JSArrayBuffer)) throwTypeError(rt, 'NotTypedArray');
    detachArrayBuffer(rt, args.at(0));
    return StaticRoot.Undefined;
  },
  ConstructConsString: (rt, args) => rt.factory.newConsString(args.at(0), args.at(1)),
  ConstructSlicedString: (rt, args) =>
    rt.factory.newSubString(
      flatten(rt.heap, args.at(0)),
      args.at(1) >> 1,
      rt.heap.getI32(args.at(0), StringObject.Length),
    ),
  ConstructThinString: (rt, args) => {
    const copy = rt.factory.newConsString(
      rt.factory.newSubString(args.at(0), 0, 1),
      rt.factory.newSubString(args.at(0), 1, rt.heap.getI32(args.at(0), StringObject.Length)),
    );
    rt.factory.internalizeString(copy);
    return copy;
  },
  ConstructInternalizedString: (rt, args) => rt.factory.internalizeString(args.at(0)),
  ConstructDouble: (rt, args) => {
    const view = new DataView(new ArrayBuffer(8));
    view.setUint32(0, Number(toHost(rt, args.at(0))));
    view.setUint32(4, Number(toHost(rt, args.at(1))));
    return rt.factory.newNumber(view.getFloat64(0));
  },
  AllocateHeapNumber: (rt) => rt.factory.newHeapNumber(0),
  GetHoleNaNUpper: (rt) => rt.factory.newNumber(0xfff7ffff),
  GetHoleNaNLower: (rt) => rt.factory.newNumber(0xfff7ffff),
  GetUndetectable: (rt) => rt.hooks.getUndetectable?.() ?? StaticRoot.Undefined,
  GetCallable: (rt) => rt.hooks.getCallable?.() ?? StaticRoot.Undefined,
  SymbolIsPrivate: (rt, args) => toOddball((rt.heap.getI32(args.at(0), SymbolObject.Flags) & 1) !== 0),
  IsInternalizedString: (rt, args) => toOddball(isString(rt, args.at(0)) && isInternalized(rt.heap, args.at(0))),
  IsSameHeapObject: (_rt, args) => toOddball(args.at(0) === args.at(1)),
  StringIsFlat: (rt, args) =>
    toOddball(
      (rt.heap.getU16(mapOf(rt, args.at(0)), MapObject.InstanceType) & StringBits.ShapeMask) !== StringBits.Cons,
    ),
  DebugPrint: (rt, args) => {
    const value = args.at(0);
    const about = (value & 1) === 0 ? [] : describeMap(rt.heap, mapOf(rt, value));
    rt.host.write('stdout', [`DebugPrint: ${brief(rt.heap, value)}`, ...about, ''].join('\n'));
    return value;
  },
  GlobalPrint: (rt, args) => {
    rt.host.write('stdout', toHost(rt, args.at(0)));
    return args.at(0);
  },
  RegexpHasBytecode: () => StaticRoot.False,
  RegexpHasNativeCode: () => StaticRoot.True,
  RegexpIsUnmodified: () => StaticRoot.True,
  Is64Bit: () => StaticRoot.True,
  IsAtomicsWaitAllowed: () => StaticRoot.True,
  IsEfficiencyModeEnabled: () => StaticRoot.False,
  CompleteInobjectSlackTracking: (rt, args) => {
    const map = mapOf(rt, args.at(0));
    if (isSlackTracked(rt.heap, map)) completeSlackTracking(rt.heap, findRootMap(rt.heap, map));
    return StaticRoot.Undefined;
  },
  ClearMegamorphicStubCache: () => StaticRoot.Undefined,
  EnableCodeLoggingForTesting: () => StaticRoot.Undefined,
  TurbofanStaticAssert: () => StaticRoot.Undefined,
  SetForceSlowPath: () => StaticRoot.Undefined,
  NotifyContextDisposed: () => StaticRoot.Undefined,
  InLargeObjectSpace: () => StaticRoot.False,
  NormalizeElements: (rt, args) => {
    rt.hooks.normalizeElements?.(args.at(0));
    return args.at(0);
  },
  // machines and tiers that this engine has, or has not
  ICsAreEnabled: () => StaticRoot.True,
  IsTurbofanEnabled: () => StaticRoot.True,
  IsMaglevEnabled: () => StaticRoot.False,
  IsSparkplugEnabled: () => StaticRoot.False,
  RunningInSimulator: () => StaticRoot.False,
  IsAsmWasmCode: () => StaticRoot.False,
  IsUncompiledWasmFunction: () => StaticRoot.False,
  IsWasmTrapHandlerEnabled: () => StaticRoot.False,
  BaselineOsr: () => StaticRoot.Undefined,
  ForceFlush: () => StaticRoot.Undefined,
  DisassembleFunction: () => StaticRoot.Undefined,
  DebugPrintPtr: () => StaticRoot.Undefined,
  SetAllocationTimeout: () => StaticRoot.Undefined,
  // counts of executed code are not kept
  DebugCollectCoverage: (rt) => rt.factory.newJSArrayFrom([]),
  DebugToggleBlockCoverage: () => StaticRoot.Undefined,
  DebugTogglePreciseCoverage: () => StaticRoot.Undefined,
  InYoungGeneration: (rt, args) => toOddball((args.at(0) & 1) !== 0 && rt.heap.isYoung(args.at(0))),
  HasCowElements: (rt, args) =>
    toOddball(
      isJSReceiver(rt, args.at(0)) &&
        rt.heap.get(rt.heap.get(args.at(0), JSObject.Elements), HeapObject.Map) === StaticRoot.CowFixedArrayMap,
    ),
  GeneratorGetFunction: (rt, args) =>
    isGenerator(rt, args.at(0)) ? rt.heap.get(args.at(0), JSGeneratorObject.Function) : StaticRoot.Undefined,
  FunctionGetInferredName: (rt, args) =>
    isJSFunction(rt, args.at(0))
      ? rt.heap.get(rt.heap.get(args.at(0), JSFunction.SharedFunctionInfo), SharedFunctionInfo.InferredName)
      : StaticRoot.Undefined,
  StringParseInt: (rt, args) => {
    args.put(0, toString(rt, args.at(0)));
    const radix = toInt32(rt, args.at(1));
    return rt.factory.newNumber(Number.parseInt(toHost(rt, args.at(0)), radix));
  },
  StringEscapeQuotes: (rt, args) => rt.factory.newString(toHost(rt, args.at(0)).replaceAll('"', '\\"')),
  IsCallable: (rt, args) => toOddball(isCallable(rt, args.at(0))),
  GetWeakCollectionSize: (rt, args) => rt.heap.get(rt.heap.get(args.at(0), JSCollection.Table), OrderedHashTable.Used),
  ToBoolean: (rt, args) => toOddball(toBoolean(rt, args.at(0))),
};
