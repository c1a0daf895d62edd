// ES modules as functions: imports, exports, and the lines of the source map.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { partOf, withEnumLiterals } from './engine-bundles.ts';

const parts: Readonly<Record<string, unknown>> = {
  './chunk.js': { one: 1, two: 2 },
  'node:path': { sep: '/' },
};
const moduleOf = (source: string): string => `parts[${JSON.stringify(source)}]`;

/** The exports of a module's text, evaluated as a function. */
function evaluate(text: string): unknown {
  const { body, exports } = partOf(text, moduleOf);
  return new Function('parts', `${body}\nreturn ${exports};`)(parts);
}

test('imports are variables, exports an object', () => {
  assert.deepEqual(
    evaluate(
      'import{one,two as deux}from"./chunk.js";import path from"node:path";import*as all from"node:path";' +
        'var sum=one+deux;export{sum as three,one as "a b",path,all};',
    ),
    { three: 3, 'a b': 1, path: { sep: '/' }, all: { sep: '/' } },
  );
});

test('a module that is only evaluated is named', () => {
  assert.deepEqual(partOf('import"./chunk.js";', moduleOf), { body: 'parts["./chunk.js"];', exports: '{}' });
});

// Seen to fail: inPlace without the new lines.
test('every statement stays on its line', () => {
  const { body } = partOf('import{one,\ntwo}from\n"./chunk.js";\nvar a=1;export{\na};\nvar b=2;', moduleOf);
  assert.deepEqual(
    body.split('\n').map((line) => /var [ab]/.exec(line)?.[0]),
    [undefined, undefined, undefined, 'var a', undefined, 'var b'],
  );
});

test('what esbuild does not write is refused', () => {
  for (const text of ['export default 1;', 'export*from"x";', 'export{a}from"x";', 'export const a=1;'])
    assert.throws(() => partOf(text, moduleOf), /not expected/);
});

// Seen to fail: without the padding; with an enum whose member is computed taken for constant.
test('enums are literals, and what stands behind them stays where it was', () => {
  const text =
    'var Kind=(e=>(e[e.A=0]="A",e[e.B=-1]="B",\ne.Text="t",e))(Kind||{}),after=1;var Odd=(e=>(e[e.A=f()]="A",e))(Odd||{});';
  const result = withEnumLiterals(text);
  const lines = (value: string): string[] => value.split('\n');
  assert.equal(lines(result)[0], 'var Kind={"0":"A",A:0,B:-1,"-1":"B",Text:"t"}');
  assert.equal(lines(result)[1]!.indexOf('after'), lines(text)[1]!.indexOf('after'));
  assert.match(result, /Odd=\(e=>/);
  const kind: unknown = new Function('f', `${result}return Kind;`)(() => 7);
  assert.deepEqual(kind, { 0: 'A', '-1': 'B', A: 0, B: -1, Text: 't' });
});
