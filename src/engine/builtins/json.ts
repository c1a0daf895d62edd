// JSON. Parsing is the host's, on copied text, and its value is rebuilt here; messages are V8's. Stringify walks the heap.
//
// Invariant: building from parsed text runs no JavaScript, so raw words are safe there. Stringify may run JavaScript at
// every property (getters, toJSON, replacer, proxies), so all it holds is in handles.

import type { Tagged } from '../heap/index.ts';
import {
  addDataProperty,
  arrayLength,
  ElementsKind,
  getElement,
  InstanceType,
  JSArray,
  JSObject,
  JSPrimitiveWrapper,
  MapObject,
  mapElementsKind,
  maxStringLength,
  PropertyAttributes,
  StaticRoot,
  setElement,
  toHostString,
} from '../objects/index.ts';
import {
  addOrReplace,
  type BuiltinFunction,
  createDataProperty,
  defineGlobal,
  enumerableOwnKeys,
  functionName,
  getIndex,
  getOwnProperty,
  getProperty,
  hasInstanceType,
  instanceTypeOf,
  isArray,
  isBigInt,
  isCallable,
  isJSFunction,
  isJSReceiver,
  isNumber,
  isString,
  keyToValue,
  LookupIterator,
  LookupState,
  lengthOfArrayLike,
  mapOf,
  NativeContextSlot,
  newError,
  newPlainObject,
  preventOrdinaryExtensions,
  type Runtime,
  type RuntimeFunctionRows,
  sameValue,
  throwRangeError,
  throwSyntaxError,
  throwTypeError,
  toHost,
  toIntegerOrInfinity,
  toNumberValue,
  toOddball,
  toPropertyKey,
  toString,
  Writes,
  writingFirst,
  writingNothing,
} from '../runtime/index.ts';
import { parse } from './json-js.ts';
import { builtinTable, installTable, installToStringTag } from './table.ts';

const { Undefined, Null, True, False, TheHole } = StaticRoot;

// --- parse ------------------------------------------------------------------------------------------------------------------

/** A host value from JSON.parse as a tagged one. Runs no JavaScript. */
const fromHost = (rt: Runtime, value: unknown): Tagged => {
  const { heap, factory } = rt;
  switch (typeof value) {
    case 'string':
      return factory.newString(value);
    case 'number':
      return factory.newNumber(value);
    case 'boolean':
      return value ? True : False;
  }
  if (value === null) return Null;
  if (Array.isArray(value)) {
    const words: Tagged[] = [];
    let doubles = value.length > 0;
    let smis = true;
    for (const element of value) {
      rt.poll();
      const word = fromHost(rt, element);
      if (typeof element !== 'number') doubles = false;
      else if ((word & 1) !== 0) smis = false;
      words.push(word);
    }
    if (!doubles || smis) return factory.newJSArrayFrom(words);
    const array = factory.newJSArray(ElementsKind.PackedDouble, words.length, words.length);
    for (let i = 0; i < words.length; i++) setElement(heap, factory, array, i, words[i]!);
    heap.init(array, JSArray.Length, words.length << 1);
    return array;
  }
  const object = newPlainObject(rt);
  for (const key of Object.keys(value as object)) {
    rt.poll();
    const word = fromHost(rt, (value as Record<string, unknown>)[key]);
    const name = factory.internalize(key);
    if (isIndexKey(key) || key === '__proto__') addOrReplace(rt, object, name, word, PropertyAttributes.None);
    else addDataProperty(heap, factory, object, name, word, PropertyAttributes.None);
  }
  return object;
};

const isIndexKey = (key: string): boolean => {
  const c = key.charCodeAt(0);
  return c >= 48 && c <= 57;
};

const hostParse = (rt: Runtime, text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    const { message } = error as Error;
    const at = failurePosition(message, text);
    return rt.throwAt(newError(rt, 'SyntaxError', 'Plain', withLine(message, text)), text, '', at, at + 1);
  }
};

const parseText = (rt: Runtime, text: string): Tagged => fromHost(rt, hostParse(rt, text));

