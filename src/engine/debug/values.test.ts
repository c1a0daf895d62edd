// Values of every kind, as V8's inspector tells them: their internal slots, and enough of them on one line.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DebugEngine } from './debug-engine.ts';
import { debug } from './test-driver.ts';

const program = `const regexp = /a+\\d"/giy, fulfilled = Promise.resolve({ r: 1 }), rejected = Promise.reject(new Error('no')), pending = new Promise(() => {});
rejected.catch(() => {});
function* counter(from) { const start = from; yield start; yield 2; }
const suspended = counter(4), closed = counter(1); suspended.next(); closed.return(5);
const map = new Map([[1, { a: 1 }], ['k', [1, 2]]]), set = new Set([1, 'x']), entries = map.entries(), weak = new WeakMap([[map, 1]]);
const proxy = new Proxy({ t: 1 }, {}), bound = counter.bind(null, 1, 'two'), number = Object(5), buffer = new ArrayBuffer(8), reference = new WeakRef(regexp);
const passed = (function () { return arguments; })(1, 2), big = 12n, indexed = { 1: 'one', named: 2 };
const described = { [Symbol.for('debug.description')]() { return 'I am ' + this.size; }, size: 4 };
const endless = { [Symbol.for('debug.description')]() { throw new Error('no words'); }, size: 5 };
debugger;`;

const look = (engine: DebugEngine, name: string): { text: string; type: string; slots: Record<string, string> } => {
  const { value, type, ref } = engine.evaluate({ expression: name, frame: 1, context: 'watch' });
  const children = ref === 0 ? [] : engine.variables({ ref, start: 0, count: 0 });
  const slots = children.filter((child) => child.name.startsWith('[[') && !/Map|Prototype\]/.test(child.name));
  return { text: value, type: type ?? '', slots: Object.fromEntries(slots.map((slot) => [slot.name, slot.value])) };
};

test('kinds of objects, on a line and in their slots', () => {
  debug(program, {
    stops: [
      (engine) => {
        const text = (name: string): string => look(engine, name).text;
        const slots = (name: string): Record<string, string> => look(engine, name).slots;
        assert.equal(text('regexp'), '/a+\\d"/giy');
        assert.equal(text('fulfilled'), 'Promise {<fulfilled>: {…}}');
        assert.deepEqual(slots('fulfilled'), { '[[PromiseState]]': 'fulfilled', '[[PromiseResult]]': '{r: 1}' });
        assert.equal(slots('rejected')['[[PromiseResult]]'], 'Error: no');
        assert.deepEqual(slots('pending'), { '[[PromiseState]]': 'pending', '[[PromiseResult]]': 'undefined' });
        assert.equal(text('suspended'), 'counter {<suspended>}');
        assert.match(slots('suspended')['[[GeneratorLocation]]']!, /\.js:3:47$/);
        assert.equal(slots('closed')['[[GeneratorState]]'], 'closed');
        assert.equal(text('map'), "Map(2) {1 → {…}, 'k' → Array(2)}");
        assert.equal(text('set'), "Set(2) {1, 'x'}");
        assert.equal(slots('entries')['[[IteratorKind]]'], 'entries');
        assert.equal(slots('entries')['[[Entries]]'], '(2)');
        assert.equal(slots('weak')['[[Entries]]'], '(1)');
        assert.equal(text('proxy'), 'Proxy({…})');
        assert.equal(slots('proxy')['[[IsRevoked]]'], 'false');
        assert.equal(slots('bound')['[[BoundArgs]]'], '(2)');
        assert.equal(slots('number')['[[PrimitiveValue]]'], '5');
        assert.equal(text('buffer'), 'ArrayBuffer(8)');
        assert.equal(text('reference'), 'WeakRef {/a+\\d"/giy}');
        assert.equal(text('passed'), 'Arguments(2) [1, 2]');
        assert.equal(text('indexed'), "{1: 'one', named: 2}");
        for (const context of ['watch', 'repl'] as const)
          assert.equal(engine.evaluate({ expression: 'big', frame: 1, context }).type, 'BigInt');
        assert.equal(text('described'), 'I am 4');
        assert.match(text('endless'), /^\{size: 5/);
        engine.resume({});
      },
    ],
  });
});

// Seen to fail: 100,000 lines at once, a string of five million characters in an answer, a stack of two thousand frames.
test('what is large is shown in parts', () => {
  const source = `const large = {}; for (let i = 0; i < 2500; i++) large['key' + i] = i;
const text = 'abcde'.repeat(1000000);
const set = new Set(Array.from({ length: 2500 }, (_, i) => i));
const deep = (n) => { if (n === 0) { debugger; return 0; } return 1 + deep(n - 1); };
debugger;
deep(5000);`;
  debug(source, {
    stops: [
      (engine) => {
        const evaluate = (expression: string, context: 'watch' | 'clipboard' = 'watch') =>
          engine.evaluate({ expression, frame: 1, context });
        const children = (ref: number) => engine.variables({ ref, start: 0, count: 0 });
        const groups = children(evaluate('large').ref).filter(({ name }) => name.includes('…'));
        assert.deepEqual(
          groups.map(({ name }) => name),
          ['[0 … 999]', '[1000 … 1999]', '[2000 … 2499]'],
        );
        assert.deepEqual(
          children(groups[2]!.ref).map(({ name }) => name),
          Array.from({ length: 500 }, (_, i) => `key${2000 + i}`),
        );
        const entries = children(evaluate('set').ref).find(({ name }) => name === '[[Entries]]')!;
        assert.deepEqual(
          children(entries.ref).map(({ name }) => name),
          ['[0 … 999]', '[1000 … 1999]', '[2000 … 2499]'],
        );
        assert.equal(evaluate('text').value.length, 1003);
        assert.equal(evaluate('(text + 1)').value.length, 1003);
        assert.equal(evaluate('text', 'clipboard').value.length, 5_000_000);
        assert.equal(evaluate('text.length').value, '5000000');
        assert.equal(engine.completions({ text: 'large.', frame: 1 }).length, 500);
        engine.resume({});
      },
      (engine) => {
        assert.equal(engine.stackTrace({ start: 0, count: 20 }).total, 5002);
        assert.equal(engine.stackTrace({ start: 5001, count: 1 }).frames[0]!.name, '(script)');
        engine.resume({});
      },
    ],
  });
});
