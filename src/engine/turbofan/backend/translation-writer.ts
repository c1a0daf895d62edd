// Frame states of the generated code → frame translations and literals (V8: CodeGenerator::BuildTranslation).

import { FrameTranslationBuilder, TranslationOpcode } from '../../deoptimizer/index.ts';
import { slotKind } from '../../feedback/index.ts';
import { smi, smiMax, smiMin, type Tagged } from '../../heap/index.ts';
import { type Factory, FeedbackSlotKind, SharedFunctionInfo, StaticRoot } from '../../objects/index.ts';
import { isTagged, Rep, translationRepresentation } from '../graph/machine-type.ts';
import { FrameStateType } from '../graph/parameters.ts';
import type { DeoptExit } from './code-generator.ts';
import type { ConstantValue, Location, StateOperand, VirtualRegister } from './instruction.ts';

export class TranslationWriter {
  readonly builder = new FrameTranslationBuilder();
  readonly literals: Tagged[] = [];
  private readonly factory: Factory;
  private readonly literalIndex = new Map<number, number>();
  private readonly numberIndex = new Map<string, number>();
  private objects = new Map<number, number>();

  constructor(factory: Factory) {
    this.factory = factory;
  }

  /** Writes the translation of one exit; returns its index. */
  write(exit: DeoptExit): number {
    const { state, instruction } = exit;
    const builder = this.builder;
    this.objects = new Map();
    const infos = state.frames.map((frame) => frame.node.parameterOf('FrameState'));
    builder.begin(infos.length, infos.filter((info) => info.type === FrameStateType.Unoptimized).length);
    const feedback = state.feedback;
    if (feedback !== undefined && slotKind(this.factory.heap, feedback.vector, feedback.slot) === FeedbackSlotKind.Call)
      builder.updateFeedback(this.literal(feedback.vector), feedback.slot);
    const isSaved = (vreg: VirtualRegister): boolean => instruction.saved.includes(vreg);
    state.frames.forEach((frame, i) => {
      const info = infos[i]!;
      switch (info.type) {
        case FrameStateType.Unoptimized: {
          const lazy = state.kind === 'lazy' && info.combine.kind === 'PokeAt' && i === infos.length - 1;
          builder.interpretedFrame(
            info.bailoutId,
            this.literal(info.sharedInfo),
            this.literal(info.bytecodeArray),
            info.localCount,
            lazy && info.combine.kind === 'PokeAt' ? info.combine.offset : 0,
            lazy ? 1 : 0,
          );
          break;
        }
        case FrameStateType.InlinedExtraArguments:
          builder.frame(
            TranslationOpcode.InlinedExtraArguments,
            this.literal(info.sharedInfo),
            frame.values.length - 1,
            this.factory.heap.getI32(info.sharedInfo, SharedFunctionInfo.FormalParameterCount) + 1,
          );
          break;
        case FrameStateType.ConstructInvokeStub:
          builder.frame(TranslationOpcode.ConstructInvokeStubFrame, this.literal(info.sharedInfo));
          break;
        case FrameStateType.ConstructCreateStub:
          builder.frame(TranslationOpcode.ConstructCreateStubFrame, this.literal(info.sharedInfo), info.parameterCount);
          break;
        case FrameStateType.JavaScriptBuiltinContinuation:
          builder.frame(
            TranslationOpcode.JavaScriptBuiltinContinuationFrame,
            info.builtin!,
            this.literal(info.sharedInfo),
            info.parameterCount,
          );
          break;
        default:
          info.type satisfies never;
      }
      for (const value of frame.values) this.value(value, isSaved);
    });
    return builder.finish();
  }

  private value(operand: StateOperand, isSaved: (vreg: VirtualRegister) => boolean): void {
    const builder = this.builder;
    switch (operand.kind) {
      case 'optimizedOut':
        builder.storeOptimizedOut();
        return;
      case 'captured':
        this.objects.set(operand.id, this.objects.size);
        builder.capturedObject(operand.fields.length);
        for (const field of operand.fields) this.value(field, isSaved);
        return;
      case 'duplicate': {
        const index = this.objects.get(operand.id);
        if (index === undefined) throw new Error(`frame state mentions object ${operand.id} before its fields`);
        builder.duplicatedObject(index);
        return;
      }
      case 'constant':
        builder.storeLiteral(this.constant(operand.value, operand.type.rep === Rep.Bit));
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

  private constant(value: ConstantValue, isBit: boolean): number {
    switch (value.kind) {
      case 'tagged':
        return this.literal(value.value);
      case 'int64':
        return this.number(Number(value.value));
      case 'int32':
        if (isBit) return this.literal(value.value !== 0 ? StaticRoot.True : StaticRoot.False);
        return this.number(value.value);
      case 'float64':
        return this.number(value.value);
    }
  }

  private number(value: number): number {
    if (Number.isInteger(value) && value >= smiMin && value <= smiMax && !Object.is(value, -0))
      return this.literal(smi(value));
    const key = Object.is(value, -0) ? '-0' : String(value);
    let index = this.numberIndex.get(key);
    if (index === undefined) {
      index = this.literals.length;
      this.literals.push(this.factory.newHeapNumber(value));
      this.numberIndex.set(key, index);
    }
    return index;
  }

  literal(word: Tagged): number {
    let index = this.literalIndex.get(word);
    if (index === undefined) {
      index = this.literals.length;
      this.literals.push(word);
      this.literalIndex.set(word, index);
    }
    return index;
  }
}
