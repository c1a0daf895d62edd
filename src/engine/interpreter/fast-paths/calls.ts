// Calls: of interpreted functions, whose frame is built here; of host builtins, whose arguments are pushed here. Optimized,
// not yet compiled, bound, class constructors and everything else that is callable go to the handler.
//
//   Call tail in: callee, receiver, argc (with receiver), where the arguments are, address of the feedback slot

import {
  BytecodeArray,
  FeedbackCell,
  FeedbackVector,
  FeedbackVectorFlags,
  InstanceType,
  JSFunction,
  SharedFunctionFlags,
  SharedFunctionInfo,
  StaticRoot,
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
  geS,
  geU,
  gtS,
  increase,
  Label,
  type Local,
  load,
  load64,
  loop,
  ltS,
  ltU,
  ne,
  or,
  select,
  set,
  shl,
  shrS,
  store,
  store64,
  sub,
  when,
} from '../../wasm/index.ts';
import { hardStackLimit, initialBytecodeOffset, interpreterEntryReturn, noFeedback, stackLimitWord } from '../frame.ts';
import type { InterpreterAssembler } from '../interpreter-assembler.ts';
import { Exit, StateAddress } from '../state.ts';
import type { FastPath, FastPaths, Tail } from './table.ts';

/** Where the arguments of a call stand. */
type Arguments = 'none' | 'one' | 'two' | 'list';

/** `acc = call`: sets the Call tail's locals. Operands: callee, then the receiver if explicit, arguments, slot. */
const call =
  (explicitReceiver: boolean, kind: Arguments): FastPath =>
  (a) => {
    const { call: c } = a;
    const first = explicitReceiver ? 2 : 1;
    const receiver = set(c.receiver, explicitReceiver ? a.register(1) : StaticRoot.Undefined);
    const head = [set(c.callee, a.register(0)), receiver];
    switch (kind) {
      case 'none':
        return [head, set(c.argc, 1), set(a.slotAddress, a.slot(first)), a.goTo('Call')];
      case 'one':
        return [
          head,
          set(c.first, a.registerAddress(first)),
          set(c.argc, 2),
          set(a.slotAddress, a.slot(first + 1)),
          a.goTo('Call'),
        ];
      case 'two':
        return [
          head,
          set(c.first, a.registerAddress(first)),
          set(c.second, a.registerAddress(first + 1)),
          set(c.argc, 3),
          set(a.slotAddress, a.slot(first + 2)),
          a.goTo('Call'),
        ];
      case 'list':
        // registers from operand 1 on: the receiver first where it is explicit
        return [
          head,
          set(c.first, explicitReceiver ? sub(a.registerAddress(1), 8) : a.registerAddress(1)),
          set(c.second, sub(c.first, 8)),
          set(c.argc, explicitReceiver ? a.operand(2) : add(a.operand(2), 1)),
          set(a.slotAddress, a.slot(3)),
          a.goTo('Call'),
        ];
    }
  };

/** Copies the arguments above the receiver's slot at `base`: from `first`, `second`, and on down from there. */
const pushArguments = (a: InterpreterAssembler, base: Local): Code => {
  const { call: c } = a;
  const to = a.local();
  const end = a.local();
  const from = a.local();
  const done = new Label('arguments pushed');
  const again = new Label('next argument');
  return [
    a.storeSlot(base, 0, c.receiver),
    block(done, [
      branchIf(done, eq(c.argc, 1)),
      store64(base, 8, load64(c.first)),
      branchIf(done, eq(c.argc, 2)),
      store64(base, 16, load64(c.second)),
      set(from, sub(c.second, 8)),
      set(to, add(base, 24)),
      set(end, add(base, shl(c.argc, 3))),
      loop(again, [
        branchIf(done, geU(to, end)),
        store64(to, 0, load64(from)),
        increase(from, -8),
        increase(to, 8),
        branch(again),
      ]),
    ]),
  ];
};

/** The call slot counts; a target that it does not know yet is the handler's to note. */
const callFeedback = (a: InterpreterAssembler, cell: Local): Code => {
  const { call: c } = a;
  const known = a.local();
  const noted = new Label('target noted');
  return [
    set(known, load(a.slotAddress)),
    block(noted, [
      branchIf(noted, eq(known, or(c.callee, 2))),
      branchIf(noted, eq(known, StaticRoot.MegamorphicSymbol)),
      branchIf(noted, eq(known, or(cell, 2))),
      branchIf(noted, eq(a.fv, noFeedback << 2)),
      a.goSlow(),
    ]),
    store(a.slotAddress, 4, add(load(a.slotAddress, 4), 8)),
  ];
};

/** Fills 8-byte slots from `from` up to `end` with undefined. */
const fillUndefined = (a: InterpreterAssembler, from: Local, end: Local): Code => {
  const done = new Label('filled');
  const again = new Label('next slot');
  return block(done, [
    loop(again, [
      branchIf(done, geU(from, end)),
      a.storeConstantSlot(from, 0, StaticRoot.Undefined),
      increase(from, 8),
      branch(again),
    ]),
  ]);
};

