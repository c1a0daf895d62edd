// Handlers of for-in, iterators and spread calls.

import { ForInFeedback, loadNamed } from '../../feedback/index.ts';
import type { Tagged } from '../../heap/index.ts';
import {
  arrayLength,
  enumCacheIndices,
  enumCacheKeys,
  enumLength,
  FixedArray,
  HeapObject,
  StaticRoot,
} from '../../objects/index.ts';
import {
  forInEnumerate,
  forInFilter,
  isCallable,
  isFastIterableArray,
  isJSReceiver,
  isUndefinedOrNull,
  iterableToList,
  maxArguments,
  throwLoadFromNullOrUndefined,
  throwNotIterable,
  throwTypeError,
} from '../../runtime/index.ts';
import type { Interpreter } from '../interpreter.ts';
import { Next } from '../next.ts';
import {
  beginCall,
  callFromFrame,
  callValue,
  pushRegisters,
  recordCall,
  recordConstruct,
  stackOverflow,
} from './calls.ts';
import { constructValue } from './construct.ts';
import { joinFeedback } from './operations.ts';

type Handler = (t: Interpreter) => Next;

export const ForInEnumerate: Handler = (t) => {
  t.acc = forInEnumerate(t.rt, t.reg(t.ops[0]!));
  return Next.Continue;
};

/** (cache type, cache array, cache length) from the Map or key array in the accumulator. */
export const ForInPrepare: Handler = (t) => {
  const heap = t.heap;
  const enumerator = t.acc;
  const out = t.ops[0]!;
  if (heap.get(enumerator, HeapObject.Map) === StaticRoot.MetaMap) {
    const keys = enumCacheKeys(heap, t.rt.factory, enumerator);
    t.setReg(out - 1, keys);
    // maps with more properties share the keys
    t.setReg(out - 2, enumLength(heap, enumerator) << 1);
    const placed = heap.get(enumCacheIndices(heap, enumerator), FixedArray.Length) >> 1;
    joinFeedback(
      t,
      t.ops[1]!,
      enumLength(heap, enumerator) <= placed ? ForInFeedback.EnumCacheKeysAndIndices : ForInFeedback.EnumCacheKeys,
    );
  } else {
    t.setReg(out - 1, enumerator);
    t.setReg(out - 2, heap.get(enumerator, FixedArray.Length));
    joinFeedback(t, t.ops[1]!, ForInFeedback.Any);
  }
  t.setReg(out, enumerator);
  return Next.Continue;
};

export const ForInNext: Handler = (t) => {
  const heap = t.heap;
  const receiver = t.reg(t.ops[0]!);
  const index = t.reg(t.ops[1]!) >> 1;
  const cacheType = t.reg(t.ops[2]!);
  const key = heap.getElement(t.reg(t.ops[2]! - 1), FixedArray.Elements, index);
  if (heap.get(receiver, HeapObject.Map) === cacheType) {
    t.acc = key;
    return Next.Continue;
  }
  joinFeedback(t, t.ops[3]!, ForInFeedback.Any);
  t.acc = forInFilter(t.rt, receiver, key);
  return Next.Continue;
};

export const ForInStep: Handler = (t) => {
  t.setReg(t.ops[0]!, t.reg(t.ops[0]!) + 2);
  return Next.Continue;
};

export const GetIterator: Handler = (t) => {
  const rt = t.rt;
  const operand = t.ops[0]!;
  const callSlot = t.ops[2]!;
  const value = t.reg(operand);
  if (isUndefinedOrNull(value)) throwLoadFromNullOrUndefined(rt, value, rt.symbols.iterator_symbol);
  const method = loadNamed(rt, t.vector, t.ops[1]!, value, rt.symbols.iterator_symbol);
  if (!isCallable(rt, method)) throwNotIterable(rt, t.reg(operand));
  recordCall(t, callSlot, method);
  const iterator = rt.call(method, t.reg(operand));
  if (!isJSReceiver(rt, iterator)) throwTypeError(rt, 'SymbolIteratorInvalid');
  t.acc = iterator;
  return Next.Continue;
};

/** What is spread at the end of a register list of `count`. May run JavaScript; nothing may collect before the words are pushed. */
const spreadList = (t: Interpreter, first: number, count: number): readonly Tagged[] => {
  const list = t.reg(first - (count - 1));
  if (isFastIterableArray(t.rt, list) && count - 1 + arrayLength(t.heap, list) > maxArguments) stackOverflow(t.rt);
  return iterableToList(t.rt, list, 'spread');
};

/** Sets the arguments: registers from operand `first`, then the words that were spread. */
const pushSpread = (t: Interpreter, first: number, registers: number, words: readonly Tagged[]): void => {
  pushRegisters(t, first, registers, 0);
  for (let i = 0; i < words.length; i++) t.call.setArgument(registers + i, words[i]!);
};

export const CallWithSpread: Handler = (t) => {
  const callee = t.ops[0]!;
  const list = t.ops[1]!;
  const registers = t.ops[2]!;
  recordCall(t, t.ops[3]!, t.reg(callee));
  const scope = t.heap.openHandles();
  const words = spreadList(t, list - 1, registers - 1);
  t.heap.closeHandles(scope);
  beginCall(t, t.reg(callee), t.reg(list), registers - 2 + words.length);
  pushSpread(t, list - 1, registers - 2, words);
  return callFromFrame(t, callValue);
};

export const ConstructWithSpread: Handler = (t) => {
  const { heap } = t;
  const callee = t.ops[0]!;
  const list = t.ops[1]!;
  const registers = t.ops[2]!;
  recordConstruct(t, t.ops[3]!, t.reg(callee), t.acc);
  const scope = heap.openHandles();
  const newTarget = heap.handle(t.acc);
  const words = spreadList(t, list, registers);
  const target = heap.deref(newTarget);
  heap.closeHandles(scope);
  beginCall(t, t.reg(callee), StaticRoot.Undefined, registers - 1 + words.length, target);
  pushSpread(t, list, registers - 1, words);
  return callFromFrame(t, constructValue);
};
