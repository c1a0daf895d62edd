// The tiering manager (V8: tiering-manager.cc): interrupt budgets, when to allocate feedback, when to optimize, OSR urgency.
//
//   no feedback vector ──8 invocations' worth of bytecode──▶ vector ──3000 invocations' worth──▶ requested ──next call──▶ code
//
// A budget counts bytes of bytecode (weights of Return and JumpLoop). Everything here runs at safepoints.

import { ensureFeedbackVector, isFeedbackVector } from '../feedback/index.ts';
import { elementAt, type Tagged } from '../heap/index.ts';
import {
  BytecodeArray,
  brief,
  Code,
  CodeFlags,
  FeedbackCell,
  FeedbackVector,
  FeedbackVectorFlags,
  FixedArray,
  HeapObject,
  JSFunction,
  OsrStateBits,
  SharedFunctionFlags,
  SharedFunctionInfo,
  StaticRoot,
  toHostString,
} from '../objects/index.ts';
import { isNativeFunction, type Runtime } from '../runtime/index.ts';
import { osrSlots } from './osr-loops.ts';

export type TieringState = 'none' | 'inProgress' | 'requestSynchronous' | 'requestConcurrent';

export enum TieringStateValue {
  None = 0,
  InProgress = 1,
  RequestSynchronous = 2,
  RequestConcurrent = 3,
}

export interface CompilationRequest {
  readonly rt: Runtime;
  readonly fn: Tagged;
  /** Bytecode offset of the JumpLoop to enter at; −1 for a normal entry. */
  readonly osrOffset: number;
  readonly optimizationId: number;
}

/** TurboFan, as tiering sees it. */
export interface OptimizingCompiler {
  /** Makes a Code object with instructions and metadata in the heap, or says why not. Runs no JavaScript, collects nothing. */
  compile(request: CompilationRequest): { readonly code: Tagged } | { readonly bailout: string };
  /** Makes what will be embedded immovable: collects, promoting every survivor. Gives the closure's new address. */
  promote(fn: Tagged): Tagged;
}

export interface TieringFlags {
  readonly invocationCountForFeedbackAllocation: number;
  readonly invocationCountForTurbofan: number;
  readonly invocationCountForOsr: number;
  readonly minimumInvocationsAfterIcUpdate: number;
  readonly minimumInvocationsBeforeOptimization: number;
  readonly maxOptimizedBytecodeSize: number;
  readonly lazyFeedbackAllocation: boolean;
  readonly turbofan: boolean;
  readonly useOsr: boolean;
  readonly traceOpt: boolean;
  readonly traceOptVerbose: boolean;
  readonly traceOsr: boolean;
  readonly alwaysOsr: boolean;
  readonly alwaysTurbofan: boolean;
}

export const defaultTieringFlags: TieringFlags = {
  invocationCountForFeedbackAllocation: 8,
  invocationCountForTurbofan: 3000,
  invocationCountForOsr: 500,
  minimumInvocationsAfterIcUpdate: 500,
  minimumInvocationsBeforeOptimization: 2,
  maxOptimizedBytecodeSize: 60 * 1024,
  lazyFeedbackAllocation: true,
  turbofan: true,
  useOsr: true,
  traceOpt: false,
  traceOptVerbose: false,
  traceOsr: false,
  alwaysOsr: false,
  alwaysTurbofan: false,
};

/** What happened to a function's code, for reports and the debugger's timeline. */
export type TieringEvent =
  | { readonly kind: 'marked'; readonly fn: Tagged; readonly reason: string; readonly osr: boolean }
  | {
      readonly kind: 'compiled';
      readonly fn: Tagged;
      readonly code: Tagged;
      readonly osrOffset: number;
      readonly milliseconds: number;
    }
  | { readonly kind: 'aborted'; readonly fn: Tagged; readonly reason: string };

/** Learns what happens to functions' code. Runs no JavaScript, collects nothing. */
export interface TieringObserver {
  happened?(event: TieringEvent): void;
  /** Around a compilation: the compiler reads bytecode. */
  beforeCompilation?(): void;
  afterCompilation?(): void;
  /** Right after it, before anybody knows of the code. */
  codeMade?(code: Tagged): void;
}

const maxOsrUrgency = 6;

