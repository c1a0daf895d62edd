// Jumps, loops, switches, returns.

import { ConstructFrame, FrameOffset } from '../../frames/index.ts';
import {
  BytecodeArray,
  FeedbackCell,
  FeedbackVector,
  InstanceType,
  JSFunction,
  StaticRoot,
} from '../../objects/index.ts';
import {
  add,
  branch,
  type Code,
  eq,
  eqz,
  gtS,
  type Local,
  load,
  load8U,
  ltS,
  ltU,
  ne,
  or,
  select,
  set,
  shl,
  shrS,
  store,
  sub,
  when,
} from '../../wasm/index.ts';
import { constructReturn, interpreterEntryReturn, stackLimitWord } from '../frame.ts';
import type { InterpreterAssembler } from '../interpreter-assembler.ts';
import { bytecodeSizes } from '../state.ts';
import { toBoolean } from './comparisons.ts';
import type { FastPath, FastPaths } from './table.ts';

type Condition = (a: InterpreterAssembler) => Code;

/** A jump and its form whose distance is in the constant pool. */
const jump = (name: string, condition: Condition): FastPaths => ({
  [name]: (a: InterpreterAssembler) => [when(condition(a), a.jumpBy(a.operand(0))), a.next()],
  [`${name}Constant`]: (a: InterpreterAssembler) => [when(condition(a), a.jumpBy(shrS(a.constant(0), 1))), a.next()],
});

const isWord =
  (word: number): Condition =>
  (a) =>
    eq(a.acc, word);
const isNotWord =
  (word: number): Condition =>
  (a) =>
    ne(a.acc, word);

/** A jump on ToBoolean. */
const jumpOnTruth = (name: string, wanted: boolean): FastPaths => {
  const path =
    (distance: (a: InterpreterAssembler) => Code): FastPath =>
    (a) => {
      const truth = a.local();
      return [toBoolean(a, truth), when(wanted ? truth.get : eqz(truth), a.jumpBy(distance(a))), a.next()];
    };
  return { [name]: path((a) => a.operand(0)), [`${name}Constant`]: path((a) => shrS(a.constant(0), 1)) };
};

const budgetCell = (a: InterpreterAssembler): Code => a.field(a.closure, JSFunction.FeedbackCell);

/** Interrupts, the interrupt budget and OSR urgency; else back. */
const jumpLoop: FastPath = (a) => {
  const cell = a.local();
  const budget = a.local();
  const distance = a.local();
  return [
    a.slowIf(ltS(a.sp, load(0, stackLimitWord << 2))),
    set(cell, budgetCell(a)),
    set(distance, a.operand(0)),
    set(budget, sub(a.field(cell, FeedbackCell.InterruptBudget), add(distance, a.weight))),
    a.slowIf(ltS(budget, 0)),
    a.slowIf(gtS(load(sub(a.fv, FeedbackVector.Slots - FeedbackVector.OsrState)), a.operand(1))),
    store(cell, FeedbackCell.InterruptBudget - 1, budget),
    a.jumpBy(sub(0, distance)),
  ];
};

/**
 * Pops an interpreted frame, and the construct frame below it; goes on in the interpreted caller. Any other return address is
 * the handler's.
 */
