// The dispatcher: runs at RIP. Addresses in code space run in the emulator; builtin addresses name host functions or the
// interpreter. `call` and `construct` are the way in from host code: an entry frame, then dispatch until JSExit.
//
// Invariant: while host code runs, CEntryFp is the innermost frame and rsp is below everything in use.

import { Bytecode } from '../bytecode/index.ts';
import {
  type CallRecord,
  CpuWord,
  cEntryFpWord,
  ExitFrameWord,
  enterHost,
  FrameWord,
  insertMissingArguments,
  leaveHost,
  pushBuiltinExitFrame,
  pushEntryFrame,
  pushExitFrame,
  readCpu,
  returnTo,
  stackPointerWord,
  writeCpu,
} from '../frames/index.ts';
import { type Address, builtinAddressStride, Region, type Tagged, type WordIndex } from '../heap/index.ts';
import {
  callRuntimeFunction,
  callValue,
  constructValue,
  constructWithReceiver,
  enterFunction,
  hardStackLimit,
  type Interpreter,
  jsExit,
  Next,
  prepareFunction,
  reserveArguments,
  unwind,
} from '../interpreter/index.ts';
import {
  BytecodeArray,
  Code,
  CodeFlags,
  FeedbackCell,
  FeedbackVector,
  FeedbackVectorFlags,
  FixedArray,
  InstanceType,
  JSFunction,
  JSGeneratorObject,
  SharedFunctionFlags,
  SharedFunctionInfo,
  StaticRoot,
} from '../objects/index.ts';
import {
  BuiltinId,
  builtinContinuation,
  convertReceiver,
  isConstructor,
  jsException,
  maxNesting,
  type Runtime,
  throwRangeError,
} from '../runtime/index.ts';

/** A host function that works on the machine state (deoptimizer halves, leaf functions of optimized code). */
export type MachineBuiltin = () => void;

/** What runs machine code. */
export interface MachineCodeRunner {
  /** Executes it at rip until it leaves code space. */
  run(): void;
  /** The host function that does what the builtin at `rip` does, only faster; undefined where there is none, or somebody looks. */
  shortcutAt(rip: Address): BuiltinId | undefined;
  /** Runs the host function `id` of the Deoptimizer's or of optimized code, and returns to the address on the stack. */
  runHostFunction(id: BuiltinId): void;
  /** Runs the host function that does what the Deoptimizer's machine code `id` does. */
  runDeoptimizerShortcut(id: BuiltinId): void;
  /** Code of `fn` is left: it was invalidated. */
  unlink(fn: Tagged): void;
}

const isJumpLoopAt = (bytes: Uint8Array, pc: number): boolean => {
  const first = bytes[pc]!;
  const isPrefix = first === Bytecode.Wide || first === Bytecode.ExtraWide;
  return (isPrefix ? bytes[pc + 1]! : first) === Bytecode.JumpLoop;
};

/** The host functions that the machine runs. */
const machineFunctions: readonly BuiltinId[] = [
  BuiltinId.NewDeoptimizer,
  BuiltinId.ComputeOutputFrames,
  BuiltinId.RuntimeNotifyDeoptimized,
  BuiltinId.DoubleToInt32,
  BuiltinId.Float64Mod,
  BuiltinId.Float64Pow,
  BuiltinId.Float64Atan2,
  BuiltinId.Float64Sin,
  BuiltinId.Float64Cos,
  BuiltinId.Float64Tan,
  BuiltinId.Float64Exp,
  BuiltinId.Float64Log,
  BuiltinId.Float64Acos,
  BuiltinId.Float64Acosh,
  BuiltinId.Float64Asin,
  BuiltinId.Float64Asinh,
  BuiltinId.Float64Atan,
  BuiltinId.Float64Atanh,
  BuiltinId.Float64Cbrt,
  BuiltinId.Float64Cosh,
  BuiltinId.Float64Expm1,
  BuiltinId.Float64Log1p,
  BuiltinId.Float64Log10,
  BuiltinId.Float64Log2,
  BuiltinId.Float64Sinh,
  BuiltinId.Float64Tanh,
  BuiltinId.RecordWrite,
];

