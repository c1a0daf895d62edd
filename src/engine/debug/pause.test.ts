// Pausing inside a loop of the host: a stop like any other, after which the loop goes on.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Request } from './protocol.ts';
import { debug } from './test-driver.ts';

const loops: Readonly<Record<string, string>> = {
  'fill of holes': 'new Array(1e5).fill(7).length',
  'a search over holes': 'new Array(1e6).indexOf(7)',
  'sorting without a comparator': '[...Array(5000).keys()].map((i) => (i * 7919) % 5003).sort()[3]',
  'JSON.stringify': 'JSON.stringify(Array(5000).fill({ a: [1, 2], b: "x" })).length',
  'JSON.parse': 'JSON.parse("[" + Array(5000).fill("[1,2]").join() + "]").length',
  'a comparison of long strings': '("a".repeat(5e5) + "b") < ("a".repeat(5e5) + "c")',
  'typed arrays': 'new Float64Array(1e5).fill(3).lastIndexOf(1)',
  'a Set of an array': 'new Set(Array(5000).fill(1)).size',
};

// Seen to fail: only what may run JavaScript looked for requests.
for (const [what, expression] of Object.entries(loops))
  test(`the program can be paused in ${what}`, () => {
    const source = `function work() {
  const before = [1];
  debugger;
  const result = ${expression};
  console.log(result, before.length);
}
work();
`;
    const free = debug(source);
    const driver = debug(source, {
      stops: [
        (engine, _stop, self) => {
          self.requests |= Request.Pause;
          self.interrupt();
          engine.resume({});
        },
        (engine, stop, self) => {
          assert.equal(stop.reason, 'pause');
          assert.equal(self.output, '');
          const { frames } = engine.stackTrace({ start: 0, count: 5 });
          assert.ok(frames.some(({ location }) => location?.line === 4));
          const work = frames.findIndex(({ name }) => name === 'work') + 1;
          // What is evaluated meanwhile allocates.
          const { value } = engine.evaluate({
            expression: 'Array.from({ length: 3000 }, (_, i) => ({ i })).length + before.push(2)',
            frame: work,
            context: 'repl',
          });
          assert.equal(value, '3002');
          engine.resume({});
        },
      ],
    });
    assert.equal(driver.output, free.output.replace(/ 1\n/, ' 2\n'));
  });
