// One-line texts of values: `42`, `'text'`, `Point {x: 1, y: 2}`, `(3) [1, 2, 3]`, `ƒ area(shape)`. By walking memory only.

import { type Heap, isSmi, smiValue, type Tagged } from '../heap/index.ts';
import {
  bigintValue,
  brief,
  bufferLength,
  descriptorDetails,
  descriptorKey,
  detailsKind,
  detailsRepresentation,
  elementsKindNames,
  GeneratorState,
  HeapNumber,
  hostPrefix,
  InstanceType,
  instanceTypeOf,
  isDeprecatedMap,
  isDictionaryMap,
  isFieldDetails,
  isString,
  isSymbol,
  JSBoundFunction,
  JSCollection,
  JSDate,
  JSFunction,
  JSGeneratorObject,
  JSPrimitiveWrapper,
  JSPromise,
  JSProxy,
  JSRegExp,
  JSWeakRef,
  mapConstructor,
  mapDescriptors,
  mapElementsKind,
  mapInstanceType,
  mapOwnDescriptors,
  mapPrototype,
  orderedKeyAt,
  orderedSize,
  orderedUsed,
  orderedValueAt,
  ownElementIndices,
  ownPropertyNames,
  PropertyKind,
  Representation,
  Script,
  SharedFunctionFlags,
  SharedFunctionInfo,
  StaticRoot,
  toHostString,
} from '../objects/index.ts';
import { constructorName, functionName, type Runtime, regExpFlagsText } from '../runtime/index.ts';
import { elementOf, indexedCount, isFunction, isReceiver, keyText, ownProperties, ownProperty } from './properties.ts';

const longest = 100;
/** Characters of a string that are shown. */
const longestString = 1000;

export const shortened = (text: string): string =>
  text.length > longestString ? `${text.slice(0, longestString)}…` : text;

export function quote(text: string): string {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t');
  return escaped.includes("'") && !escaped.includes('"') ? `"${escaped}"` : `'${escaped.replaceAll("'", "\\'")}'`;
}

export const numberText = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));

/** Type column: `Smi`, `HeapNumber`, `String`, or the constructor's name. */
export function typeName(rt: Runtime, word: Tagged): string {
  const { heap } = rt;
  if (isSmi(word)) return 'Smi';
  switch (instanceTypeOf(heap, word)) {
    case InstanceType.HeapNumber:
      return 'HeapNumber';
    case InstanceType.BigInt:
      return 'BigInt';
    case InstanceType.Symbol:
      return 'Symbol';
    case InstanceType.Oddball:
      return word === StaticRoot.Undefined
        ? 'undefined'
        : word === StaticRoot.True || word === StaticRoot.False
          ? 'Boolean'
          : 'null';
    default:
      if (isString(heap, word)) return 'String';
      if (isReceiver(heap, word)) return isFunction(heap, word) ? 'Function' : constructorName(rt, word);
      return InstanceType[instanceTypeOf(heap, word)] ?? 'internal object';
  }
}

/** A value on one line. `depth` levels of objects are opened. */
export function preview(rt: Runtime, word: Tagged, depth = 1): string {
  const { heap } = rt;
  if (isSmi(word)) return String(smiValue(word));
  if ((word & 2) !== 0) return brief(heap, word);
  switch (word) {
    case StaticRoot.Undefined:
      return 'undefined';
    case StaticRoot.Null:
      return 'null';
    case StaticRoot.True:
      return 'true';
    case StaticRoot.False:
      return 'false';
    case StaticRoot.TheHole:
      return '<the hole>';
    case StaticRoot.OptimizedOut:
      return '<optimized out>';
    case StaticRoot.ArgumentsMarker:
      return '<to be materialized>';
    default:
  }
  const type = instanceTypeOf(heap, word);
  if (type === InstanceType.HeapNumber) return numberText(heap.getF64(word, HeapNumber.Value));
  if (type === InstanceType.BigInt) return `${bigintValue(heap, word)}n`;
  if (isSymbol(heap, word)) return keyText(heap, word);
  if (isString(heap, word)) {
    const text = hostPrefix(heap, word, longestString + 1);
    return quote(shortened(text));
  }
  if (type < InstanceType.FirstJSReceiver) return brief(heap, word).replace(/^0x[0-9a-f]+ /, '');
  return receiverText(rt, word, type, depth);
}

