// Values as `console.log` shows them (Node's util.inspect with its defaults), by walking memory: no code of the program runs.

import type { Heap, Tagged } from '../heap/index.ts';
import {
  arrayLength,
  bigintValue,
  brief,
  getElement,
  InstanceType,
  JSPrimitiveWrapper,
  mapInstanceType,
  numberValue,
  ownElementIndices,
  ownPropertyNames,
  lookupOwn,
  StaticRoot,
  toHostString,
  detailsKind,
  isDontEnum,
  MapObject,
  JSFunction,
  SharedFunctionInfo,
  SharedFunctionFlags,
  JSDate,
  JSRegExp,
  JSPromise,
  orderedKeyAt,
  orderedUsed,
  orderedValueAt,
} from '../objects/index.ts';
import { constructorName, dataPropertyOnChain, functionName, isCallable, isNumber, isString, isSymbol, type Runtime, symbolDescriptiveString, typedArrayElement } from '../runtime/index.ts';

const quote = (text: string): string => {
  const q = !text.includes("'") ? "'" : !text.includes('"') ? '"' : !text.includes('`') ? '`' : "'";
  let out = '';
  for (const c of text) {
    const code = c.codePointAt(0)!;
    if (c === q || c === '\\') out += `\\${c}`;
    else if (c === '\n') out += '\\n';
    else if (c === '\t') out += '\\t';
    else if (c === '\r') out += '\\r';
    else if (c === '\b') out += '\\b';
    else if (c === '\f') out += '\\f';
    else if (c === '\v') out += '\\v';
    else if (code < 32 || code === 127) out += `\\x${code.toString(16).toUpperCase().padStart(2, '0')}`;
    else out += c;
  }
  return q + out + q;
};

const numberText = (n: number): string => (Object.is(n, -0) ? '-0' : String(n));

/** Text of one value inside a structure. */
export const inspect = (rt: Runtime, value: Tagged, depth = 2): string => new Inspector(rt, depth).value(value, 0);

/** Live (key, value) pairs of a JSMap or JSSet. */
const ordered = (heap: Heap, collection: Tagged): (readonly [Tagged, Tagged])[] => {
  const table = heap.get(collection, 12);
  const isSet = mapInstanceType(heap, heap.get(collection, 0)) === InstanceType.JSSet;
  const pairs: (readonly [Tagged, Tagged])[] = [];
  const used = orderedUsed(heap, table);
  for (let e = 0; e < used; e++) {
    const key = orderedKeyAt(heap, table, e);
    if (key !== StaticRoot.TheHole) pairs.push([key, isSet ? key : orderedValueAt(heap, table, e)]);
  }
  return pairs;
};

const identifier = /^[A-Za-z_$][\w$]*$/;
const breakLength = 80;

class Inspector {
  private readonly rt: Runtime;
  private readonly depth: number;
  private readonly seen: Tagged[] = [];
  private circular: Tagged[] = [];

  constructor(rt: Runtime, depth: number) {
    this.rt = rt;
    this.depth = depth;
  }

  value(value: Tagged, level: number): string {
    const { rt } = this;
    const { heap } = rt;
    if ((value & 1) === 0 || isNumber(rt, value)) return numberText(numberValue(heap, value));
    switch (value) {
      case StaticRoot.Undefined:
        return 'undefined';
      case StaticRoot.Null:
        return 'null';
      case StaticRoot.True:
        return 'true';
      case StaticRoot.False:
        return 'false';
      default:
    }
    if (isString(rt, value)) return quote(toHostString(heap, value));
    if (isSymbol(rt, value)) return symbolDescriptiveString(rt, value);
    const type = mapInstanceType(heap, heap.get(value, 0));
    if (type === InstanceType.BigInt) return `${bigintValue(heap, value)}n`;
    if (type < InstanceType.FirstJSReceiver) return brief(heap, value);
    if (this.seen.includes(value)) {
      if (!this.circular.includes(value)) this.circular.push(value);
      return `[Circular *${this.circular.indexOf(value) + 1}]`;
    }
    this.seen.push(value);
    const text = this.object(value, type, level);
    this.seen.pop();
    const index = this.circular.indexOf(value);
    return index >= 0 ? `<ref *${index + 1}> ${text}` : text;
  }

