// What the builtins of deoptimization-entry.ts do, done by the host: the way out of optimized code where nobody looks. Frames are
// copied whole, where the x64 pops and pushes them slot by slot, and registers that nobody changed stay where they are.
//
// Invariant: stack, registers that are in use, and descriptions are afterwards what the x64 leaves.

import { ContinuationFrame, continuationRegisters, FrameOffset, FrameType, frameMarker } from '../frames/index.ts';
import { type Address, cageHi, type Heap, type Tagged } from '../heap/index.ts';
import { type Cpu, CpuState, Gpr } from '../x64/index.ts';
import { continuationRegister, doubleRegistersSize } from './deoptimization-entry.ts';
import type { DeoptimizeKind, Deoptimizer } from './deoptimizer.ts';
import { type FrameDescription, FrameDescriptionLayout } from './frame-description.ts';

/** Bytes that the entry code has pushed when it pushes rsp. */
const pushedBeforeRsp = doubleRegistersSize + 8 * Gpr.rsp;

/** Bytes below the stack pointer where nothing stands that a rehearsal could mistake for a frame in use. */
const rehearsalDepth = 4096;

export class EntryShortcuts {
  private readonly heap: Heap;
  private readonly cpu: Cpu;
  private readonly deoptimizer: Deoptimizer;
  private readonly builtinContinuation: Address;

  /** @param builtinContinuation what continuation frames go on in */
  constructor(heap: Heap, cpu: Cpu, deoptimizer: Deoptimizer, builtinContinuation: Address) {
    this.heap = heap;
    this.cpu = cpu;
    this.deoptimizer = deoptimizer;
    this.builtinContinuation = builtinContinuation;
  }

  /** DeoptimizationEntry_Eager and _Lazy. */
  deoptimize(kind: DeoptimizeKind): void {
    const { heap, cpu, deoptimizer } = this;
    const { i32, u8 } = heap;
    const rsp = cpu.lo(Gpr.rsp);
    const fp = cpu.lo(Gpr.rbp);
    deoptimizer.newDeoptimizer(i32[(fp + FrameOffset.Function) >> 2]!, kind, i32[rsp >> 2]!, fp - rsp - 8, fp);
    this.fill(deoptimizer.inputDescription(), rsp);
    deoptimizer.computeOutputFrames();
    const { outputs, callerFrameTop } = deoptimizer.current!;
    let top = callerFrameTop;
    for (const output of outputs) {
      top -= output.frameSize;
      u8.copyWithin(top, output.content, output.end);
    }
    const innermost = outputs.at(-1)!;
    cpu.set(Gpr.rbp, innermost.fp, cageHi);
    top -= 8;
    this.writeAddress(top, innermost.pc);
    cpu.set(Gpr.rsp, top, cageHi);
    cpu.setRip(innermost.continuation, cageHi);
  }

  /** The host learns the way out of `code`. */
  rehearse(code: Tagged): void {
    const rsp = this.cpu.lo(Gpr.rsp);
    this.deoptimizer.rehearse(code, rsp - rehearsalDepth, (input) => this.fill(input, rsp - rehearsalDepth));
  }

  /** @param rsp where the exit's call has pushed its return address */
  private fill(input: FrameDescription, rsp: Address): void {
    this.saveRegisters(input.address, rsp);
    this.heap.u8.copyWithin(input.content, rsp + 8, rsp + 8 + input.frameSize);
  }

  /** General registers are 8 bytes apart in both places, the double registers' low lanes 16 in the CPU block. */
  private saveRegisters(description: Address, rsp: Address): void {
    const { cpu } = this;
    const { i32, u8 } = this.heap;
    const general = description + FrameDescriptionLayout.Registers;
    u8.copyWithin(general, cpu.base + CpuState.Gpr, cpu.base + CpuState.Xmm);
    this.writeAddress(general + 8 * Gpr.rsp, rsp - pushedBeforeRsp);
    let to = (description + FrameDescriptionLayout.DoubleRegisters) >> 2;
    let from = (cpu.base + CpuState.Xmm) >> 2;
    for (let code = 0; code < 16; code++, to += 2, from += 4) {
      i32[to] = i32[from]!;
      i32[to + 1] = i32[from + 1]!;
    }
  }

  /** NotifyDeoptimized: its internal frame stands while objects are made. */
  notifyDeoptimized(): void {
    const { cpu, deoptimizer } = this;
    const { i32 } = this.heap;
    const rsp = cpu.lo(Gpr.rsp);
    const fp = rsp - 8;
    this.writeAddress(fp, cpu.lo(Gpr.rbp));
    i32[(fp + FrameOffset.Marker) >> 2] = frameMarker(FrameType.Internal);
    i32[((fp + FrameOffset.Marker) >> 2) + 1] = 0;
    const callerFp = cpu.lo(Gpr.rbp);
    cpu.set(Gpr.rbp, fp, cageHi);
    cpu.set(Gpr.rsp, fp - 16, cageHi);
    deoptimizer.notifyDeoptimized();
    cpu.set(Gpr.rbp, callerFp, cageHi);
    cpu.set(Gpr.rax, i32[(rsp + 8) >> 2]!, i32[((rsp + 8) >> 2) + 1]!);
    cpu.set(Gpr.rsp, rsp + 16, cageHi);
    cpu.setRip(i32[rsp >> 2]!, cageHi);
  }

  /** ContinueToJavaScriptBuiltin, ContinueToJavaScriptBuiltinWithResult. */
  continueToJavaScriptBuiltin(withResult: boolean): void {
    const { cpu } = this;
    const { i32 } = this.heap;
    const result = cpu.lo(Gpr.rax);
    let at = cpu.lo(Gpr.rsp);
    for (let i = continuationRegisters.length - 1; i >= 0; i--, at += 8)
      cpu.set(continuationRegister[continuationRegisters[i]!], i32[at >> 2]!, i32[(at >> 2) + 1]!);
    const count = cpu.lo(Gpr.rax) >> 1;
    cpu.set32(Gpr.rax, count);
    const fp = at - ContinuationFrame.Builtin;
    if (withResult) this.writeAddress(fp + FrameOffset.Receiver + 8 * (count - 1), result);
    cpu.set(Gpr.r10, i32[at >> 2]!, i32[(at >> 2) + 1]!);
    cpu.set(Gpr.rbp, i32[fp >> 2]!, cageHi);
    cpu.set(Gpr.rsp, fp + FrameOffset.ReturnPc, cageHi);
    cpu.setRip(this.builtinContinuation, cageHi);
  }

  private writeAddress(at: Address, address: number): void {
    const { i32 } = this.heap;
    i32[at >> 2] = address;
    i32[(at >> 2) + 1] = cageHi;
  }
}
