// The scope of a guard that is about to fail: what it tests, where that lives, what was expected and what came, and where they differ.

import type { Tagged } from '../heap/index.ts';
import { isMap } from '../objects/index.ts';
import { liveRegisters } from './bailouts.ts';
import { type FrameNames, nameText } from './frame-names.ts';
import { type FactSide, type GuardFacts, guardFacts } from './guard-facts.ts';
import type { GuardHit } from './guards.ts';
import type { Variable } from './protocol.ts';
import type { FrameView } from './stack.ts';
import type { DebugTarget } from './target.ts';
import type { Values } from './values.ts';

export class GuardView {
  private readonly target: DebugTarget;
  private readonly values: Values;
  private readonly names: FrameNames;

  constructor(target: DebugTarget, values: Values, names: FrameNames) {
    this.target = target;
    this.values = values;
    this.names = names;
  }

  /** @param frames the guard's functions, innermost first: their values may be in the register that is tested */
  lines({ view, exit, isLazy }: GuardHit, frames: readonly FrameView[]): Variable[] {
    const { values } = this;
    if (isLazy) return [values.text('reason', 'the code was invalidated while a call was in progress')];
    const reason = values.text('reason', view.reasonOf(exit));
    const facts = guardFacts(this.target.rt, view, exit, liveRegisters(this.target.cpu));
    if (facts === undefined) return [reason];
    const lines = [reason, this.side('tested', facts.tested), values.text('lives in', this.places(facts, frames))];
    if (facts.expected !== undefined) lines.push(this.side('expected', facts.expected));
    lines.push(this.side('found', facts.found));
    for (const { what, expected, found } of facts.differences)
      lines.push(values.text(`≠ ${what}`, `expected ${expected}, found ${found}`, { hint: 'changed' }));
    return lines;
  }

  private side(name: string, { text, word }: FactSide): Variable {
    if (word === undefined) return this.values.text(name, text);
    if (this.isMapWord(word)) return { ...this.values.mapLine(name, word), hint: undefined };
    return this.values.variable(name, word, { readOnly: true });
  }

  private isMapWord(word: Tagged): boolean {
    return (word & 1) === 1 && isMap(this.target.heap, word);
  }

  /** `rbx: a0 shape`. */
  private places({ place }: GuardFacts, frames: readonly FrameView[]): string {
    const found = new Set<string>();
    for (const { translated } of frames) {
      if (translated === undefined) continue;
      const names = this.names.ofValues(translated.frame);
      for (const [i, value] of translated.frame.values.entries())
        if (
          value.kind === 'value' &&
          value.source === place.source &&
          value.index === place.index &&
          names[i] !== undefined
        )
          found.add(nameText(names[i]));
    }
    return found.size === 0 ? place.name : `${place.name}: ${[...found].join(', ')}`;
  }
}
