// What a bailout says: the expression, what came instead, what repeats, whether anything is lost.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BailoutSites } from './bailout-sites.ts';
import { expressionAt, treeOf } from './failing-expression.ts';
import type { GuardFacts } from './guard-facts.ts';
import type { BailoutReport } from './protocol.ts';
import { debug } from './test-driver.ts';

const reports = (source: string): BailoutReport[] => debug(source).all('bailout');
/** The report of the only bailout of a function that is optimized for the first call and meets the second. */
function only(f: string, first: string, second: string): BailoutReport {
  const found = reports(`${f}
%PrepareFunctionForOptimization(f);
for (let i = 0; i < 3; i++) { ${first} }
%OptimizeFunctionOnNextCall(f);
${first}
${second}
`).filter((report) => report.function === 'f');
  assert.equal(found.length, 1);
  return found[0]!;
}

// Seen to fail: each without its words, and all with the line quoted instead of the expression.
test('reasons have words of their own', () => {
  const product = only('function f(a, b) { return a * b; }', 'f(3, 4);', 'f(100000, 100000);');
  assert.match(product.explanation, /at `a \* b`.*The product does not fit: 100000 × 100000 = 10000000000/);
  const sum = only(
    'function f(n) { let s = 0; for (let i = 0; i < n; i++) s += 1073741823; return s; }',
    'f(1);',
    'f(4);',
  );
  assert.match(sum.explanation, /at `s \+= 1073741823`.*The sum does not fit: 2147483646 \+ 1073741823 = 3221225469/);
  const kinds = only('function f(a, i) { return a[i]; }', 'f([1, 2], 0);', 'f([1.5, 2], 0);');
  assert.match(
    kinds.explanation,
    /at `a\[i\]`.*array of small integers \(PACKED_SMI_ELEMENTS\), found one of doubles \(PACKED_DOUBLE_ELEMENTS\).*one kind/,
  );
  const hole = only('const a = [1.5, , 3.5];\nfunction f(i) { return a[i] + 1; }', 'f(0);', 'f(1);');
  assert.match(hole.explanation, /at `a\[i\]`.*never empty \(a hole\)/);
  const call = only('function one() {} function two() {}\nfunction f(g) { return g(1); }', 'f(one);', 'f(two);');
  assert.match(call.explanation, /at `g\(1\)`.*Expected a call of ƒ one\(\), found ƒ two\(\)/);
  const closure = only(
    'const make = () => () => 1;\nconst g = make();\nfunction f(g) { return g(1); }',
    'f(g);',
    'f(make());',
  );
  assert.match(closure.explanation, /one closure of .* another one of the same code|another/);
  const zero = only('function f(a, b) { return a * b; }', 'f(3, 4);', 'f(0, -4);');
  assert.match(zero.explanation, /at `a \* b`: an integer result is never −0\. The product was −0/);
  const feedback = only('function f(o, way) { if (way) return o.x; return 1; }', 'f({}, false);', 'f({ x: 1 }, true);');
  assert.match(
    feedback.explanation,
    /came at `o\.x` for the first time: this property access had never run.*one bailout/,
  );
  const index = only('function f(a, i) { return a[i]; }', 'f([1, 2], 1);', 'f([1, 2], 2);');
  assert.match(index.explanation, /The index was 2, the length 2: one behind the last element/);
});

test('the failing expression stands where it is, in a long line too', () => {
  const line = `function f(o, p) { const first = o.x; ${'o.x; '.repeat(60)} return p.deeper + first; }`;
  const report = only(line, 'f({ x: 1 }, { deeper: 1 });', 'f({ x: 1 }, { y: 1, deeper: 1 });');
  assert.equal(report.expression, 'p.deeper');
  const { line: row, column, endLine, endColumn } = report.expressionRange!;
  assert.deepEqual([row, endLine], [1, 1]);
  assert.equal(line.slice(column - 1, endColumn! - 1), 'p.deeper');
});