function receiverText(rt: Runtime, word: Tagged, type: number, depth: number): string {
  const { heap } = rt;
  switch (type) {
    case InstanceType.JSFunction:
    case InstanceType.JSClassConstructor:
      return functionText(rt, word);
    case InstanceType.JSBoundFunction:
      return `ƒ bound ${preview(rt, heap.get(word, JSBoundFunction.BoundTarget), 0).replace(/^ƒ /, '')}`;
    case InstanceType.JSProxy:
      return `Proxy(${preview(rt, heap.get(word, JSProxy.Target), 0)})`;
    case InstanceType.JSDate: {
      const time = heap.getF64(word, JSDate.Value);
      return Number.isNaN(time) ? 'Invalid Date' : new Date(time).toISOString();
    }
    case InstanceType.JSRegExp: {
      const source = heap.get(word, JSRegExp.Source);
      const flags = regExpFlagsText(smiValue(heap.get(word, JSRegExp.Flags)));
      return isString(heap, source) ? `/${toHostString(heap, source)}/${flags}` : 'RegExp';
    }
    case InstanceType.JSError: {
      const text = errorText(rt, word);
      if (text !== '') return text;
      break;
    }
    case InstanceType.JSPromise: {
      const state = promiseState(heap, word);
      const result =
        depth > 0 && state !== 'pending' ? `: ${preview(rt, heap.get(word, JSPromise.ReactionsOrResult), 0)}` : '';
      return `Promise {<${state}>${result}}`;
    }
    case InstanceType.JSGeneratorObject:
    case InstanceType.JSAsyncGeneratorObject:
      return `${constructorName(rt, word)} {<${generatorState(heap, word)}>}`;
    case InstanceType.JSMap:
    case InstanceType.JSSet:
      return collectionText(rt, word, type === InstanceType.JSMap, depth);
    case InstanceType.JSWeakRef:
      return `WeakRef {${preview(rt, heap.get(word, JSWeakRef.Target), 0)}}`;
    case InstanceType.JSArrayBuffer:
      return `${constructorName(rt, word)}(${bufferLength(heap, word)})`;
    case InstanceType.JSGlobalObject:
    case InstanceType.JSGlobalProxy:
      return 'globalThis';
    default:
  }
  if (type === InstanceType.JSArray || type === InstanceType.JSTypedArray || type === InstanceType.JSArgumentsObject)
    return arrayText(rt, word, type, depth);
  const name = constructorName(rt, word);
  if (type === InstanceType.JSPrimitiveWrapper)
    return `${name} {${preview(rt, heap.get(word, JSPrimitiveWrapper.Value), 0)}}`;
  if (depth <= 0) return name === 'Object' ? '{…}' : name;
  return `${name === 'Object' ? '' : `${name} `}{${limited(propertyTexts(rt, word, depth))}}`;
}

/** As many texts as fit. */
function limited(texts: Iterable<string>): string {
  const parts: string[] = [];
  let length = 0;
  for (const text of texts) {
    length += text.length + 2;
    if (length > longest) {
      parts.push('…');
      break;
    }
    parts.push(text);
  }
  return parts.join(', ');
}

function* propertyTexts(rt: Runtime, object: Tagged, depth: number): Generator<string> {
  const { heap, factory } = rt;
  for (const index of ownElementIndices(heap, object).slice(0, longest)) {
    const element = elementOf(heap, factory, object, index);
    yield `${index}: ${element === undefined ? '(...)' : preview(rt, element, depth - 1)}`;
  }
  for (const key of ownPropertyNames(heap, object)) {
    const property = ownProperty(rt, object, key)!;
    if (!property.enumerable) continue;
    yield `${property.name}: ${property.value === undefined ? '(...)' : preview(rt, property.value, depth - 1)}`;
  }
}

/** `Map(2) {'a' → 1, …}`. */
function collectionText(rt: Runtime, collection: Tagged, isMap: boolean, depth: number): string {
  const { heap } = rt;
  const table = heap.get(collection, JSCollection.Table);
  const head = `${constructorName(rt, collection)}(${orderedSize(heap, table)})`;
  if (depth <= 0) return head;
  function* entries(): Generator<string> {
    for (let e = 0; e < orderedUsed(heap, table); e++) {
      const key = orderedKeyAt(heap, table, e);
      if (key === StaticRoot.TheHole) continue;
      const text = preview(rt, key, 0);
      yield isMap ? `${text} → ${preview(rt, orderedValueAt(heap, table, e), 0)}` : text;
    }
  }
  return `${head} {${limited(entries())}}`;
}

export const promiseState = (heap: Heap, promise: Tagged): 'pending' | 'fulfilled' | 'rejected' =>
  (['pending', 'fulfilled', 'rejected'] as const)[smiValue(heap.get(promise, JSPromise.Flags)) & 3]!;

export const generatorState = (heap: Heap, generator: Tagged): 'running' | 'closed' | 'suspended' => {
  const continuation = smiValue(heap.get(generator, JSGeneratorObject.Continuation));
  return continuation === GeneratorState.Executing
    ? 'running'
    : continuation === GeneratorState.Closed
      ? 'closed'
      : 'suspended';
};

