// The dispatcher: runs at RIP. Addresses in code space run in the emulator; builtin addresses name host functions or the
// interpreter. `call` and `construct` are the way in from host code: an entry frame, then dispatch until JSExit.
//
//   entry frame:  [fp+8] 0   [fp] fp of the last JavaScript frame below host code   [fp-8] marker
//
// Invariant: while host code runs, CEntryFp is the innermost frame and rsp is below everything in use.

import { FrameType } from '../frames/index.ts';
import { builtinAddressStride, cageHi, Region, type Tagged } from '../heap/index.ts';
import {
  argv,
  CpuWord,
  callRuntimeFunction,
  callWithArguments,
  cEntryFpWord,
  checkArgumentCount,
  constructValue,
  enterFunction,
  FrameWord,
  hardStackLimit,
  type Interpreter,
  jsExit,
  Next,
  prepareFunction,
  pushInterpretedFrame,
  readCpu,
  stackPointerWord,
  unwind,
  writeCpu,
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
  convertReceiver,
  isConstructor,
  jsException,
  maxNesting,
  type Runtime,
  throwRangeError,
} from '../runtime/index.ts';

/** A host function that works on the machine state (deoptimizer halves, leaf functions of optimized code). */
export type MachineBuiltin = () => void;

/** Executes machine code at rip until it leaves code space. */
export interface MachineCodeRunner {
  run(): void;
}

export class Dispatcher {
  readonly machineBuiltins: (MachineBuiltin | undefined)[] = [];
  machineCode: MachineCodeRunner = {
    run() {
      throw new Error('machine code reached, but no emulator is attached');
    },
  };
  /** Called after every call from host code, whatever it ran: --gc-at-every-safepoint collects. */
  afterCall: (() => void) | undefined;
  private readonly rt: Runtime;
  private readonly interpreter: Interpreter;

  constructor(rt: Runtime, interpreter: Interpreter) {
    this.rt = rt;
    this.interpreter = interpreter;
    rt.heap.i32[stackPointerWord] = Region.StackEnd - 64;
    rt.heap.i32[stackPointerWord + 1] = cageHi;
    this.installMachineBuiltins();
  }

  // --- in from the host ------------------------------------------------------------------------------------------------------

  call(target: Tagged, receiver: Tagged, args: readonly Tagged[]): Tagged {
    checkArgumentCount(this.rt, args.length);
    for (let i = 0; i < args.length; i++) argv[i] = args[i]!;
    return this.nested(target, (fp, sp) =>
      callWithArguments(this.interpreter, target, receiver, args.length, jsExit, fp, sp),
    );
  }

  construct(target: Tagged, newTarget: Tagged, args: readonly Tagged[]): Tagged {
    checkArgumentCount(this.rt, args.length);
    for (let i = 0; i < args.length; i++) argv[i] = args[i]!;
    return this.nested(target, (fp, sp) =>
      constructValue(this.interpreter, target, newTarget, args.length, fp, sp, jsExit),
    );
  }

  /** Runs the generator's function again, with the generator in its incoming register. */
  resumeGenerator(generator: Tagged, value: Tagged, mode: number): Tagged {
    const { heap } = this.rt;
    const t = this.interpreter;
    heap.set(generator, JSGeneratorObject.InputOrDebugPos, value);
    heap.set(generator, JSGeneratorObject.ResumeMode, mode << 1);
    return this.nested(heap.get(generator, JSGeneratorObject.Function), (fp, sp) => {
      const i32 = heap.i32;
      const fn = heap.get(generator, JSGeneratorObject.Function);
      const bytecodes = heap.get(heap.get(fn, JSFunction.SharedFunctionInfo), SharedFunctionInfo.FunctionData);
      const saved = heap.get(generator, JSGeneratorObject.ParametersAndRegisters);
      const count = heap.getI32(bytecodes, BytecodeArray.ParameterCount);
      const base = sp - (count << 1);
      i32[base] = heap.get(generator, JSGeneratorObject.Receiver);
      i32[base + 1] = cageHi;
      for (let i = 1; i < count; i++) {
        i32[base + (i << 1)] = heap.get(saved, FixedArray.Elements + 4 * (i - 1));
        i32[base + (i << 1) + 1] = cageHi;
      }
      pushInterpretedFrame(t, fn, count, generator, base, jsExit, fp);
      i32[cEntryFpWord] = 0;
      return Next.Continue;
    });
  }