/** Host functions for the Deoptimizer's machine code. */
export const deoptimizerShortcuts = [
  'DeoptimizationEntry_Eager',
  'DeoptimizationEntry_Lazy',
  'NotifyDeoptimized',
  'ContinueToJavaScriptBuiltin',
  'ContinueToJavaScriptBuiltinWithResult',
] as const;

/** Goes on in a generator's function, which stands in the call record: in whatever code it has by now. */
const resumeFunction = (t: Interpreter): Next => {
  prepareFunction(t);
  return enterFunction(t);
};

export class Dispatcher {
  private readonly machineBuiltins: readonly (MachineBuiltin | undefined)[];
  private readonly machine: () => MachineCodeRunner;
  /** Collects after every call from host code, whatever it ran, as long as that is asked for. */
  collectsAfterCalls = false;
  private readonly collect: () => void;
  private readonly rt: Runtime;
  private readonly interpreter: Interpreter;
  /** The call that is being made. */
  private readonly record: CallRecord;

  /**
   * @param machine what runs machine code; asked for when there is some
   * @param collect for --gc-at-every-safepoint
   */
  constructor(rt: Runtime, interpreter: Interpreter, machine: () => MachineCodeRunner, collect: () => void) {
    this.rt = rt;
    this.interpreter = interpreter;
    this.machine = machine;
    this.collect = collect;
    this.record = interpreter.call;
    writeCpu(rt.heap.i32, CpuWord.Rsp, Region.StackEnd - 64);
    this.machineBuiltins = this.newMachineBuiltins();
  }

  // --- in from the host ------------------------------------------------------------------------------------------------------

  call(target: Tagged, receiver: Tagged, args: readonly Tagged[]): Tagged {
    return this.nested(callValue, target, StaticRoot.Undefined, receiver, args);
  }

  construct(target: Tagged, newTarget: Tagged, args: readonly Tagged[]): Tagged {
    return this.nested(constructValue, target, newTarget, StaticRoot.Undefined, args);
  }

  /** Runs the generator's function again, with the generator in its incoming register. */
  resumeGenerator(generator: Tagged, value: Tagged, mode: number): Tagged {
    const { heap } = this.rt;
    heap.set(generator, JSGeneratorObject.InputOrDebugPos, value);
    heap.set(generator, JSGeneratorObject.ResumeMode, mode << 1);
    const fn = heap.get(generator, JSGeneratorObject.Function);
    const bytecodes = heap.get(heap.get(fn, JSFunction.SharedFunctionInfo), SharedFunctionInfo.FunctionData);
    const saved = heap.get(generator, JSGeneratorObject.ParametersAndRegisters);
    const count = heap.getI32(bytecodes, BytecodeArray.ParameterCount) - 1;
    const args: Tagged[] = [];
    for (let i = 0; i < count; i++) args.push(heap.getElement(saved, FixedArray.Elements, i));
    return this.nested(resumeFunction, fn, generator, heap.get(generator, JSGeneratorObject.Receiver), args);
  }

  /** @param target a function whose realm is entered; anything else is called from the current one */
  private nested(
    enter: (t: Interpreter) => Next,
    target: Tagged,
    newTarget: Tagged,
    receiver: Tagged,
    args: readonly Tagged[],
  ): Tagged {
    const { rt } = this;
    if (!rt.hasRealms) return this.collected(enter, target, newTarget, receiver, args);
    const outer = rt.nativeContext;
    this.enterRealmOf(target);
    try {
      return this.collected(enter, target, newTarget, receiver, args);
    } finally {
      rt.realms.enter(outer);
    }
  }

  private enterRealmOf(target: Tagged): void {
    const { heap, realms } = this.rt;
    if ((target & 1) !== 0 && isFunction(heap.u16[(heap.i32[(target - 1) >> 2]! + 7) >> 1]!))
      realms.enter(realms.ofFunction(target));
  }

  /** Machine code calls from the frame at `fp` (word index): its context register need not hold a context. */
  private enterRealmOfFrame(fp: WordIndex): void {
    const { i32 } = this.rt.heap;
    if ((i32[fp + FrameWord.Context]! & 1) !== 0) this.enterRealmOf(i32[fp + FrameWord.Function]!);
  }

