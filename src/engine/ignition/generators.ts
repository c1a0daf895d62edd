// Generators and async functions: prologue, suspend points, yield, await.

import { Bytecode, CLOSURE_INDEX, RECEIVER_INDEX } from '../bytecode/index.ts';
import { FeedbackSlotKind } from '../objects/index.ts';
import type { ast } from '../parser/index.ts';
import { Labels } from './bytecode-array-builder.ts';
import { LoopBuilder } from './control.ts';
import type { BytecodeGenerator } from './generator.ts';
import { buildGetIterator } from './iteration.ts';
import { RegisterList } from './register-allocator.ts';
import { buildTryCatch } from './statements.ts';

/** Resume modes, in V8's numbering. */
const modeNext = 0;
const modeReturn = 1;
const modeThrow = 2;

export function buildGeneratorPrologue(g: BytecodeGenerator): void {
  g.generatorJumpTable = g.b.allocateJumpTable(g.literal.suspendCount, 0);
  g.b.switchOnGenerator(g.generatorRegister(), g.generatorJumpTable);
}

function isAsyncGenerator(g: BytecodeGenerator): boolean {
  return g.literal.functionKind === 'asyncGenerator';
}

export function initializeGeneratorObject(g: BytecodeGenerator): void {
  const b = g.b;
  const kind = g.literal.functionKind;
  const saved = g.regs.next;
  const args = g.regs.newList(2);
  b.moveRegister(CLOSURE_INDEX, args.at(0));
  b.moveRegister(RECEIVER_INDEX, args.at(1));
  g.intrinsic(
    kind === 'asyncFunction' || kind === 'asyncArrow' || (kind === 'module' && g.literal.suspendCount > 1)
      ? 'AsyncFunctionEnter'
      : 'CreateJSGeneratorObject',
    args,
  );
  b.storeRegister(g.generatorRegister());
  g.regs.release(saved);
}

export function buildSuspendPoint(g: BytecodeGenerator, position: number): void {
  const b = g.b;
  if (b.isDead) return;
  const id = g.suspendCount++;
  const registers = new RegisterList(0, g.regs.next);
  b.setExpressionPosition(position);
  b.suspendGenerator(g.generatorRegister(), registers, id);
  b.bindCase(g.generatorJumpTable!, id);
  b.resumeGenerator(g.generatorRegister(), registers);
}

function resumeMode(g: BytecodeGenerator): void {
  g.intrinsic('GeneratorGetResumeMode', new RegisterList(g.generatorRegister(), 1));
}

export function buildAwait(g: BytecodeGenerator, position = -1): void {
  const b = g.b;
  const saved = g.regs.next;
  const args = g.regs.newList(2);
  b.moveRegister(g.generatorRegister(), args.at(0));
  b.storeRegister(args.at(1));
  g.intrinsic(isAsyncGenerator(g) ? 'AsyncGeneratorAwait' : 'AsyncFunctionAwait', args);
  g.regs.release(saved);
  buildSuspendPoint(g, position);
  const input = g.regs.newRegister();
  const mode = g.regs.newRegister();
  b.storeRegister(input);
  resumeMode(g);
  b.storeRegister(mode);
  const next = new Labels();
  b.loadSmi(modeNext);
  b.emit(Bytecode.TestReferenceEqual, mode);
  b.jump(Bytecode.JumpIfTrue, next.next());
  b.loadRegister(input);
  b.emit(Bytecode.ReThrow);
  next.bind(b);
  b.loadRegister(input);
}

export function visitAwait(g: BytecodeGenerator, expression: ast.Await): void {
  g.b.setExpressionPosition(expression.position);
  g.value(expression.expression);
  buildAwait(g, expression.position);
}

export function buildInitialYield(g: BytecodeGenerator): void {
  const saved = g.regs.next;
  g.b.loadRegister(g.generatorRegister());
  yieldAccumulator(g, g.literal.start, true);
  g.regs.release(saved);
}

