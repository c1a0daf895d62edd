// The Deoptimizer: from a failed guard to interpreter frames (V8: deoptimizer.cc).
//
//   DeoptimizationEntry (x64) ─▶ newDeoptimizer ─▶ (x64 copies the frame) ─▶ computeOutputFrames ─▶ (x64 copies the output
//   frames to the stack) ─▶ NotifyDeoptimized (x64) ─▶ materialize ─▶ InterpreterEnterAtBytecode
//
// Invariants: nothing but pc, frame and registers tells which exit it was (the exit's address is the bailout id); between
// guard and resumption no JavaScript runs and no collection happens, only allocations for values without a tagged form;
// every output slot is written once (FrameWriter).

import { bytecodesBias, FrameOffset, frameMarker, StackFrameIterator, slotOffset } from '../frames/index.ts';
import { type Address, cageHi, type Heap, IsolateData, Region, smi, smiValue, type Tagged } from '../heap/index.ts';
import {
  ByteArray,
  brief,
  Code,
  CodeFlags,
  DeoptimizationData,
  type Factory,
  FeedbackCell,
  FixedArray,
  HeapObject,
  InstanceType,
  isNative,
  JSFunction,
  MapObject,
  StaticRoot,
} from '../objects/index.ts';
import { Gpr } from '../x64/index.ts';
import { type DeoptimizeReason, deoptimizeReasons } from './deoptimize-reason.ts';
import { DeoptimizerLayout, FrameDescription, FrameDescriptionLayout } from './frame-description.ts';
import { bare, FrameWriter, hex12, type WrittenSlot } from './frame-writer.ts';
import { type Materialization, type Materialized, materializations, type WaitingSlot } from './materialization-plan.ts';
import { framePlace, type OutputSlot, outputKind, outputLayout, slotCount, takesResult } from './output-layout.ts';
import { traceInputs } from './trace.ts';
import { type TranslatedFrame, TranslatedState } from './translated-state.ts';

export type DeoptimizeKind = 'eager' | 'lazy';

/** Stops of the debugger inside a deoptimization, in this order; `translateFrame` once per frame. */
export type DeoptimizerPhase =
  | 'entry'
  | 'lookup'
  | 'readInputFrame'
  | 'translateFrame'
  | 'writeFrames'
  | 'materialize'
  | 'invalidate'
  | 'resume';

/** Everything known about the deoptimization in progress; fields fill up phase by phase. */
export interface Deoptimization {
  readonly kind: DeoptimizeKind;
  readonly code: Tagged;
  readonly closure: Tagged;
  /** The exit's return address (offset in the cage). */
  readonly pc: Address;
  readonly fpToSpDelta: number;
  exitIndex: number;
  reason: DeoptimizeReason;
  /** Script offset and inlining id of the exit (−1: not inlined). */
  scriptOffset: number;
  inliningId: number;
  /** Innermost frame's. */
  bytecodeOffset: number;
  translationIndex: number;
  /** Top of the caller's part of the stack: the first byte above the input frame. */
  callerFrameTop: Address;
  inputFp: Address;
  state: TranslatedState | undefined;
  readonly outputs: FrameDescription[];
  /** The frame being translated. */
  currentFrame: number;
  /** Filled for observers only. */
  readonly slots: WrittenSlot[];
  /** What was made of values that needed an allocation, and which slots have got it, in order. */
  readonly materialized: Materialized[];
}

/** The debugger's window: called at each phase, written slot and materialization; may block, must not run JavaScript. */
export interface DeoptimizerObserver {
  phase(phase: DeoptimizerPhase, deoptimization: Deoptimization): void;
  slot(slot: WrittenSlot, deoptimization: Deoptimization): void;
  materialized(made: Materialized, deoptimization: Deoptimization): void;
}

/** Addresses (cage offsets) of the builtins that output frames return to. */
export interface DeoptimizerBuiltins {
  readonly interpreterEnterAtBytecode: number;
  readonly interpreterEnterAtNextBytecode: number;
  readonly notifyDeoptimized: number;
  readonly constructReturn: number;
  readonly constructCreateReturn: number;
  readonly continueToJavaScriptBuiltin: number;
  readonly continueToJavaScriptBuiltinWithResult: number;
}

