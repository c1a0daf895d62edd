/**
 * The shape of the WebAssembly code: blocks in an order in which each natural loop is one run that begins with its header.
 *
 * ```
 *   edge to a header of a loop around it        back       br to the wasm loop
 *   edge to a later block of a loop around it   forward    br to the label before that block, or falls into it
 *   anything else (two ways into a loop)        dispatch   number of the block, then from the top
 * ```
 *
 * Execution also arrives from outside: at the root, after calls, at handlers, at headers where fuel ran out. Arriving inside a loop
 * means entering it at its top: every loop around such a block begins with a table of them (`dispatched`).
 *
 * Invariant: a forward edge never goes into the middle of a loop that it is not in.
 */
import type { Block, BlockGraph } from './translator-blocks.ts';

export interface Loop {
  readonly header: Block;
  readonly blocks: Set<Block>;
  parent: Loop | undefined;
}

/** A block of a scope itself, or a loop directly in it. */
export interface Item {
  readonly block: Block;
  readonly loop: Loop | undefined;
}

export enum Edge {
  Back,
  Forward,
  Dispatch,
}

export class Structure {
  /** All blocks, as they stand in the code. */
  readonly order: Block[] = [];
  private readonly position = new Map<Block, number>();
  /** Blocks in reverse postorder: forward edges lead to larger numbers. */
  private readonly sequence: Block[];
  private readonly number = new Map<Block, number>();
  private readonly loops = new Map<Block, Loop>();
  private readonly innermost = new Map<Block, Loop>();
  private readonly items = new Map<Loop | undefined, Item[]>();

  constructor(graph: BlockGraph, root: Block) {
    this.sequence = reversePostorder(graph, root);
    this.sequence.forEach((block, i) => void this.number.set(block, i));
    this.findLoops(graph);
    this.place(undefined);
    this.order.forEach((block, i) => void this.position.set(block, i));
  }

  private findLoops(graph: BlockGraph): void {
    const predecessors = new Map<Block, Block[]>();
    for (const block of this.sequence) predecessors.set(block, []);
    for (const block of this.sequence) for (const next of graph.flow(block)) predecessors.get(next)!.push(block);
    for (const header of this.sequence) {
      const first = this.number.get(header)!;
      const body = new Set<Block>([header]);
      for (const latch of predecessors.get(header)!) {
        if (this.number.get(latch)! < first) continue;
        const found = this.bodyOf(header, latch, predecessors);
        if (found !== undefined) for (const block of found) body.add(block);
      }
      if (body.size > 1 || graph.successors(header).includes(header))
        this.loops.set(header, { header, blocks: body, parent: undefined });
    }
    // Outer loops have their header earlier.
    for (const loop of this.loops.values()) {
      loop.parent = this.innermost.get(loop.header);
      for (const block of loop.blocks) this.innermost.set(block, loop);
    }
  }

  /** Blocks that reach `latch` without `header`; undefined when there is another way in. */
  private bodyOf(header: Block, latch: Block, predecessors: Map<Block, Block[]>): Set<Block> | undefined {
    const first = this.number.get(header)!;
    const body = new Set<Block>([header, latch]);
    const work = latch === header ? [] : [latch];
    while (work.length > 0) {
      for (const block of predecessors.get(work.pop()!)!) {
        if (body.has(block)) continue;
        if (this.number.get(block)! < first) return undefined;
        body.add(block);
        work.push(block);
      }
    }
    return body;
  }

  private place(scope: Loop | undefined): void {
    const items: Item[] = [];
    this.items.set(scope, items);
    const placed = new Set<Loop>();
    for (const block of this.sequence) {
      if (scope !== undefined && !scope.blocks.has(block)) continue;
      let inner = this.innermost.get(block);
      if (inner === scope) {
        items.push({ block, loop: undefined });
        this.order.push(block);
        continue;
      }
      while (inner !== undefined && inner.parent !== scope) inner = inner.parent;
      if (inner === undefined || placed.has(inner)) continue;
      placed.add(inner);
      items.push({ block: inner.header, loop: inner });
      this.place(inner);
    }
  }

  get scopes(): IterableIterator<Loop | undefined> {
    return this.items.keys();
  }

  itemsOf(scope: Loop | undefined): readonly Item[] {
    return this.items.get(scope)!;
  }

  /** The scope in which the block is an item, or begins one. */
  scopeOf(block: Block): Loop | undefined {
    const own = this.loops.get(block);
    return own === undefined ? this.innermost.get(block) : own.parent;
  }

  /** The loop that the block is the header of. */
  loopOf(block: Block): Loop | undefined {
    return this.loops.get(block);
  }

  /** The item of `scope` that the block is in. */
  itemAround(block: Block, scope: Loop | undefined): Block {
    let at = block;
    for (let inner = this.scopeOf(block); inner !== scope && inner !== undefined; inner = inner.parent)
      at = inner.header;
    return at;
  }

  contains(scope: Loop | undefined, block: Block): boolean {
    return scope === undefined || scope.blocks.has(block);
  }

  edge(from: Block, to: Block): Edge {
    if (this.loops.get(to)?.blocks.has(from)) return Edge.Back;
    return this.position.get(to)! > this.position.get(from)! && this.contains(this.scopeOf(to), from)
      ? Edge.Forward
      : Edge.Dispatch;
  }

  isNext(from: Block, to: Block): boolean {
    return this.position.get(to) === this.position.get(from)! + 1;
  }
}

function reversePostorder(graph: BlockGraph, root: Block): Block[] {
  const seen = new Set<Block>([root]);
  const done: Block[] = [];
  const stack: { readonly block: Block; readonly next: Block[] }[] = [{ block: root, next: graph.flow(root) }];
  while (stack.length > 0) {
    const top = stack[stack.length - 1]!;
    const next = top.next.pop();
    if (next === undefined) {
      done.push(top.block);
      stack.pop();
    } else if (!seen.has(next)) {
      seen.add(next);
      stack.push({ block: next, next: graph.flow(next) });
    }
  }
  return done.reverse();
}
