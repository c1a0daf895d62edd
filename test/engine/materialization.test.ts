// Objects that escape analysis removed, from the compiler to the resumed program. What this compiler removes: object literals
// that are only read, guarded and mentioned by frame states, nested ones too. It does not remove arrays, arguments objects,
// rest arrays, contexts, closures or cycles: those are allocated, and the second test says that they come through a bailout
// as they are. src/engine/deoptimizer/materializer.test.ts has their translations by hand.

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
    f(usual, 2); f(usual, 3);
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
// captured objects anew (identity within a frame, across frames); EscapeAnalysis.run without a round (nothing was captured).
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
test('R20: objects that are not removed come through as they are: arrays, arguments, rest, contexts, closures, cycles', () => {
  const bodies: readonly [string, string][] = [
    ['const a = [1.5, x + 0.5], v = o.k; if (v === 5) return a; return a[0] + v;', '[ 1.5, 6.5 ]\n'],
    ['const a = arguments, v = o.k; if (v === 5) return [a.length, a[1]]; return a[1] + v;', '[ 2, 6 ]\n'],
    [
      'let c = x; const inc = () => c++, v = o.k; if (v === 5) return [inc(), inc(), c]; return c + v;',
      '[ 6, 7, 8 ]\n',
    ],
    [
      'const a = { p: x }; a.self = a; const v = o.k; if (v === 5) return [a.self === a, a.p]; return v;',
      '[ true, 6 ]\n',
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
