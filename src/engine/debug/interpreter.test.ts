// Debugging interpreted code: breakpoints, stepping, exceptions, scopes, evaluation.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DebugEngine } from './debug-engine.ts';
import { Request } from './protocol.ts';
import {
  Driver,
  debug,
  launchArguments,
  resume,
  scopeOf,
  scriptSource,
  step,
  valueOf,
  writeProgram,
} from './test-driver.ts';

const topLine = (engine: DebugEngine): number => engine.stackTrace({ start: 0, count: 1 }).frames[0]!.location!.line;

const program = `function area(shape) {
  const w = shape.width;
  let h = shape.height;
  h = h + 0;
  return w * h;
}
let total = 0;
for (let i = 0; i < 3; i++) {
  total += area({ width: i, height: 2 });
}
console.log('total', total);
`;

test('runs a program to its end, with its output', () => {
  const driver = debug(program);
  assert.equal(driver.output, 'total 6\n');
  assert.deepEqual(driver.all('exited'), [{ code: 0 }]);
});

test('a line breakpoint stops with locals, and values can be changed', () => {
  const lines: number[] = [];
  const driver = debug(program, {
    setUp: (engine, file) => {
      const [status] = engine.setBreakpoints({ source: scriptSource(file), breakpoints: [{ id: 7, line: 4 }] });
      assert.equal(status!.verified, true);
      assert.equal(status!.location!.line, 4);
    },
    stops: [
      (engine, stop) => {
        lines.push(topLine(engine));
        assert.deepEqual(stop.hitBreakpoints, [7]);
        const { frames } = engine.stackTrace({ start: 0, count: 0 });
        assert.deepEqual(
          frames.map((f) => f.name),
          ['area', '(script)'],
        );
        const locals = scopeOf(engine, 'locals');
        assert.equal(valueOf(locals, 'w'), '0');
        assert.equal(valueOf(locals, 'h'), '2');
        assert.match(valueOf(locals, 'shape')!, /\{width: 0, height: 2\}/);
        assert.equal(engine.evaluate({ expression: 'w + h * 10', frame: 1, context: 'hover' }).value, '20');
        assert.throws(() => engine.evaluate({ expression: 'h = 5', frame: 1, context: 'watch' }), /Not evaluated here/);
        assert.throws(() => engine.evaluate({ expression: 'h = 5', frame: 1, context: 'hover' }), /EvalError/);
        const scope = engine.scopes({ frame: 1 }).find((s) => s.kind === 'locals')!;
        engine.setVariable({ ref: scope.ref, name: 'h', value: '100 + 1' });
        assert.equal(valueOf(scopeOf(engine, 'locals'), 'h'), '101');
        assert.throws(() => engine.setVariable({ ref: scope.ref, name: 'w', value: '1' }), /constant/);
        engine.evaluate({ expression: 'h = h - 1; shape.extra = [1, 2]; h', frame: 1, context: 'repl' });
        assert.equal(valueOf(scopeOf(engine, 'locals'), 'h'), '100');
        assert.match(valueOf(scopeOf(engine, 'locals'), 'shape')!, /extra: /);
        engine.resume({});
      },
      resume,
      (engine) => {
        const locals = scopeOf(engine, 'locals', 2);
        assert.equal(valueOf(locals, 'total'), '2');
        engine.evaluate({ expression: 'total = 1000', frame: 2, context: 'repl' });
        engine.resume({});
      },
    ],
  });
  assert.equal(driver.stopsSeen.length, 3);
  assert.equal(driver.output, 'total 1004\n');
});

test('steps over, in and out by line', () => {
  const seen: string[] = [];
  const driver = debug(program, {
    setUp: (engine, file) =>
      engine.setBreakpoints({ source: scriptSource(file), breakpoints: [{ id: 1, line: 9, hitCondition: '1' }] }),
    stops: [step('in'), step('over'), step('over'), step('out'), step('over'), resume].map(
      (action) => (engine, stop, d) => {
        seen.push(`${engine.stackTrace({ start: 0, count: 1 }).frames[0]!.name}:${topLine(engine)}`);
        action(engine, stop, d);
      },
    ),
  });
  assert.deepEqual(seen.slice(0, 4), ['(script):9', 'area:2', 'area:3', 'area:4']);
  assert.deepEqual(seen.slice(4), ['(script):8', '(script):8']);
  assert.equal(driver.output, 'total 6\n');
});

