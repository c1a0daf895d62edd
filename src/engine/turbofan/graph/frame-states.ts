// Frame states as data: making StateValues trees and reading them back.
//
//   FrameState(parameters, locals, stack, context, function, outer)
//                  │          │      └ StateValues of the accumulator
//                  │          └ StateValues of r0 … rn
//                  └ StateValues of receiver, a0 … an
// A StateValues node has at most 8 inputs; longer lists are trees of them. A position that liveness calls dead has no input.

import type { Graph } from './graph.ts';
import { type MachineType, MachineTypes } from './machine-type.ts';
import { machineTypeOf, type Node } from './node.ts';
import { FrameStateInput, type StateValuesParameters, writtenInputs } from './parameters.ts';

/** Parameter indices beyond receiver (0) and arguments (1 … n). */
export enum ParameterIndex {
  Closure = -1,
  NewTarget = -2,
  ArgumentCount = -3,
  Context = -4,
}

/** OsrValue indices below 0; registers are ≥ 0. */
export enum OsrIndex {
  Context = -1,
  Accumulator = -2,
}

const MAX_INPUTS = 8;

/** Makes StateValues; equal ones are shared per instance (V8: StateValuesCache). */
export class StateValuesCache {
  private readonly graph: Graph;
  private readonly nodes = new Map<string, Node>();

  constructor(graph: Graph) {
    this.graph = graph;
  }

  /** A list; `undefined` = optimized out. */
  get(values: readonly (Node | undefined)[]): Node {
    return this.build(values);
  }

  private build(values: readonly (Node | undefined)[]): Node {
    let live = 0;
    for (const v of values) if (v !== undefined) live++;
    if (live <= MAX_INPUTS) return this.leaf(values.map((v) => v));
    // Cut into at most 8 chunks; each is a subtree standing for its whole list.
    const chunk = Math.max(MAX_INPUTS, Math.ceil(values.length / MAX_INPUTS));
    const parts: Node[] = [];
    for (let i = 0; i < values.length; i += chunk) parts.push(this.build(values.slice(i, i + chunk)));
    return this.leaf(parts);
  }

  private leaf(values: readonly (Node | undefined)[]): Node {
    const key = values.map((v) => (v === undefined ? '-' : v.id)).join();
    let node = this.nodes.get(key);
    if (node === undefined) {
      const inputs = values.filter((v): v is Node => v !== undefined);
      const parameter: StateValuesParameters = { present: values.map((v) => v !== undefined) };
      node = this.graph.newNode('StateValues', parameter, inputs, { valueIn: inputs.length });
      this.nodes.set(key, node);
    }
    return node;
  }
}

export interface StateValue {
  readonly node: Node;
  readonly type: MachineType;
}

export const isStateValues = (node: Node): boolean =>
  node.opcode === 'StateValues' || node.opcode === 'TypedStateValues';

/** The flat list that a (Typed)StateValues stands for; undefined = optimized out. */
export function stateValuesOf(node: Node): (StateValue | undefined)[] {
  const out: (StateValue | undefined)[] = [];
  collect(node, out);
  return out;
}

function collect(node: Node, out: (StateValue | undefined)[]): void {
  const { present, types } = node.parameterOf('StateValues', 'TypedStateValues');
  let input = 0;
  for (const here of present) {
    if (!here) {
      out.push(undefined);
      continue;
    }
    const value = node.inputs[input]!;
    if (isStateValues(value)) collect(value, out);
    else out.push({ node: value, type: types?.[input] ?? MachineTypes.AnyTagged });
    input++;
  }
}

/** The values of one frame, in the order of its translation; undefined = optimized out. */
export function frameStateValues(frameState: Node): (StateValue | undefined)[] {
  return writtenInputs[frameState.parameterOf('FrameState').type].flatMap((input) => {
    const node = frameState.inputs[input]!;
    if (input === FrameStateInput.Function || input === FrameStateInput.Context)
      return [{ node, type: machineTypeOf(node) }];
    return stateValuesOf(node);
  });
}

/** The outer frame state, or undefined for the outermost. */
export function outerFrameState(frameState: Node): Node | undefined {
  const outer = frameState.inputs[5]!;
  return outer.opcode === 'FrameState' ? outer : undefined;
}
