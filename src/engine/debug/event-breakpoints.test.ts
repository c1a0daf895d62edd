// Breakpoints in the Deoptimizer's phases and slots, and on what happens to code.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DeoptimizerPhase, EventBreakpoint, Stop } from './protocol.ts';
import { areaProgram, type Driver, debug } from './test-driver.ts';

type Asked = Omit<EventBreakpoint, 'id'>;

const run = (breakpoints: readonly Asked[], source = areaProgram, seen: (stop: Stop) => void = () => {}): Driver =>
  debug(source, {
    setUp: (engine) => engine.setEventBreakpoints({ breakpoints: breakpoints.map((b, i) => ({ id: i + 1, ...b })) }),
    always: (engine, stop) => {
      assert.equal(stop.reason, 'function breakpoint');
      seen(stop);
      engine.resume({});
    },
  });
const descriptions = (...breakpoints: Asked[]): string[] => run(breakpoints).stopsSeen.map((stop) => stop.description);

// Seen to fail: deoptimizerEvent asking the stepper alone.
test('R33: every phase has breakpoints, at every function or one', () => {
  const phases: DeoptimizerPhase[] = [
    'entry',
    'lookup',
    'read input frame',
    'write frames',
    'materialize objects',
    'invalidate and unlink',
    'resume',
  ];
  for (const phase of phases) {
    assert.deepEqual(descriptions({ on: 'phase', phase }), [`Deoptimizer: ${phase}`]);
    for (const name of ['area', 'total'])
      assert.equal(descriptions({ on: 'phase', phase, function: name }).length, 1, `${phase} of ${name}`);
    assert.deepEqual(descriptions({ on: 'phase', phase, function: 'other' }), []);
  }
  assert.equal(run([{ on: 'phase', phase: 'resume' }]).output, '90\n96\n');
});

// Seen to fail: inDeoptimizer without its look at `frame`.
test('R33: translate is a phase of each frame; a function names the frame that is built', () => {
  assert.equal(descriptions({ on: 'phase', phase: 'translate frame' }).length, 2);
  assert.equal(descriptions({ on: 'phase', phase: 'translate frame', function: 'total' }).length, 1);
  assert.equal(descriptions({ on: 'phase', phase: 'translate frame', function: 'area' }).length, 1);
});

// Seen to fail: slotAliases without the variable; ofSlot counting registers from the receiver.
test('R33: slots are named as V8 does, by bytecode register, or by variable', () => {
  assert.deepEqual(descriptions({ on: 'slot', slot: 'accumulator' }), ['Deoptimizer: accumulator (input #5)']);
  assert.equal(descriptions({ on: 'slot', slot: 'shape' }).length, 1);
  assert.deepEqual(
    descriptions({ on: 'slot', slot: 'sum' }),
    descriptions({ on: 'slot', slot: 'r0', function: 'total' }),
  );
  assert.deepEqual(descriptions({ on: 'slot', slot: 'sum', function: 'area' }), []);
  assert.equal(descriptions({ on: 'slot', slot: "bottommost caller's pc" }).length, 1);
  assert.equal(descriptions({ on: 'slot', slot: 'feedback vector' }).length, 2);
  assert.equal(descriptions({ on: 'slot', slot: 'nothing' }).length, 0);
  const all = run([{ on: 'slot' }]);
  const report = all.all('bailout')[0]!;
  assert.equal(
    all.stopsSeen.length,
    report.frames.reduce((n, frame) => n + frame.slots, 0),
  );
});

