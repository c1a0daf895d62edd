// What sites of literals, spreads and typed arrays learn, as %GetFeedback says it; the reference's words are recorded in test/corpus.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Program } from './program.ts';

/** The slots of `f` after each of the calls, one list a call: kind and state. */
function learned(f: string, calls: readonly string[]): string[][] {
  const shown = calls.map((call) => `${call}; console.log(JSON.stringify(%GetFeedback(f)));`);
  const output = new Program(`${f}\n%EnsureFeedbackVectorForFunction(f);\n${shown.join('\n')}`).run();
  return output
    .split('\n')
    .filter((line) => line.startsWith('['))
    .map((line) =>
      (JSON.parse(line) as ([string, string] | null)[])
        .filter((slot) => slot !== null)
        .map(([kind, text]) => `${kind} ${text.split('\n')[0]!.trim()}`),
    );
}

const slot = (states: readonly string[][], kind: string): (string | undefined)[] =>
  states.map((slots) => slots.find((text) => text.startsWith(kind))?.slice(kind.length + 1));

// Seen to fail: the site made at the second run only.
test('an array literal begins as what the first one became', () => {
  const states = learned("function f(x) { return [x, 'a' + x]; }", ['f(1)', 'f(2)', 'f(3)']);
  assert.deepEqual(slot(states, 'StoreInArrayLiteral'), ['MONOMORPHIC', 'MONOMORPHIC', 'MONOMORPHIC']);
});

// Seen to fail: a second map remembered beside the first; the map not looked at; a name that is not internalized remembered.
test('a definition in a literal remembers one map and one name', () => {
  const states = learned('function f(a, k) { return { ...a, [k]: 1 }; }', [
    "f({ x: 1 }, 'k')",
    "f({ x: 2 }, 'k')",
    "f({ y: 1 }, 'k')",
  ]);
  assert.deepEqual(slot(states, 'DefineKeyedOwnPropertyInLiteral'), ['MONOMORPHIC', 'MONOMORPHIC', 'MEGAMORPHIC']);
  const names = learned('function f(a, k) { return { ...a, [k]: 1 }; }', ["f({ x: 1 }, 'k')", "f({ x: 1 }, 'l')"]);
  assert.deepEqual(slot(names, 'DefineKeyedOwnPropertyInLiteral'), ['MONOMORPHIC', 'MEGAMORPHIC']);
  const made = learned('function f(a, k) { return { ...a, [k]: 1 }; }', ["f({ x: 1 }, ['some', 'thing'].join('-'))"]);
  assert.deepEqual(slot(made, 'DefineKeyedOwnPropertyInLiteral'), ['MEGAMORPHIC']);
});

// Seen to fail: the optimized clone made without its site.
test('a clone in optimized code learns', () => {
  const states = learned('function f(a) { return { ...a }; }', [
    'f({ x: 1 })',
    '%PrepareFunctionForOptimization(f); f({ x: 1 }); %OptimizeFunctionOnNextCall(f); f({ y: 1 })',
  ]);
  assert.deepEqual(slot(states, 'CloneObject'), ['MONOMORPHIC', 'POLYMORPHIC']);
});

// Seen to fail: Smis loaded where the site knows the array, for typed arrays or at all.
test('a site that knows arrays of doubles loads HeapNumbers', () => {
  const f = 'function f(a) { return a[0] + 1; }';
  for (const [array, sum] of [
    ['new Float64Array(1)', 'Number'],
    ['new Float32Array(1)', 'Number'],
    ['[0, 1.5]', 'Number'],
    ['new Int32Array(1)', 'SignedSmall'],
  ]) {
    const states = learned(`const a = ${array}; ${f}`, ['f(a)', 'f(a)']);
    assert.deepEqual(slot(states, 'BinaryOp'), ['BinaryOp:SignedSmall', `BinaryOp:${sum}`], array);
  }
});

// Seen to fail: a string taken for a miss.
test("a typed array's store converts whatever comes, and learns nothing", () => {
  const states = learned('const t = new Float64Array(1); function f(v) { t[0] = v; }', ['f(1)', "f('2')", 'f({})']);
  assert.deepEqual(slot(states, 'StoreKeyedSloppy'), ['MONOMORPHIC', 'MONOMORPHIC', 'MONOMORPHIC']);
});

// Seen to fail: every store of the field recorded anew, so that its function never became hot and stable.
test('the store of a private field learns once', () => {
  const program = `class Fields { #b = 2; constructor(c) { this.c = c; } }
for (let i = 0; i < 3500; i++) new Fields(i);`;
  const marks = new Program(program, ['--trace-opt']).run().match(/^\[marking .*JSFunction Fields /gm);
  assert.equal(marks?.length, 2, 'the constructor and the function that initializes fields');
});
