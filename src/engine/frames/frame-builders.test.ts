import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cageHi, Heap, Region, Space, scavenge, type Tagged } from '../heap/index.ts';
import {
  BytecodeArray,
  ElementsKind,
  Factory,
  HeapNumber,
  HeapObject,
  InstanceType,
  JSFunction,
  MapBits,
  MapObject,
  SharedFunctionInfo,
  StaticRoot,
  verifyHeap,
} from '../objects/index.ts';
import { type FrameLayout, frameLayouts } from './frame-layouts.ts';
import {
  CallRecord,
  CpuWord,
  cEntryFpWord,
  constructFrameWords,
  FrameOffset,
  FrameType,
  FrameWord,
  frameMarker,
  initialBytecodeOffset,
  insertMissingArguments,
  pushBuiltinExitFrame,
  pushConstructFrame,
  pushEntryFrame,
  pushExitFrame,
  pushInterpretedFrame,
  pushReturnAddress,
  readCpu,
  registerOffset,
  StackFrameIterator,
  summarizeInterpretedFrame,
  visitStackRoots,
  writeCpu,
} from './index.ts';

/** Return addresses: outside of code space, so that frames of functions are interpreted ones. */
const returnAddress = Region.Builtins + 16;
const formal = 3;
const registers = 4;

/** A heap, a function of two formal parameters, and a stack with an entry frame on it. */
class Machine {
  readonly heap = new Heap({ memoryMiB: 128, semiSpaceKiB: 64 });
  readonly factory = new Factory(this.heap);
  readonly call = new CallRecord(this.heap);
  readonly i32 = this.heap.i32;
  readonly bytecodes: Tagged;
  readonly context: Tagged;
  readonly sfi: Tagged;
  /** Young: stale after a collection. */
  readonly fn: Tagged;
  readonly entryFp: number;
  readonly sp: number;

  constructor() {
    const { heap, factory } = this;
    heap.bootstrapping = false;
    // whatever a builder does not write shows
    this.i32.fill(0x7a7a7a7b, Region.Stack >> 2, Region.StackEnd >> 2);
    const map = factory.newMap(InstanceType.JSFunction, JSFunction.SizeWithPrototype, ElementsKind.Holey, 0);
    heap.setU8(map, MapObject.BitField, MapBits.HasPrototypeSlot | MapBits.IsCallable);
    this.sfi = factory.newSharedFunctionInfo(factory.internalize('built'), StaticRoot.Undefined, StaticRoot.Undefined);
    this.bytecodes = this.newBytecode();
    heap.set(this.sfi, SharedFunctionInfo.FunctionData, this.bytecodes);
    this.context = factory.newContext(
      StaticRoot.FunctionContextMap,
      3,
      StaticRoot.EmptyScopeInfo,
      StaticRoot.Undefined,
    );
    this.fn = factory.newJSFunction(this.sfi, this.context, map);
    writeCpu(this.i32, CpuWord.Rsp, Region.StackEnd - 64);
    this.i32[cEntryFpWord] = 0;
    this.entryFp = pushEntryFrame(this.i32);
    this.sp = this.entryFp + FrameWord.Marker;
  }

  private newBytecode(): Tagged {
    const { heap, factory } = this;
    const o = heap.allocate(BytecodeArray.Bytes + 8, Space.Old);
    heap.i32.fill(0, (o - 1) >> 2, (o - 1 + BytecodeArray.Bytes) >> 2);
    heap.init(o, HeapObject.Map, StaticRoot.BytecodeArrayMap);
    heap.init(o, BytecodeArray.Length, 8 << 1);
    heap.init(o, BytecodeArray.ConstantPool, factory.newFixedArray(0));
    heap.init(o, BytecodeArray.HandlerTable, StaticRoot.EmptyByteArray);
    heap.init(o, BytecodeArray.SourcePositionTable, StaticRoot.EmptyByteArray);
    heap.setI32(o, BytecodeArray.FrameSize, 8 * registers);
    heap.setI32(o, BytecodeArray.ParameterCount, formal);
    heap.setI32(o, BytecodeArray.IncomingNewTargetOrGeneratorRegister, 2);
    return o;
  }

