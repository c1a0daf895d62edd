// Calls and construction: of interpreted functions, whose frames are built here; of host builtins, whose arguments are pushed
// here. Optimized and not yet compiled functions, and everything else that is callable, go to the handler.
//
//   Call tail in: callee, receiver, argc (with receiver), where the arguments are, address of the feedback slot
//   Enter tail in: the same, and sp and fp of the caller's (or construct) frame, bytecodes, vector, newTarget, returnAddress

import {
  CallRecordAddress,
  ConstructFrame,
  FrameOffset,
  FrameType,
  frameMarker,
  initialBytecodeOffset,
} from '../../frames/index.ts';
import {
  BytecodeArray,
  FeedbackCell,
  FeedbackVector,
  FeedbackVectorFlags,
  FixedArray,
  InstanceType,
  JSFunction,
  JSObject,
  MapBits,
  MapBits3,
  MapObject,
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
  load8U,
  load16U,
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
import { constructReturn, hardStackLimit, interpreterEntryReturn, noFeedback, stackLimitWord } from '../frame.ts';
import type { InterpreterAssembler } from '../interpreter-assembler.ts';
import { bytecodeSizes, Exit, StateAddress } from '../state.ts';
import { callFastBuiltin } from './builtins.ts';
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

/** A target that the call slot does not know yet is the handler's to note. */
const requireNoted = (a: InterpreterAssembler, cell: Local): Code => {
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
  ];
};

/** The same for a construct call, which remembers new.target and nothing of closures. */
const requireNewTargetNoted = (a: InterpreterAssembler): Code => {
  const known = a.local();
  const noted = new Label('new.target noted');
  return [
    set(known, load(a.slotAddress)),
    block(noted, [
      branchIf(noted, eq(known, or(a.call.newTarget, 2))),
      branchIf(noted, eq(known, StaticRoot.MegamorphicSymbol)),
      branchIf(noted, eq(a.fv, noFeedback << 2)),
      a.goSlow(),
    ]),
  ];
};

const countCall = (a: InterpreterAssembler): Code => store(a.slotAddress, 4, add(load(a.slotAddress, 4), 8));

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

/** A JSFunction that is interpreted and wants no attention: sets `bytecodes` and `vector`, else slow. */
const requireInterpreted = (a: InterpreterAssembler, shared: Local, cell: Local): Code => {
  const { call: c } = a;
  return [
    a.slowIf(ne(a.field(c.callee, JSFunction.Code), load(0, StateAddress.Trampoline))),
    set(c.bytecodes, a.field(shared, SharedFunctionInfo.FunctionData)),
    a.slowIf(a.isSmi(c.bytecodes)),
    a.slowIf(ne(a.map(c.bytecodes), StaticRoot.BytecodeArrayMap)),
    set(c.vector, a.field(cell, FeedbackCell.Value)),
    when(
      eq(a.map(c.vector), StaticRoot.FeedbackVectorMap),
      a.slowIf(
        and(
          a.field(c.vector, FeedbackVector.Flags),
          FeedbackVectorFlags.TieringStateMask | FeedbackVectorFlags.MaybeHasOptimizedCode,
        ),
      ),
    ),
  ];
};

/** Stack for the frame of `bytecodes`, arguments and `extra` bytes; where it is short the handler overflows. */
const requireStack = (a: InterpreterAssembler, extra: number): Code => {
  const { call: c } = a;
  const formal = a.local();
  return [
    set(formal, a.field(c.bytecodes, BytecodeArray.ParameterCount)),
    a.slowIf(
      ltS(
        sub(
          sub(a.sp, shl(select(gtS(c.argc, formal), c.argc, formal), 3)),
          add(a.field(c.bytecodes, BytecodeArray.FrameSize), 64 + extra),
        ),
        hardStackLimit,
      ),
    ),
  ];
};

