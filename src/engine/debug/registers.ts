// The machine's registers as scopes: sixteen general registers, rip, flags; sixteen XMM registers. Values that changed since
// the last stop are marked.

import { cageHi, IsolateData, Region, type Tagged } from '../heap/index.ts';
import { HeapObject, isMap } from '../objects/index.ts';
import { type Cpu, CpuState, GPR64_NAMES, Rflag, XMM_NAMES } from '../x64/index.ts';
import { addressText, hex64 } from './addresses.ts';
import { numberText, preview } from './preview.ts';
import type { Value, Variable } from './protocol.ts';
import type { VariableNode } from './references.ts';
import type { DebugTarget } from './target.ts';
import type { Values } from './values.ts';

const flagNames: readonly (readonly [Rflag, string])[] = [
  [Rflag.CF, 'CF'],
  [Rflag.PF, 'PF'],
  [Rflag.ZF, 'ZF'],
  [Rflag.SF, 'SF'],
  [Rflag.OF, 'OF'],
];

export const flagsText = (flags: number): string => {
  const set = flagNames.filter(([bit]) => (flags & bit) !== 0).map(([, name]) => name);
  return `0x${(flags >>> 0).toString(16)} [${set.join(' ')}]`;
};

export class RegisterScopes {
  private readonly target: DebugTarget;
  private readonly values: Values;
  /** The state block at the last stop and at this one. */
  private previous: Int32Array | undefined;
  private current: Int32Array | undefined;

  constructor(target: DebugTarget, values: Values) {
    this.target = target;
    this.values = values;
  }

  /** At every stop in machine code. */
  snapshot(): void {
    this.previous = this.current;
    this.current = this.cpu.words.slice();
  }

  private get cpu(): Cpu {
    return this.target.cpu;
  }

  private changed(word: number, count: number): boolean {
    if (this.previous === undefined) return false;
    for (let i = word; i < word + count; i++) if (this.previous[i] !== this.cpu.words[i]) return true;
    return false;
  }

  /** Whether a register, by its name, holds something else than at the stop before. */
  isChanged(name: string): boolean {
    const xmm = XMM_NAMES.indexOf(name);
    if (xmm >= 0) return this.changed((CpuState.Xmm >> 2) + 4 * xmm, 4);
    const index = GPR64_NAMES.indexOf(name as (typeof GPR64_NAMES)[number]);
    return index >= 0 && this.changed(2 * index, 2);
  }

  general(): VariableNode {
    return {
      named: () => {
        const { cpu } = this;
        const lines = GPR64_NAMES.map(
          (name, i): Variable => this.register(name, cpu.lo(i), cpu.hi(i), this.changed(2 * i, 2)),
        );
        lines.push(this.register('rip', cpu.rip, cpu.ripHi, this.changed(CpuState.Rip >> 2, 2)));
        const bits = flagNames.map(
          ([bit, name]): Variable => ({ name, value: (cpu.flags & bit) !== 0 ? '1' : '0', ref: 0 }),
        );
        lines.push({
          ...this.values.group('rflags', flagsText(cpu.flags), () => bits),
          readOnly: false,
          hint: this.changed(CpuState.Rflags >> 2, 1) ? 'changed' : undefined,
        });
        return lines;
      },
      set: (name, text) => this.setGeneral(name, text),
    };
  }

  /** A register as an expression names it: `$rax`, `$rip`, `$xmm0`. */
  named(name: string): Value | undefined {
    if (!name.startsWith('$')) return undefined;
    const line = [...this.general().named(), ...this.xmm().named()].find((l) => l.name === name.slice(1));
    return line && { value: line.value, type: 'register', ref: line.ref, memory: line.memory };
  }

  private register(name: string, lo: number, hi: number, changed: boolean): Variable {
    const text = this.meaning(lo, hi);
    const word = this.taggedPointer(lo, hi);
    return {
      name,
      value: text === '' ? hex64(lo, hi) : `${hex64(lo, hi)} ${text}`,
      ref: word === undefined ? 0 : this.values.value(word).ref,
      evaluateName: undefined,
      memory: hi === cageHi ? addressText((lo & 1) === 1 ? lo - 1 : lo) : undefined,
      hint: changed ? 'changed' : undefined,
    };
  }