  /** @param target a function whose realm is entered; anything else is called from the current one */
  private nested(target: Tagged, enter: (fp: number, sp: number) => Next): Tagged {
    const { rt } = this;
    if (!rt.hasRealms) return this.collected(enter);
    const outer = rt.nativeContext;
    this.enterRealmOf(target);
    try {
      return this.collected(enter);
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
  private enterRealmOfFrame(fp: number): void {
    const { i32 } = this.rt.heap;
    if ((i32[fp + FrameWord.Context]! & 1) !== 0) this.enterRealmOf(i32[fp + FrameWord.Function]!);
  }

  private collected(enter: (fp: number, sp: number) => Next): Tagged {
    const { afterCall } = this;
    if (afterCall === undefined) return this.runNested(enter);
    const { heap } = this.rt;
    const scope = heap.openHandles();
    const result = heap.handle(StaticRoot.Undefined);
    try {
      heap.setHandle(result, this.runNested(enter));
    } finally {
      afterCall();
      heap.closeHandles(scope);
    }
    return heap.deref(result);
  }

  /** Builds an entry frame, lets `enter` call something with JSExit as return address, and runs until that returns. */
  private runNested(enter: (fp: number, sp: number) => Next): Tagged {
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
    const { hostReturnAddress } = t;
    const base = (rsp & ~15) >> 2;
    const scope = rt.heap.openHandles();
    rt.nesting++;
    try {
      i32[base - 2] = 0;
      i32[base - 1] = 0;
      const fp = base - 4;
      i32[fp] = cEntryFp;
      i32[fp + 1] = cageHi;
      i32[fp - 2] = FrameType.Entry << 1;
      i32[fp - 1] = 0;
      i32[cEntryFpWord] = fp << 2;
      i32[stackPointerWord] = (fp - 2) << 2;
      t.fp = 0;
      const next = enter(fp, fp - 2);
      if (next === Next.Continue) {
        if (t.fp === 0) return t.acc; // a builtin: done already
        t.run();
      }
      return this.dispatch();
    } finally {
      rt.nesting--;
      rt.heap.closeHandles(scope);
      i32[cEntryFpWord] = cEntryFp;
      i32[stackPointerWord] = rsp;
      writeCpu(i32, CpuWord.Rbp, rbp);
      t.hostReturnAddress = hostReturnAddress;
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
        this.machineCode.run();
        continue;
      }
      if (rip < Region.Builtins || rip >= Region.BuiltinsEnd)
        throw new Error(`the machine jumped to 0x${(rip >>> 0).toString(16)}, which is neither code nor a builtin`);
      this.callBuiltin(rip);
    }
  }

  /** Runs the builtin at `address` on the machine state. */
  callBuiltin(address: number): void {
    this.runBuiltin((address - Region.Builtins) / builtinAddressStride);
  }

  private runBuiltin(id: number): void {
    const machine = this.machineBuiltins[id];
    try {
      if (machine !== undefined) machine();
      else this.runJavaScriptBuiltin(id);
    } catch (error) {
      if (error !== jsException) this.interpreter.hooks.hostError(error);
      if (unwind(this.interpreter) === Next.Continue) this.interpreter.run();
    }
  }

  /** A JS builtin called from machine code: return address at rsp, rdi target, rdx new target, rax argument count. */
  private runJavaScriptBuiltin(id: number): void {
    const { rt } = this;
    const i32 = rt.heap.i32;
    const rsp = readCpu(i32, CpuWord.Rsp) >> 2;
    const argc = readCpu(i32, CpuWord.Rax);
    const fp = rsp - 2;
    i32[fp] = readCpu(i32, CpuWord.Rbp);
    i32[fp + 1] = cageHi;
    i32[fp - 2] = FrameType.BuiltinExit << 1;
    i32[fp - 1] = 0;
    i32[fp - 4] = readCpu(i32, CpuWord.Rdi);
    i32[fp - 3] = cageHi;
    i32[fp - 6] = argc;
    i32[fp - 5] = 0;
    i32[fp - 8] = readCpu(i32, CpuWord.Rdx);
    i32[fp - 7] = cageHi;
    i32[cEntryFpWord] = fp << 2;
    i32[stackPointerWord] = (fp - 8) << 2;
    const result = rt.callBuiltin(id, fp << 2);
    writeCpu(i32, CpuWord.Rbp, i32[fp]!);
    // Read after the call: the caller's code may have been invalidated meanwhile.
    this.return(result, i32[rsp]!, rsp + 2 + (argc << 1));
  }

  /** Continues at `address` with `result` in rax and the arguments popped. */
  private return(result: Tagged, address: number, sp: number): void {
    const i32 = this.rt.heap.i32;
    i32[cEntryFpWord] = 0;
    writeCpu(i32, CpuWord.Rax, result);
    writeCpu(i32, CpuWord.Rsp, sp << 2);
    writeCpu(i32, CpuWord.Rip, address);
  }

  private installMachineBuiltins(): void {
    const t = this.interpreter;
    const { heap } = this.rt;
    const i32 = heap.i32;
    const at = this.machineBuiltins;

    // rdi function, rdx new target, rax argument count, return address at rsp.
    at[BuiltinId.InterpreterEntryTrampoline] = () => {
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
    at[BuiltinId.CompileLazy] = at[BuiltinId.InterpreterEntryTrampoline];
    at[BuiltinId.CompileLazyDeoptimizedCode] = at[BuiltinId.InterpreterEntryTrampoline];

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
    at[BuiltinId.InterpreterEnterAtNextBytecode] = at[BuiltinId.InterpreterEntryReturn];

    // A constructor returned to machine code's construct frame: the result, or the implicit receiver.
    at[BuiltinId.ConstructReturn] = () => {
      const fp = readCpu(i32, CpuWord.Rbp) >> 2;
      t.acc = readCpu(i32, CpuWord.Rax);
      if (this.finishConstruct(fp) === Next.Continue) this.interpret();
    };

    at[BuiltinId.CEntry] = () => {
      const rsp = readCpu(i32, CpuWord.Rsp) >> 2;
      const count = readCpu(i32, CpuWord.Rax);
      const fp = rsp - 2;
      const base = (rsp << 2) + 8 * count;
      const context = readCpu(i32, CpuWord.Rsi);
      i32[fp] = readCpu(i32, CpuWord.Rbp);
      i32[fp + 1] = cageHi;
      i32[fp - 2] = FrameType.Exit << 1;
      i32[fp - 1] = 0;
      i32[fp - 4] = context;
      i32[fp - 3] = cageHi;
      i32[fp - 6] = count;
      i32[fp - 5] = 0;
      i32[fp - 8] = base;
      i32[fp - 7] = cageHi;
      i32[cEntryFpWord] = fp << 2;
      i32[stackPointerWord] = (fp - 8) << 2;
      if (this.rt.hasRealms) this.enterRealmOfFrame(readCpu(i32, CpuWord.Rbp) >> 2);
      const result = callRuntimeFunction(this.interpreter, readCpu(i32, CpuWord.Rbx), base, count);
      writeCpu(i32, CpuWord.Rbp, i32[fp]!);
      this.return(result, i32[rsp]!, rsp + 2 + (count << 1));
    };

    at[BuiltinId.Call] = () => {
      const target = readCpu(i32, CpuWord.Rdi);
      if (this.rt.hasRealms) this.enterRealmOf(target);
      if (!this.callInPlace(target)) this.callFromMachine(target, StaticRoot.Undefined, false);
    };
    at[BuiltinId.Construct] = () => this.constructFromMachine();
  }

  /** Runs the interpreter from its loaded state. */
  private interpret(): void {
    this.rt.heap.i32[cEntryFpWord] = 0;
    this.interpreter.run();
  }

  /** Reads the pushed arguments into `argv`; pops them; returns (count, receiver, return address) in fields. */
  private takeArguments(): void {
    const i32 = this.rt.heap.i32;
    const rsp = readCpu(i32, CpuWord.Rsp) >> 2;
    const argc = readCpu(i32, CpuWord.Rax);
    this.returnAddress = i32[rsp]!;
    this.receiver = i32[rsp + 2]!;
    for (let i = 1; i < argc; i++) argv[i - 1] = i32[rsp + 2 + (i << 1)]!;
    this.count = argc - 1;
    this.argumentsEnd = rsp + 2;
  }
  private returnAddress = 0;
  private receiver: Tagged = 0;
  private count = 0;
  private argumentsEnd = 0;

  /**
   * A call from machine code of `target`: a function in the interpreter runs on the arguments where they stand.
   * @param padded the caller knew the callee, and pushed undefined for missing arguments: the callee pops those too
   */
  private callFromMachine(target: Tagged, newTarget: Tagged, padded: boolean): void {
    const { heap } = this.rt;
    const i32 = heap.i32;
    const t = this.interpreter;
    const rbp = readCpu(i32, CpuWord.Rbp) >> 2;
    // With a new target the construct stub did its part: a class constructor is a function like another.
    const constructs = newTarget !== StaticRoot.Undefined;
    if (this.frameSpaceLeft() < 0 || !(constructs || this.isPlainFunction(target))) {
      this.callAsHost(target, (receiver, args) =>
        constructs ? throwRangeError(this.rt, 'StackOverflow') : this.call(target, receiver, args),
      );
      return;
    }
    // keep the frames walkable while compiling: the caller is the innermost frame
    this.pushInternalFrame(target, newTarget);
    const internal = i32[cEntryFpWord]! >> 2;
    prepareFunction(t, i32[internal - 4]!);
    const fn = i32[internal - 4]!;
    newTarget = i32[internal - 8]!;
    writeCpu(i32, CpuWord.Rsp, (internal + 2) << 2);
    i32[cEntryFpWord] = rbp << 2;
    this.takeArguments();
    const argc = this.count + 1;
    let slots = argc;
    if (padded) {
      const data = heap.get(heap.get(fn, JSFunction.SharedFunctionInfo), SharedFunctionInfo.FunctionData);
      slots = Math.max(argc, heap.getI32(data, BytecodeArray.ParameterCount));
    }
    const sp = this.argumentsEnd + (slots << 1);
    t.hostReturnAddress = this.returnAddress;
    t.fp = 0;
    const next =
      newTarget === StaticRoot.Undefined
        ? callWithArguments(t, fn, this.receiver, this.count, this.returnAddress, rbp, sp)
        : enterFunction(t, fn, this.receiver, argc, newTarget, this.returnAddress, rbp, sp);
    if (next === Next.Leave) return;
    if (t.fp === 0) {
      writeCpu(i32, CpuWord.Rbp, rbp << 2);
      this.return(t.acc, t.hostReturnAddress, sp);
      return;
    }
    this.interpret();
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
    const i32 = this.rt.heap.i32;
    const rsp = readCpu(i32, CpuWord.Rsp) >> 2;
    const count = readCpu(i32, CpuWord.Rax);
    const fp = rsp - 2;
    i32[fp] = readCpu(i32, CpuWord.Rbp);
    i32[fp + 1] = cageHi;
    i32[fp - 2] = FrameType.Exit << 1;
    i32[fp - 1] = 0;
    i32[fp - 4] = target;
    i32[fp - 3] = cageHi;
    i32[fp - 6] = count;
    i32[fp - 5] = 0;
    i32[fp - 8] = (rsp << 2) + 8 * count;
    i32[fp - 7] = cageHi;
    i32[cEntryFpWord] = fp << 2;
    i32[stackPointerWord] = (fp - 8) << 2;
    const args: Tagged[] = [];
    for (let i = 1; i < count; i++) args.push(i32[rsp + 2 + (i << 1)]!);
    const result = call(i32[rsp + 2]!, args);
    writeCpu(i32, CpuWord.Rbp, i32[fp]!);
    this.return(result, i32[rsp]!, rsp + 2 + (count << 1));
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
    if (missing > 0) this.pushMissingArguments(missing);
    const rsp = readCpu(i32, CpuWord.Rsp);
    if ((heap.getI32(shared, SharedFunctionInfo.Flags) & strictOrNative) === 0) {
      const receiver = i32[(rsp >> 2) + 2]!;
      i32[(rsp >> 2) + 2] = convertReceiver(rt, receiver);
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
    this.interpreter.hooks.tierUp(fn);
    return (heap.getI32(heap.get(fn, JSFunction.Code), Code.Flags) & optimizedOrMarked) === CodeFlags.IsTurbofanned;
  }

  /** Makes room for `missing` arguments above the pushed ones: undefined. The callee will pop them as well. */
  private pushMissingArguments(missing: number): void {
    const i32 = this.rt.heap.i32;
    const rsp = readCpu(i32, CpuWord.Rsp) >> 2;
    const to = rsp - 2 * missing;
    // the return address, the receiver and the arguments
    const end = rsp + 2 * (1 + readCpu(i32, CpuWord.Rax));
    i32.copyWithin(to, rsp, end);
    for (let at = end - 2 * missing; at < end; at += 2) {
      i32[at] = StaticRoot.Undefined;
      i32[at + 1] = cageHi;
    }
    writeCpu(i32, CpuWord.Rsp, to << 2);
  }

  /** A builtin exit frame over the pushed arguments, so that a collection sees them. */
  private pushInternalFrame(target: Tagged, newTarget: Tagged): void {
    const i32 = this.rt.heap.i32;
    const rsp = readCpu(i32, CpuWord.Rsp) >> 2;
    const fp = rsp - 2;
    i32[fp] = readCpu(i32, CpuWord.Rbp);
    i32[fp + 1] = cageHi;
    i32[fp - 2] = FrameType.BuiltinExit << 1;
    i32[fp - 1] = 0;
    i32[fp - 4] = target;
    i32[fp - 3] = cageHi;
    i32[fp - 6] = readCpu(i32, CpuWord.Rax);
    i32[fp - 5] = 0;
    i32[fp - 8] = newTarget;
    i32[fp - 7] = cageHi;
    i32[cEntryFpWord] = fp << 2;
    i32[stackPointerWord] = (fp - 8) << 2;
  }

  private constructFromMachine(): void {
    const { heap } = this.rt;
    const i32 = heap.i32;
    const t = this.interpreter;
    const rbp = readCpu(i32, CpuWord.Rbp) >> 2;
    let target = readCpu(i32, CpuWord.Rdi);
    let newTarget = readCpu(i32, CpuWord.Rdx);
    if (this.rt.hasRealms) this.enterRealmOf(target);
    if (newTarget !== target || this.frameSpaceLeft() < 0 || !this.hasInitialMap(target)) {
      this.callAsHost(target, (_receiver, args) => this.construct(target, newTarget, args));
      return;
    }
    this.pushInternalFrame(target, newTarget);
    const internal = i32[cEntryFpWord]! >> 2;
    prepareFunction(t, target);
    target = i32[internal - 4]!;
    newTarget = target;
    writeCpu(i32, CpuWord.Rsp, (internal + 2) << 2);
    this.takeArguments();
    const returnAddress = this.returnAddress;
    const sp = this.argumentsEnd + ((this.count + 1) << 1);
    i32[cEntryFpWord] = rbp << 2;
    t.hostReturnAddress = returnAddress;
    t.fp = 0;
    const next = constructValue(t, target, newTarget, this.count, rbp, sp, returnAddress);
    if (next === Next.Leave) return;
    if (t.fp === 0) {
      writeCpu(i32, CpuWord.Rbp, rbp << 2);
      this.return(t.acc, t.hostReturnAddress, sp);
      return;
    }
    this.interpret();
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
  private finishConstruct(fp: number): Next {
    return this.interpreter.finishConstruct(fp);
  }
}

const optimizedOrMarked = CodeFlags.IsTurbofanned | CodeFlags.MarkedForDeoptimization;
/** More than the frame of any function that is called without a check of its size. */
const largestFrame = 1 << 16;
const strictOrNative = SharedFunctionFlags.Strict | SharedFunctionFlags.Native;

const isFunction = (type: number): boolean => type >= 0x501 && type <= 0x502;