/** Pushes arguments and the callee's interpreted frame, and goes on in it. Nothing here is slow. */
const enterTail: FastPath = (a) => {
  const { call: c } = a;
  const formal = a.local();
  const base = a.local();
  const at = a.local();
  const end = a.local();
  return [
    set(formal, a.field(c.bytecodes, BytecodeArray.ParameterCount)),
    set(base, sub(a.sp, shl(select(gtS(c.argc, formal), c.argc, formal), 3))),
    pushArguments(a, base),
    when(ltU(c.argc, formal), [
      set(end, add(base, shl(formal, 3))),
      set(at, add(base, shl(c.argc, 3))),
      fillUndefined(a, at, end),
    ]),
    a.storeSlot(sub(base, 8), 0, c.returnAddress),
    a.storeSlot(sub(base, 16), 0, a.fp),
    set(a.fp, sub(base, 16)),
    set(at, add(a.fp, FrameOffset.Register0)),
    a.storeFixedPart(at, FrameOffset.Register0, 'interpreted', {
      context: a.field(c.callee, JSFunction.Context),
      function: c.callee,
      argumentCount: c.argc,
      bytecodeArray: c.bytecodes,
      bytecodeOffset: initialBytecodeOffset,
    }),
    when(
      eq(a.map(c.vector), StaticRoot.FeedbackVectorMap),
      [
        a.storeFixedPart(at, FrameOffset.Register0, 'interpreted', { feedbackVector: c.vector }),
        set(a.fv, add(c.vector, FeedbackVector.Slots - 1)),
        store(c.vector, FeedbackVector.InvocationCount - 1, add(a.field(c.vector, FeedbackVector.InvocationCount), 1)),
      ],
      [
        a.storeFixedPart(at, FrameOffset.Register0, 'interpreted', { feedbackVector: StaticRoot.Undefined }),
        set(a.fv, noFeedback << 2),
      ],
    ),
    set(end, add(at, 8)),
    set(a.sp, sub(end, a.field(c.bytecodes, BytecodeArray.FrameSize))),
    set(at, a.sp),
    fillUndefined(a, at, end),
    when(ne(c.newTarget, StaticRoot.Undefined), [
      set(formal, a.field(c.bytecodes, BytecodeArray.IncomingNewTargetOrGeneratorRegister)),
      when(geS(formal, 0), store(sub(add(a.fp, FrameOffset.Register0), shl(formal, 3)), 0, c.newTarget)),
    ]),
    set(a.pc, add(c.bytecodes, BytecodeArray.Bytes - 1)),
    set(a.cp, add(a.field(c.bytecodes, BytecodeArray.ConstantPool), FixedArray.Elements - 1)),
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
  return [
    a.slowIf(a.isSmi(c.callee)),
    a.slowUnless(eq(a.instanceType(c.callee), InstanceType.JSFunction)),
    set(shared, a.field(c.callee, JSFunction.SharedFunctionInfo)),
    set(data, a.field(shared, SharedFunctionInfo.FunctionData)),
    set(cell, a.field(c.callee, JSFunction.FeedbackCell)),
    requireNoted(a, cell),
    when(a.isSmi(data), [
      set(data, shrS(data, 1)),
      // in place, unless the bytecode has a prefix: its size is not in the table then
      set(base, load8U(load8U(a.pc), bytecodeSizes)),
      when(base.get, callFastBuiltin(a, data, [countCall(a), increase(a.pc, base), branch(a.dispatch)])),
      set(base, sub(a.sp, shl(c.argc, 3))),
      a.slowIf(ltS(base, hardStackLimit)),
      countCall(a),
      pushArguments(a, base),
      store(0, CallRecordAddress.Callee, c.callee),
      store(0, CallRecordAddress.NewTarget, StaticRoot.Undefined),
      store(0, CallRecordAddress.ArgumentCount, c.argc),
      store(0, CallRecordAddress.Base, base),
      a.storeConstantSlot(sub(base, 8), 0, interpreterEntryReturn),
      store(0, StateAddress.BuiltinId, data),
      a.leave(Exit.HostCall),
    ]),
    requireInterpreted(a, shared, cell),
    // a sloppy function's receiver is an object
    when(
      eqz(and(a.field(shared, SharedFunctionInfo.Flags), SharedFunctionFlags.Strict | SharedFunctionFlags.Native)),
      when(eq(c.receiver, StaticRoot.Undefined), set(c.receiver, load(0, StateAddress.GlobalProxy)), [
        a.slowIf(a.isSmi(c.receiver)),
        a.slowUnless(a.isReceiver(c.receiver)),
      ]),
    ),
    requireStack(a, 0),
    countCall(a),
    a.saveBytecodeOffset(),
    set(c.newTarget, StaticRoot.Undefined),
    set(c.returnAddress, interpreterEntryReturn),
    a.goTo('Enter'),
  ];
};

/** Construction counter of a map whose instances may still shrink: the factory fills and counts those. */
const slackTracked = -1 << MapBits3.ConstructionCounterShift;

/** `instance = ` an object of the initial map of newTarget, when that was made for the callee, else slow. */
const allocateInstance = (a: InterpreterAssembler, instance: Local): Code => {
  const { call: c } = a;
  const map = a.local();
  const size = a.local();
  const at = a.local();
  const end = a.local();
  const done = new Label('initialized');
  const again = new Label('next field');
  return [
    set(map, a.map(c.newTarget)),
    a.slowUnless(and(load8U(map, MapObject.BitField - 1), MapBits.HasPrototypeSlot)),
    set(map, a.field(c.newTarget, JSFunction.PrototypeOrInitialMap)),
    a.slowIf(a.isSmi(map)),
    a.slowIf(ne(a.map(map), StaticRoot.MetaMap)),
    a.slowIf(ne(a.field(map, MapObject.ConstructorOrBackPointer), c.callee)),
    a.slowIf(ne(load16U(map, MapObject.InstanceType - 1), InstanceType.JSObject)),
    a.slowIf(and(a.field(map, MapObject.BitField3), MapBits3.IsDictionaryMap | slackTracked)),
    set(size, shl(load8U(map, MapObject.InstanceSizeInWords - 1), 2)),
    a.allocate(instance, and(add(size, 7), ~7)),
    store(instance, 0, map),
    store(instance, JSObject.PropertiesOrHash, StaticRoot.EmptyFixedArray),
    store(instance, JSObject.Elements, StaticRoot.EmptyFixedArray),
    set(at, add(instance, JSObject.HeaderSize)),
    set(end, add(instance, size)),
    block(done, [
      loop(again, [branchIf(done, geU(at, end)), store(at, 0, StaticRoot.Undefined), increase(at, 4), branch(again)]),
    ]),
    increase(instance, 1),
  ];
};

/** Pushes a construct frame, whose return address is the interpreter; fp and sp become its. */
const pushConstructFrame = (a: InterpreterAssembler): Code => {
  const { call: c } = a;
  const frame = a.local();
  return [
    set(frame, sub(a.sp, 16)),
    a.storeConstantSlot(frame, FrameOffset.ReturnPc, interpreterEntryReturn),
    a.storeSlot(frame, FrameOffset.CallerFp, a.fp),
    set(a.sp, add(frame, ConstructFrame.ImplicitReceiver)),
    a.storeFixedPart(a.sp, ConstructFrame.ImplicitReceiver, 'fastConstruct', {
      marker: frameMarker(FrameType.FastConstruct),
      context: a.context,
      implicitReceiver: c.receiver,
    }),
    set(a.fp, frame),
  ];
};

const construct: FastPath = (a) => {
  const { call: c } = a;
  const shared = a.local();
  const cell = a.local();
  return [
    set(c.callee, a.register(0)),
    set(c.newTarget, a.acc),
    a.slowIf(a.isSmi(c.callee)),
    a.slowIf(a.isSmi(c.newTarget)),
    // JSFunction or JSClassConstructor, both constructors
    a.slowUnless(
      ltU(
        sub(a.instanceType(c.callee), InstanceType.FirstJSFunction),
        InstanceType.LastJSFunction - InstanceType.FirstJSFunction + 1,
      ),
    ),
    a.slowUnless(
      ltU(
        sub(a.instanceType(c.newTarget), InstanceType.FirstJSFunction),
        InstanceType.LastJSFunction - InstanceType.FirstJSFunction + 1,
      ),
    ),
    a.slowUnless(and(load8U(a.map(c.callee), MapObject.BitField - 1), MapBits.IsConstructor)),
    set(shared, a.field(c.callee, JSFunction.SharedFunctionInfo)),
    set(cell, a.field(c.callee, JSFunction.FeedbackCell)),
    requireInterpreted(a, shared, cell),
    set(c.argc, add(a.operand(2), 1)),
    requireStack(a, 40),
    set(c.first, a.registerAddress(1)),
    set(c.second, sub(c.first, 8)),
    set(a.slotAddress, a.slot(3)),
    when(
      and(a.field(shared, SharedFunctionInfo.Flags), SharedFunctionFlags.DerivedConstructor),
      set(c.receiver, StaticRoot.TheHole),
      allocateInstance(a, c.receiver),
    ),
    requireNewTargetNoted(a),
    countCall(a),
    a.saveBytecodeOffset(),
    pushConstructFrame(a),
    set(c.returnAddress, constructReturn),
    a.goTo('Enter'),
  ];
};

/** In the order of the generated code: an earlier tail may go on with a later one. */
export const callTails: readonly Tail[] = [
  { name: 'Call', code: callTail },
  { name: 'Enter', code: enterTail },
];

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
  Construct: construct,
};
