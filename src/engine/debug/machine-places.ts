// The places of a picture: which of them the translation reads, by which chips and how, and the constants, which stand nowhere in
// the frame.

import type { MachinePlace } from '../../picture/index.ts';
import type { TranslatedValue } from '../deoptimizer/index.ts';
import { cageHi } from '../heap/index.ts';
import { GPR64_NAMES, Gpr } from '../x64/index.ts';
import { classOf, cut } from './chips.ts';
import { numberText, preview } from './preview.ts';
import type { DebugTarget } from './target.ts';
import { locationOf, machineText } from './translated-text.ts';

export class Places {
  readonly constants: Omit<MachinePlace, 'readBy'>[] = [];
  private readonly readers = new Map<string, { chips: string[]; value: TranslatedValue }>();
  private readonly results = new Map<string, string>();

  readersOf(id: string): readonly string[] {
    return this.readers.get(id)?.chips ?? [];
  }

  /** Notes that a chip reads a value; the id of its place. */
  read({ rt }: DebugTarget, value: TranslatedValue, chip: string): string | undefined {
    if (value.kind !== 'value') return undefined;
    const id = this.idOf(value);
    const known = this.readers.get(id);
    if (known !== undefined) known.chips.push(chip);
    else {
      this.readers.set(id, { chips: [chip], value });
      if (value.source === 'literal' || value.source === 'none')
        this.constants.push({
          id,
          kind: value.source === 'literal' ? 'literal' : 'constant',
          name: locationOf(value),
          bits: machineText(value),
          meaning: value.source === 'literal' ? cut(preview(rt, value.lo)) : String(value.lo),
          class: 'literal',
        });
    }
    return id;
  }

  private idOf(value: TranslatedValue): string {
    if (value.source === 'stack') return `fp${8 - 8 * value.index}`;
    return locationOf(value);
  }

  /** The register of a call's result, which goes into a slot as it is. */
  result(index: number, slot: string): string {
    const id = GPR64_NAMES[index === 0 ? Gpr.rax : Gpr.rdx]!;
    this.results.set(id, slot);
    return id;
  }

  /** A register or slot, read as the translation says if it is read. */
  place(place: Omit<MachinePlace, 'class' | 'readBy'>): MachinePlace {
    const reader = this.readers.get(place.id);
    const result = this.results.get(place.id);
    if (reader === undefined)
      return result === undefined
        ? { ...place, class: 'none', readBy: [] }
        : { ...place, class: 'tagged', role: "the call's result", readBy: [result] };
    const { value, chips } = reader;
    const group = classOf(value);
    const meaning =
      group === 'tagged'
        ? value.hi === cageHi || value.hi === 0
          ? place.meaning
          : machineText(value)
        : group === 'double'
          ? numberText(value.double)
          : group === 'integer' && value.representation.endsWith('32')
            ? String(value.representation === 'uint32' ? value.lo >>> 0 : value.lo)
            : place.meaning;
    return { ...place, meaning, class: group, readBy: chips };
  }
}
