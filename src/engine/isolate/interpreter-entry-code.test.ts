// The builtins that lead into the interpreter, each run alone on a stack made for it, up to the address that it jumps to.

import assert from 'node:assert/strict';
import test from 'node:test';
import { parseFlags } from '../base/index.ts';
import { BYTECODE_SIZES, BYTECODES, Bytecode } from '../bytecode/index.ts';
import {
  ConstructFrame,
  FrameOffset,
  FrameType,
  frameMarker,
  initialBytecodeOffset,
  pushInterpretedFrame,
} from '../frames/index.ts';
import { builtinAddressStride, cageHi, IsolateData, Region, smi, type Tagged } from '../heap/index.ts';
import {
  BytecodeArray,
  FeedbackCell,
  FeedbackVector,
  FeedbackVectorFlags,
  HeapObject,
  JSFunction,
  SharedFunctionInfo,
  StaticRoot,
} from '../objects/index.ts';
import { BuiltinCode, BuiltinId, builtinAddress, builtinCodeAddress } from '../runtime/index.ts';
import { isolateFor } from '../shell/commands.ts';
import { ExitReason, Gpr } from '../x64/index.ts';
import type { Isolate } from './isolate.ts';
import { RecordingHost } from './recording-host.ts';

/** Somewhere in the middle of the stack. */
const stackTop = Region.StackEnd - 0x8000;
const returnAddress = builtinCodeAddress(BuiltinCode.InterpreterEntryReturn);
const callerFp = stackTop + 0x100;

const { flags } = parseFlags(['--allow-natives-syntax', '--emulator=interpret']);
const isolate: Isolate = isolateFor(flags, new RecordingHost());
const { heap } = isolate;
const machine = isolate.machine!;
const { cpu } = machine;

/** The value of `source`, which stays where it is: nothing here collects. */
const evaluate = (source: string): Tagged => isolate.runScript(source, 't.js');

const pushSlot = (word: number, upper: number = cageHi): void => {
  const rsp = cpu.lo(Gpr.rsp) - 8;
  cpu.set(Gpr.rsp, rsp, cageHi);
  heap.i32[rsp >> 2] = word;
  heap.i32[(rsp + 4) >> 2] = upper;
};
const slotAt = (address: number): number => heap.i32[address >> 2]!;

/** Runs the builtin; the id of the host function that it jumps to. */
function run(code: BuiltinCode): number {
  cpu.setRip(builtinCodeAddress(code), cageHi);
  assert.equal(machine.emulator.run(10_000), ExitReason.LeftCode);
  return (cpu.rip - Region.Builtins) / builtinAddressStride;
}

const bytecodesOf = (fn: Tagged): Tagged =>
  heap.get(heap.get(fn, JSFunction.SharedFunctionInfo), SharedFunctionInfo.FunctionData);

/** An interpreted frame of `fn` at a bytecode offset. */
function frameAt(fn: Tagged, offset: number): number {
  const bytecodes = bytecodesOf(fn);
  cpu.set(Gpr.rsp, stackTop, cageHi);
  pushSlot(StaticRoot.Undefined); // receiver
  pushSlot(returnAddress);
  pushSlot(callerFp);
  const fp = cpu.lo(Gpr.rsp);
  cpu.set(Gpr.rbp, fp, cageHi);
  for (const word of [heap.get(fn, JSFunction.Context), fn]) pushSlot(word);
  pushSlot(1, 0);
  for (const word of [bytecodes, initialBytecodeOffset + smi(offset), StaticRoot.Undefined]) pushSlot(word);
  for (let size = heap.getI32(bytecodes, BytecodeArray.FrameSize); size > 0; size -= 8) pushSlot(StaticRoot.Undefined);
  return fp;
}

