// Thousands of frames: a client asks for a page, and nothing is named or placed that is not on it. Counted, not measured.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Sources } from './sources.ts';
import { Stack } from './stack.ts';
import { debug } from './test-driver.ts';

/** Recursion as deep as V8's own stack of 984 KB lets it, less what the stop itself needs. */
const program = (isOptimized: boolean): string => `function stop(o) { debugger; return o; }
function down(n, o) {
  const mine = { n };
  if (n === 0) return stop(o);
  return down(n - 1, mine);
}
${isOptimized ? '%PrepareFunctionForOptimization(down); down(9, {}); down(9, {}); %OptimizeFunctionOnNextCall(down); down(9, {});' : ''}
down(6000, {});
`;

/** How often `body` asks a method, by counting in its place. */
function counted<T extends object>(owner: T, method: keyof T & string, body: () => void): number {
  const original = owner[method] as (...args: unknown[]) => unknown;
  let calls = 0;
  Object.assign(owner, {
    [method](this: unknown, ...args: unknown[]) {
      calls++;
      return original.apply(this, args);
    },
  });
  try {
    body();
  } finally {
    Object.assign(owner, { [method]: original });
  }
  return calls;
}

for (const isOptimized of [false, true]) {
  const kind = isOptimized ? 'optimized' : 'interpreted';
  // Seen to fail: optimized frames had their names and places made for all of the stack.
  test(`a page of thousands of ${kind} frames costs what is on it`, () => {
    let seen = 0;
    debug(program(isOptimized), {
      launch: { v8Flags: ['--allow-natives-syntax', '--stack-size=984'] },
      always: (engine) => {
        const { total } = engine.stackTrace({ start: 0, count: 1 });
        if (total > 1000) {
          seen = total;
          const ids = new Set<number>();
          for (let start = 0; start < total; start += 1000) {
            let page: readonly { readonly id: number; readonly name: string; readonly kind: string }[] = [];
            const places = counted(Sources.prototype, 'locationOf', () => {
              page = engine.stackTrace({ start, count: 20 }).frames;
            });
            assert.ok(places <= page.length, `${places} places for ${page.length} frames`);
            for (const { id } of page) ids.add(id);
            if (start === 3000)
              assert.deepEqual([...new Set(page.map((frame) => `${frame.kind} ${frame.name.split(' ')[0]}`))].sort(), [
                `${kind} down`,
              ]);
          }
          assert.ok(ids.size > 100);
          const walks = counted(Stack.prototype, 'walk', () => {
            assert.equal(engine.evaluate({ expression: 'n', frame: 3000, context: 'hover' }).value, '2998');
            assert.ok(engine.scopes({ frame: 3000 }).length > 1);
          });
          assert.equal(walks, 0, 'looking walks no stack');
          assert.equal(
            counted(Stack.prototype, 'walk', () =>
              engine.evaluate({ expression: 'String(n)', frame: 3000, context: 'repl' }),
            ),
            1,
            'what ran something has it read once more',
          );
        }
        engine.resume({});
      },
    });
    assert.ok(seen > 6000, `${seen} frames`);
  });
}
