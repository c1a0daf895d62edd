// Expressions without side effects, evaluated on the host by walking memory: what hovers and watches may ask for. Identifiers,
// data properties, literals and operators on primitives; anything else is a `NotPure` error.

import { parseExpressionAt } from 'acorn';
import { isSmi, smiValue, type Tagged } from '../heap/index.ts';
import {
  bigintValue,
  findInternalized,
  globalDictionaryFindCell,
  HeapObject,
  hostArrayIndex,
  InstanceType,
  instanceTypeOf,
  isString,
  isSymbol,
  JSObject,
  mapPrototype,
  numberValue,
  PropertyCell,
  StaticRoot,
  stringLength,
  toHostString,
} from '../objects/index.ts';
import { NativeContextSlot, prototypeOfPrimitive, type Runtime } from '../runtime/index.ts';
import type { Binding } from './bindings.ts';
import { numberText, preview, quote, shortened } from './preview.ts';
import { elementOf, findProperty, indexedCount, isFunction, isReceiver, ownProperty } from './properties.ts';

/** Characters from which on a string is not taken out of the heap to be shown. */
const longString = 100_000;

/** The expression would, or could, run code of the program or change something. */
export class NotPure extends Error {}

/** The expression reads a variable whose value the optimized code does not have. */
export class OptimizedOut extends Error {}

/** @param binding one without a value */
export function missingError(name: string, { missing, isOptimizedOut }: Binding): Error {
  const message = `'${name}' was ${missing}.`;
  return isOptimizedOut ? new OptimizedOut(message) : new Error(message);
}

export type Primitive = undefined | null | boolean | number | string | bigint;
/** A primitive of the host, or a word (objects and symbols). */
export type PureValue = { readonly primitive: Primitive } | { readonly word: Tagged };

// biome-ignore lint/suspicious/noExplicitAny: acorn's ESTree nodes, read field by field
export type EsTree = any;

const parsing = {
  ecmaVersion: 'latest',
  allowAwaitOutsideFunction: true,
  allowSuperOutsideMethod: true,
  checkPrivateFields: false,
  // what stands behind the expression begins after its last parenthesis
  preserveParens: true,
} as const;

export function parseExpression(text: string): EsTree {
  const node = parseExpressionAt(text, 0, parsing);
  const rest = text
    .slice(node.end)
    .replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
    .trim();
  if (rest !== '' && rest !== ';') throw new SyntaxError(`Unexpected '${rest.slice(0, 20)}'`);
  return node;
}

/** Where something follows the expression that begins at `start`; −1 if none begins there. */
export function expressionEnd(text: string, start: number): number {
  try {
    const { end } = parseExpressionAt(text, start, parsing);
    return end + /^(\s|\/\*[\s\S]*?\*\/)*/.exec(text.slice(end))![0].length;
  } catch {
    return -1;
  }
}

export class PureEvaluator {
  private readonly rt: Runtime;
  private readonly bindings: ReadonlyMap<string, Binding>;
  private keepsLongStrings = false;

  constructor(rt: Runtime, bindings: ReadonlyMap<string, Binding>) {
    this.rt = rt;
    this.bindings = bindings;
  }

  evaluate(text: string): PureValue {
    return this.whole(parseExpression(text));
  }

  /** A variable or property that is all of the expression: a long string stays where it is, nobody reads all of it. */
  private whole(node: EsTree): PureValue {
    if (node.type !== 'Identifier' && node.type !== 'MemberExpression') return this.node(node);
    const object = node.type === 'MemberExpression' ? this.memberParts(node) : undefined;
    this.keepsLongStrings = true;
    try {
      return object === undefined ? this.identifier(node.name) : this.memberOf(node, object);
    } finally {
      this.keepsLongStrings = false;
    }
  }

  fromWord(word: Tagged): PureValue {
    const { heap } = this.rt;
    if (isSmi(word)) return { primitive: smiValue(word) };
    if (word === StaticRoot.Undefined) return { primitive: undefined };
    if (word === StaticRoot.Null) return { primitive: null };
    if (word === StaticRoot.True) return { primitive: true };
    if (word === StaticRoot.False) return { primitive: false };
    const type = instanceTypeOf(heap, word);
    if (type === InstanceType.HeapNumber) return { primitive: numberValue(heap, word) };
    if (type === InstanceType.BigInt) return { primitive: bigintValue(heap, word) };
    if (isString(heap, word))
      return this.keepsLongStrings && stringLength(heap, word) > longString
        ? { word }
        : { primitive: toHostString(heap, word) };
    return { word };
  }

