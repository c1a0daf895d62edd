// Translations alone: builder, reader, printer and verifier agree; each rule of the verifier is broken once. And values:
// what each representation in each place becomes.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cageHi, Heap, isSmi, Region, smi, smiValue, type Tagged } from '../heap/index.ts';
import { brief, Factory, HeapNumber, SharedFunctionInfo, StaticRoot } from '../objects/index.ts';
import { FrameTranslationBuilder } from './frame-translation-builder.ts';
import { FrameTranslationReader, printTranslation, verifyTranslation } from './frame-translation-reader.ts';
import { TranslatedState } from './translated-state.ts';
import {
  TranslationOpcode,
  translationOpcodes,
  type ValueRepresentation,
  type ValueSource,
  valueOpcode,
} from './translation-opcode.ts';

/** One interpreted frame of a function with one parameter and `height` registers; `values` writes the registers. */
const oneFrame = (height: number, values: (builder: FrameTranslationBuilder) => void): Uint8Array => {
  const builder = new FrameTranslationBuilder();
  builder.begin(1, 1);
  builder.interpretedFrame(7, 0, 1, height);
  builder.storeLiteral(2);
  builder.storeOptimizedOut();
  builder.storeValue('stack', 'tagged', 2);
  values(builder);
  builder.storeOptimizedOut();
  assert.equal(builder.finish(), 0);
  return builder.toBytes();
};

const verify = (bytes: Uint8Array, literals = 3): void =>
  verifyTranslation(bytes, 0, bytes.length, 0, literals, () => 1);

// Seen to fail: the reader's VLQ without its sign, `bits >>> 1` alone.
test('R10: builder and reader agree on every value opcode and on operands of every size', () => {
  const rows = Object.entries(translationOpcodes).filter(([, info]) => info.category === 'value');
  const operands = [0, 1, -1, 63, -64, 64, 8191, 8192, -8193, 0x3fffffff, -0x40000000];
  for (const operand of operands) {
    const builder = new FrameTranslationBuilder();
    builder.begin(1, 1);
    for (const [, info] of rows) {
      if (info.source === 'literal') builder.storeLiteral(operand);
      else if (info.source === 'none') builder.storeOptimizedOut();
      else builder.storeValue(info.source!, info.representation!, operand);
    }
    const index = builder.finish();
    const bytes = builder.toBytes();
    const reader = new FrameTranslationReader(bytes, 0, bytes.length, index);
    assert.equal(reader.next(), TranslationOpcode.Begin);
    for (const [opcode, info] of rows) {
      assert.equal(reader.next(), Number(opcode));
      if (info.operands.length > 0) assert.equal(reader.operand(0), operand, info.name);
    }
    assert.equal(reader.done, true);
  }
});

// Seen to fail: printTranslation without `open.push`, so that fields stood beside their object.
test('R10: the printer shows what was built, through the same reader', () => {
  const bytes = oneFrame(3, (builder) => {
    builder.capturedObject(2);
    builder.storeLiteral(1);
    builder.storeValue('xmm', 'float64', 5);
    builder.duplicatedObject(0);
    builder.storeValue('register', 'int32', 3);
  });
  verify(bytes);
  assert.deepEqual(printTranslation(bytes, 0, bytes.length, 0).split('\n'), [
    'BEGIN {frames=1, jsFrames=1}',
    '  INTERPRETED_FRAME_WITHOUT_RETURN {bytecodeOffset=7, function=0, bytecodeArray=1, height=3}',
    '    LITERAL {literal=2}',
    '    OPTIMIZED_OUT',
    '    TAGGED_STACK_SLOT {slot=2}',
    '    CAPTURED_OBJECT {length=2}',
    '      LITERAL {literal=1}',
    '      DOUBLE_REGISTER {code=5}',
    '    DUPLICATED_OBJECT {object=0}',
    '    INT32_REGISTER {code=3}',
    '    OPTIMIZED_OUT',
  ]);
  assert.match(printTranslation(bytes.subarray(0, 6), 0, 6, 0), /<broken: /);
});

// Seen to fail: FrameTranslationBuilder.finish never taking `known`; and its `key` the empty string.
test('R10: equal translations are written once', () => {
  const builder = new FrameTranslationBuilder();
  const write = (code: number): number => {
    builder.begin(1, 1);
    builder.frame(TranslationOpcode.ConstructInvokeStubFrame, 0);
    builder.storeValue('register', 'tagged', code);
    builder.storeOptimizedOut();
    return builder.finish();
  };
  const first = write(1);
  assert.deepEqual([first === write(1), first === write(2)], [true, false]);
});