test('R17: InterpreterEnterAtNextBytecode goes behind every bytecode, at every operand scale', () => {
  const { u8 } = heap;
  const fn = evaluate(
    'const f = (a, b) => { let c = a + b, d = c * a; return [c, d, a, b, c - d].length; }; f(1, 2); f',
  );
  const bytes = bytecodesOf(fn) - 1 + BytecodeArray.Bytes;
  const saved = u8.slice(bytes, bytes + 24);
  const prefixes = [
    undefined,
    Bytecode.Wide,
    Bytecode.ExtraWide,
    Bytecode.DebugBreakWide,
    Bytecode.DebugBreakExtraWide,
  ];
  for (const { bytecode, name } of BYTECODES) {
    if (bytecode <= Bytecode.DebugBreakExtraWide) continue;
    for (const prefix of prefixes) {
      u8.fill(Bytecode.Return, bytes, bytes + 24);
      u8[bytes] = prefix ?? bytecode;
      if (prefix !== undefined) u8[bytes + 1] = bytecode;
      const scale = prefix === undefined ? 0 : (prefix & 1) === 0 ? 1 : 2;
      const size = (prefix === undefined ? 0 : 1) + BYTECODE_SIZES[scale]![bytecode]!;
      const next = bytecode === Bytecode.JumpLoop ? 0 : size;
      const fp = frameAt(fn, 0);
      const rsp = cpu.lo(Gpr.rsp);
      const id = run(BuiltinCode.InterpreterEnterAtNextBytecode);
      const what = `${name} behind ${prefix === undefined ? 'nothing' : Bytecode[prefix]}`;
      assert.equal(slotAt(fp + FrameOffset.BytecodeOffset), initialBytecodeOffset + smi(next), what);
      assert.equal(id, BuiltinId.BytecodeHandlers + u8[bytes + next]!, what);
      assert.equal(cpu.lo(Gpr.r12) + cpu.lo(Gpr.r9), bytes + next, what);
      assert.equal(cpu.lo(Gpr.rsp), rsp - 8);
      assert.equal(slotAt(rsp - 8), returnAddress);
    }
  }
  u8.set(saved, bytes);
});

test('R17: InterpreterEnterAtBytecode and InterpreterEntryReturn differ in which bytecode is next', () => {
  const fn = evaluate('const g = (a) => { let c = a + 1; return c; }; g(1); g');
  const bytes = bytecodesOf(fn) - 1 + BytecodeArray.Bytes;
  const second = BYTECODE_SIZES[0]![heap.u8[bytes]!]!;
  frameAt(fn, second);
  assert.equal(run(BuiltinCode.InterpreterEnterAtBytecode), BuiltinId.BytecodeHandlers + heap.u8[bytes + second]!);
  const fp = frameAt(fn, 0);
  assert.equal(run(BuiltinCode.InterpreterEntryReturn), BuiltinId.BytecodeHandlers + heap.u8[bytes + second]!);
  assert.equal(slotAt(fp + FrameOffset.BytecodeOffset), initialBytecodeOffset, 'the bytecode writes where it is');
});