  private node(node: EsTree): PureValue {
    switch (node.type) {
      case 'Literal':
        if (node.regex) break;
        return { primitive: node.bigint !== undefined ? BigInt(node.bigint) : node.value };
      case 'Identifier':
        return this.identifier(node.name);
      case 'ThisExpression':
        return this.bindings.has('this') ? this.identifier('this') : { primitive: undefined };
      case 'ParenthesizedExpression':
        return this.node(node.expression);
      case 'ChainExpression':
        try {
          return this.node(node.expression);
        } catch (error) {
          if (error === shortCircuit) return { primitive: undefined };
          throw error;
        }
      case 'MemberExpression':
        return this.member(node);
      case 'UnaryExpression':
        return this.unary(node);
      case 'BinaryExpression':
        if (node.left.type === 'PrivateIdentifier') return this.hasPrivate(node);
        return this.binary(node.operator, this.node(node.left), this.node(node.right));
      case 'LogicalExpression': {
        const left = this.node(node.left);
        const takesRight =
          node.operator === '&&'
            ? isTruthy(left)
            : node.operator === '||'
              ? !isTruthy(left)
              : 'primitive' in left && (left.primitive === undefined || left.primitive === null);
        return takesRight ? this.node(node.right) : left;
      }
      case 'ConditionalExpression':
        return this.node(isTruthy(this.node(node.test)) ? node.consequent : node.alternate);
      case 'SequenceExpression':
        return node.expressions.map((e: EsTree) => this.node(e)).at(-1);
      case 'TemplateLiteral': {
        let text = node.quasis[0].value.cooked;
        node.expressions.forEach((e: EsTree, i: number) => {
          text += this.string(this.node(e)) + node.quasis[i + 1].value.cooked;
        });
        return { primitive: text };
      }
      default:
    }
    throw new NotPure(`'${node.type}' may change the program's state`);
  }

  identifier(name: string): PureValue {
    const binding = this.bindings.get(name);
    if (binding !== undefined) {
      if (binding.number !== undefined) return { primitive: binding.number };
      if (binding.missing !== undefined) throw missingError(name, binding);
      if (binding.make !== undefined) return { word: binding.make() };
      if (binding.word === undefined || binding.word === StaticRoot.OptimizedOut)
        throw new OptimizedOut(`'${name}' was optimized out.`);
      if (binding.word === StaticRoot.TheHole)
        throw new ReferenceError(`Cannot access '${name}' before initialization`);
      return this.fromWord(binding.word);
    }
    if (name === 'undefined') return { primitive: undefined };
    const word = this.global(name);
    if (word === undefined) throw new ReferenceError(`${name} is not defined`);
    return this.fromWord(word);
  }

  private global(name: string): Tagged | undefined {
    const { rt } = this;
    const { heap } = rt;
    const object = rt.intrinsic(NativeContextSlot.GlobalObject);
    const properties = heap.get(object, JSObject.PropertiesOrHash);
    if (heap.get(properties, HeapObject.Map) !== StaticRoot.GlobalDictionaryMap) return undefined;
    const known = findInternalized(heap, name);
    if (known === undefined) return undefined;
    const cell = globalDictionaryFindCell(heap, properties, known);
    if (cell === 0 || cell === -1) return undefined;
    const value = heap.get(cell, PropertyCell.Value);
    if (value === StaticRoot.TheHole) return undefined;
    const own = findProperty(rt, object, known);
    if (own?.value === undefined) throw new NotPure(`'${name}' is an accessor`);
    return own.value;
  }

  private member(node: EsTree): PureValue {
    return this.memberOf(node, this.memberParts(node));
  }

  private memberParts(node: EsTree): { readonly object: PureValue; readonly key: PureValue | undefined } {
    if (node.object.type === 'Super') throw new NotPure('super properties');
    const object = this.node(node.object);
    if (node.optional && 'primitive' in object && (object.primitive === undefined || object.primitive === null))
      throw shortCircuit;
    if (node.property.type === 'PrivateIdentifier') return { object, key: undefined };
    return { object, key: node.computed ? this.node(node.property) : { primitive: node.property.name as string } };
  }

  private memberOf(node: EsTree, { object, key }: ReturnType<PureEvaluator['memberParts']>): PureValue {
    return key === undefined ? this.privateField(object, node.property.name) : this.property(object, key);
  }