export function visitYield(g: BytecodeGenerator, expression: ast.Yield): void {
  g.b.setExpressionPosition(expression.position);
  if (expression.expression === undefined) g.b.emit(Bytecode.LdaUndefined);
  else g.value(expression.expression);
  yieldAccumulator(g, expression.position, false);
}

function yieldAccumulator(g: BytecodeGenerator, position: number, isInitial: boolean): void {
  const b = g.b;
  const isAsync = isAsyncGenerator(g);
  if (!isInitial) {
    const saved = g.regs.next;
    const args = g.regs.newList(2);
    if (isAsync) {
      b.moveRegister(g.generatorRegister(), args.at(0));
      b.storeRegister(args.at(1));
      g.intrinsic('AsyncGeneratorYieldWithAwait', args);
    } else {
      b.storeRegister(args.at(0));
      b.emit(Bytecode.LdaFalse);
      b.storeRegister(args.at(1));
      g.intrinsic('CreateIterResultObject', args);
    }
    g.regs.release(saved);
  }
  buildSuspendPoint(g, position);
  const input = g.regs.newRegister();
  b.storeRegister(input);
  resumeMode(g);
  const table = b.allocateJumpTable(2, modeNext);
  b.switchOnSmi(table);
  b.setExpressionPosition(position);
  b.loadRegister(input);
  b.emit(Bytecode.Throw);
  b.bindCase(table, modeReturn);
  b.loadRegister(input);
  if (isAsync && !isInitial) buildAwait(g, position);
  g.control!.perform(isAsync ? 'asyncReturn' : 'return', undefined, -1);
  b.bindCase(table, modeNext);
  b.loadRegister(input);
}

