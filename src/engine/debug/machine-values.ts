// Values at the ends of rows: a register's value stands where it was made, for as long as it is still there, and beside the row that
// reads it next.

import type { RowValues, ShownValue } from '../../picture/index.ts';

/** What a row of straight-line code does to registers, by their names. */
export interface RegisterUse {
  readonly row: string;
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  /** Whatever stands before it says nothing about registers after it: a jump away, a call, a jump's target. */
  readonly isBarrier: boolean;
}

/** Rows that are looked at before the current one. */
const farthest = 60;

/** @param at index of the row that is executed next @param valueOf undefined: nothing to show */
export function valuesAtRows(
  uses: readonly RegisterUse[],
  at: number,
  valueOf: (register: string) => ShownValue | undefined,
): RowValues[] {
  const result: RowValues[] = [];
  const add = (row: string, registers: readonly string[]): void => {
    const values = [...new Set(registers)].flatMap((register) => valueOf(register) ?? []);
    if (values.length > 0) result.push({ row, values });
  };
  const current = uses[at];
  if (current === undefined) return result;
  // What a conditional jump looks at was compared right before it.
  const compared = current.reads.length === 0 && !current.isBarrier ? uses[at - 1] : undefined;
  add(current.row, compared !== undefined && compared.writes.length === 0 ? compared.reads : current.reads);
  const seen = new Set<string>();
  let isBlockStart = current.isBarrier;
  for (let i = at - 1; i >= Math.max(0, at - farthest) && !isBlockStart; i--) {
    const { row, writes, isBarrier } = uses[i]!;
    add(
      row,
      writes.filter((register) => !seen.has(register)),
    );
    for (const register of writes) seen.add(register);
    isBlockStart = isBarrier;
  }
  return result;
}

const registerName = /\b(r[a-ds][ix]|r[bs]p|r\d+|xmm\d+)\b/g;
/** Roots, the cage, the stack: the same everywhere. */
const fixed: ReadonlySet<string> = new Set(['r13', 'r14', 'rsp', 'rbp']);
const writesNothing = /^(cmp|test|v?ucomis|v?comis|push|j|call|ret|nop|int3|bt[lq]? )/;

/** Registers of an instruction as V8 spells it: `movl rbx,[rdi+0xb]` writes rbx and reads rdi. */
export function registersOfText(text: string): { readonly reads: string[]; readonly writes: string[] } {
  const plain = text.replace(/^REX\.W /, '');
  const operands = plain.replace(/^\S+ ?/, '').replace(/\(.*$/, '');
  const all = [...operands.matchAll(registerName)].map((match) => match[0]).filter((name) => !fixed.has(name));
  const first = /^(r\w+|xmm\d+)\b/.exec(operands)?.[0];
  const writes = writesNothing.test(plain) || first === undefined || fixed.has(first) ? [] : [first];
  if (/^(idiv|div|cdq|cqo)/.test(plain)) return { reads: ['rax', 'rdx', ...all], writes: ['rax', 'rdx'] };
  if (/^xchg/.test(plain)) return { reads: all, writes: all };
  // Three operands, or a move: the first is written only.
  const isOnlyWritten = /^(mov|v|lea|pop|cvt|set)/.test(plain) && writes.length > 0;
  return { reads: isOnlyWritten ? all.slice(1) : all, writes };
}
