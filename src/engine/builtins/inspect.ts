// Node's util.inspect and format, over heap objects. Reads memory only: no getter, proxy trap or toString of the program
// runs, so nothing can be collected meanwhile and raw words stay valid.

import type { Tagged } from '../heap/index.ts';
import {
  AccessorPair,
  arrayLength,
  bigintValue,
  bufferAddress,
  bufferLength,
  elementsKindNames,
  findInternalized,
  getElement,
  InstanceType,
  isSharedBuffer,
  isViewOutOfBounds,
  JSBoundFunction,
  JSCollection,
  JSCollectionIterator,
  JSDate,
  JSPrimitiveWrapper,
  JSPromise,
  JSProxy,
  JSRegExp,
  JSTypedArray,
  MapObject,
  orderedFind,
  orderedKeyAt,
  orderedSize,
  orderedValueAt,
  ownElementIndices,
  ownPropertyNames,
  Root,
  root,
  SharedFunctionFlags,
  StaticRoot,
  toHostString,
  viewByteLength,
} from '../objects/index.ts';
import {
  dataPropertyOnChain,
  enumerableOwnKeys,
  functionName,
  functionToString,
  globalOf,
  hasInstanceType,
  instanceTypeOf,
  isBigInt,
  isCallable,
  isErrorObject,
  isHeapNumber,
  isJSReceiver,
  isNumber,
  isPrivateSymbol,
  isString,
  isSymbol,
  LookupIterator,
  LookupState,
  mapOf,
  type Runtime,
  renderForMessage,
  symbolDescriptiveString,
  toNumberValue,
  typedArrayElement,
  typedArrayKind,
  typedArrayLength,
} from '../runtime/index.ts';
import { functionFlags } from './function.ts';
import { CallKind, type InspectCalls } from './inspect-calls.ts';
import { orderedEntries } from './ordered-entries.ts';
import { regExpFlagsText } from './regexp.ts';

const { Undefined, Null, TheHole } = StaticRoot;

enum Extras {
  Object,
  ArrayIndex,
  Array,
}

interface Context {
  readonly rt: Runtime;
  readonly depth: number;
  readonly showHidden: boolean;
  readonly breakLength: number;
  /** 0: every property on a line of its own. */
  readonly compact: number;
  readonly sorted: boolean;
  readonly maxArrayLength: number;
  readonly maxStringLength: number;
  readonly showProxy: boolean;
  readonly numericSeparator: boolean;
  /** Escape sequences around kinds of text. */
  readonly stylize: (text: string, style: string) => string;
  readonly colors: boolean;
  /** The program's own functions; undefined: they are left alone. */
  readonly calls: InspectCalls | undefined;
  indentation: number;
  currentDepth: number;
  readonly seen: Tagged[];
  circular: Map<Tagged, number> | undefined;
}

/** util.inspect's options. */
export interface InspectOptions {
  readonly depth?: number;
  readonly showHidden?: boolean;
  readonly breakLength?: number;
  readonly compact?: number;
  readonly sorted?: boolean;
  readonly maxArrayLength?: number;
  readonly maxStringLength?: number;
  readonly showProxy?: boolean;
  readonly numericSeparator?: boolean;
  /** Escape codes by style, before and after. */
  readonly colors?: Readonly<Record<string, readonly [number, number]>>;
  readonly calls?: InspectCalls;
}

const plain = (text: string): string => text;

const newContext = (rt: Runtime, options: InspectOptions): Context => {
  const { colors } = options;
  return {
    rt,
    depth: options.depth ?? 2,
    showHidden: options.showHidden ?? false,
    breakLength: options.breakLength ?? 80,
    compact: options.compact ?? 3,
    sorted: options.sorted ?? false,
    maxArrayLength: options.maxArrayLength ?? 100,
    maxStringLength: options.maxStringLength ?? 10000,
    showProxy: options.showProxy ?? false,
    numericSeparator: options.numericSeparator ?? false,
    colors: colors !== undefined,
    stylize:
      colors === undefined
        ? plain
        : (text, style) => {
            const codes = Object.hasOwn(colors, style) ? colors[style] : undefined;
            return codes === undefined ? text : `\u001b[${codes[0]}m${text}\u001b[${codes[1]}m`;
          },
    calls: options.calls,
    indentation: 0,
    currentDepth: 0,
    seen: [],
    circular: undefined,
  };
};

/** util.inspect(value). */
export const inspect = (rt: Runtime, value: Tagged, depth = 2, options: InspectOptions = {}): string =>
  formatValue(newContext(rt, { ...options, depth }), value, 0);

/** As `assert` shows a value, so that two can be compared line by line. */
export const inspectInLines = (rt: Runtime, value: Tagged): string =>
  inspect(rt, value, 1000, {
    breakLength: Number.POSITIVE_INFINITY,
    compact: 0,
    sorted: true,
    maxArrayLength: Number.POSITIVE_INFINITY,
    maxStringLength: Number.POSITIVE_INFINITY,
  });

/** util.format: printf-like first argument, the rest inspected, joined by spaces. */
export const format = (rt: Runtime, words: readonly Tagged[], options: InspectOptions = {}): string => {
  if (words.length === 0) return '';
  const first = words[0]!;
  let text = '';
  let next = 0;
  if (isString(rt, first)) {
    const template = toHostString(rt.heap, first);
    if (words.length === 1) return template;
    next = 1;
    let last = 0;
    for (let i = 0; i < template.length - 1; i++) {
      if (template.charCodeAt(i) !== 37) continue;
      const code = template[++i]!;
      if (code === '%') {
        text += template.slice(last, i);
        last = i + 1;
        continue;
      }
      if (next >= words.length) continue;
      let piece: string | undefined;
      const word = words[next]!;
      switch (code) {
        case 's':
          piece = formatString(rt, word, options);
          break;
        case 'd':
          piece = isBigInt(rt, word)
            ? `${bigintValue(rt.heap, word)}n`
            : isSymbol(rt, word)
              ? 'NaN'
              : formatNumber(isJSReceiver(rt, word) ? numberOf(rt, word, options) : toNumberValue(rt, word));
          break;
        case 'i':
          piece = isBigInt(rt, word)
            ? `${bigintValue(rt.heap, word)}n`
            : isSymbol(rt, word)
              ? 'NaN'
              : formatNumber(Number.parseInt(renderForMessage(rt, word), 10));
          break;
        case 'f':
          piece = isSymbol(rt, word) ? 'NaN' : formatNumber(Number.parseFloat(renderForMessage(rt, word)));
          break;
        case 'j':
          piece = jsonOf(rt, word, options);
          break;
        case 'o':
          piece = inspect(rt, word, 4, { ...options, showHidden: true });
          break;
        case 'O':
          piece = inspect(rt, word, options.depth ?? 2, options);
          break;
        case 'c':
          piece = '';
          break;
        default:
          continue;
      }
      text += template.slice(last, i - 1) + piece;
      last = i + 1;
      next++;
    }
    text += template.slice(last);
  } else {
    text = inspect(rt, first, options.depth ?? 2, options);
    next = 1;
  }
  for (; next < words.length; next++) {
    const word = words[next]!;
    text += ` ${isString(rt, word) ? toHostString(rt.heap, word) : inspect(rt, word, options.depth ?? 2, options)}`;
  }
  return text;
};

