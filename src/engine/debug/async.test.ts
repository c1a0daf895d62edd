// Async functions: who awaits the stopped one, and steps over awaits and out of them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DebugEngine } from './debug-engine.ts';
import { type AtStop, debug, resume, scopeOf, scriptSource, step, writeProgram } from './test-driver.ts';

test('the stack goes on with the functions that await the running one', () => {
  const seen: string[][] = [];
  const source = `const later = () => new Promise((resolve) => setTimeout(resolve, 1));
async function leaf() {
  debugger;
  await later();
  debugger;
  return 1;
}
const middle = async () => {
  const value = await leaf();
  return value + 1;
};
async function root() {
  return 1 + (await Promise.all([middle()]))[0];
}
root().then((value) => console.log(value));`;
  const driver = debug(source, {
    always: (engine) => {
      const { frames } = engine.stackTrace({ start: 0, count: 0 });
      seen.push(frames.map(({ name, location }) => `${name}:${location?.line}`));
      for (const [i, frame] of frames.entries())
        if (frame.kind === 'awaiting') assert.ok(engine.scopes({ frame: i + 1 }).length > 0);
      engine.resume({});
    },
  });
  assert.equal(driver.output, '3\n');
  assert.deepEqual(seen, [
    ['leaf:3', 'middle:9', 'root:13', '(script):15'],
    ['leaf:5', 'await: middle:9', 'await: root:13'],
  ]);
});

/** Where a breakpoint that stops once, and then the steps, stop. */
function places(source: string, line: number, steps: readonly ('over' | 'out')[]): string[] {
  const seen: string[] = [];
  const file = writeProgram(source);
  const set = (engine: DebugEngine, lines: number[]) =>
    engine.setBreakpoints({ source: scriptSource(file), breakpoints: lines.map((at) => ({ id: at, line: at })) });
  const then =
    (action: AtStop): AtStop =>
    (engine, stop, driver) => {
      const [top] = engine.stackTrace({ start: 0, count: 1 }).frames;
      seen.push(`${top!.name}:${top!.location!.line}`);
      set(engine, []);
      action(engine, stop, driver);
    };
  debug(source, {
    file,
    setUp: (engine) => set(engine, [line]),
    stops: [...steps.map((kind) => then(step(kind))), then(resume)],
  });
  return seen;
}

const bakery = `const pause = () => new Promise((resolve) => setTimeout(resolve, 1));
async function knead(name) {
  let dough = name;
  await pause();
  dough += '!';
  return dough;
}
async function bake(name) {
  let bread = await knead(name);
  bread += '?';
  return bread;
}
bake('rye').then(() => {});
(async () => {
  for (let i = 0; i < 5; i++) await null;
  await knead('oat');
})();`;

test('a step over an await goes on in the same activation, at the next statement', () => {
  // the other activations of knead run in between
  assert.deepEqual(places(bakery, 3, ['over', 'over']), ['knead:3', 'knead:4', 'knead:5']);
});

test('a step over the end of an async function, and out of it, goes on where it is awaited', () => {
  const toEnd = places(bakery, 5, ['over', 'over']);
  assert.deepEqual(toEnd, ['knead:5', 'knead:6', 'bake:10']);
  assert.deepEqual(places(bakery, 5, ['out']), ['knead:5', 'bake:10']);
});

test('out of an async function that nothing awaited yet, into its async caller', () => {
  const source = `async function quick(n) {
  return n + 1;
}
async function caller() {
  let sum = await quick(1);
  sum += 1;
  return sum;
}
caller();`;
  assert.deepEqual(places(source, 2, ['over']), ['quick:2', 'caller:6']);
  assert.deepEqual(places(source, 2, ['out']), ['quick:2', 'caller:6']);
});

test('an exception leads to the handler around the await', () => {
  const source = `async function failing() {
  await null;
  throw new Error('failing');
}
async function caller() {
  try {
    await failing();
  } catch (error) {
    return error.message;
  }
}
caller();`;
  assert.deepEqual(places(source, 3, ['over']), ['failing:3', 'caller:9']);
});

// Seen to fail: such a frame had the script's scope only.
test('a function that waits has its variables', () => {
  const source = `async function leaf(n) { await null; debugger; return n; }
class Baker {
  async bake(flour, unused) {
    let loaves = 2, eaten = 1;
    const count = () => loaves;
    { const hidden = 'in a block'; eaten += await leaf(flour.length + hidden.length); }
    console.log(eaten, count());
  }
}
new Baker().bake('rye', 7);`;
  const { output } = debug(source, {
    stops: [
      (engine) => {
        const evaluate = (expression: string): string =>
          engine.evaluate({ expression, frame: 2, context: 'repl' }).value;
        assert.equal(engine.stackTrace({ start: 1, count: 1 }).frames[0]!.name, 'await: bake');
        const locals = new Map(scopeOf(engine, 'locals', 2).map(({ name, value }) => [name, value]));
        assert.equal(locals.get('flour'), "'rye'");
        assert.equal(locals.get('unused'), '7');
        assert.equal(locals.get('eaten'), '1');
        assert.equal(locals.get('hidden'), "'in a block'");
        assert.equal(locals.get('this'), 'Baker {}');
        assert.equal(locals.get('loaves'), '2');
        assert.equal(evaluate('flour + eaten + count()'), "'rye12'");
        assert.equal(evaluate('loaves = 10'), '10');
        assert.equal(evaluate('unused = 8'), '8');
        assert.equal(evaluate('unused'), '8');
        engine.resume({});
      },
    ],
  });
  assert.match(output, / 10\n/);
});
