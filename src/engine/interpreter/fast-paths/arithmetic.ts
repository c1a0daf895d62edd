// Arithmetic: Smis in place, everything that needs a HeapNumber in one tail per operation.
//
// A tail gets `left` and `right` (any values; anything but Smis and HeapNumbers goes to the handler), the address of the
// feedback slot and the pc to go on at.

import { BinaryOperationFeedback } from '../../feedback/index.ts';
import { HeapNumber } from '../../objects/index.ts';
import {
  add,
  and,
  branch,
  type Code,
  eq,
  eq64,
  eqz,
  extend64S,
  f64,
  fabs,
  fadd,
  fdiv,
  feq,
  fge,
  fmul,
  fsub,
  geS,
  gtS,
  type Local,
  loadF64,
  ltU,
  mul,
  mul64,
  ne,
  or,
  remS,
  set,
  shl,
  shrS,
  shrU,
  sub,
  toF64S,
  toF64U,
  truncateI32,
  truncateI64,
  type Value,
  ValueType,
  when,
  wrap64,
  xor,
} from '../../wasm/index.ts';
import type { InterpreterAssembler, TailName } from '../interpreter-assembler.ts';
import { concatenate } from './strings.ts';
import type { FastPath, FastPaths, Tail } from './table.ts';

const { SignedSmall, SignedSmallInputs, Number: AnyNumber } = BinaryOperationFeedback;

/** Sets `left`, `right`, slot and next pc of a bytecode `acc = $0 op acc` or `acc = acc op immediate`. */
const operands = (a: InterpreterAssembler, immediate: boolean): Code => [
  set(a.left, immediate ? a.acc : a.register(0)),
  set(a.right, immediate ? a.smi(0) : a.acc),
  set(a.slotAddress, a.slot(1)),
  set(a.nextPc, add(a.pc, a.size)),
];

/** A Smi result with its feedback. */
const smiResult = (a: InterpreterAssembler, value: Value): Code => [
  set(a.acc, value),
  a.feedback(a.slotAddress, SignedSmall),
  set(a.pc, a.nextPc),
  branch(a.dispatch),
];

/** A HeapNumber result. */
const doubleResult = (a: InterpreterAssembler, x: Local, feedback: number): Code => {
  const box = a.local();
  return [
    a.allocateHeapNumber(box, x),
    set(a.acc, box),
    a.feedback(a.slotAddress, feedback),
    set(a.pc, a.nextPc),
    branch(a.dispatch),
  ];
};

const fitsSmi = (value: Local): Code => eq(shrS(shl(value, 1), 1), value);

// --- in place: both operands Smis --------------------------------------------------------------------------------------------

const addSmis = (a: InterpreterAssembler): Code => {
  const sum = a.local();
  return [set(sum, add(a.left, a.right)), when(geS(and(xor(a.left, sum), xor(a.right, sum)), 0), smiResult(a, sum))];
};
const subtractSmis = (a: InterpreterAssembler): Code => {
  const difference = a.local();
  return [
    set(difference, sub(a.left, a.right)),
    when(geS(and(xor(a.left, a.right), xor(a.left, difference)), 0), smiResult(a, difference)),
  ];
};
/** Factors within ±(2^15 − 1); zero might be −0. */
const multiplySmis = (a: InterpreterAssembler): Code => {
  const small = (value: Value): Code => ltU(add(value, 0xfffe), 0x1fffd);
  const product = a.local();
  return when(and(small(a.left), small(a.right)), [
    set(product, mul(shrS(a.left, 1), a.right)),
    when(product.get, smiResult(a, product)),
  ]);
};
const modulusOfSmis = (a: InterpreterAssembler): Code =>
  when(and(gtS(a.right, 0), geS(a.left, 0)), smiResult(a, remS(a.left, a.right)));

const bitwise =
  (combine: (left: Value, right: Value) => Code) =>
  (a: InterpreterAssembler): Code =>
    smiResult(a, combine(a.left, a.right));
