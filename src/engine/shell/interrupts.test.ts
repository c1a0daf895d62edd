// Long loops of the host notice that somebody asks to end, to pause, or that a deadline has passed: the program never gets to the
// statement behind. Nothing is measured: a loop that does not look prints `done`.
//
// One pass of the host over bytes (memmove, searching in flat memory) is a unit of work: what is only that is not here.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseFlags } from '../base/index.ts';
import { type Isolate, Termination } from '../isolate/index.ts';
import { RecordingHost } from '../isolate/recording-host.ts';
import { isolateFor } from './commands.ts';

const programs: Readonly<Record<string, readonly [setUp: string, body: string]>> = {
  fill: ['const a = new Array(3e5)', 'a.fill(7)'],
  fillNew: ['', 'Array(3e5).fill(0)'],
  sortNumbers: ['const a = Array.from({length:1e5}, (_, i) => (i * 7919) % 100003)', 'a.sort()'],
  toSorted: ['const a = Array.from({length:1e5}, (_, i) => (i * 7919) % 100003)', 'a.toSorted()'],
  sortStrings: ['const a = Array.from({length:5e4}, (_, i) => "k" + (i * 7919) % 100003)', 'a.sort()'],
  join: ['const a = Array(3e5).fill(1)', 'a.join()'],
  joinHoles: ['const a = new Array(1e6)', 'a.join("")'],
  toStringA: ['const a = Array(3e5).fill(1)', 'String(a)'],
  indexOfHoles: ['const a = new Array(2e6)', 'a.indexOf(1)'],
  indexOf: ['const a = Array(3e5).fill(1)', 'a.indexOf(2)'],
  lastIndexOf: ['const a = Array(3e5).fill(1)', 'a.lastIndexOf(2)'],
  includes: ['const a = Array(3e5).fill(1)', 'a.includes(2)'],
  includesHoles: ['const a = new Array(2e6)', 'a.includes(2)'],
  includesLength: ['const o = {length: 1e6}', 'Array.prototype.includes.call(o, 1)'],
  indexOfLength: ['const o = {length: 1e6}', 'Array.prototype.indexOf.call(o, 1)'],
  reverse: ['const a = Array(3e5).fill(1)', 'a.reverse()'],
  reverseHoles: ['const a = new Array(1e6)', 'a.reverse()'],
  toReversed: ['const a = Array(3e5).fill(1)', 'a.toReversed()'],
  concat: ['const a = Array(3e5).fill(1)', 'a.concat(a)'],
  toSpliced: ['const a = Array(3e5).fill(1)', 'a.toSpliced(1, 2)'],
  with: ['const a = Array(3e5).fill(1)', 'a.with(1, 2)'],
  copyWithin: ['const a = Array(3e5).fill(1)', 'a.copyWithin(1, 2)'],
  flat: ['const a = Array(1e5).fill([1,2])', 'a.flat()'],
  arrayFrom: ['', 'Array.from({length: 3e5})'],
  arrayFromStr: ['const s = "ab".repeat(2e5)', 'Array.from(s)'],
  spread: ['const a = Array(3e5).fill(1)', '[...a]'],
  spreadStr: ['const s = "ab".repeat(2e5)', '[...s]'],
  applyMax: ['const a = Array(6e4).fill(1)', 'Math.max.apply(null, a)'],
  keys: ['const o = {}; for (let i = 0; i < 5e4; i++) o["k" + i] = i', 'Object.keys(o)'],
  entries: ['const o = {}; for (let i = 0; i < 5e4; i++) o["k" + i] = i', 'Object.entries(o)'],
  keysArr: ['const a = Array(2e5).fill(1)', 'Object.keys(a)'],
  assign: ['const o = {}; for (let i = 0; i < 5e4; i++) o["k" + i] = i', 'Object.assign({}, o)'],
  freeze: ['const a = Array(2e5).fill(1)', 'Object.freeze(a)'],
  fromEntries: ['const m = Array(5e4).fill(["a", 1])', 'Object.fromEntries(m)'],
  forIn: ['const o = {}; for (let i = 0; i < 5e4; i++) o["k" + i] = i', '(() => { for (const k in o) return k; })()'],
  stringify: ['const a = Array(2e5).fill(1)', 'JSON.stringify(a)'],
  stringifyObj: ['const a = Array.from({length: 5e4}, (_, i) => ({ x: i, y: "s" + i }))', 'JSON.stringify(a)'],
  stringifyStr: ['const s = "\\u0001".repeat(3e5)', 'JSON.stringify(s)'],
  parse: ['const s = "[" + Array(2e5).fill(1).join() + "]"', 'JSON.parse(s)'],
  parseStr: ['const s = JSON.stringify("a\\n".repeat(3e5))', 'JSON.parse(s)'],
  repeat: ['const s = "ab"', 's.repeat(2e6)'],
  repeatFlat: ['const s = "ab".repeat(2e6)', 's.charCodeAt(9)'],
  padStart: ['', '"x".padStart(2e6, "abc")'],
  flatten: ['let s = ""; for (let i = 0; i < 3e5; i++) s += "ab"', 's.charCodeAt(100)'],
  strIndexOf: ['const s = "a".repeat(2e6); s.charCodeAt(1)', 's.indexOf("b")'],
  strIndexOfLong: [
    'const s = "a".repeat(3e5); s.charCodeAt(1); const t = "a".repeat(1e3) + "b"; t.charCodeAt(1)',
    's.indexOf(t)',
  ],
  strLast: ['const s = "a".repeat(2e6); s.charCodeAt(1)', 's.lastIndexOf("b")'],
  strIncludes: ['const s = "a".repeat(2e6); s.charCodeAt(1)', 's.includes("b")'],
  replaceAll: ['const s = "ab".repeat(2e5); s.charCodeAt(1)', 's.replaceAll("a", "c")'],
  split: ['const s = "ab".repeat(2e5); s.charCodeAt(1)', 's.split("a")'],
  splitEmpty: ['const s = "ab".repeat(2e5); s.charCodeAt(1)', 's.split("")'],
  upper: ['const s = "ab".repeat(1e6); s.charCodeAt(1)', 's.toUpperCase()'],
  trim: ['const s = " ".repeat(2e6); s.charCodeAt(1)', 's.trim()'],
  normalize: ['const s = "\\u00e9".repeat(5e5); s.charCodeAt(1)', 's.normalize("NFD")'],
  localeCompare: [
    'const s = "a".repeat(1e6) + "b", t = "a".repeat(1e6) + "c"; s.charCodeAt(1); t.charCodeAt(1)',
    's.localeCompare(t)',
  ],
  strCompare: ['const s = "a".repeat(2e6) + "b", t = "a".repeat(2e6) + "c"; s.charCodeAt(1); t.charCodeAt(1)', 's < t'],
  strEqual: ['const s = "a".repeat(2e6) + "b", t = "a".repeat(2e6) + "c"; s.charCodeAt(1); t.charCodeAt(1)', 's === t'],
  wellFormed: ['const s = "\\u00e9\\u0416".repeat(5e5); s.charCodeAt(1)', 's.toWellFormed()'],
  escape: ['const s = "\\u00e9".repeat(3e5); s.charCodeAt(1)', 'encodeURIComponent(s)'],
  decode: ['const s = "%41".repeat(3e5); s.charCodeAt(1)', 'decodeURIComponent(s)'],
  parseIntL: ['const s = "1".repeat(5e5); s.charCodeAt(1)', 'parseInt(s)'],
  fromCharCode: ['const a = Array(6e4).fill(65)', 'String.fromCharCode.apply(null, a)'],
  taFill: ['const t = new Float64Array(1e6)', 't.fill(1)'],
  taSet: ['const t = new Float64Array(1e6), a = Array(3e5).fill(1)', 't.set(a)'],
  taSetTa: ['const t = new Float64Array(1e6), a = new Int8Array(1e6)', 't.set(a)'],
  taSort: ['const t = Float64Array.from({length: 2e5}, (_, i) => (i * 7919) % 100003)', 't.sort()'],
  taIndexOf: ['const t = new Float64Array(1e6)', 't.indexOf(1)'],
  taIncludes: ['const t = new Float64Array(1e6)', 't.includes(1)'],
  taJoin: ['const t = new Float64Array(2e5)', 't.join()'],
  taReverse: ['const t = new Float64Array(1e6)', 't.reverse()'],
  taNew: ['const a = Array(3e5).fill(1)', 'new Float64Array(a)'],
  taFrom: ['const a = Array(1e5).fill(1)', 'Float64Array.from(a)'],
  taNewTa: ['const t = new Float64Array(1e6)', 'new Int8Array(t)'],
  taToSorted: ['const t = Float64Array.from({length: 2e5}, (_, i) => (i * 7919) % 100003)', 't.toSorted()'],
  mapFrom: ['const a = Array.from({length: 1e5}, (_, i) => [i, i])', 'new Map(a)'],
  setFrom: ['const a = Array.from({length: 1e5}, (_, i) => i)', 'new Set(a)'],
  setUnion: [
    'const a = new Set(Array.from({length: 1e5}, (_, i) => i)), b = new Set(Array.from({length: 1e5}, (_, i) => i + 5e4))',
    'a.union(b)',
  ],
  setSubset: ['const a = new Set(Array.from({length: 1e5}, (_, i) => i))', 'a.isSubsetOf(a)'],
  mapSpread: ['const m = new Map(Array.from({length: 1e5}, (_, i) => [i, i]))', '[...m]'],
  mapNative: ['const m = new Map(Array.from({length: 1e5}, (_, i) => [i, i]))', 'm.forEach(Object)'],
  arrNativeCallback: ['const a = Array(2e5).fill(1)', 'a.forEach(Number)'],
  arrNativeMap: ['const a = Array(2e5).fill(1)', 'a.map(String)'],
  sortNative: ['const a = Array.from({length:5e4}, (_, i) => (i * 7919) % 100003)', 'a.sort(Math.max)'],
  reduceNative: ['const a = Array(2e5).fill(1)', 'a.reduce(Math.max)'],
  stack: ['', 'String(new Error("x".repeat(2e6)).stack)'],
  functionCtor: ['const s = "1;".repeat(1e5)', 'new Function(s)'],
  evalLong: ['const s = "1;".repeat(1e5)', '(0, eval)(s)'],
  arrayOf: ['const a = Array(6e4).fill(1)', 'Array.of(...a)'],
  groupBy: ['const a = Array(1e5).fill(1)', 'Object.groupBy(a, String)'],
  dictForEach: ['const a = []; a[4e6] = 1', 'a.forEach(Number)'],
  dictSort: ['const a = []; a[4e6] = 1', 'a.sort()'],
  dictJoin: ['const a = []; a[1e6] = 1', 'a.join()'],
  dictReverse: ['const a = []; a[2e5] = 1', 'a.reverse()'],
  dictSlice: ['const a = []; a[4e6] = 1', 'a.slice(0, 3e6)'],
  getOwnNames: ['const s = new String("x".repeat(1e5))', 'Object.getOwnPropertyNames(s)'],
  iterHelper: ['const a = Array(2e5).fill(1)', 'a.values().map(String).toArray()'],
  iterDrop: ['const a = Array(5e5).fill(1)', 'a.values().drop(4e5).next()'],
  promiseAll: ['const a = Array(5e4).fill(1)', 'Promise.all(a)'],
  matchAll: ['const s = "ab".repeat(5e4)', '[...s.matchAll(/a/g)]'],
  isWellFormed: ['const s = "\\u00e9\\u0416".repeat(5e5); s.charCodeAt(1)', 's.isWellFormed()'],
  describe: ['const o = {}; for (let i = 0; i < 5e4; i++) o["k" + i] = i', 'Object.getOwnPropertyDescriptors(o)'],
};

