// Graph verifier (V8: verifier.cc). `--turbo-verify` runs it after every phase. Rules; each error names its rule and the node:
//
// Inputs and uses (verifier.ts), in every graph
//   V1  a node has exactly the inputs its operator asks for
//   V2  uses are the inverse of inputs: every input knows this use, every use is an input
//   V3  an effect input has an effect output, a control input a control output, a value input a value output
//   V4  a phi has as many inputs as its merge or loop, and its control is one
//   V5  a branch has at most one IfTrue and one IfFalse
//   V6  a frame state input is a FrameState (or Start, Dead), whose first three inputs are (Typed)StateValues
//   V7  Start has no inputs
//   V8  after linearization only machine-level operators remain
//   V9  (R11) every value of a TypedStateValues or TypedObjectState has a machine type from which the deoptimizer can rebuild
//       the tagged value; the machine type agrees with the value's own representation, and what would be rebuilt contains the
//       value's type: no uint32 is read as an int32, no BigInt as a Number, nothing but a number as a double
//
// Control (verifier-control.ts)
//   V10 every control node is reached from Start: nothing that End collects hangs on control that never runs, and nothing on Dead
//   V11 a Branch goes on to IfTrue and IfFalse and nothing else, and these project branches only
//   V12 what throws into a handler goes on to one IfException and one IfSuccess and nothing else, and these project nodes that
//       have an effect and control only
//   V13 every other control output is used by exactly one control node (a Terminate beside it does not count)
//   V14 no way into a Merge comes from itself; a Loop has, beside its entry, at least one back edge, and back edges come from
//       inside (as built from bytecode, a loop whose body always leaves has its entry only)
//   V15 End collects Return, Throw, Deoptimize and Terminate only, and these go on to End only; a Terminate stands on a Loop
//       and its effect phi
//   V16 a node with several results is used through Projections only, and a Projection names a result that there is
//
// Availability (verifier-dominance.ts), along control and effect: a floating node stands where its inputs can be had
//   V17 nothing depends on itself but through a phi of a loop
//   V18 each use of a value or effect is dominated by its definition: by the end of the predecessor for a phi; what a call with a
//       handler gives is there after its IfSuccess
//   V19 after linearization effects are chains: two nodes that go on from the same effect lie on different ways
//
// Representations (verifier-representations.ts), from simplified lowering on
//   V20 the representation of each value input is what the operator takes (its row's `takes`), a phi's inputs are its own's
//   V21 a word that is read as an int32 is not typed as a uint32 beyond it, nor the other way round
//   V22 a node's type can stand in its machine type: a BigInt is no Number in a word64, nothing but a number is a double …
//
// Reduction (graph-reducer.ts), after each run of reducers
//   V23 no reducer would change any node once more
//
// A broken rule can make the later groups meaningless: they run when the earlier found nothing.

import { ControlFlow } from './control-flow.ts';
import { isStateValues } from './frame-states.ts';
import type { Graph } from './graph.ts';
import type { Node } from './node.ts';
import { verifyControl } from './verifier-control.ts';
import { verifyDominance } from './verifier-dominance.ts';
import { verifyOwnType, verifyStateValues, verifyUses } from './verifier-representations.ts';

/** How far a graph is: from which phase on rules hold. */
export type GraphLevel = 'built' | 'any' | 'representations' | 'machine';

const hasRepresentations = (level: GraphLevel): boolean => level === 'representations' || level === 'machine';

/** Takes what breaks a rule. */
export type Report = (rule: string, node: Node, what: string) => void;

export class VerificationError extends Error {
  readonly rule: string;
  /** @param at what breaks the rule: a node, an instruction */
  constructor(rule: string, at: { toString(): string }, what: string) {
    super(`${rule}: ${what} at ${at}`);
    this.rule = rule;
    this.name = 'VerificationError';
  }
}

/** Throws the first error of the whole graph; its message names the phase that left it. */
export function verifyGraph(graph: Graph, level: GraphLevel = 'any', phase?: string): void {
  const [error] = graphErrors(graph, level);
  if (error === undefined) return;
  if (phase !== undefined) error.message += ` after ${phase}`;
  throw error;
}

