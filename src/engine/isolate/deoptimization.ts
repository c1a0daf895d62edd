// The isolate's side of deoptimization: host halves of the entry code, and what happens to the code afterwards.
//
// Codes and functions: a JSFunction's Code field and its feedback vector's MaybeOptimizedCode lead to optimized code; the
// SharedFunctionInfo lists all of it weakly. Code that is marked is left by every activation (return addresses point to lazy
// exits) and by every closure, at its next call (the prologue's check, CompileLazyDeoptimizedCode).

import {
  type Deoptimization,
  type DeoptimizeKind,
  DeoptimizeReason,
  Deoptimizer,
  type DeoptimizerHost,
  EntryShortcuts,
  forcesExits,
  type LazyDeoptimizeReason,
} from '../deoptimizer/index.ts';
import { disallowSpeculation } from '../feedback/index.ts';
import { findCode } from '../frames/index.ts';
import { type Address, cageHi, type Heap, IsolateData, isWeak, Region, strong, type Tagged } from '../heap/index.ts';
import {
  brief,
  Code,
  CodeFlags,
  DependencyGroup,
  type Factory,
  FeedbackCell,
  FeedbackVector,
  FeedbackVectorFlags,
  FixedArray,
  HeapObject,
  InstanceType,
  isNative,
  JSFunction,
  MapObject,
  OsrStateBits,
  SharedFunctionInfo,
  StaticRoot,
} from '../objects/index.ts';
import { BuiltinCode, BuiltinId, builtinAddress, builtinCodeAddress } from '../runtime/index.ts';
import { type Cpu, Gpr } from '../x64/index.ts';
import { mathLeaves } from './math-leaves.ts';
import { isInsideOsrLoop, osrSlotsAround } from './osr-loops.ts';
import type { SourcePositions } from './source-position.ts';

export interface DeoptimizationTrace {
  readonly deopt: boolean;
  readonly verbose: boolean;
  write(text: string): void;
}

/** Learns how code is left. Runs no JavaScript, collects nothing. */
export interface DeoptimizationObserver {
  /** Code is marked for another reason than its own failed guard. */
  invalidated?(code: Tagged, reason: string): void;
  /** A bailout's frames stand on the stack. */
  bailedOut?(deoptimization: Deoptimization): void;
}

/** The tiering manager, as deoptimization sees it. */
export interface TierReset {
  /** The function's optimized code is not its code any more: it counts from the start. */
  onDeoptimized(closure: Tagged): void;
}

export class DeoptimizationManager {
  readonly deoptimizer: Deoptimizer;
  readonly shortcuts: EntryShortcuts;
  private readonly observers: DeoptimizationObserver[] = [];
  private readonly tiering: TierReset;
  private readonly heap: Heap;
  private readonly cpu: Cpu;
  private readonly trace: DeoptimizationTrace;
  /** The Code that interpreted functions have. */
  private readonly interpreterCode: (closure: Tagged) => Tagged;

  constructor(
    heap: Heap,
    factory: Factory,
    cpu: Cpu,
    positions: SourcePositions,
    trace: DeoptimizationTrace,
    tiering: TierReset,
    interpreterCode: (closure: Tagged) => Tagged,
    now: () => number,
  ) {
    this.heap = heap;
    this.cpu = cpu;
    this.trace = trace;
    this.tiering = tiering;
    this.interpreterCode = interpreterCode;
    const host: DeoptimizerHost = {
      heap,
      factory,
      builtins: {
        interpreterEnterAtBytecode: builtinCodeAddress(BuiltinCode.InterpreterEnterAtBytecode),
        interpreterEnterAtNextBytecode: builtinCodeAddress(BuiltinCode.InterpreterEnterAtNextBytecode),
        notifyDeoptimized: builtinCodeAddress(BuiltinCode.NotifyDeoptimized),
        constructReturn: builtinCodeAddress(BuiltinCode.ConstructReturn),
        constructCreateReturn: builtinCodeAddress(BuiltinCode.ConstructCreateReturn),
        continueToJavaScriptBuiltin: builtinCodeAddress(BuiltinCode.ContinueToJavaScriptBuiltin),
        continueToJavaScriptBuiltinWithResult: builtinCodeAddress(BuiltinCode.ContinueToJavaScriptBuiltinWithResult),
      },
      findCode: (pc) => findCode(heap, pc),
      // What a forced exit says of its site is not so.
      disallowSpeculation: (vector, slot) => void (forcesExits(heap) || disallowSpeculation(heap, vector, slot)),
      describePosition: (code, offset, inliningId) => positions.describe(code, offset, inliningId),
      codeDeoptimized: (code, closure, deoptimization) => this.codeDeoptimized(code, closure, deoptimization),
      trace,
      now,
    };
    this.deoptimizer = new Deoptimizer(host);
    this.shortcuts = new EntryShortcuts(heap, cpu, this.deoptimizer, builtinAddress(BuiltinId.ContinueBuiltin));
  }

