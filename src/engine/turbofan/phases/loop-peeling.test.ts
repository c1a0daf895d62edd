// Loop peeling, graph in and behaviour out: a small evaluator runs the graph before and after, so that a wrong phi, entry or
// exit shows as a wrong number, and the shape says that an iteration stands before the loop.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Graph } from '../graph/graph.ts';
import { MachineTypes } from '../graph/machine-type.ts';
import type { Node } from '../graph/node.ts';
import { verifyGraph } from '../graph/verifier.ts';
import { peelLoops } from './loop-peeling.ts';

/**
 * `if (-1 < n) { let i = 0, s = 10; while (i < n) { s = s * 3 + i; i = i + 1; <body> } return s - i; } return -5;` with the extra
 * body of a test. The two returns are one, behind a merge, so that the loop's exit goes on; `returns` makes them two.
 */
function countingLoop(
  body?: (graph: Graph, loop: Loop) => Node,
  returns = false,
): { graph: Graph; loop: Node; entry: Node; exit: Node } {
  const graph = new Graph();
  const n = graph.newNode('Parameter', 0, [graph.start]);
  const test = graph.newNode('Int32LessThan', undefined, [graph.int32(-1), n]);
  const outer = graph.newNode('Branch', { hint: 0 }, [test, graph.start]);
  const entry = graph.newNode('IfTrue', undefined, [outer]);
  const around = graph.newNode('IfFalse', undefined, [outer]);
  const loop = graph.newNode('Loop', undefined, [entry, entry], { controlIn: 2 });
  const effect = graph.effectPhi([graph.start, graph.start], loop);
  const i = graph.phi([graph.int32(0), graph.int32(0)], loop, MachineTypes.Int32);
  const s = graph.phi([graph.int32(10), graph.int32(0)], loop, MachineTypes.Int32);
  const branch = graph.newNode('Branch', { hint: 0 }, [graph.newNode('Int32LessThan', undefined, [i, n]), loop]);
  const stay = graph.newNode('IfTrue', undefined, [branch]);
  const exit = graph.newNode('IfFalse', undefined, [branch]);
  const tripled = graph.newNode('Int32Mul', undefined, [s, graph.int32(3)]);
  s.replaceInput(1, graph.newNode('Int32Add', undefined, [tripled, i]));
  i.replaceInput(1, graph.newNode('Int32Add', undefined, [i, graph.int32(1)]));
  loop.replaceInput(1, body?.(graph, { i, s, stay, effect }) ?? stay);
  effect.replaceInput(1, effect);
  const result = graph.newNode('Int32Sub', undefined, [s, i]);
  const leave = (value: Node, e: Node, control: Node): void =>
    graph.mergeToEnd(graph.newNode('Return', undefined, [value, e, control], { valueIn: 1 }));
  if (returns) {
    leave(result, effect, exit);
    leave(graph.int32(-5), graph.start, around);
  } else {
    const merge = graph.merge([exit, around]);
    const value = graph.phi([result, graph.int32(-5)], merge, MachineTypes.Int32);
    leave(value, graph.effectPhi([effect, graph.start], merge), merge);
  }
  graph.mergeToEnd(graph.newNode('Terminate', undefined, [effect, loop]));
  return { graph, loop, entry, exit };
}

interface Loop {
  readonly i: Node;
  readonly s: Node;
  readonly stay: Node;
  readonly effect: Node;
}

const expected = (n: number): [result: number, branches: number] => {
  if (n < 0) return [-5, 1];
  let [i, s] = [0, 10];
  while (i < n) {
    s = (Math.imul(s, 3) + i) | 0;
    i++;
  }
  return [s - i, n + 2];
};