  private object(object: Tagged, type: number, level: number): string {
    const { rt } = this;
    const { heap } = rt;
    if (type === InstanceType.JSProxy) return this.value(heap.get(object, 12), level);
    const name = constructorName(rt, object);
    const isNull = heap.get(heap.get(object, 0), MapObject.Prototype) === StaticRoot.Null;
    const title = isNull ? '[Object: null prototype]' : name;
    if (isCallable(rt, object)) return this.fn(object, level);
    if (type === InstanceType.JSError) return this.error(object, level);
    if (level > this.depth && type !== InstanceType.JSDate && type !== InstanceType.JSRegExp) return type === InstanceType.JSArray ? '[Array]' : `[${isNull ? 'Object: null prototype' : name}]`;
    switch (type) {
      case InstanceType.JSArray:
        return this.array(object, level, name === 'Array' ? '' : `${name}(${arrayLength(heap, object)}) `);
      case InstanceType.JSDate: {
        const time = heap.getF64(object, JSDate.Value);
        return Number.isNaN(time) ? 'Invalid Date' : new Date(time).toISOString();
      }
      case InstanceType.JSRegExp:
        return `/${toHostString(heap, heap.get(object, JSRegExp.Source))}/${this.regexpFlags(object)}`;
      case InstanceType.JSPrimitiveWrapper: {
        const inner = heap.get(object, JSPrimitiveWrapper.Value);
        return `[${name}: ${this.value(inner, level)}]`;
      }
      case InstanceType.JSMap:
        return this.braces(`Map(${ordered(heap, object).length}) `, ordered(heap, object).map(([k, v]) => `${this.value(k, level + 1)} => ${this.value(v, level + 1)}`).concat(this.properties(object, level)), level);
      case InstanceType.JSSet:
        return this.braces(`Set(${ordered(heap, object).length}) `, ordered(heap, object).map(([k]) => this.value(k, level + 1)).concat(this.properties(object, level)), level);
      case InstanceType.JSPromise: {
        const state = (heap.get(object, JSPromise.Flags) >> 1) & 3;
        const result = heap.get(object, JSPromise.ReactionsOrResult);
        const text = state === 0 ? '<pending>' : state === 1 ? this.value(result, level + 1) : `<rejected> ${this.value(result, level + 1)}`;
        return this.braces('Promise ', [text], level);
      }
      case InstanceType.JSGeneratorObject:
        return 'Object [Generator] {}';
      case InstanceType.JSArgumentsObject: {
        const items: string[] = [];
        for (const i of ownElementIndices(heap, object)) items.push(this.value(getElement(heap, rt.factory, object, i), level + 1));
        return this.list('[Arguments] [', ']', items, level, true);
      }
      case InstanceType.JSTypedArray: {
        const items: string[] = [];
        const length = heap.get(object, 20) >> 1;
        for (let i = 0; i < Math.min(length, 100); i++) items.push(this.value(typedArrayElement(rt, object, i), level + 1));
        return this.list(`${name}(${length}) [`, ']', items, level, true);
      }
      default: {
        const prefix = title === 'Object' ? '' : `${title} `;
        return this.braces(prefix, this.properties(object, level), level);
      }
    }
  }

  private regexpFlags(object: Tagged): string {
    const flags = this.rt.heap.get(object, JSRegExp.Flags);
    if ((flags & 1) !== 0) return isString(this.rt, flags) ? toHostString(this.rt.heap, flags) : '';
    const bits = flags >> 1;
    return [...'dgimsuvy'].filter((_, i) => bits & [128, 1, 2, 4, 32, 16, 256, 8][i]!).join('');
  }

  private fn(fn: Tagged, level: number): string {
    const { rt } = this;
    const { heap } = rt;
    const type = mapInstanceType(heap, heap.get(fn, 0));
    if (type === InstanceType.JSClassConstructor) {
      const parent = heap.get(heap.get(fn, 0), MapObject.Prototype);
      const name = functionName(rt, fn);
      const extended = isCallable(rt, parent) && functionName(rt, parent) !== '' ? ` extends ${functionName(rt, parent)}` : '';
      return this.withProperties(`[class ${name === '' ? '(anonymous)' : name}${extended}]`, fn, level);
    }
    let kind = 'Function';
    if (type === InstanceType.JSFunction) {
      const flags = heap.getI32(heap.get(fn, JSFunction.SharedFunctionInfo), SharedFunctionInfo.Flags);
      const async = (flags & SharedFunctionFlags.Async) !== 0;
      kind = `${async ? 'Async' : ''}${(flags & SharedFunctionFlags.Generator) !== 0 ? 'Generator' : ''}Function`;
    }
    const name = type === InstanceType.JSFunction || type === InstanceType.JSBoundFunction ? functionName(rt, fn) : '';
    return this.withProperties(name === '' ? `[${kind} (anonymous)]` : `[${kind}: ${name}]`, fn, level);
  }