  /** A call of `callee` with `count` numbers 1.5, 2.5 …; the receiver is 0.5, the new target -0.5. */
  begin(count: number, callee: Tagged = this.fn): void {
    this.call.from(returnAddress, this.entryFp, this.sp);
    this.call.reserve(callee, this.number(-0.5), this.number(0.5), count);
    for (let i = 0; i < count; i++) this.call.setArgument(i, this.number(i + 1.5));
  }
  number(value: number): Tagged {
    return this.factory.newHeapNumber(value);
  }
  valueAt(address: number): number {
    return this.heap.getF64(this.i32[address >> 2]!, HeapNumber.Value);
  }
  word(fp: number, offset: number): number {
    return this.i32[((fp << 2) + offset) >> 2]!;
  }

  /** The fixed part is written as the layout says, each slot whole; the lowest is `sp` where host code runs on the frame. */
  expectLayout(fp: number, layout: FrameLayout, values: Readonly<Record<string, number>>, isHost: boolean): void {
    const slots = frameLayouts[layout];
    slots.forEach(({ key, offset, content }, i) => {
      assert.equal(offset, -8 * (i + 1), `${layout}: ${key} is out of order`);
      assert.equal(this.word(fp, offset), values[key], `${layout}: ${key}`);
      const isWhole = content === 'raw' || content === 'marker' ? 0 : cageHi;
      assert.equal(this.word(fp, offset + 4), isWhole, `${layout}: upper half of ${key}`);
    });
    assert.equal(Object.keys(values).length, slots.length);
    if (!isHost) return;
    assert.equal(this.i32[cEntryFpWord], fp << 2);
    assert.equal(readCpu(this.i32, CpuWord.Rsp), (fp << 2) - 8 * slots.length);
  }
  expectLinks(fp: number, returnPc: number, callerFp: number): void {
    assert.equal(this.word(fp, FrameOffset.ReturnPc), returnPc);
    assert.equal(this.word(fp, FrameOffset.CallerFp), callerFp << 2);
    assert.equal(this.word(fp, FrameOffset.CallerFp + 4), cageHi);
  }
  typesFrom(fp: number): FrameType[] {
    return [...new StackFrameIterator(this.heap, fp << 2, 0)].map(({ type }) => type);
  }
  collect(fp: number): void {
    scavenge(
      this.heap,
      (v) => visitStackRoots(this.heap, new StackFrameIterator(this.heap, fp << 2, 0), (slot) => v.visitSlot(slot)),
      { zap: true },
    );
    verifyHeap(this.heap);
  }
}

test('an entry frame: aligned, linked to the frame that the host code runs on, without a return address', () => {
  const m = new Machine();
  m.expectLayout(m.entryFp, 'entry', { marker: frameMarker(FrameType.Entry) }, true);
  m.expectLinks(m.entryFp, 0, 0);
  assert.equal((m.entryFp << 2) & 15, 0);
  writeCpu(m.i32, CpuWord.Rsp, (m.sp << 2) - 16);
  const inner = pushEntryFrame(m.i32);
  m.expectLinks(inner, 0, m.entryFp);
  assert.equal((inner << 2) & 15, 0);
  assert.deepEqual(m.typesFrom(inner), [FrameType.Entry, FrameType.Entry]);
});

// Seen to fail: target and new target swapped; the argument count without the receiver.
test('a builtin exit frame: target, argument count, new target, under its arguments', () => {
  const m = new Machine();
  m.begin(2);
  const { call } = m;
  const at = pushReturnAddress(m.i32, call);
  const fp = pushBuiltinExitFrame(m.i32, at, call.callerFp, call.callee, call.argumentCount, call.newTarget);
  const values = { target: m.fn, argumentCount: 3, newTarget: m.call.newTarget };
  m.expectLayout(fp, 'builtinExit', { marker: frameMarker(FrameType.BuiltinExit), ...values }, true);
  m.expectLinks(fp, returnAddress, m.entryFp);
  assert.deepEqual(m.typesFrom(fp), [FrameType.BuiltinExit, FrameType.Entry]);
  m.call.end();
  m.collect(fp);
  assert.equal(new StackFrameIterator(m.heap, fp << 2, 0).function, m.word(fp, -16));
  assert.equal(m.valueAt((fp << 2) - 32), -0.5);
  assert.deepEqual(
    [0, 1, 2].map((i) => m.valueAt((fp << 2) + FrameOffset.Receiver + 8 * i)),
    [0.5, 1.5, 2.5],
  );
});