const numberOf = (rt: Runtime, word: Tagged, { calls }: InspectOptions): number => {
  const result = calls?.result(CallKind.Number, word, 0);
  return result !== undefined && isNumber(rt, result) ? toNumberValue(rt, result) : Number.NaN;
};

const jsonOf = (rt: Runtime, word: Tagged, { calls }: InspectOptions): string => {
  if (calls === undefined || !isJSReceiver(rt, word)) return jsonText(rt, word);
  const result = calls.result(CallKind.Json, word, 0);
  return result !== undefined && isString(rt, result) ? toHostString(rt.heap, result) : 'undefined';
};

/** %j without running JavaScript: JSON of plain data. */
const jsonText = (rt: Runtime, word: Tagged): string => JSON.stringify(plainData(rt, word, 0)) ?? 'undefined';

const plainData = (rt: Runtime, word: Tagged, depth: number): unknown => {
  if (isString(rt, word)) return toHostString(rt.heap, word);
  if ((word & 1) === 0 || isHeapNumber(rt, word)) return toNumberValue(rt, word);
  if (word === StaticRoot.True || word === StaticRoot.False) return word === StaticRoot.True;
  if (word === Null) return null;
  if (!isJSReceiver(rt, word) || isCallable(rt, word) || depth > 50) return undefined;
  if (hasInstanceType(rt, word, InstanceType.JSArray)) {
    const list: unknown[] = [];
    for (let i = 0; i < arrayLength(rt.heap, word); i++)
      list.push(plainData(rt, getElement(rt.heap, rt.factory, word, i), depth + 1) ?? null);
    return list;
  }
  const result: Record<string, unknown> = {};
  const it = new LookupIterator(rt);
  for (const key of enumerableOwnKeys(rt, word))
    if (it.start(word, key, true).state === LookupState.Data)
      result[rt.toText(key)] = plainData(rt, it.value, depth + 1);
  return result;
};

const formatString = (rt: Runtime, word: Tagged, options: InspectOptions): string => {
  if (isString(rt, word)) return toHostString(rt.heap, word);
  if (isBigInt(rt, word)) return `${bigintValue(rt.heap, word)}n`;
  if (!isJSReceiver(rt, word))
    return (word & 1) === 0 || isHeapNumber(rt, word)
      ? formatNumber(toNumberValue(rt, word))
      : renderForMessage(rt, word);
  const { calls } = options;
  const isFunction = isCallable(rt, word) && !hasInstanceType(rt, word, InstanceType.JSProxy);
  if (calls !== undefined && (isFunction || hasOwnToString(rt, word))) {
    const result = calls.result(CallKind.Text, word, 0);
    return result !== undefined && isString(rt, result) ? toHostString(rt.heap, result) : '';
  }
  if (isErrorObject(rt, word)) return renderForMessage(rt, word);
  if (isFunction) return functionToString(rt, word);
  return inspect(rt, word, 0, { ...options, colors: undefined });
};

const builtInConstructors: ReadonlySet<string> = new Set(
  Object.getOwnPropertyNames(globalThis).filter((name) => /^[A-Z][a-zA-Z0-9]+$/.test(name)),
);

/** Whether String() of an object runs what a program, not the language, defined. */
const hasOwnToString = (rt: Runtime, object: Tagged): boolean => {
  let target = object;
  while (instanceTypeOf(rt, target) === InstanceType.JSProxy) {
    target = rt.heap.get(target, JSProxy.Target);
    if (target === Null || target === Undefined) return false;
  }
  const it = new LookupIterator(rt);
  const holds = (o: Tagged, name: Tagged): boolean => it.startName(o, name, true).found;
  const { toString } = rt.names;
  const toPrimitive = rt.symbols.to_primitive_symbol;
  if (!isCallable(rt, dataPropertyOnChain(rt, target, toString))) return false;
  for (let o = target; o !== Null; o = prototypeOf(rt, o)) {
    if (instanceTypeOf(rt, o) === InstanceType.JSProxy) return false;
    if (!holds(o, toString) && !holds(o, toPrimitive)) continue;
    if (o === target) return true;
    const constructor = ownData(rt, o, rt.names.constructor);
    return (
      constructor === undefined ||
      !isCallable(rt, constructor) ||
      !builtInConstructors.has(functionName(rt, constructor))
    );
  }
  return false;
};

const formatNumber = (value: number, separated = false): string => {
  if (Object.is(value, -0)) return '-0';
  const text = String(value);
  if (!separated || !Number.isFinite(value) || text.includes('e')) return text;
  const [whole, fraction] = text.split('.') as [string, string | undefined];
  const grouped = whole.replace(/(?<=\d)(?=(?:\d{3})+$)/g, '_');
  return fraction === undefined ? grouped : `${grouped}.${fraction.replace(/(\d{3})(?=\d)/g, '$1_')}`;
};

// --- values ---------------------------------------------------------------------------------------------------------------

