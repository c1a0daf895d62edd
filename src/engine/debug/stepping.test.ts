// Steps where the way is not straight: exceptions, recursion, callbacks, generators, constructors, optimized code.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Granularity, Request, type StepKind } from './protocol.ts';
import {
  type AtStop,
  Driver,
  debug,
  launchArguments,
  resume,
  scriptSource,
  step,
  writeProgram,
} from './test-driver.ts';

/** Stops at `line`, then takes the steps; where each of them led, as `function:line`. */
function steps(
  source: string,
  line: number,
  kinds: readonly StepKind[],
  granularity: Granularity = 'line',
  v8Flags: string[] = [],
): string[] {
  const seen: string[] = [];
  const rest = [...kinds];
  debug(source, {
    launch: { v8Flags: ['--allow-natives-syntax', ...v8Flags] },
    setUp: (engine, file) =>
      engine.setBreakpoints({ source: scriptSource(file), breakpoints: [{ id: 1, line, hitCondition: '1' }] }),
    always: (engine) => {
      const top = engine.stackTrace({ start: 0, count: 1 }).frames[0]!;
      seen.push(`${top.name}:${top.location?.line}`);
      const kind = rest.shift();
      if (kind === undefined) engine.resume({});
      else engine.step({ kind, granularity });
    },
  });
  return seen;
}

test('over a call that throws: the handler is the next stop', () => {
  const source = `function thrower() {
  throw new Error('x');
}
function f() {
  try {
    thrower();
    return 1;
  } catch (e) {
    return e.message;
  }
}
f();
`;
  assert.deepEqual(steps(source, 6, ['over', 'over']), ['f:6', 'f:9', '(script):12']);
});

test('over recursion stays in its own activation', () => {
  const source = `function fact(n) {
  if (n < 2) return 1;
  const rest = fact(n - 1);
  return n * rest;
}
console.log(fact(4));
`;
  assert.deepEqual(steps(source, 3, ['over', 'over']), ['fact:3', 'fact:4', '(script):6']);
});

test('into and out of callbacks of the standard library, whose own code is skipped', () => {
  const source = `const out = [1, 2].map((x) => {
  const y = x * 2;
  return y;
});
const sorted = [3, 1].sort((a, b) => a - b);
console.log(out, sorted);
`;
  assert.deepEqual(steps(source, 1, ['in', 'over', 'over', 'out']), [
    '(script):1',
    '(anonymous):2',
    '(anonymous):3',
    '(anonymous):2',
    '(script):5',
  ]);
});

test('generators and constructors', () => {
  const source = `function* pair() {
  yield 1;
  yield 2;
}
class A {
  constructor(x) {
    this.x = x;
  }
}
class B extends A {
  constructor(x) {
    super(x);
    this.y = 1;
  }
}
const b = new B(3);
const list = [...pair()];
console.log(b.x, list.length);
`;
  const path = steps(source, 16, ['in', 'in', 'in', 'over', 'over', 'over']);
  assert.deepEqual(path.slice(0, 3), ['(script):16', 'B:12', 'A:7']);
  assert.ok(path.includes('B:13'), path.join());
});

// As V8: the next place after the call where a breakpoint could be.
test('out of a function stops at the caller’s next call or statement', () => {
  const source = `function inner() {
  return 1;
}
function outer() {
  const a = inner() + inner();
  return a;
}
outer();
`;
  assert.deepEqual(steps(source, 2, ['out', 'in', 'out', 'over']), [
    'inner:2',
    'outer:5',
    'inner:2',
    'outer:6',
    '(script):8',
  ]);
});

test('into optimized code by line, and out of it', () => {
  const source = `function area(shape) {
  const w = shape.width;
  return w * shape.height;
}
%PrepareFunctionForOptimization(area);
area({ width: 1, height: 2 }); area({ width: 1, height: 2 });
%OptimizeFunctionOnNextCall(area);
area({ width: 1, height: 2 });
const last = area({ width: 3, height: 4 });
console.log(last);
`;
  const path = steps(source, 9, ['in', 'over', 'out']);
  assert.equal(path[0], '(script):9');
  assert.match(path[1]!, /^area \(optimized\):[23]$/);
  assert.match(path[2]!, /^area \(optimized\):3$/);
  assert.equal(path[3], '(script):10');
});

