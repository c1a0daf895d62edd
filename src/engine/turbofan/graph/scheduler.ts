// Scheduler: sea of nodes → basic blocks (V8: scheduler.cc). Used by the linearizer and again by the backend.
//
//   1. CFG from the control chain: a block starts at Start, Merge, Loop and each projection of control
//      (IfTrue, IfFalse, IfValue, IfDefault, IfSuccess, IfException), and at End.
//   2. Order: topological, loop bodies contiguous, deferred blocks of a loop after its others.
//   3. Dominators and loop depth.
//   4. Every node: earliest block its inputs allow, latest its uses allow, placed as late as possible but outside of loops.
//   5. Inside a block: inputs first.
//
// Invariant (asserted by verifySchedule): each node's inputs are in a dominating block, or earlier in the same one; a phi's
// input i is available at the end of predecessor i.

import type { Graph } from './graph.ts';
import type { Node } from './node.ts';
import { BranchHint } from './parameters.ts';

export type BlockControl = 'none' | 'goto' | 'branch' | 'call' | 'return' | 'deoptimize' | 'throw';

export class BasicBlock {
  readonly id: number;
  /** Position in `Schedule.order`. */
  rpo = -1;
  readonly nodes: Node[] = [];
  /** Start, Merge, Loop, End or a control projection. */
  readonly begin: Node;
  control: BlockControl = 'none';
  /** Branch, Switch, Call, Return, Deoptimize or Throw that ends the block; undefined for goto. */
  controlInput: Node | undefined = undefined;
  readonly successors: BasicBlock[] = [];
  readonly predecessors: BasicBlock[] = [];
  dominator: BasicBlock | undefined = undefined;
  dominatorDepth = 0;
  /** The innermost loop's header, itself for a header. */
  loopHeader: BasicBlock | undefined = undefined;
  loopDepth = 0;
  /** For a header: the block order position after its last block. */
  loopEnd = -1;
  deferred = false;

  constructor(id: number, begin: Node) {
    this.id = id;
    this.begin = begin;
  }

  get isLoopHeader(): boolean {
    return this.begin.opcode === 'Loop';
  }

  toString(): string {
    return `B${this.rpo >= 0 ? this.rpo : `id${this.id}`}`;
  }
}

export interface Schedule {
  /** Blocks in emission order; order[0] is the entry, the last the exit (End). */
  readonly order: readonly BasicBlock[];
  readonly start: BasicBlock;
  readonly end: BasicBlock;
  readonly blockOf: ReadonlyMap<Node, BasicBlock>;
}

const BLOCK_STARTS = new Set(['Start', 'End', 'Merge', 'Loop', 'IfTrue', 'IfFalse', 'IfSuccess', 'IfException']);

export function computeSchedule(graph: Graph): Schedule {
  return new Scheduler(graph).run();
}

class Scheduler {
  private readonly graph: Graph;
  private readonly nodes: Node[];
  private readonly live: Set<Node>;
  private readonly starts = new Map<Node, BasicBlock>();
  private readonly blocks: BasicBlock[] = [];
  private readonly blockOf = new Map<Node, BasicBlock>();
  private order: BasicBlock[] = [];

  constructor(graph: Graph) {
    this.graph = graph;
    this.nodes = graph.reachable();
    this.live = new Set(this.nodes);
  }

  run(): Schedule {
    this.buildBlocks();
    this.connect();
    this.findLoops();
    this.markDeferred();
    this.computeOrder();
    this.computeDominators();
    this.place();
    this.sortBlocks();
    const start = this.starts.get(this.graph.start)!;
    const end = this.starts.get(this.graph.end)!;
    return { order: this.order, start, end, blockOf: this.blockOf };
  }

  // --- 1. blocks ---------------------------------------------------------------------------------------------------

  private buildBlocks(): void {
    const add = (node: Node): void => {
      const block = new BasicBlock(this.blocks.length, node);
      this.blocks.push(block);
      this.starts.set(node, block);
      this.blockOf.set(node, block);
    };
    add(this.graph.start);
    for (const node of this.nodes) if (BLOCK_STARTS.has(node.opcode) && !this.starts.has(node)) add(node);
  }

  /** The block that control node `node` stands in. */
  private controlBlock(node: Node): BasicBlock {
    const path: Node[] = [];
    let current = node;
    let block = this.blockOf.get(current);
    while (block === undefined) {
      path.push(current);
      const next = current.inputs[current.controlIndex];
      if (next === undefined) throw new Error(`control chain breaks at ${current}`);
      current = next;
      block = this.blockOf.get(current);
    }
    for (const n of path) this.blockOf.set(n, block);
    return block;
  }

  private edge(from: BasicBlock, to: BasicBlock): void {
    from.successors.push(to);
    to.predecessors.push(from);
  }