test('steps by bytecode', () => {
  const pointers: string[] = [];
  debug(program, {
    setUp: (engine, file) => engine.setBreakpoints({ source: scriptSource(file), breakpoints: [{ id: 1, line: 2 }] }),
    always: (engine, stop) => {
      pointers.push(engine.stackTrace({ start: 0, count: 1 }).frames[0]!.instructionPointer!);
      if (pointers.length < 4) engine.step({ kind: 'in', granularity: 'instruction' });
      else engine.resume({});
      assert.ok(stop);
    },
  });
  const offsets = pointers.slice(0, 4).map((p) => Number(BigInt(p) - BigInt(pointers[0]!)));
  assert.deepEqual(offsets[0], 0);
  assert.ok(offsets[1]! > 0 && offsets[2]! > offsets[1]!, String(offsets));
});

test('conditions, hit counts and log messages', () => {
  const driver = debug(program, {
    setUp: (engine, file) =>
      engine.setBreakpoints({
        source: scriptSource(file),
        breakpoints: [
          { id: 1, line: 5, condition: 'w === 1' },
          { id: 2, line: 4, logMessage: 'w is {w}, shape {shape}' },
          { id: 3, line: 3, hitCondition: '>=3' },
          { id: 4, line: 2, condition: 'nowhere.x' },
        ],
      }),
  });
  assert.deepEqual(
    driver.stopsSeen.map((s) => s.hitBreakpoints),
    [[1], [3]],
  );
  assert.match(driver.output, /w is 0, shape \{width: 0, height: 2\}\n/);
  assert.equal(driver.output.match(/nowhere is not defined/g)?.length, 1);
});

test('function breakpoints, debugger statements, entry', () => {
  const driver = debug(`${program}debugger;\n`, {
    launch: { stopOnEntry: true },
    setUp: (engine) => {
      const [known, unknown] = engine.setFunctionBreakpoints({
        breakpoints: [
          { id: 1, name: 'area', hitCondition: '2' },
          { id: 2, name: 'nothing' },
        ],
      });
      assert.equal(known!.verified, true);
      assert.equal(unknown!.verified, false);
    },
  });
  assert.deepEqual(
    driver.stopsSeen.map((s) => s.reason),
    ['entry', 'function breakpoint', 'debugger statement'],
  );
});

test('exceptions: caught and uncaught, by prediction', () => {
  const source = `function thrower(text) { throw new TypeError(text); }
try { thrower('first'); } catch (e) { console.log('caught', e.message); }
try { thrower('second'); } finally { console.log('finally'); }
`;
  const caught = debug(source, {
    setUp: (engine) => engine.setExceptionFilters({ uncaught: false, caught: true, eager: false, lazy: false }),
  });
  assert.deepEqual(
    caught.stopsSeen.map((s) => s.exception?.message),
    ['first'],
  );
  assert.equal(caught.stopsSeen[0]!.exception!.name, 'TypeError');
  const uncaught = debug(source, {
    setUp: (engine) => engine.setExceptionFilters({ uncaught: true, caught: false, eager: false, lazy: false }),
  });
  assert.deepEqual(
    uncaught.stopsSeen.map((s) => [s.exception?.message, s.exception?.uncaught]),
    [['second', true]],
  );
  assert.match(uncaught.output, /caught first\nfinally\n[\s\S]*TypeError: second/);
  assert.deepEqual(uncaught.all('exited'), [{ code: 1 }]);
});