  private collected(
    enter: (t: Interpreter) => Next,
    target: Tagged,
    newTarget: Tagged,
    receiver: Tagged,
    args: readonly Tagged[],
  ): Tagged {
    if (!this.collectsAfterCalls) return this.runNested(enter, target, newTarget, receiver, args);
    const { heap } = this.rt;
    const scope = heap.openHandles();
    const result = heap.handle(StaticRoot.Undefined);
    try {
      heap.setHandle(result, this.runNested(enter, target, newTarget, receiver, args));
    } finally {
      if (this.collectsAfterCalls) this.collect();
      heap.closeHandles(scope);
    }
    return heap.deref(result);
  }

  /** Builds an entry frame, lets `enter` make the call from it, and runs until that returns. */
  private runNested(
    enter: (t: Interpreter) => Next,
    target: Tagged,
    newTarget: Tagged,
    receiver: Tagged,
    args: readonly Tagged[],
  ): Tagged {
    const { rt } = this;
    const t = this.interpreter;
    const i32 = rt.heap.i32;
    if (rt.nesting >= maxNesting) throwRangeError(rt, 'StackOverflow');
    const cEntryFp = i32[cEntryFpWord]!;
    const rsp = i32[stackPointerWord]!;
    const saved = [
      t.fp,
      t.sp,
      t.pc,
      t.acc,
      t.fv,
      t.cp,
      t.opcodePc,
      t.ops[0]!,
      t.ops[1]!,
      t.ops[2]!,
      t.ops[3]!,
      t.ops[4]!,
    ];
    const rbp = readCpu(i32, CpuWord.Rbp);
    const scope = rt.heap.openHandles();
    rt.nesting++;
    try {
      const fp = pushEntryFrame(i32);
      this.record.from(jsExit, fp, i32[stackPointerWord]! >> 2);
      t.fp = 0;
      reserveArguments(t, target, newTarget, receiver, args.length);
      this.record.setArguments(args);
      const next = enter(t);
      if (next === Next.Continue) {
        if (t.fp === 0) return t.acc; // a builtin: done already
        t.run();
      }
      return this.dispatch();
    } finally {
      rt.nesting--;
      this.record.end();
      rt.heap.closeHandles(scope);
      i32[cEntryFpWord] = cEntryFp;
      i32[stackPointerWord] = rsp;
      writeCpu(i32, CpuWord.Rbp, rbp);
      t.fp = saved[0]!;
      t.sp = saved[1]!;
      t.pc = saved[2]!;
      t.acc = saved[3]!;
      t.fv = saved[4]!;
      t.cp = saved[5]!;
      t.opcodePc = saved[6]!;
      for (let i = 0; i < 5; i++) t.ops[i] = saved[7 + i]!;
    }
  }

  // --- the loop ---------------------------------------------------------------------------------------------------------------

  /** Runs at rip until JSExit; its result. */
  private dispatch(): Tagged {
    const i32 = this.rt.heap.i32;
    for (;;) {
      const rip = readCpu(i32, CpuWord.Rip);
      if (rip === jsExit) return readCpu(i32, CpuWord.Rax);
      if (rip >= Region.Code && rip < Region.CodeEnd) {
        const machine = this.machine();
        const shortcut = rip < Region.BuiltinCodeEnd ? machine.shortcutAt(rip) : undefined;
        if (shortcut === undefined) machine.run();
        else this.runBuiltin(shortcut);
        continue;
      }
      if (rip < Region.Builtins || rip >= Region.BuiltinsEnd)
        throw new Error(`the machine jumped to 0x${(rip >>> 0).toString(16)}, which is neither code nor a builtin`);
      this.callBuiltin(rip);
    }
  }

  /** Runs the builtin at `address` on the machine state. */
  callBuiltin(address: Address): void {
    this.runBuiltin((address - Region.Builtins) / builtinAddressStride);
  }