  private end(block: BasicBlock, control: BlockControl, node: Node | undefined): void {
    if (block.control !== 'none') throw new Error(`block ${block.begin} ends twice: ${block.controlInput} and ${node}`);
    block.control = control;
    block.controlInput = node;
  }

  private connect(): void {
    const end = this.starts.get(this.graph.end)!;
    // Merges first: their predecessor order is their input order.
    for (const node of this.nodes) {
      switch (node.opcode) {
        case 'Branch': {
          const block = this.controlBlock(node);
          this.end(block, 'branch', node);
          const users = node.uses.map((u) => u.user).filter((u) => this.live.has(u) && BLOCK_STARTS.has(u.opcode));
          users.sort((a) => (a.opcode === 'IfTrue' ? -1 : 1));
          for (const user of users) this.edge(block, this.starts.get(user)!);
          break;
        }
        case 'IfSuccess': {
          const call = node.control;
          const block = this.controlBlock(call);
          this.end(block, 'call', call);
          this.edge(block, this.starts.get(node)!);
          for (const use of call.uses)
            if (this.live.has(use.user) && use.user.opcode === 'IfException' && use.user.isControlUse(use.index))
              this.edge(block, this.starts.get(use.user)!);
          break;
        }
        case 'IfException': {
          // A call that never returns normally has no IfSuccess.
          const call = node.control;
          if (call.uses.some((u) => this.live.has(u.user) && u.user.opcode === 'IfSuccess')) break;
          const block = this.controlBlock(call);
          this.end(block, 'call', call);
          this.edge(block, this.starts.get(node)!);
          break;
        }
        case 'Return':
        case 'Deoptimize':
        case 'Throw': {
          const block = this.controlBlock(node);
          this.end(block, node.opcode === 'Return' ? 'return' : node.opcode === 'Throw' ? 'throw' : 'deoptimize', node);
          this.edge(block, end);
          break;
        }
      }
    }
    for (const node of this.nodes) {
      if (node.opcode !== 'Merge' && node.opcode !== 'Loop') continue;
      const block = this.starts.get(node)!;
      for (const input of node.inputs) {
        const from = this.controlBlock(input);
        this.end(from, 'goto', undefined);
        this.edge(from, block);
      }
    }
  }

  // --- 2. loops and order --------------------------------------------------------------------------------------------

  private readonly loopMembers = new Map<BasicBlock, Set<BasicBlock>>();

  private findLoops(): void {
    for (const header of this.blocks) {
      if (!header.isLoopHeader) continue;
      const members = new Set<BasicBlock>([header]);
      const work = header.predecessors.slice(1);
      while (work.length > 0) {
        const block = work.pop()!;
        if (members.has(block)) continue;
        members.add(block);
        work.push(...block.predecessors);
      }
      this.loopMembers.set(header, members);
    }
    const loops = [...this.loopMembers].sort((a, b) => b[1].size - a[1].size);
    // Largest first: the innermost loop writes last.
    for (const [header, members] of loops)
      for (const block of members) {
        block.loopDepth++;
        block.loopHeader = header;
      }
  }

  private parentLoop(header: BasicBlock): BasicBlock | undefined {
    let best: BasicBlock | undefined;
    let size = Number.POSITIVE_INFINITY;
    for (const [other, members] of this.loopMembers) {
      if (other !== header && members.has(header) && members.size < size) {
        best = other;
        size = members.size;
      }
    }
    return best;
  }

  /** A block is deferred if only the unlikely side of a branch, an exception, or a bailout leads through it. */
  private markDeferred(): void {
    for (const block of this.blocks) {
      const begin = block.begin;
      if (begin.opcode === 'IfTrue' || begin.opcode === 'IfFalse') {
        const { hint } = begin.control.parameterOf('Branch');
        if (hint === (begin.opcode === 'IfTrue' ? BranchHint.False : BranchHint.True)) block.deferred = true;
      } else if (begin.opcode === 'IfException') block.deferred = true;
      if (block.control === 'deoptimize' || block.control === 'throw') block.deferred = true;
    }
    // Forward: all (forward) predecessors deferred → deferred.
    for (let changed = true; changed; ) {
      changed = false;
      for (const block of this.blocks) {
        if (block.deferred || block.predecessors.length === 0 || block.begin.opcode === 'End') continue;
        const from = block.isLoopHeader ? block.predecessors.slice(0, 1) : block.predecessors;
        if (from.every((p) => p.deferred)) changed = block.deferred = true;
      }
    }
  }

