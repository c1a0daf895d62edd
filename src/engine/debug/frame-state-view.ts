// FrameState trees, translations and output frames as scopes: for each value its place in the machine, its representation and
// what it becomes; for each slot of a frame being built its name, offset, source and value.

import type { Chip } from '../../picture/index.ts';
import {
  type Deoptimization,
  describeValue,
  type TranslatedFrame,
  type TranslatedState,
  type TranslatedValue,
  type WrittenSlot,
} from '../deoptimizer/index.ts';
import { MapObject } from '../objects/index.ts';
import { addressText } from './addresses.ts';
import { chipOf, fieldNames, slotText, sourceText } from './chips.ts';
import { type FrameNames, nameText } from './frame-names.ts';
import type { Functions } from './functions.ts';
import { type MaterializationTexts, madeTitle } from './materialization-texts.ts';
import { describeMap } from './preview.ts';
import type { Variable } from './protocol.ts';
import type { DebugTarget } from './target.ts';
import { wordOf } from './translated-text.ts';
import type { Values } from './values.ts';

export class FrameStateView {
  private readonly target: DebugTarget;
  private readonly values: Values;
  private readonly functions: Functions;
  private readonly names: FrameNames;
  private readonly madeTexts: MaterializationTexts;

  constructor(
    target: DebugTarget,
    values: Values,
    functions: Functions,
    names: FrameNames,
    madeTexts: MaterializationTexts,
  ) {
    this.madeTexts = madeTexts;
    this.target = target;
    this.values = values;
    this.functions = functions;
    this.names = names;
  }

  /** The tree: the outermost frame, and inside each frame the one that it called. */
  tree(state: TranslatedState): Variable[] {
    return state.frames.length === 0 ? [] : [this.frameLine(state, 0)];
  }

  private frameLine(state: TranslatedState, index: number): Variable {
    const frame = state.frames[index]!;
    const inner = index + 1 < state.frames.length;
    return this.values.group(
      this.frameName(frame),
      frame.kind === 'interpreted' ? `interpreter frame at bytecode offset ${frame.bytecodeOffset}` : frame.kind,
      () => [...this.frameValues(state, frame), ...(inner ? [this.frameLine(state, index + 1)] : [])],
    );
  }

  frameName(frame: TranslatedFrame): string {
    const name = this.functions.nameOf(frame.sharedFunctionInfo);
    return frame.kind === 'interpreted' ? `${name} @ ${frame.bytecodeOffset}` : `${name} (${frame.kind})`;
  }

  /** Names of a frame's values, in the translation's order. */
  valueNames(frame: TranslatedFrame): string[] {
    return this.names.ofValues(frame).map(nameText);
  }

  private frameValues(state: TranslatedState, frame: TranslatedFrame): Variable[] {
    const names = this.valueNames(frame);
    return frame.values.map((value, i) => this.valueLine(state, names[i] ?? `value ${i}`, value));
  }

  /** `a0 shape`: `rbx, tagged → {height: 3, width: 2}`. */
  valueLine(state: TranslatedState, name: string, value: TranslatedValue): Variable {
    const chip = this.chip(state, value);
    if (chip.kind === 'optimizedOut') return this.values.text(name, chip.rebuilt, { type: 'optimized out' });
    return this.values.group(name, `${sourceText(chip)} → ${chip.rebuilt}`, () => this.valueParts(state, value, chip), {
      type: value.representation,
    });
  }

  private chip(state: TranslatedState, value: TranslatedValue): Chip {
    return chipOf(this.target.rt, state, value, '', { register: '' }, undefined);
  }

  private valueParts(state: TranslatedState, value: TranslatedValue, chip: Chip): Variable[] {
    const { rt, heap } = this.target;
    const parts = [this.values.text('location', chip.where), this.values.text('representation', value.representation)];
    if (value.kind === 'value') parts.push(this.values.text('machine value', chip.machine));
    if (chip.conversion !== undefined) parts.push(this.values.text('conversion', chip.conversion));
    const word = wordOf(state, value);
    if (word !== undefined) parts.push(this.values.variable('rebuilt value', word, { readOnly: true }));
    else parts.push(this.values.text('rebuilt value', chip.rebuilt));
    const captured = value.kind === 'duplicated' ? state.objects[value.objectIndex] : value;
    const names = captured === undefined ? [] : fieldNames(rt, state, captured);
    captured?.children.forEach((child, i) => {
      const childWord = wordOf(state, child);
      const isMap = i === 0 && childWord !== undefined && (childWord & 1) === 1;
      if (isMap) parts.push(this.values.mapLine('map', childWord));
      else parts.push(this.valueLine(state, names[i]!, child));
    });
    if (word !== undefined && (word & 3) === 1)
      parts.push(this.values.text('map', describeMap(rt, heap.get(word, MapObject.Map))));
    return parts;
  }

  /** Every value of the translation, frame by frame, as the trace prints it. */
  translation(state: TranslatedState, current: number): Variable[] {
    return state.frames.map((frame, i) => {
      const names = this.valueNames(frame);
      const mark = i < current ? 'translated' : i === current ? 'being translated' : 'waiting';
      return this.values.group(this.frameName(frame), `${frame.values.length} values, ${mark}`, () =>
        frame.values.map((value, n) =>
          this.values.text(`${n}: ${names[n] ?? ''}`, describeValue(this.target.heap, value), { type: value.kind }),
        ),
      );
    });
  }

  /** Slots of output frame `index` that are written, in the order of writing: from the caller's side down. */
  outputSlots(
    deoptimization: Deoptimization,
    index: number,
    newest: { readonly frame: number; readonly offset: number } | undefined,
    onStack: boolean,
  ): Variable[] {
    const { state } = deoptimization;
    const slots = deoptimization.slots.filter((slot) => slot.frame === index);
    return slots.map((slot) =>
      this.slotLine(state, slot, slot.frame === newest?.frame && slot.offset === newest.offset, onStack),
    );
  }

  /** What was made so far, in order: its address, what it is, and the slot or object that has got it. */
  materialized({ materialized, state, kind }: Deoptimization): Variable[] {
    return materialized.map((made, i) => {
      const variable = this.values.variable(`${i + 1}: ${madeTitle(made)}`, made.word, { readOnly: true });
      const place = this.madeTexts.place(state!, kind, made);
      return {
        ...variable,
        value: `${addressText(made.word - 1)} ${variable.value} → ${place}`,
        hint: made === materialized.at(-1) ? 'changed' : undefined,
      };
    });
  }

  private slotLine(state: TranslatedState | undefined, slot: WrittenSlot, isNew: boolean, onStack: boolean): Variable {
    const word = slot.isTagged && onStack ? this.target.heap.i32[slot.address >> 2]! : slot.lo;
    const source =
      slot.source === undefined || state === undefined ? '' : ` ← ${sourceText(this.chip(state, slot.source))}`;
    return {
      name: `[top + ${slot.offset}] ${slot.name}`,
      value: `${slotText(this.target, slot, onStack)}${source}`,
      ref: slot.isTagged && (word & 3) === 1 ? this.values.value(word).ref : 0,
      type: slot.isTagged ? 'tagged' : 'raw',
      memory: addressText(slot.address),
      readOnly: true,
      hint: isNew ? 'changed' : undefined,
    };
  }
}