  private runBuiltin(id: number): void {
    const machine = this.machineBuiltins[id];
    try {
      if (machine !== undefined) machine();
      else if (id >= BuiltinId.FirstJavaScriptBuiltin) this.runJavaScriptBuiltin(id);
      else this.enterHandler(id - BuiltinId.BytecodeHandlers);
    } catch (error) {
      if (error !== jsException) this.interpreter.hooks.hostError(error);
      if (unwind(this.interpreter) === Next.Continue) this.interpreter.run();
    }
  }

  /** A bytecode handler of the dispatch table: rbp frame, r12 BytecodeArray, r9 the bytecode's offset in it, rax accumulator. */
  private enterHandler(entry: number): void {
    const t = this.interpreter;
    const { i32, u8 } = this.rt.heap;
    t.loadFrame(readCpu(i32, CpuWord.Rbp) >> 2);
    t.pc = readCpu(i32, CpuWord.R12) + readCpu(i32, CpuWord.R9);
    t.acc = readCpu(i32, CpuWord.Rax);
    if (u8[t.pc] !== (entry & 0xff))
      throw new Error(`the handler of ${Bytecode[entry & 0xff]} was entered for ${Bytecode[u8[t.pc]!]}`);
    this.interpret();
  }

  /** A JS builtin called from machine code: return address at rsp, rdi target, rdx new target, rax argument count. */
  private runJavaScriptBuiltin(id: number): void {
    const { i32 } = this.rt.heap;
    const rsp = readCpu(i32, CpuWord.Rsp) >> 2;
    const count = readCpu(i32, CpuWord.Rax);
    const rbp = readCpu(i32, CpuWord.Rbp) >> 2;
    const fp = pushBuiltinExitFrame(i32, rsp, rbp, readCpu(i32, CpuWord.Rdi), count, readCpu(i32, CpuWord.Rdx));
    const result = this.rt.callBuiltin(id, fp << 2);
    leaveHost(i32);
    // Read after the call: the caller's code may have been invalidated meanwhile.
    returnTo(i32, i32[rsp]!, rsp + 2 + (count << 1), rbp, result);
  }

