// Materialization alone: hand-written translations of every shape of captured object, also of those that this compiler does
// not make yet (cycles, double arrays, arguments elements, contexts). test/engine/materialization.test.ts has the whole way.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cageHi, fieldAtWord, Region, smi, smiValue, type Tagged } from '../heap/index.ts';
import {
  Context,
  FixedArray,
  FixedDoubleArray,
  HeapNumber,
  HeapObject,
  JSObject,
  SharedFunctionInfo,
  StaticRoot,
} from '../objects/index.ts';
import { newTestHeap } from '../objects/test-heap.ts';
import { CreateArgumentsType, FrameTranslationBuilder } from './frame-translation-builder.ts';
import { TranslatedState } from './translated-state.ts';

type Write = (builder: FrameTranslationBuilder) => void;

/** An optimized frame in memory: slot n ≥ 6 holds what `slots` says, the function has `formals` parameters and got `actuals`. */
interface Stopped {
  readonly slots?: readonly Tagged[];
  readonly doubles?: readonly number[];
  readonly formals?: number;
  readonly actuals?: readonly Tagged[];
}

const t = newTestHeap(1024);
const { heap, factory } = t;
const map = t.objectMap(2);

/** Literals of every translation here. */
enum L {
  Shared,
  ObjectMap,
  EmptyArray,
  ArrayMap,
  DoubleArrayMap,
  HeapNumberMap,
  ContextMap,
  Two,
  Three,
  TheHole,
}

/** A state of one interpreted frame per entry of `frames`, each of whose values is one register. */
function read(frames: readonly (readonly Write[])[], stopped: Stopped = {}): TranslatedState {
  const formals = stopped.formals ?? 0;
  const shared = factory.newSharedFunctionInfo(factory.internalize('f'), StaticRoot.Undefined, StaticRoot.Undefined);
  heap.setI32(shared, SharedFunctionInfo.FormalParameterCount, formals);
  const literals = factory.newFixedArrayFrom([
    ...[shared, map, StaticRoot.EmptyFixedArray, StaticRoot.FixedArrayMap, StaticRoot.FixedDoubleArrayMap],
    ...[StaticRoot.HeapNumberMap, StaticRoot.FunctionContextMap, smi(2), smi(3), StaticRoot.TheHole],
  ]);
  const builder = new FrameTranslationBuilder();
  builder.begin(frames.length, frames.length);
  for (const registers of frames) {
    builder.interpretedFrame(0, L.Shared, L.Shared, registers.length);
    builder.storeLiteral(L.Shared);
    for (let i = 0; i <= formals; i++) builder.storeOptimizedOut();
    builder.storeOptimizedOut();
    for (const write of registers) write(builder);
    builder.storeOptimizedOut();
  }
  const index = builder.finish();
  const bytes = builder.toBytes();
  const at = Region.Deoptimizer;
  heap.u8.set(bytes, at);
  const fp = at + 8192;
  stopped.slots?.forEach((word, i) => {
    heap.i32[(fp + 8 - 8 * (6 + i)) >> 2] = word;
    heap.i32[(fp + 12 - 8 * (6 + i)) >> 2] = cageHi;
  });
  stopped.doubles?.forEach((double, i) => {
    heap.f64[(fp + 8 - 8 * (16 + i)) >> 3] = double;
  });
  const actuals = stopped.actuals ?? [];
  heap.i32[(fp - 24) >> 2] = actuals.length + 1;
  actuals.forEach((word, i) => {
    heap.i32[(fp + 24 + 8 * i) >> 2] = word;
  });
  return new TranslatedState(heap, factory, at, bytes.length, index, literals, {
    fp,
    slotsAt: fp,
    gpr: 0,
    xmm: 0,
    xmmStride: 0,
  });
}

const literal =
  (index: L): Write =>
  (b) =>
    b.storeLiteral(index);
const slot =
  (n: number): Write =>
  (b) =>
    b.storeValue('stack', 'tagged', 6 + n);
const double =
  (n: number): Write =>
  (b) =>
    b.storeValue('stack', 'float64', 16 + n);
const duplicate =
  (object: number): Write =>
  (b) =>
    b.duplicatedObject(object);
const captured =
  (...fields: Write[]): Write =>
  (b) => {
    b.capturedObject(fields.length);
    for (const write of fields) write(b);
  };
/** A JSObject with two fields. */
const object = (x: Write, y: Write): Write =>
  captured(literal(L.ObjectMap), literal(L.EmptyArray), literal(L.EmptyArray), x, y);

const register = (state: TranslatedState, n: number, frame = 0): Tagged =>
  state.valueOf(state.frames[frame]!.register(n));
const first = (o: Tagged): Tagged => heap.get(o, fieldAtWord(JSObject.HeaderSize / 4));
const second = (o: Tagged): Tagged => heap.get(o, fieldAtWord(JSObject.HeaderSize / 4 + 1));

// Seen to fail: TranslatedState.readValue not reading a captured object's children.
test('R20: nested objects are rebuilt inside out, with map, properties and elements', () => {
  const state = read([[object(slot(0), object(slot(1), slot(2))), slot(1)]], { slots: [smi(10), smi(20), smi(30)] });
  assert.equal(state.isSimple(state.frames[0]!.register(0)), false);
  const outer = register(state, 0);
  assert.deepEqual(
    [HeapObject.Map, JSObject.PropertiesOrHash, JSObject.Elements].map((field) => heap.get(outer, field)),
    [map, StaticRoot.EmptyFixedArray, StaticRoot.EmptyFixedArray],
  );
  assert.equal(first(outer), smi(10));
  assert.deepEqual([first(second(outer)), second(second(outer))], [smi(20), smi(30)]);
  assert.equal(register(state, 1), smi(20), 'what follows a captured object is read from its own place');
});

