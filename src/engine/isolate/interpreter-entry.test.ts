// The interpreter's entry and return code, as x64 and by its host functions: both must leave the same frames, bytecode for bytecode.

import assert from 'node:assert/strict';
import test from 'node:test';
import { parseFlags } from '../base/index.ts';
import { Bytecode } from '../bytecode/index.ts';
import { FrameOffset, StackFrameIterator } from '../frames/index.ts';
import { IsolateData, Region } from '../heap/index.ts';
import { isolateFor } from '../shell/commands.ts';
import type { Isolate } from './isolate.ts';
import { RecordingHost } from './recording-host.ts';

// Calls of every shape from optimized code into the interpreter and back, and bailouts that go on there.
const program = `
  const never = (f) => { %NeverOptimizeFunction(f); return f; };
  const plain = never(function plain(a, b) { return (a ?? 0) + (b ?? 0); });
  const sloppy = never(function sloppy() { return typeof this + arguments.length; });
  const strict = never((function () { 'use strict'; return function strict(...rest) { return typeof this + rest.length; }; })());
  const many = never(function many(a) { let b = a, c = b, d = c, e = d, f = e; return new.target === undefined ? b + c + d + e + f : this; });
  const generator = never(function* generator(a) { const b = yield a; return b; });
  class Base { constructor(x) { this.x = x; } }
  class Derived extends Base { constructor(x) { super(x); this.y = x; } }
  class Other { constructor() { return { other: 1 }; } }
  [Base, Derived, Other].forEach(never);
  function fresh() { return (x) => x; } // a new closure: no feedback vector
  const wide = never(new Function('f', 'x', [...Array(200).keys()].map((i) => 'var v' + i + ' = x;').join('') + 'return f(v0, v199) + v150;'));
  const rare = never(() => plain(1, 2));
  function f(x, g) {
    let text = '';
    text += plain(x) + plain(x, 2) + plain(x, 2, 3) + sloppy(x) + strict(x, x) + many(x) + g(x) + wide(plain, x) + rare();
    for (const v of generator(x)) text += v;
    text += new Base(x).x + new Derived(x).y + new Other().other + Object.keys(new many(x)).length;
    try { new (class extends Base { constructor() { return 1; } })(); } catch (e) { text += e.message; }
    return text + (x + 1);
  }
  function main() {
    %PrepareFunctionForOptimization(f);
    f(1, fresh()); f(2, fresh());
    %OptimizeFunctionOnNextCall(f);
    print(f(3, fresh()), f(4, fresh()));
    print(f('5', fresh()), f(6.5, fresh()));
    function loop(n, o) { let s = 0; for (let i = 0; i < n; i++) { s += o.v; plain(s); } return s; }
    loop(2000, { v: 1 }); loop(2000, { v: 1 });
    let turns = 0;
    print(loop(4000, { get v() { if (++turns === 3000) %DeoptimizeFunction(loop); return 1; } }));
    function extra(o) { return o + 100000 + 1; }
    %PrepareFunctionForOptimization(extra);
    extra({}); extra({});
    %OptimizeFunctionOnNextCall(extra);
    print(extra({}), extra({ valueOf() { %DeoptimizeFunction(extra); return 1; } }));
  }
  main();`;

/** The innermost frame: what the handler of its bytecode has before it. */
function frameText(isolate: Isolate): string {
  const { heap, interpreter } = isolate;
  const it = new StackFrameIterator(heap, interpreter.fp << 2, 0);
  const count = heap.i32[(it.fp + FrameOffset.ArgumentCount) >> 2]!;
  const words: string[] = [];
  for (let at = interpreter.sp << 2; at < it.fp + FrameOffset.Receiver + 8 * count; at += 8)
    words.push(`${heap.u32[(at + 4) >> 2]!.toString(16)}:${heap.u32[at >> 2]!.toString(16)}`);
  return [interpreter.pc, interpreter.acc, ...words].join(' ');
}

function run(emulator: string, source: string, prepare: (isolate: Isolate) => void) {
  const host = new RecordingHost();
  const { flags } = parseFlags(['--allow-natives-syntax', '--random-seed=1', `--emulator=${emulator}`]);
  const isolate = isolateFor(flags, host);
  prepare(isolate);
  isolate.runScript(source, 't.js');
  return { stdout: host.stdout, stderr: host.stderr };
}

function runByBytecodes(emulator: string) {
  const frames: string[] = [];
  const output = run(emulator, program, (isolate) => {
    isolate.attach({ step: () => frames.push(frameText(isolate)) });
    isolate.interpreter.stepping = true;
  });
  return { ...output, frames };
}

// Seen to fail: registers that are not filled; the new target in the register above its own; a JumpLoop that is advanced past; no
// `enterHandler` (nothing runs); one byte for every bytecode.
test('R17: x64 entry code and its host functions leave the same frame before every bytecode', () => {
  const byHost = runByBytecodes('auto');
  const byMachine = runByBytecodes('interpret');
  assert.equal(byHost.stderr, '');
  assert.equal(byMachine.stdout, byHost.stdout);
  assert.ok(byHost.frames.length > 5000);
  const differs = byHost.frames.findIndex((frame, i) => frame !== byMachine.frames[i]);
  assert.equal(byMachine.frames[differs], byHost.frames[differs], `bytecode ${differs}`);
  assert.equal(byMachine.frames.length, byHost.frames.length);
});

// Seen to fail: a jump to the interpreter itself in place of the table's entry.
test('R17: a bailout goes on where the dispatch table says', () => {
  const source = `
    function f(a) { return a + 1; }
    %PrepareFunctionForOptimization(f);
    f(1);
    %OptimizeFunctionOnNextCall(f);
    f(2);
    f('');`;
  const swapped = (isolate: Isolate): void => {
    const { i32 } = isolate.heap;
    const entry = (bytecode: Bytecode): number => (Region.IsolateData + IsolateData.DispatchTable + 8 * bytecode) >> 2;
    i32[entry(Bytecode.AddSmi)] = i32[entry(Bytecode.SubSmi)]!;
  };
  assert.doesNotThrow(() => run('interpret', source, () => undefined));
  assert.throws(() => run('interpret', source, swapped), /the handler of SubSmi was entered for AddSmi/);
});