/** Runs a program that prints `go` and goes right into its loop. @param onGo asks for something @return what it threw */
function run([setUp, body]: readonly [string, string], onGo: (isolate: Isolate, host: RecordingHost) => void) {
  const host = new RecordingHost();
  const isolate: Isolate = isolateFor(parseFlags(['--allow-natives-syntax', '--no-opt']).flags, host);
  const write = host.write.bind(host);
  host.write = (stream, text) => {
    write(stream, text);
    if (text.includes('go')) onGo(isolate, host);
  };
  const source = `(function () { ${setUp}; console.log('go');\n;(${body}); console.log('done'); })()`;
  let thrown: unknown;
  const passed = (): never => {
    throw new Error('passed');
  };
  try {
    // Setting up is not limited.
    isolate.deadlines.run(1000, () => isolate.runScript(source, '/program.js'), passed);
  } catch (error) {
    thrown = error;
  }
  return { thrown, output: host.stdout + host.stderr };
}

// Seen to fail: without Heap.poll 77 of these run to their end; without the one in a loop, that loop does.
for (const [name, program] of Object.entries(programs))
  test(`${name} can be ended, and has a deadline`, () => {
    const ended = run(program, (isolate) => isolate.terminate());
    assert.ok(ended.thrown instanceof Termination, `${ended.thrown}`);
    assert.equal(ended.output, 'go\n');
    const late = run(program, (_isolate, host) => {
      host.time += 2000;
    });
    assert.match(String(late.thrown), /passed/);
    assert.equal(late.output, 'go\n');
  });

