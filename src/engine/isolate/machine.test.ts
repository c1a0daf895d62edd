// Optimized code and the host functions that it calls.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseFlags } from '../base/index.ts';
import { isolateFor } from './commands.ts';
import { nodeHost } from './host.ts';

// Seen to fail: callHostBuiltin with the interpreter's return address for every caller.
test('R31: a collection inside a builtin that optimized code called finds the optimized frame as what it is', () => {
  const source = `
    function g(o) { const s = []; for (let i = 0; i < 50; i++) s.push({ i }); return s.length + o.x; }
    function f(o) { return g.call(null, o) + Reflect.apply(g, null, [o]) + 'abc'.replace('b', () => String(g(o))).length; }
    %PrepareFunctionForOptimization(f);
    f({ x: 1 }); f({ x: 2 });
    %OptimizeFunctionOnNextCall(f);
    print(f({ x: 3 }), f({ x: 4 }));`;
  for (const flags of [[], ['--gc-at-every-safepoint'], ['--deopt-every-n-times=3']]) {
    let output = '';
    const host = { ...nodeHost(), write: (_stream: string, text: string) => void (output += text) };
    const isolate = isolateFor(parseFlags(['--allow-natives-syntax', ...flags], {}).flags, host);
    isolate.runScript(source, 'builtins.js');
    assert.equal(output.trim(), '110 112', flags.join(' '));
  }
});
