// Which way a jump at the instruction pointer would go: the flags are known, the jump has not run.

import { type Cpu, Rflag } from '../x64/index.ts';

/** Whether the conditional jump with condition code `cc` would be taken now. */
export function conditionHolds(cpu: Cpu, cc: number): boolean {
  let result: boolean;
  switch (cc >> 1) {
    case 0:
      result = cpu.flag(Rflag.OF);
      break;
    case 1:
      result = cpu.flag(Rflag.CF);
      break;
    case 2:
      result = cpu.flag(Rflag.ZF);
      break;
    case 3:
      result = cpu.flag(Rflag.CF) || cpu.flag(Rflag.ZF);
      break;
    case 4:
      result = cpu.flag(Rflag.SF);
      break;
    case 5:
      result = cpu.flag(Rflag.PF);
      break;
    case 6:
      result = cpu.flag(Rflag.SF) !== cpu.flag(Rflag.OF);
      break;
    default:
      result = cpu.flag(Rflag.ZF) || cpu.flag(Rflag.SF) !== cpu.flag(Rflag.OF);
  }
  return (cc & 1) === 0 ? result : !result;
}

/** Whether the jump whose bytes are `bytes` would be taken: −1 not a jump, 0 no, 1 yes. */
export function jumpOutcome(cpu: Cpu, bytes: string): -1 | 0 | 1 {
  const first = Number.parseInt(bytes.slice(0, 2), 16);
  if (first === 0xe9 || first === 0xeb) return 1;
  if ((first & 0xf0) === 0x70) return conditionHolds(cpu, first & 15) ? 1 : 0;
  const second = Number.parseInt(bytes.slice(2, 4), 16);
  if (first === 0x0f && (second & 0xf0) === 0x80) return conditionHolds(cpu, second & 15) ? 1 : 0;
  return -1;
}
