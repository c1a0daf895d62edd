// `using` and `await using`: what a scope declares with them is kept on a stack, and disposed of when the scope is left, by
// whatever way: a try-finally around the scope's statements.
//
//   InitializeDisposableStack → stack
//   try { …  AddDisposableValue(stack, value) → value  … }
//   finally { DisposeDisposableStack(stack, token, result, message, hasAwaitUsing) }
//
// With `await using` the disposal goes on as often as there is something to wait for:
//
//   while ((promise = DisposeDisposableStack(…)) !== true)
//     try { await promise } catch (e) { HandleExceptionsInDisposeDisposableStack(stack, e, message) }

import { Bytecode } from '../bytecode/index.ts';
import type { Scope } from '../parser/index.ts';
import { buildTryCatch, buildTryFinally, LoopBuilder } from './control.ts';
import type { BytecodeGenerator } from './generator.ts';
import { buildAwait } from './suspension.ts';

/** Runs `body`, which generates a scope's statements, and disposes of what the scope declares. */
export function disposing(g: BytecodeGenerator, scope: Scope | undefined, body: () => void): void {
  if (scope?.hasUsing !== true) {
    body();
    return;
  }
  const { b } = g;
  g.inRegisterScope(() => {
    const outer = g.disposables;
    const stack = g.regs.newRegister();
    g.runtime('InitializeDisposableStack');
    b.storeRegister(stack);
    buildTryFinally(
      g,
      () => {
        g.disposables = stack;
        body();
        g.disposables = outer;
      },
      (token, result, message) => {
        const end = [token, result, message];
        if (scope.hasAwaitUsing) disposeAwaiting(g, stack, end);
        else disposeStack(g, [stack, ...end], false);
      },
      g.catchPrediction,
    );
  });
}

function disposeStack(g: BytecodeGenerator, values: readonly number[], hasAwaitUsing: boolean): void {
  const { b } = g;
  g.inRegisterScope(() => {
    const args = g.regs.newList(5);
    b.loadSmi(hasAwaitUsing ? 1 : 0);
    b.storeRegister(args.at(4));
    values.forEach((register, i) => void b.moveRegister(register, args.at(i)));
    g.runtime('DisposeDisposableStack', args);
  });
}

/** Its registers stay taken up to the end of the scope, as V8's do. */
function disposeAwaiting(g: BytecodeGenerator, stack: number, end: readonly number[]): void {
  const { b } = g;
  const result = g.regs.newRegister();
  const current = g.regs.newRegister();
  b.moveRegister(stack, current);
  const loop = new LoopBuilder(g, -1);
  loop.scope(() => {
    disposeStack(g, [current, ...end], true);
    b.storeRegister(result);
    b.emit(Bytecode.LdaTrue);
    b.emit(Bytecode.TestReferenceEqual, result);
    b.jump(Bytecode.JumpIfToBooleanTrue, loop.breakLabels.next());
    b.loadRegister(result);
    buildTryCatch(
      g,
      () => buildAwait(g),
      () => {
        const args = g.regs.newList(3);
        b.storeRegister(args.at(1));
        b.emit(Bytecode.LdaTheHole);
        b.emit(Bytecode.SetPendingMessage);
        b.storeRegister(args.at(2));
        b.moveRegister(stack, args.at(0));
        g.runtime('HandleExceptionsInDisposeDisposableStack', args);
        b.storeRegister(current);
      },
      g.catchPrediction,
    );
    loop.bindContinueTarget();
  });
  loop.finish();
}

/** Puts the accumulator on the stack of the scope around. */
export function addDisposable(g: BytecodeGenerator, isAsync: boolean): void {
  const { b } = g;
  g.inRegisterScope(() => {
    const args = g.regs.newList(2);
    b.storeRegister(args.at(1));
    b.moveRegister(g.disposables, args.at(0));
    g.runtime(isAsync ? 'AddAsyncDisposableValue' : 'AddDisposableValue', args);
  });
}