export class Tiering {
  flags: TieringFlags;
  private readonly rt: Runtime;
  private readonly compilerOf: () => OptimizingCompiler | undefined;
  private readonly observers: TieringObserver[] = [];
  private nextOptimizationId = 0;
  private readonly neverOptimize = new Set<number>();
  /** Functions that %PrepareFunctionForOptimization or %OptimizeFunctionOnNextCall saw, by SharedFunctionInfo.UniqueId. */
  private readonly manual = new Set<number>();
  /** Functions that --always-turbofan wants compiled, whatever they have run. */
  private readonly forced = new Set<number>();

  /** @param compilerOf the compiler, once there is one; functions are compiled as long as the isolate lives */
  constructor(rt: Runtime, flags: TieringFlags, compilerOf: () => OptimizingCompiler | undefined) {
    this.rt = rt;
    this.flags = flags;
    this.compilerOf = compilerOf;
  }

  observe(observer: TieringObserver): void {
    this.observers.push(observer);
  }

  private happened(event: TieringEvent): void {
    for (const observer of this.observers) observer.happened?.(event);
  }

  // --- parts of a function ---------------------------------------------------------------------------------------------------

  private sfi(fn: Tagged): Tagged {
    return this.rt.heap.get(fn, JSFunction.SharedFunctionInfo);
  }
  private id(fn: Tagged): number {
    return this.rt.heap.getI32(this.sfi(fn), SharedFunctionInfo.UniqueId);
  }
  private cell(fn: Tagged): Tagged {
    return this.rt.heap.get(fn, JSFunction.FeedbackCell);
  }
  /** The function's feedback vector, or 0. */
  vector(fn: Tagged): Tagged {
    const value = this.rt.heap.get(this.cell(fn), FeedbackCell.Value);
    return isFeedbackVector(this.rt.heap, value) ? value : 0;
  }
  private bytecodeLength(fn: Tagged): number {
    const data = this.rt.heap.get(this.sfi(fn), SharedFunctionInfo.FunctionData);
    return (data & 1) !== 0 && this.rt.heap.get(data, HeapObject.Map) === StaticRoot.BytecodeArrayMap
      ? this.rt.heap.get(data, BytecodeArray.Length) >> 1
      : 0;
  }
  private setBudget(fn: Tagged, budget: number): void {
    this.rt.heap.setI32(this.cell(fn), FeedbackCell.InterruptBudget, Math.min(budget, 0x3fffffff));
  }
  state(fn: Tagged): TieringStateValue {
    const vector = this.vector(fn);
    return vector === 0 ? 0 : this.rt.heap.getI32(vector, FeedbackVector.Flags) & FeedbackVectorFlags.TieringStateMask;
  }
  private setState(fn: Tagged, state: TieringStateValue): void {
    const { heap } = this.rt;
    const vector = this.vector(fn);
    if (vector === 0) return;
    heap.setI32(
      vector,
      FeedbackVector.Flags,
      (heap.getI32(vector, FeedbackVector.Flags) & ~FeedbackVectorFlags.TieringStateMask) | state,
    );
  }

  /** The function's optimized Code, if it has one that is still good; 0 otherwise. */
  optimizedCode(fn: Tagged): Tagged {
    const { heap } = this.rt;
    const code = heap.get(fn, JSFunction.Code);
    return isLive(this.rt, code) ? code : 0;
  }

  // --- budgets ---------------------------------------------------------------------------------------------------------------------

  initialBudget(bytecodeLength: number): number {
    return Math.max(1, bytecodeLength * this.flags.invocationCountForFeedbackAllocation);
  }

  private budgetFor(fn: Tagged, isInterpreted = this.optimizedCode(fn) === 0): number {
    const length = this.bytecodeLength(fn);
    if (this.vector(fn) === 0) return this.initialBudget(length);
    if (length > this.flags.maxOptimizedBytecodeSize) return 0x3fffffff;
    return length * (isInterpreted ? this.flags.invocationCountForTurbofan : this.flags.invocationCountForOsr);
  }

  /** Runtime_BytecodeBudgetInterrupt: TieringManager::OnInterruptTick. */
  onBudgetInterrupt(fn: Tagged): void {
    if (this.vector(fn) === 0) {
      const vector = ensureFeedbackVector(this.rt, fn);
      // The running invocation counts: a loop that is entered by OSR inlines what it calls.
      this.rt.heap.setI32(vector, FeedbackVector.InvocationCount, 1);
      this.setBudget(fn, this.budgetFor(fn));
      return;
    }
    this.maybeOptimize(fn);
    this.setBudget(fn, this.budgetFor(fn));
  }

