// Variables as they are at the position that a frame stands at: what a block hides, what is not initialized yet.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DebugEngine } from './debug-engine.ts';
import { type AtStop, debug, scopeOf, valueOf } from './test-driver.ts';

const evaluated = (engine: DebugEngine, expression: string, context: 'watch' | 'hover' | 'repl' = 'watch'): string => {
  try {
    return engine.evaluate({ expression, frame: 1, context }).value;
  } catch (error) {
    return (error as Error).message;
  }
};

/** At the next stop, looks and goes on. */
const look =
  (body: (engine: DebugEngine) => void): AtStop =>
  (engine) => {
    body(engine);
    engine.resume({});
  };

const locals = (engine: DebugEngine, name: string): string | undefined => valueOf(scopeOf(engine, 'locals'), name);

test('a block hides a parameter only inside of it', () => {
  const source = `function width(size) {
    { debugger; let size = 'small'; debugger; }
    for (const size of [7]) { debugger; }
    try { throw 'caught'; } catch (size) { debugger; }
    switch (size) { default: let size = 9n; debugger; }
    debugger;
    return size;
  }
  width(12);`;
  const is = (expected: string) =>
    look((engine) => {
      // what a catch clause declares is in a context of its own
      if (expected !== "'caught'") assert.equal(locals(engine, 'size'), expected);
      if (expected.startsWith('<')) return;
      for (const context of ['watch', 'hover', 'repl'] as const)
        assert.equal(evaluated(engine, 'size', context), expected);
      assert.equal(evaluated(engine, '[size].length', 'repl'), '1');
    });
  debug(source, {
    stops: [is('<uninitialized>'), is("'small'"), is('7'), is("'caught'"), is('9n'), is('12')],
  });
});

test('a captured variable of a block hides what its function has in registers, and the other way round', () => {
  const source = `function f(outer, kept) {
    const get = () => kept;
    { let outer = 'block', beside = 3; const inner = () => outer; debugger; inner(); }
    { let kept = 'register'; debugger; kept.length; }
    for (let round = 0; round < 2; round++) { const inner = () => round; if (round === 1) debugger; inner(); }
    return get() + outer;
  }
  f('parameter', 'context');`;
  debug(source, {
    stops: [
      look((engine) => {
        assert.equal(evaluated(engine, 'outer'), "'block'");
        assert.equal(evaluated(engine, 'beside'), '3');
        assert.equal(locals(engine, 'outer'), "'parameter'");
        assert.equal(valueOf(scopeOf(engine, 'block'), 'beside'), '3');
      }),
      look((engine) => {
        assert.equal(evaluated(engine, 'kept'), "'register'");
        assert.deepEqual(
          scopeOf(engine, 'locals')
            .filter(({ name }) => name === 'kept')
            .map(({ value }) => value),
          ["'register'"],
        );
      }),
      look((engine) => {
        assert.equal(evaluated(engine, 'round'), '1');
        assert.equal(locals(engine, 'round'), undefined, 'the first round’s own variable is hidden');
      }),
    ],
  });
});

test('a variable in its dead zone says so, in each round of a loop', () => {
  const source = `function f() {
    for (let i = 0; i < 2; i++) {
      debugger;
      let value = i;
      class Inner {}
      const both = value + 1;
      both;
    }
  }
  f();`;
  const dead = look((engine) => {
    for (const name of ['value', 'Inner', 'both']) {
      assert.equal(locals(engine, name), '<uninitialized>');
      assert.equal(evaluated(engine, name), `ReferenceError: Cannot access '${name}' before initialization`);
      assert.match(evaluated(engine, `typeof ${name} + f()`, 'repl'), /Cannot access '\w+' before initialization/);
    }
    assert.equal(evaluated(engine, '[1].map((value) => value)[0]', 'repl'), '1');
  });
  debug(source, { stops: [dead, dead] });
});

test('the receiver of a derived constructor is a variable', () => {
  const source = `class Base {}
  class Derived extends Base { constructor() { debugger; super(); debugger; this.set = 1; } }
  new Derived();`;
  debug(source, {
    stops: [
      look((engine) => assert.ok(!['undefined', 'globalThis'].includes(locals(engine, 'this') ?? ''))),
      look((engine) => assert.equal(locals(engine, 'this'), 'Derived {}')),
    ],
  });
});

test('minus zero is a HeapNumber, wherever it comes from', () => {
  debug('function f(zero) { const computed = 0 * -1; debugger; return [zero, computed]; } f(-0);', {
    stops: [
      look((engine) => {
        assert.equal(locals(engine, 'zero'), '-0');
        assert.equal(locals(engine, 'computed'), '-0');
        for (const expression of ['-0', 'zero', '0 * -1', 'computed'])
          for (const context of ['watch', 'repl'] as const) {
            const { value, type } = engine.evaluate({ expression, frame: 1, context });
            assert.deepEqual([value, type], ['-0', 'HeapNumber'], expression);
          }
        assert.equal(engine.evaluate({ expression: '2 ** 40', frame: 1, context: 'watch' }).type, 'HeapNumber');
      }),
    ],
  });
});
