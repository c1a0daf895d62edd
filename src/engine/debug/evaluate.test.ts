// What watches, hovers and the console may ask for: private members, literals, calls, variables of the console, registers.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DebugEngine } from './debug-engine.ts';
import { debug } from './test-driver.ts';

type Context = 'watch' | 'hover' | 'repl';

const evaluated = (engine: DebugEngine, context: Context, expression: string): string => {
  try {
    return engine.evaluate({ expression, frame: 1, context }).value;
  } catch (error) {
    return (error as Error).message;
  }
};

test('private fields are read without side effects; methods and accessors run', () => {
  const source = `class Account {
    #balance = 12;
    static #opened = 3;
    #add(n) { debugger; return (this.#balance += n); }
    get #double() { return this.#balance * 2; }
    static #reset() { return 'reset'; }
    pay(n) { return this.#add(n) + this.#double + Account.#opened + Account.#reset(); }
  }
  const account = new Account();
  account.pay(1);`;
  debug(source, {
    stops: [
      (engine) => {
        for (const context of ['watch', 'hover', 'repl'] as const) {
          assert.equal(evaluated(engine, context, 'this.#balance + n'), '13');
          assert.equal(evaluated(engine, context, 'Account.#opened'), '3');
          assert.equal(evaluated(engine, context, '#balance in this'), 'true');
          assert.equal(evaluated(engine, context, '#balance in Account'), 'false');
          assert.equal(evaluated(engine, context, 'null?.#balance'), 'undefined');
          assert.match(
            evaluated(engine, context, 'Account.#balance'),
            /^TypeError: Cannot read private member #balance/,
          );
          assert.match(evaluated(engine, context, 'this.#nothing'), /Private field '#nothing' must be declared/);
        }
        assert.equal(evaluated(engine, 'watch', 'this.#double'), '24');
        assert.equal(evaluated(engine, 'hover', 'this.#double'), '24');
        assert.match(evaluated(engine, 'hover', 'this.#add(1)'), /^EvalError: Possible side-effect/);
        assert.equal(evaluated(engine, 'watch', '#add in this'), 'true');
        assert.equal(evaluated(engine, 'repl', 'this.#add(5)'), '17');
        assert.equal(evaluated(engine, 'repl', 'this.#balance = 20; n = 2; this.#balance'), '20');
        assert.equal(evaluated(engine, 'watch', 'this.#balance + n'), '22');
        assert.equal(evaluated(engine, 'repl', 'Account.#reset()'), "'reset'");
        engine.resume({});
      },
    ],
  });
});

test('parentheses and object literals, everywhere', () => {
  debug('function f(a) { debugger; return a; } f(2);', {
    stops: [
      (engine) => {
        for (const context of ['watch', 'hover', 'repl'] as const) {
          assert.equal(evaluated(engine, context, '(a + 1)'), '3');
          assert.equal(evaluated(engine, context, '((a)) * (a)'), '4');
          assert.equal(evaluated(engine, context, '({ a, b: [1] })'), '{a: 2, b: Array(1)}');
          assert.match(evaluated(engine, context, '(a'), /SyntaxError/);
        }
        assert.equal(evaluated(engine, 'repl', '(a) = 5; a'), '5');
        assert.equal(evaluated(engine, 'watch', '[a].map((x) => x * 2)[0] + new Map([[1, 2]]).get(1)'), '12');
        for (const change of ['a = 1', 'a++', 'delete a.b', '(() => { a = 1; })()'])
          assert.match(evaluated(engine, 'watch', change), /Not evaluated here/);
        assert.equal(evaluated(engine, 'hover', 'f(1)'), '1');
        engine.resume({});
      },
    ],
  });
});

test('what the console declares is there at later inputs and stops', () => {
  debug('function f(a) { debugger; return a; } f(1); f(2);', {
    stops: [
      (engine) => {
        evaluated(engine, 'repl', 'let kept = { a }, [first, ...others] = [7, 8, 9]');
        assert.equal(evaluated(engine, 'repl', 'function twice(n) { return n * 2 } class Pair {}; twice(first)'), '14');
        assert.equal(evaluated(engine, 'repl', 'first += 1; others.push(first); first'), '8');
        assert.equal(evaluated(engine, 'watch', 'kept.a + others.length'), '4');
        engine.resume({});
      },
      (engine) => {
        assert.equal(evaluated(engine, 'hover', 'kept.a + a'), '3');
        assert.equal(evaluated(engine, 'repl', 'twice(first) + Pair.name'), "'16Pair'");
        assert.equal(evaluated(engine, 'repl', 'let first = 100; first'), '100');
        assert.equal(evaluated(engine, 'watch', 'first'), '100');
        engine.resume({});
      },
    ],
  });
});

test('registers by name, where machine code is stopped', () => {
  const source = `function add(a, b) { return a + b; }
  %PrepareFunctionForOptimization(add); add(1, 2); %OptimizeFunctionOnNextCall(add); add(1, 2);
  debugger;
  add('x', 'y');`;
  debug(source, {
    setUp: (engine) => engine.setExceptionFilters({ caught: false, uncaught: false, eager: true, lazy: false }),
    stops: [
      (engine) => {
        assert.match(evaluated(engine, 'watch', '$rax'), /ReferenceError/);
        engine.resume({});
      },
      (engine) => {
        for (const context of ['watch', 'hover', 'repl'] as const)
          for (const name of ['$rax', '$rip', '$rsp', '$xmm0'])
            assert.match(evaluated(engine, context, name), /0x[0-9a-f]+/, name);
        engine.resume({});
      },
    ],
  });
});

// Seen to fail: `await` was a syntax error.
test('the console awaits what the jobs that wait can give', () => {
  const source = `const order = [];
  async function later(n) { await null; order.push(n); return n; }
  async function stop() { await null; debugger; void [later, order]; }
  async function outer() { await stop(); order.push('outer'); }
  outer().then(() => console.log(order.join()));
  void later;`;
  const { output } = debug(source, {
    stops: [
      (engine) => {
        const run = (expression: string): string => evaluated(engine, 'repl', expression);
        assert.equal(run('await later(7) + 1'), '8');
        assert.equal(run('const kept = await later(2)'), 'undefined');
        assert.equal(run('kept'), '2');
        assert.equal(run('for await (const n of [later(3)]) order.push(n * 10)'), 'undefined');
        assert.equal(run('await Promise.reject(new Error("rejected"))'), 'Error: rejected');
        assert.equal(run('await new Promise(() => {})'), 'Promise {<pending>}');
        assert.equal(run('function declared() { return kept; }'), 'undefined');
        assert.equal(run('declared()'), '2');
        const frames = engine.stackTrace({ start: 0, count: 0 }).frames.map(({ name }) => name);
        assert.deepEqual(frames, ['stop', 'await: outer'], 'who awaits the stopped job is still known');
        engine.resume({});
      },
    ],
  });
  assert.match(output, /7,2,3,30,outer/);
});