// Seen to fail: each `fail(…)` taken out of verifyTranslation in turn, and its own rows alone failed: `says` tells apart the
// checks of one rule.
const broken: readonly [rule: number, what: string, says: RegExp, bytes: () => Uint8Array][] = [
  [1, 'no BEGIN', /starts with OPTIMIZED_OUT/, () => Uint8Array.of(TranslationOpcode.OptimizedOut)],
  [
    1,
    'more JS frames than frames',
    /2 JS frames of 1 frames/,
    () => Uint8Array.of(TranslationOpcode.Begin, 2, 4, ...oneFrame(0, () => {}).subarray(3)),
  ],
  [1, 'fewer frames than said', /0 frames of 1/, () => Uint8Array.of(TranslationOpcode.Begin, 2, 2)],
  [
    1,
    'more frames than said',
    /more than 1 frames/,
    () => Uint8Array.of(...oneFrame(0, () => {}), TranslationOpcode.OptimizedOut),
  ],
  [
    2,
    'a value where a frame belongs',
    /OPTIMIZED_OUT where frame 0 was expected/,
    () => Uint8Array.of(TranslationOpcode.Begin, 2, 2, TranslationOpcode.OptimizedOut),
  ],
  [2, 'values missing', /values are missing/, () => oneFrame(2, (builder) => builder.storeOptimizedOut())],
  [
    2,
    'a frame where a value belongs',
    /CONSTRUCT_INVOKE_STUB_FRAME where a value was expected/,
    () => oneFrame(1, (builder) => builder.frame(TranslationOpcode.ConstructInvokeStubFrame, 0)),
  ],
  [
    2,
    'a captured object with too few fields',
    /values are missing/,
    () =>
      oneFrame(1, (builder) => {
        builder.capturedObject(3);
        builder.storeLiteral(0);
      }),
  ],
  [4, 'a duplicate of an object to come', /object 0 of 0/, () => oneFrame(1, (builder) => builder.duplicatedObject(0))],
  [5, 'a literal that is not there', /literal 9 of 3/, () => oneFrame(1, (builder) => builder.storeLiteral(9))],
];

for (const [rule, what, says, bytes] of broken) {
  test(`R10: the verifier refuses ${what} (rule ${rule})`, () => {
    assert.throws(() => verify(bytes()), new RegExp(`breaks rule ${rule}: ${says.source}`));
  });
}

// The bytes go on behind the end, as in the heap: only the reader's own checks stop it. Seen to fail: `next` without its check;
// `vlq` without its check.
test('R10: a stream that ends early is refused by the reader', () => {
  const bytes = oneFrame(1, (builder) => builder.storeLiteral(0x1000));
  const whole = new Set<number>();
  for (let at = 0; at < bytes.length; whole.add(at)) {
    for (let operands = translationOpcodes[bytes[at++]! as TranslationOpcode].operands.length; operands > 0; operands--)
      while (bytes[at++]! >= 0x80);
  }
  for (let end = 1; end < bytes.length; end++) {
    const reader = new FrameTranslationReader(bytes, 0, end, 0);
    assert.throws(
      () => {
        for (;;) reader.next();
      },
      { message: `translation ends in the middle${whole.has(end) ? '' : ' of an operand'}` },
    );
    assert.ok(reader.peek() === -1 && reader.done);
  }
  assert.throws(() => new FrameTranslationReader(bytes, 0, bytes.length, bytes.length), /outside the stream/);
});

/** A stopped frame in memory: rbx is register 3, xmm2, and stack slot 6. */
const stopped = (representation: ValueRepresentation, source: ValueSource, lo: number, hi: number, double?: number) => {
  const heap = new Heap({ memoryMiB: 128 });
  const factory = new Factory(heap);
  const shared = factory.newSharedFunctionInfo(factory.internalize('f'), StaticRoot.Undefined, StaticRoot.Undefined);
  heap.setI32(shared, SharedFunctionInfo.FormalParameterCount, 0);
  const index = source === 'register' ? 3 : source === 'xmm' ? 2 : 6;
  const bytes = oneFrame(1, (builder) => builder.storeValue(source, representation, index));
  const at = Region.Deoptimizer;
  heap.u8.set(bytes, at);
  const literals = factory.newFixedArrayFrom([shared, StaticRoot.Null, StaticRoot.True]);
  const fp = at + 4096;
  const gpr = at + 8192;
  const xmm = at + 8448;
  const where = source === 'register' ? gpr + 24 : source === 'xmm' ? xmm + 32 : fp + 8 - 48;
  heap.i32[where >> 2] = lo;
  heap.i32[(where >> 2) + 1] = hi;
  if (double !== undefined) heap.f64[where >> 3] = double;
  const state = new TranslatedState(heap, factory, at, bytes.length, 0, literals, {
    fp,
    slotsAt: fp,
    gpr,
    xmm,
    xmmStride: 16,
  });
  const value = state.frames[0]!.register(0);
  return { heap, state, value, word: (): Tagged => state.valueOf(value) };
};

const number = (heap: Heap, word: Tagged): number =>
  isSmi(word) ? smiValue(word) : heap.getF64(word, HeapNumber.Value);