export interface DeoptimizerHost {
  readonly heap: Heap;
  readonly factory: Factory;
  readonly builtins: DeoptimizerBuiltins;
  /** The Code object that contains an address in code space; 0 if none. */
  findCode(pc: Address): Tagged;
  /** SpeculationMode of a call site. */
  disallowSpeculation(vector: Tagged, slot: number): void;
  /** `<file:line:col>` parts, innermost first, for a script offset and inlining id of `code`. */
  describePosition(code: Tagged, scriptOffset: number, inliningId: number): string;
  /** After the frames are written: unlink the code from its closures and lists (R24–R26). */
  codeDeoptimized(code: Tagged, closure: Tagged, deoptimization: Deoptimization): void;
  readonly trace: { readonly deopt: boolean; readonly verbose: boolean; write(text: string): void };
  /** Milliseconds, for the trace. */
  now(): number;
}

/** After so many translations the host's inline caches know their way: each costs a hundredth of the first. */
const rehearsals = 8;

const silent: DeoptimizerHost['trace'] = { deopt: false, verbose: false, write: () => {} };

/** Bytes of one deopt exit: `call [r13 + disp8]`. */
export const deoptExitSize = 4;

export class Deoptimizer {
  private readonly observers: DeoptimizerObserver[] = [];
  current: Deoptimization | undefined;
  /** Slots of the written frames that wait for an allocation. */
  private waiting: WaitingSlot[] = [];
  private startedAt = 0;
  private readonly host: DeoptimizerHost;
  /** Of the present deoptimization. */
  private trace: DeoptimizerHost['trace'];

  constructor(host: DeoptimizerHost) {
    this.host = host;
    this.trace = host.trace;
  }

  /** Whether somebody sees each phase. */
  get isObserved(): boolean {
    return this.observers.length > 0;
  }

  observe(observer: DeoptimizerObserver): void {
    this.observers.push(observer);
  }

  private reached(phase: DeoptimizerPhase, deoptimization: Deoptimization): void {
    for (const observer of this.observers) observer.phase(phase, deoptimization);
  }

  /**
   * Host half one, called from DeoptimizationEntry after it saved the registers: finds the code, sizes and lays out the
   * input FrameDescription. Returns the Deoptimizer's address in linear memory.
   * @param pc return address of the exit's call, a cage offset
   */
  newDeoptimizer(closure: Tagged, kind: DeoptimizeKind, pc: Address, fpToSpDelta: number, fp: Address): number {
    const { heap } = this.host;
    this.startedAt = this.host.now();
    const code = this.host.findCode(pc);
    if (code === 0) throw new Error(`no code object at 0x${pc.toString(16)}`);
    const deoptimization: Deoptimization = {
      kind,
      code,
      closure,
      pc,
      fpToSpDelta,
      exitIndex: -1,
      reason: 0 as DeoptimizeReason,
      scriptOffset: -1,
      inliningId: -1,
      bytecodeOffset: -1,
      translationIndex: -1,
      callerFrameTop: fp + FrameOffset.Receiver + 8 * heap.getI32(code, Code.ParameterCount),
      inputFp: fp,
      state: undefined,
      outputs: [],
      currentFrame: -1,
      slots: [],
      materialized: [],
    };
    this.current = deoptimization;
    const size = fpToSpDelta + (deoptimization.callerFrameTop - fp);
    const input = FrameDescription.create(heap, Region.Deoptimizer + DeoptimizerLayout.Descriptions, size);
    input.top = fp - fpToSpDelta;
    input.fp = fp;
    this.setField(DeoptimizerLayout.Input, input.address);
    this.setField(DeoptimizerLayout.Output, Region.Deoptimizer + DeoptimizerLayout.Outputs);
    this.setField(DeoptimizerLayout.CallerFrameTop, deoptimization.callerFrameTop);
    this.reached('entry', deoptimization);
    return Region.Deoptimizer;
  }

  /** Nothing is traced of the library's own functions: in V8 they are builtins, which are never deoptimized. */
  private traceOf(closure: Tagged): DeoptimizerHost['trace'] {
    const { heap, trace } = this.host;
    const shared = heap.get(closure, JSFunction.SharedFunctionInfo);
    const isLibrary = isNative(heap, shared);
    return isLibrary ? silent : trace;
  }