  observe(observer: DeoptimizationObserver): void {
    this.observers.push(observer);
  }

  /** Runs a host half; true if `id` is one. The dispatcher then returns to the address on the stack. */
  callHost(id: number): boolean {
    const { cpu } = this;
    switch (id) {
      case BuiltinId.NewDeoptimizer: {
        const kind: DeoptimizeKind = cpu.lo(Gpr.rsi) === 0 ? 'eager' : 'lazy';
        const at = this.deoptimizer.newDeoptimizer(
          cpu.lo(Gpr.rdi),
          kind,
          cpu.lo(Gpr.rdx),
          cpu.lo(Gpr.rcx),
          cpu.lo(Gpr.rbp),
        );
        cpu.set(Gpr.rax, at, cageHi);
        return true;
      }
      case BuiltinId.ComputeOutputFrames:
        this.deoptimizer.computeOutputFrames();
        return true;
      case BuiltinId.RuntimeNotifyDeoptimized:
        this.deoptimizer.notifyDeoptimized();
        return true;
      default:
        return this.callLeaf(id);
    }
  }

  /** Does what the machine code `id` does. */
  runShortcut(id: BuiltinId): void {
    const { shortcuts } = this;
    switch (id) {
      case BuiltinId.DeoptimizationEntry_Eager:
        return shortcuts.deoptimize('eager');
      case BuiltinId.DeoptimizationEntry_Lazy:
        return shortcuts.deoptimize('lazy');
      case BuiltinId.NotifyDeoptimized:
        return shortcuts.notifyDeoptimized();
      default:
        return shortcuts.continueToJavaScriptBuiltin(id === BuiltinId.ContinueToJavaScriptBuiltinWithResult);
    }
  }

  /** Leaf functions of optimized code: operands are the slots right above the return address. */
  private callLeaf(id: number): boolean {
    const { heap, cpu } = this;
    const at = (cpu.lo(Gpr.rsp) + 8) >> 3;
    const { f64 } = heap;
    switch (id) {
      case BuiltinId.DoubleToInt32:
        heap.i32[at << 1] = f64[at]!;
        return true;
      case BuiltinId.Float64Mod:
        f64[at + 1] = f64[at + 1]! % f64[at]!;
        return true;
      case BuiltinId.Float64Pow:
        f64[at + 1] = f64[at + 1]! ** f64[at]!;
        return true;
      case BuiltinId.Float64Atan2:
        f64[at + 1] = Math.atan2(f64[at + 1]!, f64[at]!);
        return true;
      case BuiltinId.RecordWrite: {
        const slot = cpu.lo(Gpr.r10);
        if (slot >= Region.NewSpaceEnd) heap.rememberSlot(slot);
        return true;
      }
      default: {
        const run = mathLeaves[id];
        if (run === undefined) return false;
        f64[at] = run(f64[at]!);
        return true;
      }
    }
  }

  /** %DeoptimizeFunction: marks the closure's optimized code; its activations leave when their callees return. */
  deoptimizeFunction(closure: Tagged, reason: string): void {
    const code = this.optimizedCodeOf(closure);
    if (code === 0) return;
    this.deoptimizeCode(code, reason);
    this.unlink(closure);
  }

