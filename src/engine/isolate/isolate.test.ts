import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { Worker } from 'node:worker_threads';
import { parseFlags } from '../base/index.ts';
import { Interrupt, IsolateData, Region } from '../heap/index.ts';
import { runProgram } from '../node/commands.ts';
import { NodeShell } from '../node/node-shell.ts';
import { runD8 } from '../shell/commands.ts';
import { Isolate } from './isolate.ts';
import { RecordingHost } from './recording-host.ts';

const data = (name: string): string => readFileSync(new URL(`./testdata/${name}`, import.meta.url), 'utf8');

const run = (source: string, flags: readonly string[] = []): { status: number; stdout: string; stderr: string } => {
  const host = new RecordingHost(new Map([['/t.js', source]]));
  const status = runProgram(parseFlags([...flags, '/t.js'], { stopAtFirstFile: true }), host);
  return { status, stdout: host.stdout, stderr: host.stderr };
};

// Seen to fail: another text for StackOverflow, which `library` prints.
for (const name of ['control', 'library', 'allocation']) {
  for (const flags of [['--no-turbofan'], [], ['--gc-at-every-safepoint', '--no-turbofan']]) {
    if (name === 'allocation' && flags.length > 1) continue;
    test(`R22: ${name} prints what the reference prints (${flags.join(' ') || 'default flags'})`, () => {
      const { status, stdout, stderr } = run(data(`${name}.js`), flags);
      assert.equal(stderr, '');
      assert.equal(status, 0);
      assert.equal(stdout, data(`${name}.expected`));
    });
  }
}

test('mapped arguments have sloppy elements; those that alias nothing do not', () => {
  const { stdout } = run(
    `
    function mapped(a) { return arguments; }
    function none() { return arguments; }
    function strict(a) { 'use strict'; return arguments; }
    for (const f of [mapped, none, strict]) console.log(%HasSloppyArgumentsElements(f(1)));
    console.log(%HasSloppyArgumentsElements(mapped()));`,
    ['--allow-natives-syntax'],
  );
  assert.equal(stdout, 'true\nfalse\nfalse\ntrue\n');
});

test('a function that calls eval is not optimized, and its callers see what the eval did', () => {
  const { stdout } = run(
    `
    function inner(code) { var x = 1; eval(code); return x; }
    function outer(i) { return inner('x = ' + (i & 1)); }
    %PrepareFunctionForOptimization(outer);
    outer(0); outer(1);
    %OptimizeFunctionOnNextCall(outer);
    console.log(outer(2), outer(3));
    %PrepareFunctionForOptimization(inner);
    %OptimizeFunctionOnNextCall(inner);
    inner('0');
    console.log((%GetOptimizationStatus(inner) & 16) === 0);`,
    ['--allow-natives-syntax'],
  );
  assert.equal(stdout, '0 1\ntrue\n');
});

test('deep recursion is a RangeError of the program, and it goes on after it', () => {
  const { stdout } = run(`
    let depth = 0;
    function f() { depth++; f(); }
    try { f(); } catch (e) { console.log(e instanceof RangeError, e.message, depth > 5000); }
    try { [1].forEach(function g() { [1].forEach(g); }); } catch (e) { console.log(e instanceof RangeError); }
    const o = { valueOf() { return o + 1; } };
    try { o + 1; } catch (e) { console.log(e instanceof RangeError); }
    console.log('still here');`);
  assert.equal(stdout, 'true Maximum call stack size exceeded true\ntrue\ntrue\nstill here\n');
});

test('out of memory ends the program, not the process', () => {
  const host = new RecordingHost();
  const shell = new NodeShell((embedder) => new Isolate({ host, embedder, memoryMiB: 160 }), []);
  const status = shell.run('/t.js', 'const a = []; for (;;) a.push({ x: a.length });');
  assert.equal(status, 1);
  assert.match(host.stderr, /heap out of memory/);
});

test('an endless loop ends at an interrupt from another thread', async () => {
  const host = new RecordingHost();
  const shell = new NodeShell((embedder) => new Isolate({ host, embedder }), []);
  const { isolate } = shell;
  const requests = (Region.IsolateData + IsolateData.InterruptRequests) >> 2;
  const limit = (Region.IsolateData + IsolateData.StackLimit) >> 2;
  const worker = new Worker(
    `const { workerData: w } = require('node:worker_threads');
     setTimeout(() => { const m = new Int32Array(w.memory); Atomics.or(m, w.requests, w.bit); Atomics.store(m, w.limit, 0x7fffffff); }, 50);`,
    { eval: true, workerData: { memory: isolate.heap.buffer, requests, limit, bit: Interrupt.Terminate } },
  );
  await new Promise((resolve) => worker.once('online', resolve));
  const status = shell.run('/t.js', 'try { for (;;); } finally { console.log("not run"); }');
  await worker.terminate();
  assert.equal(status, 1);
  assert.equal(host.stdout, '');
  assert.match(host.stderr, /terminated/);
});

test('an uncaught exception is reported as Node does', () => {
  const { status, stderr } = run(`function f() {\n  throw new Error('boom');\n}\nf();`);
  assert.equal(status, 1);
  assert.equal(
    stderr,
    "/t.js:2\n  throw new Error('boom');\n  ^\n\nError: boom\n    at f (/t.js:2:9)\n    at Object.<anonymous> (/t.js:4:1)\n",
  );
});