  private newMachineBuiltins(): (MachineBuiltin | undefined)[] {
    const t = this.interpreter;
    const { heap } = this.rt;
    const i32 = heap.i32;
    const at: (MachineBuiltin | undefined)[] = [];

    // rdi function, rdx new target, rax argument count, return address at rsp.
    const enter = (): void => {
      const fn = readCpu(i32, CpuWord.Rdi);
      const newTarget = readCpu(i32, CpuWord.Rdx);
      if (this.rt.hasRealms) this.enterRealmOf(fn);
      const isCallable = newTarget !== StaticRoot.Undefined || this.isPlainFunction(fn);
      if (isCallable && this.installCachedCode(fn)) {
        // The arguments stand where the code wants them.
        writeCpu(i32, CpuWord.Rsi, heap.get(fn, JSFunction.Context));
        writeCpu(i32, CpuWord.Rip, heap.getI32(heap.get(fn, JSFunction.Code), Code.InstructionStart));
      } else this.callFromMachine(fn, newTarget, true);
    };
    at[BuiltinId.InterpreterEntryTrampoline] = enter;
    at[BuiltinId.CompileLazy] = enter;
    at[BuiltinId.CompileLazyDeoptimizedCode] = () => {
      this.machine().unlink(readCpu(i32, CpuWord.Rdi));
      enter();
    };

    at[BuiltinId.ContinueBuiltin] = () => {
      const fn = readCpu(i32, CpuWord.Rdi);
      if (this.rt.hasRealms) this.enterRealmOf(fn);
      writeCpu(i32, CpuWord.Rdi, builtinContinuation(this.rt, readCpu(i32, CpuWord.R10) >> 1));
      enter();
    };

    at[BuiltinId.InterpreterEntryReturn] = () => {
      t.loadFrame(readCpu(i32, CpuWord.Rbp) >> 2);
      t.acc = readCpu(i32, CpuWord.Rax);
      t.advance();
      this.interpret();
    };
    // As V8's: the accumulator is in rax (pushed by the Deoptimizer and popped by its entry code).
    at[BuiltinId.InterpreterEnterAtBytecode] = () => {
      t.loadFrame(readCpu(i32, CpuWord.Rbp) >> 2);
      t.acc = readCpu(i32, CpuWord.Rax);
      this.interpret();
    };
    at[BuiltinId.InterpreterEnterAtNextBytecode] = () => {
      t.loadFrame(readCpu(i32, CpuWord.Rbp) >> 2);
      t.acc = readCpu(i32, CpuWord.Rax);
      // Left at a loop's stack check: the jump back is still to be taken.
      if (!isJumpLoopAt(this.rt.heap.u8, t.pc)) t.advance();
      this.interpret();
    };

    // A constructor returned to machine code's construct frame: the result, or the implicit receiver.
    at[BuiltinId.ConstructReturn] = () => {
      const fp = readCpu(i32, CpuWord.Rbp) >> 2;
      t.acc = readCpu(i32, CpuWord.Rax);
      if (this.finishConstruct(fp) === Next.Continue) this.interpret();
    };

    at[BuiltinId.CEntry] = () => {
      const count = readCpu(i32, CpuWord.Rax);
      const fp = this.pushExitFrame(readCpu(i32, CpuWord.Rsi), count);
      const base = i32[fp + ExitFrameWord.ArgumentsBase]!;
      if (this.rt.hasRealms) this.enterRealmOfFrame(readCpu(i32, CpuWord.Rbp) >> 2);
      this.leaveExitFrame(fp, callRuntimeFunction(t, readCpu(i32, CpuWord.Rbx), base, count));
    };

    at[BuiltinId.Call] = () => {
      const target = readCpu(i32, CpuWord.Rdi);
      if (this.rt.hasRealms) this.enterRealmOf(target);
      if (!this.callInPlace(target)) this.callFromMachine(target, StaticRoot.Undefined, false);
    };
    at[BuiltinId.Construct] = () => this.constructFromMachine();
    at[BuiltinId.ConstructWithReceiver] = () => {
      if (this.rt.hasRealms) this.enterRealmOf(readCpu(i32, CpuWord.Rdi));
      this.record.fromMachine();
      this.prepareFunction();
      this.finishCall(constructWithReceiver);
    };
    for (const id of machineFunctions) at[id] = () => this.machine().runHostFunction(id);
    for (const name of deoptimizerShortcuts) {
      const id = BuiltinId[name];
      at[id] = () => this.machine().runDeoptimizerShortcut(id);
    }
    return at;
  }

  /** Runs the interpreter from its loaded state. */
  private interpret(): void {
    leaveHost(this.rt.heap.i32);
    this.interpreter.run();
  }

  /** An exit frame under the return address at rsp and the `count` arguments above it. */
  private pushExitFrame(context: Tagged, count: number): WordIndex {
    const { i32 } = this.rt.heap;
    return pushExitFrame(i32, readCpu(i32, CpuWord.Rsp) >> 2, readCpu(i32, CpuWord.Rbp) >> 2, context, count);
  }

  /** Pops the exit frame at `fp` with its arguments. Its return address may have become a lazy deopt exit. */
  private leaveExitFrame(fp: WordIndex, result: Tagged): void {
    const { i32 } = this.rt.heap;
    const sp = fp + FrameWord.Receiver + (i32[fp + ExitFrameWord.ArgumentCount]! << 1);
    leaveHost(i32);
    returnTo(i32, i32[fp + FrameWord.ReturnPc]!, sp, i32[fp + FrameWord.CallerFp]! >> 2, result);
  }

  /**
   * A call from machine code of `target`: a function in the interpreter runs on the arguments where they stand.
   * @param padded the caller knew the callee, and pushed undefined for missing arguments: the callee pops those too
   */
  private callFromMachine(target: Tagged, newTarget: Tagged, padded: boolean): void {
    const { record } = this;
    // With a new target the construct stub did its part: a class constructor is a function like another.
    const constructs = newTarget !== StaticRoot.Undefined;
    if (this.frameSpaceLeft() < 0 || !(constructs || this.isPlainFunction(target))) {
      this.callAsHost(target, (receiver, args) =>
        constructs ? throwRangeError(this.rt, 'StackOverflow') : this.call(target, receiver, args),
      );
      return;
    }
    record.fromMachine();
    record.newTarget = newTarget;
    this.prepareFunction();
    if (padded) record.sp = record.base + (Math.max(record.argumentCount, this.parametersOf(record.callee)) << 1);
    this.finishCall(constructs ? enterFunction : callValue);
  }