function arrayText(rt: Runtime, word: Tagged, type: number, depth: number): string {
  const { heap, factory } = rt;
  const count = indexedCount(heap, word);
  const name = constructorName(rt, word);
  const head = type === InstanceType.JSArray && name === 'Array' ? `(${count}) ` : `${name}(${count}) `;
  if (depth <= 0) return count === 0 ? '[]' : name === 'Array' ? `Array(${count})` : `${name}(${count})`;
  function* elements(): Generator<string> {
    for (let i = 0; i < count; i++) {
      const element = elementOf(heap, factory, word, i);
      yield element === undefined
        ? '(...)'
        : element === StaticRoot.TheHole
          ? 'empty'
          : preview(rt, element, depth - 1);
    }
  }
  return `${count === 0 ? '' : head}[${limited(elements())}]`;
}

function errorText(rt: Runtime, word: Tagged): string {
  for (const property of ownProperties(rt, word)) {
    if (property.name === 'message' && property.value !== undefined && isString(rt.heap, property.value))
      return `${constructorName(rt, word)}: ${toHostString(rt.heap, property.value)}`;
  }
  return '';
}

/** `ƒ area(shape)` or `class Point`. */
export function functionText(rt: Runtime, fn: Tagged): string {
  const { heap } = rt;
  const sfi = heap.get(fn, JSFunction.SharedFunctionInfo);
  const name = functionName(rt, fn);
  if ((heap.getI32(sfi, SharedFunctionInfo.Flags) & SharedFunctionFlags.ClassConstructor) !== 0) return `class ${name}`;
  const script = heap.get(sfi, SharedFunctionInfo.Script);
  let parameters = '';
  if (!isSmi(script) && script !== StaticRoot.Undefined) {
    const source = heap.get(script, Script.Source);
    if (!isSmi(source) && isString(heap, source)) {
      const start = heap.getI32(sfi, SharedFunctionInfo.StartPosition);
      const text = toHostString(heap, source).slice(start, start + 120);
      parameters = /^[^(]*?(\([^()]*\))/.exec(text)?.[1]?.replace(/\s+/g, ' ') ?? '()';
    }
  }
  return `ƒ ${name}${parameters === '' ? '()' : parameters}`;
}

const representationNames: Readonly<Record<Representation, string>> = {
  [Representation.None]: 'none',
  [Representation.Smi]: 'Smi',
  [Representation.Double]: 'Double',
  [Representation.HeapObject]: 'HeapObject',
  [Representation.Tagged]: 'Tagged',
};

/** A Map as people compare them: `Point {x: Smi, y: Double}`, `Array PACKED_SMI_ELEMENTS`, `HeapNumber`. */
export function describeMap(rt: Runtime, map: Tagged): string {
  const { heap } = rt;
  const type = mapInstanceType(heap, map);
  if (type < InstanceType.FirstNonstring) return 'string';
  if (type < InstanceType.FirstJSReceiver) return InstanceType[type] ?? 'internal object';
  // As people name it: by the prototype's constructor, which is the class; else by the map's.
  const prototype = mapPrototype(heap, map);
  const own = isReceiver(heap, prototype) ? ownProperty(rt, prototype, rt.names.constructor)?.value : undefined;
  const constructor = own !== undefined && isFunction(heap, own) ? own : mapConstructor(heap, map);
  let name = !isSmi(constructor) && isFunction(heap, constructor) ? functionName(rt, constructor) : '';
  if (name === '') name = (InstanceType[type] ?? 'JSObject').replace(/^JS/, '');
  const deprecated = isDeprecatedMap(heap, map) ? ' (deprecated)' : '';
  if (type === InstanceType.JSArray) return `${name} ${elementsKindNames[mapElementsKind(heap, map)]}${deprecated}`;
  if (type >= InstanceType.FirstJSFunction && type <= InstanceType.LastJSFunction) return `function${deprecated}`;
  if (isDictionaryMap(heap, map)) return `${name} {dictionary}${deprecated}`;
  const fields = mapFields(rt, map);
  if (fields.length > 12) fields.splice(12, fields.length, '…');
  return `${name === 'Object' ? '' : `${name} `}{${fields.join(', ')}}${deprecated}`;
}

/** Properties that a Map describes: `x: Smi`. */
export function mapFields(rt: Runtime, map: Tagged): string[] {
  const { heap } = rt;
  if (isDictionaryMap(heap, map)) return [];
  const descriptors = mapDescriptors(heap, map);
  return Array.from({ length: mapOwnDescriptors(heap, map) }, (_, i) => {
    const details = descriptorDetails(heap, descriptors, i);
    const key = keyText(heap, descriptorKey(heap, descriptors, i));
    if (detailsKind(details) === PropertyKind.Accessor) return `${key}: accessor`;
    return `${key}: ${isFieldDetails(details) ? representationNames[detailsRepresentation(details)] : 'constant'}`;
  });
}
