// The machine view: what it says at a guard, in the interpreter, in the Deoptimizer; every rule that holds for every view.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ListingRow, linksOf, type MachineView, type MarkKind } from '../../picture/index.ts';
import type { DebugEngine } from './debug-engine.ts';
import { registersOfText, valuesAtRows } from './machine-values.ts';
import { type AtStop, areaProgram, debug, scriptSource, step } from './test-driver.ts';

const atGuards = (engine: DebugEngine): void =>
  void engine.setExceptionFilters({ uncaught: false, caught: false, eager: true, lazy: true });

/** Every rule that holds for every view. */
function check(view: MachineView): void {
  const rows = view.columns.flatMap(({ sections }) => sections.flatMap((section) => section.rows));
  const ids = new Set(rows.map(({ id }) => id));
  assert.equal(ids.size, rows.length, 'ids are unique');
  for (const { row, kind } of view.marks) assert.ok(ids.has(row), `${kind} of ${row}`);
  for (const { row } of view.values) assert.ok(ids.has(row), `values of ${row}`);
  for (const { id, exit, target } of rows) {
    if (exit !== undefined) assert.ok(view.exits[exit] !== undefined, `exit of ${id}`);
    if (target !== undefined) assert.ok(ids.has(target), `${id} jumps to ${target}`);
  }
  for (const { sections } of view.columns)
    for (const { rows: list } of sections) {
      const lines = list.map(({ line }) => line);
      assert.deepEqual(
        lines,
        [...lines].sort((a, b) => a - b),
        'rows stand in the order of their document',
      );
    }
}

function look(engine: DebugEngine, frame = 1): MachineView {
  const view = engine.machineView({ frame });
  assert.ok(view);
  check(view);
  return view;
}

const marked = (view: MachineView, kind: MarkKind): ListingRow[] => {
  const { rows } = linksOf(view.columns);
  return view.marks.filter((mark) => mark.kind === kind).map(({ row }) => rows.get(row)!);
};
const valuesOf = (view: MachineView, row: string): Record<string, string> =>
  Object.fromEntries(
    view.values
      .filter((entry) => entry.row === row)
      .flatMap(({ values }) => values.map(({ name, text }) => [name, text])),
  );

// Seen to fail: levels taken from the code's own position; a guard's exit without the compare's registers.
test('at a guard one place is marked in three columns, with its exit and the registers it tests', () => {
  debug(areaProgram, {
    setUp: atGuards,
    stops: [
      (engine) => {
        const view = look(engine);
        assert.equal(view.title, 'area, inlined into total');
        const now = marked(view, 'now');
        assert.deepEqual(
          now.map(({ text }) => text.trim().replace(/ [0-9a-f]+$/, '')),
          ['jnz', 'return shape.width * shape.height;', 'GetNamedProperty a0, [0], [1]'],
        );
        assert.match(marked(view, 'caller')[0]!.text, /sum \+= area/);
        assert.equal(now[2]!.comment, '"width"');
        const exit = view.exits[now[0]!.exit!]!;
        assert.deepEqual([exit.reason, exit.taken, exit.isNow], ['wrong map', 0, true]);
        assert.deepEqual(Object.values(valuesOf(view, now[0]!.id)), ['{height: 3, width: 4}']);
        assert.equal(valuesOf(view, marked(view, 'resumes')[0]!.id)['a0 shape'], '{height: 3, width: 4}');
        const related = linksOf(view.columns).related(now[0]!.id);
        for (const row of now) assert.ok(related.has(row.id), `${row.id} belongs to the guard`);
        assert.deepEqual(engine.machineView({ frame: 1 }), view, 'looking changes nothing');
        engine.resume({});
      },
    ],
  });
});

// Seen to fail: `countExit` not called; values of a register beyond a jump's target.
test('in the interpreter: values stand where they were made, and a guard says how often it failed', () => {
  debug(areaProgram, {
    setUp: (engine, file) => engine.setBreakpoints({ source: scriptSource(file), breakpoints: [{ id: 1, line: 7 }] }),
    stops: [
      (engine) => engine.resume({}),
      (engine) => engine.resume({}),
      (engine) => engine.resume({}),
      (engine) => {
        const view = look(engine);
        assert.match(view.state, /interpreter/);
        assert.deepEqual(
          marked(view, 'now').map(({ text }) => text.trim()),
          ['Ldar r0', 'return sum;'],
        );
        const [bytecode, line] = marked(view, 'now');
        assert.deepEqual(valuesOf(view, bytecode!.id), { 'r0 sum': '96' });
        assert.deepEqual(valuesOf(view, line!.id), { sum: '96' });
        engine.resume({});
      },
    ],
  });
});

const stepIn: AtStop = step('in');
test('in the Deoptimizer the guard that was left and the bytecode that resumes are marked; afterwards it counts', () => {
  let pictured = 0;
  debug(areaProgram, {
    setUp: atGuards,
    always: (engine, stop, driver) => {
      const view = look(engine);
      if (stop.reason === 'bailout') stepIn(engine, stop, driver);
      else if (stop.reason === 'deoptimizer') {
        pictured++;
        assert.equal(marked(view, 'left')[0]!.text.slice(0, 3), 'jnz');
        assert.match(marked(view, 'resumes')[0]!.text, /^GetNamedProperty a0/);
        stepIn(engine, stop, driver);
      } else {
        const { frames } = engine.stackTrace({ start: 0, count: 0 });
        const total = look(engine, frames.findIndex(({ name }) => name === 'total') + 1);
        const taken = total.exits.filter((exit) => exit.taken > 0);
        assert.deepEqual(
          taken.map(({ reason, taken: times, last }) => [reason, times, last]),
          [['wrong map', 1, 1]],
        );
        engine.resume({});
      }
    },
  });
  assert.ok(pictured > 10);
});

test('registers of instructions as V8 spells them', () => {
  assert.deepEqual(registersOfText('REX.W movq rbx,[rdi+0xb]'), { reads: ['rdi'], writes: ['rbx'] });
  assert.deepEqual(registersOfText('movl [rbp-0x18],rcx'), { reads: ['rcx'], writes: [] });
  assert.deepEqual(registersOfText('addl r8,r11'), { reads: ['r8', 'r11'], writes: ['r8'] });
  assert.deepEqual(registersOfText('cmpl [r8-0x1],0x7062d79'), { reads: ['r8'], writes: [] });
  assert.deepEqual(registersOfText('vaddsd xmm0,xmm1,xmm2'), { reads: ['xmm1', 'xmm2'], writes: ['xmm0'] });
  assert.deepEqual(registersOfText('REX.W movq rcx,[r13-0x60] (external value (StackLimit))').writes, ['rcx']);
});

test('a value stands at the newest row that made it, and not beyond a barrier', () => {
  const use = (row: string, reads: string[], writes: string[], isBarrier = false) => ({
    row,
    reads,
    writes,
    isBarrier,
  });
  const rows = [
    use('0', [], ['a']),
    use('1', [], ['b'], true),
    use('2', [], ['c']),
    use('3', [], ['c']),
    use('4', ['c'], []),
  ];
  const shown = valuesAtRows(rows, 4, (name) => ({ name, text: name }));
  assert.deepEqual(
    shown.map(({ row, values }) => [row, values.map(({ name }) => name).join()]),
    [
      ['4', 'c'],
      ['3', 'c'],
      ['1', 'b'],
    ],
  );
});