test('R15: ConstructReturn gives the result, or the implicit receiver where that is no object', () => {
  const implicit = evaluate('({})');
  const returned = (result: Tagged, receiver: Tagged) => {
    cpu.set(Gpr.rsp, stackTop, cageHi);
    pushSlot(builtinAddress(BuiltinId.JSExit));
    pushSlot(callerFp);
    const fp = cpu.lo(Gpr.rsp);
    cpu.set(Gpr.rbp, fp, cageHi);
    pushSlot(frameMarker(FrameType.FastConstruct), 0);
    pushSlot(StaticRoot.Undefined);
    pushSlot(receiver);
    assert.equal(cpu.lo(Gpr.rsp), fp + ConstructFrame.ImplicitReceiver);
    cpu.set(Gpr.rsp, cpu.lo(Gpr.rsp) - 0x40, cageHi); // what the constructor left behind
    cpu.set(Gpr.rax, result, cageHi);
    return {
      to: run(BuiltinCode.ConstructReturn),
      result: cpu.lo(Gpr.rax),
      rbp: cpu.lo(Gpr.rbp),
      rsp: cpu.lo(Gpr.rsp),
    };
  };
  const left = { to: BuiltinId.JSExit, rbp: callerFp, rsp: stackTop };
  for (const source of ['({})', '[]', '(() => 1)', 'new Proxy({}, {})', 'new Date(0)', '/a/']) {
    const object = evaluate(source);
    assert.deepEqual(returned(object, implicit), { ...left, result: object }, source);
    assert.deepEqual(returned(object, StaticRoot.TheHole), { ...left, result: object }, source);
  }
  for (const source of ['1', 'undefined', 'null', '"text"', '1.5', 'true', 'Symbol()', '5n'])
    assert.deepEqual(returned(evaluate(source), implicit), { ...left, result: implicit }, source);
  assert.equal(returned(StaticRoot.Undefined, StaticRoot.TheHole).to, BuiltinId.ConstructReturn, 'throws');
});

/** A call of `fn` with undefined for missing arguments. */
function callOf(fn: Tagged, newTarget: Tagged, args: readonly Tagged[]): void {
  const formal = heap.getI32(bytecodesOf(fn), BytecodeArray.ParameterCount);
  cpu.set(Gpr.rsp, stackTop, cageHi);
  for (let i = formal - 2; i >= args.length; i--) pushSlot(StaticRoot.Undefined);
  for (const word of [...args].reverse()) pushSlot(word);
  pushSlot(StaticRoot.Undefined); // receiver
  pushSlot(returnAddress);
  cpu.set(Gpr.rdi, fn, cageHi);
  cpu.set(Gpr.rdx, newTarget, cageHi);
  cpu.set(Gpr.rsi, heap.get(fn, JSFunction.Context), cageHi);
  cpu.set(Gpr.rax, args.length + 1, 0);
  cpu.set(Gpr.rbp, callerFp, cageHi);
}

const vectorOf = (fn: Tagged): Tagged => heap.get(heap.get(fn, JSFunction.FeedbackCell), FeedbackCell.Value);
const hasVector = (fn: Tagged): boolean => heap.get(vectorOf(fn), HeapObject.Map) === StaticRoot.FeedbackVectorMap;

const callees = [
  'function none() {}',
  'function more(a, b, c) { let d = a, e = b; return () => d + e + c; }',
  'function asksNewTarget(a) { let b = a, c = a; return [new.target, b, c]; }',
  'function* generates(a) { yield a; }',
  'async function awaits(a, b) { await a; return b; }',
  'class C { constructor(a) { this.a = a; } }',
];
const shapes: readonly (readonly number[])[] = [[], [1], [1, 2], [1, 2, 3, 4, 5]];

