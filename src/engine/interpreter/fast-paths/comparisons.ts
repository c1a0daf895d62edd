// Comparisons and tests.

import { CompareOperationFeedback } from '../../feedback/index.ts';
import {
  HeapNumber,
  InstanceType,
  MapBits,
  MapObject,
  StaticRoot,
  StringBits,
  StringObject,
} from '../../objects/index.ts';
import {
  and,
  type Code,
  eq,
  eqz,
  f64,
  feq,
  fge,
  fgt,
  fle,
  flt,
  fne,
  geS,
  geU,
  gtS,
  type Local,
  leS,
  load8U,
  load16U,
  loadF64,
  ltS,
  ltU,
  ne,
  or,
  set,
  type Value,
  when,
} from '../../wasm/index.ts';
import type { InterpreterAssembler } from '../interpreter-assembler.ts';
import { unequalStrings } from './strings.ts';
import type { FastPath, FastPaths } from './table.ts';

const { SignedSmall, Number: AnyNumber, InternalizedString, Receiver } = CompareOperationFeedback;

type Comparison = (left: Value, right: Value) => Code;

const withFeedback = (a: InterpreterAssembler, bits: number, condition: Code): Code => [
  a.operandFeedback(1, bits),
  a.result(a.boolean(condition)),
];

const smis = (a: InterpreterAssembler, left: Local, compare: Comparison): Code =>
  when(a.areSmis(left, a.acc), withFeedback(a, SignedSmall, compare(left, a.acc)));

const numbers = (a: InterpreterAssembler, left: Local, compare: Comparison): Code => {
  const x = a.double();
  const y = a.double();
  return [a.toDouble(x, left), a.toDouble(y, a.acc), withFeedback(a, AnyNumber, compare(x, y))];
};

const relational =
  (ofSmis: Comparison, ofDoubles: Comparison): FastPath =>
  (a) => {
    const left = a.local();
    return [set(left, a.register(0)), smis(a, left, ofSmis), numbers(a, left, ofDoubles)];
  };

/** Internalized strings and receivers are equal when they are the same object. */
const equality: FastPath = (a) => {
  const left = a.local();
  const leftType = a.local();
  const rightType = a.local();
  const notInternalized = ~StringBits.OneByte;
  return [
    set(left, a.register(0)),
    smis(a, left, eq),
    when(and(and(left, a.acc), 1), [
      set(leftType, a.instanceType(left)),
      set(rightType, a.instanceType(a.acc)),
      when(eqz(and(or(leftType, rightType), notInternalized)), withFeedback(a, InternalizedString, eq(left, a.acc))),
      when(
        and(geU(leftType, InstanceType.FirstJSReceiver), geU(rightType, InstanceType.FirstJSReceiver)),
        withFeedback(a, Receiver, eq(left, a.acc)),
      ),
      unequalStrings(a, left, leftType, rightType),
    ]),
    numbers(a, left, feq),
  ];
};

/** `truth = ToBoolean(acc)`, or slow. */
export const toBoolean = (a: InterpreterAssembler, truth: Local): Code => {
  const map = a.local();
  const type = a.local();
  const x = a.double();
  return when(a.isSmi(a.acc), set(truth, ne(a.acc, 0)), [
    set(map, a.map(a.acc)),
    set(type, load16U(map, MapObject.InstanceType - 1)),
    when(
      eq(type, InstanceType.Oddball),
      [
        set(truth, eq(a.acc, StaticRoot.True)),
        when(
          eqz(truth),
          a.slowUnless(
            or(eq(a.acc, StaticRoot.False), or(eq(a.acc, StaticRoot.Undefined), eq(a.acc, StaticRoot.Null))),
          ),
        ),
      ],
      when(
        geU(type, InstanceType.FirstJSReceiver),
        set(truth, eqz(and(load8U(map, MapObject.BitField - 1), MapBits.IsUndetectable))),
        when(ltU(type, InstanceType.FirstNonstring), set(truth, ne(a.field(a.acc, StringObject.Length), 0)), [
          a.slowUnless(eq(type, InstanceType.HeapNumber)),
          set(x, loadF64(a.acc, HeapNumber.Value - 1)),
          set(truth, and(feq(x, x), fne(x, f64(0)))),
        ]),
      ),
    ),
  ]);
};

const isWord =
  (word: number): FastPath =>
  (a) =>
    a.result(a.boolean(eq(a.acc, word)));

export const comparisons: FastPaths = {
  TestLessThan: relational(ltS, flt),
  TestGreaterThan: relational(gtS, fgt),
  TestLessThanOrEqual: relational(leS, fle),
  TestGreaterThanOrEqual: relational(geS, fge),
  TestEqual: equality,
  TestEqualStrict: equality,
  TestReferenceEqual: (a) => a.result(a.boolean(eq(a.acc, a.register(0)))),
  TestUndefined: isWord(StaticRoot.Undefined),
  TestNull: isWord(StaticRoot.Null),
  TestUndetectable: (a) => [
    when(a.isSmi(a.acc), a.result(StaticRoot.False)),
    a.result(
      a.boolean(
        or(
          or(eq(a.acc, StaticRoot.Undefined), eq(a.acc, StaticRoot.Null)),
          ne(and(load8U(a.map(a.acc), MapObject.BitField - 1), MapBits.IsUndetectable), 0),
        ),
      ),
    ),
  ],
  LogicalNot: (a) => a.result(a.boolean(ne(a.acc, StaticRoot.True))),
  ToBoolean: (a) => {
    const truth = a.local();
    return [toBoolean(a, truth), a.result(a.boolean(truth))];
  },
  ToBooleanLogicalNot: (a) => {
    const truth = a.local();
    return [toBoolean(a, truth), a.result(a.boolean(eqz(truth)))];
  },
};
