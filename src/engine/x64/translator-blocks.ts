/**
 * Basic blocks of machine code: what is reachable from a root, by following decoded instructions.
 *
 * Invariant: a block's control transfer, if it has one, is its last step; every step's address belongs to one block.
 */
import type { CodeMap } from './decoder.ts';
import type { MicroOp } from './micro-op.ts';
import { Flags } from './translator-flags.ts';
import { Control, control, directTarget, Refused, type Step } from './translator-steps.ts';

export interface Block {
  readonly start: number;
  readonly steps: Step[];
  /** Target of the last instruction's jump, or −1. */
  target: number;
  /** Where it falls through to, or −1. */
  falls: number;
  /** Where its call returns to, or −1; an exception may go to the handler instead. */
  returns: number;
  handler: number;
  inKind: Flags;
  /** Flags are read before they are written. */
  liveIn: boolean;
}

/** The code's blocks by address, in address order. */
export class BlockGraph {
  readonly blocks: readonly Block[];
  private readonly byAddress = new Map<number, Block>();

  /** @param handlers exception handlers by the address that their call returns to */
  constructor(code: CodeMap, start: number, end: number, root: number, handlers: ReadonlyMap<number, number>) {
    const inside = (address: number): boolean => address >= start && address < end;
    const leaders = new Set<number>([root]);
    const steps = new Map<number, Step>();
    const work = [root];
    const lead = (address: number): void => {
      leaders.add(address);
      work.push(address);
    };
    while (work.length > 0) {
      let address = work.pop()!;
      while (inside(address) && !steps.has(address)) {
        const step = stepAt(code, address);
        steps.set(address, step);
        if (steps.size > 20000) throw new Refused('more than 20000 instructions');
        const ends = control(step);
        const target = directTarget(code, step);
        if (target >= 0 && ends !== Control.Call && inside(target)) lead(target);
        if (ends === Control.None) address = step.next;
        else if (ends === Control.Branch || ends === Control.Call) {
          const handler = handlers.get(step.next);
          if (ends === Control.Call && handler !== undefined) lead(handler);
          leaders.add(step.next);
          address = step.next;
        } else break;
      }
    }
    const blocks: Block[] = [];
    for (const leader of [...leaders].filter((a) => steps.has(a)).sort((a, b) => a - b)) {
      const block: Block = {
        start: leader,
        steps: [],
        target: -1,
        falls: -1,
        returns: -1,
        handler: -1,
        inKind: Flags.Unset,
        liveIn: false,
      };
      for (let address = leader; ; ) {
        const step = steps.get(address);
        if (step === undefined) {
          block.falls = address;
          break;
        }
        block.steps.push(step);
        const ends = control(step);
        if (ends === Control.Branch || ends === Control.Jump) block.target = directTarget(code, step);
        if (ends === Control.Branch) block.falls = step.next;
        if (ends === Control.Call) {
          block.returns = step.next;
          block.handler = handlers.get(step.next) ?? -1;
        }
        if (ends !== Control.None) break;
        address = step.next;
        if (leaders.has(address)) {
          block.falls = address;
          break;
        }
      }
      blocks.push(block);
      this.byAddress.set(leader, block);
    }
    this.blocks = blocks;
  }

  at(address: number): Block | undefined {
    return address < 0 ? undefined : this.byAddress.get(address);
  }

  /** Where the block's own code goes on. */
  successors(block: Block): Block[] {
    return [block.target, block.falls].map((a) => this.at(a)).filter((b) => b !== undefined);
  }

  /** Successors, and where execution comes back after the block's call; what should stand next comes first. */
  flow(block: Block): Block[] {
    return [block.falls, block.returns, block.target, block.handler]
      .map((a) => this.at(a))
      .filter((b) => b !== undefined);
  }
}

function stepAt(code: CodeMap, address: number): Step {
  const at = code.resolve(address);
  if (at < 0) throw new Refused(`0x${address.toString(16)} is not code`);
  return {
    address,
    at,
    op: code.plain[at >> 3]! as MicroOp,
    meta: code.meta[at >> 3]!,
    next: code.rips[(at >> 3) + 1]!,
  };
}