const shiftRightOfSmis = (a: InterpreterAssembler): Code =>
  smiResult(a, shl(shrS(shrS(a.left, 1), and(shrS(a.right, 1), 31)), 1));
const none = (): Code => [];

// --- tails --------------------------------------------------------------------------------------------------------------------------

const doubles =
  (operation: (x: Value, y: Value) => Code): FastPath =>
  (a) => {
    const x = a.double();
    const y = a.double();
    return [a.toDouble(x, a.left), a.toDouble(y, a.right), set(x, operation(x, y)), doubleResult(a, x, AnyNumber)];
  };

const multiplyTail: FastPath = (a) => {
  const product = a.local(ValueType.I64);
  const low = a.local();
  return [
    when(a.areSmis(a.left, a.right), [
      set(product, mul64(extend64S(shrS(a.left, 1)), extend64S(shrS(a.right, 1)))),
      set(low, wrap64(product)),
      when(
        and(
          and(eq64(extend64S(low), product), fitsSmi(low)),
          ne(or(low, geS(or(a.left, a.right), 0)), 0), // not −0
        ),
        smiResult(a, shl(low, 1)),
      ),
    ]),
    doubles(fmul)(a),
  ];
};

const divideTail: FastPath = (a) => {
  const x = a.double();
  const y = a.double();
  const whole = a.local();
  return [
    a.toDouble(x, a.left),
    a.toDouble(y, a.right),
    set(x, fdiv(x, y)),
    when(a.areSmis(a.left, a.right), [
      set(whole, truncateI32(x)),
      when(
        and(and(feq(toF64S(whole), x), fitsSmi(whole)), ne(or(whole, gtS(a.right, 0)), 0)),
        smiResult(a, shl(whole, 1)),
      ),
      doubleResult(a, x, SignedSmallInputs),
    ]),
    doubleResult(a, x, AnyNumber),
  ];
};

/** Smis of any sign but for results of zero; doubles are the handler's. */
const modulusTail: FastPath = (a) => {
  const rest = a.local();
  return [
    a.slowUnless(a.areSmis(a.left, a.right)),
    a.slowIf(eqz(a.right)),
    set(rest, remS(shrS(a.left, 1), shrS(a.right, 1))),
    a.slowIf(eqz(rest)),
    smiResult(a, shl(rest, 1)),
  ];
};

/** ToInt32 of a number below 2^63. */
const toInt32 = (a: InterpreterAssembler, bits: Local, value: Local): Code => {
  const x = a.double();
  return when(a.isSmi(value), set(bits, shrS(value, 1)), [
    a.slowUnless(a.isHeapNumber(value)),
    set(x, loadF64(value, HeapNumber.Value - 1)),
    a.slowIf(fge(fabs(x), f64(2 ** 62))),
    a.slowIf(eqz(feq(x, x))),
    set(bits, wrap64(truncateI64(x))),
  ]);
};

const integers =
  (combine: (left: Value, right: Value) => Code, isUnsigned = false): FastPath =>
  (a) => {
    const left = a.local();
    const right = a.local();
    const smis = a.local();
    const x = a.double();
    return [
      set(smis, a.areSmis(a.left, a.right)),
      toInt32(a, left, a.left),
      toInt32(a, right, a.right),
      set(left, combine(left, right)),
      when(isUnsigned ? ltU(left, 0x40000000) : fitsSmi(left), [
        when(eqz(smis), a.feedback(a.slotAddress, AnyNumber)),
        smiResult(a, shl(left, 1)),
      ]),
      set(x, isUnsigned ? toF64U(left) : toF64S(left)),
      doubleResult(a, x, AnyNumber),
    ];
  };

const shift =
  (operator: (left: Value, right: Value) => Code) =>
  (left: Value, right: Value): Code =>
    operator(left, and(right, 31));

