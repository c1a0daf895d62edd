// The interpreter's state at a bytecode: every frame with function, bytecode offset, the registers that are live there, and the
// accumulator where it is. Of a bailout that was just written, and of a run that was never optimized, read from the same stack memory.
//
//   state after a bailout ─▶ frames, innermost first      a frame that the bailout wrote has values, a caller its function and offset
//   never optimized       ─▶ the same walk, and the values of the same frames
//
// A builtin of the library is one frame in the interpreter, and a continuation, or nothing, in optimized code: it is passed over.
// A bailout that ends in a continuation is compared where the program called the builtin, by what the call leaves alone: registers, and
// of objects which ones they are, not what is in them, since the builtin may have called the program meanwhile.

import {
  Bytecode,
  BytecodeArrayAccessor,
  decodeHandlerTable,
  writtenRegisters,
} from '../../src/engine/bytecode/index.ts';
import type { Deoptimization } from '../../src/engine/deoptimizer/index.ts';
import {
  FrameOffset,
  FrameType,
  registerOffset,
  type StackFrame,
  StackFrameIterator,
} from '../../src/engine/frames/index.ts';
import { type Address, type Heap, IsolateData, smiValue, type Tagged } from '../../src/engine/heap/index.ts';
import type { Isolate } from '../../src/engine/isolate/index.ts';
import { ByteArray, BytecodeArray, FixedArray, isNative, JSFunction } from '../../src/engine/objects/index.ts';
import { BytecodeAnalysis, type Liveness } from '../../src/engine/turbofan/from-bytecode/bytecode-analysis.ts';
import { Gpr } from '../../src/engine/x64/index.ts';
import { functionKey, ValueTexts } from './value-text.ts';

/** What of a frame can be asked: everything before its bytecode, or, while the bytecode calls, what the call leaves alone. */
type Moment = 'before' | 'during';

export interface FrameState {
  readonly function: string;
  readonly offset: number;
  readonly moment: Moment;
  /** Of frames that the bailout wrote: live registers, accumulator, arguments, context, function. */
  readonly values: readonly string[] | undefined;
}

export interface InterpreterState {
  /** Innermost first. */
  readonly frames: readonly FrameState[];
  /** A builtin runs, which the innermost frame has called. */
  readonly isInBuiltin: boolean;
}

/** The first thing that is not as it should be. */
export interface Difference {
  readonly what: string;
  /** How many values before it are. */
  readonly agreed: number;
}

/** A place in the program's bytecode. */
export const placeOf = ({ function: fn, offset }: FrameState): string => `${fn} ${offset}`;

interface PhysicalFrame {
  readonly fn: Tagged;
  readonly offset: number;
  /** 0: a frame of optimized code, which has no registers. */
  readonly fp: Address;
}

export class InterpreterStates {
  private readonly isolate: Isolate;
  private readonly heap: Heap;
  private readonly analyses = new Map<Tagged, BytecodeAnalysis>();

  constructor(isolate: Isolate) {
    this.isolate = isolate;
    this.heap = isolate.heap;
  }

  /** The state that a bailout has just written to the stack; undefined where it left code of the library. */
  afterBailout({ state, kind }: Deoptimization): InterpreterState | undefined {
    const outputs = state!.frames.filter((frame) => frame.kind === 'interpreted');
    const written = outputs.filter((frame) => !isNative(this.heap, frame.sharedFunctionInfo)).length;
    if (written === 0) return undefined;
    const isInBuiltin = state!.frames.at(-1)!.kind !== 'interpreted';
    const texts = this.texts(isInBuiltin);
    const frames = [...this.frames(this.isolate.machine!.cpu.lo(Gpr.rbp))].map((frame, i): FrameState => {
      const moment = i === 0 && !isInBuiltin ? 'before' : 'during';
      const offset = moment === 'before' ? this.resumed(frame, kind) : frame.offset;
      const accumulator = moment === 'before' ? this.pushedAccumulator(frame) : 0;
      const values = i < written ? [...this.values({ ...frame, offset }, moment, texts, accumulator)] : undefined;
      return { function: this.keyOf(frame), offset, moment, values };
    });
    return { frames, isInBuiltin };
  }

  private texts(isInBuiltin: boolean): ValueTexts {
    return new ValueTexts(this.isolate.rt, isInBuiltin ? 0 : undefined);
  }

  /**
   * Whether the interpreter, which is before a bytecode, has this state: undefined, or the first difference.
   * @param accumulator its accumulator
   */
  difference(expected: InterpreterState, accumulator: Tagged): Difference | undefined {
    let agreed = 0;
    const differs = (what: string): Difference => ({ what, agreed });
    const texts = this.texts(expected.isInBuiltin);
    const found = this.frames(this.heap.readIsolateWord(IsolateData.CEntryFp));
    for (const [i, state] of expected.frames.entries()) {
      const frame = found.next().value;
      if (frame === undefined) return differs(`no frame ${i}: ${placeOf(state)}`);
      const place = `${this.keyOf(frame)} ${frame.offset}`;
      if (place !== placeOf(state)) return differs(`frame ${i} is ${place}, not ${placeOf(state)}`);
      let n = 0;
      if (state.values === undefined) continue;
      for (const value of this.values(frame, state.moment, texts, accumulator)) {
        const wanted = state.values[n++];
        if (value !== wanted)
          return differs(`frame ${i}, ${place}\n    interpreter  ${value}\n    bailout      ${wanted}`);
        agreed++;
      }
      if (n !== state.values.length) return differs(`frame ${i} has ${n} values, not ${state.values.length}`);
    }
    return undefined;
  }

