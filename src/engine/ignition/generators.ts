// Generators and async functions: prologue, suspend points, yield, await.

import { Bytecode, CLOSURE_INDEX, RECEIVER_INDEX } from '../bytecode/index.ts';
import { FeedbackSlotKind } from '../objects/index.ts';
import type { ast } from '../parser/index.ts';
import { Labels } from './bytecode-array-builder.ts';
import { buildTryCatch, buildTryFinally, LoopBuilder } from './control.ts';
import type { BytecodeGenerator } from './generator.ts';
import { buildGetIterator } from './iterators.ts';
import { RegisterList } from './register-allocator.ts';
import {
  buildAwait,
  buildSuspendPoint,
  isAsyncGenerator,
  modeNext,
  modeReturn,
  modeThrow,
  resumeMode,
} from './suspension.ts';
import type { ExpressionVisitors } from './visitors.ts';

export const generatorVisitors = {
  Await: visitAwait,
  Yield: visitYield,
  YieldStar: visitYieldStar,
} satisfies Partial<ExpressionVisitors>;

export function buildGeneratorPrologue(g: BytecodeGenerator): void {
  g.generatorJumpTable = g.b.allocateJumpTable(g.literal.suspendCount, 0);
  g.b.switchOnGenerator(g.generatorRegister(), g.generatorJumpTable);
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

function visitAwait(g: BytecodeGenerator, expression: ast.Await): void {
  g.b.setExpressionPosition(expression.position);
  g.value(expression.expression);
  buildAwait(g, expression.position);
}

function visitYield(g: BytecodeGenerator, expression: ast.Yield): void {
  const b = g.b;
  const { position } = expression;
  const isAsync = isAsyncGenerator(g);
  b.setExpressionPosition(position);
  if (expression.isInitial) b.loadRegister(g.generatorRegister());
  else {
    if (expression.expression === undefined) b.emit(Bytecode.LdaUndefined);
    else g.value(expression.expression);
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
  const table = b.allocateJumpTable(isAsync ? 3 : 2, modeNext);
  b.switchOnSmi(table);
  if (isAsync) {
    b.setExpressionPosition(position);
    b.loadRegister(input);
    b.emit(Bytecode.ReThrow);
    b.bindCase(table, modeThrow);
  }
  b.setExpressionPosition(position);
  b.loadRegister(input);
  b.emit(Bytecode.Throw);
  b.bindCase(table, modeReturn);
  b.loadRegister(input);
  g.control!.perform(isAsync ? 'asyncReturn' : 'return', undefined, -1);
  b.bindCase(table, modeNext);
  b.loadRegister(input);
}

function visitYieldStar(g: BytecodeGenerator, expression: ast.YieldStar): void {
  const b = g.b;
  const isAsync = isAsyncGenerator(g);
  const { position } = expression;
  const output = g.regs.newRegister();
  const mode = g.regs.newRegister();
  const saved = g.regs.next;
  const pair = g.regs.newList(2);
  const iterator = pair.at(0);
  const input = pair.at(1);
  g.value(expression.expression);
  const next = g.regs.newRegister();
  buildGetIterator(g, isAsync);
  b.storeRegister(iterator);
  b.emit(Bytecode.GetNamedProperty, iterator, b.string('next'), g.addSlot(FeedbackSlotKind.LoadProperty));
  b.storeRegister(next);
  b.emit(Bytecode.LdaUndefined);
  b.storeRegister(input);
  b.loadSmi(modeNext);
  b.storeRegister(mode);
  const loop = new LoopBuilder(g, -1);
  const callMethod = (name: string, args: RegisterList, called: Labels, missing: Labels): void => {
    g.inRegisterScope(() => {
      const method = g.regs.newRegister();
      b.emit(Bytecode.GetNamedProperty, iterator, b.string(name), g.addSlot(FeedbackSlotKind.LoadProperty));
      b.jump(Bytecode.JumpIfUndefinedOrNull, missing.next());
      b.storeRegister(method);
      b.callProperty(method, args, g.addSlot(FeedbackSlotKind.Call));
      b.jump(Bytecode.Jump, called.next());
    });
  };
  loop.scope(() => {
    const afterCall = new Labels();
    const table = b.allocateJumpTable(2, modeReturn);
    b.loadRegister(mode);
    b.switchOnSmi(table);
    b.callProperty(next, pair, g.addSlot(FeedbackSlotKind.Call));
    b.jump(Bytecode.Jump, afterCall.next());
    b.bindCase(table, modeReturn);
    const noReturn = new Labels();
    callMethod('return', pair, afterCall, noReturn);
    noReturn.bind(b);
    b.loadRegister(input);
    if (isAsync) buildAwait(g, position);
    g.control!.perform(isAsync ? 'asyncReturn' : 'return', undefined, -1);
    b.bindCase(table, modeThrow);
    const noThrow = new Labels();
    callMethod('throw', pair, afterCall, noThrow);
    noThrow.bind(b);
    // An iterator without throw is closed before the TypeError.
    const missing = new Labels();
    const closed = new Labels();
    callMethod('return', pair.truncate(1), closed, missing);
    closed.bind(b);
    g.inRegisterScope(() => {
      if (isAsync) buildAwait(g, position);
      b.jump(Bytecode.JumpIfJSReceiver, missing.next());
      const result = g.regs.newRegister();
      b.storeRegister(result);
      g.runtime('ThrowIteratorResultNotAnObject', new RegisterList(result, 1));
    });
    missing.bind(b);
    g.runtime('ThrowThrowMethodMissing');
    afterCall.bind(b);
    if (isAsync) buildAwait(g, position);
    const isObject = new Labels();
    b.storeRegister(output);
    b.jump(Bytecode.JumpIfJSReceiver, isObject.next());
    g.runtime('ThrowIteratorResultNotAnObject', new RegisterList(output, 1));
    isObject.bind(b);
    b.emit(Bytecode.GetNamedProperty, output, b.string('done'), g.addSlot(FeedbackSlotKind.LoadProperty));
    b.jump(Bytecode.JumpIfToBooleanTrue, loop.breakLabels.next());
    if (isAsync) {
      g.inRegisterScope(() => {
        const args = g.regs.newList(3);
        b.emit(Bytecode.GetNamedProperty, output, b.string('value'), g.addSlot(FeedbackSlotKind.LoadProperty));
        b.storeRegister(args.at(1));
        b.emit(Bytecode.LdaFalse);
        b.storeRegister(args.at(2));
        b.moveRegister(g.generatorRegister(), args.at(0));
        g.intrinsic('AsyncGeneratorResolve', args);
      });
    } else b.loadRegister(output);
    buildSuspendPoint(g, position);
    b.storeRegister(input);
    resumeMode(g);
    b.storeRegister(mode);
    loop.bindContinueTarget();
  });
  loop.finish();
  g.regs.release(saved);
  const value = g.regs.newRegister();
  b.emit(Bytecode.GetNamedProperty, output, b.string('value'), g.addSlot(FeedbackSlotKind.LoadProperty));
  b.storeRegister(value);
  b.loadSmi(modeReturn);
  b.emit(Bytecode.TestReferenceEqual, mode);
  const isValue = new Labels();
  b.jump(Bytecode.JumpIfFalse, isValue.next());
  b.loadRegister(value);
  g.control!.perform(isAsync ? 'asyncReturn' : 'return', undefined, -1);
  isValue.bind(b);
  b.loadRegister(value);
}

/** The body of an async function: every exception becomes a rejection. */
export function buildAsyncBody(g: BytecodeGenerator): void {
  const b = g.b;
  const isGenerator = isAsyncGenerator(g);
  const outer = g.catchPrediction;
  let statements = g.literal.body;
  if (isGenerator && !g.closureScope.hasSimpleParameters) {
    // What patterns and defaults throw, the call throws: they are bound before there is anything to reject.
    g.visitStatements(statements.slice(0, 1));
    statements = statements.slice(1);
  }
  g.catchPrediction = 'async_await';
  const body = (): void =>
    buildTryCatch(
      g,
      () => {
        g.visitBody(statements);
        if (!b.isDead) {
          b.emit(Bytecode.LdaUndefined);
          g.control!.perform('asyncReturn', undefined, isGenerator ? -1 : g.returnPosition());
        }
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
        g.control!.perform('return', undefined, -1);
      },
      'async_await',
    );
  if (isGenerator) {
    buildTryFinally(
      g,
      body,
      () => g.intrinsic('GeneratorClose', new RegisterList(g.generatorRegister(), 1)),
      'async_await',
    );
  } else body();
  g.catchPrediction = outer;
}
