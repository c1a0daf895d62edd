// The verifier's rules of control (V10 – V16, in prose in verifier.ts).

import type { ControlFlow } from './control-flow.ts';
import type { Graph } from './graph.ts';
import type { Node } from './node.ts';
import type { GraphLevel, Report } from './verifier.ts';

const TERMINATORS: ReadonlySet<string> = new Set(['Return', 'Throw', 'Deoptimize', 'Terminate']);

export function verifyControl(
  graph: Graph,
  nodes: readonly Node[],
  flow: ControlFlow,
  level: GraphLevel,
  report: Report,
): void {
  for (const node of nodes) {
    if (node.op.controlOut > 0 || node.opcode === 'End') verifyControlNode(node, graph, flow, report);
    // Dead code elimination makes of a loop that never goes back what it is.
    if (node.opcode === 'Loop' && node.inputs.length < 2 && level !== 'built') report('V14', node, 'no way back');
    if (node.opcode === 'Projection') verifyProjection(node, report);
    else if (node.op.valueIn > 0) verifyValues(node, report);
  }
}

function verifyControlNode(node: Node, graph: Graph, flow: ControlFlow, report: Report): void {
  if (!flow.has(node)) return report('V10', node, 'control never gets here from Start');
  switch (node.opcode) {
    case 'End':
      return verifyEnd(node, report);
    case 'Branch':
      return verifyBranch(node, flow, report);
    case 'Merge':
      verifyMerge(node, flow, report);
      break;
    case 'Loop':
      verifyLoop(node, flow, report);
      break;
    case 'IfTrue':
    case 'IfFalse':
      if (node.control.opcode !== 'Branch') report('V11', node, `${node.opcode} of ${node.control}`);
      break;
    case 'IfSuccess':
    case 'IfException':
      if (!canThrow(node.control)) report('V12', node, `${node.opcode} of ${node.control}`);
      break;
    case 'Terminate':
      verifyTerminate(node, report);
      break;
  }
  if (TERMINATORS.has(node.opcode)) verifyTerminator(node, graph, flow, report);
  else verifySuccessors(node, flow, report);
}

/** Operators with a value, an effect and control can throw; what is known never to is not asked. */
const canThrow = (node: Node): boolean => node.op.effectOut > 0 && node.op.controlOut > 0 && node.opcode !== 'Start';

function verifyBranch(node: Node, flow: ControlFlow, report: Report): void {
  const successors = flow.successors(node);
  for (const kind of ['IfTrue', 'IfFalse'])
    if (!successors.some((s) => s.opcode === kind)) report('V11', node, `no ${kind}`);
  for (const s of successors)
    if (s.opcode !== 'IfTrue' && s.opcode !== 'IfFalse') report('V11', node, `goes on to ${s}`);
}

/** One way on; a node that throws into a handler has two. */
function verifySuccessors(node: Node, flow: ControlFlow, report: Report): void {
  const successors = flow.successors(node).filter((s) => s.opcode !== 'Terminate' || node.opcode !== 'Loop');
  const exceptions = successors.filter((s) => s.opcode === 'IfException');
  if (exceptions.length > 0) {
    if (exceptions.length > 1 || successors.length !== 2 || !successors.some((s) => s.opcode === 'IfSuccess'))
      report('V12', node, `throws into a handler and goes on to ${successors.join(', ')}`);
  } else if (successors.length !== 1)
    report('V13', node, successors.length === 0 ? 'control ends here' : `control goes on to ${successors.join(', ')}`);
}

function verifyMerge(node: Node, flow: ControlFlow, report: Report): void {
  if (node.inputs.length === 0) report('V14', node, 'joins nothing');
  for (const input of node.inputs)
    if (flow.has(input) && flow.dominates(node, input))
      report('V14', node, `a way back (${input}) into what is no loop`);
}

function verifyLoop(node: Node, flow: ControlFlow, report: Report): void {
  node.inputs.forEach((input, i) => {
    if (!flow.has(input)) return;
    const isBack = flow.dominates(node, input);
    if (i === 0 && isBack) report('V14', node, `the entry (${input}) comes from inside`);
    if (i > 0 && !isBack) report('V14', node, `back edge ${i} (${input}) comes from outside`);
  });
}

function verifyEnd(node: Node, report: Report): void {
  for (const input of node.inputs)
    if (!TERMINATORS.has(input.opcode) && input.opcode !== 'Dead') report('V15', node, `collects ${input}`);
}

function verifyTerminator(node: Node, graph: Graph, flow: ControlFlow, report: Report): void {
  const successors = flow.successors(node);
  if (successors.length !== 1 || successors[0] !== graph.end)
    report('V15', node, `goes on to ${successors.join(', ') || 'nothing'}`);
}

function verifyTerminate(node: Node, report: Report): void {
  const [effect, loop] = [node.inputs[0]!, node.control];
  if (loop.opcode !== 'Loop') report('V15', node, `keeps ${loop} alive, no loop`);
  else if (effect.opcode !== 'EffectPhi' || effect.control !== loop) report('V15', node, `its effect is ${effect}`);
}

/** A projection names one of several results. */
function verifyProjection(node: Node, report: Report): void {
  const { index } = node.parameterOf('Projection');
  const { valueOut } = node.value(0).op;
  if (index < 0 || index >= valueOut || valueOut < 2)
    report('V16', node, `result ${index} of ${node.value(0)}, which has ${valueOut}`);
}

/** … and is the only way to get one. */
function verifyValues(node: Node, report: Report): void {
  for (let i = 0; i < node.op.valueIn; i++) {
    const input = node.value(i);
    if (input.op.valueOut > 1) report('V16', node, `uses ${input} as one value`);
  }
}
