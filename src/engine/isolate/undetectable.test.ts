// %GetUndetectable in the interpreter and in optimized code. Seen to fail: without the bit in the map.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseFlags } from '../base/index.ts';
import { runD8 } from '../shell/commands.ts';
import { nodeHost } from './host.ts';

/** What the reference prints twice. */
const expected =
  'undefined true true true false false false true 2 true 3 5 true false true true false false true true';

test('%GetUndetectable is undefined to whoever asks what it is', () => {
  const source = `
    function all(u) {
      const { a = 7 } = { a: u };
      const chosen = (() => { switch (u) { case undefined: return 1; case null: return 2; case u: return 3; } })();
      return [typeof u, u == null, null == u, u == undefined, u === undefined, u === null, u != null, !u, u ? 1 : 2,
        (u ?? 3) === u, chosen, u || 5, typeof u === 'undefined', typeof u === 'function', u?.x === undefined, u == u, u == 0,
        a === 7, a === u, u instanceof Object].join(' ');
    }
    const u = %GetUndetectable();
    %PrepareFunctionForOptimization(all);
    print(all(u));
    all({}), all(undefined), all(1);
    %OptimizeFunctionOnNextCall(all);
    print(all(u));
    print(u(), typeof %GetCallable('f'));`;
  let output = '';
  const host = {
    ...nodeHost(),
    readFile: () => source,
    write: (_stream: 'stdout' | 'stderr', text: string) => {
      output += text;
    },
  };
  runD8(parseFlags(['--allow-natives-syntax', 'program.js']), host);
  assert.equal(output, `${expected}\n${expected}\nnull function\n`);
});