// Seen to fail: the arguments' base one slot lower.
test('an exit frame: context, argument count, address of the first argument, which is the highest', () => {
  const m = new Machine();
  let at = m.sp;
  for (const value of [1.5, 2.5, 3.5]) {
    at -= 2;
    m.i32[at] = m.number(value);
  }
  at -= 2;
  m.i32[at] = returnAddress;
  const fp = pushExitFrame(m.i32, at, m.entryFp, m.context, 3);
  const values = { context: m.context, argumentCount: 3, argumentsBase: (m.sp - 2) << 2 };
  m.expectLayout(fp, 'exit', { marker: frameMarker(FrameType.Exit), ...values }, true);
  m.expectLinks(fp, returnAddress, m.entryFp);
  m.collect(fp);
  assert.deepEqual(
    [0, 1, 2].map((i) => m.valueAt(m.word(fp, -32) - 8 * i)),
    [1.5, 2.5, 3.5],
  );
});

// Seen to fail: context and receiver swapped.
test('a construct frame: context and implicit receiver, between the caller and the arguments', () => {
  const m = new Machine();
  m.begin(2);
  m.call.moveTo(m.sp - constructFrameWords);
  const fp = pushConstructFrame(m.i32, m.sp, m.call, m.context);
  const values = { context: m.context, implicitReceiver: m.call.receiver };
  m.expectLayout(fp, 'fastConstruct', { marker: frameMarker(FrameType.FastConstruct), ...values }, false);
  m.expectLinks(fp, returnAddress, m.entryFp);
  assert.equal(m.call.sp, fp + FrameWord.Marker - 4, 'the arguments end where the frame does');
  assert.deepEqual(m.typesFrom(fp), [FrameType.FastConstruct, FrameType.Entry]);
  assert.deepEqual(
    [m.call.receiver, m.call.argument(0), m.call.argument(1)].map((word) => m.heap.getF64(word, HeapNumber.Value)),
    [0.5, 1.5, 2.5],
  );
  m.call.end();
  m.collect(fp);
  assert.equal(m.valueAt((fp << 2) - 24), 0.5);
});

// Seen to fail: registers filled from one slot lower; new target in register 1; arguments that were not padded.
test('an interpreted frame: context, function, argument count, bytecode, vector, registers; missing arguments are undefined', () => {
  const m = new Machine();
  m.begin(1);
  m.call.pad(formal);
  const { base, newTarget } = m.call;
  const fp = pushInterpretedFrame(m.heap, m.call);
  assert.equal(m.call.argumentCount, 0, 'the call is over');
  const values = {
    context: m.context,
    function: m.fn,
    argumentCount: 2,
    bytecodeArray: m.bytecodes,
    bytecodeOffset: initialBytecodeOffset,
    feedbackVector: StaticRoot.Undefined,
  };
  m.expectLayout(fp, 'interpreted', values, false);
  m.expectLinks(fp, returnAddress, m.entryFp);
  assert.equal(fp, base - 4);
  assert.equal(base, m.sp - 2 * formal);
  assert.deepEqual(
    Array.from({ length: registers }, (_, i) => m.word(fp, registerOffset(i))),
    [StaticRoot.Undefined, StaticRoot.Undefined, newTarget, StaticRoot.Undefined],
  );
  assert.equal(m.word(fp, registerOffset(registers)), 0x7a7a7a7b, 'nothing below the registers');
  assert.equal(m.word(fp, FrameOffset.FirstArgument + 8), StaticRoot.Undefined);
  assert.equal(m.word(fp, FrameOffset.FirstArgument + 12), cageHi);
  const summary = summarizeInterpretedFrame(m.heap, new StackFrameIterator(m.heap, fp << 2, 0));
  assert.equal(summary.bytecodeOffset, 0);
  assert.equal(summary.argumentCount, 1);
  m.collect(fp);
  assert.equal(m.valueAt((fp << 2) + FrameOffset.Receiver), 0.5);
  assert.equal(m.valueAt((fp << 2) + FrameOffset.FirstArgument), 1.5);
  assert.equal(m.valueAt((fp << 2) + registerOffset(2)), -0.5);
});