  /** The private symbol of a field; methods and accessors are no properties, and need code that runs. */
  private privateName(name: string): Tagged {
    const word = this.bindings.get(`#${name}`)?.word;
    if (word === undefined) throw new SyntaxError(`Private field '#${name}' must be declared in an enclosing class`);
    if (!isSymbol(this.rt.heap, word)) throw new NotPure(`'#${name}' is a private method or accessor`);
    return word;
  }

  private privateField(object: PureValue, name: string): PureValue {
    const { rt } = this;
    const symbol = this.privateName(name);
    const found =
      'word' in object && isReceiver(rt.heap, object.word) ? ownProperty(rt, object.word, symbol) : undefined;
    if (found === undefined)
      throw new TypeError(`Cannot read private member #${name} from an object whose class did not declare it`);
    if (found.value === undefined) throw new NotPure(`'#${name}' is an accessor`);
    return this.fromWord(found.value);
  }

  private hasPrivate({ left, right }: EsTree): PureValue {
    const object = this.node(right);
    const symbol = this.privateName(left.name);
    if (!('word' in object) || !isReceiver(this.rt.heap, object.word))
      throw new TypeError(`Cannot use 'in' operator to search for '#${left.name}' in a primitive value`);
    return { primitive: ownProperty(this.rt, object.word, symbol) !== undefined };
  }

  property(object: PureValue, key: PureValue): PureValue {
    const { rt } = this;
    const { heap } = rt;
    const text = 'primitive' in key ? String(key.primitive) : undefined;
    if (text === undefined && !('word' in key && isSymbol(heap, key.word)))
      throw new NotPure('an object as a property name');
    let holder: Tagged;
    if ('primitive' in object) {
      const { primitive } = object;
      if (primitive === undefined || primitive === null)
        throw new TypeError(`Cannot read properties of ${primitive} (reading '${text ?? 'symbol'}')`);
      if (typeof primitive === 'string') {
        if (text === 'length') return { primitive: primitive.length };
        const index = hostArrayIndex(text ?? '');
        if (index >= 0) return { primitive: primitive[index] };
      }
      holder = prototypeOfPrimitive(rt, samplePrimitive(primitive));
    } else {
      holder = object.word;
      if (isSymbol(heap, holder)) holder = prototypeOfPrimitive(rt, holder);
    }
    if (!isReceiver(heap, holder)) throw new NotPure('an internal object');
    const index = text === undefined ? -1 : hostArrayIndex(text);
    if (index >= 0) {
      if (instanceTypeOf(heap, holder) === InstanceType.JSProxy) throw new NotPure('a proxy');
      if (index >= indexedCount(heap, holder)) return { primitive: undefined };
      const element = elementOf(heap, rt.factory, holder, index);
      if (element === undefined) throw new NotPure('an accessor');
      return element === StaticRoot.TheHole ? { primitive: undefined } : this.fromWord(element);
    }
    const name = text === undefined ? (key as { word: Tagged }).word : findInternalized(heap, text);
    if (name === undefined) return { primitive: undefined }; // no object has a property of a name that was never made
    if (instanceTypeOf(heap, holder) === InstanceType.JSProxy) throw new NotPure('a proxy');
    const found = findProperty(rt, holder, name);
    if (found === undefined) return { primitive: undefined };
    if (found.value === undefined) throw new NotPure(`'${text ?? 'symbol'}' is an accessor`);
    return this.fromWord(found.value);
  }

  private unary(node: EsTree): PureValue {
    if (node.operator === 'delete') throw new NotPure('delete');
    if (node.operator === 'typeof') return { primitive: this.typeOf(node.argument) };
    const value = this.node(node.argument);
    if (node.operator === 'void') return { primitive: undefined };
    if (node.operator === '!') return { primitive: !isTruthy(value) };
    const primitive = this.primitive(value);
    switch (node.operator) {
      case '-':
        return { primitive: typeof primitive === 'bigint' ? -primitive : -Number(primitive) };
      case '+':
        return { primitive: Number(primitive) };
      case '~':
        return { primitive: typeof primitive === 'bigint' ? ~primitive : ~Number(primitive) };
      default:
        throw new NotPure(node.operator);
    }
  }

  private typeOf(argument: EsTree): string {
    let value: PureValue;
    try {
      value = this.node(argument);
    } catch (error) {
      if (argument.type === 'Identifier' && error instanceof ReferenceError) return 'undefined';
      throw error;
    }
    if ('primitive' in value) return typeof value.primitive;
    if (isSymbol(this.rt.heap, value.word)) return 'symbol';
    return isFunction(this.rt.heap, value.word) ? 'function' : 'object';
  }

