// Handlers of for-in, iterators and spread calls.

import { ForInFeedback, loadNamed, noteCall } from '../../feedback/index.ts';
import type { Tagged } from '../../heap/index.ts';
import { arrayLength, enumCacheKeys, enumLength, FixedArray, StaticRoot } from '../../objects/index.ts';
import {
  forInEnumerate,
  forInFilter,
  isCallable,
  isFastIterableArray,
  isJSReceiver,
  isUndefinedOrNull,
  iterableToList,
  throwLoadFromNullOrUndefined,
  throwNotIterable,
  throwTypeError,
} from '../../runtime/index.ts';
import { interpreterEntryReturn, noFeedback } from '../frame.ts';
import type { Interpreter } from '../interpreter.ts';
import { Next } from '../next.ts';
import { argv, callWithArguments, checkArgumentCount, constructValue, readRegisters } from './calls.ts';
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
  if (heap.get(enumerator, 0) === StaticRoot.MetaMap) {
    const keys = enumCacheKeys(heap, t.rt.factory, enumerator);
    t.setReg(out - 1, keys);
    // maps with more properties share the keys
    t.setReg(out - 2, enumLength(heap, enumerator) << 1);
    joinFeedback(t, t.ops[1]!, ForInFeedback.EnumCacheKeys);
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
  const key = heap.get(t.reg(t.ops[2]! - 1), FixedArray.Elements + 4 * index);
  if (heap.get(receiver, 0) === cacheType) {
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

/** Fills `argv` from a register list whose last register is spread; returns the argument count. May run JavaScript. */
const spreadArguments = (t: Interpreter, first: number, count: number): number => {
  const heap = t.heap;
  const list = t.reg(first - (count - 1));
  if (isFastIterableArray(t.rt, list)) checkArgumentCount(t.rt, count - 1 + arrayLength(heap, list));
  const words = iterableToList(t.rt, list, 'spread');
  checkArgumentCount(t.rt, count - 1 + words.length);
  readRegisters(t, first, count - 1, 0);
  for (let i = 0; i < words.length; i++) argv[count - 1 + i] = words[i]!;
  return count - 1 + words.length;
};

/** Call feedback: count and target. */
const recordCall = (t: Interpreter, slot: number, target: Tagged): void => {
  if (t.fv === noFeedback) return;
  const word = t.fv + slot;
  t.heap.i32[word + 1] = t.heap.i32[word + 1]! + 8;
  noteCall(t.rt, word, target, t.vector);
};

export const CallWithSpread: Handler = (t) => {
  const heap = t.heap;
  const callee = t.ops[0]!;
  const list = t.ops[1]!;
  const registers = t.ops[2]!;
  const fp = t.fp;
  const sp = t.sp;
  const next = t.pc;
  recordCall(t, t.ops[3]!, t.reg(callee));
  const scope = heap.openHandles();
  const count = spreadArguments(t, list - 1, registers - 1);
  heap.closeHandles(scope);
  const result = callWithArguments(t, t.reg(callee), t.reg(list), count, interpreterEntryReturn, fp, sp);
  if (t.fp === fp && result === Next.Continue) t.pc = next;
  return result;
};

export const ConstructWithSpread: Handler = (t) => {
  const heap = t.heap;
  const callee = t.ops[0]!;
  const list = t.ops[1]!;
  const registers = t.ops[2]!;
  const fp = t.fp;
  const sp = t.sp;
  const next = t.pc;
  recordCall(t, t.ops[3]!, t.reg(callee));
  const scope = heap.openHandles();
  const newTarget = heap.handle(t.acc);
  const count = spreadArguments(t, list, registers);
  const target = heap.deref(newTarget);
  heap.closeHandles(scope);
  const result = constructValue(t, t.reg(callee), target, count, fp, sp);
  if (t.fp === fp && result === Next.Continue) t.pc = next;
  return result;
};
