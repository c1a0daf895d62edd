// Materialization, one thing at a time: a stop for each object that is made and each slot that gets what it waited for.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FrameTranslation, momentAt } from '../../picture/index.ts';
import type { DebugEngine } from './debug-engine.ts';
import type { EventBreakpoint, Stop, Variable } from './protocol.ts';
import { type Driver, debug, scopeOf } from './test-driver.ts';

/** Nested objects, one of them with a double; the outer one in two frames; a double and a large integer of their own. */
const program = `function norm(o, pair, again) {
  return pair.inner.x + pair.inner.y + o.value + again.inner.x;
}
function run(o, x) {
  const wide = x * 1.5;
  const large = (x * 100000000) | 0;
  const inner = { x, y: wide };
  const pair = { inner, tag: 1 };
  const r = norm(o, pair, pair);
  return r + wide + large + pair.inner.y;
}
for (const f of [norm, run]) %PrepareFunctionForOptimization(f);
run({ value: 1 }, 12); run({ value: 2 }, 13);
%OptimizeFunctionOnNextCall(run);
run({ value: 3 }, 14);
console.log(run({ other: 1, value: 4 }, 15));
`;
const output = '1500000101.5\n';

const isMaterializing = ({ phase }: Stop): boolean => phase === 'materialize objects';

/** Through a bailout by Step In; `seen` at every stop while objects are materialized. */
function stepThrough(seen: (engine: DebugEngine, stop: Stop) => void): Driver {
  return debug(program, {
    setUp: (engine) => engine.setExceptionFilters({ uncaught: false, caught: false, eager: true, lazy: false }),
    always: (engine, stop) => {
      if (isMaterializing(stop)) seen(engine, stop);
      if (stop.reason === 'step') engine.resume({});
      else engine.step({ kind: 'in', granularity: 'line' });
    },
  });
}

/** Every slot of the frames on the stack, the innermost first. */
const slotsOf = (engine: DebugEngine): Variable[] =>
  engine
    .stackTrace({ start: 0, count: 0 })
    .frames.filter(({ kind }) => kind === 'output')
    .flatMap(({ id }) => [...scopeOf(engine, 'outputFrame', id)]);

// Seen to fail: notifyDeoptimized filling all slots before it told of the first; the plan without what objects hold.
test('R5 R20: Step In stops at each object that is made and each slot that is filled, and nothing jumps', () => {
  const texts: string[] = [];
  let waiting: number | undefined;
  const driver = stepThrough((engine, { text, description }) => {
    texts.push(text!.replaceAll(/0x[0-9a-f]{12}/g, 'ADDRESS'));
    const slots = slotsOf(engine);
    const now = slots.filter(({ value }) => value.startsWith('<to be materialized>')).length;
    const changed = slots.filter(({ hint }) => hint === 'changed');
    const filled = text!.includes(' gets ') ? 1 : 0;
    assert.equal(changed.length, filled, text);
    if (waiting !== undefined) assert.equal(waiting - now, filled, `after '${text}'`);
    waiting = now;
    if (description === 'Deoptimizer: materialize objects') return;
    const made = scopeOf(engine, 'materialized').at(-1)!;
    assert.equal(scopeOf(engine, 'materialized').length, texts.length);
    assert.equal(made.hint, 'changed');
    const [address] = /0x[0-9a-f]{12}/.exec(text!)!;
    assert.ok(made.value.startsWith(address), `${made.value} at ${address}`);
    if (filled === 1) assert.ok(made.value.includes(changed[0]!.name.slice(0, changed[0]!.name.indexOf(']'))));
    if (filled === 1) assert.doesNotMatch(changed[0]!.value, /<to be materialized>/);
    assert.notEqual(made.ref + Number(/\d$/.test(made.value) || made.value.includes('HeapNumber')), 0);
  });
  assert.equal(waiting, 0);
  assert.deepEqual(texts, [
    "run @ 68: [top + 72] feedback vector gets its function's feedback vector at ADDRESS.",
    'run @ 68: [top + 64] r0 wide gets a HeapNumber at ADDRESS: 22.5 of xmm0, float64.',
    'run @ 68: [top + 56] r1 large gets a HeapNumber at ADDRESS: 1500000000 of r9, int32.',
    "object #2 at ADDRESS: 22.5, for 'y' of object #1.",
    "object #1 at ADDRESS: {x: 15, y: 22.5}, for 'inner' of object #0.",
    'run @ 68: [top + 40] r3 pair gets object #0 at ADDRESS: {inner: {…}, tag: 1}.',
    'norm @ 0: [top + 112] a2 again gets object #0 again at ADDRESS.',
    'norm @ 0: [top + 104] a1 pair gets object #0 again at ADDRESS.',
    "norm @ 0: [top + 24] feedback vector gets its function's feedback vector at ADDRESS.",
    'The frames stand on the stack. 5 objects made; 7 slots filled that waited for an object or a feedback vector.',
  ]);
  assert.equal(driver.output, output);
});