export const arithmeticTails: readonly Tail[] = [
  { name: 'Add', code: (a) => [a.f.scope(() => concatenate(a)), doubles(fadd)(a)] },
  { name: 'Sub', code: doubles(fsub) },
  { name: 'Mul', code: multiplyTail },
  { name: 'Div', code: divideTail },
  { name: 'Mod', code: modulusTail },
  { name: 'BitwiseOr', code: integers(or) },
  { name: 'BitwiseXor', code: integers(xor) },
  { name: 'BitwiseAnd', code: integers(and) },
  { name: 'ShiftLeft', code: integers(shift(shl)) },
  { name: 'ShiftRight', code: integers(shift(shrS)) },
  { name: 'ShiftRightLogical', code: integers(shift(shrU), true) },
];

// --- fast paths ------------------------------------------------------------------------------------------------------------------------

const binary =
  (tail: TailName, immediate: boolean, smis: (a: InterpreterAssembler) => Code): FastPath =>
  (a) => [operands(a, immediate), when(a.areSmis(a.left, a.right), smis(a)), a.goTo(tail)];

/** Inc and Dec: like an addition of a Smi, whose slot is the first operand. Values that are no numbers convert: the handler's. */
const step =
  (tail: 'Add' | 'Sub', smis: (a: InterpreterAssembler) => Code): FastPath =>
  (a) => [
    set(a.left, a.acc),
    set(a.right, 2),
    set(a.slotAddress, a.slot(0)),
    set(a.nextPc, add(a.pc, a.size)),
    when(a.isSmi(a.acc), smis(a)),
    a.goTo(tail),
  ];

const toNumber: FastPath = (a) => [
  when(a.isSmi(a.acc), a.operandFeedback(0, SignedSmall), [
    a.slowUnless(a.isHeapNumber(a.acc)),
    a.operandFeedback(0, AnyNumber),
  ]),
  a.next(),
];

export const arithmetic: FastPaths = {
  Add: binary('Add', false, addSmis),
  AddSmi: binary('Add', true, addSmis),
  Sub: binary('Sub', false, subtractSmis),
  SubSmi: binary('Sub', true, subtractSmis),
  Mul: binary('Mul', false, multiplySmis),
  MulSmi: binary('Mul', true, multiplySmis),
  Div: binary('Div', false, none),
  DivSmi: binary('Div', true, none),
  Mod: binary('Mod', false, modulusOfSmis),
  ModSmi: binary('Mod', true, modulusOfSmis),
  BitwiseOr: binary('BitwiseOr', false, bitwise(or)),
  BitwiseOrSmi: binary('BitwiseOr', true, bitwise(or)),
  BitwiseXor: binary('BitwiseXor', false, bitwise(xor)),
  BitwiseXorSmi: binary('BitwiseXor', true, bitwise(xor)),
  BitwiseAnd: binary('BitwiseAnd', false, bitwise(and)),
  BitwiseAndSmi: binary('BitwiseAnd', true, bitwise(and)),
  ShiftLeft: binary('ShiftLeft', false, none),
  ShiftLeftSmi: binary('ShiftLeft', true, none),
  ShiftRight: binary('ShiftRight', false, shiftRightOfSmis),
  ShiftRightSmi: binary('ShiftRight', true, shiftRightOfSmis),
  ShiftRightLogical: binary('ShiftRightLogical', false, none),
  ShiftRightLogicalSmi: binary('ShiftRightLogical', true, none),
  Inc: step('Add', addSmis),
  Dec: step('Sub', subtractSmis),
  Negate: (a) => [
    // zero would be −0, the least Smi has no opposite
    a.slowUnless(a.isSmi(a.acc)),
    a.slowIf(eqz(shl(a.acc, 1))),
    a.slowIf(eqz(a.acc)),
    a.operandFeedback(0, SignedSmall),
    a.result(sub(0, a.acc)),
  ],
  BitwiseNot: (a) => [a.slowUnless(a.isSmi(a.acc)), a.operandFeedback(0, SignedSmall), a.result(xor(a.acc, -2))],
  ToNumber: toNumber,
  ToNumeric: toNumber,
};
