// The iterator protocol: getting an iterator, its next result, closing it, and filling an array from what is left.

import { Bytecode } from '../bytecode/index.ts';
import { FeedbackSlotKind } from '../objects/index.ts';
import { Labels } from './bytecode-array-builder.ts';
import { buildTryCatch, LoopBuilder } from './control.ts';
import type { BytecodeGenerator } from './generator.ts';
import { RegisterList } from './register-allocator.ts';
import { buildAwait } from './suspension.ts';

export interface IteratorRecord {
  readonly object: number;
  readonly next: number;
  readonly isAsync: boolean;
}

/** Accumulator: an iterable; afterwards: its iterator. */
export function buildGetIterator(g: BytecodeGenerator, isAsync: boolean): void {
  const b = g.b;
  const saved = g.regs.next;
  if (isAsync) {
    const object = g.regs.newRegister();
    const method = g.regs.newRegister();
    const done = new Labels();
    const missing = new Labels();
    b.storeRegister(object);
    const symbol = b.constants.insert({ kind: 'symbol', value: 'async_iterator_symbol' });
    b.emit(Bytecode.GetNamedProperty, object, symbol, g.addSlot(FeedbackSlotKind.LoadProperty));
    b.jump(Bytecode.JumpIfUndefinedOrNull, missing.next());
    b.storeRegister(method);
    b.emit(Bytecode.CallProperty0, method, object, g.addSlot(FeedbackSlotKind.Call));
    b.jump(Bytecode.JumpIfJSReceiver, done.next());
    g.runtime('ThrowSymbolAsyncIteratorInvalid');
    missing.bind(b);
    const iterator = b.constants.insert({ kind: 'symbol', value: 'iterator_symbol' });
    b.emit(Bytecode.GetNamedProperty, object, iterator, g.addSlot(FeedbackSlotKind.LoadProperty));
    b.storeRegister(method);
    b.emit(Bytecode.CallProperty0, method, object, g.addSlot(FeedbackSlotKind.Call));
    b.storeRegister(method);
    g.intrinsic('CreateAsyncFromSyncIterator', new RegisterList(method, 1));
    done.bind(b);
    g.regs.release(saved);
    return;
  }
  const object = g.regs.newRegister();
  const load = g.addSlot(FeedbackSlotKind.LoadProperty);
  const call = g.addSlot(FeedbackSlotKind.Call);
  b.storeRegister(object);
  b.emit(Bytecode.GetIterator, object, load, call);
  g.regs.release(saved);
}

export function buildIteratorRecord(g: BytecodeGenerator, isAsync: boolean): IteratorRecord {
  const b = g.b;
  const next = g.regs.newRegister();
  const object = g.regs.newRegister();
  buildGetIterator(g, isAsync);
  b.storeRegister(object);
  b.emit(Bytecode.GetNamedProperty, object, b.string('next'), g.addSlot(FeedbackSlotKind.LoadProperty));
  b.storeRegister(next);
  return { object, next, isAsync };
}

export function buildIteratorNext(g: BytecodeGenerator, iterator: IteratorRecord, nextResult: number): void {
  const b = g.b;
  b.emit(Bytecode.CallProperty0, iterator.next, iterator.object, g.addSlot(FeedbackSlotKind.Call));
  if (iterator.isAsync) buildAwait(g);
  const isObject = new Labels();
  b.storeRegister(nextResult);
  b.jump(Bytecode.JumpIfJSReceiver, isObject.next());
  g.runtime('ThrowIteratorResultNotAnObject', new RegisterList(nextResult, 1));
  isObject.bind(b);
}

/** In a finally block: closes the iterator unless it is done; its own errors give way to one that is passing. */
export function buildFinalizeIteration(
  g: BytecodeGenerator,
  iterator: IteratorRecord,
  done: number,
  token: number,
): void {
  const b = g.b;
  const isDone = new Labels();
  b.loadRegister(done);
  b.jump(Bytecode.JumpIfToBooleanTrue, isDone.next());
  const saved = g.regs.next;
  buildTryCatch(
    g,
    () => {
      const method = g.regs.newRegister();
      b.emit(Bytecode.GetNamedProperty, iterator.object, b.string('return'), g.addSlot(FeedbackSlotKind.LoadProperty));
      b.jump(Bytecode.JumpIfUndefinedOrNull, isDone.next());
      b.storeRegister(method);
      b.emit(Bytecode.CallProperty0, method, iterator.object, g.addSlot(FeedbackSlotKind.Call));
      if (iterator.isAsync) buildAwait(g);
      b.jump(Bytecode.JumpIfJSReceiver, isDone.next());
      g.inRegisterScope(() => {
        const result = g.regs.newRegister();
        b.storeRegister(result);
        g.runtime('ThrowIteratorResultNotAnObject', new RegisterList(result, 1));
      });
    },
    (context) => {
      b.storeRegister(context);
      const suppress = new Labels();
      b.loadSmi(0);
      b.emit(Bytecode.TestReferenceEqual, token);
      b.jump(Bytecode.JumpIfTrue, suppress.next());
      b.loadRegister(context);
      b.emit(Bytecode.ReThrow);
      suppress.bind(b);
    },
    g.catchPrediction,
  );
  g.regs.release(saved);
  isDone.bind(b);
}

/** array[index++] = value for every remaining value. */
export function buildFillArray(
  g: BytecodeGenerator,
  iterator: IteratorRecord,
  array: number,
  index: number,
  value: number,
  slots: { value: number; index: number; element: number },
): void {
  const b = g.b;
  const loop = new LoopBuilder(g, -1);
  loop.scope(() => {
    buildIteratorNext(g, iterator, value);
    b.emit(Bytecode.GetNamedProperty, value, b.string('done'), g.addSlot(FeedbackSlotKind.LoadProperty));
    b.jump(Bytecode.JumpIfToBooleanTrue, loop.breakLabels.next());
    b.emit(Bytecode.GetNamedProperty, value, b.string('value'), slots.value);
    b.emit(Bytecode.StaInArrayLiteral, array, index, slots.element);
    b.loadRegister(index);
    b.emit(Bytecode.Inc, slots.index);
    b.storeRegister(index);
    loop.bindContinueTarget();
  });
  loop.finish();
}