  private withProperties(head: string, object: Tagged, level: number): string {
    const properties = this.properties(object, level);
    if (properties.length === 0 || level > this.depth) return head;
    return this.braces(`${head} `, properties, level);
  }

  private error(object: Tagged, level: number): string {
    const { rt } = this;
    const stack = dataPropertyOnChain(rt, object, rt.names.stack);
    const text = isString(rt, stack) && stack !== StaticRoot.EmptyString ? toHostString(rt.heap, stack) : `[${constructorName(rt, object)}]`;
    const indented = level === 0 ? text : text.replaceAll('\n', `\n${' '.repeat(2 * level)}`);
    const properties = this.properties(object, level);
    return properties.length === 0 ? (level > 0 && !text.includes('\n    at') ? `[${indented}]` : indented) : this.braces(`${indented} `, properties, level, true);
  }

  private properties(object: Tagged, level: number): string[] {
    const { rt } = this;
    const { heap } = rt;
    const out: string[] = [];
    if (mapInstanceType(heap, heap.get(object, 0)) !== InstanceType.JSArray && mapInstanceType(heap, heap.get(object, 0)) !== InstanceType.JSTypedArray) {
      for (const i of ownElementIndices(heap, object)) out.push(`'${i}': ${this.value(getElement(heap, rt.factory, object, i), level + 1)}`);
    }
    for (const name of ownPropertyNames(heap, object)) {
      const own = lookupOwn(heap, rt.factory, object, name);
      if (!own.found || isDontEnum(own.details)) continue;
      if (isSymbol(rt, name) && (heap.getI32(name, 8) & 1) !== 0) continue;
      const key = isSymbol(rt, name) ? `[${symbolDescriptiveString(rt, name)}]` : identifier.test(toHostString(heap, name)) ? toHostString(heap, name) : quote(toHostString(heap, name));
      const { value } = own;
      if (detailsKind(own.details) === 1) {
        const isPair = heap.get(value, 0) === StaticRoot.AccessorPairMap;
        const getter = isPair && isCallable(rt, heap.get(value, 4));
        const setter = isPair && isCallable(rt, heap.get(value, 8));
        out.push(`${key}: ${getter ? (setter ? '[Getter/Setter]' : '[Getter]') : '[Setter]'}`);
      } else out.push(`${key}: ${this.value(value, level + 1)}`);
    }
    return out;
  }

  private array(array: Tagged, level: number, prefix: string): string {
    const { rt } = this;
    const { heap } = rt;
    const length = arrayLength(heap, array);
    const items: string[] = [];
    let holes = 0;
    const flush = (): void => {
      if (holes > 0) items.push(`<${holes} empty item${holes > 1 ? 's' : ''}>`);
      holes = 0;
    };
    let shown = 0;
    let i = 0;
    for (; i < length && shown < 100; i++) {
      const element = getElement(heap, rt.factory, array, i);
      if (element === StaticRoot.TheHole) holes++;
      else {
        flush();
        items.push(this.value(element, level + 1));
        shown++;
      }
    }
    flush();
    if (i < length) items.push(`... ${length - i} more item${length - i > 1 ? 's' : ''}`);
    const properties = this.properties(array, level);
    return this.list(`${prefix}[`, ']', items.concat(properties), level, properties.length === 0, length > 6 && i >= length ? items.length : items.length - (i < length ? 1 : 0));
  }

  private braces(prefix: string, items: readonly string[], level: number, forceBreak = false): string {
    if (items.length === 0) return `${prefix}{}`;
    return this.list(`${prefix}{`, '}', items, level, false, 0, forceBreak);
  }

  /** Node's reduceToSingleString with compact = 3. */
  private list(open: string, close: string, items: readonly string[], level: number, isArray: boolean, groupable = items.length, forceBreak = false): string {
    if (items.length === 0) return `${open}${close}`;
    const indent = ' '.repeat(2 * level);
    let output: readonly string[] = items;
    const entries = items.length;
    if (isArray && entries > 6) output = groupElements(items, groupable, indent.length);
    if (!forceBreak && entries === output.length) {
      const nested = nesting(items);
      const start = output.length + indent.length + open.length + 10;
      const total = output.reduce((sum, item) => sum + item.length, 0) + output.length + start;
      if (nested < 3 && total <= breakLength && !output.some((item) => item.includes('\n'))) return `${open} ${output.join(', ')} ${close}`;
    }
    return `${open}\n${indent}  ${output.join(`,\n${indent}  `)}\n${indent}${close}`;
  }
}

