// The call stack at a stop: physical frames from the one StackFrameIterator, optimized frames unfolded into the functions
// inlined there, frames that the Deoptimizer is building.
//
//   stopped in          innermost frame
//   the interpreter     CEntryFp (the interpreter writes it back before anything can look)
//   machine code        rbp and rip; around prologue and epilogue there is no frame yet, or no more
//   the Deoptimizer     its phase, the output frames, then the caller of the input frame

import type { Deoptimization, TranslatedFrame, TranslatedState } from '../deoptimizer/index.ts';
import { FrameOffset, FrameType, StackFrameIterator } from '../frames/index.ts';
import { type Address, type Heap, IsolateData, Region, type Tagged } from '../heap/index.ts';
import { awaitingFunctions, type CodeView, type CodeViews, type InlinedLevel } from '../isolate/index.ts';
import { BytecodeArray, JSFunction, JSGeneratorObject } from '../objects/index.ts';
import { BuiltinCode, builtinCodeAt, functionName } from '../runtime/index.ts';
import { CpuState, Gpr } from '../x64/index.ts';
import { addressText } from './addresses.ts';
import type { BytecodePlace, CodePoint, CodeTables } from './code-tables.ts';
import type { Functions } from './functions.ts';
import type { Materialized } from './materialized.ts';
import type { Frame, FrameKind, Location } from './protocol.ts';
import type { Sources } from './sources.ts';
import type { DebugTarget } from './target.ts';

export type StopPlace = 'interpreter' | 'machine' | 'deoptimizer';

/** A frame, with what scopes and evaluation need. Valid until the program runs again. */
export interface FrameView {
  readonly kind: FrameKind;
  readonly name: string;
  readonly sfi: Tagged;
  readonly location: Location | undefined;
  readonly instructionPointer: string | undefined;
  /** A frame of the interpreter on the stack. */
  readonly interpreted?: {
    readonly fp: Address;
    readonly bytecodes: Tagged;
    readonly offset: number;
    readonly isTop: boolean;
  };
  /** Machine code, and which of its frames this one is: 0 = the function that was compiled. */
  readonly machine?: {
    readonly view: CodeView;
    readonly fp: Address;
    readonly pc: Address;
    readonly isTop: boolean;
    readonly level: number;
  };
  /** A function that waits: its variables are in its generator. */
  readonly suspended?: { readonly generator: Tagged; readonly bytecodes: Tagged; readonly offset: number };
  /** In optimized code between exits: values of the frame that are still to be computed, by index. */
  readonly pending?: readonly number[];
  /** The values an optimized frame would deoptimize to; undefined where the code has no exit. */
  readonly translated?: { readonly state: TranslatedState; readonly frame: TranslatedFrame };
  /** A frame the Deoptimizer builds. */
  readonly output?: { readonly deoptimization: Deoptimization; readonly index: number };
  /** The Deoptimizer itself. */
  readonly deoptimizer?: Deoptimization;
}

export interface DeoptimizerStop {
  readonly deoptimization: Deoptimization;
  readonly name: string;
  /** The input frame's caller, read before the frame was taken away. */
  readonly callerFp: Address;
  readonly callerPc: Address;
  /** The input frame's levels, innermost first, as they were at the guard. */
  readonly input: readonly FrameView[];
  /** The output frames stand on the stack. */
  readonly written: boolean;
}

interface Caller {
  readonly fp: Address;
  readonly pc: Address;
}

/** Frames of one stack. */
const mostFrames = 20_000;

export class Stack {
  private readonly target: DebugTarget;
  private readonly heap: Heap;
  private readonly functions: Functions;
  private readonly sources: Sources;
  private readonly codes: CodeViews;
  private readonly codeTables: CodeTables;
  /** At a stop in optimized code: the bytecode that it is for. */
  private wanted: BytecodePlace | undefined;
  private readonly materialized: Materialized;