  /** Marks one code object and redirects its activations. */
  deoptimizeCode(code: Tagged, reason: string): void {
    this.markAndTrace(code, reason);
    this.leaveMarkedCode(this.heap.readIsolateWord(IsolateData.CEntryFp));
  }

  /** Redirects the activations of whatever is marked. @param fp the innermost frame, in which host code runs */
  private leaveMarkedCode(fp: Address): void {
    if (fp !== 0) this.deoptimizer.deoptimizeMarkedCode(fp, 0);
  }

  /** The optimized Code that `closure` would run, 0 if none. */
  optimizedCodeOf(closure: Tagged): Tagged {
    const { heap } = this;
    const own = heap.get(closure, JSFunction.Code);
    if (this.isTurbofanned(own)) return own;
    const vector = this.feedbackVectorOf(closure);
    if (vector === 0) return 0;
    const maybe = heap.get(vector, FeedbackVector.MaybeOptimizedCode);
    return isWeak(maybe) && maybe !== 3 ? strong(maybe) : 0;
  }

  /** CompileLazyDeoptimizedCode: the closure's next call starts in the interpreter (R24). */
  unlink(closure: Tagged): void {
    const { heap } = this;
    heap.set(closure, JSFunction.Code, this.interpreterCode(closure));
    const vector = this.feedbackVectorOf(closure);
    if (vector === 0) return;
    const maybe = heap.get(vector, FeedbackVector.MaybeOptimizedCode);
    if (!isWeak(maybe) || maybe === 3 || this.isMarked(strong(maybe))) {
      heap.init(vector, FeedbackVector.MaybeOptimizedCode, 3);
      const flags = heap.getI32(vector, FeedbackVector.Flags) & ~FeedbackVectorFlags.MaybeHasOptimizedCode;
      heap.setI32(vector, FeedbackVector.Flags, flags | FeedbackVectorFlags.WasOnceDeoptimized);
    }
  }

  private codeDeoptimized(code: Tagged, closure: Tagged, deoptimization: Deoptimization): void {
    this.leaveDeoptimized(code, closure, deoptimization);
    for (const observer of this.observers) observer.bailedOut?.(deoptimization);
  }

  /** What becomes of code that a guard has left, and of the closure that ran it. */
  private leaveDeoptimized(code: Tagged, closure: Tagged, deoptimization: Deoptimization): void {
    const { heap } = this;
    const osrOffset = heap.getI32(code, Code.OsrOffset);
    const bytecodes = heap.get(heap.get(code, Code.SharedFunctionInfo), SharedFunctionInfo.FunctionData);
    const exit = deoptimization.state?.frames[0]?.bytecodeOffset ?? -1;
    const keepsCode =
      deoptimization.reason === DeoptimizeReason.OSREarlyExit ||
      deoptimization.reason === DeoptimizeReason.PrepareForOnStackReplacement;
    // OSR code that was left behind its loops is as good as before.
    const isInside = osrOffset < 0 || (!keepsCode && isInsideOsrLoop(heap, bytecodes, Math.max(exit, 0), osrOffset));
    if (osrOffset < 0 ? heap.get(closure, JSFunction.Code) === code : isInside) this.tiering.onDeoptimized(closure);
    if (deoptimization.kind === 'lazy') {
      // The code was marked when its assumption broke (or is, where the exit was forced); this closure may still point to it.
      if (!this.isMarked(code)) this.mark(code);
      if (heap.get(closure, JSFunction.Code) === code) this.unlink(closure);
      return;
    }
    if (keepsCode || !isInside) return;
    this.mark(code);
    if (osrOffset < 0) {
      this.unlink(closure);
      const vector = this.feedbackVectorOf(closure);
      if (vector !== 0 && (heap.getI32(vector, FeedbackVector.OsrState) & OsrStateBits.MaybeHasOptimizedOsrCode) !== 0)
        for (const slot of osrSlotsAround(heap, bytecodes, Math.max(exit, 0))) {
          const cached = heap.getElement(vector, FeedbackVector.Slots, slot);
          if (isWeak(cached) && cached !== 3) this.mark(strong(cached));
        }
    }
    // The frames stand on the stack now; rbp is NotifyDeoptimized's.
    this.leaveMarkedCode(this.cpu.lo(Gpr.rbp));
  }