test('a step over a hot callee runs it at full speed, tier-up included', () => {
  const source = `function work(n) {
  let sum = 0;
  for (let i = 0; i < n; i++) sum = (sum + i) % 1000003;
  return sum;
}
const before = 1;
const total = work(300000);
console.log(before, total);
`;
  const driver = debug(source, {
    launch: { v8Flags: ['--trace-osr'] },
    setUp: (engine, file) =>
      engine.setBreakpoints({ source: scriptSource(file), breakpoints: [{ id: 1, line: 7, hitCondition: '1' }] }),
    stops: [step('over'), resume],
  });
  assert.equal(driver.stopsSeen.length, 2);
  const printed = driver.all('output').map((output) => output.text);
  assert.match(printed.join(''), /OSR - compilation started. function: work/, 'the callee was entered by OSR');
});

test('over a loop along an optional chain: never to the first line, whose position such chains have', () => {
  const source = `const options = { list: [1, 2] };
function sum() {
  let total = 0;
  for (const value of options?.list) {
    total += value;
  }
  return total;
}
sum();
`;
  assert.deepEqual(steps(source, 3, ['over', 'over', 'over', 'over', 'over', 'over']), [
    'sum:3',
    'sum:4',
    'sum:5',
    'sum:4',
    'sum:5',
    'sum:4',
    'sum:7',
  ]);
});

// Seen to fail: the steps stopped in `area`, which is inlined twice.
test('steps out and over in optimized code do not stop in what is inlined', () => {
  const source = `function area(shape) {
  const w = shape.width;
  return w * shape.height;
}
function total(a, b) {
  const first = area(a);
  const second = area(b);
  return first + second;
}
const a = { width: 1, height: 2 }, b = { width: 3, height: 4 };
%PrepareFunctionForOptimization(area); %PrepareFunctionForOptimization(total);
total(a, b); total(a, b);
%OptimizeFunctionOnNextCall(total);
total(a, b);
const last = total(a, b);
console.log(last);
`;
  const path = steps(source, 15, ['in', 'in', 'out', 'over', 'over']);
  assert.deepEqual(path.slice(1), [
    'total (optimized):6',
    'area (inlined into total):2',
    'total (optimized):7',
    'total (optimized):8',
    '(script):16',
  ]);
});

// Seen to fail: the step never ended, as optimized code does not ask the stepper; and the bailout that V8 makes of it ended in
// "number 0 is not a function", because a loop that is left at its stack check went on behind its jump.
test('a step from a pause in an optimized loop goes on in the interpreter', () => {
  const source = `function work(list) {
  let sum = 0;
  for (let i = 0; ; i++) {
    sum += list[i & 7];
    sum &= 0xffff;
  }
}
work([1, 2, 3, 4, 5, 6, 7, 8]);
`;
  const places: string[] = [];
  const note: AtStop = (engine, stop, driver) => {
    const { name, location } = engine.stackTrace({ start: 0, count: 1 }).frames[0]!;
    places.push(`${name}:${location!.line}`);
    if (places.length < 4) step('over')(engine, stop, driver);
    else driver.terminated = true;
  };
  const driver = new Driver((engine) => engine.launch(launchArguments(writeProgram(source))), [note, note, note, note]);
  driver.interruptAfter(1500, Request.Pause);
  driver.engine.main();
  assert.deepEqual(places, ['work (optimized):3', 'work:4', 'work:5', 'work:3']);
});

// Seen to fail: the program ran on to its end.
test('a step out of what nothing of the program called goes on in the next job', () => {
  const source = `setTimeout(() => {
  console.log('timer');
}, 1);
Promise.resolve(1).then((v) => {
  console.log(v);
});
console.log('last');
`;
  const path = steps(source, 7, ['over', 'over', 'over', 'over', 'out']);
  assert.deepEqual(path, [
    '(script):7',

    '(anonymous):5',
    '(anonymous):6',
    '(anonymous):2',
    '(anonymous):3',
  ]);
});
