// Async functions: who awaits the stopped one.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { debug } from './test-driver.ts';

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