/** Throws the first error of a node by itself (V1 – V9): what every compilation asks. */
export function verifyNodes(graph: Graph, level: GraphLevel = 'any'): void {
  const report: Report = (rule, node, what) => {
    throw new VerificationError(rule, node, what);
  };
  for (const node of graph.reachable()) verifyNode(node, graph, level, report);
}

/** Everything that breaks a rule, group by group. */
export function graphErrors(graph: Graph, level: GraphLevel): readonly VerificationError[] {
  const errors: VerificationError[] = [];
  const report: Report = (rule, node, what) => void errors.push(new VerificationError(rule, node, what));
  const nodes = graph.reachable();
  for (const node of nodes) verifyNode(node, graph, level, report);
  if (errors.length > 0) return errors;
  const flow = new ControlFlow(graph, nodes);
  verifyControl(graph, nodes, flow, level, report);
  if (errors.length > 0) return errors;
  verifyDominance(nodes, flow, level === 'machine', report);
  if (errors.length > 0 || !hasRepresentations(level)) return errors;
  for (const node of nodes) {
    verifyUses(node, level === 'machine', report);
    verifyOwnType(node, report);
  }
  return errors;
}

function verifyNode(node: Node, graph: Graph, level: GraphLevel, report: Report): void {
  const { op } = node;
  if (node.inputs.length !== node.inputCount)
    return report('V1', node, `${op.opcode} wants ${node.inputCount} inputs, has ${node.inputs.length}`);
  verifyUseLists(node, report);
  node.inputs.forEach((input, i) => void verifyKind(node, input, i, report));
  if (node.opcode === 'Phi' || node.opcode === 'EffectPhi') verifyPhi(node, report);
  if (node.opcode === 'Branch') verifyProjections(node, report);
  verifyFrameStates(node, graph, report);
  if (node === graph.start && node.inputs.length > 0) report('V7', node, 'Start has inputs');
  if (level === 'machine' && !op.row.machine) report('V8', node, `${node.opcode} is not a machine-level operator`);
  if (node.opcode === 'TypedStateValues' || node.opcode === 'TypedObjectState')
    verifyStateValues(node, hasRepresentations(level), report);
}

function verifyUseLists(node: Node, report: Report): void {
  node.inputs.forEach((input, i) => {
    if (!input.uses.some((u) => u.user === node && u.index === i))
      report('V2', node, `input ${i} (${input}) does not know this use`);
  });
  for (const { user, index } of node.uses)
    if (user.inputs[index] !== node) report('V2', node, `${user} does not use it as input ${index}`);
}

function verifyKind(node: Node, input: Node, index: number, report: Report): void {
  if (input.opcode === 'Dead') return;
  const { valueOut, effectOut, controlOut } = input.op;
  const [kind, out] = node.isEffectUse(index)
    ? ['effect', effectOut]
    : node.isControlUse(index)
      ? ['control', controlOut]
      : ['value', valueOut];
  if (out === 0) report('V3', node, `${kind} input ${index} (${input}) has no ${kind} output`);
}

function verifyPhi(node: Node, report: Report): void {
  const merge = node.control;
  const count = node.opcode === 'Phi' ? node.op.valueIn : node.op.effectIn;
  if (merge.opcode !== 'Merge' && merge.opcode !== 'Loop') report('V4', node, `the phi hangs on ${merge}`);
  else if (merge.inputs.length !== count)
    report('V4', node, `the phi has ${count} inputs, ${merge} has ${merge.inputs.length}`);
}

function verifyProjections(node: Node, report: Report): void {
  for (const kind of ['IfTrue', 'IfFalse'])
    if (node.uses.filter((u) => u.user.opcode === kind).length > 1) report('V5', node, `two ${kind}`);
}

function verifyFrameStates(node: Node, graph: Graph, report: Report): void {
  for (let i = 0; i < node.op.frameStateIn; i++) {
    const state = node.inputs[node.frameStateIndex + i]!;
    if (state.opcode !== 'FrameState' && state !== graph.start && state.opcode !== 'Dead')
      report('V6', node, `frame state input is ${state}`);
  }
  if (node.opcode !== 'FrameState') return;
  for (let i = 0; i < 3; i++)
    if (!isStateValues(node.inputs[i]!)) report('V6', node, `input ${i} is ${node.inputs[i]}`);
}