  /** Host half two: the input description is filled; translates every frame into output descriptions. */
  computeOutputFrames(): void {
    const deoptimization = this.current!;
    this.trace = this.traceOf(deoptimization.closure);
    const { trace } = this;
    const { heap } = this.host;
    this.lookUpExit(deoptimization);
    this.reached('lookup', deoptimization);
    if (trace.deopt) this.traceBegin(deoptimization);

    const state = this.readInputFrame(deoptimization);
    deoptimization.state = state;
    if (trace.verbose) traceInputs(heap, state, (text) => trace.write(text));
    this.reached('readInputFrame', deoptimization);
    this.writeOutputFrames(deoptimization, state);
    heap.isolateWord(IsolateData.DeoptimizationCount, heap.readIsolateWord(IsolateData.DeoptimizationCount) + 1);
    if (trace.deopt) trace.write(`[bailout end. took ${(this.host.now() - this.startedAt).toFixed(3)} ms]\n`);
    this.reached('writeFrames', deoptimization);
  }

  private writeOutputFrames(deoptimization: Deoptimization, state: TranslatedState): void {
    this.waiting = [];
    let address = this.inputDescription().end;
    let top = deoptimization.callerFrameTop;
    for (let index = 0; index < state.frames.length; index++) {
      const frame = state.frames[index]!;
      deoptimization.currentFrame = index;
      const output = this.translateFrame(deoptimization, state, frame, index, address, top);
      deoptimization.outputs.push(output);
      this.setField(DeoptimizerLayout.Outputs + 8 * index, output.address);
      address = output.end;
      top = output.top;
      this.reached('translateFrame', deoptimization);
    }
    this.setField(DeoptimizerLayout.OutputCount, state.frames.length);
  }

  /**
   * Translates exits of new code against a frame that never was, and forgets what came of it. The host runs code many times slower
   * for the first time, and the first bailout of a process is the one that somebody waits for.
   * @param fp where a frame might stand
   * @param fill makes the input description what an entry makes it
   */
  rehearse(code: Tagged, fp: Address, fill: (input: FrameDescription) => void): void {
    const { heap } = this.host;
    if (this.isObserved) return;
    this.trace = silent;
    const eager = heap.getI32(code, Code.EagerDeoptCount);
    const exits = eager + heap.getI32(code, Code.LazyDeoptCount);
    if (exits === 0) return;
    const firstExit = heap.getI32(code, Code.InstructionStart) + heap.getI32(code, Code.DeoptExitStart);
    const argumentCount = heap.getI32(code, Code.ParameterCount);
    const fpToSpDelta = -slotOffset(heap.getI32(code, Code.StackSlots) - 1);
    for (let i = 0; i < rehearsals; i++) {
      const exit = i % exits;
      const pc = firstExit + (exit + 1) * deoptExitSize;
      this.newDeoptimizer(StaticRoot.Undefined, exit < eager ? 'eager' : 'lazy', pc, fpToSpDelta, fp);
      const deoptimization = this.current!;
      const input = this.inputDescription();
      fill(input);
      input.setSlot(fpToSpDelta + FrameOffset.ArgumentCount, argumentCount, 0);
      this.lookUpExit(deoptimization);
      this.writeOutputFrames(deoptimization, this.readInputFrame(deoptimization));
    }
    this.waiting = [];
    this.current = undefined;
  }

  /** Called by NotifyDeoptimized once the frames stand on the stack: fills the queued slots, unlinks the code. */
  notifyDeoptimized(): void {
    const deoptimization = this.current!;
    const state = deoptimization.state!;
    if (this.isObserved || !this.fillWithVectors(state))
      for (const planned of materializations(state, this.waiting)) {
        const made = { ...planned, word: this.materialize(state, planned) };
        deoptimization.materialized.push(made);
        for (const observer of this.observers) observer.materialized(made, deoptimization);
      }
    this.waiting = [];
    if (state.feedback !== undefined) this.updateFeedback(deoptimization, state.feedback);
    this.reached('materialize', deoptimization);
    this.host.codeDeoptimized(deoptimization.code, deoptimization.closure, deoptimization);
    this.reached('invalidate', deoptimization);
    this.reached('resume', deoptimization);
    this.current = undefined;
  }

