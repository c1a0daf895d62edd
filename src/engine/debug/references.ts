// Variable references: what a client can expand. Valid until the program runs again.

import type { Value, Variable } from './protocol.ts';

/** Something with children. Children are made when they are asked for. */
export interface VariableNode {
  named(): readonly Variable[];
  /** Children `start` … `start + count`. */
  indexed?(start: number, count: number): readonly Variable[];
  readonly indexedCount?: number;
  /** Writes a child; `text` is a JavaScript expression. */
  set?(name: string, text: string): Value;
}

export class References {
  private readonly nodes: VariableNode[] = [];

  add(node: VariableNode): number {
    return this.nodes.push(node);
  }

  get(ref: number): VariableNode {
    const node = this.nodes[ref - 1];
    if (node === undefined) throw new Error('This value belongs to an earlier stop; it cannot be expanded any more.');
    return node;
  }

  get size(): number {
    return this.nodes.length;
  }

  clear(): void {
    this.nodes.length = 0;
  }

  children(ref: number, start: number, count: number, filter: 'named' | 'indexed' | undefined): readonly Variable[] {
    const node = this.get(ref);
    const indexedCount = node.indexedCount ?? 0;
    const end = count === 0 ? Number.POSITIVE_INFINITY : start + count;
    if (filter === 'named') return node.named().slice(start, end);
    if (filter === 'indexed') return this.indexed(node, start, Math.min(end, indexedCount));
    const named = node.named();
    return [
      ...this.indexed(node, start, Math.min(end, indexedCount)),
      ...named.slice(Math.max(0, start - indexedCount), Math.max(0, end - indexedCount)),
    ];
  }

  private indexed(node: VariableNode, start: number, end: number): readonly Variable[] {
    return end <= start ? [] : (node.indexed?.(start, end - start) ?? []);
  }
}
