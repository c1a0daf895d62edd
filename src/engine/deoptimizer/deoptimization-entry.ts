// DeoptimizationEntry, NotifyDeoptimized and what continues builtins, as x64 code (V8: builtins-x64.cc).
//
// On entry from an exit's `call [r13 + disp]` the stack holds, from rsp up: the exit's return address (it is the bailout
// id), then the optimized frame's own content up to rbp and beyond. Host functions are called by address; their arguments
// are in rdi, rsi, rdx, rcx, their result in rax (System V, as V8's CallCFunction).

import { ContinuationFrame, continuationRegisters, FrameOffset } from '../frames/index.ts';
import { type Assembler, Cond, Gpr, imm, Label, mem, type Xmm } from '../x64/index.ts';
import { DeoptimizerLayout, FrameDescriptionLayout } from './frame-description.ts';

const registerCount = 16;
export const doubleRegistersSize = 16 * 8;
const savedRegistersSize = registerCount * 8 + doubleRegistersSize;

/** Addresses of the host functions, as 64-bit values. */
export interface DeoptimizationEntryTargets {
  readonly newDeoptimizer: bigint;
  readonly computeOutputFrames: bigint;
  readonly notifyDeoptimized: bigint;
  /** Goes on in the builtin whose number, a Smi, is in r10: called as the function in rdi, which it continues. */
  readonly builtinContinuation: bigint;
}

/** Emits DeoptimizationEntry_Eager (kind 0) or _Lazy (kind 1). */
export function emitDeoptimizationEntry(masm: Assembler, kind: 0 | 1, targets: DeoptimizationEntryTargets): void {
  // Save every double register, then every general register, where a FrameDescription can be filled from them.
  masm.subq(Gpr.rsp, imm(doubleRegistersSize));
  for (let code = 0; code < 16; code++) masm.vmovsd(mem(Gpr.rsp, 8 * code), code as Xmm);
  for (let code = 0; code < registerCount; code++) masm.pushq(code as Gpr);

  // The return address of the exit, and fp minus sp without that return address.
  masm.movq(Gpr.rdx, mem(Gpr.rsp, savedRegistersSize));
  masm.movq(Gpr.rcx, Gpr.rbp);
  masm.leaq(Gpr.r8, mem(Gpr.rsp, savedRegistersSize + 8));
  masm.subq(Gpr.rcx, Gpr.r8);
  masm.movq(Gpr.rdi, mem(Gpr.rbp, FrameOffset.Function));
  masm.movl(Gpr.rsi, imm(kind));
  masm.movabsq(Gpr.rax, targets.newDeoptimizer);
  masm.call(Gpr.rax);

  // rax: the Deoptimizer; rbx: the input FrameDescription. Move the saved registers into it.
  masm.movq(Gpr.rbx, mem(Gpr.rax, DeoptimizerLayout.Input));
  for (let code = registerCount - 1; code >= 0; code--)
    masm.popq(mem(Gpr.rbx, FrameDescriptionLayout.Registers + 8 * code));
  for (let code = 0; code < 16; code++) masm.popq(mem(Gpr.rbx, FrameDescriptionLayout.DoubleRegisters + 8 * code));

  // Drop the return address, then unwind the frame into the description's content.
  masm.addq(Gpr.rsp, imm(8));
  masm.movq(Gpr.rcx, mem(Gpr.rbx, FrameDescriptionLayout.FrameSize));
  masm.addq(Gpr.rcx, Gpr.rsp);
  masm.leaq(Gpr.rdx, mem(Gpr.rbx, FrameDescriptionLayout.FrameContent));
  const pop = new Label('pop');
  const popHeader = new Label('popHeader');
  masm.jmp(popHeader);
  masm.bind(pop);
  masm.popq(mem(Gpr.rdx, 0));
  masm.addq(Gpr.rdx, imm(8));
  masm.bind(popHeader);
  masm.cmpq(Gpr.rcx, Gpr.rsp);
  masm.j(Cond.not_equal, pop);

  masm.pushq(Gpr.rax);
  masm.movq(Gpr.rdi, Gpr.rax);
  masm.movabsq(Gpr.rax, targets.computeOutputFrames);
  masm.call(Gpr.rax);
  masm.popq(Gpr.rax);

  // Replace the frame: push every output frame's content, outermost first, from its highest slot down.
  masm.movq(Gpr.rsp, mem(Gpr.rax, DeoptimizerLayout.CallerFrameTop));
  masm.movl(Gpr.rdx, mem(Gpr.rax, DeoptimizerLayout.OutputCount));
  masm.movq(Gpr.rax, mem(Gpr.rax, DeoptimizerLayout.Output));
  masm.leaq(Gpr.rdx, mem(Gpr.rax, Gpr.rdx, 8, 0));
  const outer = new Label('outer');
  const outerHeader = new Label('outerHeader');
  const inner = new Label('inner');
  const innerHeader = new Label('innerHeader');
  masm.jmp(outerHeader);
  masm.bind(outer);
  masm.movq(Gpr.rbx, mem(Gpr.rax, 0));
  masm.movq(Gpr.rcx, mem(Gpr.rbx, FrameDescriptionLayout.FrameSize));
  masm.jmp(innerHeader);
  masm.bind(inner);
  masm.subq(Gpr.rcx, imm(8));
  masm.pushq(mem(Gpr.rbx, Gpr.rcx, 1, FrameDescriptionLayout.FrameContent));
  masm.bind(innerHeader);
  masm.testq(Gpr.rcx, Gpr.rcx);
  masm.j(Cond.not_equal, inner);
  masm.addq(Gpr.rax, imm(8));
  masm.bind(outerHeader);
  masm.cmpq(Gpr.rax, Gpr.rdx);
  masm.j(Cond.below, outer);

  // Registers, pc and continuation of the last (innermost) output frame.
  for (let code = 0; code < 16; code++)
    masm.vmovsd(code as Xmm, mem(Gpr.rbx, FrameDescriptionLayout.DoubleRegisters + 8 * code));
  masm.pushq(mem(Gpr.rbx, FrameDescriptionLayout.Pc));
  masm.pushq(mem(Gpr.rbx, FrameDescriptionLayout.Continuation));
  for (let code = 0; code < registerCount; code++)
    masm.pushq(mem(Gpr.rbx, FrameDescriptionLayout.Registers + 8 * code));
  for (let code = registerCount - 1; code >= 0; code--) {
    // rsp has its value already: its slot is dropped through a register that is restored afterwards.
    masm.popq(code === Gpr.rsp ? Gpr.rbx : (code as Gpr));
  }
  masm.ret();
}

