// GraphReducer (V8: graph-reducer.cc): runs reducers over the graph until nothing changes.
//
// A reducer returns undefined (no change), the node itself (changed in place) or another node (replace all uses with it).
// Invariant: when run() returns, no reducer would change any reachable node (assertFixpoint; with --turbo-verify after each run).

import type { Graph } from './graph.ts';
import type { Node } from './node.ts';
import { VerificationError } from './verifier.ts';

export interface Reducer {
  readonly name: string;
  reduce(node: Node, editor: Editor): Node | undefined;
  /** Called when the work list is empty; may add work. */
  finalize?(editor: Editor): void;
}

export interface Editor {
  readonly graph: Graph;
  /** Puts a node on the work list again. */
  revisit(node: Node): void;
  /** Value, effect and control uses of `node` get the replacements; exceptional control of a node that no longer throws dies. */
  replaceWithValue(node: Node, value: Node | undefined, effect?: Node, control?: Node): void;
  replace(node: Node, by: Node): void;
}

export class GraphReducer implements Editor {
  readonly graph: Graph;
  private readonly reducers: readonly Reducer[];
  private readonly queue: Node[] = [];
  private readonly queued = new Set<Node>();
  private steps = 0;

  constructor(graph: Graph, reducers: readonly Reducer[]) {
    this.graph = graph;
    this.reducers = reducers;
  }

  run(): void {
    for (const node of this.graph.reachable()) this.revisit(node);
    for (;;) {
      while (this.queue.length > 0) {
        const node = this.queue.shift()!;
        this.queued.delete(node);
        if (node.inputs.length === 0 && node.uses.length === 0 && node !== this.graph.end) continue;
        this.reduceNode(node);
      }
      this.forgetPosition();
      for (const reducer of this.reducers) reducer.finalize?.(this);
      if (this.queue.length === 0) return;
    }
  }

  /** Asks every reducer about every node once more; throws if one would change something (V23). */
  assertFixpoint(): void {
    for (const node of this.graph.reachable()) {
      this.inheritFrom(node);
      const before = String(node);
      for (const reducer of this.reducers) {
        const result = reducer.reduce(node, this);
        if (result !== undefined)
          throw new VerificationError('V23', before, `${reducer.name} would still make ${result} of it`);
      }
    }
    this.queue.length = 0;
    this.queued.clear();
    this.forgetPosition();
  }

  private reduceNode(node: Node): void {
    this.inheritFrom(node);
    for (let i = 0; i < this.reducers.length; ) {
      const reducer = this.reducers[i]!;
      const firstNew = this.graph.nodeCount;
      const result = reducer.reduce(node, this);
      if (result === undefined) {
        i++;
        continue;
      }
      if (++this.steps > 200_000) throw new Error(`graph reduction does not end (${reducer.name} on ${node})`);
      if (result !== node) {
        this.replace(node, result);
        if (result.id >= firstNew) this.revisit(result);
        return;
      }
      // Changed in place: its users may reduce further; start over with all reducers.
      for (const use of node.uses) this.revisit(use.user);
      for (const input of node.inputs) if (input.id >= firstNew) this.revisit(input);
      i = 0;
      if (node.inputs.length === 0 && node.uses.length === 0) return;
    }
  }

  /** New nodes have the reduced node's source position. */
  private inheritFrom(node: Node): void {
    const { graph } = this;
    graph.currentPosition = node.position;
    graph.currentInliningId = node.inliningId;
    graph.currentBytecodeOffset = node.bytecodeOffset;
  }

  private forgetPosition(): void {
    this.graph.currentPosition = this.graph.currentInliningId = this.graph.currentBytecodeOffset = -1;
  }

  revisit(node: Node): void {
    if (this.queued.has(node)) return;
    this.queued.add(node);
    this.queue.push(node);
  }

  replace(node: Node, by: Node): void {
    if (node === by) return;
    for (const use of node.uses) this.revisit(use.user);
    node.replaceUses(by);
    node.kill();
  }

  replaceWithValue(node: Node, value: Node | undefined, effect?: Node, control?: Node): void {
    if (effect === undefined && node.op.effectIn > 0) effect = node.effect;
    if (control === undefined && node.op.controlIn > 0) control = node.control;
    node.moveWeakUses(value, effect, control);
    for (const use of [...node.uses]) {
      const { user, index } = use;
      if (user.isControlUse(index)) {
        if (user.opcode === 'IfSuccess') {
          for (const u of user.uses) this.revisit(u.user);
          user.replaceUses(control!);
          user.kill();
        } else if (user.opcode === 'IfException') {
          // Cannot throw any more.
          const dead = this.graph.dead;
          for (const u of user.uses) this.revisit(u.user);
          user.replaceUses(dead);
          user.kill();
        } else {
          user.replaceInput(index, control!);
          this.revisit(user);
        }
      } else if (user.isEffectUse(index)) {
        if (user.opcode === 'IfException') continue; // its control use decides
        user.replaceInput(index, effect!);
        this.revisit(user);
      } else if (value !== undefined) {
        user.replaceInput(index, value);
        this.revisit(user);
      }
    }
  }
}
