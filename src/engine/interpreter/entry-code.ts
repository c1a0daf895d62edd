// How machine code gets into the interpreter and back, as x64 code (V8: builtins-x64.cc):
//
//   InterpreterEntryTrampoline       a call: builds the frame, goes to the handler of the first bytecode
//   InterpreterEntryReturn           a callee returned: goes on behind the frame's bytecode
//   ConstructReturn                  a constructor returned: its result, or the implicit receiver
//   InterpreterEnterAtBytecode       a bailout left a frame: goes on at its bytecode
//   InterpreterEnterAtNextBytecode   the same, behind its bytecode
//
// What a handler finds: rax accumulator, r12 BytecodeArray, r9 offset of the bytecode in it, r15 dispatch table, rbp the frame, and
// under its registers the address that callees return to. Handlers are the interpreter's loop: the host takes over at their
// addresses. Whatever is not done here (compiling, tiering up, interrupts, overflow, throwing) is left to the host function of the same
// name, which does the rest of it as well: the dispatcher takes that instead where nobody looks.

import { Bytecode } from '../bytecode/index.ts';
import {
  bytecodesBias,
  ConstructCreateFrame,
  ConstructFrame,
  FrameOffset,
  initialBytecodeOffset,
} from '../frames/index.ts';
import { cageHi, IsolateData, rootRegisterBias } from '../heap/index.ts';
import {
  BytecodeArray,
  FeedbackCell,
  FeedbackVector,
  FeedbackVectorFlags,
  HeapObject,
  InstanceType,
  JSFunction,
  MapObject,
  SharedFunctionInfo,
  StaticRoot,
} from '../objects/index.ts';
import { BuiltinCode, BuiltinId, builtinAddress, builtinCodeAddress } from '../runtime/index.ts';
import { type Assembler, Cond, Gpr, imm, Label, type Mem, mem } from '../x64/index.ts';

const cageBase = Gpr.r14;
const roots = Gpr.r13;

const isolateData = (field: IsolateData): Mem => mem(roots, field - rootRegisterBias);

/** Field `offset` of the object in `base`. */
const fieldOf = (base: Gpr, offset: number): Mem => mem(base, offset - 1);

/** Loads a pointer. */
const loadPointer = (masm: Assembler, to: Gpr, base: Gpr, offset: number): void => {
  masm.movl(to, fieldOf(base, offset));
  masm.addq(to, cageBase);
};

/** An object that never moves. */
const loadRoot = (masm: Assembler, to: Gpr, object: number): void => masm.leaq(to, mem(cageBase, object));

/** Sets flags: equal if the object in `object` has the map. */
const compareMap = (masm: Assembler, object: Gpr, map: number): void =>
  masm.cmpl(fieldOf(object, HeapObject.Map), imm(map));

/** r12, r9 and rbp are set: goes to the handler of the bytecode there. */
function dispatch(masm: Assembler): void {
  masm.movabsq(Gpr.r11, (BigInt(cageHi) << 32n) | BigInt(builtinCodeAddress(BuiltinCode.InterpreterEntryReturn)));
  masm.pushq(Gpr.r11);
  masm.leaq(Gpr.r15, isolateData(IsolateData.DispatchTable));
  masm.movzxbl(Gpr.r11, mem(Gpr.r12, Gpr.r9, 1));
  masm.movq(Gpr.rcx, mem(Gpr.r15, Gpr.r11, 8));
  masm.jmp(Gpr.rcx);
}

/** r12 and r9 of the frame at rbp. */
function loadBytecode(masm: Assembler): void {
  masm.movq(Gpr.r12, mem(Gpr.rbp, FrameOffset.BytecodeArray));
  masm.movl(Gpr.r9, mem(Gpr.rbp, FrameOffset.BytecodeOffset));
  masm.sarl(Gpr.r9, imm(1));
}