  private primitive(value: PureValue): Primitive {
    if ('primitive' in value) return value.primitive;
    throw new NotPure('converting an object to a primitive value');
  }

  private string(value: PureValue): string {
    return String(this.primitive(value));
  }

  private binary(operator: string, left: PureValue, right: PureValue): PureValue {
    const bothPrimitive = 'primitive' in left && 'primitive' in right;
    switch (operator) {
      case '===':
      case '!==': {
        const same = bothPrimitive
          ? left.primitive === right.primitive
          : 'word' in left && 'word' in right && left.word === right.word;
        return { primitive: same === (operator === '===') };
      }
      case '==':
      case '!=': {
        const isNullish = (v: PureValue): boolean =>
          'primitive' in v && (v.primitive === undefined || v.primitive === null);
        let same: boolean;
        if (bothPrimitive) {
          // biome-ignore lint/suspicious/noDoubleEquals: the operator itself
          same = left.primitive == right.primitive;
        } else if ('word' in left && 'word' in right) same = left.word === right.word;
        else if (isNullish(left) || isNullish(right)) same = false;
        else throw new NotPure('comparing an object with a primitive value');
        return { primitive: same === (operator === '==') };
      }
      case 'instanceof':
        return { primitive: this.instanceOf(left, right) };
      case 'in': {
        if (!('word' in right)) throw new TypeError("Cannot use 'in' operator on a primitive value");
        const name = findInternalized(this.rt.heap, this.string(left));
        const index = hostArrayIndex(this.string(left));
        if (index >= 0)
          return { primitive: elementOf(this.rt.heap, this.rt.factory, right.word, index) !== StaticRoot.TheHole };
        return { primitive: name !== undefined && findProperty(this.rt, right.word, name) !== undefined };
      }
      default:
    }
    // biome-ignore lint/suspicious/noExplicitAny: JavaScript's operators on JavaScript's primitives
    const a = this.primitive(left) as any;
    // biome-ignore lint/suspicious/noExplicitAny: as above
    const b = this.primitive(right) as any;
    const compute = operators[operator];
    if (compute === undefined) throw new NotPure(operator);
    return { primitive: compute(a, b) };
  }

  private instanceOf(left: PureValue, right: PureValue): boolean {
    const { rt } = this;
    const { heap } = rt;
    if (!('word' in right) || !isFunction(heap, right.word))
      throw new TypeError("Right-hand side of 'instanceof' is not callable");
    const prototype = this.property(right, { primitive: 'prototype' });
    if (!('word' in prototype) || !('word' in left) || !isReceiver(heap, left.word)) return false;
    for (
      let o = mapPrototype(heap, heap.get(left.word, HeapObject.Map));
      isReceiver(heap, o);
      o = mapPrototype(heap, heap.get(o, HeapObject.Map))
    )
      if (o === prototype.word) return true;
    return false;
  }
}

const shortCircuit = new Error('optional chain');

// biome-ignore lint/suspicious/noExplicitAny: see above
const operators: Readonly<Record<string, (a: any, b: any) => Primitive>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
  '**': (a, b) => a ** b,
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  '<=': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
  '&': (a, b) => a & b,
  '|': (a, b) => a | b,
  '^': (a, b) => a ^ b,
  '<<': (a, b) => a << b,
  '>>': (a, b) => a >> b,
  '>>>': (a, b) => a >>> b,
};

/** A word of the primitive's type, for its prototype. */
const samplePrimitive = (value: Primitive): Tagged =>
  typeof value === 'string'
    ? StaticRoot.EmptyString
    : typeof value === 'boolean'
      ? StaticRoot.True
      : typeof value === 'number'
        ? 0
        : StaticRoot.NanValue;

export const isTruthy = (value: PureValue): boolean => ('primitive' in value ? Boolean(value.primitive) : true);

/** Text and type of a host primitive, as `preview` shows the tagged one. */
export function primitiveText(value: Primitive): string {
  if (typeof value === 'string') return quote(shortened(value));
  if (typeof value === 'number') return numberText(value);
  return typeof value === 'bigint' ? `${value}n` : String(value);
}

export function pureText(rt: Runtime, value: PureValue): string {
  return 'primitive' in value ? primitiveText(value.primitive) : preview(rt, value.word);
}
