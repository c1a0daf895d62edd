// Flags that change how an isolate runs: seen from the program, or in the files they make.

import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { parseFlags } from '../base/index.ts';
import { compilerChoices } from '../isolate/compiler-choices.ts';
import { RecordingHost } from '../isolate/recording-host.ts';
import { FixedArray } from '../objects/index.ts';
import { type CompileResult, compileOptimized } from '../turbofan/index.ts';
import { isolateFor, runD8 } from './commands.ts';

const run = (source: string, ...flags: string[]): RecordingHost => {
  const host = new RecordingHost(new Map([['/t.js', source]]));
  assert.equal(runD8(parseFlags([...flags, '/t.js']), host), 0, host.stderr + host.stdout);
  return host;
};

// The numbers are V8 13.6's. Seen to fail: handed out from the first to the last.
test('--random-seed: Math.random is V8’s sequence', () => {
  const source =
    'for (let i = 0; i < 3; i++) print(Math.random()); for (let i = 0; i < 61; i++) Math.random(); print(Math.random() < 1)';
  const numbers = '0.7939112874678715\n0.5254990606499601\n0.3518347850388237\ntrue\n';
  assert.equal(run(source, '--random-seed=42').stdout, numbers);
  assert.notEqual(run(source, '--random-seed=43').stdout, numbers);
});

// Seen to fail: the limit a constant.
test('--stack-size: how deep a program may call', () => {
  const source =
    'let depth = 0; (function f() { depth++; f(); }).call.bind(0); function g() { depth++; g(); } try { g(); } catch (e) { print(e.constructor.name, depth); }';
  const depth = (size: number): number =>
    Number(/^RangeError (\d+)$/m.exec(run(source, '--no-opt', `--stack-size=${size}`).stdout)![1]);
  const [small, large] = [depth(100), depth(400)];
  assert.ok(large > 3 * small && large < 5 * small, `${small}, ${large}`);
  assert.equal(run('1', '--stack-size=4000').stderr, '--stack-size: 1000 KB is all there is\n');
});

// Seen to fail: nothing verified.
test('--verify-heap verifies after every collection', () => {
  const collect = (...flags: string[]): void => {
    const isolate = isolateFor(parseFlags(flags).flags, new RecordingHost());
    const array = isolate.heap.handle(isolate.rt.factory.newFixedArray(2));
    const nowhere = isolate.heap.oldSpace.end + 0x10_0001;
    isolate.heap.set(isolate.heap.deref(array), FixedArray.Elements, nowhere);
    isolate.collect(true);
  };
  collect();
  assert.throws(() => collect('--verify-heap'));
});

// Seen to fail: a phase left out; the name as it is in the file's name.
test('--trace-turbo: a file for Turbolizer for each compilation', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'bailout-turbo-'));
  try {
    const source = `function square(x) { return x * x; } const o = { '../up': function (x) { return square(x) + 1; } };
%PrepareFunctionForOptimization(square); for (let i = 0; i < 2; i++) { %PrepareFunctionForOptimization(o['../up']); o['../up'](1); } %OptimizeFunctionOnNextCall(o['../up']); o['../up'](2);`;
    const { stdout } = run(source, '--allow-natives-syntax', '--trace-turbo', `--trace-turbo-path=${folder}`);
    assert.match(
      stdout,
      /^-{51}\nBegin compiling method \.\.\/up using TurboFan\n-{51}\nFinished compiling method \.\.\/up using TurboFan\n$/,
    );
    const files = readdirSync(folder);
    assert.deepEqual(files, ['turbo-.._up-0.json']);
    const trace = JSON.parse(readFileSync(path.join(folder, files[0]!), 'utf8'));
    assert.equal(trace.function.sourceText, '(x) { return square(x) + 1; }');
    assert.equal(trace.sources[0].functionName, 'square');
    assert.equal(trace.inlinings[0].inliningPosition.inliningId, -1);
    const phases = trace.phases as {
      name: string;
      data: { nodes: { id: number }[]; edges: { source: number; target: number }[] };
    }[];
    assert.equal(phases[0]!.name, 'V8.TFBytecodeGraphBuilder');
    assert.equal(phases.at(-1)!.name, 'disassembly');
    for (const { name, data } of phases.slice(0, -1)) {
      const ids = new Set(data.nodes.map(({ id }) => id));
      assert.ok(
        data.edges.length > 5 && data.edges.every(({ source, target }) => ids.has(source) && ids.has(target)),
        name,
      );
    }
    assert.equal(
      run(
        source,
        '--allow-natives-syntax',
        '--trace-turbo',
        '--trace-turbo-filter=other',
        `--trace-turbo-path=${folder}`,
      ).stdout,
      '',
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** `f`, compiled with these flags when what it allocates does not escape: the output with every bailout's frames. */
const capturing = (...flags: string[]): string =>
  run(
    `function f(a) { const point = { x: a, y: 1 }; return point.x + point.y + a.z; }
%PrepareFunctionForOptimization(f); for (let i = 0; i < 4; i++) f(i); %OptimizeFunctionOnNextCall(f); f(1); print(f({ z: 1 }));`,
    ...['--allow-natives-syntax', '--trace-deopt-verbose', ...flags],
  ).stdout;

// Seen to fail: the phase run anyway.
test('--turbo-escape: what does not escape is captured at a bailout; without, it was allocated', () => {
  assert.match(capturing(), /captured object #0/);
  const without = capturing('--no-turbo-escape');
  assert.match(without, /bailout \(kind/);
  assert.doesNotMatch(without, /captured object/);
});

// Seen to fail: the graph verified at the end only; `verify` not taken from the flag.
test('--turbo-verify: a phase that breaks the graph is named; without the flag nobody looks before the end', () => {
  const compile = (...flags: string[]): CompileResult => {
    const host = new RecordingHost();
    const isolate = isolateFor(parseFlags(['--allow-natives-syntax', ...flags]).flags, host);
    const { rt } = isolate;
    const fn = isolate.heap.handle(isolate.runScript('function f(a) { if (a) return 1; return 2; } f(0); f', '/t.js'));
    isolate.tiering.ensureVector(isolate.heap.deref(fn));
    return compileOptimized(rt, isolate.machine!.promote(isolate.heap.deref(fn)), {
      ...compilerChoices(isolate.flags),
      osrOffset: -1,
      optimizationId: 0,
      onPhase: (phase, graph) => {
        if (phase !== 'V8.TFTyper') return;
        // Control goes on from Start a second time.
        const { start } = graph;
        graph.mergeToEnd(graph.newNode('Return', undefined, [graph.number(1), start, start], { valueIn: 1 }));
      },
    });
  };
  assert.throws(() => compile('--turbo-verify'), /^VerificationError: V13: .* after V8\.TFTyper$/);
  assert.match((compile() as { readonly bailout: string }).bailout, /^internal error in V8\.TFEffectLinearization/);
});