  /** Formal parameters with the receiver. */
  private parametersOf(fn: Tagged): number {
    const { heap } = this.rt;
    const data = heap.get(heap.get(fn, JSFunction.SharedFunctionInfo), SharedFunctionInfo.FunctionData);
    return heap.getI32(data, BytecodeArray.ParameterCount);
  }

  /** Prepares machine code's callee, under an exit frame: its caller can only be walked from the return address. */
  private prepareFunction(): void {
    const { i32 } = this.rt.heap;
    const { record } = this;
    const at = record.base - 2;
    pushBuiltinExitFrame(i32, at, record.callerFp, record.callee, record.argumentCount, record.newTarget);
    prepareFunction(this.interpreter);
    record.returnAddress = i32[at]!;
    enterHost(i32, record.callerFp, at);
  }

  /** Makes machine code's call, and goes on in whatever runs then. */
  private finishCall(make: (t: Interpreter) => Next): void {
    const t = this.interpreter;
    const { sp, callerFp } = this.record;
    t.fp = 0;
    if (make(t) === Next.Leave) return;
    if (t.fp === 0) returnTo(this.rt.heap.i32, this.record.returnAddress, sp, callerFp, t.acc);
    else this.interpret();
  }

  /** A function whose call runs no JavaScript and throws nothing before its frame stands. */
  private isPlainFunction(target: Tagged): boolean {
    const { heap } = this.rt;
    if ((target & 1) === 0) return false;
    const type = heap.u16[(heap.i32[(target - 1) >> 2]! + 7) >> 1]!;
    return isFunction(type) && type !== InstanceType.JSClassConstructor;
  }

  /** Bytes of stack under rsp that any frame fits into, less the arguments that it may get again. */
  private frameSpaceLeft(): number {
    const i32 = this.rt.heap.i32;
    return readCpu(i32, CpuWord.Rsp) - 8 * readCpu(i32, CpuWord.Rax) - largestFrame - hardStackLimit;
  }

  /**
   * What machine code calls or constructs may throw before it has a frame (it is not callable, or a class), or run JavaScript
   * (a proxy's trap, a getter of `prototype`): then it is called as host code would, under an exit frame over the pushed
   * arguments, since an optimized caller can only be walked from its return address.
   */
  private callAsHost(target: Tagged, call: (receiver: Tagged, args: readonly Tagged[]) => Tagged): void {
    const { i32 } = this.rt.heap;
    const base = (readCpu(i32, CpuWord.Rsp) >> 2) + 2;
    const count = readCpu(i32, CpuWord.Rax);
    const fp = this.pushExitFrame(target, count);
    const args: Tagged[] = [];
    for (let i = 1; i < count; i++) args.push(i32[base + (i << 1)]!);
    this.leaveExitFrame(fp, call(i32[base]!, args));
  }

