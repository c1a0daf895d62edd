import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Bytecode, BytecodeArrayAccessor } from '../../bytecode/index.ts';
import { Graph } from '../graph/graph.ts';
import { MachineTypes } from '../graph/machine-type.ts';
import { computeSchedule, verifySchedule } from '../graph/scheduler.ts';
import { Bits, is, range, Types, union } from '../graph/types.ts';
import { typeArithmetic } from '../operators/number.ts';
import { BytecodeAnalysis } from './bytecode-analysis.ts';

// Star r0 encodes as operand −7 (0xf9), r1 as 0xf8.
const r = (i: number): number => (-7 - i) & 0xff;

// Seen to fail: transfer not removing written registers.
test('R16: liveness keeps exactly what a later bytecode reads', () => {
  const bytes = Uint8Array.of(
    Bytecode.LdaSmi,
    1, // 0
    Bytecode.Star,
    r(0), // 2
    Bytecode.LdaSmi,
    2, // 4
    Bytecode.Star,
    r(1), // 6
    Bytecode.Ldar,
    r(0), // 8
    Bytecode.Return, // 10
  );
  const analysis = new BytecodeAnalysis(new BytecodeArrayAccessor(bytes), [], 2);
  assert.equal(analysis.in(0).toString(), '...');
  assert.equal(analysis.out(2).toString(), 'L..');
  assert.equal(analysis.in(6).toString(), 'L.L'); // r1 is written, never read
  assert.equal(analysis.out(8).toString(), '..L');
});

// Seen to fail: JumpLoop without its target's liveness.
test('R23: a loop keeps live what the next iteration reads', () => {
  const bytes = Uint8Array.of(
    Bytecode.LdaZero, // 0
    Bytecode.Star,
    r(0), // 1
    Bytecode.Ldar,
    r(0), // 3 header
    Bytecode.JumpIfFalse,
    8, // 5 → 13
    Bytecode.Star,
    r(0), // 7
    Bytecode.JumpLoop,
    6,
    0,
    0, // 9 → 3
    Bytecode.LdaUndefined, // 13
    Bytecode.Return, // 14
  );
  const analysis = new BytecodeAnalysis(new BytecodeArrayAccessor(bytes), [], 1);
  const loop = analysis.loopHeaderAt(3)!;
  assert.equal(loop.end, 9);
  assert.ok(loop.assigned.has(0));
  assert.equal(analysis.in(9).toString(), 'L.');
});

test('ranges: addition, the lattice, and minus zero', () => {
  const sum = typeArithmetic('NumberAdd', range(0, 10), range(5, 7));
  assert.deepEqual([sum.min, sum.max], [5, 17]);
  assert.ok(is(sum, Types.SignedSmall));
  assert.ok(!is(range(0, 0x40000000), Types.SignedSmall), '2^30 is not a Smi here');
  assert.ok((typeArithmetic('NumberMultiply', range(-1, 1), range(0, 5)).bits & Bits.MinusZero) !== 0);
  const joined = union(range(0, 1), Types.String);
  assert.ok(!is(joined, Types.Number) && is(range(0, 1), joined));
  for (const a of [range(-5, 5), Types.Number, Types.MinusZero]) assert.ok(is(a, union(a, Types.Boolean)));
});

test('the schedule puts loops together and hoists what does not change', () => {
  const graph = new Graph();
  const n = graph.newNode('Parameter', 1, [graph.start]);
  const loop = graph.newNode('Loop', undefined, [graph.start], { controlIn: 1 });
  const invariant = graph.newNode('Int32Mul', undefined, [graph.int32(3), graph.int32(4)]);
  const condition = graph.newNode('TaggedEqual', undefined, [n, n]);
  const branch = graph.newNode('Branch', { hint: 0 }, [condition, loop]);
  const stay = graph.newNode('IfTrue', undefined, [branch]);
  const leave = graph.newNode('IfFalse', undefined, [branch]);
  loop.appendInput(stay);
  loop.op = { ...loop.op, controlIn: 2 };
  const phi = graph.phi([graph.int32(0), graph.int32(0)], loop, MachineTypes.Int32);
  const add = graph.newNode('Int32Add', undefined, [phi, invariant]);
  phi.replaceInput(1, add);
  graph.mergeToEnd(graph.newNode('Return', undefined, [phi, graph.start, leave], { valueIn: 1 }));
  const schedule = computeSchedule(graph);
  verifySchedule(schedule);
  const header = schedule.blockOf.get(loop)!;
  assert.equal(header.loopDepth, 1);
  assert.equal(schedule.blockOf.get(invariant)!.loopDepth, 0, 'a constant product leaves the loop');
  assert.equal(schedule.blockOf.get(add)!.loopDepth, 1);
});
