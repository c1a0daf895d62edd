// The objects at fixed addresses: oddballs, static Maps, empty containers, well-known symbols; and the roots' first values.

import { fieldAtWord, type Heap, Space, type Tagged, visitorOf } from '../heap/index.ts';
import {
  ByteArray,
  DescriptorArray,
  FeedbackMetadata,
  FixedArray,
  FixedDoubleArray,
  HeapNumber,
  HeapObject,
  holeNanWord,
  InstanceType,
  MapBits,
  MapBits2,
  MapBits3,
  MapObject,
  Oddball,
  PropertyArray,
  ScopeInfo,
  StaticRoot,
  StringObject,
  SymbolFlags,
  SymbolObject,
  singletonSize,
  staticMaps,
} from '../layout/index.ts';
import { ElementsKind } from './elements-kind.ts';
import type { Factory } from './factory.ts';
import { root, setRoot } from './root-slots.ts';
import { Root, rootSymbols } from './roots.ts';
import { internalizeHost, newStringTable, writeFiller } from './strings.ts';

/** Fills a Map; see Factory.newMap. */
export const initMap = (
  heap: Heap,
  map: Tagged,
  type: InstanceType,
  sizeBytes: number,
  kind: ElementsKind,
  inObject: number,
): void => {
  const words = sizeBytes >> 2;
  if (words > 255) throw new RangeError(`instances of ${sizeBytes} bytes do not fit a Map; at most 1020`);
  heap.init(map, HeapObject.Map, StaticRoot.MetaMap);
  heap.setU8(map, MapObject.InstanceSizeInWords, words);
  const isObject = type >= InstanceType.FirstJSReceiver;
  heap.setU8(map, MapObject.InObjectPropertiesStartInWords, isObject ? words - inObject : 0);
  heap.setU8(map, MapObject.UsedInstanceSizeInWords, isObject ? words - inObject : 0);
  heap.setU8(map, MapObject.VisitorId, visitorOf(type));
  heap.setU16(map, MapObject.InstanceType, type);
  heap.setU8(map, MapObject.BitField, 0);
  heap.setU8(map, MapObject.BitField2, (kind << MapBits2.ElementsKindShift) | MapBits2.NewTargetIsBase);
  heap.setI32(map, MapObject.BitField3, MapBits3.EnumLengthMask | MapBits3.OwnsDescriptors | MapBits3.IsExtensible);
  heap.init(map, MapObject.Prototype, StaticRoot.Null);
  heap.init(map, MapObject.ConstructorOrBackPointer, StaticRoot.Null);
  heap.init(map, MapObject.InstanceDescriptors, StaticRoot.EmptyDescriptorArray);
  heap.init(map, MapObject.DependentCode, StaticRoot.EmptyFixedArray);
  heap.init(map, MapObject.PrototypeValidityCell, 0);
  heap.init(map, MapObject.TransitionsOrPrototypeInfo, 0);
};

const registerEmptyString = (heap: Heap): void => {
  heap.internalizedByHost.set('', StaticRoot.EmptyString);
  heap.hostOfInternalized.set(StaticRoot.EmptyString, '');
  // The hash of no characters is 0; `| computed` makes the raw hash non-zero.
  heap.setI32(StaticRoot.EmptyString, StringObject.RawHash, 1);
  const table = root(heap, Root.StringTable);
  heap.initElement(table, FixedArray.Elements, 1, StaticRoot.EmptyString);
  heap.init(table, FixedArray.Elements, 1 << 1);
};