  private maybeOptimize(fn: Tagged): void {
    const state = this.state(fn);
    if (state === TieringStateValue.InProgress) {
      this.raiseOsrUrgency(fn);
      return;
    }
    if (!this.mayOptimize(fn) || this.manual.has(this.id(fn))) return;
    if (state !== TieringStateValue.None || this.optimizedCode(fn) !== 0) {
      this.raiseOsrUrgency(fn);
      return;
    }
    this.mark(fn, 'hot and stable', TieringStateValue.RequestSynchronous);
  }

  private isDisabled(fn: Tagged): boolean {
    const flags = this.rt.heap.getI32(this.sfi(fn), SharedFunctionInfo.Flags);
    return this.neverOptimize.has(this.id(fn)) || (flags & SharedFunctionFlags.OptimizationDisabled) !== 0;
  }

  private mayOptimize(fn: Tagged): boolean {
    return (
      this.flags.turbofan &&
      this.compilerOf() !== undefined &&
      !this.isDisabled(fn) &&
      this.bytecodeLength(fn) <= this.flags.maxOptimizedBytecodeSize
    );
  }

  private osrUrgency(vector: Tagged): number {
    return this.rt.heap.getI32(vector, FeedbackVector.OsrState) & OsrStateBits.UrgencyMask;
  }

  private setOsrUrgency(vector: Tagged, urgency: number): void {
    const { heap } = this.rt;
    const others = heap.getI32(vector, FeedbackVector.OsrState) & ~OsrStateBits.UrgencyMask;
    heap.setI32(vector, FeedbackVector.OsrState, others | urgency);
  }

  private raiseOsrUrgency(fn: Tagged): void {
    if (!this.flags.useOsr) return;
    this.askForOsr(fn, Math.min(this.osrUrgency(this.vector(fn)) + 1, maxOsrUrgency));
  }

  private askForOsr(fn: Tagged, urgency: number): void {
    const vector = this.vector(fn);
    if (this.flags.traceOsr)
      this.trace(
        `[OSR - setting osr urgency. function: ${this.nameOf(fn)}, old urgency: ${this.osrUrgency(vector)}, new urgency: ${urgency}]`,
      );
    this.setOsrUrgency(vector, urgency);
  }

  private mark(fn: Tagged, reason: string, state: TieringStateValue): void {
    this.setState(fn, state);
    this.happened({ kind: 'marked', fn, reason, osr: false });
    if (this.isTraced(fn)) {
      this.trace(
        `[marking ${brief(this.rt.heap, fn)} for optimization to TURBOFAN_JS, ConcurrencyMode::kConcurrent, reason: ${reason}]`,
      );
    }
  }

  /** TieringManager::NotifyICChanged: feedback that moves should not be compiled yet. */
  onFeedbackChanged(vector: Tagged): void {
    const { heap } = this.rt;
    const cell = heap.get(vector, FeedbackVector.ParentFeedbackCell);
    const data = heap.get(heap.get(vector, FeedbackVector.SharedFunctionInfo), SharedFunctionInfo.FunctionData);
    if ((cell & 1) === 0 || (data & 1) === 0) return;
    const optimized = heap.get(vector, FeedbackVector.MaybeOptimizedCode);
    if ((optimized & 3) === 3 && optimized !== 3 && isLive(this.rt, optimized & ~2)) return;
    if (heap.get(data, HeapObject.Map) !== StaticRoot.BytecodeArrayMap) return;
    const budget = this.flags.minimumInvocationsAfterIcUpdate * (heap.get(data, BytecodeArray.Length) >> 1);
    if (budget > heap.getI32(cell, FeedbackCell.InterruptBudget))
      heap.setI32(cell, FeedbackCell.InterruptBudget, budget);
  }

  // --- --always-turbofan -----------------------------------------------------------------------------------------------------------

  /** V8 wants to optimize what it compiles at the first call, and cannot: it has no feedback vector yet. It says so all the same. */
  onCompiledLazily(fn: Tagged): void {
    if (this.flags.alwaysTurbofan && this.isTraced(fn))
      this.trace(`[optimizing ${brief(this.rt.heap, fn)} (target TURBOFAN_JS) because --always-turbofan]`);
  }