/** Runs a graph of int32 arithmetic and control: [result, branches on the way]. Phis take the value of the way that control came. */
function evaluate(graph: Graph, parameter: number): [result: number, branches: number] {
  const phis = new Map<Node, number>();
  const value = (node: Node): number => {
    switch (node.opcode) {
      case 'Parameter':
        return parameter;
      case 'Int32Constant':
        return node.parameterOf('Int32Constant');
      case 'Phi':
        return phis.get(node)!;
      case 'Int32Add':
        return (value(node.value(0)) + value(node.value(1))) | 0;
      case 'Int32Sub':
        return (value(node.value(0)) - value(node.value(1))) | 0;
      case 'Int32Mul':
        return Math.imul(value(node.value(0)), value(node.value(1)));
      case 'Int32LessThan':
        return value(node.value(0)) < value(node.value(1)) ? 1 : 0;
      default:
        throw new Error(`cannot evaluate ${node}`);
    }
  };
  const controlUser = (node: Node, accept: (user: Node) => boolean): { user: Node; index: number } =>
    node.uses.find(({ user, index }) => user.isControlUse(index) && user.op.controlOut > 0 && accept(user))!;
  let at = graph.start;
  let branches = 0;
  for (let steps = 0; steps < 10_000; steps++) {
    if (at.opcode === 'Return') return [value(at.value(0)), branches];
    if (at.opcode === 'Branch') branches++;
    const wanted = at.opcode === 'Branch' ? (value(at.value(0)) !== 0 ? 'IfTrue' : 'IfFalse') : undefined;
    const { user, index } = controlUser(at, (u) =>
      wanted === undefined ? u.opcode !== 'Terminate' : u.opcode === wanted,
    );
    if (user.opcode === 'Loop' || user.opcode === 'Merge') {
      const joined = user.uses.filter((use) => use.user.opcode === 'Phi' && use.user.isControlUse(use.index));
      const values = joined.map((use) => value(use.user.value(index)));
      joined.forEach((use, k) => void phis.set(use.user, values[k]!));
    }
    at = user;
  }
  throw new Error('does not end');
}

// Seen to fail: `loop.replaceInput(0, entry)` taken out; `phi.replaceInput(0, …)` taken out (an iteration too many, its branches
// say); the node itself for `outsideValue` (wrong for a loop that ends in its first iteration).
test('the first iteration stands before the loop, and the function computes the same', () => {
  for (const n of [-1, 0, 1, 2, 7]) {
    const { graph, loop, entry } = countingLoop();
    verifyGraph(graph);
    assert.deepEqual(evaluate(graph, n), expected(n), `before, n = ${n}`);
    assert.equal(peelLoops(graph), 1);
    verifyGraph(graph);
    assert.deepEqual(evaluate(graph, n), expected(n), `after, n = ${n}`);
    // entry → Branch′ → IfTrue′ → Loop: the loop is entered from the copied test only.
    const copy = loop.inputs[0]!;
    assert.equal(copy.opcode, 'IfTrue');
    assert.equal(copy.inputs[0]!.control, entry);
  }
});

// Seen to fail: joinExit taken out: what follows the loop hung on the loop's own exit.
test('both ways out meet in a merge, with a phi for each value used afterwards', () => {
  const { graph, exit } = countingLoop();
  peelLoops(graph);
  const result = graph.end.inputs.find((node) => node.opcode === 'Return')!;
  const join = result.control.inputs[0]!;
  assert.equal(join.opcode, 'Merge');
  assert.equal(join.inputs[1], exit);
  const difference = result.value(0).value(0);
  assert.deepEqual(
    difference.inputs.map((node) => [node.opcode, node.control === join]),
    [
      ['Phi', true],
      ['Phi', true],
    ],
  );
  assert.equal(result.effect.inputs[0]!.opcode, 'EffectPhi');
});

// Seen to fail: `isClosed`, the look for a second way on and the look for a Loop all taken out (they back each other up);
// MAX_NODES of 0 (nothing was peeled).
test('outer loops and loops with two ways on are left alone', () => {
  const nested = countingLoop((graph, { stay, effect }) => {
    const inner = graph.newNode('Loop', undefined, [stay, stay], { controlIn: 2 });
    const innerEffect = graph.effectPhi([effect, effect], inner);
    innerEffect.replaceInput(1, innerEffect);
    const branch = graph.newNode('Branch', { hint: 0 }, [graph.newNode('Parameter', 1, [graph.start]), inner]);
    inner.replaceInput(1, graph.newNode('IfTrue', undefined, [branch]));
    graph.mergeToEnd(graph.newNode('Terminate', undefined, [innerEffect, inner]));
    return graph.newNode('IfFalse', undefined, [branch]);
  });
  verifyGraph(nested.graph);
  assert.equal(peelLoops(nested.graph), 1, 'the inner loop only');
  assert.equal(nested.loop.inputs[0], nested.entry);

  const graph = twoWaysOn();
  verifyGraph(graph);
  const before = graph.nodeCount;
  assert.equal(peelLoops(graph), 0);
  assert.equal(graph.nodeCount, before, 'nothing was made');
});