  // --- frames ------------------------------------------------------------------------------------------------------------

  /** The program's frames, innermost first. */
  private *frames(fp: Address): Generator<PhysicalFrame, undefined> {
    for (const frame of new StackFrameIterator(this.heap, fp, 0))
      for (const physical of this.framesIn(frame)) if (!this.isLibrary(physical.fn)) yield physical;
    return undefined;
  }

  private framesIn(frame: StackFrame): PhysicalFrame[] {
    const { heap } = this;
    if (frame.type === FrameType.Interpreted) {
      const offset = smiValue(this.word(frame.fp, FrameOffset.BytecodeOffset)) - (BytecodeArray.Bytes - 1);
      return [{ fn: this.word(frame.fp, FrameOffset.Function), offset, fp: frame.fp }];
    }
    if (frame.type !== FrameType.Turbofan) return [];
    return this.isolate
      .machine!.readOptimized(frame.code, frame.fp, frame.pc)
      .filter(({ offset, sfi }) => offset >= 0 && !isNative(heap, sfi))
      .map(({ fn, offset }) => ({ fn, offset, fp: 0 }));
  }

  private isLibrary(fn: Tagged): boolean {
    return isNative(this.heap, this.heap.get(fn, JSFunction.SharedFunctionInfo));
  }

  private keyOf({ fn }: PhysicalFrame): string {
    return functionKey(this.heap, this.heap.get(fn, JSFunction.SharedFunctionInfo));
  }

  private word(fp: Address, offset: number): Tagged {
    return this.heap.i32[(fp + offset) >> 2]!;
  }

  /** Where the innermost frame goes on: a lazy bailout's bytecode has been done, but for a jump back. */
  private resumed({ fp, offset }: PhysicalFrame, kind: 'eager' | 'lazy'): number {
    if (kind === 'eager' || offset < 0) return Math.max(offset, 0);
    const { accessor } = this.analysis(this.word(fp, FrameOffset.BytecodeArray));
    accessor.setOffset(offset);
    return accessor.bytecode === Bytecode.JumpLoop ? offset : accessor.nextOffset;
  }

  /** Where the Deoptimizer puts the innermost frame's accumulator: below its registers. */
  private pushedAccumulator({ fp }: PhysicalFrame): Tagged {
    if (fp === 0) return 0;
    return this.word(fp, registerOffset(this.analysis(this.word(fp, FrameOffset.BytecodeArray)).registerCount));
  }

  // --- values ------------------------------------------------------------------------------------------------------------

  private *values(
    { fn, fp, offset }: PhysicalFrame,
    moment: Moment,
    texts: ValueTexts,
    accumulator: Tagged,
  ): Generator<string> {
    const { heap } = this;
    const analysis = this.analysis(this.word(fp, FrameOffset.BytecodeArray));
    const live = moment === 'before' ? analysis.in(offset) : analysis.out(offset);
    // What changes most comes first: most visits are told apart by a counter.
    for (const register of this.registers(analysis, offset, moment, live))
      yield `r${register} = ${texts.text(this.word(fp, registerOffset(register)))}`;
    if (moment === 'before' && live.accumulator) yield `accumulator = ${texts.text(accumulator)}`;
    const count = heap.i32[(fp + FrameOffset.ArgumentCount) >> 2]!;
    yield `arguments: ${count}`;
    for (let i = 0; i < count; i++) yield `a${i - 1} = ${texts.text(this.word(fp, FrameOffset.Receiver + 8 * i))}`;
    yield `context = ${texts.text(this.word(fp, FrameOffset.Context))}`;
    yield `function = ${texts.text(fn)}`;
  }

  private registers(analysis: BytecodeAnalysis, offset: number, moment: Moment, live: Liveness): number[] {
    const { accessor } = analysis;
    accessor.setOffset(offset);
    const written = moment === 'before' ? [] : writtenRegisters(accessor);
    return Array.from({ length: analysis.registerCount }, (_, i) => i).filter(
      (i) => live.has(i) && !written.includes(i),
    );
  }

  private analysis(bytecodes: Tagged): BytecodeAnalysis {
    let analysis = this.analyses.get(bytecodes);
    if (analysis === undefined) {
      const { heap } = this;
      const bytesOf = (word: Tagged): Uint8Array => {
        const start = word + ByteArray.Bytes - 1;
        return heap.u8.slice(start, start + smiValue(heap.get(word, ByteArray.Length)));
      };
      const start = bytecodes + BytecodeArray.Bytes - 1;
      const bytes = heap.u8.slice(start, start + smiValue(heap.get(bytecodes, BytecodeArray.Length)));
      const constants = heap.get(bytecodes, BytecodeArray.ConstantPool);
      const smiAt = (i: number): number | undefined => {
        const word = heap.getElement(constants, FixedArray.Elements, i);
        return (word & 1) === 0 ? smiValue(word) : undefined;
      };
      analysis = new BytecodeAnalysis(
        new BytecodeArrayAccessor(bytes, { smiAt }),
        decodeHandlerTable(bytesOf(heap.get(bytecodes, BytecodeArray.HandlerTable))),
        heap.getI32(bytecodes, BytecodeArray.FrameSize) >> 3,
      );
      this.analyses.set(bytecodes, analysis);
    }
    return analysis;
  }

  /** Analyzes a function before anybody writes breaks into its bytecode. */
  prepare(bytecodes: Tagged): void {
    this.analysis(bytecodes);
  }
}