  /** The short way where nothing waits but feedback vectors, which are there already. @returns whether that was so */
  private fillWithVectors(state: TranslatedState): boolean {
    const { waiting } = this;
    for (const slot of waiting) if (!slot.isFeedbackVector || !state.fitsWord(slot.value)) return false;
    for (const slot of waiting) this.fill(slot, this.feedbackVectorOf(state.valueOf(slot.value)));
    return true;
  }

  private fill({ address }: WaitingSlot, word: Tagged): void {
    const { i32 } = this.host.heap;
    i32[address >> 2] = word;
    i32[(address >> 2) + 1] = cageHi;
  }

  /** Makes what is planned, and fills the slot that waits for it. */
  private materialize(state: TranslatedState, { kind, value, waiting, holder }: Materialization): Tagged {
    const { trace } = this;
    const { heap } = this.host;
    const word = kind === 'feedback vector' ? this.feedbackVectorOf(state.valueOf(value)) : state.valueOf(value);
    if (holder !== undefined) return word;
    const { address } = waiting;
    this.fill(waiting, word);
    if (trace.verbose && kind !== 'feedback vector')
      trace.write(`Materialization [${hex12(address, cageHi)}] <- ${hex12(word, cageHi)} ;  ${brief(heap, word)}\n`);
    return word;
  }

  /** The site's next compilation does not speculate: otherwise it would bail out for ever. */
  private updateFeedback(deoptimization: Deoptimization, { vector, slot }: { vector: Tagged; slot: number }): void {
    const { trace } = this;
    this.host.disallowSpeculation(vector, slot);
    if (!trace.verbose) return;
    const { code, scriptOffset, inliningId, reason } = deoptimization;
    const position = this.host.describePosition(code, scriptOffset, inliningId);
    trace.write(`Feedback updated from deoptimization at ${position}, ${deoptimizeReasons[reason]}\n`);
  }

  /** The state that a stopped guard or call site of optimized code would deoptimize to, without deoptimizing (R9, R21). */
  inspect(code: Tagged, exitIndex: number, input: ConstructorParameters<typeof TranslatedState>[6]): TranslatedState {
    const { heap, factory } = this.host;
    const data = heap.get(code, Code.DeoptimizationData);
    const entry = this.entry(data, exitIndex);
    const stream = this.element(data, DeoptimizationData.FrameTranslation);
    return new TranslatedState(
      heap,
      factory,
      stream + ByteArray.Bytes - 1,
      smiValue(heap.get(stream, ByteArray.Length)),
      smiValue(this.elementAt(data, entry + DeoptimizationData.EntryTranslationIndex)),
      this.element(data, DeoptimizationData.LiteralArray),
      input,
    );
  }

  /**
   * Redirects every activation of code that is marked for deoptimization: its return address becomes the lazy exit of its
   * call site (R25). Functions are unlinked at their next call by the check in the code's prologue.
   */
  deoptimizeMarkedCode(fp: Address, pc: Address): void {
    const { heap } = this.host;
    for (const frame = new StackFrameIterator(heap, fp, pc); !frame.done; frame.advance()) {
      if (frame.code === 0 || (heap.getI32(frame.code, Code.Flags) & CodeFlags.MarkedForDeoptimization) === 0) continue;
      if (frame.pcAddress === 0) continue;
      const start = heap.getI32(frame.code, Code.InstructionStart);
      const exit = this.lazyExit(frame.code, frame.pc - start);
      if (exit >= 0) heap.i32[frame.pcAddress >> 2] = start + exit;
    }
  }

  /** Offset of the lazy exit for a call that returns to `pcOffset`; −1 if the site has none (or is an exit already). */
  lazyExit(code: Tagged, pcOffset: number): number {
    const index = this.lazyExitIndex(code, pcOffset);
    return index < 0 ? -1 : this.host.heap.getI32(code, Code.DeoptExitStart) + index * deoptExitSize;
  }

