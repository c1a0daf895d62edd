// Graph verifier (V8: verifier.cc). Rules; each error names its rule and the node:
//   V1  a node has exactly the inputs its operator asks for
//   V2  uses are the inverse of inputs
//   V3  an effect input has an effect output, a control input a control output, a value input a value output
//   V4  a phi has as many inputs as its merge or loop, and its control is one
//   V5  a branch has at most one IfTrue and one IfFalse
//   V6  a frame state input is a FrameState (or Start, Dead), whose first three inputs are (Typed)StateValues
//   V7  Start has no inputs; every control chain ends at Start
//   V8  after linearization only machine-level operators remain
//   V9  (R11) every value of a TypedStateValues or TypedObjectState has a machine type from which the deoptimizer can rebuild
//       the tagged value, and the type agrees with the value's own representation

import { isStateValues } from './frame-states.ts';
import type { Graph } from './graph.ts';
import { isTagged, machineTypeName, Rep, translationRepresentation } from './machine-type.ts';
import { machineTypeOf, type Node } from './node.ts';

export class VerificationError extends Error {
  readonly rule: string;
  /** @param at what breaks the rule: a node, an instruction */
  constructor(rule: string, at: { toString(): string }, what: string) {
    super(`${rule}: ${what} at ${at}`);
    this.rule = rule;
    this.name = 'VerificationError';
  }
}

export function verifyGraph(graph: Graph, level: 'any' | 'machine' = 'any'): void {
  for (const node of graph.reachable()) verifyNode(node, graph, level);
}

function verifyNode(node: Node, graph: Graph, level: 'any' | 'machine'): void {
  const fail = (rule: string, what: string): never => {
    throw new VerificationError(rule, node, what);
  };
  const { op } = node;
  if (node.inputs.length !== node.inputCount)
    fail('V1', `${op.opcode} wants ${node.inputCount} inputs, has ${node.inputs.length}`);
  node.inputs.forEach((input, i) => {
    if (!input.uses.some((u) => u.user === node && u.index === i))
      fail('V2', `input ${i} (${input}) does not know this use`);
    if (input.opcode === 'Dead') return;
    if (node.isEffectUse(i)) {
      if (input.op.effectOut === 0) fail('V3', `effect input ${i} (${input}) has no effect output`);
    } else if (node.isControlUse(i)) {
      if (input.op.controlOut === 0) fail('V3', `control input ${i} (${input}) has no control output`);
    } else if (input.op.valueOut === 0) fail('V3', `value input ${i} (${input}) has no value output`);
  });
  if (node.opcode === 'Phi' || node.opcode === 'EffectPhi') {
    const merge = node.control;
    const count = node.opcode === 'Phi' ? op.valueIn : op.effectIn;
    if (merge.opcode !== 'Merge' && merge.opcode !== 'Loop') fail('V4', `the phi hangs on ${merge}`);
    if (merge.inputs.length !== count) fail('V4', `the phi has ${count} inputs, ${merge} has ${merge.inputs.length}`);
  }
  if (node.opcode === 'Branch') {
    for (const kind of ['IfTrue', 'IfFalse'])
      if (node.uses.filter((u) => u.user.opcode === kind).length > 1) fail('V5', `two ${kind}`);
  }
  for (let i = 0; i < op.frameStateIn; i++) {
    const state = node.inputs[node.frameStateIndex + i]!;
    if (state.opcode !== 'FrameState' && state !== graph.start && state.opcode !== 'Dead')
      fail('V6', `frame state input is ${state}`);
  }
  if (node.opcode === 'FrameState')
    for (let i = 0; i < 3; i++) if (!isStateValues(node.inputs[i]!)) fail('V6', `input ${i} is ${node.inputs[i]}`);
  if (node === graph.start && node.inputs.length > 0) fail('V7', 'Start has inputs');
  if (level === 'machine') {
    if (!op.row.machine) fail('V8', `${node.opcode} is not a machine-level operator`);
  }
  if (node.opcode === 'TypedStateValues' || node.opcode === 'TypedObjectState') {
    const p = node.parameterOf('TypedStateValues', 'TypedObjectState');
    node.inputs.forEach((input, i) => {
      if (isStateValues(input) || input.opcode === 'TypedObjectState' || input.opcode === 'ObjectId') return;
      const type = p.types?.[i];
      if (type === undefined || translationRepresentation(type) === undefined)
        fail(
          'V9',
          `value ${i} (${input}) has type ${type === undefined ? 'none' : machineTypeName(type)}: its tagged value could not be rebuilt`,
        );
      if (level === 'machine') {
        const own = machineTypeOf(input);
        const agrees = isTagged(type!.rep)
          ? isTagged(own.rep)
          : own.rep === type!.rep || (own.rep === Rep.Bit && type!.rep === Rep.Word32); // a bit is the number 0 or 1
        if (!agrees)
          fail(
            'V9',
            `value ${i} (${input}) is ${machineTypeName(own)} but would be rebuilt as ${machineTypeName(type!)}`,
          );
      }
    });
  }
}