/** `if (n < -9) return n; while (true) { if (n < 0) break; if (n < 1) { if (n < -1) return n; break; } } return n;`, with one return. */
function twoWaysOn(): Graph {
  const graph = new Graph();
  const n = graph.newNode('Parameter', 0, [graph.start]);
  const split = (k: number, at: Node): [Node, Node] => {
    const less = graph.newNode('Int32LessThan', undefined, [n, graph.int32(k)]);
    const branch = graph.newNode('Branch', { hint: 0 }, [less, at]);
    return [graph.newNode('IfTrue', undefined, [branch]), graph.newNode('IfFalse', undefined, [branch])];
  };
  const [around, entry] = split(-9, graph.start);
  const loop = graph.newNode('Loop', undefined, [entry, entry], { controlIn: 2 });
  const effect = graph.effectPhi([graph.start, graph.start], loop);
  effect.replaceInput(1, effect);
  const [first, on] = split(0, loop);
  const [second, back] = split(1, on);
  loop.replaceInput(1, back);
  const merge = graph.merge([first, ...split(-1, second), around]);
  const out = graph.effectPhi([effect, effect, effect, graph.start], merge);
  graph.mergeToEnd(graph.newNode('Return', undefined, [n, out, merge], { valueIn: 1 }));
  graph.mergeToEnd(graph.newNode('Terminate', undefined, [effect, loop]));
  return graph;
}

// Seen to fail: `joinExits` taken out: the loop has two ways on.
test('ways out that meet at once are one', () => {
  const rest = countingLoop((graph, { i, stay }) => {
    const branch = graph.newNode('Branch', { hint: 0 }, [
      graph.newNode('Int32LessThan', undefined, [graph.int32(3), i]),
      stay,
    ]);
    return graph.newNode('IfFalse', undefined, [branch]);
  });
  // The loop breaks after the fifth iteration: its way out joins the exit, with the same values.
  const { graph, exit } = rest;
  const branch = rest.loop.inputs[1]!.control;
  const leave = graph.newNode('IfTrue', undefined, [branch]);
  const merge = exit.uses.find(({ user }) => user.opcode === 'Merge')!.user;
  const join = graph.merge([exit, leave]);
  merge.replaceInput(0, join);
  verifyGraph(graph);
  const results = [-1, 0, 1, 3, 9].map((n) => evaluate(graph, n)[0]);
  assert.equal(peelLoops(graph), 1);
  verifyGraph(graph);
  assert.deepEqual(
    [-1, 0, 1, 3, 9].map((n) => evaluate(graph, n)[0]),
    results,
  );
});

// Seen to fail: `mergeToEnd(copies.get(end)!)` taken out: the copied Return hung in the air.
test('a way out that ends in a Return is copied with the body', () => {
  const returning = countingLoop((graph, { i, s, stay, effect }) => {
    const limit = graph.newNode('Int32LessThan', undefined, [graph.int32(4), i]);
    const branch = graph.newNode('Branch', { hint: 0 }, [limit, stay]);
    const leave = graph.newNode('IfTrue', undefined, [branch]);
    graph.mergeToEnd(graph.newNode('Return', undefined, [s, effect, leave], { valueIn: 1 }));
    return graph.newNode('IfFalse', undefined, [branch]);
  }, true);
  const { graph } = returning;
  const results = [0, 3, 9].map((n) => evaluate(graph, n));
  assert.equal(peelLoops(graph), 1);
  verifyGraph(graph);
  assert.deepEqual(
    [0, 3, 9].map((n) => evaluate(graph, n)),
    results,
  );
  assert.equal(graph.end.inputs.filter((node) => node.opcode === 'Return').length, 5, 'two more, and the one around');
});