/** Creates the objects at fixed addresses, and fills the roots. */
export const createStaticObjects = (factory: Factory): void => {
  const { heap } = factory;
  const place = (at: StaticRoot): void => {
    if (at - 1 < heap.readOnlyTop) throw new Error(`static root at ${at.toString(16)} overlaps what stands below it`);
    writeFiller(heap, heap.readOnlyTop, at - 1);
  };
  const end = (at: StaticRoot, size: number): void => {
    heap.readOnlyTop = (at - 1 + size + 7) & ~7;
  };

  const oddballs: readonly StaticRoot[] = [
    StaticRoot.Undefined,
    StaticRoot.Null,
    StaticRoot.True,
    StaticRoot.False,
    StaticRoot.TheHole,
    StaticRoot.Uninitialized,
    StaticRoot.ArgumentsMarker,
    StaticRoot.OptimizedOut,
    StaticRoot.StaleRegister,
    StaticRoot.Exception,
    StaticRoot.TerminationException,
    StaticRoot.SelfReferenceMarker,
  ];
  for (const at of oddballs) {
    place(at);
    end(at, Oddball.Size);
  }
  for (const [map, type, size] of staticMaps) {
    place(map);
    initMap(heap, map, type, size, type === InstanceType.Oddball ? ElementsKind.PackedSmi : ElementsKind.PackedSmi, 0);
    end(map, MapObject.Size);
  }
  heap.setU8(StaticRoot.UndefinedMap, MapObject.BitField, MapBits.IsUndetectable);
  heap.setU8(StaticRoot.NullMap, MapObject.BitField, MapBits.IsUndetectable);

  const sized = (at: StaticRoot, map: StaticRoot, size: number): Tagged => {
    place(at);
    heap.init(at, HeapObject.Map, map);
    for (let i = 1; i < size >> 2; i++) heap.init(at, fieldAtWord(i), 0);
    end(at, size);
    return at;
  };
  sized(StaticRoot.EmptyFixedArray, StaticRoot.FixedArrayMap, FixedArray.Elements);
  sized(StaticRoot.EmptyByteArray, StaticRoot.ByteArrayMap, ByteArray.Bytes);
  sized(StaticRoot.EmptyDescriptorArray, StaticRoot.DescriptorArrayMap, DescriptorArray.Entries);
  heap.init(StaticRoot.EmptyDescriptorArray, DescriptorArray.EnumCache, StaticRoot.EmptyFixedArray);
  sized(StaticRoot.EmptyPropertyArray, StaticRoot.PropertyArrayMap, PropertyArray.Elements);
  sized(StaticRoot.EmptyString, StaticRoot.InternalizedOneByteStringMap, StringObject.Chars);
  const number = (at: StaticRoot, value: number): void => {
    sized(at, StaticRoot.HeapNumberMap, HeapNumber.Size);
    heap.setF64(at, HeapNumber.Value, value);
  };
  number(StaticRoot.NanValue, Number.NaN);
  number(StaticRoot.HoleNanValue, 0);
  heap.setF64Words(StaticRoot.HoleNanValue, HeapNumber.Value, holeNanWord, holeNanWord);
  number(StaticRoot.InfinityValue, Number.POSITIVE_INFINITY);
  number(StaticRoot.MinusInfinityValue, Number.NEGATIVE_INFINITY);
  number(StaticRoot.MinusZeroValue, -0);
  sized(StaticRoot.EmptyScopeInfo, StaticRoot.ScopeInfoMap, ScopeInfo.Locals);
  heap.init(StaticRoot.EmptyScopeInfo, ScopeInfo.FunctionName, StaticRoot.EmptyString);
  heap.init(StaticRoot.EmptyScopeInfo, ScopeInfo.Outer, StaticRoot.TheHole);
  heap.init(StaticRoot.EmptyScopeInfo, ScopeInfo.StackLocals, StaticRoot.EmptyFixedArray);
  sized(StaticRoot.EmptyFeedbackMetadata, StaticRoot.FeedbackMetadataMap, FeedbackMetadata.Kinds);
  sized(StaticRoot.EmptyWeakArrayList, StaticRoot.WeakArrayListMap, FixedArray.Elements);
  sized(StaticRoot.EmptyFixedDoubleArray, StaticRoot.FixedDoubleArrayMap, FixedDoubleArray.Elements);
  for (const [at, hash] of [
    [StaticRoot.MegamorphicSymbol, 0x1234567],
    [StaticRoot.UninitializedSymbol, 0x2345678],
  ] as const) {
    sized(at, StaticRoot.SymbolMap, SymbolObject.Size);
    heap.setI32(at, SymbolObject.RawHash, (hash << 2) | 1);
    heap.setI32(at, SymbolObject.Flags, SymbolFlags.Private);
    heap.init(at, SymbolObject.Description, StaticRoot.Undefined);
  }
  if (heap.readOnlyTop > StaticRoot.UninitializedSymbol - 1 + singletonSize)
    throw new Error('static singletons overflow their slots');

  // Slots are only walkable once every slot has a value.
  for (let r = 0; r < Root.End; r++) setRoot(heap, r, StaticRoot.Undefined);
  setRoot(heap, Root.SymbolHashSeed, 0x2f6b1d3 << 1);
  setRoot(heap, Root.NextUniqueId, 1 << 1);
  setRoot(heap, Root.StringTable, newStringTable(heap));
  registerEmptyString(heap);

  const oddball = (at: StaticRoot, map: StaticRoot, text: string, value: number, type: string, kind: number): void => {
    heap.init(at, HeapObject.Map, map);
    heap.init(at, Oddball.ToString, internalizeHost(heap, text, Space.ReadOnly));
    heap.init(at, Oddball.ToNumber, Number.isNaN(value) ? StaticRoot.NanValue : value << 1);
    heap.init(at, Oddball.TypeOf, internalizeHost(heap, type, Space.ReadOnly));
    heap.init(at, Oddball.Kind, kind << 1);
    heap.initElement(at, Oddball.Kind, 1, 0);
    heap.setF64(at, Oddball.ToNumberRaw, value);
  };
  const { NaN: nan } = Number;
  oddball(StaticRoot.Undefined, StaticRoot.UndefinedMap, 'undefined', nan, 'undefined', 4);
  oddball(StaticRoot.Null, StaticRoot.NullMap, 'null', 0, 'object', 3);
  oddball(StaticRoot.True, StaticRoot.BooleanMap, 'true', 1, 'boolean', 1);
  oddball(StaticRoot.False, StaticRoot.BooleanMap, 'false', 0, 'boolean', 0);
  oddball(StaticRoot.TheHole, StaticRoot.TheHoleMap, 'hole', nan, 'undefined', 2);
  oddball(StaticRoot.Uninitialized, StaticRoot.OddballMap, 'uninitialized', -1, 'undefined', 6);
  oddball(StaticRoot.ArgumentsMarker, StaticRoot.OddballMap, 'arguments_marker', -4, 'undefined', 7);
  oddball(StaticRoot.OptimizedOut, StaticRoot.OddballMap, 'optimized_out', -6, 'undefined', 8);
  oddball(StaticRoot.StaleRegister, StaticRoot.OddballMap, 'stale_register', -7, 'undefined', 9);
  oddball(StaticRoot.Exception, StaticRoot.OddballMap, 'exception', -5, 'undefined', 10);
  oddball(StaticRoot.TerminationException, StaticRoot.OddballMap, 'termination_exception', -3, 'undefined', 11);
  oddball(StaticRoot.SelfReferenceMarker, StaticRoot.OddballMap, 'self_reference_marker', -1, 'undefined', 12);

  for (let code = 0; code < 256; code++) {
    setRoot(heap, Root.FirstSingleCharacter + code, internalizeHost(heap, String.fromCharCode(code), Space.ReadOnly));
  }
  for (let i = 0; i < rootSymbols.length; i++) {
    const [, text] = rootSymbols[i]!;
    const description = text === '' ? StaticRoot.Undefined : internalizeHost(heap, text, Space.ReadOnly);
    const flags = text === '' ? SymbolFlags.Private : SymbolFlags.WellKnown;
    setRoot(heap, Root.FirstSymbol + i, factory.newSymbol(description, flags, Space.ReadOnly));
  }
  setRoot(heap, Root.ScriptContextTable, factory.newScriptContextTable());
  setRoot(heap, Root.HashSeed, 0x5eed << 1);
  setRoot(heap, Root.Scripts, StaticRoot.EmptyFixedArray);
  setRoot(heap, Root.CodeList, StaticRoot.EmptyFixedArray);
  setRoot(heap, Root.KeptObjects, StaticRoot.Undefined);
  setRoot(heap, Root.DirtyRegistries, StaticRoot.Undefined);
  setRoot(
    heap,
    Root.ManyClosuresCell,
    factory.newFeedbackCell(StaticRoot.ManyClosuresCellMap, StaticRoot.Undefined, Space.Old),
  );
  for (let r: number = Root.NoElementsProtector; r <= Root.AsyncIteratorProtector; r++) {
    setRoot(heap, r, factory.newPropertyCell(StaticRoot.EmptyString, 1 << 1, 0));
  }
};
