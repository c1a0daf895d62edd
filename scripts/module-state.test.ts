import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkShared, ModuleStateRule } from './module-state.ts';
import { nameOf, programOf, ts } from './test-program.ts';

/** What the rule finds in these files: `a.ts seed: a variable`. */
const findings = (texts: Readonly<Record<string, string>>): string[] =>
  new ModuleStateRule(ts, programOf(texts), nameOf).run().map(({ of, what }) => `${of}: ${what}`);

test('variables at module level are found, those of functions and declared ones are not', () => {
  assert.deepEqual(findings({ 'a.ts': 'let seed = 1;\nexport var old = 2;' }), [
    'a.ts old: a variable',
    'a.ts seed: a variable',
  ]);
  assert.deepEqual(
    findings({ 'a.ts': 'declare let host: number;\nexport const f = () => { let n = 1; n++; return n; };' }),
    [],
  );
});

test('a container that a function writes to is found, whatever it is', () => {
  for (const [container, write, what] of [
    ['new Map<string, number>()', "x.set('a', 1)", 'set()'],
    ['new Set<number>()', 'x.add(1)', 'add()'],
    ['new WeakMap<object, number>()', 'x.delete({})', 'delete()'],
    ['[1, 2]', 'x.push(3)', 'push()'],
    ['new Int32Array(4)', 'x[0] = 1', 'written'],
    ['new Int32Array(4)', 'x[0]!++', 'written'],
    ['new DataView(new ArrayBuffer(8))', 'x.setFloat64(0, 1)', 'setFloat64()'],
    ['{ count: 0 }', 'x.count += 1', 'written'],
    ['{ inner: { list: [1] } }', 'x.inner.list.pop()', 'pop()'],
    ['{ a: 1 } as { a?: number }', 'delete x.a', 'written'],
    ['Array.from([1])', 'x.sort()', 'sort()'],
  ])
    assert.deepEqual(findings({ 'a.ts': `const x = ${container};\nexport const f = () => { ${write}; };` }), [
      `a.ts x: ${what} in a.ts:2`,
    ]);
});

test('a container that is only read is not found', () => {
  const reads =
    "const x = new Map([['a', 1]]);\nconst y = [1, 2];\nexport const f = () => x.get('a')! + y[0]! + y.indexOf(2);";
  assert.deepEqual(findings({ 'a.ts': reads }), []);
});

test('writes from another file are found, under another name too', () => {
  const a = 'export const table: number[] = [];';
  assert.deepEqual(
    findings({ 'a.ts': a, 'b.ts': "import { table as t } from './a.ts';\nexport const f = () => { t[1] = 2; };" }),
    ['a.ts table: written in b.ts:2'],
  );
  assert.deepEqual(findings({ 'a.ts': a, 'b.ts': "import { table } from './a.ts';\ntable[1] = 2;" }), []);
});

test('handing on a container that may then be written to is found', () => {
  const text = (type: string): string =>
    `const x = [1];\nconst g = (list: ${type}) => list.length;\nexport const f = () => g(x);`;
  assert.deepEqual(findings({ 'a.ts': text('number[]') }), ['a.ts x: handed on as Array in a.ts:3']);
  assert.deepEqual(findings({ 'a.ts': text('readonly number[]') }), []);
});

test('instances with fields that change, static fields and regular expressions that remember are found', () => {
  const cursor = (field: string): string => `class C { ${field} at = 0; }\nexport const x = new C();`;
  assert.deepEqual(findings({ 'a.ts': cursor('') }), ['a.ts x: an instance with fields that change']);
  assert.deepEqual(findings({ 'a.ts': cursor('readonly') }), []);
  assert.deepEqual(findings({ 'a.ts': 'export class C { static last = 0; }' }), [
    'a.ts C.last: a static field that changes',
  ]);
  const word = (flags: string): string => `const x = /a/${flags};\nexport const f = (s: string) => x.test(s);`;
  assert.deepEqual(findings({ 'a.ts': word('g') }), ['a.ts x: test() in a.ts:2']);
  assert.deepEqual(findings({ 'a.ts': word('u') }), []);
});

test('state that is not on the list fails, and a row of the list without state', () => {
  const found = [{ of: 'a.ts seed', what: 'a variable', line: 3 }];
  assert.deepEqual(checkShared(found, [{ of: 'a.ts seed', why: 'a cache' }]), []);
  assert.match(checkShared(found, []).join(), /^a\.ts:3: mutable state at module level: seed \(a variable\)/);
  assert.match(checkShared([], [{ of: 'a.ts seed', why: '' }]).join(), /no such state any more: a\.ts seed/);
});
