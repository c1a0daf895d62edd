// Steps by line in optimized code visit the lines that they visit in the interpreter: over, in, out, through what is inlined, called,
// called back, thrown, and left by a bailout.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StepKind } from './protocol.ts';
import { debug, scriptSource } from './test-driver.ts';

interface Sample {
  readonly what: string;
  /** Functions that are optimized before `after()` is called. */
  readonly functions: readonly string[];
  readonly source: string;
  /** Where the walk begins. */
  readonly line: number;
  /** Lines that the optimizer merges with others: they are not compared. */
  readonly merged?: readonly number[];
}

const samples: readonly Sample[] = [
  {
    what: 'inlined functions',
    functions: ['outer'],
    line: 12,
    source: `function inner(a, b) {
  const c = a + b;
  const d = c * 2;
  return d - 1;
}
function middle(a) {
  let r = inner(a, 1);
  r += inner(a, 2);
  return r;
}
function outer(a) {
  const first = middle(a);
  const second = middle(first);
  return first + second;
}
function after() { return outer(1); }`,
  },
  {
    what: 'an inlined function in a loop',
    functions: ['total'],
    line: 6,
    source: `function area(shape) {
  const w = shape.width;
  return w * shape.height;
}
function total(list) {
  let sum = 0;
  for (let i = 0; i < list.length; i++) {
    const one = area(list[i]);
    sum += one;
  }
  return sum;
}
function after() { return total([{ width: 1, height: 2 }, { width: 3, height: 4 }, { width: 5, height: 6 }]); }`,
  },
  {
    what: 'calls that are not inlined, on both sides',
    functions: ['calls', 'fast'],
    line: 13,
    source: `function slow(a) {
  const twice = a * 2;
  return twice;
}
%NeverOptimizeFunction(slow);
function fast(a) {
  let r = a;
  r += slow(r);
  r -= 1;
  return r;
}
function calls(a) {
  let r = slow(a);
  r += fast(r);
  const last = slow(r);
  return last;
}
function after() { return calls(1); }`,
  },
  {
    what: 'branches and a switch',
    functions: ['joins'],
    line: 2,
    // `break` is a jump to where others arrive, too
    merged: [14],
    source: `function joins(n) {
  let a = 1;
  let b = 0;
  if (n > 1) {
    a += n;
    b = a;
  } else {
    a -= n;
    b = n;
  }
  switch (a) {
    case 1:
      b += 3;
      break;
    default:
      b += 4;
  }
  return a * b;
}
function after() { return joins(0) + joins(2); }`,
  },
  {
    what: 'loops in loops',
    functions: ['loops'],
    line: 2,
    source: `function loops(n) {
  let total = 0;
  for (let i = 0; i < n; i++) {
    let row = i;
    for (let j = 0; j < n; j++) {
      row += j;
      total += row;
    }
    total += 1;
  }
  return total;
}
function after() { return loops(3); }`,
  },
  {
    what: 'exceptions that are caught here and from a call',
    functions: ['tries'],
    line: 8,
    source: `function fail(n) {
  if (n % 2) throw new Error('odd');
  const r = n * 2;
  return r;
}
%NeverOptimizeFunction(fail);
function tries(n) {
  let seen = 0;
  for (let i = 0; i < n; i++) {
    try {
      seen += fail(i);
      seen += 1;
    } catch (error) {
      const text = error.message;
      seen += text.length;
    }
  }
  return seen;
}
function after() { return tries(3); }`,
  },
  {
    what: 'a guard that fails on the way',
    functions: ['guarded'],
    line: 6,
    source: `function get(o) {
  const v = o.x;
  return v + 1;
}
function guarded(o, n) {
  const one = n + 1;
  const two = get(o);
  const three = two + one;
  return three * 2;
}
let rounds = 0;
function after() { return ++rounds < 4 ? guarded({ x: 1 }, 1) : guarded({ y: 1, x: 2 }, 1); }`,
  },
  {
    what: 'overflow after statements that were seen',
    functions: ['adds'],
    line: 2,
    source: `function adds(a, b) {
  const one = a + 1;
  const two = one + b;
  const three = two * 2;
  const four = three - b;
  return four;
}
let rounds = 0;
function after() { return ++rounds < 4 ? adds(1, 2) : adds(1, 0.5); }`,
  },
  {
    what: 'callbacks of builtins',
    functions: ['maps'],
    line: 2,
    source: `function maps(list) {
  const offset = list.length;
  const made = list.map((x) => {
    const y = x + offset;
    return y * 2;
  });
  let sum = 0;
  made.forEach((x) => {
    sum += x;
  });
  return sum;
}
function after() { return maps([1, 2, 3]); }`,
  },
  {
    what: 'recursion',
    functions: ['fact'],
    line: 2,
    source: `function fact(n) {
  const next = n - 1;
  if (next < 1) {
    return 1;
  }
  const rest = fact(next);
  return n * rest;
}
function after() { return fact(4); }`,
  },
  {
    what: 'constructors, methods and accessors',
    functions: ['objects'],
    line: 15,
    source: `class Point {
  constructor(x, y) {
    this.x = x;
    this.y = y;
  }
  get size() {
    const square = this.x * this.x + this.y * this.y;
    return square;
  }
  scale(by) {
    return new Point(this.x * by, this.y * by);
  }
}
function objects(a) {
  const p = new Point(a, 2);
  const q = p.scale(3);
  const size = q.size;
  return size + p.size;
}
function after() { return objects(1); }`,
  },
  {
    what: 'generators and spread',
    functions: ['walks'],
    line: 8,
    source: `function* three(n) {
  yield n;
  const next = n + 1;
  yield next;
  return;
}
function walks(n) {
  let sum = 0;
  for (const v of three(n)) {
    sum += v;
  }
  const list = [...three(sum)];
  return list.length + sum;
}
function after() { return walks(2); }`,
  },
];

