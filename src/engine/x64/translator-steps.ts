/** Decoded instructions as the translator reads them, and where they go. */
import { type CodeMap, Meta } from './decoder.ts';
import { SlowOp } from './instructions.ts';
import { MicroOp } from './micro-op.ts';

/** Code that has no translation, with the reason. */
export class Refused extends Error {}

export interface Step {
  readonly address: number;
  /** Index into the code map's `ops`. */
  readonly at: number;
  readonly op: MicroOp;
  readonly meta: number;
  readonly next: number;
}

export enum Control {
  None,
  /** Conditional jump. */
  Branch,
  Jump,
  Call,
  /** Jump through register or memory. */
  Indirect,
  Return,
  /** Does not execute: int3, ud2, illegal. */
  Stop,
}

export function control({ op, meta }: Step): Control {
  if (op >= MicroOp.Jo && op <= MicroOp.Jg) return Control.Branch;
  switch (op) {
    case MicroOp.Jmp:
    case MicroOp.Goto:
      return op === MicroOp.Jmp ? Control.Jump : Control.Stop;
    case MicroOp.Call:
    case MicroOp.CallR:
    case MicroOp.CallM:
      return Control.Call;
    case MicroOp.JmpR:
    case MicroOp.JmpM:
      return Control.Indirect;
    case MicroOp.Ret:
      return Control.Return;
    case MicroOp.Int3:
    case MicroOp.Undefined:
    case MicroOp.Illegal:
    case MicroOp.Breakpoint:
      return Control.Stop;
    default: {
      const slow = Meta.slow(meta);
      return slow === SlowOp.Jmp || slow === SlowOp.Call ? Control.Stop : Control.None;
    }
  }
}

export function directTarget(code: CodeMap, { op, at }: Step): number {
  return op === MicroOp.Jmp || op === MicroOp.Call || (op >= MicroOp.Jo && op <= MicroOp.Jg) ? code.ops[at + 6]! : -1;
}