  /** Another closure of compiled code is optimized at its first call (V8: Compiler::PostInstantiation). */
  onClosureMade(fn: Tagged): void {
    if (this.bytecodeLength(fn) === 0 || !this.mayOptimize(fn) || this.hasCachedCode(fn)) return;
    if (this.isTraced(fn))
      this.trace(`[marking ${brief(this.rt.heap, fn)} for optimized recompilation because --always-turbofan]`);
    this.ensureVector(fn);
    this.forced.add(this.id(fn));
    this.setState(fn, TieringStateValue.RequestSynchronous);
  }

  private hasCachedCode(fn: Tagged): boolean {
    const vector = this.vector(fn);
    const cached = vector === 0 ? 3 : this.rt.heap.get(vector, FeedbackVector.MaybeOptimizedCode);
    return (cached & 3) === 3 && cached !== 3 && isLive(this.rt, cached & ~2);
  }

  // --- at a call -----------------------------------------------------------------------------------------------------------------------

  /** The feedback vector's flags are not 0: drop dead code, install what is cached, compile what is requested. */
  onEntry(fn: Tagged): void {
    if (this.vector(fn) === 0) return;
    const state = this.state(fn);
    if (state === TieringStateValue.RequestSynchronous || state === TieringStateValue.RequestConcurrent) {
      // A closure with code of its own is not who asks.
      if (this.optimizedCode(fn) === 0) this.compileNow(fn);
    } else this.takeCachedCode(fn);
  }

  /** Installs the code that the vector holds, or drops it when it is dead. Collects nothing. */
  takeCachedCode(fn: Tagged): void {
    const { heap } = this.rt;
    const vector = this.vector(fn);
    const cached = heap.get(vector, FeedbackVector.MaybeOptimizedCode);
    if ((cached & 3) === 3 && cached !== 3 && isLive(this.rt, cached & ~2)) {
      heap.set(fn, JSFunction.Code, cached & ~2);
      return;
    }
    heap.init(vector, FeedbackVector.MaybeOptimizedCode, 3);
    heap.setI32(
      vector,
      FeedbackVector.Flags,
      heap.getI32(vector, FeedbackVector.Flags) & ~FeedbackVectorFlags.MaybeHasOptimizedCode,
    );
    if (!isLive(this.rt, heap.get(fn, JSFunction.Code))) heap.set(fn, JSFunction.Code, this.rt.trampolineOf(fn));
  }

  private compileNow(fn: Tagged): void {
    const invocations = this.rt.heap.getI32(this.vector(fn), FeedbackVector.InvocationCount);
    const isAsked = this.manual.has(this.id(fn)) || this.forced.has(this.id(fn));
    if (invocations < this.flags.minimumInvocationsBeforeOptimization && !isAsked) {
      // One long invocation asked for it; such a function is entered by OSR.
      this.setState(fn, TieringStateValue.None);
      return;
    }
    fn = this.compilerOf()!.promote(fn);
    const code = this.compileCode(fn, -1);
    this.setState(fn, TieringStateValue.None);
    if (code === 0) return;
    this.install(fn, code);
  }

  /** Links code to its function, vector and SharedFunctionInfo. */
  install(fn: Tagged, code: Tagged): void {
    const { heap } = this.rt;
    const vector = this.vector(fn);
    const flags = heap.getI32(vector, FeedbackVector.Flags);
    // Code with the closure's context in it is not for other closures of the literal.
    if ((heap.getI32(code, Code.Flags) & CodeFlags.FunctionContextSpecialized) !== 0) {
      heap.setI32(vector, FeedbackVector.Flags, flags | FeedbackVectorFlags.ContextSpecialized);
    } else {
      heap.set(vector, FeedbackVector.MaybeOptimizedCode, code | 2);
      heap.setI32(vector, FeedbackVector.Flags, flags | FeedbackVectorFlags.MaybeHasOptimizedCode);
    }
    heap.set(fn, JSFunction.Code, code);
  }