const formatValue = (ctx: Context, value: Tagged, recurseTimes: number): string => {
  const { rt } = ctx;
  if (!isJSReceiver(rt, value)) return formatPrimitive(ctx, value);
  const context = value;
  if (instanceTypeOf(rt, value) === InstanceType.JSProxy) {
    if (ctx.showProxy) return formatProxy(ctx, value, recurseTimes);
    let target = value;
    while (instanceTypeOf(rt, target) === InstanceType.JSProxy) {
      const next = rt.heap.get(target, JSProxy.Target);
      if (next === Null || next === Undefined) return ctx.stylize('<Revoked Proxy>', 'special');
      target = next;
    }
    value = target;
  }
  if (instanceTypeOf(rt, value) === InstanceType.JSGlobalProxy) value = globalOf(rt, value);
  if (ctx.calls !== undefined && hasCustomInspect(rt, value)) {
    const result = ctx.calls.result(CallKind.Custom, context, ctx.depth - recurseTimes);
    if (result === undefined) return '';
    if (result !== context) {
      if (!isString(rt, result)) return formatValue(ctx, result, recurseTimes);
      return toHostString(rt.heap, result).replaceAll('\n', `\n${' '.repeat(ctx.indentation)}`);
    }
  }
  if (ctx.seen.includes(value)) {
    ctx.circular ??= new Map();
    let index = ctx.circular.get(value);
    if (index === undefined) {
      index = ctx.circular.size + 1;
      ctx.circular.set(value, index);
    }
    return ctx.stylize(`[Circular *${index}]`, 'special');
  }
  return formatRaw(ctx, value, recurseTimes);
};

/** The registered symbol that names functions for inspecting; undefined where no program asked for it yet. */
const customSymbol = (rt: Runtime): Tagged | undefined => {
  const name = findInternalized(rt.heap, 'nodejs.util.inspect.custom');
  if (name === undefined) return undefined;
  const table = root(rt.heap, Root.SymbolRegistry);
  const entry = orderedFind(rt.heap, rt.factory, table, name);
  return entry < 0 ? undefined : orderedValueAt(rt.heap, table, entry);
};

/** Whether the object says itself how it looks. util's own `inspect` has the symbol as a property, and does not. */
const hasCustomInspect = (rt: Runtime, object: Tagged): boolean => {
  const symbol = customSymbol(rt);
  if (symbol === undefined) return false;
  const fn = dataPropertyOnChain(rt, object, symbol);
  if (fn === Undefined || !isCallable(rt, fn)) return false;
  const constructor = ownData(rt, object, rt.names.constructor);
  if (constructor === undefined || !isCallable(rt, constructor)) return true;
  return dataPropertyOnChain(rt, constructor, rt.names.prototype) !== object;
};

/** showProxy: Proxy [ target, handler ]. */
const formatProxy = (ctx: Context, proxy: Tagged, recurseTimes: number): string => {
  const { heap } = ctx.rt;
  const target = heap.get(proxy, JSProxy.Target);
  if (target === Null || target === Undefined) return ctx.stylize('<Revoked Proxy>', 'special');
  if (recurseTimes > ctx.depth) return ctx.stylize('Proxy [Array]', 'special');
  ctx.indentation += 2;
  const parts = [target, heap.get(proxy, JSProxy.Handler)].map((part) => formatValue(ctx, part, recurseTimes + 1));
  ctx.indentation -= 2;
  return reduceToSingleString(ctx, parts, '', 'Proxy [', ']', Extras.Array, recurseTimes + 1, undefined);
};

