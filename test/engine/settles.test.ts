// Programs that met something else than their optimized code was made for, over and over: feedback widens, and the code settles.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Program } from './program.ts';

/** A program, and what the reference V8 13.6 does to its functions, in order: compilations and the reasons of bailouts. */
const programs: Readonly<Record<string, readonly [source: string, tiering: Readonly<Record<string, string>>]>> = {
  pastEnd: [
    `function get(a, i) { return a[i]; } const a = [1, 2, 3]; let n = 0; for (let i = 0; i < 30000; i++) n += get(a, i % 5) | 0;`,
    { get: 'compiled', script: 'compiled OSR' },
  ],
  computedNames: [
    `const o = { ab: 1 }; function get(k) { return o['a' + k]; } let n = 0; for (let i = 0; i < 30000; i++) n += get('b');`,
    { get: 'compiled', script: 'compiled OSR' },
  ],
  joinedNames: [
    `const o = { ab: 1 }; function get() { return o['a' + 'b']; } let n = 0; for (let i = 0; i < 30000; i++) n += get();`,
    { get: 'compiled', script: 'compiled OSR' },
  ],
  forInElements: [
    `function sum(a) { let s = 0; for (const i in a) s += a[i]; return s; } let n = 0; for (let i = 0; i < 20000; i++) n += sum([1, 2, 3]);`,
    { sum: 'compiled', script: 'compiled OSR' },
  ],
  textIndices: [
    `const a = [1, 2, 3]; function get(i) { return a[String(i)]; } let n = 0; for (let i = 0; i < 30000; i++) n += get(i % 3);`,
    { get: 'compiled', script: 'compiled OSR' },
  ],
  largeIndices: [
    `const a = [1, 2, 3]; function get(i) { return a[i]; } let n = 0; for (let i = 0; i < 30000; i++) n += get(i % 3 === 2 ? 4294967297 : i % 3) | 0;`,
    { get: 'compiled', script: 'compiled OSR' },
  ],
  unsignedIndices: [
    `const a = [1, 2, 3]; function get(i) { return a[i >>> 0]; } let n = 0; for (let i = 0; i < 30000; i++) n += get(i % 3 - 1) | 0;`,
    { get: 'compiled', script: 'compiled OSR' },
  ],
  smiReceivers: [
    `function get(o) { return o.x; } let n = 0; for (let i = 0; i < 30000; i++) n += get(i & 1 ? { x: 1 } : i) | 0;`,
    { get: 'compiled', script: 'compiled OSR' },
  ],
  numbersAndShapes: [
    `function get(o) { return o.toString; } const all = [1, { x: 1 }, { y: 1 }, 1.5]; let n = 0; for (let i = 0; i < 30000; i++) n += get(all[i & 3]) ? 1 : 0;`,
    { get: 'compiled', script: 'compiled OSR' },
  ],
  instanceofNumber: [
    `function is(a, b) { try { return a instanceof b; } catch { return false; } } let n = 0; for (let i = 0; i < 20000; i++) n += is({}, 1) ? 1 : 0;`,
    { is: 'compiled', script: 'compiled OSR' },
  ],
  lateLargeIndex: [
    `const a = [1, 2, 3]; function get(i) { return a[i]; } let n = 0; for (let i = 0; i < 60000; i++) n += get(i === 30000 ? 4294967297 : i % 3) | 0;`,
    { get: 'compiled', script: 'compiled OSR, out of bounds, compiled OSR' },
  ],
  kinds: [
    `function fill(w) { for (let i = 0; i < 8; i++) w[i] = i + 0.5; return w; } let n = 0; for (let i = 0; i < 20000; i++) n += fill(new Array(8)).length;`,
    { fill: 'compiled', script: 'compiled OSR' },
  ],
  literalKinds: [
    `function fill(w, v) { for (let i = 0; i < 4; i++) w[i] = v; return w; } let n = 0; for (let i = 0; i < 20000; i++) n += fill([0, 0, 0, 0], i & 1 ? 1.5 : 'x').length;`,
    { fill: 'compiled', script: 'compiled OSR' },
  ],
  objects: [
    `function fill(w) { for (let i = 0; i < 4; i++) w[i] = { i }; return w; } let n = 0; for (let i = 0; i < 20000; i++) n += fill([0, 0, 0, 0]).length;`,
    { fill: 'compiled', script: 'compiled OSR' },
  ],
  grow: [
    `function make(n) { const a = []; for (let i = 0; i < n; i++) a[i] = i; return a; } let n = 0; for (let i = 0; i < 10000; i++) n += make(i & 15).length;`,
    { make: 'compiled', script: 'compiled OSR' },
  ],
  holes: [
    `function sum(a) { let s = 0; for (let i = 0; i < a.length; i++) s += a[i] === undefined ? 1 : a[i]; return s; } let n = 0; for (let i = 0; i < 20000; i++) n += sum([1, , 3]) + sum([1.5, , 2.5]);`,
    { sum: 'compiled', script: 'compiled OSR' },
  ],
  charCode: [
    `function at(s, i) { return s.charCodeAt(i); } let n = 0; for (let i = 0; i < 30000; i++) n += at('abc', i % 5) | 0;`,
    { at: 'compiled, out of bounds, compiled', script: 'compiled OSR' },
  ],
  charCodeText: [
    `function at(s, i) { return s.charCodeAt(i); } let n = 0; for (let i = 0; i < 60000; i++) n += at('abc', i > 20000 && i % 5 === 0 ? '1' : i % 3) | 0;`,
    {
      at: 'compiled, not a heap number, compiled',
      script: 'compiled OSR, Insufficient type feedback for binary operation, compiled OSR',
    },
  ],
  charCodeMinusZero: [
    `function at(s, i) { return s.charCodeAt(i); } let n = 0; for (let i = 0; i < 60000; i++) n += at('abc', i > 20000 && i % 5 === 0 ? -0 : i % 3) | 0;`,
    {
      at: 'compiled, minus zero, compiled',
      script: 'compiled OSR, Insufficient type feedback for binary operation, compiled OSR',
    },
  ],
  stringIndex: [
    `function at(s, i) { return s[i]; } let n = 0; for (let i = 0; i < 30000; i++) n += at('abc', i % 5) === undefined ? 1 : 0;`,
    { at: 'compiled', script: 'compiled OSR' },
  ],
  literalIndex: [
    `function pick(i) { return [1, 2, 3][i]; } let n = 0; for (let i = 0; i < 30000; i++) n += pick(i % 5) | 0;`,
    { pick: 'compiled', script: 'compiled OSR' },
  ],
  closures: [
    `const N = 60000; let hits = 0; for (let j = 0; j < 5; j++) { const f = () => { hits++; }; for (let i = 0; i < N; i++) f(); }`,
    { f: 'compiled, compiled', script: 'compiled OSR, Insufficient type feedback for compare operation, compiled OSR' },
  ],
  inlinedArguments: [
    `function count() { return arguments.length + arguments[0]; } function rest(...r) { return r.length + r[0]; } function f(x) { const d = x * 1.5; return count(d, x | 0) + rest(d * 2, x); } let n = 0; for (let i = 0; i < 20000; i++) n += f(i);`,
    { f: 'compiled', script: 'compiled OSR' },
  ],
  primitives: [
    `function set(v) { v.y = 1; return v; } function call(v) { try { v(); } catch { return 1; } } function load(v) { try { return v.x; } catch { return 2; } } for (let i = 0; i < 20000; i++) { set(i); set('s'); call(i); load(undefined); load(null); }`,
    { set: 'compiled', load: 'compiled', call: 'compiled', script: 'compiled OSR' },
  ],
  constantNaN: [
    `const o = { a: 1 }; o.y = undefined - 1; function f() { o.y--; } for (let i = 0; i < 30000; i++) f();`,
    { f: 'compiled', script: 'compiled OSR' },
  ],
  arguments0: [
    `function f(a) { arguments[0] = 2; return arguments[5]; } for (let i = 0; i < 20000; i++) f(i);`,
    { script: 'compiled OSR' },
  ],
  cow: [
    `function f(a, i) { a[i] = 7; return a; } let n = 0; for (let i = 0; i < 20000; i++) n += f([1, 2, 3], i % 3)[0];`,
    { f: 'compiled', script: 'compiled OSR' },
  ],
  negative: [
    `function get(a, i) { return a[i]; } const a = [1, 2, 3]; let n = 0; for (let i = 0; i < 30000; i++) n += get(a, i % 3 - 1) | 0;`,
    { get: 'compiled', script: 'compiled OSR' },
  ],
  osrNested: [
    `function f(n) { let s = 0; for (let i = 0; i < n; i++) { for (let j = 0; j < 300; j++) s += j & i; s -= i; } return s; } let t = 0; for (let k = 0; k < 4; k++) t += f(100);`,
    { f: 'compiled OSR' },
  ],
  outdatedLiteral: [
    `function make(v) { return { a: Math.trunc(v), b: 2 }; }
    for (const v of [1, NaN, 2.5, 'x']) {
      %PrepareFunctionForOptimization(make);
      make(v), make(v), make(v);
      for (let i = 0; i < 4; i++) { %OptimizeFunctionOnNextCall(make); make(v), make(v); }
    }`,
    { make: 'compiled, lost precision or NaN, compiled, not a Number or Oddball, compiled' },
  ],
  osrKept: [
    `function f(n) { let s = 0; for (let i = 0; i < n; i++) s += i & 7; return s * 1.5 + (s | 0); } let t = 0; for (let k = 0; k < 5; k++) t += f(20000);`,
    { f: `compiled OSR${', Insufficient type feedback for binary operation'.repeat(5)}` },
  ],
  inLoop: [
    `const o = { a: 1, b: 2 }; function has(k) { return k in o; } let n = 0; for (let i = 0; i < 30000; i++) n += has(i & 1 ? 'a' : 'z') ? 1 : 0;`,
    { has: 'compiled', script: 'compiled OSR' },
  ],
};