// Seen to fail: every exit of replaced code called free; loops around not looked at.
test('an exit of a loop that is done is free, one inside the loop is not', () => {
  const loop = (rest: string, inside = '') => `let sum = 0;
const box = { x: 1 };
for (let i = 0; i < 60000; i++) { sum += box.x; ${inside} }
${rest}
`;
  const after = reports(loop('console.log(sum);'));
  assert.deepEqual(
    after.map(({ isFree }) => isFree),
    [true],
  );
  assert.match(after[0]!.explanation, /loop .* is done, so this exit is free/);
  const within = reports(loop('', 'if (i === 59000) box.y = String(i);'));
  assert.ok(within.length > 0 && within[0]!.isFree === undefined);
  const around = reports(`let sum = 0;
const box = { x: 1 };
for (let k = 0; k < 2; k++) {
  for (let i = 0; i < 60000; i++) sum += box.x;
  console.log(sum);
}
`);
  assert.ok(around.length > 0 && around[0]!.isFree === undefined, 'the loop around goes on');
});

test('repetitions say how many, and what they had in common', () => {
  const found = reports(`function f(a) { let s = 0; for (let i = 0; i < 8; i++) s += i; return a.x + s; }
%PrepareFunctionForOptimization(f);
f({ x: 1 });
for (let k = 0; k < 3; k++) {
  %OptimizeFunctionOnNextCall(f);
  f({ ['y' + k]: 0, x: 1 });
}
`).filter((report) => report.function === 'f');
  assert.deepEqual(
    found.map(({ repeats }) => repeats!.times),
    [1, 2, 3].slice(0, found.length),
  );
  assert.ok(found.length > 1);
  assert.equal(new Set(found.map(({ repeats }) => repeats!.site)).size, 1);
  assert.equal(found[0]!.repeats!.text, '');
  assert.match(found[1]!.repeats!.text, /^This exit, 2 times; found \{y0/);
});

test('sites: an index that is always the length, one value, many values', () => {
  const facts = (text: string, access?: GuardFacts['access']): GuardFacts => {
    const side = { text, word: undefined };
    return {
      sentence: '',
      place: { source: 'register', index: 0, name: 'rax' },
      tested: side,
      expected: undefined,
      found: side,
      differences: [],
      access,
    };
  };
  const sites = new BailoutSites();
  let last = '';
  for (let i = 1; i <= 60; i++) last = sites.add('a', facts(String(i), { index: i, length: i }), 'list').text;
  assert.equal(last, 'This exit, 60 times; the index was always list.length.');
  for (let i = 1; i <= 3; i++) last = sites.add('b', facts('0.5'), undefined).text;
  assert.equal(last, 'This exit, 3 times; it was always 0.5.');
  for (let i = 0; i < 8; i++) last = sites.add('c', facts(i < 3 ? 'x' : String(i)), undefined).text;
  assert.equal(last, 'This exit, 8 times; found x (3×), 3 (1×), 4 (1×), 5 (1×), others (2×).');
  assert.equal(sites.add('d', undefined, undefined).text, '');
  assert.equal(sites.add('d', undefined, undefined).text, 'This exit, 2 times.');
});

test('expressions by the positions that V8 gives them', () => {
  const at = (source: string, marked: string, isCall = false): string => {
    const position = source.indexOf(marked);
    const found = expressionAt(treeOf(source)!, source, position, isCall)!;
    return source.slice(found.start, found.end);
  };
  assert.equal(at('x = a.b.c + 1;', 'c +'), 'a.b.c');
  assert.equal(at('x = a[i + 1];', '[i'), 'a[i + 1]');
  assert.equal(at('x = a.b(1);', 'b(', true), 'a.b(1)');
  assert.equal(at('x = a.b(1);', 'b('), 'a.b');
  assert.equal(at('p *= i;', '*='), 'p *= i');
  assert.equal(at('for (;;) { n = a % b }', '%'), 'a % b');
  assert.equal(at('%DebugPrint(a.b);', 'b)'), 'a.b');
  assert.equal(treeOf('let let = 1'), undefined);
});