  /** Index of the exit whose call site returns to `pcOffset`; −1 if none. */
  lazyExitIndex(code: Tagged, pcOffset: number): number {
    const { heap } = this.host;
    const data = heap.get(code, Code.DeoptimizationData);
    if (data === 0 || data === StaticRoot.EmptyFixedArray) return -1;
    const eager = heap.getI32(code, Code.EagerDeoptCount);
    const count = eager + heap.getI32(code, Code.LazyDeoptCount);
    for (let i = eager; i < count; i++) {
      if (smiValue(this.elementAt(data, this.entry(data, i) + DeoptimizationData.EntryPc)) === pcOffset) return i;
    }
    return -1;
  }

  // --- lookup -------------------------------------------------------------------------------------------------------

  private lookUpExit(deoptimization: Deoptimization): void {
    const { heap } = this.host;
    const { code } = deoptimization;
    const start = heap.getI32(code, Code.InstructionStart) + heap.getI32(code, Code.DeoptExitStart);
    const offset = deoptimization.pc - deoptExitSize - start;
    const count = heap.getI32(code, Code.EagerDeoptCount) + heap.getI32(code, Code.LazyDeoptCount);
    if (offset < 0 || offset % deoptExitSize !== 0 || offset / deoptExitSize >= count) {
      throw new Error(
        `0x${deoptimization.pc.toString(16)} is no deopt exit of its code (exits start at 0x${start.toString(16)}, ${count} of them)`,
      );
    }
    const index = offset / deoptExitSize;
    deoptimization.exitIndex = index;
    const data = heap.get(code, Code.DeoptimizationData);
    const entry = this.entry(data, index);
    deoptimization.bytecodeOffset = smiValue(this.elementAt(data, entry + DeoptimizationData.EntryBytecodeOffset));
    deoptimization.translationIndex = smiValue(this.elementAt(data, entry + DeoptimizationData.EntryTranslationIndex));
    const info = heap.get(code, Code.DeoptExitInfo) + ByteArray.Bytes - 1 + 12 * index;
    deoptimization.scriptOffset = heap.i32[info >> 2]!;
    deoptimization.inliningId = heap.i32[(info >> 2) + 1]!;
    deoptimization.reason = heap.i32[(info >> 2) + 2]! as DeoptimizeReason;
  }

  private readInputFrame(deoptimization: Deoptimization): TranslatedState {
    const input = this.inputDescription();
    return this.inspect(deoptimization.code, deoptimization.exitIndex, {
      fp: deoptimization.inputFp,
      slotsAt: input.content + deoptimization.fpToSpDelta,
      gpr: input.address + FrameDescriptionLayout.Registers,
      xmm: input.address + FrameDescriptionLayout.DoubleRegisters,
      xmmStride: 8,
    });
  }

  // --- translation of each kind of frame ------------------------------------------------------------------------------

  private translateFrame(
    deoptimization: Deoptimization,
    state: TranslatedState,
    frame: TranslatedFrame,
    index: number,
    address: Address,
    callerTop: Address,
  ): FrameDescription {
    const { trace } = this;
    const parts = outputLayout(state, index, deoptimization.kind);
    const frameSize = 8 * slotCount(parts);
    const output = FrameDescription.create(this.host.heap, address, frameSize);
    output.top = callerTop - frameSize;
    if (trace.verbose) this.traceFrame(deoptimization, state, frame, index, parts);
    const writer = this.writer(deoptimization, state, output, index);
    for (let i = 0; i < parts.length; i++) {
      if (i > 0) writer.separator();
      for (const slot of parts[i]!) this.writeSlot(deoptimization, state, frame, index, output, writer, slot);
    }
    writer.finish();
    this.linkFrame(deoptimization, state, frame, index, output);
    return output;
  }