/** Depth of the deepest bracket nesting in the items: Node combines at most three levels on one line. */
const nesting = (items: readonly string[]): number => {
  let deepest = 0;
  for (const item of items) {
    let depth = 0;
    for (let i = 0; i < item.length; i++) {
      const c = item[i]!;
      if (c === "'" || c === '"' || c === '`') {
        for (i++; i < item.length && item[i] !== c; i++) if (item[i] === '\\') i++;
      } else if (c === '{' || c === '[') {
        depth++;
        if (depth > deepest && item[i + 1] !== '}' && item[i + 1] !== ']') deepest = depth;
      } else if (c === '}' || c === ']') depth--;
    }
  }
  return deepest;
};

/** Node's groupArrayElements: many short elements in columns. */
const groupElements = (items: readonly string[], length: number, indentation: number): readonly string[] => {
  let total = 0;
  let longest = 0;
  const lengths: number[] = [];
  let count = length;
  if (items.length > 0 && items[items.length - 1]!.startsWith('... ')) count = items.length - 1;
  for (let i = 0; i < count; i++) {
    const size = items[i]!.length;
    lengths.push(size);
    total += size + 2;
    if (size > longest) longest = size;
  }
  const actual = longest + 2;
  if (actual * 3 + indentation >= breakLength || (total / actual <= 5 && longest > 6)) return items;
  if (items.some((item) => item.includes('\n'))) return items;
  const averageBias = Math.sqrt(actual - total / items.length);
  const biasedMax = Math.max(actual - (averageBias > 0 ? averageBias : 0), 1);
  const columns = Math.min(Math.round(Math.sqrt(2.5 * biasedMax * count) / biasedMax), Math.floor((breakLength - indentation) / actual), 12, 15);
  if (columns <= 1) return items;
  const out: string[] = [];
  const widths: number[] = [];
  for (let i = 0; i < columns; i++) {
    let widest = 0;
    for (let j = i; j < count; j += columns) if (lengths[j]! > widest) widest = lengths[j]!;
    widths.push(widest + 2);
  }
  const padStart = items.slice(0, count).every((item) => /^-?[\d.]+(e[+-]?\d+)?n?$/.test(item) || item === 'NaN' || /^-?Infinity$/.test(item));
  for (let i = 0; i < count; i += columns) {
    const max = Math.min(i + columns, count);
    let line = '';
    let j = i;
    for (; j < max - 1; j++) {
      const cell = `${items[j]}, `;
      line += padStart ? cell.padStart(widths[j - i]!) : cell.padEnd(widths[j - i]!);
    }
    line += padStart ? items[j]!.padStart(widths[j - i]! - 2) : items[j]!;
    out.push(line);
  }
  for (let i = count; i < items.length; i++) out.push(items[i]!);
  return out;
};

/** Arguments of console.log as one line (util.format). */
export const formatLog = (rt: Runtime, args: readonly Tagged[]): string => {
  const { heap } = rt;
  const parts: string[] = [];
  let start = 0;
  if (args.length > 1 && isString(rt, args[0]!) && toHostString(heap, args[0]!).includes('%')) {
    let next = 1;
    start = 1;
    const text = toHostString(heap, args[0]!).replace(/%[sdifjoOc%]/g, (directive) => {
      if (directive === '%%') return '%';
      if (next >= args.length) return directive;
      const arg = args[next++]!;
      switch (directive) {
        case '%s':
          return isString(rt, arg) ? toHostString(heap, arg) : inspect(rt, arg, 0);
        case '%d':
          return isNumber(rt, arg) ? numberText(numberValue(heap, arg)) : inspect(rt, arg) === 'undefined' ? 'NaN' : String(Number(isString(rt, arg) ? toHostString(heap, arg) : Number.NaN));
        case '%i':
          return isNumber(rt, arg) ? numberText(Math.trunc(numberValue(heap, arg))) : String(Number.parseInt(isString(rt, arg) ? toHostString(heap, arg) : '', 10));
        case '%f':
          return isNumber(rt, arg) ? numberText(numberValue(heap, arg)) : String(Number.parseFloat(isString(rt, arg) ? toHostString(heap, arg) : ''));
        case '%c':
          return '';
        default:
          return inspect(rt, arg, 4);
      }
    });
    parts.push(text);
    start = next;
  }
  for (let i = start; i < args.length; i++) {
    const arg = args[i]!;
    parts.push(isString(rt, arg) ? toHostString(heap, arg) : inspect(rt, arg));
  }
  return parts.join(' ');
};
