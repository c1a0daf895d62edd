// LoopPeeling (V8: loop-peeling.cc): the first iteration of an innermost loop is copied before the loop.
//
//        entry                      entry
//          │                          │
//        Loop ◀──┐                  header′ ──▶ exit′ ─┐
//          │     │        ⇒           │                │
//        header ─┼─▶ exit           body′              │
//          │     │                    │                ▼
//        body ───┘                  Loop ◀──┐        Merge ─▶ what followed
//                                     │     │          ▲
//                                   header ─┼─▶ exit ──┘
//                                   body ───┘
//
// Checks of what the loop does not change then dominate the loop and go from it (LoadElimination), and values that entered as
// anything (OSR) enter the loop as what the first iteration made of them.
//
// Only loops with one way on are peeled (several that meet at once are one); ways out that end in Return, Throw or Deoptimize are copied with the body. Values
// used after the loop get phis at the merge, frame states are rebuilt from them.

import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';

const MAX_NODES = 1000;

const isStateLike = (n: Node): boolean =>
  n.opcode === 'FrameState' || n.opcode === 'StateValues' || n.opcode === 'ObjectState';
const isPhi = (n: Node): boolean => n.opcode === 'Phi' || n.opcode === 'EffectPhi';
const isTerminal = (n: Node): boolean => n.opcode === 'Return' || n.opcode === 'Throw' || n.opcode === 'Deoptimize';

const controlInputs = (node: Node): Node[] =>
  node.inputs.slice(node.controlIndex, node.controlIndex + node.op.controlIn);

/** Peels every innermost loop that allows it; whether any did. The marks of the ways out go. */
export function peelLoops(graph: Graph): number {
  let count = 0;
  for (const node of graph.reachable()) if (node.opcode === 'Loop' && new Peeler(graph, node).run()) count++;
  for (const node of graph.reachable())
    if (node.opcode === 'LoopExitEffect') {
      node.replaceUses(node.effect);
      node.kill();
    }
  return count;
}

class Peeler {
  private readonly graph: Graph;
  private readonly loop: Node;
  private readonly control = new Set<Node>();
  private readonly body = new Set<Node>();
  private readonly copies = new Map<Node, Node>();
  private readonly outsideValues = new Map<Node, Node>();
  /** Where ways out of the loop meet. */
  private readonly joins: Node[] = [];

  constructor(graph: Graph, loop: Node) {
    this.graph = graph;
    this.loop = loop;
  }

  run(): boolean {
    const { loop } = this;
    if (loop.inputs.length !== 2) return false;
    if (!this.collectControl()) return false;
    const exits = this.findExits();
    if (exits === undefined) return false;
    this.collectBody(exits.terminals);
    if (this.body.size > MAX_NODES) return false;
    if (!this.isClosed(exits.main)) return false;
    this.peel(exits.main, exits.terminals);
    return true;
  }

  /** Control nodes on the way back; false if there is another loop among them. */
  private collectControl(): boolean {
    const stack = [this.loop.inputs[1]!];
    this.control.add(this.loop);
    while (stack.length > 0) {
      const node = stack.pop()!;
      if (this.control.has(node)) continue;
      if (node.opcode === 'Loop' || node === this.graph.start || this.control.size > MAX_NODES) return false;
      this.control.add(node);
      for (let i = 0; i < node.op.controlIn; i++) stack.push(node.inputs[node.controlIndex + i]!);
    }
    return true;
  }

  /** The one exit that goes on, and the ends of those that do not. */
  private findExits(): { main: Node | undefined; terminals: ReadonlySet<Node> } | undefined {
    const left = new Set<Node>();
    const ending = new Map<Node, Set<Node>>();
    for (const c of this.control)
      for (const { user, index } of c.uses)
        if (
          user.isControlUse(index) &&
          user.op.controlOut > 0 &&
          !this.control.has(user) &&
          user.opcode !== 'Terminate'
        ) {
          const region = this.terminalRegion(user);
          if (region === undefined) left.add(user);
          else ending.set(user, region);
        }
    // What ends is copied with the body, if nothing but ways out of the loop comes there.
    for (let again = true; again; ) {
      again = false;
      const within = new Set([...this.control, ...[...ending.values()].flatMap((region) => [...region])]);
      for (const [start, region] of ending)
        if (![...region].every((node) => controlInputs(node).every((input) => within.has(input)))) {
          ending.delete(start);
          left.add(start);
          again = true;
        }
    }
    const terminals = new Set<Node>();
    for (const region of ending.values())
      for (const node of region) {
        this.control.add(node);
        if (isTerminal(node)) terminals.add(node);
      }
    this.joinExits(left);
    if (left.size > 1) return undefined;
    const [main] = left;
    if (main === undefined || this.control.has(main)) return { main, terminals };
    const onlyMerges = main.opcode === 'Merge' || main.opcode === 'Loop' || main.opcode === 'End';
    return onlyMerges || main.op.controlIn !== 1 ? undefined : { main, terminals };
  }

