// Strings: characters, concatenation, equality that needs no look at the characters.

import { BinaryOperationFeedback, CompareOperationFeedback } from '../../feedback/index.ts';
import {
  ConsString,
  InstanceType,
  SlicedString,
  StaticRoot,
  StringBits,
  StringObject,
  ThinString,
} from '../../objects/index.ts';
import {
  add,
  and,
  block,
  branch,
  branchIf,
  type Code,
  eq,
  eqz,
  geU,
  gtU,
  increase,
  Label,
  type Local,
  load,
  load8U,
  load16U,
  loop,
  ltU,
  ne,
  or,
  select,
  set,
  shl,
  shrS,
  store,
  store8,
  when,
} from '../../wasm/index.ts';
import type { HeapAssembler } from '../heap-assembler.ts';
import type { InterpreterAssembler } from '../interpreter-assembler.ts';

/** V8: ConsString::kMinLength. */
const minConsLength = 13;
/** V8: String::kMaxLength. */
const maxLength = 0x1fffffe8;

const shapeIs = (type: Local, shape: StringBits): Code => eq(and(type, StringBits.ShapeMask), shape);

/**
 * `code = ` the UTF-16 code unit of `string` at `index`, which is within its length. Changes `string` and `index`. Slow for a
 * string that is not flat.
 */
export const characterCode = (a: HeapAssembler, code: Local, string: Local, index: Local): Code => {
  const type = a.local();
  const again = new Label('underlying string');
  return loop(again, [
    set(type, a.instanceType(string)),
    when(shapeIs(type, StringBits.Thin), [set(string, a.field(string, ThinString.Actual)), branch(again)]),
    when(shapeIs(type, StringBits.Sliced), [
      set(index, add(index, shrS(a.field(string, SlicedString.Offset), 1))),
      set(string, a.field(string, SlicedString.Parent)),
      branch(again),
    ]),
    when(shapeIs(type, StringBits.Cons), [
      a.slowIf(a.field(a.field(string, ConsString.Second), StringObject.Length)),
      set(string, a.field(string, ConsString.First)),
      branch(again),
    ]),
    a.slowUnless(shapeIs(type, StringBits.Seq)),
    when(
      and(type, StringBits.OneByte),
      set(code, load8U(add(string, index), StringObject.Chars - 1)),
      set(code, load16U(add(string, shl(index, 1)), StringObject.Chars - 1)),
    ),
  ]);
};

/** Both are strings. */
export const areStrings = (a: HeapAssembler, left: Local, right: Local, leftType: Local, rightType: Local): Code => [
  set(leftType, a.instanceType(left)),
  set(rightType, a.instanceType(right)),
  and(ltU(leftType, InstanceType.FirstNonstring), ltU(rightType, InstanceType.FirstNonstring)),
];

/** Copies the characters of a sequential one-byte string to `to`, which moves. */
const copyCharacters = (a: HeapAssembler, string: Local, to: Local): Code => {
  const at = a.local();
  const end = a.local();
  const again = new Label('next character');
  const done = new Label('copied');
  return [
    set(at, add(string, StringObject.Chars - 1)),
    set(end, add(at, a.field(string, StringObject.Length))),
    block(done, [
      loop(again, [
        branchIf(done, geU(at, end)),
        store8(to, 0, load8U(at)),
        increase(at, 1),
        increase(to, 1),
        branch(again),
      ]),
    ]),
  ];
};

/** The Add tail's strings: `left + right` as a cons string, or a copy where that is short. */
export const concatenate = (a: InterpreterAssembler): Code => {
  const leftType = a.local();
  const rightType = a.local();
  const length = a.local();
  const result = a.local();
  const to = a.local();
  const finish = (value: Local): Code => [
    set(a.acc, value),
    a.feedback(a.slotAddress, BinaryOperationFeedback.String),
    set(a.pc, a.nextPc),
    branch(a.dispatch),
  ];
  const isOneByte = and(and(leftType, rightType), StringBits.OneByte);
  const isFlatOneByte = (type: Local): Code =>
    eq(and(type, StringBits.ShapeMask | StringBits.OneByte), StringBits.Seq | StringBits.OneByte);
  return when(and(and(a.left, a.right), 1), [
    when(areStrings(a, a.left, a.right, leftType, rightType), [
      when(eqz(a.field(a.left, StringObject.Length)), finish(a.right)),
      when(eqz(a.field(a.right, StringObject.Length)), finish(a.left)),
      set(length, add(a.field(a.left, StringObject.Length), a.field(a.right, StringObject.Length))),
      when(
        ltU(length, minConsLength),
        [
          a.slowUnless(and(isFlatOneByte(leftType), isFlatOneByte(rightType))),
          a.allocate(result, and(add(length, StringObject.Chars + 7), ~7)),
          store(result, 0, StaticRoot.SeqOneByteStringMap),
          set(to, add(result, StringObject.Chars)),
          copyCharacters(a, a.left, to),
          copyCharacters(a, a.right, to),
        ],
        [
          a.slowIf(gtU(length, maxLength)),
          a.allocate(result, (ConsString.Size + 7) & ~7),
          store(result, 0, select(isOneByte, StaticRoot.ConsOneByteStringMap, StaticRoot.ConsTwoByteStringMap)),
          store(result, ConsString.First, a.left),
          store(result, ConsString.Second, a.right),
        ],
      ),
      store(result, StringObject.RawHash, 0),
      store(result, StringObject.Length, length),
      increase(result, 1),
      finish(result),
    ]),
  ]);
};

/** Strings of unequal length, of which one at least is not internalized: unequal. */
export const unequalStrings = (a: InterpreterAssembler, left: Local, leftType: Local, rightType: Local): Code => {
  const feedback = (type: Local): Code =>
    select(
      and(type, StringBits.NotInternalized),
      CompareOperationFeedback.OtherString,
      CompareOperationFeedback.InternalizedString,
    );
  const slot = a.local();
  return when(
    and(ltU(leftType, InstanceType.FirstNonstring), ltU(rightType, InstanceType.FirstNonstring)),
    when(ne(a.field(left, StringObject.Length), a.field(a.acc, StringObject.Length)), [
      set(slot, a.slot(1)),
      store(slot, 0, or(load(slot), shl(or(feedback(leftType), feedback(rightType)), 1))),
      a.result(StaticRoot.False),
    ]),
  );
};
