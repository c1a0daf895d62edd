// Names of functions around, which no closure captured: on their frame, or said to be gone. Before, each of them was looked for in
// the outer contexts and among globals: found there under the same name, or a ReferenceError.

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

/** At the next stop: what each expression is, by hover, watch and console. */
const expressions =
  (expected: Readonly<Record<string, string>>): AtStop =>
  (engine) => {
    for (const [expression, value] of Object.entries(expected))
      for (const context of ['hover', 'watch', 'repl'] as const)
        assert.equal(evaluated(engine, expression, context), value, `${expression}, by ${context}`);
    engine.resume({});
  };

test('a name that was not captured is found on the frame of its function, else said to be gone', () => {
  const source = `var hidden = 'global';
  function outer(parameter, unused) {
    let own = 'own', hidden = 'outer';
    function middle() { let hidden = 'middle'; const inner = () => { debugger; return own; }; inner(); return inner; }
    return middle();
  }
  outer(1, 2)();`;
  debug(source, {
    stops: [
      expressions({ own: "'own'", hidden: "'middle'", parameter: '1', unused: '2', 'hidden.length': '6' }),
      expressions({
        own: "'own'",
        hidden: "'hidden' was not captured by inner, and middle has returned.",
        parameter: "'parameter' was not captured by inner, and outer has returned.",
        missing: 'ReferenceError: missing is not defined',
      }),
    ],
  });
});

test('an assignment writes the frame’s variable, not a global', () => {
  const source = `function f() { let count = 1; [1].forEach(() => { debugger; }); console.log(count); }
  f();`;
  const { output } = debug(source, {
    stops: [
      (engine) => {
        assert.equal(evaluated(engine, 'count = 41 + count', 'repl'), '42');
        assert.equal(evaluated(engine, 'typeof globalThis.count'), "'undefined'");
        engine.resume({});
      },
    ],
  });
  assert.match(output, /42/);
});

test('`this` of an arrow is that of the nearest function, whoever else captured one', () => {
  const source = `function Outer() {
    this.name = 'outer';
    const captures = () => this;
    function Inner() { const arrow = () => { debugger; }; arrow(); return arrow; }
    return Inner.call({ name: 'inner' });
  }
  const arrow = new Outer();
  arrow();
  class Made { constructor() { this.made = 1; const own = () => { debugger; }; own(); } }
  new Made();`;
  debug(source, {
    stops: [
      expressions({ this: "{name: 'inner'}", 'this.name': "'inner'" }),
      expressions({ this: "'this' was not captured by arrow, and Inner has returned." }),
      expressions({ 'this.made': '1' }),
    ],
  });
});

test('of two activations, the one that made the closure', () => {
  const source = `function f(depth, given) {
    let own = 'at ' + depth;
    const arrow = () => { debugger; };
    if (depth === 0) return f(1, arrow);
    given();
    arrow();
  }
  f(0);
  function holder(given) { let own = 'holder'; if (given) given(); return () => { debugger; }; }
  holder(holder());`;
  debug(source, {
    stops: [
      expressions({ own: "'at 0'", depth: '0' }),
      expressions({ own: "'at 1'", depth: '1' }),
      expressions({
        own: "'own' was not captured by (anonymous), and which activation of holder made it cannot be told.",
      }),
    ],
  });
});

test('a variable of a block that is left is not the register’s next one', () => {
  const source = `function f() {
    let arrow;
    { let first = 1; arrow = () => { debugger; }; }
    { let second = 2; arrow(); }
    const later = () => { debugger; };
    later();
    let after = 3;
    return after;
  }
  f();`;
  debug(source, {
    stops: [
      expressions({ first: "'first' was not captured by arrow, and its block is not the one that runs." }),
      expressions({ after: "ReferenceError: Cannot access 'after' before initialization" }),
    ],
  });
});

test('in optimized code, too', () => {
  const source = `function f(list, scale) {
    let extra = scale * 2;
    list.forEach((each) => { if (each.stop) debugger; });
    return extra + scale;
  }
  %PrepareFunctionForOptimization(f);
  f([{}], 1); f([{}], 1);
  %OptimizeFunctionOnNextCall(f);
  f([{}], 1);
  f([{ stop: true }], 7);`;
  debug(source, { stops: [expressions({ scale: '7', extra: '14' })] });
});

test('parameters that nothing names have their values', () => {
  debug('function f(first, second) { debugger; } f(1, 2);', {
    stops: [
      (engine) => {
        const locals = scopeOf(engine, 'locals');
        assert.equal(valueOf(locals, 'first'), '1');
        assert.equal(valueOf(locals, 'second'), '2');
        engine.resume({});
      },
    ],
  });
});