  private computeOrder(): void {
    const pending = new Map<BasicBlock, number>();
    const ready: BasicBlock[] = [];
    const end = this.starts.get(this.graph.end)!;
    for (const block of this.blocks) {
      const forward = block.isLoopHeader ? 1 : block.predecessors.length;
      pending.set(block, forward);
    }
    ready.push(this.blocks[0]!);
    let current: BasicBlock | undefined; // header of the innermost loop being emitted
    const order: BasicBlock[] = [];
    const inLoop = (block: BasicBlock, header: BasicBlock): boolean => this.loopMembers.get(header)!.has(block);
    while (ready.length > 0) {
      // Leave loops that have no more ready blocks.
      while (current !== undefined && !ready.some((b) => inLoop(b, current!))) current = this.parentLoop(current);
      let best = -1;
      for (let i = ready.length - 1; i >= 0; i--) {
        const block = ready[i]!;
        if (current !== undefined && !inLoop(block, current)) continue;
        if (best < 0 || (ready[best]!.deferred && !block.deferred)) best = i;
      }
      const block = ready.splice(best, 1)[0]!;
      if (block === end) continue;
      block.rpo = order.length;
      order.push(block);
      if (block.isLoopHeader) current = block;
      for (const successor of block.successors) {
        if (successor.isLoopHeader && successor.predecessors[0] !== block) continue;
        const left = pending.get(successor)! - 1;
        pending.set(successor, left);
        if (left === 0) ready.push(successor);
      }
    }
    end.rpo = order.length;
    order.push(end);
    for (const [header, members] of this.loopMembers) {
      header.loopEnd = header.rpo + members.size;
      for (const m of members)
        if (m.rpo < header.rpo || m.rpo >= header.loopEnd)
          throw new Error(`loop of ${header.begin} is not contiguous or irreducible (${m.begin})`);
    }
    if (order.length !== this.blocks.length) {
      const missing = this.blocks.filter((b) => b.rpo < 0).map((b) => `${b.begin}`);
      throw new Error(`blocks cannot be ordered: ${missing.join('; ')}`);
    }
    this.order = order;
  }

  private computeDominators(): void {
    for (const block of this.order) {
      let dominator: BasicBlock | undefined;
      for (const p of block.predecessors) {
        if (p.rpo >= block.rpo) continue;
        dominator = dominator === undefined ? p : commonDominator(dominator, p);
      }
      block.dominator = dominator;
      block.dominatorDepth = dominator === undefined ? 0 : dominator.dominatorDepth + 1;
    }
  }

  // --- 4. placement --------------------------------------------------------------------------------------------------

  private place(): void {
    const early = new Map<Node, BasicBlock>();
    const start = this.order[0]!;
    for (const node of this.nodes) {
      if (this.blockOf.has(node)) continue;
      if (node.opcode === 'Parameter' || node.opcode === 'OsrValue') this.blockOf.set(node, start);
      // Only the control chain and phis are fixed; what merely has a control input floats below it.
      else if (
        node.op.controlIn > 0 &&
        (node.op.controlOut > 0 || node.opcode === 'Phi' || node.opcode === 'EffectPhi')
      )
        this.blockOf.set(node, this.controlBlock(node.control));
    }
    // Earliest: inputs before users (reachable() is a post-order; only phis close cycles, and they are fixed).
    let steps = 0;
    const earliest = (root: Node): BasicBlock => {
      const stack = [root];
      while (stack.length > 0) {
        const node = stack[stack.length - 1]!;
        if (early.has(node)) {
          stack.pop();
          continue;
        }
        const fixed = this.blockOf.get(node);
        if (fixed !== undefined) {
          early.set(node, fixed);
          stack.pop();
          continue;
        }
        let block = start;
        let waiting = false;
        for (const input of node.inputs) {
          const b = early.get(input) ?? this.blockOf.get(input);
          if (b === undefined) {
            if (++steps > 1_000_000) throw new Error(`cycle without a phi through ${node} and ${input}`);
            stack.push(input);
            waiting = true;
          } else if (b.dominatorDepth > block.dominatorDepth) block = b;
        }
        if (!waiting) {
          early.set(node, block);
          stack.pop();
        }
      }
      return early.get(root)!;
    };
    for (const node of this.nodes) earliest(node);

    const latest = (root: Node): void => {
      const stack = [root];
      while (stack.length > 0) {
        const node = stack[stack.length - 1]!;
        if (this.blockOf.has(node)) {
          stack.pop();
          continue;
        }
        if (node.opcode === 'Projection' && node.inputs[0]!.op.effectIn + node.inputs[0]!.op.controlIn > 0) {
          // With its call or effectful producer.
          this.blockOf.set(node, early.get(node)!);
          stack.pop();
          continue;
        }
        let waiting = false;
        let block: BasicBlock | undefined;
        for (const { user, index } of node.uses) {
          if (!this.live.has(user)) continue;
          let at: BasicBlock | undefined;
          if ((user.opcode === 'Phi' || user.opcode === 'EffectPhi') && !user.isControlUse(index)) {
            at = this.blockOf.get(user)!.predecessors[index]!;
          } else {
            at = this.blockOf.get(user);
            if (at === undefined) {
              stack.push(user);
              waiting = true;
              continue;
            }
          }
          block = block === undefined ? at : commonDominator(block, at);
        }
        if (waiting) continue;
        const first = early.get(node)!;
        let chosen = block ?? first;
        if (!dominates(first, chosen))
          throw new Error(`${node}: its uses (${chosen}) are not dominated by its inputs (${first})`);
        // Out of loops, as far as the inputs allow; overflow pairs stay with their projections.
        for (let b: BasicBlock | undefined = chosen; b !== undefined; b = b.dominator) {
          if (b.loopDepth < chosen.loopDepth) chosen = b;
          if (b === first) break;
        }
        this.blockOf.set(node, chosen);
        stack.pop();
      }
    };
    for (let i = this.nodes.length - 1; i >= 0; i--) latest(this.nodes[i]!);
    // Projections of pure producers stand in the producer's block.
    for (const node of this.nodes)
      if (node.opcode === 'Projection') this.blockOf.set(node, this.blockOf.get(node.inputs[0]!)!);
  }

