import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cageHi, Heap, Region, Space, scavenge, type Tagged } from '../heap/index.ts';
import {
  ByteArray,
  BytecodeArray,
  Code,
  CodeFlags,
  CodeKind,
  ElementsKind,
  Factory,
  HeapNumber,
  HeapObject,
  InstanceType,
  JSFunction,
  MapBits,
  MapObject,
  StaticRoot,
  verifyHeap,
} from '../objects/index.ts';
import {
  decodeSafepointTable,
  encodeSafepointTable,
  FrameOffset,
  FrameType,
  findCode,
  findSafepoint,
  registerOffset,
  StackFrameIterator,
  slotOffset,
  summarizeInterpretedFrame,
  visitStackRoots,
} from './index.ts';

const newHeap = (): { heap: Heap; factory: Factory } => {
  const heap = new Heap({ memoryMiB: 128, semiSpaceKiB: 64 });
  const factory = new Factory(heap);
  heap.bootstrapping = false;
  return { heap, factory };
};

/** Writes frames from the outermost inwards, downwards from the stack's end. */
class StackBuilder {
  sp: number = Region.StackEnd;
  fp = 0;
  pc = 0;
  constructor(readonly heap: Heap) {}
  push(low: number, tagged = true): number {
    this.sp -= 8;
    this.heap.i32[this.sp >> 2] = low;
    this.heap.i32[(this.sp >> 2) + 1] = tagged ? cageHi : 0;
    return this.sp;
  }
  /** Return address and caller fp; the new frame is entered. */
  enter(returnPc: number): void {
    this.push(returnPc);
    this.push(this.fp);
    this.fp = this.sp;
  }
}

const newBytecode = (heap: Heap, factory: Factory, registers: number, parameters: number): Tagged => {
  const o = heap.allocate(BytecodeArray.Bytes + 8, Space.Old);
  heap.i32.fill(0, (o - 1) >> 2, (o - 1 + BytecodeArray.Bytes) >> 2);
  heap.init(o, HeapObject.Map, StaticRoot.BytecodeArrayMap);
  heap.init(o, BytecodeArray.Length, 8 << 1);
  heap.init(o, BytecodeArray.ConstantPool, factory.newFixedArray(0));
  heap.init(o, BytecodeArray.HandlerTable, StaticRoot.EmptyByteArray);
  heap.init(o, BytecodeArray.SourcePositionTable, StaticRoot.EmptyByteArray);
  heap.setI32(o, BytecodeArray.FrameSize, 8 * registers);
  heap.setI32(o, BytecodeArray.ParameterCount, parameters);
  return o;
};

