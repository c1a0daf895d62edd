// Short printing of tagged words, in V8's words (ShortPrint), as listings and traces show them. Survives broken words: what
// cannot be read prints as an address.

import { cageHi, type Heap, Region, type Tagged } from '../heap/index.ts';
import {
  AccessorInfo,
  ArrayBoilerplateDescription,
  Cell,
  Code,
  CodeFlags,
  CodeKind,
  DescriptorArray,
  HeapNumber,
  HeapObject,
  InstanceType,
  JSArray,
  JSBoundFunction,
  JSFunction,
  JSPrimitiveWrapper,
  JSRegExp,
  MapBits3,
  MapObject,
  PropertyCell,
  ScopeInfo,
  Script,
  SharedFunctionInfo,
  StaticRoot,
  StringBits,
  SymbolObject,
} from '../layout/index.ts';
import { dictionaryCount } from './dictionaries.ts';
import { elementsKindNames } from './elements-kind.ts';
import { heapTypeOf, shownCount } from './heap-object-view.ts';
import {
  isDeprecatedMap,
  isExtensibleMap,
  isJSObjectMap,
  isMap,
  isStableMap,
  mapBackPointer,
  mapBits3,
  mapConstructor,
  mapElementsKind,
  mapInObjectProperties,
  mapInstanceSize,
  mapOwnDescriptors,
  mapPrototype,
  mapUnusedPropertyFields,
} from './maps.ts';
import { bigintValue } from './numbers.ts';
import { constructionCounter } from './slack-tracking.ts';
import { stringLength, toHostString } from './strings.ts';

/** V8's short print of a BigInt: the digits of its lowest 64 bits, with dots before them when there are more. */
export const shortBigInt = (value: bigint): string => {
  const magnitude = value < 0n ? -value : value;
  return `${value < 0n ? '-' : ''}${magnitude >> 64n ? '...' : ''}${BigInt.asUintN(64, magnitude)}`;
};

/** A cage address, or a tagged pointer, in full: 0x1c2f… */
export const addressText = (offset: number): string =>
  `0x${(cageHi * 0x1_0000_0000 + (offset >>> 0)).toString(16).padStart(12, '0')}`;

const oddballNames: Readonly<Record<number, string>> = {
  [StaticRoot.Undefined]: 'undefined',
  [StaticRoot.Null]: 'null',
  [StaticRoot.True]: 'true',
  [StaticRoot.False]: 'false',
  [StaticRoot.TheHole]: 'the_hole_value',
  [StaticRoot.Uninitialized]: 'uninitialized_value',
  [StaticRoot.ArgumentsMarker]: 'arguments_marker',
  [StaticRoot.OptimizedOut]: 'optimized_out',
  [StaticRoot.StaleRegister]: 'stale_register',
  [StaticRoot.Exception]: 'exception',
  [StaticRoot.TerminationException]: 'termination_exception',
  [StaticRoot.SelfReferenceMarker]: 'self_reference_marker',
};

/** V8's spelling of an instance type: FIXED_ARRAY_TYPE. */
export const instanceTypeName = (type: number): string => {
  const name = InstanceType[type] ?? `unknown ${type}`;
  return `${name
    .replace(/^First(?=Nonstring|JS)/, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/^JS(?=[A-Z])/, 'JS_')
    .toUpperCase()}_TYPE`;
};

/** V8's spelling of numbers in traces: safe integers in full, others as C's streams do, with six digits. */
const numberText = (n: number): string => {
  if (Object.is(n, -0)) return '-0.0';
  if (Number.isSafeInteger(n)) return `${n}.0`;
  if (!Number.isFinite(n)) return String(n).replace('Infinity', 'inf').replace('NaN', 'nan');
  // C rounds what lies in the middle to even, JavaScript up.
  const exact = n.toExponential(100);
  const isTieOverEven = /^-?\d\.\d{4}[02468]50*e/.test(exact);
  const [digits, exponent] = (isTieOverEven ? exact.replace(/50*e/, 'e') : n.toExponential(5)).split('e') as [
    string,
    string,
  ];
  const power = Number(exponent);
  if (power >= -4 && power < 6) return String(Number(`${digits}e${exponent}`));
  return `${Number(digits)}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
};

const escaped = (text: string): string =>
  text.replace(/[^\x20-\x7e]/g, (c) => {
    if (c === '\n') return '\\n';
    if (c === '\r') return '\\r';
    return `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });

