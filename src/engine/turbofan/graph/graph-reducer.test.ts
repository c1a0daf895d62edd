import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Graph } from './graph.ts';
import { type Editor, GraphReducer, type Reducer } from './graph-reducer.ts';
import type { Node } from './node.ts';
import { VerificationError } from './verifier.ts';

/** Return((1 + 0) + 0), tagged. */
function sum(): Graph {
  const graph = new Graph();
  const inner = graph.newNode('Int32Add', undefined, [graph.int32(1), graph.int32(0)]);
  const outer = graph.newNode('Int32Add', undefined, [inner, graph.int32(0)]);
  const smi = graph.newNode('BitcastWord32ToTaggedSigned', undefined, [outer]);
  graph.mergeToEnd(graph.newNode('Return', undefined, [smi, graph.start, graph.start], { valueIn: 1 }));
  return graph;
}

const isZero = (node: Node | undefined): boolean => node?.opcode === 'Int32Constant' && node.op.parameter === 0;

/** a + 0 is a. */
const withoutZero: Reducer = {
  name: 'WithoutZero',
  reduce: (node) => (node.opcode === 'Int32Add' && isZero(node.inputs[1]) ? node.inputs[0] : undefined),
};

const reduced = (reducers: readonly Reducer[]): GraphReducer => {
  const reducer = new GraphReducer(sum(), reducers);
  reducer.run();
  return reducer;
};

test('a run of reducers ends at its fixpoint', () => {
  const reducer = reduced([withoutZero]);
  reducer.assertFixpoint();
  assert.ok(!reducer.graph.reachable().some(({ opcode }) => opcode === 'Int32Add'));
});

// Seen to fail: assertFixpoint that asks nobody.
test('V23: a reducer that would change a node once more is found: it forgot to have the node visited again', () => {
  const forgetful: Reducer = {
    name: 'Forgetful',
    reduce(node: Node, editor: Editor): Node | undefined {
      // Its own input becomes another behind the back of those that looked at it.
      if (node.opcode === 'Return' && node.inputs[0]!.inputs[0]!.opcode === 'Int32Constant') {
        const add = editor.graph.newNode('Int32Add', undefined, [node.inputs[0]!.inputs[0]!, editor.graph.int32(0)]);
        node.inputs[0]!.replaceInput(0, add);
      }
      return undefined;
    },
  };
  const reducer = reduced([withoutZero, forgetful]);
  assert.throws(
    () => reducer.assertFixpoint(),
    (e: unknown) =>
      e instanceof VerificationError && e.rule === 'V23' && /WithoutZero would still make/.test(e.message),
  );
});