export function visitYieldStar(g: BytecodeGenerator, expression: ast.YieldStar): void {
  const b = g.b;
  const isAsync = isAsyncGenerator(g);
  const output = g.regs.newRegister();
  const mode = g.regs.newRegister();
  const iterator = g.regs.newRegister();
  const next = g.regs.newRegister();
  const saved = g.regs.next;
  g.value(expression.expression);
  buildGetIterator(g, isAsync);
  b.storeRegister(iterator);
  b.emit(Bytecode.GetNamedProperty, iterator, b.string('next'), g.addSlot(FeedbackSlotKind.LoadProperty));
  b.storeRegister(next);
  b.emit(Bytecode.LdaUndefined);
  b.storeRegister(output);
  b.loadSmi(modeNext);
  b.storeRegister(mode);
  const input = output;
  const loop = new LoopBuilder(g, expression.position);
  loop.scope(() => {
    const afterCall = new Labels();
    const table = b.allocateJumpTable(2, 1);
    b.loadRegister(mode);
    b.switchOnSmi(table);
    const list = new RegisterList(iterator, 1);
    void list;
    b.emit(Bytecode.CallProperty1, next, iterator, input, g.addSlot(FeedbackSlotKind.Call));
    b.jump(Bytecode.Jump, afterCall.next());
    // return
    b.bindCase(table, modeReturn);
    const callMethod = (name: string, missing: Labels): void => {
      const method = g.regs.newRegister();
      b.emit(Bytecode.GetNamedProperty, iterator, b.string(name), g.addSlot(FeedbackSlotKind.LoadProperty));
      b.jump(Bytecode.JumpIfUndefinedOrNull, missing.next());
      b.storeRegister(method);
      b.emit(Bytecode.CallProperty1, method, iterator, input, g.addSlot(FeedbackSlotKind.Call));
    };
    const noReturn = new Labels();
    g.inRegisterScope(() => callMethod('return', noReturn));
    b.jump(Bytecode.Jump, afterCall.next());
    noReturn.bind(b);
    b.loadRegister(input);
    if (isAsync) buildAwait(g, expression.position);
    g.control!.perform(isAsync ? 'asyncReturn' : 'return', undefined, -1);
    // throw
    b.bindCase(table, modeThrow);
    const noThrow = new Labels();
    g.inRegisterScope(() => callMethod('throw', noThrow));
    b.jump(Bytecode.Jump, afterCall.next());
    noThrow.bind(b);
    const noReturn2 = new Labels();
    g.inRegisterScope(() => {
      const method = g.regs.newRegister();
      b.emit(Bytecode.GetNamedProperty, iterator, b.string('return'), g.addSlot(FeedbackSlotKind.LoadProperty));
      b.jump(Bytecode.JumpIfUndefinedOrNull, noReturn2.next());
      b.storeRegister(method);
      b.emit(Bytecode.CallProperty0, method, iterator, g.addSlot(FeedbackSlotKind.Call));
      if (isAsync) buildAwait(g, expression.position);
      b.jump(Bytecode.JumpIfJSReceiver, noReturn2.next());
      b.storeRegister(output);
      g.runtime('ThrowIteratorResultNotAnObject', new RegisterList(output, 1));
    });
    noReturn2.bind(b);
    g.runtime('ThrowThrowMethodMissing');
    afterCall.bind(b);
    if (isAsync) buildAwait(g, expression.position);
    const isObject = new Labels();
    b.jump(Bytecode.JumpIfJSReceiver, isObject.next());
    b.storeRegister(output);
    g.runtime('ThrowIteratorResultNotAnObject', new RegisterList(output, 1));
    isObject.bind(b);
    b.storeRegister(output);
    b.emit(Bytecode.GetNamedProperty, output, b.string('done'), g.addSlot(FeedbackSlotKind.LoadProperty));
    b.jump(Bytecode.JumpIfToBooleanTrue, loop.breakLabels.next());
    if (isAsync) {
      const args = g.regs.newList(2);
      b.moveRegister(g.generatorRegister(), args.at(0));
      b.emit(Bytecode.GetNamedProperty, output, b.string('value'), g.addSlot(FeedbackSlotKind.LoadProperty));
      b.storeRegister(args.at(1));
      g.intrinsic('AsyncGeneratorYieldWithAwait', args);
    } else b.loadRegister(output);
    buildSuspendPoint(g, expression.position);
    b.storeRegister(input);
    resumeMode(g);
    b.storeRegister(mode);
    loop.bindContinueTarget();
  });
  loop.finish();
  const slot = g.addSlot(FeedbackSlotKind.LoadProperty);
  b.emit(Bytecode.GetNamedProperty, output, b.string('value'), slot);
  const value = new Labels();
  const ret = new Labels();
  b.storeRegister(output);
  b.loadSmi(modeReturn);
  b.emit(Bytecode.TestReferenceEqual, mode);
  b.jump(Bytecode.JumpIfFalse, value.next());
  ret.bind(b);
  b.loadRegister(output);
  g.control!.perform(isAsync ? 'asyncReturn' : 'return', undefined, -1);
  value.bind(b);
  b.loadRegister(output);
  g.regs.release(saved);
}

/** The body of an async function: every exception becomes a rejection. */
export function buildAsyncBody(g: BytecodeGenerator): void {
  const b = g.b;
  const isGenerator = isAsyncGenerator(g);
  const outer = g.catchPrediction;
  if (isGenerator) buildInitialYield(g);
  g.catchPrediction = 'async_await';
  buildTryCatch(
    g,
    () => {
      g.visitStatements(g.literal.body);
      if (!b.isDead) {
        b.emit(Bytecode.LdaUndefined);
        g.control!.perform('asyncReturn', undefined, g.returnPosition());
      }
      g.catchPrediction = outer;
    },
    () => {
      const saved = g.regs.next;
      const args = g.regs.newList(2);
      b.moveRegister(g.generatorRegister(), args.at(0));
      b.storeRegister(args.at(1));
      b.emit(Bytecode.LdaTheHole);
      b.emit(Bytecode.SetPendingMessage);
      g.intrinsic(isGenerator ? 'AsyncGeneratorReject' : 'AsyncFunctionReject', args);
      g.regs.release(saved);
      g.buildReturn(-1);
    },
    'async_await',
  );
}