const stringText = (heap: Heap, s: Tagged, type: number): string => {
  const length = stringLength(heap, s);
  if (length > 1024) return `<Very long string[${length}]>`;
  const twoByte = (type & StringBits.OneByte) === 0 ? 'u' : '';
  const shape = type & StringBits.ShapeMask;
  const internalized = (type & ~StringBits.OneByte) === 0;
  const mark = internalized ? '#' : shape === StringBits.Cons ? 'c"' : shape === StringBits.Thin ? '>"' : '"';
  return `<String[${length}]: ${twoByte}${mark}${escaped(toHostString(heap, s))}${internalized ? '' : '"'}>`;
};

const codeKindNames: Readonly<Record<CodeKind, string>> = {
  [CodeKind.Builtin]: 'BUILTIN',
  [CodeKind.InterpretedFunction]: 'INTERPRETED_FUNCTION',
  [CodeKind.Turbofan]: 'TURBOFAN_JS',
};

/** Names of builtins by id, told by the isolate for printing. */
export const builtinNames: string[] = [];

/** A Map as V8's %DebugPrint shows it, a line each. */
export const describeMap = (heap: Heap, map: Tagged): string[] => {
  const bits = mapBits3(heap, map);
  const enumLength = bits & MapBits3.EnumLengthMask;
  const traits = [
    [MapBits3.IsDeprecated, 'deprecated_map'],
    [MapBits3.IsDictionaryMap, 'dictionary_map'],
    [MapBits3.IsPrototypeMap, 'prototype_map'],
  ] as const;
  return [
    `${brief(heap, map)}: [Map]`,
    ` - type: ${instanceTypeName(heap.getU16(map, MapObject.InstanceType))}`,
    ` - instance size: ${mapInstanceSize(heap, map)}`,
    ...(isJSObjectMap(heap, map)
      ? [
          ` - inobject properties: ${mapInObjectProperties(heap, map)}`,
          ` - unused property fields: ${mapUnusedPropertyFields(heap, map)}`,
          ` - elements kind: ${elementsKindNames[mapElementsKind(heap, map)]}`,
        ]
      : []),
    ` - enum length: ${enumLength === MapBits3.EnumLengthMask ? 'invalid' : enumLength}`,
    ...(isStableMap(heap, map) ? [' - stable_map'] : []),
    ...traits.filter(([bit]) => (bits & bit) !== 0).map(([, name]) => ` - ${name}`),
    ...(isExtensibleMap(heap, map) ? [] : [' - non-extensible']),
    ` - back pointer: ${brief(heap, mapBackPointer(heap, map) || StaticRoot.Undefined)}`,
    ` - instance descriptors (own) #${mapOwnDescriptors(heap, map)}`,
    ` - prototype: ${brief(heap, mapPrototype(heap, map))}`,
    ` - constructor: ${brief(heap, mapConstructor(heap, map))}`,
    ` - construction counter: ${constructionCounter(heap, map)}`,
  ];
};

const scopeNames = ['FUNCTION', 'BLOCK', 'SCRIPT', 'EVAL', 'MODULE', 'CATCH', 'CLASS', 'WITH'];

/** Name of a SharedFunctionInfo. */
export const functionName = (heap: Heap, sfi: Tagged): string =>
  toHostString(heap, heap.get(sfi, SharedFunctionInfo.Name)) ||
  toHostString(heap, heap.get(sfi, SharedFunctionInfo.InferredName));

