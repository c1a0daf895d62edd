// What the interpreter needs from the isolate: safepoints, tiers, the debugger.

import type { Address, Tagged } from '../heap/index.ts';

export interface InterpreterHooks {
  /** Stack limit hit with the frame written back: serves interrupts or throws a RangeError. May collect. */
  stackGuard(): void;
  /** The interrupt budget of `fn` ran out; must set a new budget. May collect or compile. */
  budgetInterrupt(fn: Tagged): void;
  /** JumpLoop with OSR urgency at bytecode offset `offset`: true if the machine state now enters optimized code. */
  tryOsr(fn: Tagged, offset: number, loopDepth: number): boolean;
  /** The feedback vector of `fn` asks for attention at a call: install or drop code, compile if requested. */
  tierUp(fn: Tagged): void;
  /** Installs the code that the function's feedback vector holds, or drops it when it is dead. Collects nothing. */
  takeCachedCode(fn: Tagged): void;
  /** Fills the bytecode of the function's SharedFunctionInfo. Throws `jsException`. */
  compileLazy(fn: Tagged): void;
  /** Interrupt budget of a new closure without a feedback vector, for bytecode of this length. */
  initialBudget(bytecodeLength: number): number;
  /** A RegExp object for a literal: source string, V8's flag bits. Throws SyntaxError as `jsException`. */
  newRegExp(source: Tagged, flags: number): Tagged;
  /** Function of a native context slot that CallJSRuntime names ("reflect_apply"). */
  nativeFunction(name: string): Tagged;
  /** A DebugBreak bytecode at address `at`: stops, then returns the bytecode that it replaces. */
  debugBreak(at: number): number;
  /** A `debugger` statement. */
  debuggerStatement(): void;
  /** Before every bytecode while `Interpreter.stepping`. */
  step(): void;
  /** An exception that is not the program's: turns host stack overflow into a RangeError (throws `jsException`), rethrows others. */
  hostError(error: unknown): void;
  /** An optimized frame during unwinding: true if it has a handler for `pc` and the machine state continues there. */
  unwindOptimized(fp: Address, pc: Address): boolean;
  /** An exception is thrown and starts to unwind, frame written back. */
  exceptionThrown(): void;
}