const tieringOf = (trace: string): Record<string, string> => {
  const found: Record<string, string[]> = {};
  const note = (name: string | undefined, event: string): void => {
    const key = name || 'script';
    found[key] ??= [];
    found[key].push(event);
  };
  for (const line of trace.split('\n')) {
    const bailout = /^\[bailout \(kind: [^,]*, reason: ([^)]*)\).*?<JSFunction ?([^ ]*) \(sfi/.exec(line);
    if (bailout !== null) note(bailout[2], bailout[1]!);
    const compiled = /^\[completed compiling.*?<JSFunction ?([^ ]*) \(sfi[^>]*> \(target TURBOFAN_JS\)( OSR)?/.exec(
      line,
    );
    if (compiled !== null) note(compiled[1], `compiled${compiled[2] ?? ''}`);
  }
  return Object.fromEntries(Object.entries(found).map(([name, events]) => [name, events.join(', ')]));
};

// Each mechanism has a mutant (scripts/mutants, "feedback that widens") that one of these notices.
for (const [name, [source, tiering]] of Object.entries(programs))
  test(`R27 settles as the reference does: ${name}`, () => {
    assert.deepEqual(tieringOf(new Program(source, ['--trace-opt', '--trace-deopt']).run()), tiering);
  });

// Seen to fail: the graph builder looking library functions up among V8's runtime functions.
test("the standard library's own JavaScript is compiled, and settles", () => {
  const program = new Program(
    `let n = 0;
    function g(i) {
      const a = [i, i + 0.5, 'x'];
      return Array.from(a, (x) => x).length + [1, 2].map((x) => x + i).length + a.filter((x) => x).length +
        (a.some((x) => x === i) ? 1 : 0) + a.findIndex((x) => x === 'x') + a.reduce((s) => s + 1, 0);
    }
    for (let i = 0; i < 6000; i++) n += g(i);
    console.log(n);`,
    ['--trace-opt'],
  );
  const out = program.run();
  assert.match(out, /^83999$/m);
  assert.doesNotMatch(out, /aborted optimizing/);
  assert.ok(program.bailouts.length < 30, `${program.bailouts.length} bailouts`);
});
