// Names of a translated frame's values and of its slots: the bytecode register, and the variable that lives in it there.

import type { OutputSlot, TranslatedFrame } from '../deoptimizer/index.ts';
import type { Bindings } from './bindings.ts';

export interface ValueName {
  /** `function`, `<this>`, `a0`, `context`, `r2`, `accumulator`. */
  readonly register: string;
  readonly variable?: string;
}

export const nameText = ({ register, variable }: ValueName): string =>
  variable === undefined ? register : `${register} ${variable}`;

export class FrameNames {
  private readonly bindings: Bindings;

  constructor(bindings: Bindings) {
    this.bindings = bindings;
  }

  /** Of a frame's values, in the translation's order. */
  ofValues(frame: TranslatedFrame): ValueName[] {
    const { names: known } = frame.info;
    if (frame.kind !== 'interpreted')
      return frame.values.map((_, i) => ({ register: known[i] ?? `a${i - known.length}` }));
    const locals = this.bindings.localsAt(frame.sharedFunctionInfo, frame.bytecodeArray, frame.bytecodeOffset);
    const named = (prefix: string, index: number, isParameter: boolean): ValueName => {
      // An inner scope's variable stands behind the one that it hides.
      const local = locals.findLast((l) => l.isParameter === isParameter && l.index === index);
      return { register: `${prefix}${index}`, variable: local?.name };
    };
    const names: ValueName[] = [{ register: 'function' }, { register: '<this>' }];
    for (let i = 1; i < frame.parameterCount; i++) names.push(named('a', i - 1, true));
    names.push({ register: 'context' });
    for (let i = 0; i < frame.height; i++) names.push(named('r', i, false));
    names.push({ register: 'accumulator' });
    return names;
  }

  /** Of a slot of the frame; undefined for what only the machine reads. */
  ofSlot(frame: TranslatedFrame, { role }: OutputSlot, names = this.ofValues(frame)): ValueName | undefined {
    switch (role?.kind) {
      case undefined:
        return undefined;
      case 'receiver':
        return { register: '<this>' };
      case 'accumulator':
        return { register: 'accumulator' };
      case 'parameter':
        return names[2 + role.index];
      case 'register':
        return names[2 + frame.parameterCount + role.index];
    }
  }
}

/** What a breakpoint may call a slot. */
export function slotAliases(slot: OutputSlot, name: ValueName | undefined): string[] {
  const aliases = [slot.name, slot.name.replace(/ \(input #\d+\)$/, '')];
  if (name !== undefined) aliases.push(name.register);
  if (name?.register === '<this>') aliases.push('this', 'receiver');
  if (name?.variable !== undefined) aliases.push(name.variable);
  return aliases;
}
