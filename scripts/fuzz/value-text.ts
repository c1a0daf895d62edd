// What a tagged word means to the program, as text: equal for equal values of two runs, whatever their addresses, maps and elements kinds.
//
// Objects are numbered in the order in which a description meets them, so that sharing and cycles show. Reads memory, calls nothing;
// how deep and how much is described depends on the values alone.

import { type Heap, isSmi, smiValue, type Tagged } from '../../src/engine/heap/index.ts';
import {
  bigintValue,
  Context,
  FixedArray,
  FixedDoubleArray,
  functionName,
  getElement,
  HeapNumber,
  HeapObject,
  InstanceType,
  instanceTypeName,
  isAccessorElement,
  isDoubleHole,
  isNative,
  JSFunction,
  lookupOwn,
  MapObject,
  ordered,
  ownElementIndices,
  ownPropertyNames,
  Script,
  SharedFunctionInfo,
  StaticRoot,
  shortPrint,
  toHostString,
} from '../../src/engine/objects/index.ts';
import type { Runtime } from '../../src/engine/runtime/index.ts';

/** Levels of objects in a description; 0: not even the content of a value itself. */
const usualDepth = 5;
const maxObjects = 200;
const maxElements = 64;

/** Objects that every program has, or that say nothing of it. */
const opaque = new Set<number>([
  InstanceType.JSGlobalObject,
  InstanceType.JSGlobalProxy,
  InstanceType.NativeContext,
  InstanceType.ScriptContext,
  InstanceType.ModuleContext,
  InstanceType.ScopeInfo,
]);

/** A function by what stays the same from run to run. */
export const functionKey = (heap: Heap, sfi: Tagged): string => {
  const literal = heap.getI32(sfi, SharedFunctionInfo.FunctionLiteralId);
  const script = heap.get(sfi, SharedFunctionInfo.Script);
  const file =
    (script & 1) === 0 || script === StaticRoot.Undefined ? '' : shortPrint(heap, heap.get(script, Script.Name));
  return `${functionName(heap, sfi)}#${literal}@${heap.getI32(sfi, SharedFunctionInfo.StartPosition)} ${file}`;
};

/** Describes the values of one state; the numbers of objects go on from value to value. */
export class ValueTexts {
  private readonly rt: Runtime;
  private readonly heap: Heap;
  private readonly numbers = new Map<Tagged, number>();

  constructor(rt: Runtime, maxDepth = usualDepth) {
    this.rt = rt;
    this.heap = rt.heap;
    this.maxDepth = maxDepth;
  }
  private readonly maxDepth: number;

  text(word: Tagged, depth = 0): string {
    const { heap } = this;
    if (isSmi(word)) return String(smiValue(word));
    if ((word & 2) !== 0) return 'weak';
    const type = heap.getU16(heap.get(word, HeapObject.Map), MapObject.InstanceType);
    switch (type) {
      case InstanceType.HeapNumber:
        return numberText(heap.getF64(word, HeapNumber.Value));
      case InstanceType.BigInt:
        return `${bigintValue(heap, word)}n`;
      case InstanceType.Oddball:
      case InstanceType.Symbol:
        return shortPrint(heap, word);
    }
    if (type < InstanceType.Symbol) return JSON.stringify(toHostString(heap, word));
    const known = this.numbers.get(word);
    if (known !== undefined) return `#${known}`;
    const isShort = depth >= this.maxDepth || this.numbers.size > maxObjects;
    this.numbers.set(word, this.numbers.size);
    const name = `#${this.numbers.size - 1} ${instanceTypeName(type)}`;
    return isShort || opaque.has(type) ? name : `${name}${this.content(word, type, depth + 1)}`;
  }

  private content(word: Tagged, type: number, depth: number): string {
    const { heap } = this;
    const list = (words: Iterable<Tagged>): string => `[${[...words].map((w) => this.text(w, depth)).join()}]`;
    switch (type) {
      case InstanceType.FixedArray:
        return list(this.elements(word));
      case InstanceType.FixedDoubleArray:
        return `[${[...this.doubles(word)].join()}]`;
      case InstanceType.FunctionContext:
      case InstanceType.BlockContext:
      case InstanceType.CatchContext:
      case InstanceType.WithContext:
      case InstanceType.EvalContext:
        return list(this.slots(word));
      case InstanceType.JSMap:
      case InstanceType.JSSet:
        return list(ordered(heap, word).flat());
    }
    if (type < InstanceType.FirstJSReceiver || type === InstanceType.JSProxy) return '';
    if (type === InstanceType.JSFunction || isFunctionType(type)) {
      const sfi = heap.get(word, JSFunction.SharedFunctionInfo);
      if (isNative(heap, sfi)) return ` ${functionName(heap, sfi)}`;
      return ` ${functionKey(heap, sfi)} ${this.text(heap.get(word, JSFunction.Context), depth)}`;
    }
    return this.object(word, depth);
  }

  private object(word: Tagged, depth: number): string {
    const { heap, rt } = this;
    const parts: string[] = [];
    const indices = ownElementIndices(heap, word);
    for (const i of indices.slice(0, maxElements)) {
      const value = isAccessorElement(heap, word, i)
        ? 'accessor'
        : this.text(getElement(heap, rt.factory, word, i), depth);
      parts.push(`${i}: ${value}`);
    }
    if (indices.length > maxElements) parts.push(`… ${indices.length}`);
    for (const name of ownPropertyNames(heap, word)) {
      const { value } = lookupOwn(heap, rt.factory, word, name);
      parts.push(`${shortPrint(heap, name)}: ${this.text(value, depth)}`);
    }
    return `{${parts.join()}}`;
  }

  private *elements(array: Tagged): Iterable<Tagged> {
    const length = Math.min(smiValue(this.heap.get(array, FixedArray.Length)), maxElements);
    for (let i = 0; i < length; i++) yield this.heap.getElement(array, FixedArray.Elements, i);
  }

  private *doubles(array: Tagged): Iterable<string> {
    const { heap } = this;
    const length = Math.min(smiValue(heap.get(array, FixedDoubleArray.Length)), maxElements);
    for (let i = 0; i < length; i++)
      yield isDoubleHole(heap, array, i)
        ? ''
        : numberText(heap.f64[(array - 1 + FixedDoubleArray.Elements + 8 * i) >> 3]!);
  }

  private *slots(context: Tagged): Iterable<Tagged> {
    const { heap } = this;
    const length = smiValue(heap.get(context, Context.Length));
    for (let i = 1; i < Math.min(length, maxElements); i++) yield heap.getElement(context, Context.Slots, i);
  }
}

const numberText = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));
const isFunctionType = (type: number): boolean => instanceTypeName(type).endsWith('Function');
