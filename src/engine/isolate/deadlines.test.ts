// Deadlines end what runs, wherever it is, and nothing else. The clock is the host's: here one that goes on at each look.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseFlags } from '../base/index.ts';
import { toHost } from '../runtime/index.ts';
import { Isolate } from './isolate.ts';
import { RecordingHost } from './recording-host.ts';

class TickingHost extends RecordingHost {
  ticks = 0;
  override monotonicTime(): number {
    return this.ticks++;
  }
}

const timed = (isolate: Isolate, milliseconds: number, source: string): string =>
  isolate.deadlines.run<string>(
    milliseconds,
    () => toHost(isolate.rt, isolate.runScript(source, 'a.js')),
    (): never => {
      throw new Error('passed');
    },
  );

for (const flags of [[], ['--no-opt'], ['--always-turbofan'], ['--emulator=interpret']])
  test(`loops, recursion and callbacks end at their deadline (${flags.join(' ')})`, () => {
    const host = new TickingHost();
    const isolate = new Isolate({ host, flags: parseFlags(flags, {}).flags });
    const endless = [
      'for (;;);',
      'function f() { for (;;) f.n = 1; } f();',
      '(function f() { try { for (;;); } catch { return 1; } finally { for (;;); } })()',
      '[1].map(() => { for (;;); })',
      'const down = (n) => (n === 0 ? 0 : down(n - 1)); for (;;) down(10);',
      'new Promise(() => { for (;;); })',
    ];
    for (const source of endless) {
      assert.throws(() => timed(isolate, 3000, source), /^Error: passed$/, source);
      // and everything is as it was
      assert.equal(timed(isolate, 3000, `'' + [3, 1, 2].sort((a, b) => a - b)`), '1,2,3');
    }
    const before = host.ticks;
    isolate.runScript('for (let i = 0; i < 1000; i++) [i].map((x) => x);', 'b.js');
    assert.equal(host.ticks, before, 'without a deadline nobody looks at the clock');
  });

test('the outer deadline ends an action whose own is later; the inner one only its own', () => {
  const isolate = new Isolate({ host: new TickingHost() });
  const inner = (milliseconds: number): string => {
    try {
      return timed(isolate, milliseconds, 'for (;;);');
    } catch (error) {
      return (error as Error).message;
    }
  };
  const outer = (milliseconds: number, action: () => string): string =>
    isolate.deadlines.run(milliseconds, action, (): never => {
      throw new Error('outer passed');
    });
  assert.throws(() => outer(100, () => timed(isolate, 1e9, 'for (;;);')), /^Error: outer passed$/);
  assert.equal(
    outer(1e9, () => inner(100)),
    'passed',
  );
});