  constructor(
    target: DebugTarget,
    functions: Functions,
    sources: Sources,
    codes: CodeViews,
    codeTables: CodeTables,
    materialized: Materialized,
  ) {
    this.codeTables = codeTables;
    this.materialized = materialized;
    this.target = target;
    this.heap = target.heap;
    this.functions = functions;
    this.sources = sources;
    this.codes = codes;
  }

  /** Frames at a stop in the interpreter or the runtime. */
  fromInterpreter(): FrameView[] {
    return this.walk(this.heap.readIsolateWord(IsolateData.CEntryFp), 0, true);
  }

  /** Frames at a stop in machine code. @param wanted the bytecode that begins here, if the stop is for one */
  fromMachine(wanted?: BytecodePlace): FrameView[] {
    this.wanted = wanted;
    try {
      return this.inMachine();
    } finally {
      this.wanted = undefined;
    }
  }

  private inMachine(): FrameView[] {
    const { cpu } = this.target;
    const pc = cpu.rip;
    const view = this.codes.at(pc);
    const rbp = cpu.lo(Gpr.rbp);
    if (view === undefined) return this.walk(rbp, pc, true);
    if (!view.isOptimized) {
      const top: FrameView = {
        kind: 'builtin',
        name: view.name,
        sfi: 0,
        location: undefined,
        instructionPointer: addressText(pc),
        machine: { view, fp: rbp, pc, isTop: true, level: 0 },
      };
      const caller = builtinCodeAt(pc) === BuiltinCode.InterpreterEntryTrampoline && this.callerInPrologue(view, pc);
      const frames = caller
        ? this.walk(caller.fp, caller.pc, false)
        : this.walk(rbp, this.exitPcBetween(cpu.lo(Gpr.rsp), rbp), true);
      return [top, ...frames];
    }
    const caller = this.callerAround(view, pc);
    if (caller === undefined) return this.walk(rbp, pc, true);
    return [...this.frameless(view, pc), ...this.walk(caller.fp, caller.pc, false)];
  }

  /** The return address of a deopt exit's call, found on the stack below the frame it left; 0 if there is none. */
  private exitPcBetween(rsp: Address, rbp: Address): number {
    for (let at = rsp; at < rbp && at < rsp + 4096; at += 8) {
      const pc = this.heap.i32[at >> 2]!;
      if (pc < Region.Code || pc >= Region.CodeEnd) continue;
      const view = this.codes.at(pc - 1);
      if (view?.isOptimized && view.exitAt(pc - 4 - view.start) >= 0) return pc;
    }
    return 0;
  }

  /** The caller of optimized code while its own frame is not complete, or is no more. */
  private callerAround(view: CodeView, pc: Address): Caller | undefined {
    const { instructions } = view;
    const index = view.indexAt(pc - view.start);
    if (view.osrOffset < 0) {
      // prologue: test, jnz, push rbp, movq rbp,rsp, push rsi, push rdi, push rax
      const push = instructions.findIndex((line) => line.text === 'push rbp');
      if (push >= 0 && index < push + 5) return this.callerInPrologue(view, pc);
    }
    for (let i = index - 1, n = 0; i >= 0 && n < 6; i--, n++) {
      const { text } = instructions[i]!;
      if (text === 'pop rbp') return this.callerAt(this.target.cpu.lo(Gpr.rsp));
      if (!/^(REX\.W )?(cmpq rcx|jg |pop r10|leaq rsp|push r10|ret)/.test(text)) break;
    }
    return undefined;
  }

  /** Up to `push rbp` and the move behind it rbp is the caller's; then the new frame has both. */
  private callerInPrologue(view: CodeView, pc: Address): Caller {
    const { cpu } = this.target;
    const index = view.indexAt(pc - view.start);
    const push = view.instructions.findIndex((line) => line.text === 'push rbp');
    if (index <= push) return this.callerAt(cpu.lo(Gpr.rsp));
    if (index === push + 1) return this.callerAt(cpu.lo(Gpr.rsp) + 8);
    const fp = cpu.lo(Gpr.rbp);
    return { fp: this.heap.i32[fp >> 2]!, pc: this.heap.i32[(fp + FrameOffset.ReturnPc) >> 2]! };
  }