// Seen to fail: point() naming the phase at every part of it; the end of the phase taken for one more object.
test('R33: a breakpoint on materialize stops at each object, in the function that waits for it', () => {
  const stops = (breakpoint: Omit<EventBreakpoint, 'id'>, source = program): string[] =>
    debug(source, {
      setUp: (engine) => engine.setEventBreakpoints({ breakpoints: [{ id: 1, ...breakpoint }] }),
      always: (engine, { reason }) => {
        assert.equal(reason, 'function breakpoint');
        engine.resume({});
      },
    }).stopsSeen.map(({ description }) => description.replace('Deoptimizer: ', ''));
  const on = { on: 'phase', phase: 'materialize objects' } as const;
  const all = ['HeapNumber', 'HeapNumber', 'object #2', 'object #1', 'object #0'];
  assert.deepEqual(stops(on), all);
  assert.deepEqual(stops({ ...on, function: 'run' }), all);
  assert.deepEqual(stops({ ...on, function: 'norm' }), []);
  assert.deepEqual(stops({ ...on, hitCondition: '3' }), ['object #2']);
  const nothing = `function f(o) { return o.v; }
%PrepareFunctionForOptimization(f); f({ v: 1 }); f({ v: 2 });
%OptimizeFunctionOnNextCall(f); f({ v: 3 }); f({ w: 1, v: 4 });`;
  assert.deepEqual(stops(on, nothing), ['materialize objects']);
});

// Seen to fail: stepsOf without what is made; `now` counting from the phase's last step.
test('R34: the picture has a step for each object, and says where it is made', () => {
  const seen: FrameTranslation[] = [];
  const driver = stepThrough((engine) => void seen.push(engine.frameTranslation({})!));
  const [done] = driver.all('frameTranslation').map(({ json }) => JSON.parse(json) as FrameTranslation);
  const { steps } = done!;
  const first = steps.findIndex(({ phase }) => phase === 'materialize objects');
  assert.deepEqual(
    seen.map(({ now }) => now),
    seen.map((_, i) => first + i),
  );
  seen.forEach(({ steps: live, objects, now }, i) => {
    assert.equal(live[now]!.text, steps[now]!.text, 'said when it is done, and afterwards');
    const { made, fresh, freshObject, slots } = momentAt(done!, now);
    for (const { id, address } of objects) assert.equal(address !== undefined, made.has(id), `${id} at step ${i}`);
    if (fresh !== undefined) assert.equal(slots.get(fresh), 'filled');
    if (freshObject !== undefined) assert.ok(made.has(freshObject) && !momentAt(done!, now - 1).made.has(freshObject));
    const values = new Map(seen[i]!.outputs.flatMap((frame) => frame.slots.map((slot) => [slot.id, slot.value])));
    for (const [id, state] of slots) assert.equal(values.get(id) === '<to be materialized>', state === 'waits', id);
  });
  assert.deepEqual(
    steps.slice(first, first + seen.length).map(({ object }) => object),
    [undefined, undefined, undefined, 'o2', 'o1', 'o0', undefined, undefined, undefined, undefined],
  );
});

// Seen to fail: pushTranslatedValue writing at once what somebody has looked at.
test('R21: what was looked at before is filled in its turn, and is the same object', () => {
  const looked = stepThrough((engine, { description }) => {
    if (description !== 'Deoptimizer: HeapNumber') return;
    const frame = engine.stackTrace({ start: 0, count: 0 }).frames.find(({ kind }) => kind === 'output')!;
    engine.evaluate({ expression: 'pair', frame: frame.id, context: 'watch' });
  });
  const untouched = stepThrough(() => {});
  const descriptions = ({ stopsSeen }: Driver): string[] => stopsSeen.map(({ description }) => description);
  assert.deepEqual(descriptions(looked), descriptions(untouched));
  assert.equal(looked.output, output);
});