const returns: FastPath = (a) => {
  const bytecodes = a.local();
  const address = a.local();
  const frame = a.local();
  const budget = a.local();
  const cell = a.local();
  const caller = a.local();
  const count = a.local();
  const size = a.local();
  return [
    set(bytecodes, load(a.fp, FrameOffset.BytecodeArray)),
    set(cell, budgetCell(a)),
    set(
      budget,
      sub(
        a.field(cell, FeedbackCell.InterruptBudget),
        sub(add(a.pc, a.weight), add(bytecodes, BytecodeArray.Bytes - 1)),
      ),
    ),
    a.slowIf(ltS(budget, 0)),
    // from here on `frame` is the frame that the result goes back from
    set(frame, a.fp),
    set(address, load(frame, FrameOffset.ReturnPc)),
    when(ne(address, interpreterEntryReturn), [
      a.slowUnless(eq(address, constructReturn)),
      a.slowIf(a.isSmi(a.acc)),
      set(frame, load(frame)),
      a.slowUnless(eq(load(frame, FrameOffset.ReturnPc), interpreterEntryReturn)),
      set(size, a.instanceType(a.acc)),
      when(ltU(size, InstanceType.FirstJSReceiver), [
        set(size, load(frame, ConstructFrame.ImplicitReceiver)),
        a.slowIf(eq(size, StaticRoot.TheHole)),
        set(a.acc, size),
      ]),
    ]),
    set(caller, load(frame)),
    set(count, load(caller, FrameOffset.BytecodeArray)),
    set(size, load8U(callerPc(caller, count), bytecodeSizes)),
    // a prefix or a breakpoint has no size here
    a.slowIf(eqz(size)),
    store(cell, FeedbackCell.InterruptBudget - 1, budget),
    set(a.sp, add(add(frame, FrameOffset.Receiver), select(eq(frame, a.fp), shl(argumentSlots(a, bytecodes), 3), 0))),
    set(a.fp, caller),
    set(a.pc, add(add(count, shrS(load(caller, FrameOffset.BytecodeOffset), 1)), size)),
    a.loadConstantsAndFeedback(count),
    branch(a.dispatch),
  ];
};

const callerPc = (fp: Local, bytecodes: Local): Code =>
  load8U(add(bytecodes, shrS(load(fp, FrameOffset.BytecodeOffset), 1)));

/** Slots above the return address: the arguments, or the formal parameters where there are more. */
const argumentSlots = (a: InterpreterAssembler, bytecodes: Local): Code => {
  const actual = a.local();
  const formal = a.local();
  return [
    set(actual, load(a.fp, FrameOffset.ArgumentCount)),
    set(formal, a.field(bytecodes, BytecodeArray.ParameterCount)),
    select(gtS(actual, formal), actual, formal),
  ];
};

export const control: FastPaths = {
  ...jump('JumpIfTrue', isWord(StaticRoot.True)),
  ...jump('JumpIfFalse', isWord(StaticRoot.False)),
  ...jump('JumpIfNull', isWord(StaticRoot.Null)),
  ...jump('JumpIfNotNull', isNotWord(StaticRoot.Null)),
  ...jump('JumpIfUndefined', isWord(StaticRoot.Undefined)),
  ...jump('JumpIfNotUndefined', isNotWord(StaticRoot.Undefined)),
  ...jump('JumpIfUndefinedOrNull', (a) => or(eq(a.acc, StaticRoot.Undefined), eq(a.acc, StaticRoot.Null))),
  ...jumpOnTruth('JumpIfToBooleanTrue', true),
  ...jumpOnTruth('JumpIfToBooleanFalse', false),
  Jump: (a) => a.jumpBy(a.operand(0)),
  JumpConstant: (a) => a.jumpBy(shrS(a.constant(0), 1)),
  JumpIfJSReceiver: (a) => [when(eqz(a.isSmi(a.acc)), when(a.isReceiver(a.acc), a.jumpBy(a.operand(0)))), a.next()],
  JumpIfForInDone: (a) => [when(eq(a.register(1), a.register(2)), a.jumpBy(a.operand(0))), a.next()],
  ForInStep: (a) => [a.setRegister(0, add(a.register(0), 2)), a.next()],
  JumpLoop: jumpLoop,
  SwitchOnSmiNoFeedback: (a) => {
    const index = a.local();
    return [
      set(index, sub(shrS(a.acc, 1), a.operand(2))),
      when(ltU(index, a.operand(1)), a.jumpBy(shrS(load(add(a.cp, shl(add(a.operand(0), index), 2))), 1))),
      a.next(),
    ];
  },
  Return: returns,
};