/** Quotes as Node: single, unless only others avoid escapes. */
export const quote = (text: string): string => {
  let mark = "'";
  if (text.includes("'")) {
    if (!text.includes('"')) mark = '"';
    else if (!text.includes('`') && !text.includes('${')) mark = '`';
  }
  const escaped = text.replace(
    /[\x00-\x1f\x27\x5c\x7f-\x9f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
    (c) => {
      if (c === "'") return mark === "'" ? "\\'" : c;
      const code = c.charCodeAt(0);
      switch (c) {
        case '\b':
          return '\\b';
        case '\t':
          return '\\t';
        case '\n':
          return '\\n';
        case '\f':
          return '\\f';
        case '\r':
          return '\\r';
        case '\\':
          return '\\\\';
        case '\v':
          return '\\x0B';
        default:
          return code > 0xff ? `\\u${code.toString(16)}` : `\\x${code.toString(16).toUpperCase().padStart(2, '0')}`;
      }
    },
  );
  return `${mark}${escaped}${mark}`;
};

const formatPrimitive = (ctx: Context, value: Tagged): string => {
  const { rt } = ctx;
  const styled = (style: string, text: string): string => ctx.stylize(text, style);
  if ((value & 1) === 0 || isHeapNumber(rt, value))
    return styled('number', formatNumber(toNumberValue(rt, value), ctx.numericSeparator));
  if (isString(rt, value)) {
    let text = toHostString(rt.heap, value);
    let trailer = '';
    if (text.length > ctx.maxStringLength) {
      const remaining = text.length - ctx.maxStringLength;
      text = text.slice(0, ctx.maxStringLength);
      trailer = `... ${remaining} more character${remaining > 1 ? 's' : ''}`;
    }
    if (ctx.compact !== modeOfCompactTrue && text.length > 16 && text.length > ctx.breakLength - ctx.indentation - 4)
      return (
        text
          .split(/(?<=\n)/)
          .map((line) => styled('string', quote(line)))
          .join(` +\n${' '.repeat(ctx.indentation + 2)}`) + trailer
      );
    return styled('string', quote(text)) + trailer;
  }
  if (isBigInt(rt, value)) {
    const text = String(bigintValue(rt.heap, value));
    return styled('bigint', `${ctx.numericSeparator ? text.replace(/(?<=\d)(?=(?:\d{3})+$)/g, '_') : text}n`);
  }
  if (isSymbol(rt, value)) return styled('symbol', symbolDescriptiveString(rt, value));
  return styled(value === Undefined ? 'undefined' : value === Null ? 'null' : 'boolean', renderForMessage(rt, value));
};

/** `compact: true`, as a number. */
export const modeOfCompactTrue = -1;

/** Own data value without running JavaScript; undefined for accessors and absent properties. */
const ownData = (rt: Runtime, object: Tagged, name: Tagged): Tagged | undefined => {
  const it = new LookupIterator(rt).startName(object, name, true);
  if (it.state === LookupState.Data) return it.value;
  if (it.state === LookupState.Accessor && mapOf(rt, it.value) === StaticRoot.AccessorInfoMap)
    return dataPropertyOnChain(rt, object, name);
  return undefined;
};

const prototypeOf = (rt: Runtime, object: Tagged): Tagged => rt.heap.get(mapOf(rt, object), MapObject.Prototype);

/** getConstructorName: undefined for a null prototype. */
const constructorNameOf = (rt: Runtime, object: Tagged): string | undefined => {
  for (let o = object; o !== Null; o = prototypeOf(rt, o)) {
    if (instanceTypeOf(rt, o) === InstanceType.JSProxy) return 'Object';
    const constructor = ownData(rt, o, rt.names.constructor);
    if (constructor === undefined || !isCallable(rt, constructor)) continue;
    const name = functionName(rt, constructor);
    if (name === '') continue;
    const prototype = dataPropertyOnChain(rt, constructor, rt.names.prototype);
    for (let p = prototypeOf(rt, object); p !== Null; p = prototypeOf(rt, p)) if (p === prototype) return name;
  }
  const first = prototypeOf(rt, object);
  if (first === Null || instanceTypeOf(rt, object) !== InstanceType.JSObject) return undefined;
  return `Object <${constructorNameOf(rt, first) ?? inspect(rt, first, -1)}>`;
};

const prefixOf = (constructor: string | undefined, tag: string, fallback: string, size = ''): string => {
  if (constructor === undefined) {
    // a module's namespace object
    if (tag === 'Module') return '[Module: null prototype] ';
    if (tag !== '' && fallback !== tag) return `[${fallback}${size}: null prototype] [${tag}] `;
    return `[${fallback}${size}: null prototype] `;
  }
  return `${constructor}${size} ${tag === '' || namesTag(constructor, tag) ? '' : `[${tag}] `}`;
};

/** Whether a constructor's name says the tag already, as a word of it: MyMap does for Map, and not for Ma. */
const namesTag = (constructor: string, tag: string): boolean => {
  const position = constructor.indexOf(tag);
  if (position < 0) return false;
  const after = constructor[position + tag.length];
  return after === undefined || after !== after.toLowerCase();
};

/** Own enumerable keys to show: names and symbols, with indices unless `nonIndex`. */
const keysOf = (ctx: Context, object: Tagged, nonIndex: boolean): Tagged[] => {
  const { rt } = ctx;
  const keys: Tagged[] = [];
  const it = new LookupIterator(rt);
  if (!nonIndex && instanceTypeOf(rt, object) !== InstanceType.JSTypedArray) {
    for (const index of ownElementIndices(rt.heap, object)) {
      const key = rt.factory.newNumber(index);
      if (it.startIndex(object, index, true).isEnumerable || ctx.showHidden) keys.push(key);
    }
  }
  for (const name of ownPropertyNames(rt.heap, object)) {
    if (isPrivateSymbol(rt, name)) continue;
    it.startName(object, name, true);
    if (it.found && (it.isEnumerable || (ctx.showHidden && !isSymbol(rt, name)))) keys.push(name);
  }
  return keys;
};

interface Shape {
  base: string;
  open: string;
  close: string;
  extras: Extras;
  keys: Tagged[];
  /** Formats the special contents; undefined for plain objects. */
  entries: ((depth: number) => string[]) | undefined;
}

const formatRaw = (ctx: Context, value: Tagged, recurseTimes: number): string => {
  const { rt } = ctx;
  const heap = rt.heap;
  const constructor = constructorNameOf(rt, value);
  let tag = '';
  const tagWord = dataPropertyOnChain(rt, value, rt.symbols.to_string_tag_symbol);
  if (isString(rt, tagWord)) {
    tag = toHostString(heap, tagWord);
    const own = new LookupIterator(rt).startName(value, rt.symbols.to_string_tag_symbol, true);
    if (tag !== '' && own.found && own.isEnumerable) tag = '';
  }
  const type = instanceTypeOf(rt, value);
  if (type === InstanceType.JSTypedArray) tag = typedArrayName(rt, value);
  const shape: Shape = { base: '', open: '{', close: '}', extras: Extras.Object, keys: [], entries: undefined };
  const done = describe(ctx, value, type, constructor, tag, shape, recurseTimes);
  if (done !== undefined) return done;
  if (recurseTimes > ctx.depth) {
    const name = prefixOf(constructor, tag, type === InstanceType.JSArray ? 'Array' : 'Object').slice(0, -1);
    return ctx.stylize(constructor === undefined ? name : `[${name}]`, 'special');
  }
  recurseTimes += 1;
  ctx.seen.push(value);
  ctx.currentDepth = recurseTimes;
  const output = shape.entries?.(recurseTimes) ?? [];
  const properties = shape.keys.map((key) => formatProperty(ctx, value, recurseTimes, key, shape.extras));
  output.push(...(ctx.sorted ? properties.sort() : properties));
  ctx.seen.pop();
  let { base } = shape;
  const index = ctx.circular?.get(value);
  let { open } = shape;
  if (index !== undefined) {
    const reference = ctx.stylize(`<ref *${index}>`, 'special');
    if (ctx.compact !== modeOfCompactTrue) base = base === '' ? reference : `${reference} ${base}`;
    else open = `${reference} ${open}`;
  }
  return reduceToSingleString(ctx, output, base, open, shape.close, shape.extras, recurseTimes, value);
};

const typedArrayName = (rt: Runtime, value: Tagged): string => {
  const name = elementsKindNames[typedArrayKind(rt, value)]!.replace('_ELEMENTS', '');
  const words: Record<string, string> = {
    UINT8: 'Uint8Array',
    INT8: 'Int8Array',
    UINT8_CLAMPED: 'Uint8ClampedArray',
    UINT16: 'Uint16Array',
    INT16: 'Int16Array',
    UINT32: 'Uint32Array',
    INT32: 'Int32Array',
    FLOAT16: 'Float16Array',
    FLOAT32: 'Float32Array',
    FLOAT64: 'Float64Array',
    BIGINT64: 'BigInt64Array',
    BIGUINT64: 'BigUint64Array',
  };
  return words[name] ?? 'TypedArray';
};

/** Fills the shape for a kind of object, or returns its whole text. */
const describe = (
  ctx: Context,
  value: Tagged,
  type: number,
  constructor: string | undefined,
  tag: string,
  shape: Shape,
  recurseTimes: number,
): string | undefined => {
  const { rt } = ctx;
  const heap = rt.heap;
  switch (type) {
    case InstanceType.JSArray: {
      const length = arrayLength(heap, value);
      const prefix = constructor !== 'Array' || tag !== '' ? prefixOf(constructor, tag, 'Array', `(${length})`) : '';
      shape.keys = keysOf(ctx, value, true);
      shape.open = `${prefix}[`;
      shape.close = ']';
      if (length === 0 && shape.keys.length === 0) return `${shape.open}]`;
      shape.extras = Extras.Array;
      shape.entries = (depth) => formatArray(ctx, value, length, depth);
      return undefined;
    }
    case InstanceType.JSSet: {
      const table = heap.get(value, JSCollection.Table);
      const size = orderedSize(heap, table);
      const prefix = prefixOf(constructor, tag, 'Set', `(${size})`);
      shape.keys = keysOf(ctx, value, false);
      if (size === 0 && shape.keys.length === 0) return `${prefix}{}`;
      shape.open = `${prefix}{`;
      shape.entries = (depth) => {
        ctx.indentation += 2;
        const output = limited(
          ctx,
          orderedEntries(rt, table).map((e) => () => formatValue(ctx, orderedKeyAt(heap, table, e), depth)),
        );
        ctx.indentation -= 2;
        return output;
      };
      return undefined;
    }
    case InstanceType.JSMap: {
      const table = heap.get(value, JSCollection.Table);
      const size = orderedSize(heap, table);
      const prefix = prefixOf(constructor, tag, 'Map', `(${size})`);
      shape.keys = keysOf(ctx, value, false);
      if (size === 0 && shape.keys.length === 0) return `${prefix}{}`;
      shape.open = `${prefix}{`;
      shape.entries = (depth) => {
        ctx.indentation += 2;
        const output = limited(
          ctx,
          orderedEntries(rt, table).map(
            (e) => () =>
              `${formatValue(ctx, orderedKeyAt(heap, table, e), depth)} => ${formatValue(ctx, orderedValueAt(heap, table, e), depth)}`,
          ),
        );
        ctx.indentation -= 2;
        return output;
      };
      return undefined;
    }
    case InstanceType.JSTypedArray: {
      const length = typedArrayLength(rt, value);
      shape.keys = keysOf(ctx, value, true);
      shape.open = `${prefixOf(constructor, tag, '', `(${length})`)}[`;
      shape.close = ']';
      if (length === 0 && shape.keys.length === 0) return `${shape.open}]`;
      shape.extras = Extras.Array;
      shape.entries = () => {
        const output: string[] = [];
        const n = Math.min(length, ctx.maxArrayLength);
        for (let i = 0; i < n; i++) output.push(formatPrimitive(ctx, typedArrayElement(rt, value, i)));
        if (length > n) output.push(moreItems(length - n));
        return output;
      };
      return undefined;
    }
    case InstanceType.JSMapIterator:
    case InstanceType.JSSetIterator: {
      shape.keys = keysOf(ctx, value, false);
      shape.open = `[${tag}] {`;
      shape.entries = (depth) => formatIterator(ctx, value, type === InstanceType.JSMapIterator, depth, shape);
      return undefined;
    }
    default:
      break;
  }
  shape.keys = keysOf(ctx, value, false);
  const keys = shape.keys;
  if (isCallable(rt, value)) {
    shape.base = functionBase(rt, value, constructor, tag);
    if (ctx.showHidden) shape.keys = keys.filter((key) => key !== rt.names.prototype || true);
    if (shape.keys.length === 0) return ctx.stylize(shape.base, 'special');
    return undefined;
  }
  switch (type) {
    case InstanceType.JSArgumentsObject:
      shape.keys = keysOf(ctx, value, false);
      shape.open = '[Arguments] {';
      if (shape.keys.length === 0) return '[Arguments] {}';
      return undefined;
    case InstanceType.JSRegExp: {
      const text = `/${toHostString(heap, heap.get(value, JSRegExp.Source))}/${regExpFlags(rt, value)}`;
      const prefix = prefixOf(constructor, tag, 'RegExp');
      shape.base = prefix !== 'RegExp ' ? `${prefix}${text}` : text;
      shape.keys = keys.filter((key) => key !== rt.names.lastIndex);
      if (shape.keys.length === 0 || recurseTimes > ctx.depth) return ctx.stylize(shape.base, 'regexp');
      return undefined;
    }
    case InstanceType.JSDate: {
      const time = heap.getF64(value, JSDate.Value);
      const text = time !== time ? 'Invalid Date' : new Date(time).toISOString();
      const prefix = prefixOf(constructor, tag, 'Date');
      shape.base = prefix !== 'Date ' ? `${prefix}${text}` : text;
      if (keys.length === 0) return ctx.stylize(shape.base, 'date');
      return undefined;
    }
    case InstanceType.JSError: {
      shape.base = formatError(ctx, value, constructor, tag, shape);
      if (shape.keys.length === 0) return shape.base;
      return undefined;
    }
    case InstanceType.JSArrayBuffer: {
      const length = bufferLength(heap, value);
      shape.open = `${prefixOf(constructor, tag, isSharedBuffer(heap, value) ? 'SharedArrayBuffer' : 'ArrayBuffer')}{`;
      shape.entries = () => {
        const at = bufferAddress(heap, value);
        if (at < 0) return [ctx.stylize('(detached)', 'special'), `[byteLength]: ${formatPrimitive(ctx, 0)}`];
        const bytes: string[] = [];
        for (let i = 0; i < Math.min(50, length); i++) bytes.push(heap.u8[at + i]!.toString(16).padStart(2, '0'));
        const more = length > 50 ? ` ... ${length - 50} more byte${length > 51 ? 's' : ''}` : '';
        return [
          `${ctx.stylize('[Uint8Contents]', 'special')}: <${bytes.join(' ')}${more}>`,
          `[byteLength]: ${ctx.stylize(String(length), 'number')}`,
        ];
      };
      return undefined;
    }
    case InstanceType.JSDataView: {
      shape.open = `${prefixOf(constructor, tag, 'DataView')}{`;
      shape.entries = (depth) => {
        const buffer = heap.get(value, JSTypedArray.Buffer);
        // Node reads the properties, and does not take its indentation back where a getter throws.
        const covered = !isViewOutOfBounds(heap, value);
        if (!covered) ctx.indentation += 4;
        ctx.indentation += 2;
        const text = formatValue(ctx, buffer, depth);
        ctx.indentation -= 2;
        return [
          `[byteLength]: ${covered ? viewByteLength(heap, value) : bufferLength(heap, buffer)}`,
          `[byteOffset]: ${covered ? heap.get(value, JSTypedArray.ByteOffset) >> 1 : 'undefined'}`,
          `[buffer]: ${text}`,
        ];
      };
      return undefined;
    }
    case InstanceType.JSPromise: {
      shape.open = `${prefixOf(constructor, tag, 'Promise')}{`;
      shape.entries = (depth) => {
        const status = (heap.get(value, JSPromise.Flags) >> 1) & 3;
        if (status === 0) return [ctx.stylize('<pending>', 'special')];
        ctx.indentation += 2;
        const text = formatValue(ctx, heap.get(value, JSPromise.ReactionsOrResult), depth);
        ctx.indentation -= 2;
        return [status === 2 ? `${ctx.stylize('<rejected>', 'special')} ${text}` : text];
      };
      return undefined;
    }
    case InstanceType.JSWeakMap:
    case InstanceType.JSWeakSet:
      shape.open = `${prefixOf(constructor, tag, type === InstanceType.JSWeakMap ? 'WeakMap' : 'WeakSet')}{`;
      shape.entries = () => [ctx.stylize('<items unknown>', 'special')];
      return undefined;
    case InstanceType.JSPrimitiveWrapper: {
      const primitive = heap.get(value, JSPrimitiveWrapper.Value);
      let kind = 'Number';
      if (isString(rt, primitive)) {
        kind = 'String';
        shape.keys = keysOf(ctx, value, true).filter((key) => key !== rt.names.length);
      } else if (primitive === StaticRoot.True || primitive === StaticRoot.False) kind = 'Boolean';
      else if (isBigInt(rt, primitive)) kind = 'BigInt';
      else if (isSymbol(rt, primitive)) kind = 'Symbol';
      let base = `[${kind}`;
      if (kind !== constructor) base += constructor === undefined ? ' (null prototype)' : ` (${constructor})`;
      base += `: ${formatPrimitive({ ...ctx, stylize: plain, indentation: 0, breakLength: Number.POSITIVE_INFINITY }, primitive)}]`;
      if (tag !== '' && tag !== constructor) base += ` [${tag}]`;
      shape.base = base;
      if (shape.keys.length === 0) return ctx.stylize(base, kind.toLowerCase());
      return undefined;
    }
    case InstanceType.JSGeneratorObject:
    case InstanceType.JSAsyncGeneratorObject:
      shape.open = `${prefixOf(constructor, tag, tag)}{`;
      if (keys.length === 0) return `${shape.open}}`;
      return undefined;
    default:
      break;
  }
  if (constructor === 'Object' && tag === '') {
    if (keys.length === 0) return '{}';
    return undefined;
  }
  shape.open = `${prefixOf(constructor, tag, 'Object')}{`;
  // Node shows a module without exports with the two spaces of an empty list
  if (keys.length === 0) return constructor === undefined && tag === 'Module' ? `${shape.open}  }` : `${shape.open}}`;
  return undefined;
};

const regExpFlags = (rt: Runtime, value: Tagged): string => regExpFlagsText(rt.heap.get(value, JSRegExp.Flags) >> 1);

const moreItems = (n: number): string => `... ${n} more item${n > 1 ? 's' : ''}`;

const limited = (ctx: Context, entries: readonly (() => string)[]): string[] => {
  const output = entries.slice(0, ctx.maxArrayLength).map((entry) => entry());
  if (entries.length > ctx.maxArrayLength) output.push(moreItems(entries.length - ctx.maxArrayLength));
  return output;
};

const formatIterator = (ctx: Context, iterator: Tagged, isMap: boolean, depth: number, shape: Shape): string[] => {
  const { rt } = ctx;
  const heap = rt.heap;
  const table = heap.get(iterator, JSCollectionIterator.Table);
  if (table === Undefined) return [];
  const from = heap.get(iterator, JSCollectionIterator.Index) >> 1;
  const kind = heap.get(iterator, JSCollectionIterator.Kind) >> 1;
  const entries = orderedEntries(rt, table).filter((e) => e >= from);
  ctx.indentation += 2;
  const value = (e: number): Tagged => (isMap ? orderedValueAt(heap, table, e) : orderedKeyAt(heap, table, e));
  const output = limited(
    ctx,
    entries.map((e) => () => {
      if (kind !== 2) return formatValue(ctx, kind === 0 ? orderedKeyAt(heap, table, e) : value(e), depth);
      const pair = [formatValue(ctx, orderedKeyAt(heap, table, e), depth), formatValue(ctx, value(e), depth)];
      return reduceToSingleString(ctx, pair, '', '[', ']', Extras.Array, depth, undefined);
    }),
  );
  ctx.indentation -= 2;
  if (kind === 2) shape.open = shape.open.replace(/ Iterator\] \{$/, ' Entries] {');
  return output;
};

const functionBase = (rt: Runtime, fn: Tagged, constructor: string | undefined, tag: string): string => {
  const flags = functionFlags(rt, fn);
  if ((flags & SharedFunctionFlags.ClassConstructor) !== 0) {
    const name = functionName(rt, fn);
    let base = `[class ${name === '' ? '(anonymous)' : name}`;
    if (constructor !== 'Function' && constructor !== undefined) base += ` [${constructor}]`;
    if (tag !== '' && constructor !== tag) base += ` [${tag}]`;
    if (constructor !== undefined) {
      const parent = prototypeOf(rt, fn);
      if (isCallable(rt, parent)) {
        const parentName = functionName(rt, parent);
        if (parentName !== '') base += ` extends ${parentName}`;
      }
    } else base += ' extends [null prototype]';
    return `${base}]`;
  }
  const kind = `${(flags & SharedFunctionFlags.Async) !== 0 ? 'Async' : ''}${(flags & SharedFunctionFlags.Generator) !== 0 ? 'Generator' : ''}Function`;
  let base = `[${kind}`;
  if (constructor === undefined) base += ' (null prototype)';
  const name = hasInstanceType(rt, fn, InstanceType.JSBoundFunction) ? boundName(rt, fn) : functionName(rt, fn);
  base += name === '' ? ' (anonymous)' : `: ${name}`;
  base += ']';
  if (constructor !== kind && constructor !== undefined && constructor !== 'Function') base += ` ${constructor}`;
  if (tag !== '' && constructor !== tag) base += ` [${tag}]`;
  return base;
};

const boundName = (rt: Runtime, fn: Tagged): string => {
  const target = rt.heap.get(fn, JSBoundFunction.BoundTarget);
  return `bound ${hasInstanceType(rt, target, InstanceType.JSBoundFunction) ? boundName(rt, target) : functionName(rt, target)}`;
};

const formatError = (
  ctx: Context,
  error: Tagged,
  constructor: string | undefined,
  tag: string,
  shape: Shape,
): string => {
  const { rt } = ctx;
  const heap = rt.heap;
  const text = (name: Tagged): string | undefined => {
    const word = dataPropertyOnChain(rt, error, name);
    return isString(rt, word) ? toHostString(heap, word) : undefined;
  };
  const name = text(rt.names.name) ?? 'Error';
  const message = text(rt.names.message) ?? '';
  let stack = text(rt.names.stack);
  if (stack === undefined || stack === '') stack = message === '' ? name : `${name}: ${message}`;
  // own enumerable name, message and stack are not repeated when the stack shows them
  shape.keys = shape.keys.filter((key) => {
    if (key !== rt.names.name && key !== rt.names.message && key !== rt.names.stack) return true;
    const own = ownData(rt, error, key);
    return own === undefined || !isString(rt, own) || !stack!.includes(toHostString(heap, own));
  });
  const cause = new LookupIterator(rt).startName(error, rt.names.cause, true);
  if (cause.found && !shape.keys.includes(rt.names.cause)) shape.keys.push(rt.names.cause);
  const errors = new LookupIterator(rt).startName(error, rt.names.errors, true);
  if (errors.found && hasInstanceType(rt, errors.value, InstanceType.JSArray) && !shape.keys.includes(rt.names.errors))
    shape.keys.push(rt.names.errors);
  stack = improveStack(stack, constructor, name, tag);
  const at = stack.indexOf('\n    at');
  if (at === -1) stack = `[${stack}]`;
  if (ctx.indentation !== 0) stack = stack.replaceAll('\n', `\n${' '.repeat(ctx.indentation)}`);
  return stack;
};

/** Puts the class name into the first line when the stack only says the error's name (Node's improveStack). */
const improveStack = (stack: string, constructor: string | undefined, name: string, tag: string): string => {
  let length = name.length;
  const headed =
    name.endsWith('Error') &&
    stack.startsWith(name) &&
    (stack.length === length || stack[length] === ':' || stack[length] === '\n');
  if (constructor !== undefined && !headed) return stack;
  let fallback = 'Error';
  if (constructor === undefined) {
    const start = /^([A-Z][a-z_ A-Z0-9[\]()-]+)(?::|\n\s+at)/.exec(stack) ?? /^([a-z_A-Z0-9-]*Error)$/.exec(stack);
    fallback = start?.[1] ?? '';
    length = fallback.length;
    fallback = fallback === '' ? 'Error' : fallback;
  }
  const prefix = prefixOf(constructor, tag, fallback).slice(0, -1);
  if (name === prefix) return stack;
  if (!prefix.includes(name)) return `${prefix} [${name}]${stack.slice(length)}`;
  return length === 0 ? `${prefix}: ${stack}` : `${prefix}${stack.slice(length)}`;
};

const formatArray = (ctx: Context, array: Tagged, length: number, depth: number): string[] => {
  const { rt } = ctx;
  const heap = rt.heap;
  const output: string[] = [];
  let shown = 0;
  let i = 0;
  for (; i < length && shown < ctx.maxArrayLength; shown++) {
    let word = getElement(heap, rt.factory, array, i);
    if (word === TheHole) {
      const start = i;
      while (i < length && (word = getElement(heap, rt.factory, array, i)) === TheHole) {
        if (mapOf(rt, array) !== 0 && length - i > 100000) {
          // very sparse: jump to the next own index
          const nextIndex = ownElementIndices(heap, array).find((index) => index > i);
          i = nextIndex ?? length;
        } else i++;
      }
      const holes = i - start;
      output.push(ctx.stylize(`<${holes} empty item${holes > 1 ? 's' : ''}>`, 'undefined'));
      continue;
    }
    output.push(formatProperty(ctx, array, depth, rt.factory.newNumber(i), Extras.ArrayIndex));
    i++;
  }
  if (i < length) output.push(moreItems(length - i));
  return output;
};

const identifier = /^[a-zA-Z_][a-zA-Z_0-9]*$/;

const formatProperty = (ctx: Context, object: Tagged, depth: number, key: Tagged, extras: Extras): string => {
  const { rt } = ctx;
  const it = new LookupIterator(rt).start(object, key, true);
  let text: string;
  if (it.state === LookupState.Accessor && mapOf(rt, it.value) === StaticRoot.AccessorPairMap) {
    const getter = isCallable(rt, rt.heap.get(it.value, AccessorPair.Getter));
    const setter = isCallable(rt, rt.heap.get(it.value, AccessorPair.Setter));
    text =
      getter || setter
        ? ctx.stylize(`[${getter ? (setter ? 'Getter/Setter' : 'Getter') : 'Setter'}]`, 'special')
        : ctx.stylize('undefined', 'undefined');
  } else {
    const value = it.state === LookupState.Accessor ? dataPropertyOnChain(rt, object, key) : it.value;
    ctx.indentation += 2;
    text = formatValue(ctx, value, depth);
    ctx.indentation -= 2;
  }
  if (extras === Extras.ArrayIndex) return text;
  let name: string;
  if (isSymbol(rt, key)) {
    name = ctx.stylize(symbolDescriptiveString(rt, key), 'symbol');
    if (!it.isEnumerable) name = `[${name}]`;
  } else {
    const raw = renderForMessage(rt, key);
    if (raw === '__proto__') name = "['__proto__']";
    else name = identifier.test(raw) ? ctx.stylize(raw, 'name') : ctx.stylize(quote(raw), 'string');
    if (!it.isEnumerable && raw !== '__proto__') name = `[${raw}]`;
  }
  return `${name}: ${text}`;
};

/** East Asian wide characters and emoji: two columns of a terminal each. */
const wideCharacter =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u;
const zeroWidthCharacter = /[\p{Mn}\p{Me}\p{Cf}]/u;

/** Columns that a text takes on a terminal, as Node's getStringWidth. */
export const textWidth = (text: string): number => {
  if (/^[\x00-\x7f]*$/.test(text)) return text.length;
  let columns = 0;
  for (const c of text.normalize('NFC')) columns += wideCharacter.test(c) ? 2 : zeroWidthCharacter.test(c) ? 0 : 1;
  return columns;
};

const withoutColors = (text: string): string => text.replace(/\u001b\[\d\d?m/g, '');

const groupArrayElements = (ctx: Context, output: string[], value: Tagged | undefined): string[] => {
  const { rt } = ctx;
  let totalLength = 0;
  let maxLength = 0;
  let outputLength = output.length;
  const extra =
    value !== undefined && hasInstanceType(rt, value, InstanceType.JSArray)
      ? arrayLength(rt.heap, value) > ctx.maxArrayLength
      : false;
  if (ctx.maxArrayLength < output.length || extra) outputLength--;
  const lengths: number[] = [];
  for (let i = 0; i < outputLength; i++) {
    const length = textWidth(ctx.colors ? withoutColors(output[i]!) : output[i]!);
    lengths.push(length);
    totalLength += length + 2;
    if (maxLength < length) maxLength = length;
  }
  const actualMax = maxLength + 2;
  if (actualMax * 3 + ctx.indentation < ctx.breakLength && (totalLength / actualMax > 5 || maxLength <= 6)) {
    const averageBias = Math.sqrt(actualMax - totalLength / output.length);
    const biasedMax = Math.max(actualMax - 3 - averageBias, 1);
    const columns = Math.min(
      Math.round(Math.sqrt(2.5 * biasedMax * outputLength) / biasedMax),
      Math.floor((ctx.breakLength - ctx.indentation) / actualMax),
      ctx.compact * 4,
      15,
    );
    if (columns <= 1) return output;
    const lineWidths: number[] = [];
    for (let i = 0; i < columns; i++) {
      let max = 0;
      for (let j = i; j < outputLength; j += columns) if (lengths[j]! > max) max = lengths[j]!;
      lineWidths.push(max + 2);
    }
    const padStart = value !== undefined && allNumbers(rt, value, outputLength);
    const rows: string[] = [];
    for (let i = 0; i < outputLength; i += columns) {
      const max = Math.min(i + columns, outputLength);
      let row = '';
      let j = i;
      for (; j < max - 1; j++) {
        const cell = `${output[j]}, `;
        const width = lineWidths[j - i]! + output[j]!.length - lengths[j]!;
        row += padStart ? cell.padStart(width) : cell.padEnd(width);
      }
      row += padStart ? output[j]!.padStart(lineWidths[j - i]! - 2 + output[j]!.length - lengths[j]!) : output[j]!;
      rows.push(row);
    }
    if (outputLength < output.length) rows.push(output[outputLength]!);
    return rows;
  }
  return output;
};

const allNumbers = (rt: Runtime, value: Tagged, count: number): boolean => {
  if (hasInstanceType(rt, value, InstanceType.JSTypedArray)) return true;
  if (!hasInstanceType(rt, value, InstanceType.JSArray)) return false;
  for (let i = 0; i < count; i++) {
    const word = getElement(rt.heap, rt.factory, value, i);
    if ((word & 1) !== 0 && !isHeapNumber(rt, word) && !isBigInt(rt, word)) return false;
  }
  return true;
};

const reduceToSingleString = (
  ctx: Context,
  output: string[],
  base: string,
  open: string,
  close: string,
  extras: Extras,
  recurseTimes: number,
  value: Tagged | undefined,
): string => {
  if (ctx.compact === modeOfCompactTrue) {
    const start = base === '' ? '' : `${base} `;
    const indentation = `\n${' '.repeat(ctx.indentation)}`;
    if (isBelowBreakLength(ctx, output, 0, base))
      return `${open}${base === '' ? '' : ` ${base}`} ${output.join(', ')} ${close}`;
    const line = base === '' && open.length === 1 ? ' ' : `${start === '' ? '' : ` ${base}`}${indentation}  `;
    return `${open}${line}${output.join(`,${indentation}  `)} ${close}`;
  }
  const entries = output.length;
  if (ctx.compact > 0 && extras === Extras.Array && entries > 6) output = groupArrayElements(ctx, output, value);
  if (ctx.currentDepth - recurseTimes < ctx.compact && entries === output.length) {
    const start = output.length + ctx.indentation + open.length + base.length + 10;
    if (isBelowBreakLength(ctx, output, start, base)) {
      const joined = output.join(', ');
      if (!joined.includes('\n')) return `${base === '' ? '' : `${base} `}${open} ${joined} ${close}`;
    }
  }
  const indentation = `\n${' '.repeat(ctx.indentation)}`;
  return `${base === '' ? '' : `${base} `}${open}${indentation}  ${output.join(`,${indentation}  `)}${indentation}${close}`;
};

const isBelowBreakLength = (ctx: Context, output: readonly string[], start: number, base: string): boolean => {
  let total = output.length + start;
  if (total + output.length > ctx.breakLength) return false;
  for (const piece of output) {
    total += ctx.colors ? withoutColors(piece).length : piece.length;
    if (total > ctx.breakLength) return false;
  }
  return base === '' || !base.includes('\n');
};