// Seen to fail: materialize calling `known` after the fields, which then never ended.
test('R20: a cycle ends at the object itself', () => {
  const state = read([[object(duplicate(0), object(duplicate(0), duplicate(1)))]]);
  const outer = register(state, 0);
  const inner = second(outer);
  assert.notEqual(inner, outer);
  assert.deepEqual([first(outer), first(inner), second(inner)], [outer, outer, inner]);
});

// Seen to fail: valueOf materializing a duplicated value anew; and the object's number counted per frame.
test('R20: duplicates are the same object, in one frame and across frames, whoever is asked first', () => {
  const frames = [
    [object(slot(0), slot(1)), duplicate(0)],
    [object(duplicate(0), slot(1)), duplicate(1), duplicate(0)],
  ];
  for (const innerFirst of [false, true]) {
    const state = read(frames, { slots: [smi(1), smi(2)] });
    if (innerFirst) register(state, 2, 1);
    const [a, b] = [register(state, 0), register(state, 0, 1)];
    assert.notEqual(a, b);
    assert.equal(register(state, 1), a);
    assert.equal(register(state, 2, 1), a);
    assert.equal(register(state, 1, 1), b);
    assert.equal(first(b), a);
    assert.equal(register(state, 0), a, 'asked again');
  }
});

// Seen to fail: the FixedDoubleArray branch of materialize storing `word === TheHole` as a number.
test('R20: double arrays hold doubles, −0, NaN and holes', () => {
  const doubles = [1.5, -0, Number.NaN];
  const elements = captured(literal(L.DoubleArrayMap), literal(L.Three), double(0), double(1), double(2));
  const holes = captured(literal(L.DoubleArrayMap), literal(L.Two), literal(L.TheHole), literal(L.Three));
  const state = read([[elements, holes]], { doubles });
  const array = register(state, 0);
  const at = (o: Tagged, i: number): number => heap.f64[(o + FixedDoubleArray.Elements - 1 + 8 * i) >> 3]!;
  assert.equal(heap.get(array, HeapObject.Map), StaticRoot.FixedDoubleArrayMap);
  assert.equal(smiValue(heap.get(array, FixedArray.Length)), 3);
  assert.deepEqual([at(array, 0), at(array, 1), at(array, 2)], doubles);
  const holey = register(state, 1);
  assert.equal(heap.i32[((holey + FixedDoubleArray.Elements - 1) >> 2) + 1], 0xfff7ffff | 0);
  assert.equal(at(holey, 1), 3);
});

// Seen to fail: the HeapNumber branch of materialize taken out: its double stood as a tagged word.
test('R20: a HeapNumber that was captured, and tagged arrays', () => {
  const state = read(
    [
      [
        object(captured(literal(L.HeapNumberMap), double(0)), slot(0)),
        captured(literal(L.ArrayMap), literal(L.Two), double(1), slot(0)),
      ],
    ],
    { slots: [smi(7)], doubles: [2.25, 0.5] },
  );
  const box = first(register(state, 0));
  assert.deepEqual(
    [heap.get(box, HeapObject.Map), heap.getF64(box, HeapNumber.Value)],
    [StaticRoot.HeapNumberMap, 2.25],
  );
  const array = register(state, 1);
  assert.equal(smiValue(heap.get(array, FixedArray.Length)), 2);
  assert.equal(heap.getF64(heap.get(array, FixedArray.Elements), HeapNumber.Value), 0.5);
  assert.equal(heap.getElement(array, FixedArray.Elements, 1), smi(7));
});

// Seen to fail: argumentsElements starting a rest array at 0; and mapped elements without their holes.
test('R20: arguments elements come from the stack: mapped, unmapped and rest; their length too', () => {
  const elements =
    (type: CreateArgumentsType): Write =>
    (b) =>
      b.argumentsElements(type);
  const state = read(
    [
      [
        elements(CreateArgumentsType.UnmappedArguments),
        elements(CreateArgumentsType.MappedArguments),
        elements(CreateArgumentsType.RestParameter),
        (b) => b.argumentsLength(),
        duplicate(2),
      ],
    ],
    { formals: 1, actuals: [smi(4), smi(5), smi(6)] },
  );
  const words = (array: Tagged): Tagged[] =>
    Array.from({ length: smiValue(heap.get(array, FixedArray.Length)) }, (_, i) =>
      heap.getElement(array, FixedArray.Elements, i),
    );
  assert.deepEqual(words(register(state, 0)), [smi(4), smi(5), smi(6)]);
  assert.deepEqual(words(register(state, 1)), [StaticRoot.TheHole, smi(5), smi(6)]);
  assert.deepEqual(words(register(state, 2)), [smi(5), smi(6)]);
  assert.equal(register(state, 3), smi(3));
  assert.equal(register(state, 4), register(state, 2), 'arguments elements have a number too');
});

// Seen to fail: `size` taken from the map alone, which says 0 for a context.
test('R20: a context that was captured has its slots', () => {
  const fields = [literal(L.ContextMap), literal(L.Three), slot(0), slot(1), slot(2)];
  const context = register(read([[captured(...fields)]], { slots: [smi(1), smi(2), smi(3)] }), 0);
  assert.equal(heap.get(context, HeapObject.Map), StaticRoot.FunctionContextMap);
  assert.equal(smiValue(heap.get(context, Context.Length)), 3);
  assert.deepEqual(
    [0, 1, 2].map((slot) => heap.getElement(context, Context.Slots, slot)),
    [smi(1), smi(2), smi(3)],
  );
});
