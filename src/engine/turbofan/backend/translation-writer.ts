// Frame states of the generated code → frame translations and literals (V8: CodeGenerator::BuildTranslation).

import { FrameTranslationBuilder, TranslationOpcode } from '../../deoptimizer/index.ts';
import { slotKind } from '../../feedback/index.ts';
import { type Heap, smi, smiMax, smiMin, type Tagged } from '../../heap/index.ts';
import { type Factory, FeedbackSlotKind, SharedFunctionInfo, StaticRoot } from '../../objects/index.ts';
import { isTagged, Rep, translationRepresentation } from '../graph/machine-type.ts';
import { type FrameStateInfo, FrameStateType } from '../graph/parameters.ts';
import { argumentsTypeNumber } from '../operators/javascript.ts';
import type { DeoptExit } from './code-generator.ts';
import type { ConstantValue, Location, StateOperand, VirtualRegister } from './instruction.ts';

/** Where a translation's literals go. */
export interface Literals {
  /** Index of a tagged word. */
  literal(word: Tagged): number;
  number(value: number): number;
}

/** The literal array of a Code object. */
export class CodeLiterals implements Literals {
  readonly words: Tagged[] = [];
  private readonly factory: Factory;
  private readonly literalIndex = new Map<number, number>();
  private readonly numberIndex = new Map<string, number>();

  constructor(factory: Factory) {
    this.factory = factory;
  }

  number(value: number): number {
    if (Number.isInteger(value) && value >= smiMin && value <= smiMax && !Object.is(value, -0))
      return this.literal(smi(value));
    const key = Object.is(value, -0) ? '-0' : String(value);
    let index = this.numberIndex.get(key);
    if (index === undefined) {
      index = this.words.length;
      this.words.push(this.factory.newHeapNumber(value));
      this.numberIndex.set(key, index);
    }
    return index;
  }

  literal(word: Tagged): number {
    let index = this.literalIndex.get(word);
    if (index === undefined) {
      index = this.words.length;
      this.words.push(word);
      this.literalIndex.set(word, index);
    }
    return index;
  }
}

/** One frame of a translation. */
export interface FrameToWrite {
  readonly info: FrameStateInfo;
  readonly values: readonly StateOperand[];
}

export class TranslationWriter {
  readonly builder = new FrameTranslationBuilder();
  private readonly heap: Heap;
  private readonly literals: Literals;
  /** Numbers in this translation, by id. */
  private objects = new Map<number, number>();
  private objectCount = 0;

  constructor(heap: Heap, literals: Literals) {
    this.heap = heap;
    this.literals = literals;
  }

  /** Writes the translation of one exit; returns its index. */
  writeExit({ state, instruction }: DeoptExit): number {
    const { builder, heap } = this;
    const frames = state.frames.map(({ node, values }) => ({ info: node.parameterOf('FrameState'), values }));
    this.begin(frames);
    const { feedback } = state;
    if (feedback !== undefined && slotKind(heap, feedback.vector, feedback.slot) === FeedbackSlotKind.Call)
      builder.updateFeedback(this.literals.literal(feedback.vector), feedback.slot);
    for (const [i, frame] of frames.entries())
      this.frame(frame, state.kind === 'lazy' && i === frames.length - 1, instruction.saved);
    return builder.finish();
  }

  /** Writes frames as they are between two instructions; returns the translation's index. */
  write(frames: readonly FrameToWrite[]): number {
    this.begin(frames);
    for (const frame of frames) this.frame(frame, false, []);
    return this.builder.finish();
  }

  private begin(frames: readonly FrameToWrite[]): void {
    this.objects = new Map();
    this.objectCount = 0;
    const ofBytecode = frames.filter(({ info }) => info.type === FrameStateType.Unoptimized);
    this.builder.begin(frames.length, ofBytecode.length);
  }

  /**
   * @param isReturning the frame waits for what a call returns
   * @param saved registers that the call saves around itself: their values are in their save slots
   */
  private frame({ info, values }: FrameToWrite, isReturning: boolean, saved: readonly VirtualRegister[]): void {
    const { builder, literals } = this;
    const shared = literals.literal(info.sharedInfo);
    switch (info.type) {
      case FrameStateType.Unoptimized: {
        const { combine } = info;
        const pokes = isReturning && combine.kind === 'PokeAt';
        builder.interpretedFrame(
          info.bailoutId,
          shared,
          literals.literal(info.bytecodeArray),
          info.localCount,
          pokes ? combine.offset : 0,
          pokes ? 1 : 0,
        );
        break;
      }
      case FrameStateType.InlinedExtraArguments: {
        const formal = this.heap.getI32(info.sharedInfo, SharedFunctionInfo.FormalParameterCount) + 1;
        builder.frame(TranslationOpcode.InlinedExtraArguments, shared, values.length - 1, formal);
        break;
      }
      case FrameStateType.ConstructInvokeStub:
        builder.frame(TranslationOpcode.ConstructInvokeStubFrame, shared);
        break;
      case FrameStateType.ConstructCreateStub:
        builder.frame(TranslationOpcode.ConstructCreateStubFrame, shared, info.parameterCount);
        break;
      case FrameStateType.JavaScriptBuiltinContinuation:
        builder.frame(TranslationOpcode.JavaScriptBuiltinContinuationFrame, info.builtin!, shared, info.parameterCount);
        break;
      default:
        info.type satisfies never;
    }
    const isSaved = (vreg: VirtualRegister): boolean => saved.includes(vreg);
    for (const value of values) this.value(value, isSaved);
  }

  private value(operand: StateOperand, isSaved: (vreg: VirtualRegister) => boolean): void {
    const { builder, literals } = this;
    switch (operand.kind) {
      case 'optimizedOut':
        builder.storeOptimizedOut();
        return;
      case 'captured':
        this.objects.set(operand.id, this.objectCount++);
        builder.capturedObject(operand.fields.length);
        for (const field of operand.fields) this.value(field, isSaved);
        return;
      case 'argumentsElements':
        this.objectCount++;
        builder.argumentsElements(argumentsTypeNumber(operand.type));
        return;
      case 'argumentsLength':
        builder.argumentsLength();
        return;
      case 'duplicate': {
        const index = this.objects.get(operand.id);
        if (index === undefined) throw new Error(`frame state mentions object ${operand.id} before its fields`);
        builder.duplicatedObject(index);
        return;
      }
      case 'constant':
        builder.storeLiteral(constantLiteral(literals, operand.value, operand.type.rep === Rep.Bit));
        return;
      case 'vreg': {
        const compressed = operand.use.vreg.isCompressed && isTagged(operand.type.rep);
        const representation = compressed ? 'compressed' : translationRepresentation(operand.type);
        if (representation === undefined)
          throw new Error(`frame state value ${operand.use.vreg} cannot be rebuilt from its type`);
        const vreg = operand.use.vreg;
        const location: Location = vreg.location!;
        if (isSaved(vreg)) builder.storeValue('stack', representation, vreg.saveSlot);
        else if (location.kind === 'slot') builder.storeValue('stack', representation, location.index);
        else builder.storeValue(location.kind === 'xmm' ? 'xmm' : 'register', representation, location.index);
      }
    }
  }
}

function constantLiteral(literals: Literals, value: ConstantValue, isBit: boolean): number {
  switch (value.kind) {
    case 'tagged':
      return literals.literal(value.value);
    case 'int64':
      return literals.number(Number(value.value));
    case 'int32':
      if (isBit) return literals.literal(value.value !== 0 ? StaticRoot.True : StaticRoot.False);
      return literals.number(value.value);
    case 'float64':
      return literals.number(value.value);
  }
}