  /** Compiles; 0 when the compiler gave up (then the function is never tried again). */
  private compileCode(fn: Tagged, osrOffset: number): Tagged {
    const { rt } = this;
    const { heap } = rt;
    const optimizationId = this.nextOptimizationId++;
    const osr = osrOffset >= 0 ? ` OSR` : '';
    if (this.isTraced(fn))
      this.trace(
        `[compiling method ${brief(heap, fn)} (target TURBOFAN_JS)${osr}, mode: ConcurrencyMode::kSynchronous]`,
      );
    const start = rt.host.monotonicTime();
    const result = this.runCompiler({ rt, fn, osrOffset, optimizationId });
    const milliseconds = rt.host.monotonicTime() - start;
    if ('bailout' in result) {
      this.happened({ kind: 'aborted', fn, reason: result.bailout });
      if (this.isTraced(fn)) this.trace(`[aborted optimizing ${brief(heap, fn)} because: ${result.bailout}]`);
      this.neverOptimize.add(this.id(fn));
      return 0;
    }
    const { code } = result;
    heap.setI32(code, Code.OptimizationId, optimizationId);
    this.addToOptimizedCodes(this.sfi(fn), code);
    this.happened({ kind: 'compiled', fn, code, osrOffset, milliseconds });
    if (this.isTraced(fn)) {
      const took = milliseconds.toFixed(3);
      this.trace(`[completed compiling ${brief(heap, fn)} (target TURBOFAN_JS)${osr} - took 0.000, ${took}, 0.000 ms]`);
    }
    return code;
  }

  private runCompiler(request: CompilationRequest): ReturnType<OptimizingCompiler['compile']> {
    const { observers } = this;
    for (const observer of observers) observer.beforeCompilation?.();
    try {
      const result = this.compilerOf()!.compile(request);
      if ('code' in result) for (const observer of observers) observer.codeMade?.(result.code);
      return result;
    } finally {
      for (const observer of observers) observer.afterCompilation?.();
    }
  }

  /** The weak list of a SharedFunctionInfo's optimized Code objects (word 0: count Smi). */
  private addToOptimizedCodes(sfi: Tagged, code: Tagged): void {
    const { rt } = this;
    const { heap } = rt;
    const words: Tagged[] = [];
    const list = heap.get(sfi, SharedFunctionInfo.OptimizedCodes);
    const length = heap.get(list, FixedArray.Length) >> 1;
    for (let i = 0; i < length; i++) {
      const word = heap.getElement(list, FixedArray.Elements, i);
      if ((word & 3) === 3 && word !== 3 && isLive(rt, word & ~2)) words.push(word);
    }
    words.push(code | 2);
    heap.set(sfi, SharedFunctionInfo.OptimizedCodes, rt.factory.newFixedArrayFrom(words));
  }

  // --- OSR ---------------------------------------------------------------------------------------------------------------------------------

  /**
   * Code that enters at the JumpLoop at `offset`, of a loop `depth` deep: cached code at once, new code where the urgency asks
   * for it (V8: Runtime_CompileOptimizedOSR). 0 if there is none.
   */
  osrCode(fn: Tagged, offset: number, slot: number, depth: number): Tagged {
    const { heap } = this.rt;
    let vector = this.vector(fn);
    if (vector === 0) return 0;
    const at = elementAt(FeedbackVector.Slots, slot);
    const cached = heap.get(vector, at);
    if ((cached & 3) === 3 && cached !== 3) {
      if (isLive(this.rt, cached & ~2) && heap.getI32(cached & ~2, Code.OsrOffset) === offset) return cached & ~2;
      heap.init(vector, at, 3);
      this.noteOsrCode(fn, vector);
    }
    if (this.osrUrgency(vector) <= depth || !this.mayOptimize(fn)) return 0;
    this.setOsrUrgency(vector, 0);
    fn = this.compilerOf()!.promote(fn);
    vector = this.vector(fn);
    this.traceOsr('compilation started', fn, offset, ', mode: ConcurrencyMode::kSynchronous');
    const code = this.compileCode(fn, offset);
    if (code === 0) return 0;
    heap.set(vector, at, code | 2);
    this.noteOsrCode(fn, vector);
    this.traceOsr(
      'available (compilation completed or cache hit)',
      fn,
      offset,
      ', mode: ConcurrencyMode::kSynchronous',
    );
    return code;
  }

  /** The frame of `fn` becomes that of its OSR code. */
  onOsrEntry(fn: Tagged, offset: number): void {
    this.traceOsr('entry', fn, offset, '');
  }

  private traceOsr(what: string, fn: Tagged, offset: number, mode: string): void {
    if (this.flags.traceOsr) this.trace(`[OSR - ${what}. function: ${this.nameOf(fn)}, osr offset: ${offset}${mode}]`);
  }