  /** @param returnAddress where it stands */
  private callerAt(returnAddress: Address): Caller {
    return { fp: this.target.cpu.lo(Gpr.rbp), pc: this.heap.i32[returnAddress >> 2]! };
  }

  private frameless(view: CodeView, pc: Address): FrameView[] {
    return [
      {
        kind: 'optimized',
        name: this.functions.nameOf(view.sfi),
        sfi: view.sfi,
        location: this.sources.declarationOf(view.sfi),
        instructionPointer: addressText(pc),
        machine: { view, fp: 0, pc, isTop: true, level: 0 },
      },
    ];
  }

  /** Frames while the Deoptimizer is stopped. */
  fromDeoptimizer(stop: DeoptimizerStop): FrameView[] {
    const { deoptimization } = stop;
    const frames: FrameView[] = [
      {
        kind: 'deoptimizer',
        name: stop.name,
        sfi: 0,
        location: stop.input[0]?.location,
        instructionPointer: undefined,
        deoptimizer: deoptimization,
      },
    ];
    const outputs = this.outputs(deoptimization);
    if (outputs.length > 0)
      frames.push(label(stop.written ? 'output frames, on the stack' : 'output frames, being built'), ...outputs);
    if (!stop.written) frames.push(label('input frame, optimized'), ...stop.input);
    frames.push(label('callers'), ...this.walk(stop.callerFp, stop.callerPc, false));
    return frames;
  }

  private outputs(deoptimization: Deoptimization): FrameView[] {
    const { state } = deoptimization;
    if (state === undefined) return [];
    const frames: FrameView[] = [];
    for (let i = Math.min(deoptimization.currentFrame, state.frames.length - 1); i >= 0; i--) {
      const frame = state.frames[i]!;
      const output = { deoptimization, index: i };
      const done = i < deoptimization.outputs.length;
      const name = this.functions.nameOf(frame.sharedFunctionInfo);
      const isJavaScript = frame.kind === 'interpreted';
      frames.push({
        kind: 'output',
        name: `${name}${isJavaScript ? ` @ ${frame.bytecodeOffset}` : ` (${frameKindNames[frame.kind] ?? frame.kind})`}${done ? '' : ' (being built)'}`,
        sfi: frame.sharedFunctionInfo,
        location: isJavaScript
          ? this.sources.locationOf(
              frame.sharedFunctionInfo,
              this.functions.positionAt(frame.bytecodeArray, frame.bytecodeOffset),
            )
          : this.sources.declarationOf(frame.sharedFunctionInfo),
        instructionPointer: isJavaScript
          ? addressText(frame.bytecodeArray + BytecodeArray.Bytes - 1 + Math.max(0, frame.bytecodeOffset))
          : undefined,
        translated: isJavaScript ? { state, frame } : undefined,
        output,
      });
    }
    return frames;
  }

  /** Frames from a frame pointer outwards. `pc` 0: host code runs in the innermost. */
  walk(fp: Address, pc: Address, isTop: boolean): FrameView[] {
    const frames: FrameView[] = [];
    let top = isTop;
    for (const it = new StackFrameIterator(this.heap, fp, pc); !it.done; it.advance()) {
      if (frames.length > mostFrames) {
        frames.push(label('… more frames'));
        break;
      }
      frames.push(...this.framesOf(it, top).filter(({ sfi }) => !this.functions.isAroundPrograms(sfi)));
      if (it.isJavaScript || it.type === FrameType.BuiltinExit) top = false;
    }
    return [...frames, ...this.awaiting()];
  }