/**
 * What each value of a valid text was written as, in the shape of the parsed value: a list [source] for a primitive, a list
 * [element, …] in a list for an array, an object of members for an object.
 */
const sourcesOf = (text: string): unknown => {
  const token = /[\s,:]*("(?:[^"\\]|\\.)*"|[[\]{}]|[^\s,:[\]{}"]+)/y;
  const next = (): string => token.exec(text)![1]!;
  const read = (first: string): unknown => {
    if (first === '[') {
      const elements: unknown[] = [];
      for (let t = next(); t !== ']'; t = next()) elements.push(read(t));
      return [elements];
    }
    if (first !== '{') return [first];
    const members: Record<string, unknown> = {};
    for (let t = next(); t !== '}'; t = next())
      Object.defineProperty(members, JSON.parse(t) as string, {
        value: read(next()),
        configurable: true,
        enumerable: true,
      });
    return members;
  };
  return read(next());
};

/** Where the host stopped. What it does not say is found by giving it less: a beginning only ends too early. */
const failurePosition = (message: string, text: string): number => {
  const said = / at position (\d+)/.exec(message);
  if (said !== null) return Number(said[1]);
  if (message === 'Unexpected end of JSON input') return text.length;
  const mayGoOn = (length: number): boolean => {
    try {
      JSON.parse(text.slice(0, length));
      return true;
    } catch (error) {
      const { message: shorter } = error as Error;
      return /^Unexpected end|^Unterminated/.test(shorter) || shorter.includes(` at position ${length} `);
    }
  };
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (mayGoOn(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
};

/** Newer V8 adds line and column to positions. */
const withLine = (message: string, text: string): string => {
  const at = /at position (\d+)$/.exec(message);
  if (at === null) return message;
  const before = text.slice(0, Number(at[1]));
  const line = before.split('\n').length;
  return `${message} (line ${line} column ${before.length - before.lastIndexOf('\n')})`;
};

// --- stringify ----------------------------------------------------------------------------------------------------------------

/** Text of a JSON string literal. */
const quote = (text: string): string => JSON.stringify(text);

interface Frame {
  readonly handle: number;
  /** Key under which the object stands in its holder, for the message about cycles. */
  readonly key: string;
}

class Stringifier {
  private readonly rt: Runtime;
  private readonly replacer: number;
  private readonly keys: readonly number[] | undefined;
  private readonly gap: string;
  private readonly stack: Frame[] = [];
  private indent = '';

  /** `replacer` is a handle (undefined: none), `keys` handles of property names. */
  constructor(rt: Runtime, replacer: number, keys: readonly number[] | undefined, gap: string) {
    this.rt = rt;
    this.replacer = replacer;
    this.keys = keys;
    this.gap = gap;
  }

  /** SerializeJSONProperty: undefined when the value has no JSON text. `holder` is a handle or 0 where none is needed. */
  property(holder: number, key: string, value: Tagged): string | undefined {
    const { rt } = this;
    const { heap } = rt;
    if ((value & 1) === 0 && heap.deref(this.replacer) === Undefined) return String(value >> 1);
    if (isJSReceiver(rt, value) || isBigInt(rt, value)) {
      const scope = heap.openHandles();
      const v = heap.handle(value);
      const toJSON = this.toJSONOf(value);
      value = heap.deref(v);
      if (isCallable(rt, toJSON)) {
        const f = heap.handle(toJSON);
        const k = rt.factory.newString(key);
        value = rt.call(heap.deref(f), heap.deref(v), k);
      }
      heap.closeHandles(scope);
    }
    const replacer = heap.deref(this.replacer);
    if (replacer !== Undefined) value = rt.call(replacer, heap.deref(holder), rt.factory.newString(key), value);
    return this.value(key, value);
  }

  private toJSONOf(value: Tagged): Tagged {
    const { rt } = this;
    return getProperty(rt, value, rt.names.toJSON);
  }

  private value(key: string, value: Tagged): string | undefined {
    const { rt } = this;
    const { heap } = rt;
    if ((value & 1) === 0) return String(value >> 1);
    switch (value) {
      case Null:
        return 'null';
      case True:
        return 'true';
      case False:
        return 'false';
      case Undefined:
        return undefined;
    }
    if (isString(rt, value)) return quote(toHostString(heap, value));
    if (isNumber(rt, value)) return numberText(toNumberValue(rt, value));
    if (isBigInt(rt, value)) throwTypeError(rt, 'BigIntSerializeJSON');
    if (!isJSReceiver(rt, value)) return undefined;
    if (instanceTypeOf(rt, value) === InstanceType.JSPrimitiveWrapper) {
      const primitive = heap.get(value, JSPrimitiveWrapper.Value);
      if (isNumber(rt, primitive)) return numberText(toNumberValue(rt, value));
      if (isString(rt, primitive)) return quote(toHost(rt, value));
      if (primitive === True || primitive === False) return primitive === True ? 'true' : 'false';
      if (isBigInt(rt, primitive)) throwTypeError(rt, 'BigIntSerializeJSON');
    }
    if (isCallable(rt, value)) return undefined;
    if (isRawJSON(rt, value)) return toHost(rt, getProperty(rt, value, rt.factory.internalize('rawJSON')));
    const scope = heap.openHandles();
    try {
      const handle = heap.handle(value);
      for (let i = 0; i < this.stack.length; i++)
        if (heap.deref(this.stack[i]!.handle) === value) this.throwCircular(i, key);
      this.stack.push({ handle, key });
      const before = this.indent;
      this.indent += this.gap;
      const text = isArray(rt, value) ? this.array(handle, before) : this.object(handle, before);
      this.indent = before;
      this.stack.pop();
      return text;
    } finally {
      heap.closeHandles(scope);
    }
  }

  private object(handle: number, before: string): string {
    const { rt } = this;
    const { heap } = rt;
    const names = this.keys ?? enumerableOwnKeys(rt, heap.deref(handle)).map((key) => heap.handle(keyToValue(rt, key)));
    const parts: string[] = [];
    const colon = this.gap === '' ? ':' : ': ';
    const it = new LookupIterator(rt);
    for (const name of names) {
      rt.poll();
      const scope = heap.openHandles();
      const object = heap.deref(handle);
      it.start(object, heap.deref(name));
      const value = it.state === LookupState.Data ? it.value : getProperty(rt, object, heap.deref(name));
      const key = toHostString(heap, heap.deref(name));
      const text = this.property(handle, key, value);
      if (text !== undefined) parts.push(`${quote(key)}${colon}${text}`);
      heap.closeHandles(scope);
    }
    if (parts.length === 0) return '{}';
    return this.gap === '' ? `{${parts.join(',')}}` : `{\n${this.indent}${parts.join(`,\n${this.indent}`)}\n${before}}`;
  }

  private array(handle: number, before: string): string {
    const { rt } = this;
    const { heap } = rt;
    const length = lengthOfArrayLike(rt, heap.deref(handle));
    // an element and its separator take two characters at least
    if (length > maxStringLength / 2) throwRangeError(rt, 'InvalidStringLength');
    const separator = this.gap === '' ? ',' : `,\n${this.indent}`;
    let text = '';
    for (let i = 0; i < length; i++) {
      rt.poll();
      const scope = heap.openHandles();
      const array = heap.deref(handle);
      let value = TheHole;
      if (
        hasInstanceType(rt, array, InstanceType.JSArray) &&
        mapElementsKind(heap, mapOf(rt, array)) <= ElementsKind.HoleyDouble &&
        i < arrayLength(heap, array)
      )
        value = getElement(heap, rt.factory, array, i);
      if (value === TheHole) value = getIndex(rt, array, i);
      const part = this.property(handle, String(i), value) ?? 'null';
      text += i === 0 ? part : separator + part;
      heap.closeHandles(scope);
    }
    if (length === 0) return '[]';
    return this.gap === '' ? `[${text}]` : `[\n${this.indent}${text}\n${before}]`;
  }

  /** V8's picture of the cycle: where it starts, the first and last steps, what closes it. */
  private throwCircular(start: number, key: string): never {
    const { rt, stack } = this;
    const keyText = (text: string, holder: number): string =>
      isArray(rt, rt.heap.deref(stack[holder]!.handle))
        ? `index ${text}`
        : text === ''
          ? '<anonymous>'
          : `property '${text}'`;
    const name = (i: number): string => this.constructorOf(rt.heap.deref(stack[i]!.handle));
    const lines = [`\n    --> starting at object with constructor ${name(start)}`];
    const inner = stack.length - start - 1;
    const line = (i: number): string =>
      `\n    |     ${keyText(stack[i]!.key, i - 1)} -> object with constructor ${name(i)}`;
    if (inner >= 1) lines.push(line(start + 1));
    if (inner >= 2) lines.push(line(start + 2));
    if (inner > 3) lines.push('\n    |     ...');
    if (inner >= 3) lines.push(line(stack.length - 1));
    lines.push(`\n    --- ${keyText(key, stack.length - 1)} closes the circle`);
    throwTypeError(rt, 'CircularStructure', lines.join(''));
  }

  private constructorOf(object: Tagged): string {
    const { rt } = this;
    const constructor = new LookupIterator(rt).start(object, rt.names.constructor);
    if (constructor.state === LookupState.Data && isJSFunction(rt, constructor.value))
      return `'${functionName(rt, constructor.value)}'`;
    return "'Object'";
  }
}

const numberText = (value: number): string => (Number.isFinite(value) ? String(value) : 'null');

const JSONStringify: BuiltinFunction = (rt, args) => {
  const { heap } = rt;
  const scope = heap.openHandles();
  try {
    const replacer = heap.handle(isCallable(rt, args.at(1)) ? args.at(1) : Undefined);
    let keys: number[] | undefined;
    if (heap.deref(replacer) === Undefined && isJSReceiver(rt, args.at(1)) && isArray(rt, args.at(1))) {
      keys = [];
      const seen = new Set<string>();
      const length = lengthOfArrayLike(rt, args.at(1));
      for (let i = 0; i < length; i++) {
        rt.poll();
        const item = getIndex(rt, args.at(1), i);
        const wraps =
          hasInstanceType(rt, item, InstanceType.JSPrimitiveWrapper) &&
          (isString(rt, heap.get(item, JSPrimitiveWrapper.Value)) ||
            isNumber(rt, heap.get(item, JSPrimitiveWrapper.Value)));
        if (!isString(rt, item) && !isNumber(rt, item) && !wraps) continue;
        const name = toString(rt, item);
        const text = toHostString(heap, name);
        if (seen.has(text)) continue;
        seen.add(text);
        keys.push(heap.handle(rt.factory.internalizeString(name)));
      }
    }
    const gap = gapOf(rt, args.at(2));
    const stringifier = new Stringifier(rt, replacer, keys, gap);
    let holder = 0;
    if (heap.deref(replacer) !== Undefined) {
      holder = heap.handle(newPlainObject(rt));
      createDataProperty(rt, heap.deref(holder), StaticRoot.EmptyString, args.at(0));
    }
    const text = stringifier.property(holder, '', args.at(0));
    return text === undefined ? Undefined : rt.factory.newString(text);
  } finally {
    heap.closeHandles(scope);
  }
};

const gapOf = (rt: Runtime, space: Tagged): string => {
  if (hasInstanceType(rt, space, InstanceType.JSPrimitiveWrapper)) {
    const primitive = rt.heap.get(space, JSPrimitiveWrapper.Value);
    if (isNumber(rt, primitive)) space = rt.factory.newNumber(toNumberValue(rt, space));
    else if (isString(rt, primitive)) space = toString(rt, space);
  }
  if (isNumber(rt, space)) return ' '.repeat(Math.min(10, Math.max(0, toIntegerOrInfinity(rt, space))));
  return isString(rt, space) ? toHostString(rt.heap, space).slice(0, 10) : '';
};

// --- raw text -----------------------------------------------------------------------------------------------------------------

const isRawJSON = (rt: Runtime, value: Tagged): boolean => hasInstanceType(rt, value, InstanceType.JSRawJSON);

const JSONRawJSON: BuiltinFunction = (rt, args) => {
  const text = toHost(rt, args.at(0));
  if (text === '') throwSyntaxError(rt, 'InvalidRawJsonValue');
  if ('\t\n\r [{'.includes(text[0]!)) throwSyntaxError(rt, 'Plain', unexpectedAtStart(text));
  if ('\t\n\r '.includes(text.at(-1)!)) throwSyntaxError(rt, 'InvalidRawJsonValue');
  try {
    JSON.parse(text);
  } catch (error) {
    const { message } = error as Error;
    // Only the first value is read.
    if (/^Unexpected non-whitespace character after JSON/.test(message)) throwSyntaxError(rt, 'InvalidRawJsonValue');
    throwSyntaxError(rt, 'Plain', withLine(message, text));
  }
  const object = rt.factory.newJSObject(rt.intrinsic(NativeContextSlot.RawJSONMap));
  addDataProperty(
    rt.heap,
    rt.factory,
    object,
    rt.factory.internalize('rawJSON'),
    rt.factory.newString(text),
    PropertyAttributes.None,
  );
  preventOrdinaryExtensions(rt, object, PropertyAttributes.Frozen, true);
  return object;
};

/** V8's words for a token that may not begin a text; long texts are cut. */
const unexpectedAtStart = (text: string): string =>
  text === '[object Object]'
    ? `"${text}" is not valid JSON`
    : `Unexpected token '${text[0]}', ${text.length > 20 ? `"${text.slice(0, 10)}"...` : `"${text}"`} is not valid JSON`;

const table = builtinTable('JSON', [
  ['parse', parse, 2],
  ['stringify', JSONStringify, 3, Writes.Nothing],
  ['rawJSON', JSONRawJSON, 1, Writes.Nothing],
  ['isRawJSON', (rt, args) => toOddball(isRawJSON(rt, args.at(0))), 1, Writes.Nothing],
]);

/** Natives of json-js.ts. */
export const jsonNatives: RuntimeFunctionRows = {
  ...writingNothing({
    JsonKeys: (rt, args) =>
      rt.factory.newJSArrayFrom(enumerableOwnKeys(rt, args.at(0)).map((key) => keyToValue(rt, key))),
  }),
  ...writingFirst({
    /** CreateDataProperty with any key; failures are ignored. */
    DefineDataProperty: (rt, args) => {
      args.put(1, toPropertyKey(rt, args.at(1)));
      createDataProperty(rt, args.at(0), args.at(1), args.at(2));
      return Undefined;
    },
  }),
  ...writingNothing({
    JsonHasOwn: (rt, args) => {
      const key = toPropertyKey(rt, args.at(1));
      return toOddball(getOwnProperty(rt, args.at(0), key) !== undefined);
    },
    JsonSameValue: (rt, args) => toOddball(sameValue(rt, args.at(0), args.at(1))),
    JsonSources: (rt, args) => fromHost(rt, sourcesOf(toHost(rt, args.at(0)))),
    JsonText: (rt, args) => rt.asCpp(() => toString(rt, args.at(0))),
    JsonParse: (rt, args) => parseText(rt, toHost(rt, args.at(0))),
  }),
};

export const bootstrapJSON = (rt: Runtime): void => {
  const json = newPlainObject(rt);
  installTable(rt, json, table);
  installToStringTag(rt, json, 'JSON');
  const { factory } = rt;
  const rawMap = factory.newMap(InstanceType.JSRawJSON, JSObject.HeaderSize, ElementsKind.Holey, 0);
  rt.heap.set(rawMap, MapObject.Prototype, Null);
  rt.setIntrinsic(NativeContextSlot.RawJSONMap, rawMap);
  defineGlobal(rt, 'JSON', json);
};