test('missing arguments of a call from machine code: above the others, and the rest moves down', () => {
  const m = new Machine();
  m.begin(1);
  const at = pushReturnAddress(m.i32, m.call);
  writeCpu(m.i32, CpuWord.Rsp, at << 2);
  writeCpu(m.i32, CpuWord.Rax, 2, 0);
  insertMissingArguments(m.heap, 2);
  const rsp = readCpu(m.i32, CpuWord.Rsp) >> 2;
  assert.equal(rsp, at - 4);
  const low = [0, 2, 4, 6, 8].map((i) => m.i32[rsp + i]);
  assert.deepEqual(low, [
    returnAddress,
    m.i32[m.call.base - 4],
    m.i32[m.call.base - 2],
    StaticRoot.Undefined,
    StaticRoot.Undefined,
  ]);
  assert.equal(rsp + 10, m.sp);
});

// Seen to fail: visitStackRoots without visitCallRecord; visitCallRecord without the callee, the new target, the arguments.
test('the call record is scanned: callee, new target, receiver and arguments move while the call is being made', () => {
  const m = new Machine();
  const before = m.fn;
  m.begin(2);
  for (let round = 0; round < 3; round++) {
    m.collect(m.entryFp);
    const { call, heap } = m;
    if (round === 0) assert.notEqual(call.callee, before);
    assert.equal(heap.get(call.callee, JSFunction.SharedFunctionInfo), m.sfi);
    assert.equal(heap.getF64(call.newTarget, HeapNumber.Value), -0.5);
    assert.equal(heap.getF64(call.receiver, HeapNumber.Value), 0.5);
    assert.equal(heap.getF64(call.argument(0), HeapNumber.Value), 1.5);
    assert.equal(heap.getF64(call.argument(1), HeapNumber.Value), 2.5);
    call.prepend(1);
    call.setArgument(0, call.argument(2));
    assert.equal(call.argumentCount, 4);
    assert.equal(heap.getF64(call.argument(0), HeapNumber.Value), 2.5);
    m.begin(2, call.callee);
  }
  m.call.end();
  // what is left of a call that is over is no root
  const trap = (m.heap.toSpace + 8) | 1;
  m.call.callee = trap;
  m.collect(m.entryFp);
  assert.equal(m.call.callee, trap);
});

// Seen to fail: suspend that counts one word less; resume from one slot lower.
test('a suspended call lies under an exit frame, is scanned there, and goes on', () => {
  const m = new Machine();
  m.begin(2);
  const fp = m.call.suspend(m.context);
  assert.equal(m.call.argumentCount, 0);
  assert.deepEqual(m.typesFrom(fp), [FrameType.Exit, FrameType.Entry]);
  m.collect(fp);
  m.call.from(0, 0, 0); // another call, as JavaScript makes them meanwhile
  m.call.resume(fp, m.sp);
  const { call, heap } = m;
  assert.equal(call.argumentCount, 3);
  assert.equal(call.base, m.sp - 6);
  assert.equal(call.returnAddress, returnAddress);
  assert.equal(call.callerFp, m.entryFp);
  assert.equal(heap.get(call.callee, JSFunction.SharedFunctionInfo), m.sfi);
  assert.deepEqual(
    [call.newTarget, call.receiver, call.argument(0), call.argument(1)].map((word) =>
      heap.getF64(word, HeapNumber.Value),
    ),
    [-0.5, 0.5, 1.5, 2.5],
  );
});
