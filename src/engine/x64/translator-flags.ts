/**
 * Flags as the translator sees them: never computed, only conditions on what their setter worked on. Data flow tells each
 * reader which kind of setter it has before it; where two kinds meet, there is no translation.
 */
import { type CodeMap, Meta, OperandKind } from './decoder.ts';
import { SlowOp } from './instructions.ts';
import type { Block, BlockGraph } from './translator-blocks.ts';
import { Control, control, type Step } from './translator-steps.ts';

export /** Operands that a flag setter leaves behind. */
enum Flags {
  Unset,
  /** a − b in fa, fb */
  Sub32,
  Sub64,
  Add32,
  Add64,
  /** result in fa; CF and OF clear */
  Logic32,
  Logic64,
  /** result in fa; CF and OF unknown */
  Result32,
  Result64,
  /** 64-bit product in fa64 */
  Mul32,
  /** doubles in fx, fy */
  Compare,
  /** CF in fa32, the rest unknown */
  Bit,
  /** RFLAGS in fa32 */
  Packed,
  /** Set by something whose flags are not modelled, or differently on two ways. */
  Unknown,
}

/** Finds, for each block, whether flags are live at its start and which kind of setter left them. */
export function analyzeFlags(code: CodeMap, graph: BlockGraph): void {
  const { blocks } = graph;
  for (let changed = true; changed; ) {
    changed = false;
    for (let i = blocks.length - 1; i >= 0; i--) {
      const block = blocks[i]!;
      let live = graph.successors(block).some((s) => s.liveIn);
      for (let n = block.steps.length - 1; n >= 0; n--) live = liveBefore(code, block.steps[n]!, live);
      if (live !== block.liveIn) {
        block.liveIn = live;
        changed = true;
      }
    }
  }
  for (let changed = true; changed; ) {
    changed = false;
    for (const block of blocks) {
      let kind = block.inKind;
      for (const step of block.steps) kind = kindAfter(code, step, kind);
      for (const next of graph.successors(block)) {
        if (!next.liveIn) continue;
        const merged =
          next.inKind === Flags.Unset || next.inKind === kind
            ? kind
            : kind === Flags.Unset
              ? next.inKind
              : Flags.Unknown;
        if (merged !== next.inKind) {
          next.inKind = merged;
          changed = true;
        }
      }
    }
  }
}

/** What kind of flags stand after the instruction. */
export function kindAfter(code: CodeMap, step: Step, before: Flags): Flags {
  if (control(step) !== Control.None) return before;
  const { meta, at } = step;
  const size = Meta.size0(meta);
  const wide = size === 8;
  switch (Meta.slow(meta)) {
    case SlowOp.Add:
      return size < 4 ? Flags.Unknown : wide ? Flags.Add64 : Flags.Add32;
    case SlowOp.Sub:
    case SlowOp.Neg:
      return size < 4 ? Flags.Unknown : wide ? Flags.Sub64 : Flags.Sub32;
    case SlowOp.Cmp:
      return wide ? Flags.Sub64 : Flags.Sub32;
    case SlowOp.And:
    case SlowOp.Or:
    case SlowOp.Xor:
    case SlowOp.Test:
      return wide ? Flags.Logic64 : Flags.Logic32;
    case SlowOp.Inc:
    case SlowOp.Dec:
      return size < 4 ? Flags.Unknown : wide ? Flags.Result64 : Flags.Result32;
    case SlowOp.Shl:
    case SlowOp.Shr:
    case SlowOp.Sar:
      if (Meta.kind1(meta) !== OperandKind.Imm || size < 4) return Flags.Unknown;
      if ((code.ops[at + 7]! & (wide ? 63 : 31)) === 0) return before;
      return wide ? Flags.Result64 : Flags.Result32;
    case SlowOp.Imul:
      return Meta.kind1(meta) !== OperandKind.None && size === 4 ? Flags.Mul32 : Flags.Unknown;
    case SlowOp.Bt:
      return Flags.Bit;
    case SlowOp.UcomisF64:
      return Flags.Compare;
    case SlowOp.Popf:
      return Flags.Packed;
    case SlowOp.Adc:
    case SlowOp.Sbb:
    case SlowOp.Mul:
    case SlowOp.Rol:
    case SlowOp.Ror:
    case SlowOp.Bsr:
    case SlowOp.Bsf:
    case SlowOp.Lzcnt:
    case SlowOp.Tzcnt:
    case SlowOp.Popcnt:
    case SlowOp.Cmpxchg:
      return Flags.Unknown;
    default:
      return before;
  }
}

/** Whether flags are needed before the instruction, given whether they are after it. */
export function liveBefore(code: CodeMap, step: Step, after: boolean): boolean {
  const kind = control(step);
  if (kind === Control.Branch) return true;
  if (kind !== Control.None) return kind === Control.Jump ? after : false;
  switch (Meta.slow(step.meta)) {
    case SlowOp.Set:
    case SlowOp.Cmov:
    case SlowOp.Pushf:
    case SlowOp.Adc:
    case SlowOp.Sbb:
      return true;
    case SlowOp.Shl:
    case SlowOp.Shr:
    case SlowOp.Sar:
      // A count of zero leaves them.
      return after && kindAfter(code, step, Flags.Unset) === Flags.Unset;
    default:
      return kindAfter(code, step, Flags.Unset) === Flags.Unset ? after : false;
  }
}

/** Per step of the block, whether flags are needed after it. */
export function liveAfterSteps(code: CodeMap, graph: BlockGraph, block: Block): boolean[] {
  const live: boolean[] = [];
  let after = graph.successors(block).some((s) => s.liveIn);
  for (let n = block.steps.length - 1; n >= 0; n--) {
    live[n] = after;
    after = liveBefore(code, block.steps[n]!, after);
  }
  return live;
}
