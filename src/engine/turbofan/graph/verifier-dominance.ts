// The verifier's rules of availability (V17 – V19, in prose in verifier.ts).
//
// Where a node's value can be had is a control node: the last of those where its inputs can be had, or the one it is bound to. A
// node floats below that place, so its uses are dominated by it exactly if the places of all inputs lie on one line to Start.
//
//   phi, control node      bound to its merge, to itself
//   call with a handler    its value and effect are there on the way of IfSuccess only
//   everything else        the latest place of its inputs, the control input included

import type { ControlFlow } from './control-flow.ts';
import type { Node } from './node.ts';
import type { Report } from './verifier.ts';

export function verifyDominance(nodes: readonly Node[], flow: ControlFlow, isLinear: boolean, report: Report): void {
  const places = new Places(flow, report);
  for (const node of nodes) places.of(node);
  if (places.foundCycle) return;
  for (const node of nodes) {
    if (isPhi(node)) verifyPhi(node, places, flow, report);
    else if (places.isBound(node)) verifyBound(node, places, flow, report);
  }
  if (isLinear) for (const node of nodes) if (node.op.effectOut > 0) verifyEffects(node, places, flow, report);
}

const isPhi = (node: Node): boolean => node.opcode === 'Phi' || node.opcode === 'EffectPhi';

/** Where each node's value can be had. */
class Places {
  foundCycle = false;
  private readonly known = new Map<Node, Node>();
  private readonly successes = new Map<Node, Node>();
  private readonly flow: ControlFlow;
  private readonly report: Report;

  constructor(flow: ControlFlow, report: Report) {
    this.flow = flow;
    this.report = report;
    for (const node of flow.order) {
      if (node.opcode === 'IfSuccess') this.successes.set(node.control, node);
    }
  }

  isBound(node: Node): boolean {
    return this.flow.has(node);
  }

  /** Where node's own inputs must be available, or its value is. */
  of(root: Node): Node {
    const stack = [root];
    const open = new Set<Node>();
    while (stack.length > 0) {
      const node = stack[stack.length - 1]!;
      if (this.known.has(node)) {
        stack.pop();
        continue;
      }
      const bound = this.bound(node);
      const missing = bound !== undefined ? undefined : node.inputs.find((input) => !this.known.has(input));
      if (missing === undefined) {
        this.known.set(node, bound ?? this.latest(node));
        open.delete(node);
        stack.pop();
      } else if (open.has(missing)) {
        this.report('V17', node, `depends on itself through ${missing}`);
        this.foundCycle = true;
        this.known.set(node, this.flow.order[0]!);
      } else {
        open.add(node);
        stack.push(missing);
      }
    }
    return this.known.get(root)!;
  }

  private bound(node: Node): Node | undefined {
    if (this.flow.has(node)) return this.successes.get(node) ?? node;
    return isPhi(node) ? node.control : undefined;
  }

  /** Input `index` of `user`: a control input is there at the control node itself. */
  ofInput(user: Node, index: number): Node {
    const input = user.inputs[index]!;
    return user.isControlUse(index) && this.flow.has(input) ? input : this.of(input);
  }

  private latest(node: Node): Node {
    let place = this.flow.order[0]!;
    for (let i = 0; i < node.inputs.length; i++) {
      const other = this.ofInput(node, i);
      if (!this.flow.has(other)) continue; // V10 says so
      if (this.flow.dominates(place, other)) place = other;
      else if (!this.flow.dominates(other, place))
        this.report('V18', node, `input ${i} (${node.inputs[i]}) is not there where the others are`);
    }
    return place;
  }
}

/** A control node's inputs are there before it: values and effects. */
function verifyBound(node: Node, places: Places, flow: ControlFlow, report: Report): void {
  if (node.opcode === 'Merge' || node.opcode === 'Loop' || node.opcode === 'End') return;
  for (let i = 0; i < node.controlIndex; i++) {
    if (node.opcode === 'IfException') continue; // both inputs are the call's
    const place = places.of(node.inputs[i]!);
    if (flow.has(place) && !(flow.dominates(place, node) && place !== node))
      report('V18', node, `input ${i} (${node.inputs[i]}) is not there yet`);
  }
}

function verifyPhi(node: Node, places: Places, flow: ControlFlow, report: Report): void {
  const merge = node.control;
  if (!flow.has(merge)) return;
  merge.inputs.forEach((from, i) => {
    const place = places.of(node.inputs[i]!);
    if (flow.has(place) && flow.has(from) && !flow.dominates(place, from))
      report('V18', node, `input ${i} (${node.inputs[i]}) is not there on the way from ${from}`);
  });
}

/** Two that go on from one effect lie on different ways. */
function verifyEffects(node: Node, places: Places, flow: ControlFlow, report: Report): void {
  const users: { user: Node; place: Node }[] = [];
  for (const { user, index } of node.uses) {
    if (!user.isEffectUse(index) || user.opcode === 'Terminate') continue;
    if (user.opcode === 'EffectPhi') users.push({ user, place: user.control.inputs[index]! });
    else if (user.opcode !== 'IfException') users.push({ user, place: places.of(user) });
  }
  for (let i = 0; i < users.length; i++)
    for (let k = 0; k < i; k++) {
      const [a, b] = [users[i]!, users[k]!];
      if (flow.dominates(a.place, b.place) || flow.dominates(b.place, a.place))
        report('V19', node, `both ${b.user} and ${a.user} go on from its effect`);
    }
}
