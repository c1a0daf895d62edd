// R15: a bailout in the middle of a method that calls back goes on in the method's continuation: between two elements, and after the callback
// that it ended in, with its result; below a collection that moves everything.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Program } from './program.ts';

/** What a method gives when its callback `shock`s at the second of four elements, and what it gives undisturbed. */
const program = (body: string, shock: string): string => `
  let shocks = false;
  function g(a, x, i) { if (shocks && i === 1) { ${shock} } return x; }
  %NeverOptimizeFunction(g);
  function run(a) { ${body} }
  %PrepareFunctionForOptimization(run);
  for (let k = 0; k < 4; k++) run([1, 2, 3, 4]);
  const wanted = String(run([1, 2, 3, 4]));
  %OptimizeFunctionOnNextCall(run);
  const optimized = String(run([1, 2, 3, 4]));
  shocks = true;
  console.log(wanted + '|' + optimized + '|' + String(run([1, 2, 3, 4])));`;

const calls: Readonly<Record<string, readonly [body: string, result: string]>> = {
  forEach: ['let s = 0; a.forEach((x, i) => { s = s * 10 + g(a, x, i); }); return s;', '1234'],
  map: ['return a.map((x, i) => g(a, x, i) * 2);', '2,4,6,8'],
  filter: ['return a.filter((x, i) => g(a, x, i) !== 4);', '1,2,3'],
  find: ['return a.find((x, i) => g(a, x, i) === 3);', '3'],
  findIndex: ['return a.findIndex((x, i) => g(a, x, i) === 3);', '2'],
  some: ['return a.some((x, i) => g(a, x, i) === 3);', 'true'],
  every: ['return a.every((x, i) => g(a, x, i) !== 3);', 'false'],
  reduce: ['return a.reduce((s, x, i) => s * 10 + g(a, x, i));', '1234'],
  'reduce from a value': ['return a.reduce((s, x, i) => s * 10 + g(a, x, i), 7);', '71234'],
  reduceRight: ['return a.reduceRight((s, x, i) => s * 10 + g(a, x, i));', '4321'],
};
/** The array stays equal to itself, but has another map; the code is left when the callee returns. */
const shocks = {
  eager: 'a.another = 1;',
  lazy: '%DeoptimizeFunction(run);',
  'lazy, moved': '%DeoptimizeFunction(run); gc();',
};

// Seen to fail: each continuation with the loop begun one element later.
for (const [name, [body, result]] of Object.entries(calls))
  for (const [kind, shock] of Object.entries(shocks))
    test(`R15: ${name} goes on after a bailout (${kind})`, () => {
      const ran = new Program(program(body, shock), ['--expose-gc', '--verify-heap']);
      const kinds: string[] = [];
      ran.onPhase = (phase, { state }) => {
        if (phase === 'resume') kinds.push(...state!.frames.map((frame) => frame.kind));
      };
      assert.equal(ran.run(), `${result}|${result}|${result}\n`);
      assert.equal(ran.bailouts.length, 1);
      assert.ok(kinds.includes('javaScriptBuiltinContinuation'), kinds.join());
    });