  /** Ways out that meet at once (`break`, and the condition that no longer holds) are one: with their merge, it is the body. */
  private joinExits(exits: Set<Node>): void {
    const next = (node: Node): Node[] =>
      node.uses.filter(({ user, index }) => user.isControlUse(index) && user.op.controlOut > 0).map(({ user }) => user);
    for (let again = exits.size > 1; again; ) {
      again = false;
      for (const exit of exits) {
        const [merge, ...more] = next(exit);
        if (merge?.opcode !== 'Merge' || more.length > 0) continue;
        if (!controlInputs(merge).every((input) => exits.has(input) || this.control.has(input))) continue;
        for (const input of controlInputs(merge)) {
          exits.delete(input);
          this.control.add(input);
        }
        this.control.add(merge);
        this.joins.push(merge);
        exits.add(merge);
        again = exits.size > 1;
        break;
      }
    }
  }

  /** Everything from `start` on, if that is little and ends. */
  private terminalRegion(start: Node): Set<Node> | undefined {
    const region = new Set<Node>();
    const stack = [start];
    while (stack.length > 0) {
      const node = stack.pop()!;
      if (region.has(node)) continue;
      if (node.opcode === 'Loop' || node.opcode === 'End' || region.size > 24) return undefined;
      region.add(node);
      if (isTerminal(node)) continue;
      for (const { user, index } of node.uses) if (user.isControlUse(index) && user.op.controlOut > 0) stack.push(user);
    }
    return region;
  }

  /** Nodes that the iteration computes: needed by its ends and dependent on the loop. */
  private collectBody(terminals: ReadonlySet<Node>): void {
    const { loop } = this;
    const needed = new Set<Node>();
    const stack: Node[] = [loop, loop.inputs[1]!, ...terminals, ...this.control];
    for (const { user, index } of loop.uses) {
      if (!isPhi(user) || !user.isControlUse(index)) continue;
      needed.add(user);
      stack.push(user.inputs[1]!);
    }
    for (const join of this.joins) for (const { user } of join.uses) if (isPhi(user)) stack.push(user);
    while (stack.length > 0) {
      const node = stack.pop()!;
      // What stands elsewhere is not the iteration's: an outer loop's phis lead round to everything.
      if (needed.has(node) || (node.op.controlIn > 0 && !this.isWithin(node))) continue;
      needed.add(node);
      if (node === loop || (isPhi(node) && node.control === loop)) continue;
      for (const input of node.inputs) stack.push(input);
    }
    // Dependent: reached from the loop through uses within `needed`.
    const out: Node[] = [loop];
    while (out.length > 0) {
      const node = out.pop()!;
      if (this.body.has(node)) continue;
      this.body.add(node);
      for (const { user } of node.uses)
        if (needed.has(user) && user.opcode !== 'End' && user.opcode !== 'Terminate') out.push(user);
    }
  }

  /** Whether the node may be the iteration's, as far as control says: loads that hang on the start are where their effect is. */
  private isWithin(node: Node): boolean {
    if (this.control.has(node)) return true;
    const floats = node.op.controlOut === 0;
    return controlInputs(node).some((input) => this.control.has(input) || (floats && input === this.graph.start));
  }

  /** Whether nothing outside hangs on the body's control but the exit. */
  private isClosed(main: Node | undefined): boolean {
    for (const node of this.control) if (!this.body.has(node)) return false;
    for (const node of this.body) {
      if (node.op.controlOut > 0 && !this.control.has(node)) return false;
      for (const { user, index } of node.uses) {
        if (this.body.has(user) || user === main || user.opcode === 'End') continue;
        if (user.opcode === 'Terminate' && node !== this.loop && !(isPhi(node) && node.control === this.loop))
          return false;
        if (user.opcode === 'Terminate') continue;
        if (user.isControlUse(index) && node !== main) return false;
        if (main === undefined) return false;
        if (
          node.op.valueOut > 0 &&
          node.op.row.category === 'common' &&
          ['BeginRegion', 'ObjectId'].includes(node.opcode)
        )
          return false;
      }
      if (node.opcode === 'BeginRegion' && node.uses.some(({ user }) => !this.body.has(user))) return false;
    }
    return true;
  }