  private sortBlocks(): void {
    const done = new Set<Node>();
    const visit = (root: Node, block: BasicBlock): void => {
      const stack: { node: Node; next: number }[] = [{ node: root, next: 0 }];
      if (done.has(root)) return;
      done.add(root);
      while (stack.length > 0) {
        const top = stack[stack.length - 1]!;
        const isPhi = top.node.opcode === 'Phi' || top.node.opcode === 'EffectPhi';
        if (!isPhi && top.next < top.node.inputs.length) {
          const input = top.node.inputs[top.next++]!;
          if (this.blockOf.get(input) === block && !done.has(input)) {
            done.add(input);
            stack.push({ node: input, next: 0 });
          }
        } else {
          block.nodes.push(top.node);
          stack.pop();
        }
      }
    };
    const byBlock = new Map<BasicBlock, Node[]>();
    for (const node of this.nodes) {
      const block = this.blockOf.get(node)!;
      const list = byBlock.get(block);
      if (list === undefined) byBlock.set(block, [node]);
      else list.push(node);
    }
    for (const block of this.order) {
      const list = byBlock.get(block) ?? [];
      done.add(block.begin);
      block.nodes.push(block.begin);
      for (const node of list) if (node.opcode === 'Phi' || node.opcode === 'EffectPhi') visit(node, block);
      for (const node of list) if (node !== block.controlInput) visit(node, block);
      if (block.controlInput !== undefined) {
        // The ending node comes last; what only hangs on a call (its projections) after it.
        if (!done.has(block.controlInput)) visit(block.controlInput, block);
        const at = block.nodes.indexOf(block.controlInput);
        block.nodes.splice(at, 1);
        block.nodes.push(block.controlInput);
      }
    }
  }
}

export function commonDominator(a: BasicBlock, b: BasicBlock): BasicBlock {
  while (a !== b) {
    if (a.dominatorDepth < b.dominatorDepth) b = b.dominator!;
    else a = a.dominator!;
  }
  return a;
}

export function dominates(a: BasicBlock, b: BasicBlock): boolean {
  while (b.dominatorDepth > a.dominatorDepth) b = b.dominator!;
  return a === b;
}

/** Throws if a node's inputs are not available where it stands. */
export function verifySchedule(schedule: Schedule): void {
  const position = new Map<Node, number>();
  for (const block of schedule.order) block.nodes.forEach((n, i) => void position.set(n, i));
  for (const block of schedule.order) {
    for (const node of block.nodes) {
      node.inputs.forEach((input, i) => {
        const from = schedule.blockOf.get(input)!;
        const isPhi = node.opcode === 'Phi' || node.opcode === 'EffectPhi';
        if (isPhi && !node.isControlUse(i)) {
          if (!dominates(from, block.predecessors[i]!))
            throw new Error(`schedule: ${node} input ${i} ${input} is not available in its predecessor`);
        } else if (node.opcode === 'Merge' || node.opcode === 'Loop' || node.opcode === 'End') {
          return;
        } else if (from === block ? position.get(input)! >= position.get(node)! : !dominates(from, block))
          throw new Error(`schedule: ${node} in ${block} uses ${input} in ${from}`);
      });
    }
  }
}

export function printSchedule(schedule: Schedule): string {
  const lines: string[] = [];
  for (const block of schedule.order) {
    lines.push(
      `--- ${block}${block.deferred ? ' (deferred)' : ''}${block.loopDepth ? ` loop ${block.loopDepth}` : ''} <- ${block.predecessors.join(', ')} ---`,
    );
    for (const node of block.nodes) lines.push(`  ${node}`);
    lines.push(
      `  ${block.control}${block.controlInput ? ` ${block.controlInput}` : ''} -> ${block.successors.join(', ')}`,
    );
  }
  return lines.join('\n');
}