  /** The heap object that a register points to; undefined if it does not look like one. */
  taggedPointer(lo: number, hi: number): Tagged | undefined {
    const { heap } = this.target;
    if (hi !== cageHi || (lo & 3) !== 1 || lo < Region.ReadOnly || lo >= heap.size - 64) return undefined;
    if ((lo >= Region.Code && lo < Region.CodeEnd) || (lo & 7) !== 1) return undefined;
    return isMap(heap, heap.get(lo, HeapObject.Map)) ? lo : undefined;
  }

  /** What a register's bits mean, as far as they tell. */
  meaning(lo: number, hi: number): string {
    const word = this.taggedPointer(lo, hi);
    if (word !== undefined) return preview(this.target.rt, word);
    if (hi === cageHi && lo >= Region.Stack && lo < Region.StackEnd) return 'stack';
    if (hi === cageHi && lo >= Region.Code && lo < Region.CodeEnd) return 'code';
    if (hi === cageHi && lo >= Region.Builtins && lo < Region.BuiltinsEnd) return 'builtin';
    if (hi === cageHi && lo >= Region.IsolateData && lo < Region.IsolateData + IsolateData.Size) return 'root register';
    if (hi === cageHi && lo === 0) return 'cage base';
    if (hi === cageHi && (lo & 1) === 0) return `Smi ${lo >> 1}`;
    const compressed = hi === 0 ? this.taggedPointer(lo, cageHi) : undefined;
    if (compressed !== undefined) return `compressed ${preview(this.target.rt, compressed)}`;
    if (hi === 0 || hi === -1) return String(hi === 0 ? lo >>> 0 : lo) + (hi === 0 && lo < 0 ? ` (int32 ${lo})` : '');
    return '';
  }

  private setGeneral(name: string, text: string): Value {
    const { cpu } = this;
    let value: bigint;
    try {
      value = BigInt.asUintN(64, BigInt(text.trim()));
    } catch {
      throw new Error(`Expected a 64-bit number such as 0x2a or 42, found '${text}'.`);
    }
    const lo = Number(BigInt.asIntN(32, value));
    const hi = Number(BigInt.asIntN(32, value >> 32n));
    const index = GPR64_NAMES.indexOf(name as (typeof GPR64_NAMES)[number]);
    if (index >= 0) cpu.set(index, lo, hi);
    else if (name === 'rip') cpu.setRip(lo, hi);
    else if (name === 'rflags') cpu.flags = lo;
    else throw new Error(`There is no register '${name}'.`);
    return this.register(name, lo, hi, true);
  }

  xmm(): VariableNode {
    const { cpu } = this;
    return {
      named: () =>
        XMM_NAMES.map((name, i): Variable => {
          const words = [3, 2, 1, 0].map((lane) => (cpu.xmmWord(i, lane) >>> 0).toString(16).padStart(8, '0'));
          const children = (): Variable[] => [
            this.values.text('float64', numberText(cpu.xmmF64(i))),
            this.values.text('low', hex64(cpu.xmmWord(i, 0), cpu.xmmWord(i, 1))),
            this.values.text('high', hex64(cpu.xmmWord(i, 2), cpu.xmmWord(i, 3))),
          ];
          return {
            ...this.values.group(name, `${numberText(cpu.xmmF64(i))}  0x${words.join('')}`, children),
            readOnly: false,
            hint: this.changed((CpuState.Xmm >> 2) + 4 * i, 4) ? 'changed' : undefined,
          };
        }),
      set: (name, text) => {
        const index = XMM_NAMES.indexOf(name);
        const value = Number(text);
        if (index < 0 || (Number.isNaN(value) && text.trim() !== 'NaN'))
          throw new Error(`Expected a number for ${name}, found '${text}'.`);
        cpu.setXmmF64(index, value);
        return { value: numberText(value), ref: 0 };
      },
    };
  }
}
