// Control flow as the graph has it: every control node by itself, with its successors and its immediate dominator (Cooper, Harvey,
// Kennedy: "A Simple, Fast Dominance Algorithm"). The verifier's own view; the scheduler makes blocks of it.
//
//   Start ─▶ call ─▶ IfSuccess ─▶ Branch ─▶ IfTrue ─▶ Merge ─▶ Return ─▶ End
//               └──▶ IfException …     └──▶ IfFalse ──┘
//
// Invariant: knows only what Start reaches, forwards; `order` is a reverse post-order, so a node's dominator stands before it.

import type { Graph } from './graph.ts';
import type { Node } from './node.ts';

export class ControlFlow {
  readonly order: Node[] = [];
  private readonly index = new Map<Node, number>();
  private readonly dominator: number[] = [];
  private readonly next = new Map<Node, Node[]>();

  /** @param nodes reachable from End */
  constructor(graph: Graph, nodes: readonly Node[]) {
    this.collectSuccessors(nodes);
    this.number(graph.start);
    this.computeDominators();
  }

  has(node: Node): boolean {
    return this.index.has(node);
  }

  /** Control nodes that follow, one entry per edge; End among them. */
  successors(node: Node): readonly Node[] {
    return this.next.get(node) ?? [];
  }

  /** Whether every way from Start to `b` leads through `a`. */
  dominates(a: Node, b: Node): boolean {
    const wanted = this.index.get(a)!;
    let at = this.index.get(b)!;
    while (at > wanted) at = this.dominator[at]!;
    return at === wanted;
  }

  private collectSuccessors(nodes: readonly Node[]): void {
    for (const node of nodes) {
      if (node.op.controlOut === 0 && node.opcode !== 'End') continue;
      for (let i = node.controlIndex; i < node.inputs.length; i++) {
        const from = node.inputs[i]!;
        const list = this.next.get(from);
        if (list === undefined) this.next.set(from, [node]);
        else list.push(node);
      }
    }
  }

  private number(start: Node): void {
    const seen = new Set<Node>([start]);
    const stack = [{ node: start, at: 0 }];
    while (stack.length > 0) {
      const top = stack[stack.length - 1]!;
      const successor = this.successors(top.node)[top.at++];
      if (successor === undefined) {
        this.order.push(top.node);
        stack.pop();
      } else if (!seen.has(successor)) {
        seen.add(successor);
        stack.push({ node: successor, at: 0 });
      }
    }
    this.order.reverse();
    this.order.forEach((node, i) => void this.index.set(node, i));
  }

  private computeDominators(): void {
    this.dominator[0] = 0;
    for (let changed = true; changed; ) {
      changed = false;
      for (let i = 1; i < this.order.length; i++) {
        const dominator = this.commonOfInputs(this.order[i]!);
        if (dominator === this.dominator[i]) continue;
        this.dominator[i] = dominator;
        changed = true;
      }
    }
  }

  private commonOfInputs(node: Node): number {
    let common = -1;
    for (let i = node.controlIndex; i < node.inputs.length; i++) {
      const from = this.index.get(node.inputs[i]!);
      if (from === undefined || this.dominator[from] === undefined) continue;
      common = common < 0 ? from : this.common(common, from);
    }
    return common;
  }

  private common(a: number, b: number): number {
    while (a !== b) {
      if (a > b) a = this.dominator[a]!;
      else b = this.dominator[b]!;
    }
    return a;
  }
}
