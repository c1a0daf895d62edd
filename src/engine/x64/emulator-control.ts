/**
 * Micro-ops of the emulator's loop that move control or the stack: push and pop, jumps, calls, returns, what stops the run,
 * and the fused pairs of a flag setter and the jump behind it. Texts; see emulator-form.ts.
 *
 * `break jump` goes to the direct target in the micro-op, `break indirect` to the address in (ripHi, rip), `break run`
 * out of the loop. A fused pair retires two instructions, or the first one alone at the end of the budget; its jump's
 * micro-op is the one behind it.
 */
import { condition, conditionOfCompare32 } from './emulator-flags.ts';
import { checkedAddress, checkWords, type Family, type MicroForm, next, Word } from './emulator-form.ts';

/** The slot below the stack pointer, checked. */
const slotBelow = `ea = (r[${Word.Rsp}] - 8) | 0; ${checkWords(64)}`;
const pushed = (low: string, high: string): string => `m[ix] = ${low}; m[ix + 1] = ${high}; r[${Word.Rsp}] = ea;`;
const pushReturnAddress = `${slotBelow} ${pushed('ops[pc + 2]', 'cageHi')}`;

const push = ({ shape }: MicroForm): string => {
  if (shape === 'R') return `${slotBelow} i = ops[pc + 1]; ${pushed('r[i]', 'r[i + 1]')}`;
  if (shape === 'I') return `${slotBelow} i = ops[pc + 7]; ${pushed('i', 'i >> 31')}`;
  return `${checkedAddress(64)} v = m[ix]; h = m[ix + 1]; ${slotBelow} ${pushed('v', 'h')}`;
};

/** Sets (ripHi, rip) from a register or from memory. */
const indirectTarget = (shape: string): string =>
  shape === 'R'
    ? 'i = ops[pc + 1]; rip = r[i]; ripHi = r[i + 1];'
    : `${checkedAddress(64)} rip = m[ix]; ripHi = m[ix + 1];`;

const stop = (reason: string): string => `budget++; rip = code.rips[pc >> 3]; reason = ${reason}; break run;`;

export const controlFamily: Family = {
  Push: push,
  Pop: () =>
    `ea = r[${Word.Rsp}]; ${checkWords(64)} r[${Word.Rsp}] = (ea + 8) | 0;
     i = ops[pc + 1]; r[i] = m[ix]; r[i + 1] = m[ix + 1];`,
  Leave: () =>
    `ea = r[${Word.Rbp}]; ${checkWords(64)} r[${Word.Rsp}] = (ea + 8) | 0; r[${Word.Rsp + 1}] = r[${Word.Rbp + 1}];
     r[${Word.Rbp}] = m[ix]; r[${Word.Rbp + 1}] = m[ix + 1];`,
  Jmp: ({ shape }) => (shape === '' ? 'break jump;' : `${indirectTarget(shape)} break indirect;`),
  ...Object.fromEntries(
    Object.entries(condition).map(([name, holds]) => [`J${name}`, () => `if (${holds}) break jump;`]),
  ),
  Call: ({ shape }) =>
    shape === '' ? `${pushReturnAddress} break jump;` : `${indirectTarget(shape)} ${pushReturnAddress} break indirect;`,
  Ret: () =>
    `ea = r[${Word.Rsp}]; ${checkWords(64)} r[${Word.Rsp}] = (ea + 8 + ops[pc + 7]) | 0;
     rip = m[ix]; ripHi = m[ix + 1]; break indirect;`,
  Int3: () => stop('Int3'),
  Undefined: () => stop('Undefined'),
  Illegal: () => stop('Illegal'),
  Breakpoint: () => stop('Breakpoint'),
  Goto: () => 'budget++; break jump;',
};

/** The jump half of a fused pair, behind the statements of the flag setter. */
export function fusedJump(stem: string, size: number, name: string): string {
  const operands = stem === 'Cmp' && size === 32 ? conditionOfCompare32[name] : name === 'o' ? 'of < 0' : undefined;
  const holds = operands ?? condition[name];
  if (holds === undefined) throw new Error(`fused jump j${name}: not a condition of emulator-flags.ts`);
  return `if (budget === 0) { ${next} } budget--; pc += 8; if (${holds}) break jump;`;
}