// Seen to fail: visitOptimized visiting the slot beside; visitInterpreted taking the formal parameter count alone.
test('R31: every frame kind is walked, and a scavenge updates exactly its tagged slots', () => {
  const { heap, factory } = newHeap();
  const functionMap = factory.newMap(InstanceType.JSFunction, JSFunction.SizeWithPrototype, ElementsKind.Holey, 0);
  heap.setU8(functionMap, MapObject.BitField, MapBits.HasPrototypeSlot | MapBits.IsCallable);
  const sfi = factory.newSharedFunctionInfo(factory.internalize('walked'), StaticRoot.Undefined, StaticRoot.Undefined);
  const bytecode = newBytecode(heap, factory, 3, 2);
  const context = factory.newContext(StaticRoot.FunctionContextMap, 3, StaticRoot.EmptyScopeInfo, StaticRoot.Undefined);
  const fn = factory.newJSFunction(sfi, context, functionMap);
  const code = factory.newCode(CodeKind.Turbofan, 128, () => new Uint8Array(128).fill(0x90));
  heap.setI32(code, Code.Flags, CodeKind.Turbofan | CodeFlags.IsTurbofanned);
  heap.setI32(code, Code.ParameterCount, 1);
  heap.set(
    code,
    Code.SafepointTable,
    factory.newByteArrayFrom(
      encodeSafepointTable([
        { pc: 90, slots: [] },
        { pc: 40, slots: [5, 7] },
      ]),
      Space.Old,
    ),
  );
  const start = heap.getI32(code, Code.InstructionStart);

  const values = new Map<number, number>(); // slot → number it must hold
  let next = 0.5;
  const stack = new StackBuilder(heap);
  const live = (slot = stack.push(0)): number => {
    heap.i32[slot >> 2] = factory.newHeapNumber(next);
    values.set(slot, next++);
    return slot;
  };
  const raw: [number, number][] = [];
  const pushRaw = (n: number): void => {
    raw.push([stack.push(n, false), n]);
  };
  const trap = (heap.toSpace + 8) | 1; // looks like a pointer into new space, but is an integer

  // entry
  stack.enter(0);
  stack.push(FrameType.Entry << 1);
  // interpreted: two arguments and receiver although only one is formal
  for (let i = 0; i < 3; i++) live();
  stack.enter(Region.Builtins);
  const interpretedFp = stack.fp;
  stack.push(context);
  stack.push(fn);
  pushRaw(3);
  stack.push(bytecode);
  stack.push((BytecodeArray.Bytes - 1 + 4) << 1);
  stack.push(StaticRoot.Undefined);
  for (let i = 0; i < 3; i++) live();
  // optimized: receiver; slots 5 and 7 tagged, 6 raw
  live();
  stack.enter(Region.Builtins + 16);
  stack.push(context);
  stack.push(fn);
  pushRaw(1);
  live();
  pushRaw(trap);
  live();
  // runtime exit with two arguments
  const base = live();
  live();
  stack.enter(start + 40);
  stack.push(FrameType.Exit << 1);
  stack.push(context);
  pushRaw(2);
  stack.push(base);
  // builtin exit on top
  live();
  stack.enter(Region.Builtins + 32);
  stack.push(FrameType.BuiltinExit << 1);
  stack.push(fn);
  pushRaw(1);
  live(); // new target
  const kinds: FrameType[] = [];
  for (const f of new StackFrameIterator(heap, stack.fp, 0)) kinds.push(f.type);
  assert.deepEqual(kinds, [
    FrameType.BuiltinExit,
    FrameType.Exit,
    FrameType.Turbofan,
    FrameType.Interpreted,
    FrameType.Entry,
  ]);

  const it = new StackFrameIterator(heap, stack.fp, 0);
  while (it.type !== FrameType.Interpreted) it.advance();
  const summary = summarizeInterpretedFrame(heap, it);
  assert.equal(summary.bytecodeOffset, 4);
  assert.equal(summary.function, fn);
  assert.equal(summary.argumentCount, 2);
  assert.equal(it.fp, interpretedFp);

  for (let round = 0; round < 3; round++) {
    scavenge(
      heap,
      (v) => visitStackRoots(heap, new StackFrameIterator(heap, stack.fp, 0), (slot) => v.visitSlot(slot)),
      { zap: true },
    );
    for (const [slot, n] of values) {
      assert.equal(heap.getF64(heap.i32[slot >> 2]!, HeapNumber.Value), n);
      assert.equal(heap.i32[(slot >> 2) + 1], cageHi);
    }
    for (const [slot, n] of raw) assert.equal(heap.i32[slot >> 2], n);
    verifyHeap(heap);
  }
  const moved = heap.i32[(interpretedFp + FrameOffset.Function) >> 2]!;
  assert.notEqual(moved, fn);
  assert.equal(heap.get(moved, JSFunction.SharedFunctionInfo), sfi);
});

test('safepoint tables and code lookup', () => {
  const { heap, factory } = newHeap();
  const entries = [
    { pc: 12, slots: [5] },
    { pc: 40, slots: [] },
    { pc: 44, slots: [6, 9, 130] },
  ];
  const table = factory.newByteArrayFrom(encodeSafepointTable([...entries].reverse()), Space.Old);
  assert.deepEqual(decodeSafepointTable(heap, table), entries);
  assert.equal(findSafepoint(heap, table, 13), -1);
  assert.equal(heap.i32[findSafepoint(heap, table, 44)], 3);
  assert.ok((table + ByteArray.Bytes - 1) % 4 === 0);
  const codes = Array.from({ length: 40 }, (_, i) =>
    factory.newCode(CodeKind.Turbofan, 10 + 13 * i, () => new Uint8Array(10 + 13 * i)),
  );
  for (const code of codes) {
    const start = heap.getI32(code, Code.InstructionStart);
    assert.equal(findCode(heap, start), code);
    assert.equal(findCode(heap, start + heap.getI32(code, Code.InstructionSize)), code);
  }
  assert.equal(findCode(heap, Region.Builtins), 0);
  assert.equal(registerOffset(0), -56);
  assert.equal(slotOffset(2), FrameOffset.Context);
  verifyHeap(heap);
});