const program = ({ functions, source }: Sample): string => `${source}
for (const f of [${[...source.matchAll(/^function\*? (\w+)/gm)].map(([, name]) => name)}]) %PrepareFunctionForOptimization(f);
after(); after();
for (const f of [${functions}]) %OptimizeFunctionOnNextCall(f);
after();
for (const f of [${functions}]) %OptimizeFunctionOnNextCall(f);
debugger;
after();
console.log('end');
`;

/** Where steps from the sample's line lead, until they leave it: `function:line`, without repetitions. */
function walk(sample: Sample, kinds: readonly StepKind[], flags: readonly string[]): string[] {
  const seen: string[] = [];
  const last = sample.source.split('\n').length;
  let file = '';
  let taken = 0;
  let kind: StepKind = 'over';
  let before = '';
  let isFirst = true;
  debug(program(sample), {
    launch: { v8Flags: ['--allow-natives-syntax', ...flags] },
    setUp: (_engine, path) => {
      file = path;
    },
    always: (engine, stop) => {
      const [top] = engine.stackTrace({ start: 0, count: 1 }).frames;
      const line = top!.location!.line;
      if (stop.reason === 'debugger statement') {
        engine.setBreakpoints({
          source: scriptSource(file),
          breakpoints: [{ id: 1, line: sample.line, hitCondition: '1' }],
        });
        engine.resume({});
        return;
      }
      if (isFirst && flags.length === 0) assert.match(top!.name, /optimized|inlined/);
      isFirst = false;
      const place = `${top!.name.replace(/ \(.*/, '')}:${line}`;
      if (!(sample.merged ?? []).includes(line) && seen.at(-1) !== place) seen.push(place);
      if (line >= last || taken > 100) {
        engine.setBreakpoints({ source: scriptSource(file), breakpoints: [] });
        engine.resume({});
        return;
      }
      // Where several statements are on a line, and a return is a place of its own, the optimizer may have merged them.
      if (kind !== 'over' || place !== before) kind = kinds[taken++ % kinds.length]!;
      before = place;
      engine.step({ kind, granularity: 'line' });
    },
  });
  return seen;
}

for (const sample of samples)
  for (const [name, kinds] of [
    ['over', ['over']],
    ['in', ['in']],
    ['in and out', ['over', 'in', 'over', 'out']],
  ] as const)
    test(`steps ${name}: ${sample.what}`, () => {
      assert.deepEqual(walk(sample, kinds, []), walk(sample, kinds, ['--no-opt']));
    });

// Seen to fail: the function with the statement could not be optimized, nor who inlines it.
test('a debugger statement in inlined code stops there, and is stepped from', () => {
  const seen: string[] = [];
  const source = `function get(o) {
  debugger;
  return o.x;
}
function twice(o) {
  const v = get(o);
  return v * 2;
}
const o = { x: 4 };
for (const f of [get, twice]) %PrepareFunctionForOptimization(f);
twice(o); twice(o);
%OptimizeFunctionOnNextCall(twice);
console.log(twice(o), %GetOptimizationStatus(twice) & 16);
`;
  const driver = debug(source, {
    launch: { v8Flags: ['--allow-natives-syntax'] },
    always: (engine, stop) => {
      const [top] = engine.stackTrace({ start: 0, count: 1 }).frames;
      seen.push(`${top!.name}:${top!.location!.line}`);
      if (stop.reason === 'debugger statement' && !/inlined/.test(top!.name)) engine.resume({});
      else if (seen.length < 6) engine.step({ kind: 'over', granularity: 'line' });
      else engine.resume({});
    },
  });
  assert.deepEqual(seen, ['get:2', 'get:2', 'get (inlined into twice):2', 'get:3', 'twice:7', '(script):13']);
  assert.match(driver.output, /^8 0\n/);
});

// Seen to fail: with JSDebugger without a call.
test('a debugger statement stops no optimization', () => {
  const driver = debug(
    `function f(x) { debugger; return x; }
%PrepareFunctionForOptimization(f);
f(1); f(1);
%OptimizeFunctionOnNextCall(f);
f(1); f(2);
console.log(%GetOptimizationStatus(f) & 16);
`,
    { always: (engine) => void engine.resume({}) },
  );
  assert.equal(driver.stopsSeen.length, 4);
  assert.match(driver.output, /^16\n/);
});