/** The part in angle brackets, without an address. */
export const shortPrint = (heap: Heap, word: Tagged): string => {
  if ((word & 1) === 0) return `<Smi ${word >> 1}>`;
  const o = word & ~2;
  const oddball = oddballNames[o];
  if (oddball !== undefined) return `<${oddball}>`;
  const map = heap.get(o, HeapObject.Map);
  if (!isMap(heap, map)) return '<broken object>';
  const type = heap.getU16(map, MapObject.InstanceType);
  if (type < InstanceType.FirstNonstring) return stringText(heap, o, type);
  switch (type) {
    case InstanceType.Symbol: {
      const description = heap.get(o, SymbolObject.Description);
      return description === StaticRoot.Undefined
        ? '<Symbol: (private)>'
        : `<Symbol: ${toHostString(heap, description)}>`;
    }
    case InstanceType.HeapNumber:
      return `<HeapNumber ${numberText(heap.getF64(o, HeapNumber.Value))}>`;
    case InstanceType.BigInt:
      return `<BigInt ${shortBigInt(bigintValue(heap, o))}>`;
    case InstanceType.Map: {
      const size = mapInstanceSize(heap, o);
      const instance = heap.getU16(o, MapObject.InstanceType);
      const what =
        instance >= InstanceType.FirstJSReceiver && instance !== InstanceType.JSProxy
          ? elementsKindNames[mapElementsKind(heap, o)]
          : instanceTypeName(instance);
      return `<Map${size !== 0 ? `[${size}]` : ''}(${what})>`;
    }
    case InstanceType.DescriptorArray:
      return `<DescriptorArray[${heap.getU16(o, DescriptorArray.NumberOfDescriptors)}]>`;
    case InstanceType.NameDictionary:
    case InstanceType.GlobalDictionary:
    case InstanceType.NumberDictionary:
      return `<${InstanceType[type]}[${dictionaryCount(heap, o)}]>`;
    case InstanceType.FeedbackCell: {
      const cell =
        map === StaticRoot.NoClosuresCellMap
          ? 'no feedback'
          : map === StaticRoot.OneClosureCellMap
            ? 'one closure'
            : 'many closures';
      return `<FeedbackCell[${cell}]>`;
    }
    case InstanceType.SharedFunctionInfo: {
      const name = functionName(heap, o);
      return name === '' ? '<SharedFunctionInfo>' : `<SharedFunctionInfo ${name}>`;
    }
    case InstanceType.ScopeInfo:
      return o === StaticRoot.EmptyScopeInfo
        ? '<ScopeInfo>'
        : `<ScopeInfo ${scopeNames[(heap.get(o, ScopeInfo.Flags) >> 1) & 15]}_SCOPE>`;
    case InstanceType.Script: {
      const name = heap.get(o, Script.Name);
      return (name & 1) !== 0 && name !== StaticRoot.Undefined ? `<Script ${toHostString(heap, name)}>` : '<Script>';
    }
    case InstanceType.Code: {
      const kind = (heap.getI32(o, Code.Flags) & CodeFlags.KindMask) as CodeKind;
      const id = heap.getI32(o, Code.BuiltinId);
      return `<Code ${codeKindNames[kind] ?? 'UNKNOWN'}${id >= 0 ? ` ${builtinNames[id] ?? id}` : ''}>`;
    }
    case InstanceType.Cell:
      return `<Cell value= ${nestedPrint(heap, heap.get(o, Cell.Value))}>`;
    case InstanceType.PropertyCell:
      return `<PropertyCell name=${brief(heap, heap.get(o, PropertyCell.Name))} value=${nestedPrint(heap, heap.get(o, PropertyCell.Value))}>`;
    case InstanceType.AccessorInfo:
      return `<AccessorInfo ${toHostString(heap, heap.get(o, AccessorInfo.Name))}>`;
    case InstanceType.ArrayBoilerplateDescription:
      return `<ArrayBoilerplateDescription ${elementsKindNames[(heap.get(o, ArrayBoilerplateDescription.Flags) >> 1) as keyof typeof elementsKindNames]}, ${brief(heap, heap.get(o, ArrayBoilerplateDescription.ConstantElements))}>`;
    case InstanceType.JSArray: {
      const w = heap.get(o, JSArray.Length);
      return `<JSArray[${(w & 1) === 0 ? w >> 1 : heap.getF64(w, HeapNumber.Value)}]>`;
    }
    case InstanceType.JSFunction:
    case InstanceType.JSClassConstructor: {
      const sfi = heap.get(o, JSFunction.SharedFunctionInfo);
      const name = functionName(heap, sfi);
      return `<JSFunction${name === '' ? '' : ` ${name}`} (sfi = ${addressText(sfi)})>`;
    }
    case InstanceType.JSBoundFunction:
      return `<JSBoundFunction (BoundTargetFunction ${addressText(heap.get(o, JSBoundFunction.BoundTarget))})>`;
    case InstanceType.JSGlobalProxy:
      return '<JSGlobalProxy>';
    case InstanceType.JSGlobalObject:
      return '<JSGlobalObject>';
    case InstanceType.JSGeneratorObject:
      return '<JSGenerator>';
    case InstanceType.JSAsyncFunctionObject:
      return '<JSAsyncFunctionObject>';
    case InstanceType.JSAsyncGeneratorObject:
      return '<JS AsyncGenerator>';
    case InstanceType.JSRegExp:
      return `<JSRegExp ${shortPrint(heap, heap.get(o, JSRegExp.Source))}>`;
    case InstanceType.JSProxy:
      return '<JSProxy>';
    default:
  }
  if (type >= InstanceType.FirstJSReceiver) {
    const constructor = mapConstructor(heap, map);
    let name = constructorNames[type] ?? '';
    if ((constructor & 1) !== 0) {
      const t = heap.getU16(heap.get(constructor, HeapObject.Map), MapObject.InstanceType);
      if (t >= InstanceType.FirstJSFunction && t <= InstanceType.LastJSFunction)
        name = functionName(heap, heap.get(constructor, JSFunction.SharedFunctionInfo));
    }
    const value =
      type === InstanceType.JSPrimitiveWrapper
        ? ` value = ${smiOrShortPrint(heap, heap.get(o, JSPrimitiveWrapper.Value))}`
        : '';
    if (name === '') return `<JSObject${value}>`;
    return `<${name} ${isDeprecatedMap(heap, map) ? 'deprecated-' : ''}map = ${addressText(map)}${value}>`;
  }
  const row = heapTypeOf(type);
  const count = row?.rest === undefined ? '' : `[${shownCount(heap, o, row.rest)}]`;
  return `<${InstanceType[type]}${count}>`;
};