test('closures, script scope, objects, arrays, maps and getters', () => {
  const source = `class Point { constructor(x) { this.x = x; } get double() { return this.x * 2; } }
function outer(a) {
  let captured = a + 1;
  return function inner(b) {
    captured += b;
    debugger;
    return captured;
  };
}
const list = [1, 'two', new Point(3)];
const map = new Map([['k', 1]]);
console.log(outer(1)(2), list.length, map.size);
`;
  debug(source, {
    stops: [
      (engine) => {
        assert.equal(valueOf(scopeOf(engine, 'locals'), 'b'), '2');
        assert.equal(valueOf(scopeOf(engine, 'closure'), 'captured'), '4');
        const frame = engine.stackTrace({ start: 0, count: 0 }).frames.length;
        const locals = scopeOf(engine, 'locals', frame);
        assert.equal(valueOf(locals, 'list'), "(3) [1, 'two', Point]");
        assert.equal(valueOf(locals, 'map'), "Map(1) {'k' → 1}");
        const list = locals.find((v) => v.name === 'list')!;
        assert.equal(list.indexedCount, 3);
        const point = engine.variables({ ref: list.ref, start: 2, count: 1, filter: 'indexed' })[0]!;
        assert.equal(point.value, 'Point {x: 3}');
        const members = engine.variables({ ref: point.ref, start: 0, count: 0 });
        assert.match(valueOf(members, '[[Map]]')!, /Point \{x: Smi\}/);
        const prototype = engine.variables({
          ref: members.find((m) => m.name === '[[Prototype]]')!.ref,
          start: 0,
          count: 0,
        });
        assert.ok(prototype.some((m) => m.name === 'double' && m.hint === 'lazy'));
        assert.equal(engine.evaluate({ expression: 'list[2].double', frame, context: 'repl' }).value, '6');
        assert.equal(engine.evaluate({ expression: 'list[2].double', frame, context: 'hover' }).value, '6');
        assert.equal(
          engine.evaluate({ expression: 'list.map(x => typeof x).join()', frame, context: 'repl' }).value,
          "'number,string,object'",
        );
        assert.throws(() => engine.evaluate({ expression: 'list.nothing()', frame, context: 'repl' }), /TypeError/);
        assert.ok(engine.completions({ text: 'list[2].', frame }).some((c) => c.label === 'x'));
        assert.ok(engine.completions({ text: 'li', frame }).some((c) => c.label === 'list'));
        engine.resume({});
      },
    ],
  });
});

test('launch errors are clear', () => {
  assert.throws(() => debug('let let = 1;\n'), /SyntaxError/);
  assert.throws(() => debug('', { file: '/nowhere/at-all.js' }), /there is no such file/);
  assert.throws(() => debug('1;', { launch: { v8Flags: ['--bogus-flag'] } }), /bogus-flag/);
});

test('the bytecode listing is a source with breakpoints', () => {
  let ref = 0;
  const driver = debug(program, {
    setUp: (engine, file) =>
      engine.setBreakpoints({ source: scriptSource(file), breakpoints: [{ id: 1, line: 2, hitCondition: '1' }] }),
    stops: [
      (engine) => {
        const location = engine.listing({ kind: 'bytecode', frame: 1 })!;
        ref = location.source.id;
        const { text, kind } = engine.source({ id: ref });
        assert.equal(kind, 'bytecode');
        assert.match(text, /^\[generated bytecode for function: area/);
        const line = text.split('\n').findIndex((l) => /Return/.test(l)) + 1;
        const [status] = engine.setBreakpoints({ source: location.source, breakpoints: [{ id: 9, line }] });
        assert.equal(status!.verified, true);
        assert.ok(!engine.source({ id: ref }).text.includes('DebugBreak'));
        const { instructions } = engine.disassemble({
          address: engine.stackTrace({ start: 0, count: 1 }).frames[0]!.instructionPointer!,
          offset: 0,
          instructionOffset: -1,
          count: 3,
        });
        assert.equal(instructions.length, 2); // nothing stands before the function's first bytecodes
        engine.resume({});
      },
    ],
  });
  assert.deepEqual(
    driver.stopsSeen.slice(1).map((s) => s.hitBreakpoints),
    [[9], [9], [9]],
  );
});

test('bad programs: an endless loop is paused and terminated, in the interpreter and in optimized code', () => {
  for (const v8Flags of [['--no-opt'], []]) {
    const stops: string[] = [];
    const source = 'let i = 0;\nfunction spin() {\n  for (;;) {\n    i = (i + 1) % 1000;\n  }\n}\nspin();\n';
    const file = writeProgram(source);
    const driver = new Driver(
      (engine) => {
        engine.launch(launchArguments(file, { v8Flags }));
        engine.setExceptionFilters({ uncaught: true, caught: true, eager: false, lazy: false });
      },
      [
        (engine, stop, d) => {
          stops.push(stop.reason);
          const frame = engine.stackTrace({ start: 0, count: 0 }).frames.find((f) => f.kind !== 'builtin')!;
          assert.match(frame.name, /spin/);
          assert.ok(Number(engine.evaluate({ expression: 'i', frame: frame.id, context: 'watch' }).value) >= 0);
          d.requests |= Request.Terminate;
          d.interrupt();
          engine.resume({});
        },
      ],
    );
    // long after the loop began: it ends only by this
    driver.interruptAfter(1000, Request.Pause);
    driver.engine.main();
    assert.deepEqual(stops, ['pause']);
    assert.deepEqual(driver.all('exited'), [{ code: 1 }]);
  }
});