// Seen to fail: Materializer.box making a uint32 without `>>> 0`; a bit inverted; an int64 and a uint64 of its low half; a
// BigInt without `value.hi`, and an unsigned one of a signed `value.hi`; valueOf without `value.hasTagged = true`.
for (const source of ['register', 'stack'] as const) {
  const numbers: readonly [ValueRepresentation, number, number, number][] = [
    ['int32', -5, 0, -5],
    ['int32', 0x3fffffff, 0, 0x3fffffff],
    ['int32', 0x40000000, 0, 0x40000000],
    ['int32', -0x80000000, 0, -0x80000000],
    ['uint32', -1, 0, 0xffffffff],
    ['uint32', 7, 0, 7],
    ['int64', -2, -1, -2],
    ['int64', 0, 1, 2 ** 32],
    ['uint64', 5, 0, 5],
    ['uint64', 0, 2, 2 ** 33],
  ];
  for (const [representation, lo, hi, expected] of numbers) {
    test(`R12, R13: ${representation} ${expected} in a ${source}`, () => {
      const { heap, state, value, word } = stopped(representation, source, lo, hi);
      assert.equal(value.source, source);
      const fits = expected >= -0x40000000 && expected <= 0x3fffffff;
      assert.equal(state.isSimple(value), fits);
      assert.equal(number(heap, word()), expected);
      assert.equal(isSmi(word()), fits);
      assert.equal(word(), word(), 'one object, however often it is asked for');
    });
  }
  test(`R12, R13: bit, tagged and compressed in a ${source}`, () => {
    assert.equal(stopped('bit', source, 1, 0).word(), StaticRoot.True);
    assert.equal(stopped('bit', source, 0, 0).word(), StaticRoot.False);
    assert.equal(stopped('tagged', source, smi(-3), cageHi).word(), smi(-3));
    assert.equal(stopped('compressed', source, StaticRoot.Null, 0).word(), StaticRoot.Null);
  });
  test(`R12, R13: word64 in a ${source} becomes a BigInt`, () => {
    for (const [representation, lo, hi, expected] of [
      ['bigint64', -1, -1, '-1'],
      ['biguint64', -1, -1, String(2n ** 64n - 1n)],
      ['bigint64', 0, 1, String(2n ** 32n)],
    ] as const) {
      const { heap, word } = stopped(representation, source, lo, hi);
      assert.match(brief(heap, word()), new RegExp(`${expected}\\b`));
    }
  });
}

// Seen to fail: Materializer.box adding 0 to a float64 (−0 became 0); readMachineValue taking a float32 for the low half of a
// double; a holey float64 never the hole, or not simple.
for (const source of ['xmm', 'stack'] as const) {
  for (const double of [-0, Number.NaN, 0.5, 2 ** 40, Number.POSITIVE_INFINITY, 12]) {
    test(`R12, R13: float64 ${Object.is(double, -0) ? '−0' : double} in ${source}`, () => {
      const { heap, word } = stopped('float64', source, 0, 0, double);
      assert.equal(number(heap, word()), double);
      assert.equal(isSmi(word()), double === 12);
    });
  }
  test(`R12, R13: float32 in ${source}`, () => {
    const bits = (float: number): number => new Int32Array(Float32Array.of(float).buffer)[0]!;
    for (const float of [0.5, -0, 1.100000023841858, Number.NaN, 3]) {
      const { heap, state, value, word } = stopped('float32', source, bits(float), 0x7ff00001);
      assert.equal(state.isSimple(value), float === 3);
      assert.equal(number(heap, word()), float, 'the word above does not count');
    }
  });
  test(`R12, R13: the hole in a holey float64 in ${source}`, () => {
    const hole = stopped('holeyFloat64', source, 0xfff7ffff | 0, 0xfff7ffff | 0);
    assert.ok(hole.state.isSimple(hole.value), 'the hole needs no allocation');
    assert.equal(hole.word(), StaticRoot.TheHole);
    const { heap, word } = stopped('holeyFloat64', source, 0, 0, 1.5);
    assert.equal(number(heap, word()), 1.5);
  });
}

// Seen to fail: TranslatedState.literal always giving the first; an optimized-out value as undefined; valueOpcode without its
// check.
test('R12: a literal and an optimized-out value; a representation without an opcode is refused', () => {
  const { heap, state } = stopped('tagged', 'register', smi(1), cageHi);
  const [frame] = state.frames;
  assert.match(brief(heap, frame!.sharedFunctionInfo), /SharedFunctionInfo/);
  assert.equal(frame!.bytecodeArray, StaticRoot.Null);
  assert.equal(state.valueOf(frame!.function), StaticRoot.True);
  assert.equal(frame!.accumulator.kind, 'optimizedOut');
  assert.equal(state.valueOf(frame!.accumulator), StaticRoot.OptimizedOut);
  assert.throws(() => valueOpcode('xmm', 'int32'), RangeError);
  assert.throws(() => valueOpcode('register', 'float64'), RangeError);
});