/** V8 prints a Smi inside of something else as the number alone. */
const smiOrShortPrint = (heap: Heap, word: Tagged): string =>
  (word & 1) === 0 ? `${word >> 1}` : shortPrint(heap, word);

/** Names of what constructs built-in iterators and arguments objects in V8: functions that no program sees. */
const constructorNames: Readonly<Record<number, string>> = {
  [InstanceType.JSArgumentsObject]: 'Arguments',
  [InstanceType.JSArrayIterator]: 'Array Iterator',
  [InstanceType.JSMapIterator]: 'MapIterator',
  [InstanceType.JSSetIterator]: 'SetIterator',
  [InstanceType.JSStringIterator]: 'StringIterator',
};

/** V8's Brief: address and short print; Smis without address; weak references marked. */
export const brief = (heap: Heap, word: Tagged): string => {
  if ((word & 1) === 0) return `<Smi ${word >> 1}>`;
  if (word === 3) return '[cleared]';
  const o = word & ~2;
  if (o < Region.ReadOnly || o >= heap.size) return addressText(word);
  const text = `${addressText(o)} ${shortPrint(heap, o)}`;
  return (word & 2) !== 0 ? `[weak] ${text}` : text;
};

/** The same inside of another text, where V8 prints Smis as plain digits. */
export const nestedPrint = (heap: Heap, word: Tagged): string =>
  (word & 1) === 0 ? String(word >> 1) : brief(heap, word);
