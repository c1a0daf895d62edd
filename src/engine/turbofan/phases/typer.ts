// Typer (V8: typer.cc): a type for every node, by forward iteration to a fixpoint. What an operator's result can be, its row says
// (`typing`, `operationTyping`).
//
// Invariant: a node's type contains every value it can have; types only grow during the run, and a loop phi's range is
// widened after a few rounds so that the run ends.

import type { HeapBroker } from '../broker/heap-broker.ts';
import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { Bits, is, range, type Type, Types, union } from '../graph/types.ts';

export class Typer {
  private readonly graph: Graph;
  private readonly broker: HeapBroker;
  private readonly rounds = new Map<Node, number>();

  constructor(graph: Graph, broker: HeapBroker) {
    this.graph = graph;
    this.broker = broker;
  }

  run(): void {
    const nodes = this.graph.reachable();
    for (const n of nodes) if (n.op.row.typedAnew) n.type = undefined;
    const queue = [...nodes];
    const queued = new Set(queue);
    for (let head = 0; head < queue.length; head++) {
      const node = queue[head]!;
      queued.delete(node);
      if (node.op.valueOut === 0) continue;
      const old = node.type ?? Types.None;
      let next = this.typeOf(node);
      if (node.opcode === 'Phi' && node.control.opcode === 'Loop') next = this.widen(node, old, next);
      next = union(old, next);
      if (node.type !== undefined && is(next, old)) continue;
      node.type = next;
      for (const { user } of node.uses) {
        if (!queued.has(user)) {
          queued.add(user);
          queue.push(user);
        }
      }
      if (queue.length > 500_000) throw new Error('the typer does not end');
    }
  }

  /** Ranges of loop phis jump to these limits (V8: Typer::Visitor::Weaken). */
  private widen(node: Node, old: Type, next: Type): Type {
    const n = (this.rounds.get(node) ?? 0) + 1;
    this.rounds.set(node, n);
    if (n < 3 || next.min === undefined || old.min === undefined) return next;
    const limits = [0, 0x3fffffff, 0x7fffffff, 0xffffffff, 2 ** 36, 2 ** 44, Number.MAX_SAFE_INTEGER];
    let min = Math.min(next.min, old.min);
    let max = Math.max(next.max!, old.max!);
    if (min < old.min)
      min = -([...limits].map((l) => (l === 0 ? 0 : l + 1)).find((l) => -l <= min) ?? Number.POSITIVE_INFINITY);
    if (max > old.max!) max = limits.find((l) => l >= max) ?? Number.POSITIVE_INFINITY;
    return range(min === 0 ? 0 : min, max, next.bits & ~Bits.PlainNumber);
  }

  private typeOf(node: Node): Type {
    const type = (n: Node): Type => n.type ?? Types.None;
    const { row, parameter } = node.op;
    if (row.operationTyping !== undefined) return row.operationTyping(node, type);
    if (row.typing !== undefined) return row.typing(node, type, parameter, this.broker);
    return row.category === 'js' ? Types.NonInternal : Types.Any;
  }
}
