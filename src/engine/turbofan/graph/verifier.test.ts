import assert from 'node:assert/strict';
import { test } from 'node:test';
import { operator } from '../operators/operators.ts';
import { StateValuesCache, stateValuesOf } from './frame-states.ts';
import { Graph } from './graph.ts';
import { printGraph } from './graph-printer.ts';
import { MachineTypes } from './machine-type.ts';
import type { Node } from './node.ts';
import { FrameStateType, ignoreOutput, type StateValuesParameters } from './parameters.ts';
import { VerificationError, verifyGraph } from './verifier.ts';

/** Start → Return(Int32Add(1, 2)) → End. */
function simple(): { graph: Graph; add: Node; ret: Node } {
  const graph = new Graph();
  const add = graph.newNode('Int32Add', undefined, [graph.int32(1), graph.int32(2)]);
  const ret = graph.newNode('Return', undefined, [add, graph.start, graph.start], { valueIn: 1 });
  graph.mergeToEnd(ret);
  return { graph, add, ret };
}

function frameState(graph: Graph, values: readonly (Node | undefined)[]): Node {
  const cache = new StateValuesCache(graph);
  const info = {
    type: FrameStateType.Unoptimized,
    bailoutId: 0,
    combine: ignoreOutput,
    parameterCount: 1,
    localCount: values.length,
    sharedInfo: 0,
    bytecodeArray: 0,
  };
  const context = graph.newNode('Parameter', -4, [graph.start]);
  return graph.newNode('FrameState', info, [
    cache.get([context]),
    cache.get(values),
    cache.get([undefined]),
    context,
    context,
    graph.start,
  ]);
}

const breaks = (rule: string, graph: Graph, level: 'any' | 'machine' = 'any'): void => {
  assert.throws(
    () => verifyGraph(graph, level),
    (e: unknown) => e instanceof VerificationError && e.rule === rule,
    `expected ${rule}`,
  );
};

// Seen to fail: printNode naming inputs by number only.
test('R2: a well-formed graph verifies, and its dump names every node', () => {
  const { graph } = simple();
  verifyGraph(graph, 'machine');
  assert.match(printGraph(graph), /Int32Add\(#\d+:Int32Constant, #\d+:Int32Constant\)/);
});

test('V1: wrong number of inputs', () => {
  const { graph, add } = simple();
  add.appendInput(graph.int32(3));
  breaks('V1', graph);
});

test('V2: a use that is not recorded', () => {
  const { graph, add } = simple();
  add.inputs[0]!.uses.length = 0;
  breaks('V2', graph);
});

test('V3: an effect input without an effect output', () => {
  const { graph, ret, add } = simple();
  ret.replaceInput(1, add);
  breaks('V3', graph);
});

test('V4: a phi with fewer inputs than its merge', () => {
  const { graph, ret } = simple();
  const branch = graph.newNode('Branch', { hint: 0 }, [graph.int32(1), graph.start]);
  const merge = graph.merge([
    graph.newNode('IfTrue', undefined, [branch]),
    graph.newNode('IfFalse', undefined, [branch]),
  ]);
  const phi = graph.phi([graph.int32(1)], merge, MachineTypes.Int32);
  ret.replaceInput(0, phi);
  ret.replaceInput(2, merge);
  breaks('V4', graph);
});

test('V5: a branch with two true projections', () => {
  const { graph, ret } = simple();
  const branch = graph.newNode('Branch', { hint: 0 }, [graph.int32(1), graph.start]);
  ret.replaceInput(
    2,
    graph.merge([graph.newNode('IfTrue', undefined, [branch]), graph.newNode('IfTrue', undefined, [branch])]),
  );
  breaks('V5', graph);
});

// Seen to fail: the first check of V6 taken out, then the second.
test('V6: a frame state that is something else (R9)', () => {
  const { graph, ret, add } = simple();
  const deopt = graph.newNode('DeoptimizeIf', { reason: 0, feedback: undefined }, [
    graph.int32(0),
    add,
    graph.start,
    graph.start,
  ]);
  ret.replaceInput(1, deopt);
  ret.replaceInput(2, deopt);
  breaks('V6', graph);
  const state = frameState(graph, []);
  deopt.replaceInput(1, state);
  verifyGraph(graph);
  state.replaceInput(1, state.inputs[3]!); // a context where the locals belong
  breaks('V6', graph);
});

test('V8: a simplified operator after linearization', () => {
  const { graph, ret } = simple();
  ret.replaceInput(0, graph.newNode('NumberAdd', undefined, [graph.int32(1), graph.int32(2)]));
  breaks('V8', graph, 'machine');
});

// Seen to fail: V9 without translationRepresentation.
test('R11: a truncated BigInt without its semantic cannot be rebuilt, so the graph is rejected (V9)', () => {
  const { graph, ret } = simple();
  const word = graph.newNode('TruncateInt64ToInt32', undefined, [graph.int64(5n)]);
  const state = frameState(graph, [word]);
  const locals = state.inputs[1]!;
  const typed = (type: (typeof MachineTypes)[keyof typeof MachineTypes]): void => {
    locals.op = operator('TypedStateValues', { present: [true], types: [type] } satisfies StateValuesParameters, {
      valueIn: 1,
    });
  };
  const deopt = graph.newNode('DeoptimizeIf', { reason: 0, feedback: undefined }, [
    graph.int32(0),
    state,
    graph.start,
    graph.start,
  ]);
  ret.replaceInput(1, deopt);
  ret.replaceInput(2, deopt);
  typed(MachineTypes.Pointer); // a word64 that is no number and no BigInt
  breaks('V9', graph);
  typed(MachineTypes.None);
  breaks('V9', graph);
  typed(MachineTypes.Int32);
  verifyGraph(graph);
});

// Seen to fail: V9 without `agrees`.
test('R11: a frame state type that disagrees with the value is rejected (V9)', () => {
  const { graph, ret } = simple();
  const double = graph.float64(1.5);
  const state = frameState(graph, [double]);
  for (let i = 0; i < 3; i++) {
    const node = state.inputs[i]!;
    const p = node.parameterOf('StateValues', 'TypedStateValues');
    node.op = operator(
      'TypedStateValues',
      { present: p.present, types: node.inputs.map(() => MachineTypes.AnyTagged) },
      { valueIn: node.inputs.length },
    );
  }
  const deopt = graph.newNode('DeoptimizeIf', { reason: 0, feedback: undefined }, [
    graph.int32(0),
    state,
    graph.start,
    graph.start,
  ]);
  ret.replaceInput(1, deopt);
  ret.replaceInput(2, deopt);
  breaks('V9', graph, 'machine');
});

// Seen to fail: StateValuesCache never cutting a list; stateValuesOf skipping what is optimized out.
test('R9: state values are sparse, nested lists that read back flat', () => {
  const graph = new Graph();
  const cache = new StateValuesCache(graph);
  const values: (Node | undefined)[] = Array.from({ length: 40 }, (_, i) => (i % 3 === 0 ? undefined : graph.int32(i)));
  const tree = cache.get(values);
  assert.ok(
    tree.inputs.some((n) => n.opcode === 'StateValues'),
    'more than eight live values make a tree',
  );
  assert.ok(tree.inputs.length <= 8);
  assert.deepEqual(
    stateValuesOf(tree).map((v) => v?.node),
    values,
  );
  assert.equal(cache.get(values), tree, 'equal lists are shared');
});