/** Moves r9 behind the bytecode at it. A frame at a JumpLoop was left at the loop's stack check: the jump is still to be taken. */
function advance(masm: Assembler): void {
  const bytecode = Gpr.r11;
  const sizes = Gpr.r8;
  const start = Gpr.rcx;
  const sized = new Label('sized');
  const extraWide = new Label('extraWide');
  const jumps = new Label('jumps');
  const done = new Label('done');
  masm.movl(start, Gpr.r9);
  masm.leaq(sizes, isolateData(IsolateData.OperandScaleSizes));
  masm.movzxbl(bytecode, mem(Gpr.r12, Gpr.r9, 1));
  // the prefixes are 0 to 3, the odd ones extra wide
  masm.cmpl(bytecode, imm(Bytecode.DebugBreakExtraWide));
  masm.j(Cond.above, sized);
  masm.addl(Gpr.r9, imm(1));
  masm.testl(bytecode, imm(1));
  masm.movzxbl(bytecode, mem(Gpr.r12, Gpr.r9, 1));
  masm.j(Cond.not_equal, extraWide);
  masm.addq(sizes, imm(256));
  masm.jmp(sized);
  masm.bind(extraWide);
  masm.addq(sizes, imm(512));
  masm.bind(sized);
  masm.cmpl(bytecode, imm(Bytecode.JumpLoop));
  masm.j(Cond.equal, jumps);
  masm.movzxbl(sizes, mem(sizes, bytecode, 1));
  masm.addl(Gpr.r9, sizes);
  masm.jmp(done);
  masm.bind(jumps);
  masm.movl(Gpr.r9, start);
  masm.bind(done);
}

/** Code that wants to be compiled, tiered up, or has some already. */
const attention = FeedbackVectorFlags.TieringStateMask | FeedbackVectorFlags.MaybeHasOptimizedCode;
/** Under the return address: the frame's fixed part, and the address that callees return to. */
const fixedBytes = -FrameOffset.Register0 + 8;

/**
 * Emits InterpreterEntryTrampoline: rdi function, rdx new target, rsi its context, rax argument count with the receiver, arguments on
 * the stack, undefined for missing ones, under them the return address.
 */
export function emitInterpreterEntryTrampoline(masm: Assembler): void {
  const vector = Gpr.rbx;
  const bytecodes = Gpr.r12;
  const rest = new Label('rest');
  const noVector = new Label('noVector');
  const hasVector = new Label('hasVector');

  loadPointer(masm, Gpr.rcx, Gpr.rdi, JSFunction.SharedFunctionInfo);
  loadPointer(masm, bytecodes, Gpr.rcx, SharedFunctionInfo.FunctionData);
  masm.testb(bytecodes, imm(1));
  masm.j(Cond.equal, rest);
  compareMap(masm, bytecodes, StaticRoot.BytecodeArrayMap);
  masm.j(Cond.not_equal, rest);

  // room for the frame; the limit is out of reach while somebody wants to interrupt
  masm.movl(Gpr.rcx, fieldOf(bytecodes, BytecodeArray.FrameSize));
  masm.movq(Gpr.r11, Gpr.rsp);
  masm.subq(Gpr.r11, Gpr.rcx);
  masm.subq(Gpr.r11, imm(fixedBytes));
  masm.cmpq(Gpr.r11, isolateData(IsolateData.StackLimit));
  masm.j(Cond.below, rest);

  loadPointer(masm, vector, Gpr.rdi, JSFunction.FeedbackCell);
  loadPointer(masm, vector, vector, FeedbackCell.Value);
  compareMap(masm, vector, StaticRoot.FeedbackVectorMap);
  masm.j(Cond.not_equal, noVector);
  masm.testl(fieldOf(vector, FeedbackVector.Flags), imm(attention));
  masm.j(Cond.not_equal, rest);
  masm.incl(fieldOf(vector, FeedbackVector.InvocationCount));
  masm.bind(hasVector);

  masm.pushq(Gpr.rbp);
  masm.movq(Gpr.rbp, Gpr.rsp);
  masm.pushq(Gpr.rsi);
  masm.pushq(Gpr.rdi);
  masm.pushq(Gpr.rax);
  masm.pushq(bytecodes);
  loadRoot(masm, Gpr.r11, initialBytecodeOffset);
  masm.pushq(Gpr.r11);
  masm.pushq(vector);

  // registers, and the accumulator
  loadRoot(masm, Gpr.rax, StaticRoot.Undefined);
  const push = new Label('push');
  const next = new Label('next');
  masm.jmp(next);
  masm.bind(push);
  masm.pushq(Gpr.rax);
  masm.bind(next);
  masm.subq(Gpr.rcx, imm(8));
  masm.j(Cond.greater_equal, push);

  const enter = new Label('enter');
  masm.movsxlq(Gpr.rcx, fieldOf(bytecodes, BytecodeArray.IncomingNewTargetOrGeneratorRegister));
  masm.testq(Gpr.rcx, Gpr.rcx);
  masm.j(Cond.less, enter);
  masm.negq(Gpr.rcx);
  masm.movq(mem(Gpr.rbp, Gpr.rcx, 8, FrameOffset.Register0), Gpr.rdx);
  masm.bind(enter);
  masm.movl(Gpr.r9, imm(bytecodesBias));
  dispatch(masm);

  masm.bind(noVector);
  loadRoot(masm, vector, StaticRoot.Undefined);
  masm.jmp(hasVector);
  masm.bind(rest);
  masm.jmpAddress(builtinAddress(BuiltinId.InterpreterEntryTrampoline));
}