  private writeSlot(
    deoptimization: Deoptimization,
    state: TranslatedState,
    frame: TranslatedFrame,
    index: number,
    output: FrameDescription,
    writer: FrameWriter,
    slot: OutputSlot,
  ): void {
    const caller = index > 0 ? deoptimization.outputs[index - 1]! : undefined;
    switch (slot.content) {
      case 'value':
        writer.pushTranslatedValue(slot.value, slot);
        break;
      case 'function':
        writer.pushRawWord(state.valueOf(slot.value), slot);
        break;
      case 'smi':
        writer.pushRawObject(smi(slot.number), slot);
        break;
      case 'number':
        writer.pushRawValue(slot.number, slot);
        break;
      case 'placeholder':
        writer.pushRawObject(StaticRoot.TheHole, slot);
        break;
      case 'undefined':
        writer.pushRawObject(StaticRoot.Undefined, slot);
        break;
      case 'result':
        writer.pushRawWord(this.returnRegister(slot.index), slot);
        break;
      case "caller's pc":
        writer.pushRawWord(caller?.pc ?? this.inputSlot(deoptimization, FrameOffset.ReturnPc), slot);
        break;
      case "caller's fp":
        writer.pushRawWord(caller?.fp ?? this.inputSlot(deoptimization, FrameOffset.CallerFp), slot);
        output.fp = output.top + writer.topOffset;
        break;
      case 'argument count':
        writer.pushRawValue(this.argumentCountOf(deoptimization, state, frame, index), slot);
        break;
      case 'bytecode array':
        writer.pushRawObject(frame.bytecodeArray, slot);
        break;
      case 'bytecode offset':
        writer.pushRawObject(smi(Math.max(frame.bytecodeOffset, 0) + bytecodesBias), slot);
        break;
      case 'feedback vector':
        writer.pushFeedbackVectorForMaterialization(slot.closure, slot);
        break;
      case 'marker':
        writer.pushRawValue(frameMarker(slot.type), slot);
        break;
    }
  }

  /** A word of the optimized frame, `offset` bytes above its frame pointer. */
  private inputSlot(deoptimization: Deoptimization, offset: number): number {
    return this.host.heap.i32[(this.inputDescription().content + deoptimization.fpToSpDelta + offset) >> 2]!;
  }

  private argumentCountOf(
    deoptimization: Deoptimization,
    state: TranslatedState,
    frame: TranslatedFrame,
    index: number,
  ): number {
    if (index === 0) return this.inputSlot(deoptimization, FrameOffset.ArgumentCount);
    const previous = state.frames[index - 1]!;
    return previous.kind === 'inlinedExtraArguments' ? previous.height : frame.parameterCount;
  }

  /** Where the frame goes on, and with which registers. */
  private linkFrame(
    deoptimization: Deoptimization,
    state: TranslatedState,
    frame: TranslatedFrame,
    index: number,
    output: FrameDescription,
  ): void {
    const { builtins } = this.host;
    const { resume } = outputKind(frame);
    if (resume === 'no frame') {
      // its neighbours link past it
      const previous = deoptimization.outputs[index - 1]!;
      output.fp = previous.fp;
      output.pc = previous.pc;
      return;
    }
    if (resume === 'construct return') {
      output.pc = builtins.constructReturn;
      return;
    }
    const place = framePlace(state, index, deoptimization.kind);
    const isReturnedTo = takesResult(place);
    if (resume === 'construct create return') output.pc = builtins.constructCreateReturn;
    else if (resume === 'builtin') {
      output.pc = isReturnedTo ? builtins.continueToJavaScriptBuiltinWithResult : builtins.continueToJavaScriptBuiltin;
    } else {
      output.pc =
        frame.bytecodeOffset < 0 || !isReturnedTo
          ? builtins.interpreterEnterAtBytecode
          : builtins.interpreterEnterAtNextBytecode;
    }
    output.context = output.slot(0);
    if (place.isTopmost) {
      output.copyRegistersFrom(this.inputDescription());
      output.setRegister(Gpr.rbp, output.fp);
      output.continuation = builtins.notifyDeoptimized;
    }
  }

  private traceFrame(
    deoptimization: Deoptimization,
    state: TranslatedState,
    frame: TranslatedFrame,
    index: number,
    parts: readonly (readonly OutputSlot[])[],
  ): void {
    const { trace } = this;
    const size = 8 * slotCount(parts);
    const { describe, resume } = outputKind(frame);
    const what = describe(frame, size, 8 * parts.at(-1)!.length, framePlace(state, index, deoptimization.kind));
    if (resume !== 'bytecode') trace.write(`  translating ${what}\n`);
    else {
      trace.write(`  translating interpreted frame ${this.functionName(frame)} => ${what}\n`);
      const extra = this.inputSlot(deoptimization, FrameOffset.ArgumentCount) - frame.parameterCount;
      if (index === 0 && extra > 0) trace.write(`    -- ${extra} extra argument(s) already in the stack --\n`);
    }
  }