  private copyOf(node: Node): Node {
    return this.copies.get(node) ?? node;
  }

  private peel(main: Node | undefined, terminals: ReadonlySet<Node>): void {
    const { graph, loop, body, copies } = this;
    copies.set(loop, loop.inputs[0]!);
    const phis: Node[] = [];
    for (const { user, index } of loop.uses) {
      if (!isPhi(user) || !user.isControlUse(index) || !body.has(user)) continue;
      phis.push(user);
      copies.set(user, user.inputs[0]!);
    }
    const copied: Node[] = [];
    for (const node of body) {
      if (copies.has(node)) continue;
      const copy = graph.newNodeWithOperator(node.op, []);
      copy.type = node.type;
      copy.machineType = node.machineType;
      copy.position = node.position;
      copy.inliningId = node.inliningId;
      copy.bytecodeOffset = node.bytecodeOffset;
      copies.set(node, copy);
      this.made.add(copy);
      copied.push(node);
    }
    for (const node of copied) {
      const copy = copies.get(node)!;
      for (const input of node.inputs) copy.appendInput(this.copyOf(input));
    }
    const isInside = (node: Node): boolean => body.has(node);
    graph.debugPoints?.copy(isInside, (node) => this.copyOf(node));
    for (const end of terminals) graph.mergeToEnd(copies.get(end)!);
    if (main !== undefined) this.joinExit(main);
    graph.debugPoints?.leave(isInside, ({ node, kind }) =>
      (kind === 'effect' ? this.outsideValues : this.outsideNodes).get(node),
    );
    // The loop goes on with the second iteration.
    const entries = phis.map((phi) => this.copyOf(phi.inputs[1]!));
    const entry = this.copyOf(loop.inputs[1]!);
    phis.forEach((phi, i) => void phi.replaceInput(0, entries[i]!));
    loop.replaceInput(0, entry);
  }

  private joinExit(main: Node): void {
    const { graph, body } = this;
    // What is used outside, before anything new uses it.
    const outer: { node: Node; user: Node; index: number }[] = [];
    for (const node of body) {
      for (const { user, index } of node.uses) {
        if (
          body.has(user) ||
          user === main ||
          (node === main && user.isControlUse(index)) ||
          user.opcode === 'End' ||
          user.opcode === 'Terminate' ||
          this.made.has(user)
        )
          continue;
        outer.push({ node, user, index });
      }
    }
    const copy = this.copies.get(main) ?? this.copyExit(main);
    const merge = graph.newNode('Merge', undefined, [], { controlIn: 0 });
    for (const { user, index } of [...main.uses]) if (!body.has(user)) user.replaceInput(index, merge);
    merge.appendInput(copy);
    merge.appendInput(main);
    merge.op = graph.merge([copy, main]).op;
    main.moveWeakUses(undefined, undefined, merge);
    for (const { node, user, index } of outer) {
      if (user.isEffectUse(index)) {
        user.replaceInput(index, this.outside(node, merge));
      } else user.replaceInput(index, this.outsideValue(node, merge));
    }
  }

  private copyExit(main: Node): Node {
    const copy = this.graph.newNodeWithOperator(main.op, []);
    copy.position = main.position;
    copy.inliningId = main.inliningId;
    copy.bytecodeOffset = main.bytecodeOffset;
    for (const input of main.inputs) copy.appendInput(this.copyOf(input));
    return copy;
  }

  /** What was made for the first iteration; where the loop's phis begin is none of it. */
  private readonly made = new Set<Node>();

  private outsideValue(node: Node, merge: Node): Node {
    return this.outside(node, merge, true);
  }

  /** What `node` of the body is after the join. */
  private outside(node: Node, merge: Node, value = false): Node {
    if (!this.body.has(node)) return node;
    const known = (value ? this.outsideNodes : this.outsideValues).get(node);
    if (known !== undefined) return known;
    let out: Node;
    if (isStateLike(node)) {
      out = this.graph.newNodeWithOperator(node.op, []);
      for (const input of node.inputs) out.appendInput(this.outside(input, merge, true));
    } else if (!value && node.op.effectOut > 0) out = this.graph.effectPhi([this.copyOf(node), node], merge);
    else {
      out = this.graph.phi([this.copyOf(node), node], merge);
      out.machineType = node.machineType;
      out.type = node.type;
    }
    (value ? this.outsideNodes : this.outsideValues).set(node, out);
    return out;
  }

  private readonly outsideNodes = new Map<Node, Node>();
}