test('a syntax error shows its line', () => {
  const { status, stderr } = run('let a = 1;\nlet b = (2;\n');
  assert.equal(status, 1);
  assert.match(stderr, /^\/t\.js:2\nlet b = \(2;\n +\^+\n\nSyntaxError: /);
});

test('the d8 shell runs scripts in one realm, in order', () => {
  const host = new RecordingHost(
    new Map([
      ['a.js', 'var x = 1; let y = 2; function f() { return x + y; }'],
      ['b.js', 'print(f(), version()); load("c.js"); print(typeof z);'],
      ['c.js', 'var z = 3;'],
      ['q.js', 'quit(7);'],
    ]),
  );
  assert.equal(runD8(parseFlags(['a.js', 'b.js']), host), 0);
  assert.match(host.stdout, /^3 13\.6\.\d+\nnumber\n$/);
  assert.equal(runD8(parseFlags(['q.js']), host), 7);
});

// Seen to fail: the offset of the opcode behind the prefix given to tryOsr in JumpLoop's handler: "781255,2359".
test('R23: a loop whose JumpLoop is wide is entered by OSR and left again', () => {
  const { stdout } = run(`
    function h() {
      let s = 0, c = 0;
      for (let i = 0; i < 40000; i++) { c++; const [a, g] = [1, () => i]; s = (s + g()) % 1000003; }
      return [s, c].join();
    }
    console.log(h());`);
  assert.equal(stdout, '977603,40000\n');
});

// Seen to fail: without JSStoreScriptContext in JSNativeContextSpecialization, "because: JSStoreScriptContext is not supported".
test('code that stores to a variable of the script is optimized', () => {
  const host = new RecordingHost(
    new Map([
      [
        'a.js',
        `let total = 0.5; let seen = null;
         function add(n) { total += n; seen = { n }; return seen; }
         %PrepareFunctionForOptimization(add);
         add(1); add(2);
         %OptimizeFunctionOnNextCall(add);
         add(3);`,
      ],
      ['b.js', 'add(4); print(total, seen.n, (%GetOptimizationStatus(add) & 64) !== 0);'],
    ]),
  );
  assert.equal(runD8(parseFlags(['--allow-natives-syntax', 'a.js', 'b.js']), host), 0);
  assert.equal(host.stdout, '10.5 4 true\n');
});

// Seen to fail: the dashes handed on.
test("what stands behind the file, with or without dashes, is the program's", () => {
  const host = new RecordingHost(new Map([['/t.js', 'console.log(process.argv.slice(2).join());']]));
  for (const args of [
    ['/t.js', '--', '--a', 'b'],
    ['/t.js', '--a', 'b'],
  ])
    assert.equal(runProgram(parseFlags(args, { stopAtFirstFile: true }), host), 0);
  assert.equal(host.stdout, '--a,b\n--a,b\n');
});

test('missing files are said to be missing', () => {
  const host = new RecordingHost();
  assert.equal(runProgram(parseFlags(['/nope.js']), host), 1);
  assert.match(host.stderr, /cannot read '\/nope\.js': there is no such file/);
});

test('every retired bytecode is counted, the same in every run', () => {
  const count = (): number => {
    const shell = new NodeShell((embedder) => new Isolate({ host: new RecordingHost(), embedder }), []);
    const { isolate } = shell;
    shell.run('/t.js', 'let s = 0; for (let i = 0; i < 1000; i++) s += i;');
    return isolate.heap.readIsolateWord(IsolateData.BytecodeCountLo);
  };
  const first = count();
  assert.ok(first > 5000, `${first} bytecodes`);
  assert.equal(count(), first);
});

test('an unhandled rejection ends the program with status 1; a handled one does not', () => {
  const failed = run('Promise.reject(new Error("lost")); setTimeout(() => console.log("never"), 1);');
  assert.equal(failed.status, 1);
  assert.match(failed.stderr, /^\/t\.js:1\nPromise\.reject\(new Error.*\n {15}\^\n\nError: lost\n {4}at /);
  assert.equal(failed.stdout, '');
  assert.equal(run('Promise.reject(1).catch(() => console.log("ok"));').stdout, 'ok\n');
});

test('ten million bytecodes allocate next to nothing on the host', async () => {
  const { PerformanceObserver } = await import('node:perf_hooks');
  let collections = 0;
  const observer = new PerformanceObserver((list) => {
    collections += list.getEntries().length;
  });
  const host = new RecordingHost();
  const shell = new NodeShell((embedder) => new Isolate({ host, embedder }), []);
  const { isolate } = shell;
  const program = (n: number) =>
    `function f(a, b) { return (a + b) & 1023; } const o = { x: 1 }, l = [1, 2, 3]; let s = 0;
     for (let i = 0; i < ${n}; i++) { s = f(s, o.x + l[i % 3]); o.x = s & 7; } console.log(s);`;
  shell.run('/warm.js', program(20_000));
  observer.observe({ entryTypes: ['gc'] });
  const before = isolate.heap.readIsolateWord(IsolateData.BytecodeCountLo);
  shell.run('/t.js', program(420_000));
  const count = isolate.heap.readIsolateWord(IsolateData.BytecodeCountLo) - before;
  await new Promise((resolve) => setTimeout(resolve, 20));
  observer.disconnect();
  assert.ok(count > 9_000_000, `${count} bytecodes`);
  assert.ok(collections <= 3, `${collections} host collections over ${count} bytecodes`);
});