/** Emits InterpreterEntryReturn: rax is the result, rbp the frame again. */
export function emitInterpreterEntryReturn(masm: Assembler): void {
  loadBytecode(masm);
  advance(masm);
  dispatch(masm);
}

/** Emits ConstructReturn: rax is the result, rbp the construct frame. */
export function emitConstructReturn(masm: Assembler): void {
  const receiver = new Label('receiver');
  const leave = new Label('leave');
  const rest = new Label('rest');
  masm.testb(Gpr.rax, imm(1));
  masm.j(Cond.equal, receiver);
  loadPointer(masm, Gpr.rcx, Gpr.rax, HeapObject.Map);
  masm.movzxwl(Gpr.rcx, fieldOf(Gpr.rcx, MapObject.InstanceType));
  masm.cmpl(Gpr.rcx, imm(InstanceType.FirstJSReceiver));
  masm.j(Cond.above_equal, leave);
  masm.bind(receiver);
  masm.movq(Gpr.rax, mem(Gpr.rbp, ConstructFrame.ImplicitReceiver));
  masm.cmpl(Gpr.rax, imm(StaticRoot.TheHole));
  masm.j(Cond.equal, rest); // a derived constructor has none
  masm.bind(leave);
  masm.leave();
  masm.ret();
  masm.bind(rest);
  masm.jmpAddress(builtinAddress(BuiltinId.ConstructReturn));
}

/** Emits ConstructCreateReturn: rax is the instance. The frame goes, and the constructor is called on the arguments above it. */
export function emitConstructCreateReturn(masm: Assembler): void {
  masm.movq(mem(Gpr.rbp, FrameOffset.Receiver), Gpr.rax);
  masm.movq(Gpr.rdi, mem(Gpr.rbp, ConstructCreateFrame.Constructor));
  masm.movq(Gpr.rdx, mem(Gpr.rbp, ConstructCreateFrame.NewTarget));
  masm.movq(Gpr.rax, mem(Gpr.rbp, ConstructCreateFrame.ArgumentCount));
  masm.leaq(Gpr.rsp, mem(Gpr.rbp, FrameOffset.ReturnPc));
  masm.movq(Gpr.rbp, mem(Gpr.rbp, FrameOffset.CallerFp));
  masm.jmpAddress(builtinAddress(BuiltinId.ConstructWithReceiver));
}

/** Emits InterpreterEnterAtBytecode: rax is the accumulator, rbp the frame, rsp its end. */
export function emitInterpreterEnterAtBytecode(masm: Assembler): void {
  loadBytecode(masm);
  dispatch(masm);
}

/** Emits InterpreterEnterAtNextBytecode. */
export function emitInterpreterEnterAtNextBytecode(masm: Assembler): void {
  loadBytecode(masm);
  advance(masm);
  masm.leaq(Gpr.rbx, mem(cageBase, Gpr.r9, 2));
  masm.movq(mem(Gpr.rbp, FrameOffset.BytecodeOffset), Gpr.rbx);
  dispatch(masm);
}