/** What only the host can do, in slices: [what, program]. */
const operations: Readonly<Record<string, readonly [setUp: string, body: string]>> = {
  exec: ['const s = "a".repeat(26)', '/(a+)+b/.exec(s)'],
  match: ['const s = "a".repeat(26)', 's.match(/(a+)+b/g)'],
  replace: ['const s = "a".repeat(26)', 's.replace(/(a|a)*b/, "c")'],
  replacer: ['const s = "a".repeat(26)', 's.replace(/(a+)+b/g, () => "c")'],
  split: ['const s = "a".repeat(26)', 's.split(/(a+)+b/)'],
  search: ['const s = "a".repeat(26)', 's.search(/(?:a+){2,}b/)'],
  reference: ['const s = "a".repeat(26)', '/(a+)a*\\1b/.test(s)'],
  polynomial: ['const s = "a".repeat(60000)', '/a+b/.test(s) || /a*a*b/.test(s)'],
  power: ['', '3n ** 200000n'],
  product: ['const b = 3n ** 300000n', 'b * b'],
  quotient: ['const b = 3n ** 300000n, c = 7n ** 50000n', 'b / c'],
  digits: ['const b = 3n ** 100000n', 'b.toString()'],
  parsed: ['const s = "9".repeat(100000)', 'BigInt(s)'],
};

