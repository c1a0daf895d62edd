// Objects that escape analysis removed, from the compiler to the resumed program: literals, arrays, arguments of inlined calls, rest
// arrays, closures and their contexts, nested and in cycles. What stays is allocated, and the second test says that it comes through
// a bailout as it is. src/engine/deoptimizer/materializer.test.ts has translations by hand.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TranslatedValue } from '../../src/engine/deoptimizer/index.ts';
import { Program } from './program.ts';

interface Rebuilt {
  readonly output: string;
  /** Per frame, its captured (C) and duplicated (D) objects by number, fields in brackets. */
  readonly frames: readonly string[];
}

/** `f(o, x)` with `declarations` before it; its bailout comes when o.k is 5 for the first time. */
function rebuild(declarations: string, flags: readonly string[] = []): Rebuilt {
  const program = new Program(
    `const kept = {};
    ${declarations}
    const usual = { k: 1 };
    for (const each of [f, typeof g === 'function' ? g : f]) %PrepareFunctionForOptimization(each);
    for (let i = 0; i < 20; i++) f(usual, i);
    %OptimizeFunctionOnNextCall(f);
    f(usual, 4);
    console.log(f({ j: 0, k: 5 }, 6));`,
    flags,
  );
  const show = (value: TranslatedValue): string =>
    value.kind === 'captured'
      ? `C${value.objectIndex}[${value.children.map(show).join('')}]`
      : value.kind === 'duplicated'
        ? `D${value.objectIndex}`
        : '';
  const frames: string[] = [];
  program.onPhase = (phase, { state }) => {
    if (phase !== 'materialize') return;
    frames.push(...state!.frames.map((frame) => frame.values.map(show).join('')));
  };
  const output = program.run();
  assert.equal(program.bailouts.length, 1);
  return { output, frames };
}

// Seen to fail: Materializer.materialize without its last loop, so that fields stayed undefined; TranslatedState.valueOf making
// captured objects anew (identity within a frame, across frames); EscapeAnalysis.run without a walk (nothing was captured).
const removed: readonly [what: string, source: string, frames: readonly string[], output: string][] = [
  [
    'nested objects, with the box of a double field',
    `function f(o, x) {
      const a = { p: { q: x, r: 1.5 }, s: 's' }, v = o.k;
      if (v === 5) return [a.p.q, a.p.r, a.s, Object.keys(a), a.p === a.p];
      return a.p.q + v;
    }`,
    ['C0[C1[C2[]]]'],
    "[ 6, 1.5, 's', [ 'p', 's' ], true ]\n",
  ],
  [
    'one object in two places of one frame',
    `function f(o, x) {
      const a = { p: x }, b = { a, c: a }, v = o.k;
      if (v === 5) { a.p = 7; return [b.a === a, b.c === a, b.c.p]; }
      return b.a.p + v;
    }`,
    ['C0[]C1[D0D0]'],
    '[ true, true, 7 ]\n',
  ],
  [
    'one object in two frames',
    `function g(o, a) { const v = o.k; if (v === 5) kept.it = a; return a.p + v; }
    function f(o, x) {
      const a = { p: x };
      const r = g(o, a);
      return r > 10 ? [r, kept.it === a, a.p] : a.p + r;
    }`,
    ['C0[]', 'D0'],
    '[ 11, true, 6 ]\n',
  ],
  [
    'an array that was written to',
    `function f(o, x) { const a = [x, 1]; a[1] = x + 1; const v = o.k; if (v === 5) return [a.length, a[0], a[1]]; return a[0] + a[1] + v; }`,
    ['C0[C1[]]'],
    '[ 2, 6, 7 ]\n',
  ],
  [
    'objects that hold each other',
    `function f(o, x) {
      const a = { p: x, b: null }, b = { a };
      a.b = b;
      const v = o.k;
      return v === 5 ? [a.b.a === a, b.a.b === b, a.p] : a.b.a.p + v;
    }`,
    ['C0[C1[D0]]D1'],
    '[ true, true, 6 ]\n',
  ],
  [
    'a closure and its context, in the frame that runs it and in the one that made it',
    `function g(fn, y) { return fn(y) + 1; }
    function f(o, x) { let c = x; const add = (y) => { c += y; return o.k + c; }; return g(add, 1) + c; }`,
    ['C0[]', 'C1[D0]', 'D1D0'],
    '20\n',
  ],
  [
    'unmapped arguments of an inlined call',
    `function g(o, x) { 'use strict'; const a = arguments, v = o.k; if (v === 5) return [a.length, a[1], a[2]]; return a[1] + v; }
    function f(o, x) { return g(o, x, 7); }`,
    ['', '', 'C0[C1[]]'],
    '[ 3, 6, 7 ]\n',
  ],
  [
    'a rest array of an inlined call',
    `function g(o, ...r) { const v = o.k; if (v === 5) return [r.length, r[0], r[1]]; return r.length + v; }
    function f(o, x) { return g(o, x, 7); }`,
    ['', '', 'C0[C1[]]'],
    '[ 2, 6, 7 ]\n',
  ],
];

for (const [what, source, frames, output] of removed) {
  test(`R20: ${what}: removed, and rebuilt once`, () => {
    const rebuilt = rebuild(source);
    assert.deepEqual(rebuilt.frames, frames);
    assert.equal(rebuilt.output, output);
    assert.equal(rebuild(source, ['--gc-at-every-safepoint']).output, output);
  });
}

// Seen to fail: readMachineValue reading one slot too low.
test('R20: objects that are not removed come through as they are: arguments of the frame, boxed doubles, what a call is given', () => {
  const bodies: readonly [string, string][] = [
    ['const a = arguments, v = o.k; if (v === 5) return [a.length, a[1]]; return a[1] + v;', '[ 2, 6 ]\n'],
    ['const a = [x]; String(a); const v = o.k; if (v === 5) return a; return v;', '[ 6 ]\n'],
    [
      'let c = x; const inc = () => c++; String(inc); const v = o.k; if (v === 5) return [inc(), inc(), c]; return v;',
      '[ 6, 7, 8 ]\n',
    ],
  ];
  for (const [body, output] of bodies) {
    const { output: actual, frames } = rebuild(`function f(o, x) { ${body} }`);
    assert.deepEqual(frames, ['']);
    assert.equal(actual, output);
  }
  assert.equal(
    rebuild('function f(o, ...rest) { const v = o.k; if (v === 5) return rest; return rest.length + v; }').output,
    '[ 6 ]\n',
  );
});