  /** Whether any loop has OSR code: then every JumpLoop looks. */
  private noteOsrCode(fn: Tagged, vector: Tagged): void {
    const { heap } = this.rt;
    const has = osrSlots(heap, heap.get(this.sfi(fn), SharedFunctionInfo.FunctionData)).some((slot) => {
      const cached = heap.getElement(vector, FeedbackVector.Slots, slot);
      return (cached & 3) === 3 && cached !== 3;
    });
    heap.setI32(
      vector,
      FeedbackVector.OsrState,
      this.osrUrgency(vector) | (has ? OsrStateBits.MaybeHasOptimizedOsrCode : 0),
    );
  }

  // --- natives -----------------------------------------------------------------------------------------------------------------------------

  ensureVector(fn: Tagged): void {
    if (this.vector(fn) !== 0) return;
    ensureFeedbackVector(this.rt, fn);
    this.setBudget(fn, this.budgetFor(fn));
  }

  prepare(fn: Tagged): void {
    this.ensureVector(fn);
    this.manual.add(this.id(fn));
  }

  optimizeOnNextCall(fn: Tagged): void {
    this.ensureVector(fn);
    if (!this.mayOptimize(fn) || this.optimizedCode(fn) !== 0) return;
    this.happened({ kind: 'marked', fn, reason: 'manual', osr: false });
    if (this.isTraced(fn))
      this.trace(
        `[manually marking ${brief(this.rt.heap, fn)} for optimization to TURBOFAN_JS, ConcurrencyMode::kSynchronous]`,
      );
    this.setState(fn, TieringStateValue.RequestSynchronous);
  }

  requestOsr(fn: Tagged): void {
    this.ensureVector(fn);
    this.askForOsr(fn, maxOsrUrgency);
  }

  /** %NeverOptimizeFunction: neither compiled nor inlined. */
  disable(fn: Tagged): void {
    const { heap } = this.rt;
    const sfi = this.sfi(fn);
    const flags = heap.getI32(sfi, SharedFunctionInfo.Flags) | SharedFunctionFlags.OptimizationDisabled;
    heap.setI32(sfi, SharedFunctionInfo.Flags, flags);
  }

  /** V8's OptimizationStatus bits. */
  status(fn: Tagged): number {
    let bits = 1; // kIsFunction
    if (this.flags.alwaysTurbofan) bits |= 1 << 2;
    if (this.isDisabled(fn)) bits |= 1 << 1;
    if (this.optimizedCode(fn) !== 0) bits |= (1 << 4) | (1 << 6);
    else bits |= 1 << 7;
    const state = this.state(fn);
    if (state === TieringStateValue.RequestSynchronous) bits |= 1 << 8;
    else if (state === TieringStateValue.RequestConcurrent) bits |= 1 << 9;
    else if (state === TieringStateValue.InProgress) bits |= 1 << 10;
    if (this.compilerOf() === undefined) bits |= 1 << 3;
    return bits;
  }

  /** A deoptimization of `fn`'s code: start counting again (Deoptimizer: reset of the budget and tiering state). */
  onDeoptimized(fn: Tagged): void {
    const vector = this.vector(fn);
    if (vector === 0) return;
    const cleared = FeedbackVectorFlags.TieringStateMask | FeedbackVectorFlags.ContextSpecialized;
    const { heap } = this.rt;
    heap.setI32(vector, FeedbackVector.Flags, heap.getI32(vector, FeedbackVector.Flags) & ~cleared);
    // The code is about to go.
    this.setBudget(fn, this.budgetFor(fn, true));
  }

  private nameOf(fn: Tagged): string {
    const name = this.rt.heap.get(this.sfi(fn), SharedFunctionInfo.Name);
    return name === StaticRoot.Undefined ? '' : toHostString(this.rt.heap, name);
  }

  /** Not for the library's own functions: in V8 they are builtins, which no tier compiles. */
  private isTraced(fn: Tagged): boolean {
    return this.flags.traceOpt && !isNativeFunction(this.rt, fn);
  }

  private trace(line: string): void {
    this.rt.host.write('stdout', `${line}\n`);
  }
}

/** Whether `code` is optimized code that nothing invalidated. */
export const isLive = (rt: Runtime, code: Tagged): boolean => {
  if ((code & 1) === 0) return false;
  const flags = rt.heap.getI32(code, Code.Flags);
  return (flags & CodeFlags.IsTurbofanned) !== 0 && (flags & CodeFlags.MarkedForDeoptimization) === 0;
};
