// What is made while objects are materialized, in words: before it is done, and once it is.

import {
  type Materialization,
  outputLayout,
  type TranslatedState,
  type TranslatedValue,
} from '../deoptimizer/index.ts';
import type { Tagged } from '../heap/index.ts';
import { addressText } from './addresses.ts';
import { capturedWhat, cut, fieldNames } from './chips.ts';
import { type FrameNames, nameText } from './frame-names.ts';
import type { Functions } from './functions.ts';
import { preview } from './preview.ts';
import type { DebugTarget } from './target.ts';
import { locationOf, rebuiltText } from './translated-text.ts';

type Kind = 'eager' | 'lazy';

/** In a word or two: `object #0`, `HeapNumber`. */
export function madeTitle({ kind, value }: Materialization): string {
  if (kind === 'feedback vector') return kind;
  const what = valueTitle(value);
  return kind === 'object' ? what : `${what} again`;
}

function valueTitle(value: TranslatedValue): string {
  if (value.kind === 'captured') return `object #${value.objectIndex}`;
  return value.representation.startsWith('big') ? 'BigInt' : 'HeapNumber';
}

export class MaterializationTexts {
  private readonly target: DebugTarget;
  private readonly functions: Functions;
  private readonly names: FrameNames;

  constructor(target: DebugTarget, functions: Functions, names: FrameNames) {
    this.target = target;
    this.functions = functions;
    this.names = names;
  }

  /** `run @ 12: [top + 16] r2 p gets object #0 at 0x1c2f00804410: Point {x: 15, y: 4.5}.` @param word once it is there */
  sentence(state: TranslatedState, kind: Kind, item: Materialization, word: Tagged | undefined): string {
    const { holder } = item;
    const what = this.what(state, item, word);
    if (holder === undefined)
      return `${this.frameTitle(state, item)}: ${this.slotName(state, kind, item)} gets ${what}.`;
    const fields = holder.children.map((field) => state.original(field));
    const field = fieldNames(this.target.rt, state, holder)[fields.indexOf(item.value)];
    return cut(`${what}, for ${field === undefined ? 'a field' : `'${field}'`} of ${valueTitle(holder)}.`);
  }

  private what(state: TranslatedState, item: Materialization, word: Tagged | undefined): string {
    const { value } = item;
    const at = word === undefined ? '' : ` at ${addressText(word - 1)}`;
    if (item.kind === 'feedback vector') return `its function's feedback vector${at}`;
    if (item.kind === 'same object') return `${madeTitle(item)}${at}`;
    const { rt } = this.target;
    if (value.kind === 'captured') {
      const shown = word === undefined ? capturedWhat(rt, state, value) : preview(rt, word);
      return cut(`${valueTitle(value)}${at}: ${shown}`);
    }
    const number = word === undefined ? rebuiltText(rt, state, value) : preview(rt, word);
    return cut(`a ${valueTitle(value)}${at}: ${number} of ${locationOf(value)}, ${value.representation}`);
  }

  private frameTitle(state: TranslatedState, { waiting }: Materialization): string {
    const frame = state.frames[waiting.frame]!;
    const name = cut(this.functions.nameOf(frame.sharedFunctionInfo));
    return frame.kind === 'interpreted' ? `${name} @ ${frame.bytecodeOffset}` : `${name} (${frame.kind})`;
  }

  /** `[top + 16] r2 p`. */
  private slotName(state: TranslatedState, kind: Kind, { waiting: { frame, offset } }: Materialization): string {
    const slots = outputLayout(state, frame, kind).flat();
    const planned = slots[slots.length - 1 - offset / 8]!;
    const name = this.names.ofSlot(state.frames[frame]!, planned);
    return `[top + ${offset}] ${name === undefined ? planned.name : cut(nameText(name))}`;
  }

  /** Where it goes: `[top + 16] r2 p of run @ 12`, `in object #0`. */
  place(state: TranslatedState, kind: Kind, item: Materialization): string {
    const { holder } = item;
    return holder === undefined
      ? `${this.slotName(state, kind, item)} of ${this.frameTitle(state, item)}`
      : `in ${valueTitle(holder)}`;
  }
}