  private mark(code: Tagged): void {
    const { heap } = this;
    heap.setI32(code, Code.Flags, heap.getI32(code, Code.Flags) | CodeFlags.MarkedForDeoptimization);
    this.removeFromList(code);
  }

  /** Something that these depend on changed; `broken`: the groups that each was registered in. */
  codesMarked(codes: readonly Tagged[], broken: readonly DependencyGroup[]): void {
    codes.forEach((code, i) => {
      const [, reason] = dependencyReasons.find(([group]) => (broken[i]! & group) !== 0)!;
      this.traceMarked(code, reason);
    });
    this.leaveMarkedCode(this.heap.readIsolateWord(IsolateData.CEntryFp));
  }

  private markAndTrace(code: Tagged, reason: string): void {
    this.mark(code);
    this.traceMarked(code, reason);
  }

  private traceMarked(code: Tagged, reason: string): void {
    const { heap } = this;
    this.removeFromList(code);
    for (const observer of this.observers) observer.invalidated?.(code, reason);
    const shared = heap.get(code, Code.SharedFunctionInfo);
    const isLibrary = isNative(heap, shared);
    if (this.trace.deopt && !isLibrary) {
      const text = brief(heap, shared);
      const id = heap.getI32(code, Code.OptimizationId);
      this.trace.write(
        `[marking dependent code ${brief(heap, code)} (${text}) (opt id ${id}) for deoptimization, reason: ${reason}]\n`,
      );
    }
  }

  /** Takes marked code off the weak list of its SharedFunctionInfo (R25). */
  private removeFromList(code: Tagged): void {
    const { heap } = this;
    const list = heap.get(heap.get(code, Code.SharedFunctionInfo), SharedFunctionInfo.OptimizedCodes);
    if ((list & 1) === 0 || list === StaticRoot.Undefined) return;
    const length = heap.get(list, FixedArray.Length) >> 1;
    for (let i = 0; i < length; i++) {
      const entry = heap.getElement(list, FixedArray.Elements, i);
      if (isWeak(entry) && strong(entry) === code) heap.initElement(list, FixedArray.Elements, i, 3);
    }
  }

  private isTurbofanned(code: Tagged): boolean {
    return (code & 1) === 1 && (this.heap.getI32(code, Code.Flags) & CodeFlags.IsTurbofanned) !== 0;
  }
  private isMarked(code: Tagged): boolean {
    return (this.heap.getI32(code, Code.Flags) & CodeFlags.MarkedForDeoptimization) !== 0;
  }

  private feedbackVectorOf(closure: Tagged): Tagged {
    const { heap } = this;
    const value = heap.get(heap.get(closure, JSFunction.FeedbackCell), FeedbackCell.Value);
    if ((value & 1) === 0) return 0;
    return heap.getU16(heap.get(value, HeapObject.Map), MapObject.InstanceType) === InstanceType.FeedbackVector
      ? value
      : 0;
  }
}

/** Why code is marked, by the first dependency group that its holder broke: V8's words. */
const dependencyReasons: readonly (readonly [DependencyGroup, LazyDeoptimizeReason])[] = [
  [DependencyGroup.Transition, 'dependent map was deprecated'],
  [DependencyGroup.PrototypeCheck, 'dependent prototype chain changed'],
  [DependencyGroup.PropertyCellChanged, 'dependent property cell changed'],
  [DependencyGroup.FieldConst, 'dependent field type constness changed'],
  [DependencyGroup.FieldType, 'dependent field type changed'],
  [DependencyGroup.FieldRepresentation, 'dependent field representation changed'],
  [DependencyGroup.InitialMapChanged, 'dependent initial map changed'],
  [DependencyGroup.AllocationSiteTenuringChanged, 'dependent allocation site tenuring changed'],
  [DependencyGroup.AllocationSiteTransitionChanged, 'dependent allocation site transition changed'],
  [DependencyGroup.ScriptContextSlotProperty, 'dependent script context slot property changed'],
];