  /** Who waits for the running job, each at its `await`. */
  private awaiting(): FrameView[] {
    const { rt } = this.target;
    return awaitingFunctions(rt, 200).flatMap(({ generator, offset }): FrameView[] => {
      const sfi = this.functions.sfiOf(this.heap.get(generator, JSGeneratorObject.Function));
      if (this.functions.isAroundPrograms(sfi)) return [];
      const bytecodes = this.functions.bytecodes(sfi);
      if (bytecodes === 0) return [];
      return [
        {
          kind: 'awaiting',
          name: `await: ${this.functions.nameOf(sfi)}`,
          sfi,
          location: this.sources.locationOf(sfi, this.functions.positionAt(bytecodes, offset)),
          instructionPointer: undefined,
          suspended: { generator, bytecodes, offset },
        },
      ];
    });
  }

  private framesOf(it: StackFrameIterator, isTop: boolean): FrameView[] {
    switch (it.type) {
      case FrameType.Interpreted:
        return [this.interpreted(it, isTop)];
      case FrameType.Turbofan:
        return this.optimized(this.codes.of(it.code), it.fp, it.pc, isTop && it.pcAddress === 0);
      case FrameType.JavaScriptBuiltinContinuation:
      case FrameType.BuiltinExit: {
        const fn = it.function;
        return [
          {
            kind: 'builtin',
            name: `${functionName(this.target.rt, fn) || '(anonymous)'} (built-in)`,
            sfi: this.heap.get(fn, JSFunction.SharedFunctionInfo),
            location: undefined,
            instructionPointer: undefined,
          },
        ];
      }
      default:
        return [];
    }
  }

  private interpreted(it: StackFrameIterator, isTop: boolean): FrameView {
    const sfi = this.functions.sfiOf(it.function);
    const bytecodes = it.bytecodeArray;
    const offset = it.bytecodeOffset;
    const isNative = this.functions.isNative(sfi);
    const { functions, sources } = this;
    return {
      kind: isNative ? 'builtin' : 'interpreted',
      // Of ten thousand frames a client asks for twenty.
      get name() {
        return functions.nameOf(sfi);
      },
      sfi,
      get location() {
        return sources.locationOf(sfi, functions.positionAt(bytecodes, offset));
      },
      instructionPointer: addressText(this.functions.bytecodeStart(bytecodes) + offset),
      interpreted: { fp: it.fp, bytecodes, offset, isTop },
    };
  }

  /** The functions of one optimized frame, innermost first. */
  optimized(view: CodeView, fp: Address, pc: Address, isTop: boolean): FrameView[] {
    const offset = pc - view.start;
    const exit = this.exitOf(view, offset, isTop);
    const point =
      isTop && (exit < 0 || this.wanted !== undefined) ? this.codeTables.pointAt(view, offset, this.wanted) : undefined;
    if (point !== undefined)
      return this.unfolded(view, fp, pc, isTop, this.stateAtPoint(view, point, fp), [], point.pending);
    const levels = exit >= 0 ? view.levelsOfExit(exit) : view.levelsAt(isTop ? offset : offset - 1);
    const state = exit >= 0 ? this.stateOf(view, exit, fp, isTop) : undefined;
    return this.unfolded(view, fp, pc, isTop, state, levels);
  }

  /** @param levels places of the functions, innermost first; a translation's own are used where they are not as many */
  private unfolded(
    view: CodeView,
    fp: Address,
    pc: Address,
    isTop: boolean,
    state: TranslatedState | undefined,
    levels: readonly InlinedLevel[],
    pending: CodePoint['pending'] = [],
  ): FrameView[] {
    const js = state?.jsFrames ?? [];
    // A translation's frames are the truth; positions only name the levels where there is none.
    const count = Math.max(js.length, levels.length);
    const { functions, sources, target } = this;
    return Array.from({ length: count }, (_, i): FrameView => {
      const translated = js[js.length - 1 - i];
      const level = count - 1 - i;
      const sfi = translated?.sharedFunctionInfo ?? levels[i]?.sfi ?? view.sfi;
      return {
        kind: functions.isNative(sfi) ? 'builtin' : level === 0 ? 'optimized' : 'inlined',
        get name() {
          const name = functions.nameOf(sfi);
          if (level > 0) return `${name} (inlined into ${functions.nameOf(view.sfi)})`;
          return `${name} (optimized${target.keepsDeadValues ? ', locals kept' : ''})`;
        },
        sfi,
        get location() {
          const byBytecode =
            translated === undefined ? -1 : functions.positionAt(translated.bytecodeArray, translated.bytecodeOffset);
          const position = levels.length === count ? levels[i]!.position : byBytecode;
          return sources.locationOf(sfi, position >= 0 ? position : byBytecode) ?? sources.declarationOf(sfi);
        },
        instructionPointer: addressText(pc),
        machine: { view, fp, pc, isTop, level },
        translated: translated === undefined ? undefined : { state: state!, frame: translated },
        pending: translated && pending[state!.frames.indexOf(translated)],
      };
    });
  }