  /** Calls a builtin or a function with optimized code on the arguments where they stand; false: it takes more than that. */
  private callInPlace(fn: Tagged): boolean {
    const { rt } = this;
    const { heap } = rt;
    const i32 = heap.i32;
    if ((fn & 1) === 0) return false;
    const type = heap.u16[(i32[(fn - 1) >> 2]! + 7) >> 1]!;
    if (!isFunction(type) || type === InstanceType.JSClassConstructor) return false;
    const shared = heap.get(fn, JSFunction.SharedFunctionInfo);
    const data = heap.get(shared, SharedFunctionInfo.FunctionData);
    const isBuiltin = (data & 1) === 0;
    if (!isBuiltin) this.installCachedCode(fn);
    const code = heap.get(fn, JSFunction.Code);
    if (!isBuiltin && (heap.getI32(code, Code.Flags) & optimizedOrMarked) !== CodeFlags.IsTurbofanned) return false;
    const missing = isBuiltin ? 0 : heap.getI32(data, BytecodeArray.ParameterCount) - readCpu(i32, CpuWord.Rax);
    if (readCpu(i32, CpuWord.Rsp) - 8 * Math.max(missing, 0) < hardStackLimit) return false;
    if (missing > 0) insertMissingArguments(heap, missing);
    if ((heap.getI32(shared, SharedFunctionInfo.Flags) & strictOrNative) === 0) {
      const receiver = (readCpu(i32, CpuWord.Rsp) >> 2) + 2;
      i32[receiver] = convertReceiver(rt, i32[receiver]!);
    }
    writeCpu(i32, CpuWord.Rdx, StaticRoot.Undefined);
    if (isBuiltin) this.runJavaScriptBuiltin(data >> 1);
    else {
      writeCpu(i32, CpuWord.Rsi, heap.get(fn, JSFunction.Context));
      writeCpu(i32, CpuWord.Rip, heap.getI32(code, Code.InstructionStart));
    }
    return true;
  }

  /** A new closure of a function whose code is cached takes it; whether it has, now. Collects nothing. */
  private installCachedCode(fn: Tagged): boolean {
    const { heap } = this.rt;
    const vector = heap.get(heap.get(fn, JSFunction.FeedbackCell), FeedbackCell.Value);
    if (heap.i32[(vector - 1) >> 2] !== StaticRoot.FeedbackVectorMap) return false;
    const flags = heap.getI32(vector, FeedbackVector.Flags);
    const wanted = FeedbackVectorFlags.TieringStateMask | FeedbackVectorFlags.MaybeHasOptimizedCode;
    if ((flags & wanted) !== FeedbackVectorFlags.MaybeHasOptimizedCode) return false;
    this.interpreter.hooks.takeCachedCode(fn);
    return (heap.getI32(heap.get(fn, JSFunction.Code), Code.Flags) & optimizedOrMarked) === CodeFlags.IsTurbofanned;
  }

  private constructFromMachine(): void {
    const { i32 } = this.rt.heap;
    const target = readCpu(i32, CpuWord.Rdi);
    const newTarget = readCpu(i32, CpuWord.Rdx);
    if (this.rt.hasRealms) this.enterRealmOf(target);
    if (newTarget !== target || this.frameSpaceLeft() < 0 || !this.hasInitialMap(target)) {
      this.callAsHost(target, (_receiver, args) => this.construct(target, newTarget, args));
      return;
    }
    this.record.fromMachine();
    this.prepareFunction();
    this.finishCall(constructValue);
  }

  /** A function that constructs, and whose instances' map is known: making one runs no JavaScript. */
  private hasInitialMap(target: Tagged): boolean {
    const { rt } = this;
    const { heap } = rt;
    if (!isConstructor(rt, target) || !isFunction(heap.u16[(heap.i32[(target - 1) >> 2]! + 7) >> 1]!)) return false;
    const shared = heap.get(target, JSFunction.SharedFunctionInfo);
    if ((heap.get(shared, SharedFunctionInfo.FunctionData) & 1) === 0) return true;
    if ((heap.getI32(shared, SharedFunctionInfo.Flags) & SharedFunctionFlags.DerivedConstructor) !== 0) return true;
    const slot = heap.get(target, JSFunction.PrototypeOrInitialMap);
    return (slot & 1) !== 0 && heap.i32[(slot - 1) >> 2] === StaticRoot.MetaMap;
  }

  /** The construct frame at `fp` gets the constructor's result in `acc`. */
  private finishConstruct(fp: WordIndex): Next {
    return this.interpreter.finishConstruct(fp);
  }
}

const optimizedOrMarked = CodeFlags.IsTurbofanned | CodeFlags.MarkedForDeoptimization;
/** More than the frame of any function that is called without a check of its size. */
const largestFrame = 1 << 16;
const strictOrNative = SharedFunctionFlags.Strict | SharedFunctionFlags.Native;

const isFunction = (type: number): boolean => type >= 0x501 && type <= 0x502;