test('R16: the frame that InterpreterEntryTrampoline builds is the one that host code builds', () => {
  for (const source of callees) {
    for (const fed of [true, false]) {
      const name = source.slice(0, source.indexOf('('));
      const fn = evaluate(
        `{ const f = (${source}); try { f(); } catch {} ${fed ? '%EnsureFeedbackVectorForFunction(f);' : ''} f }`,
      );
      assert.equal(hasVector(fn), fed, name);
      for (const shape of shapes) {
        for (const newTarget of [StaticRoot.Undefined, fn]) {
          const args = shape.map((n) => smi(n));
          const what = `${name} of ${shape.length}, ${fed ? 'with' : 'without'} feedback`;
          heap.u8.fill(0xee, stackTop - 0x400, stackTop);
          callOf(fn, newTarget, args);
          const base = cpu.lo(Gpr.rsp) + 8;
          const count = fed ? heap.getI32(vectorOf(fn), FeedbackVector.InvocationCount) : 0;
          const handler = run(BuiltinCode.InterpreterEntryTrampoline);
          const first = heap.u8[bytecodesOf(fn) - 1 + BytecodeArray.Bytes]!;
          assert.equal(handler, BuiltinId.BytecodeHandlers + first, what);
          assert.equal(cpu.lo(Gpr.rax), StaticRoot.Undefined, what);
          if (fed) assert.equal(heap.getI32(vectorOf(fn), FeedbackVector.InvocationCount), count + 1, what);
          const fp = cpu.lo(Gpr.rbp);
          const end = fp + FrameOffset.FeedbackVector - heap.getI32(bytecodesOf(fn), BytecodeArray.FrameSize);
          assert.equal(cpu.lo(Gpr.rsp), end - 8, what);
          const frame = heap.u8.slice(end, stackTop);
          // the same call, made by host code
          heap.u8.fill(0xee, stackTop - 0x400, stackTop);
          const { call } = isolate.interpreter;
          call.from(returnAddress, callerFp >> 2, stackTop >> 2);
          call.reserve(fn, newTarget, StaticRoot.Undefined, args.length);
          call.setArguments(args);
          call.pad(Math.max(args.length + 1, heap.getI32(bytecodesOf(fn), BytecodeArray.ParameterCount)));
          assert.equal(call.base << 2, base, what);
          assert.equal(pushInterpretedFrame(heap, call) << 2, fp, what);
          assert.deepEqual(heap.u8.slice(stackTop - frame.length, stackTop), frame, what);
        }
      }
    }
  }
});

test('what is to be compiled, is tiered up, or has no room is left to the host as it was', () => {
  const fn = evaluate('{ const f = (a) => a; f(); %EnsureFeedbackVectorForFunction(f); f }');
  const vector = vectorOf(fn);
  const left = (what: string, callee: Tagged = fn): void => {
    callOf(callee, callee, []);
    const before = [Gpr.rax, Gpr.rdx, Gpr.rsi, Gpr.rdi, Gpr.rsp, Gpr.rbp].map((register) => cpu.lo(register));
    const count = heap.getI32(vector, FeedbackVector.InvocationCount);
    assert.equal(run(BuiltinCode.InterpreterEntryTrampoline), BuiltinId.InterpreterEntryTrampoline, what);
    const after = [Gpr.rax, Gpr.rdx, Gpr.rsi, Gpr.rdi, Gpr.rsp, Gpr.rbp].map((register) => cpu.lo(register));
    assert.deepEqual(after, before, what);
    assert.equal(heap.getI32(vector, FeedbackVector.InvocationCount), count, what);
  };
  const tieringState = heap.getI32(vector, FeedbackVector.Flags);
  for (const flag of [FeedbackVectorFlags.MaybeHasOptimizedCode, FeedbackVectorFlags.TieringStateMask]) {
    heap.setI32(vector, FeedbackVector.Flags, tieringState | flag);
    left(FeedbackVectorFlags[flag]!);
  }
  heap.setI32(vector, FeedbackVector.Flags, tieringState);
  const limit = heap.readIsolateWord(IsolateData.StackLimit);
  heap.isolateWord(IsolateData.StackLimit, stackTop - 0x40);
  left('no room');
  heap.isolateWord(IsolateData.StackLimit, limit);
  callOf(fn, fn, []);
  assert.notEqual(run(BuiltinCode.InterpreterEntryTrampoline), BuiltinId.InterpreterEntryTrampoline);

  const { SharedFunctionInfo: shared } = JSFunction;
  const info = heap.get(fn, shared);
  const bytecodes = heap.get(info, SharedFunctionInfo.FunctionData);
  for (const data of [smi(7), StaticRoot.EmptyFixedArray]) {
    callOf(fn, fn, []);
    heap.init(info, SharedFunctionInfo.FunctionData, data);
    assert.equal(run(BuiltinCode.InterpreterEntryTrampoline), BuiltinId.InterpreterEntryTrampoline);
    heap.init(info, SharedFunctionInfo.FunctionData, bytecodes);
  }
});