// Seen to fail: withTop evaluating in the Deoptimizer's own frame; `early` left out (entry and lookup have no state of their own).
test('R33: conditions see the variables of the frame, hit counts count', () => {
  for (const phase of ['entry', 'lookup', 'read input frame', 'write frames', 'resume'] as const) {
    assert.equal(descriptions({ on: 'phase', phase, condition: 'shape.width === 4' }).length, 1, phase);
    assert.equal(descriptions({ on: 'phase', phase, condition: 'shape.width === 5' }).length, 0, phase);
  }
  assert.equal(descriptions({ on: 'slot', slot: 'sum', condition: 'sum === 6 && i === 3' }).length, 1);
  assert.deepEqual(descriptions({ on: 'phase', phase: 'translate frame', hitCondition: '2' }), [
    'Deoptimizer: translate frame',
  ]);
  const logged = run([{ on: 'phase', phase: 'write frames', logMessage: 'at {shape.height}' }]);
  assert.equal(logged.stopsSeen.length, 0);
  assert.match(logged.output, /^at 3$/m);
});

test('R33: the stop says which breakpoint it was; the same place stops once for all of them', () => {
  const hits: (readonly number[])[] = [];
  run(
    [
      { on: 'phase', phase: 'write frames' },
      { on: 'phase', phase: 'write frames', function: 'total' },
      { on: 'phase', phase: 'lookup' },
    ],
    areaProgram,
    (stop) => hits.push(stop.hitBreakpoints),
  );
  assert.deepEqual(hits, [[3], [1, 2]]);
});

test('a function that is not known yet is said, and again when it is', () => {
  let message: string | undefined;
  const driver = debug(`eval('function late() { return 1 } late()');`, {
    setUp(engine) {
      const [status] = engine.setEventBreakpoints({
        breakpoints: [{ id: 9, on: 'phase', phase: 'entry', function: 'late' }],
      });
      assert.equal(status!.verified, false);
      message = status!.message;
    },
  });
  assert.equal(message, "There is no function 'late' yet.");
  assert.deepEqual(driver.all('breakpoint'), [{ id: 9, verified: true, message: undefined }]);
});

const hot = `function work(n) { let sum = 0; for (let i = 0; i < n; i++) sum += i; return sum; }
const point = { x: 1 };
function read() { return point.x; }
for (let i = 0; i < 20000; i++) { work(10); read(); }
work(1e5);
`;

// Seen to fail: attachTimeline without its requests for an interrupt.
test('tier-ups, OSR and invalidations stop at the next safepoint', () => {
  const tierUps = run([{ on: 'tierUp', function: 'work' }], hot);
  assert.ok(tierUps.stopsSeen.length >= 1);
  assert.match(tierUps.stopsSeen[0]!.description, /^Paused: work was optimized/);
  assert.equal(run([{ on: 'tierUp', function: 'nobody' }], hot).stopsSeen.length, 0);
  const loop = 'function spin() { let s = 0; for (let i = 0; i < 300000; i++) s += i; return s; }\nspin();\n';
  const osr = run([{ on: 'osr' }], loop);
  assert.match(osr.stopsSeen[0]!.description, /spin was optimized in its loop/);
  const broken = `function Point(x) { this.x = x; }
Point.prototype.get = function get() { return this.x; };
function call(p) { return p.get(); }
const p = new Point(1);
%PrepareFunctionForOptimization(call);
call(p); call(p);
%OptimizeFunctionOnNextCall(call);
call(p);
Point.prototype.get = function () { return 2; };
for (let i = 0; i < 10; i++) call(p);
`;
  const invalidated = run([{ on: 'invalidate', function: 'call' }], broken);
  assert.equal(invalidated.stopsSeen.length, 1);
  assert.match(invalidated.stopsSeen[0]!.text!, /^code of call was invalidated, /);
});

// Seen to fail: setGuardBreakpoints without reasonProblem.
test('a reason that V8 does not have is refused, with the list of those it has', () => {
  debug(areaProgram, {
    setUp(engine) {
      const [wrong, right] = engine.setGuardBreakpoints({
        breakpoints: [
          { id: 1, reason: 'wrong mpa' },
          { id: 2, reason: 'Wrong Map' },
        ],
      });
      assert.equal(wrong!.isWrong, true);
      assert.match(wrong!.message!, /^There is no bailout reason 'wrong mpa'\. Reasons: .*\bwrong map\b/);
      assert.equal(right!.isWrong, undefined);
    },
    always: (engine) => engine.resume({}),
  });
});
