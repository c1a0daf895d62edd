// Guards of accesses by index, by enumeration and by iteration, in the engine's sources: each program of the corpus leaves optimized code where the
// reference leaves it, and marks what the reference marks. And what optimized code does without a bailout is what the host does, for
// every kind of typed array and every sort of value, in both executions.

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { bailoutKey, parseBailouts, parseInvalidations, parseRecordedBailouts } from '../../scripts/parity-trace.ts';
import { Program } from './program.ts';

const corpus = fileURLToPath(new URL('../corpus/bailout/', import.meta.url));
const isHere =
  /^(?:typed-array|for-in|in|iterator|instanceof|accessor|lazy-in|elements-taken|global|generator-closure|invalidate-(?:site|in)|typeof)\b.*\.js$/;

/** Positions name the program's file; here it has no name of its own. */
const withoutFile = (key: string): string => key.replace(/[\w.-]+:(\d+:\d+)/g, '$1');

// Seen to fail: the mutants of scripts/mutants that name this file.
for (const file of readdirSync(corpus).filter((name) => isHere.test(name))) {
  const name = file.slice(0, -3);
  test(`R2, R26: ${name}: the guards fail where the reference's do, and code is marked as there`, () => {
    const source = readFileSync(corpus + file, 'utf8');
    assert.equal(new Program(source).run(), readFileSync(`${corpus}${name}.output`, 'utf8'));
    const traced = new Program(source, ['--trace-deopt', '--trace-deopt-verbose']).run();
    const recorded = parseRecordedBailouts(readFileSync(`${corpus}${name}.expected`, 'utf8'));
    assert.deepEqual(
      parseBailouts(traced).map((bailout) => withoutFile(bailoutKey(bailout))),
      recorded.map(({ key }) => withoutFile(key)),
    );
    const marks = `${corpus}${name}.invalidations`;
    assert.equal(parseInvalidations(traced).join('\n'), existsSync(marks) ? readFileSync(marks, 'utf8').trimEnd() : '');
  });
}

const kinds = ['Int8', 'Uint8', 'Uint8Clamped', 'Int16', 'Uint16', 'Int32', 'Uint32', 'Float32', 'Float64'];
const numbers = [
  ...[
    '0',
    '-0',
    '1.5',
    '2.5',
    '0.5',
    '254.5',
    '256',
    '-300',
    '65536',
    '2 ** 31',
    '2 ** 32 + 5',
    '1e20',
    'NaN',
    '-Infinity',
  ],
  ...['undefined', 'null', 'true', '"7"', '"x"', '{ valueOf() { return 9 } }'],
];
const indices = ['0', '6', '7', '-1', '-0', '1.5', '"2"', '"x"', '2 ** 31', '2 ** 32', 'NaN', 'undefined'];

/** Every value at every index, by code that was made before each; `%natives` are gone on the host. */
const accesses = (kind: string, buffer: string): string => `
  const array = new ${kind}Array(${buffer});
  const load = (a, i) => a[i], store = (a, i, v) => { a[i] = v; return a[i]; }, loadPast = (a, i) => a[i], storePast = (a, i, v) => { a[i] = v; return a[i]; };
  const all = [load, store, loadPast, storePast];
  const heat = () => {
    for (const f of all) %PrepareFunctionForOptimization(f);
    for (let i = 0; i < 3; i++) for (const f of all) f(array, i, 1);
    loadPast(array, 9); storePast(array, 9, 1);
    for (const f of all) %OptimizeFunctionOnNextCall(f);
    for (const f of all) f(array, 0, 1);
  };
  const say = (x) => Object.is(x, -0) ? '-0' : String(x);
  for (const i of [${indices}]) {
    heat();
    const line = [say(load(array, i)), say(loadPast(array, i))];
    for (const v of [${numbers}]) line.push(say(store(array, i, v)), say(storePast(array, i, v)));
    console.log(line.join(' '));
  }`;

function onHost(source: string): string {
  let out = '';
  new Function('console', source.replaceAll(/%\w+\(f\)/g, '0'))({ log: (text: string) => (out += `${text}\n`) });
  return out;
}

/** Of its own, of a part of one, and of shared memory. */
const buffers = ['7', 'new ArrayBuffer(256), 16, 7', 'new SharedArrayBuffer(256), 8, 7'];

// Seen to fail: the mutants of scripts/mutants that name this file.
for (const [k, kind] of kinds.entries())
  test(`R2: ${kind}Array: any value at any index, as on the host`, () => {
    const source = accesses(kind, buffers[k % buffers.length]!);
    const expected = onHost(source);
    assert.equal(new Program(source, ['--emulator=interpret']).run(), expected, 'interpret');
    assert.equal(new Program(source, ['--turbo-verify', '--emulator=translate']).run(), expected, 'translate');
  });