/**
 * Emits NotifyDeoptimized: [rsp] is the pc to resume at, [rsp + 8] the accumulator. Materializes, then resumes with the
 * accumulator in rax.
 * @param internalMarker frame type marker of internal frames
 */
export function emitNotifyDeoptimized(
  masm: Assembler,
  internalMarker: number,
  targets: DeoptimizationEntryTargets,
): void {
  masm.pushq(Gpr.rbp);
  masm.movq(Gpr.rbp, Gpr.rsp);
  masm.pushq(imm(internalMarker));
  masm.movabsq(Gpr.rax, targets.notifyDeoptimized);
  masm.call(Gpr.rax);
  masm.movq(Gpr.rsp, Gpr.rbp);
  masm.popq(Gpr.rbp);
  masm.movq(Gpr.rax, mem(Gpr.rsp, 8));
  masm.ret(8);
}

/** Where the x64 that continues a builtin takes each of its registers' slots. */
export const continuationRegister: Readonly<Record<(typeof continuationRegisters)[number], Gpr>> = {
  rax: Gpr.rax,
  rbx: Gpr.rbx,
  rdx: Gpr.rdx,
  rcx: Gpr.rcx,
  rsi: Gpr.rsi,
  rdi: Gpr.rdi,
  r8: Gpr.r8,
  r9: Gpr.r9,
  r11: Gpr.r11,
  r12: Gpr.r12,
  r15: Gpr.r15,
  r14: Gpr.r11, // the cage's base stays in r14: V8 without one allocates it
};

/**
 * Emits ContinueToJavaScriptBuiltin: rsp is the end of a continuation frame, which goes; its caller and the arguments above are the
 * builtin's.
 * @param withResult rax is what the builtin waited for: its last argument
 */
export function emitContinueToJavaScriptBuiltin(
  masm: Assembler,
  withResult: boolean,
  targets: DeoptimizationEntryTargets,
): void {
  if (withResult) masm.movq(Gpr.r10, Gpr.rax);
  for (const name of [...continuationRegisters].reverse()) masm.popq(continuationRegister[name]);
  masm.sarl(Gpr.rax, imm(1));
  // rsp is at the builtin's number now
  const argument = (i: number): number => FrameOffset.Receiver + 8 * i - ContinuationFrame.Builtin;
  if (withResult) masm.movq(mem(Gpr.rsp, Gpr.rax, 8, argument(-1)), Gpr.r10);
  masm.popq(Gpr.r10);
  masm.movq(Gpr.rbp, mem(Gpr.rsp, -ContinuationFrame.Context));
  masm.addq(Gpr.rsp, imm(FrameOffset.ReturnPc - ContinuationFrame.Context));
  masm.movabsq(Gpr.r11, targets.builtinContinuation);
  masm.pushq(Gpr.r11);
  masm.ret();
}