// Seen to fail: the operation called at once.
for (const [name, [setUp, body]] of Object.entries(operations))
  test(`${name} runs with limits of time, each twice the one before, and is ended between them`, () => {
    const slices: number[] = [];
    let begun = false;
    const host = Object.assign(new RecordingHost(), {
      within: <T>(milliseconds: number, action: () => T): { readonly value: T } | undefined => {
        if (!begun) return { value: action() };
        slices.push(milliseconds);
        if (slices.length === 3) isolate.terminate();
        return undefined;
      },
    });
    const isolate: Isolate = isolateFor(parseFlags([]).flags, host);
    const write = host.write.bind(host);
    host.write = (stream, text) => {
      write(stream, text);
      begun = true;
    };
    isolate.attach({ pause: () => {} });
    const source = `(function () { ${setUp}; console.log('go');\n;(${body}); console.log('done'); })()`;
    assert.throws(() => isolate.runScript(source, '/program.js'), Termination);
    assert.deepEqual(slices, [50, 100, 200]);
    assert.equal(host.stdout, 'go\n');
  });

test('what cannot take long, or what nobody can interrupt, is done at once', () => {
  const count = (source: string, isAttached: boolean): number => {
    let calls = 0;
    const host = Object.assign(new RecordingHost(), {
      within: <T>(_milliseconds: number, action: () => T): { readonly value: T } => {
        calls++;
        return { value: action() };
      },
    });
    const isolate = isolateFor(parseFlags([]).flags, host);
    if (isAttached) isolate.attach({ pause: () => {} });
    isolate.runScript(source, '/program.js');
    return calls;
  };
  assert.equal(count('/(a+)+b/.test("a".repeat(20))', false), 0);
  assert.equal(count('/(a+)+b/.test("a".repeat(20))', true), 1);
  assert.equal(count('/(a+)+b/.test("aab")', true), 0);
  assert.equal(count('/[a+*]+(?:"[^"]*")?b/.test("a".repeat(50)) || /"(?:[^"]|q)*"/.test("x".repeat(50))', true), 0);
  assert.equal(count('5n ** 12n * 7n', true), 0);
});
