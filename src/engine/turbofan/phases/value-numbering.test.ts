// Value numbering, graph in and dump out. Test graphs return one value: Start → … → Return → End.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Graph } from '../graph/graph.ts';
import { printGraph } from '../graph/graph-printer.ts';
import { MachineTypes } from '../graph/machine-type.ts';
import type { Node } from '../graph/node.ts';
import { CheckForMinusZero } from '../graph/parameters.ts';
import { intersect, Types } from '../graph/types.ts';
import { verifyGraph } from '../graph/verifier.ts';
import { valueNumbering } from './value-numbering.ts';

/** Numbers the values of `a ⊕ b` and checks that the graph is still well-formed; whether the two became one. */
function merged(make: (graph: Graph, parameter: (i: number) => Node) => readonly [Node, Node]): boolean {
  const graph = new Graph();
  const parameters = [0, 1, 2].map((i) => graph.newNode('Parameter', i, [graph.start]));
  const [a, b] = make(graph, (i) => parameters[i]!);
  const both = graph.newNode('Int32Sub', undefined, [a, b]);
  graph.mergeToEnd(graph.newNode('Return', undefined, [both, graph.start, graph.start], { valueIn: 1 }));
  verifyGraph(graph);
  valueNumbering(graph);
  verifyGraph(graph);
  return both.inputs[0] === both.inputs[1];
}

// Seen to fail: `node.replaceUses(same)` taken out.
test('equal pure nodes become one, in chains too', () => {
  const graph = new Graph();
  const x = graph.newNode('Parameter', 0, [graph.start]);
  const chain = (): Node => {
    const add = graph.newNode('Int32Add', undefined, [x, graph.int32(1)]);
    return graph.newNode('Int32Mul', undefined, [add, add]);
  };
  const sub = graph.newNode('Int32Sub', undefined, [chain(), chain()]);
  graph.mergeToEnd(graph.newNode('Return', undefined, [sub, graph.start, graph.start], { valueIn: 1 }));
  valueNumbering(graph);
  verifyGraph(graph);
  const count = (opcode: string): number => printGraph(graph).split(`:${opcode}(#`).length - 1;
  assert.deepEqual([count('Int32Add'), count('Int32Mul')], [1, 1]);
  assert.equal(sub.inputs[0], sub.inputs[1]);
});

// Seen to fail, in the order of the rows: the key without the operator, without its parameter, without the inputs, without the
// machine type; without `row.pure` and `effectIn > 0`; without APART.
test('what differs stays apart', () => {
  const unlike: readonly (readonly [string, Parameters<typeof merged>[0]])[] = [
    [
      'operators',
      (g, p) => [g.newNode('Int32Add', undefined, [p(0), p(1)]), g.newNode('Int32Mul', undefined, [p(0), p(1)])],
    ],
    [
      'parameters',
      (g, p) => [
        g.newNode('ChangeFloat64ToTagged', { minusZero: CheckForMinusZero.Check }, [p(0)]),
        g.newNode('ChangeFloat64ToTagged', { minusZero: CheckForMinusZero.DontCheck }, [p(0)]),
      ],
    ],
    [
      'inputs',
      (g, p) => [g.newNode('Int32Add', undefined, [p(0), p(1)]), g.newNode('Int32Add', undefined, [p(0), p(2)])],
    ],
    [
      'machine types',
      (g, p) => {
        const [a, b] = [0, 1].map(() => g.newNode('Word32And', undefined, [p(0), p(1)])) as [Node, Node];
        a.machineType = MachineTypes.Int32;
        b.machineType = MachineTypes.Uint32;
        return [a, b];
      },
    ],
    [
      'loads',
      (g, p) =>
        [0, 1].map(() => g.newNode('Load', { type: MachineTypes.Int32 }, [p(0), p(1), g.start, g.start])) as [
          Node,
          Node,
        ],
    ],
    [
      'reads through a checked string',
      (g, p) => [0, 1].map(() => g.newNode('StringLength', undefined, [p(0)])) as [Node, Node],
    ],
  ];
  for (const [what, make] of unlike) assert.equal(merged(make), false, what);
  assert.equal(
    merged(
      (g, p) =>
        [0, 1].map(() => g.newNode('ChangeFloat64ToTagged', { minusZero: CheckForMinusZero.DontCheck }, [p(0)])) as [
          Node,
          Node,
        ],
    ),
    true,
    'equal parameters that are different objects',
  );
});

// Seen to fail: `same.type = type` taken out; and the `continue` for disjoint types taken out.
test('the node that stays has what both types say; nodes of disjoint types stay apart', () => {
  const typed = (first: typeof Types.Any, second: typeof Types.Any): { one: boolean; node: Node } => {
    let node: Node | undefined;
    const one = merged((g, p) => {
      const [a, b] = [0, 1].map(() => g.newNode('NumberAdd', undefined, [p(0), p(1)])) as [Node, Node];
      a.type = first;
      b.type = second;
      node = a;
      return [a, b];
    });
    return { one, node: node! };
  };
  const { one, node } = typed(Types.Number, Types.SignedSmall);
  assert.equal(one, true);
  assert.deepEqual(node.type, intersect(Types.Number, Types.SignedSmall));
  assert.equal(typed(Types.SignedSmall, Types.String).one, false);
});