/** Pushes the interpreted frame of `callee` below its arguments at `base` and enters it. */
const enterInterpreted = (
  a: InterpreterAssembler,
  base: Local,
  bytecodes: Local,
  vector: Local,
  returnAddress: number,
): Code => {
  const { call: c } = a;
  const at = a.local();
  const end = a.local();
  return [
    a.storeConstantSlot(base, -8, returnAddress),
    a.storeSlot(sub(base, 16), 0, a.fp),
    set(a.fp, sub(base, 16)),
    set(at, sub(base, 72)), // the frame's fixed part is 6 slots below fp
    a.storeSlot(at, 48, a.field(c.callee, JSFunction.Context)),
    a.storeSlot(at, 40, c.callee),
    store(at, 32, c.argc),
    store(at, 36, 0),
    a.storeSlot(at, 24, bytecodes),
    a.storeConstantSlot(at, 16, initialBytecodeOffset),
    when(
      eq(a.map(vector), StaticRoot.FeedbackVectorMap),
      [
        a.storeSlot(at, 8, vector),
        set(a.fv, add(vector, FeedbackVector.Slots - 1)),
        store(vector, FeedbackVector.InvocationCount - 1, add(a.field(vector, FeedbackVector.InvocationCount), 1)),
      ],
      [a.storeConstantSlot(at, 8, StaticRoot.Undefined), set(a.fv, noFeedback << 2)],
    ),
    set(end, add(at, 8)),
    set(a.sp, sub(end, a.field(bytecodes, BytecodeArray.FrameSize))),
    set(at, a.sp),
    fillUndefined(a, at, end),
    set(a.pc, add(bytecodes, BytecodeArray.Bytes - 1)),
    set(a.cp, add(a.field(bytecodes, BytecodeArray.ConstantPool), 7)),
    set(a.acc, StaticRoot.Undefined),
    branchIf(a.dispatch, geS(a.sp, load(0, stackLimitWord << 2))),
    a.leave(Exit.StackCheck),
  ];
};

const callTail: FastPath = (a) => {
  const { call: c } = a;
  const shared = a.local();
  const data = a.local();
  const base = a.local();
  const cell = a.local();
  const vector = a.local();
  const formal = a.local();
  const total = a.local();
  return [
    a.slowIf(a.isSmi(c.callee)),
    a.slowUnless(eq(a.instanceType(c.callee), InstanceType.JSFunction)),
    set(shared, a.field(c.callee, JSFunction.SharedFunctionInfo)),
    set(data, a.field(shared, SharedFunctionInfo.FunctionData)),
    set(cell, a.field(c.callee, JSFunction.FeedbackCell)),
    when(a.isSmi(data), [
      set(base, sub(a.sp, shl(c.argc, 3))),
      a.slowIf(ltS(base, hardStackLimit)),
      callFeedback(a, cell),
      pushArguments(a, base),
      store(0, StateAddress.Callee, c.callee),
      store(0, StateAddress.Argc, c.argc),
      store(0, StateAddress.ReceiverSlot, base),
      store(0, StateAddress.BuiltinId, shrS(data, 1)),
      a.leave(Exit.HostCall),
    ]),
    a.slowIf(ne(a.field(c.callee, JSFunction.Code), load(0, StateAddress.Trampoline))),
    a.slowIf(ne(a.map(data), StaticRoot.BytecodeArrayMap)),
    // a sloppy function's receiver is an object
    when(
      eqz(and(a.field(shared, SharedFunctionInfo.Flags), SharedFunctionFlags.Strict | SharedFunctionFlags.Native)),
      when(eq(c.receiver, StaticRoot.Undefined), set(c.receiver, load(0, StateAddress.GlobalProxy)), [
        a.slowIf(a.isSmi(c.receiver)),
        a.slowUnless(a.isReceiver(c.receiver)),
      ]),
    ),
    set(vector, a.field(cell, FeedbackCell.Value)),
    when(
      eq(a.map(vector), StaticRoot.FeedbackVectorMap),
      a.slowIf(
        and(
          a.field(vector, FeedbackVector.Flags),
          FeedbackVectorFlags.TieringStateMask | FeedbackVectorFlags.MaybeHasOptimizedCode,
        ),
      ),
    ),
    set(formal, a.field(data, BytecodeArray.ParameterCount)),
    set(total, select(gtS(c.argc, formal), c.argc, formal)),
    set(base, sub(a.sp, shl(total, 3))),
    a.slowIf(ltS(sub(sub(base, 64), a.field(data, BytecodeArray.FrameSize)), hardStackLimit)),
    callFeedback(a, cell),
    pushArguments(a, base),
    // missing arguments
    when(ltU(c.argc, formal), [
      set(formal, add(base, shl(formal, 3))),
      set(total, add(base, shl(c.argc, 3))),
      fillUndefined(a, total, formal),
    ]),
    a.saveBytecodeOffset(),
    enterInterpreted(a, base, data, vector, interpreterEntryReturn),
  ];
};

export const callTails: readonly Tail[] = [{ name: 'Call', code: callTail }];

export const calls: FastPaths = {
  CallProperty0: call(true, 'none'),
  CallProperty1: call(true, 'one'),
  CallProperty2: call(true, 'two'),
  CallProperty: call(true, 'list'),
  CallAnyReceiver: call(true, 'list'),
  CallUndefinedReceiver0: call(false, 'none'),
  CallUndefinedReceiver1: call(false, 'one'),
  CallUndefinedReceiver2: call(false, 'two'),
  CallUndefinedReceiver: call(false, 'list'),
};