  // --- small things ---------------------------------------------------------------------------------------------------

  private writer(
    deoptimization: Deoptimization,
    state: TranslatedState,
    output: FrameDescription,
    index: number,
  ): FrameWriter {
    const { trace } = this;
    const { heap } = this.host;
    return new FrameWriter(
      heap,
      state,
      output,
      index,
      this.waiting,
      trace.verbose ? (text) => trace.write(text) : undefined,
      this.isObserved
        ? (slot) => {
            deoptimization.slots.push(slot);
            for (const observer of this.observers) observer.slot(slot, deoptimization);
          }
        : undefined,
    );
  }

  /** Results of a call: rax, then rdx. */
  private returnRegister(index: number): Tagged {
    return this.inputDescription().register(index === 0 ? Gpr.rax : Gpr.rdx);
  }

  /** The optimized frame. */
  inputDescription(): FrameDescription {
    return FrameDescription.at(
      this.host.heap,
      this.host.heap.i32[(Region.Deoptimizer + DeoptimizerLayout.Input) >> 2]!,
    );
  }

  private feedbackVectorOf(closure: Tagged): Tagged {
    const { heap } = this.host;
    const value = heap.get(heap.get(closure, JSFunction.FeedbackCell), FeedbackCell.Value);
    const isVector =
      (value & 1) === 1 &&
      heap.getU16(heap.get(value, HeapObject.Map), MapObject.InstanceType) === InstanceType.FeedbackVector;
    return isVector ? value : StaticRoot.Undefined;
  }

  private functionName(frame: TranslatedFrame): string {
    const name = brief(this.host.heap, frame.sharedFunctionInfo);
    return /<SharedFunctionInfo ?(.*)>$/.exec(name)?.[1] ?? '';
  }

  private setField(field: number, address: Address): void {
    const { i32 } = this.host.heap;
    i32[(Region.Deoptimizer + field) >> 2] = address;
    i32[((Region.Deoptimizer + field) >> 2) + 1] = field === DeoptimizerLayout.OutputCount ? 0 : cageHi;
  }

  private element(data: Tagged, index: DeoptimizationData): Tagged {
    return this.elementAt(data, index);
  }
  private elementAt(data: Tagged, index: number): Tagged {
    return this.host.heap.getElement(data, FixedArray.Elements, index);
  }
  private entry(data: Tagged, exitIndex: number): number {
    const entry = DeoptimizationData.FirstEntry + DeoptimizationData.EntrySize * exitIndex;
    if (entry >= smiValue(this.host.heap.get(data, FixedArray.Length)))
      throw new RangeError(`no deopt entry ${exitIndex}`);
    return entry;
  }

  private traceBegin(deoptimization: Deoptimization): void {
    const { trace } = this;
    const { heap } = this.host;
    const { code, closure, kind } = deoptimization;
    const reason = kind === 'lazy' ? '(unknown)' : deoptimizeReasons[deoptimization.reason];
    const id = heap.getI32(code, Code.OptimizationId);
    trace.write(
      `[bailout (kind: deopt-${kind}, reason: ${reason}): begin. deoptimizing ${hex12(closure, cageHi)} ${bare(heap, closure)}, ` +
        `${hex12(code, cageHi)} ${bare(heap, code)}, opt id ${id}, bytecode offset ${deoptimization.bytecodeOffset}, ` +
        `deopt exit ${deoptimization.exitIndex}, FP to SP delta ${deoptimization.fpToSpDelta}, ` +
        `caller SP ${hex12(deoptimization.callerFrameTop, cageHi)}, pc ${hex12(deoptimization.pc - deoptExitSize, cageHi)}]\n`,
    );
    if (trace.verbose && kind === 'eager') {
      const position = this.host.describePosition(code, deoptimization.scriptOffset, deoptimization.inliningId);
      trace.write(`            ;;; deoptimize at ${position}\n`);
    }
  }
}