  /** The exit that describes an optimized frame here: its own when it stands on one or on a guard, the call's lazy one for a caller or where it stands on a call. */
  exitOf(view: CodeView, offset: number, isTop: boolean): number {
    const own = view.exitAt(offset);
    if (own >= 0) return own;
    const before = view.exitAt(offset - 4);
    if (before >= 0 && offset > view.exitStart) return before;
    const lazy = this.target.deoptimizer.lazyExitIndex(view.code, offset);
    if (lazy >= 0) return lazy;
    if (!isTop) return -1;
    const instruction = view.instructions[view.indexAt(offset)];
    if (instruction?.isCall) return this.target.deoptimizer.lazyExitIndex(view.code, offset + instruction.length);
    return view.exitOfGuard(instruction?.offset ?? -1);
  }

  private stateAtPoint(view: CodeView, point: CodePoint, fp: Address): TranslatedState {
    const cpu = Region.IsolateData + IsolateData.Cpu;
    const state = this.codeTables.stateAt(view, point, {
      fp,
      slotsAt: fp,
      gpr: cpu + CpuState.Gpr,
      xmm: cpu + CpuState.Xmm,
      xmmStride: 16,
    });
    // Points are no exits: numbers that none has.
    this.materialized.seed(state, { fp, code: view.code, exit: -2 - point.translation });
    return state;
  }

  stateOf(view: CodeView, exit: number, fp: Address, withRegisters: boolean): TranslatedState | undefined {
    const cpu = Region.IsolateData + IsolateData.Cpu;
    const registers = withRegisters || !view.isLazyExit(exit);
    try {
      const state = this.target.deoptimizer.inspect(view.code, exit, {
        fp,
        slotsAt: fp,
        gpr: registers ? cpu + CpuState.Gpr : 0,
        xmm: registers ? cpu + CpuState.Xmm : 0,
        xmmStride: 16,
      });
      this.materialized.seed(state, { fp, code: view.code, exit });
      return state;
    } catch {
      return undefined;
    }
  }

  /** What a client gets. @param id its frame id */
  present(frame: FrameView, id: number): Frame {
    return {
      id,
      kind: frame.kind,
      name: frame.name,
      location: frame.location,
      instructionPointer: frame.instructionPointer,
    };
  }

  /** Context of a frame's function (a tagged word), 0 if it is not known. */
  contextOf(frame: FrameView): Tagged {
    if (frame.interpreted !== undefined) return this.heap.i32[(frame.interpreted.fp + FrameOffset.Context) >> 2]!;
    if (frame.suspended !== undefined) return this.heap.get(frame.suspended.generator, JSGeneratorObject.Context);
    if (frame.translated !== undefined) {
      const value = frame.translated.frame.context;
      return value.kind === 'value' && frame.translated.state.isSimple(value)
        ? frame.translated.state.valueOf(value)
        : 0;
    }
    return 0;
  }
}

const frameKindNames: Readonly<Record<string, string>> = {
  inlinedExtraArguments: 'extra arguments',
  constructInvokeStub: 'construct stub',
  constructCreateStub: 'construct stub',
  javaScriptBuiltinContinuation: 'builtin continuation',
};

export const label = (name: string): FrameView => ({
  kind: 'label',
  name,
  sfi: 0,
  location: undefined,
  instructionPointer: undefined,
});
