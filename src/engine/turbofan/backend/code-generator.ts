// CodeGenerator: allocated instructions → x64 code with deopt exits, safepoints, handler table and source positions
// (V8: code-generator.cc, code-generator-x64.cc).
//
//   prologue · blocks in order (deferred ones last) · out-of-line pieces · eager deopt exits · lazy deopt exits
//
// r10 and xmm15 are scratch, r13 the root register, r14 the cage base. An exit is `call [r13 + entry]`: its address is the
// bailout id, so all exits are emitted in one run, 4 bytes each, eager ones first.

import type { ForcedExits } from '../../deoptimizer/index.ts';
import { FrameOffset, slotOffset } from '../../frames/index.ts';
import { cageHi, IsolateData, rootRegisterBias, type Tagged } from '../../heap/index.ts';
import { Code, CodeFlags } from '../../objects/index.ts';
import { BuiltinId, builtinAddress } from '../../runtime/index.ts';
import { Assembler, Cond, Gpr, Immediate, imm, Label, type Mem, mem, type Xmm } from '../../x64/index.ts';
import { type MoveEmitter, resolveParallelMoves } from './gap-resolver.ts';
import {
  type ConstantValue,
  type DeoptState,
  type Instruction,
  type InstructionBlock,
  Location,
  type Move,
  type MoveOperand,
  VirtualRegister,
} from './instruction.ts';
import { fixedSlotCount } from './register-allocator.ts';

export const scratch = Gpr.r10;
export const scratchXmm = 15 as Xmm;

/** A deopt exit in the order of emission; `returnPc` is the call's, −1 for eager exits. */
export interface DeoptExit {
  readonly state: DeoptState;
  readonly instruction: Instruction;
  readonly label: Label;
  readonly returnPc: number;
}

export interface Safepoint {
  readonly pc: number;
  /** Tagged slots, V8's indices. */
  readonly slots: readonly number[];
}

export interface GeneratedCode {
  readonly masm: Assembler;
  /** Eager exits first. */
  readonly exits: readonly DeoptExit[];
  readonly exitStart: number;
  readonly eagerCount: number;
  readonly safepoints: readonly Safepoint[];
  readonly handlers: readonly { readonly pc: number; readonly handler: number }[];
  readonly positions: readonly { readonly pc: number; readonly position: number; readonly inliningId: number }[];
  /** Offsets where the instructions of the blocks start. */
  readonly starts: readonly number[];
  /** Offset of the 4-byte displacement in the prologue that addresses the Code object's flags. */
  readonly codeFlagsAt: number;
}

/** Exits that are taken in any case, and the function whose code it is. */
interface Forced {
  readonly exits: ForcedExits;
  readonly shared: Tagged;
}

export class CodeGenerator implements MoveEmitter {
  readonly masm = new Assembler({ cageHi });
  private readonly blocks: readonly InstructionBlock[];
  private readonly slotCount: number;
  private readonly parameterCount: number;
  private readonly isOsr: boolean;
  private readonly labels = new Map<InstructionBlock, Label>();
  private readonly eager: DeoptExit[] = [];
  private readonly lazy: DeoptExit[] = [];
  private readonly safepoints: Safepoint[] = [];
  private readonly starts: number[] = [];
  private readonly handlerLabels: { pc: number; label: Label }[] = [];
  private readonly positions: { pc: number; position: number; inliningId: number }[] = [];
  private readonly outOfLine: (() => void)[] = [];
  private instruction: Instruction | undefined;
  private nextBlock: InstructionBlock | undefined;
  private codeFlagsAt = 0;
  /** --deopt-every-n-times: every n-th passed guard bails out all the same; 0 = off. */
  private readonly deoptEveryNTimes: number;
  /** --deopt-at-every-exit: whether an exit is taken in any case. */
  private readonly forced: Forced | undefined;

  /** @param parameterCount formal parameters with receiver */
  constructor(
    blocks: readonly InstructionBlock[],
    slotCount: number,
    parameterCount: number,
    isOsr: boolean,
    deoptEveryNTimes = 0,
    forced?: Forced,
  ) {
    this.deoptEveryNTimes = deoptEveryNTimes;
    this.forced = forced;
    this.blocks = blocks;
    this.slotCount = slotCount;
    this.parameterCount = parameterCount;
    this.isOsr = isOsr;
    for (const block of blocks) this.labels.set(block, new Label(`B${block.id}`));
  }

  generate(): GeneratedCode {
    this.prologue();
    this.blocks.forEach((block, i) => {
      this.nextBlock = this.blocks[i + 1];
      this.masm.bind(this.labelOf(block));
      for (const instruction of block.instructions) this.generateInstruction(instruction);
    });
    for (let i = 0; i < this.outOfLine.length; i++) this.outOfLine[i]!();
    this.masm.nop(1);
    const exitStart = this.masm.pcOffset;
    for (const exit of this.eager) this.emitExit(exit, IsolateData.DeoptimizationEntryEager);
    for (const exit of this.lazy) this.emitExit(exit, IsolateData.DeoptimizationEntryLazy);
    return {
      masm: this.masm,
      exits: [...this.eager, ...this.lazy],
      exitStart,
      eagerCount: this.eager.length,
      safepoints: this.safepoints,
      starts: this.starts,
      handlers: this.handlerLabels.map(({ pc, label }) => ({ pc, handler: label.pos })),
      positions: this.positions,
      codeFlagsAt: this.codeFlagsAt,
    };
  }

  // --- frame ----------------------------------------------------------------------------------------------------------

  private prologue(): void {
    const { masm } = this;
    // Code marked for deoptimization leaves at its next call. The Code object's address is patched in at installation.
    const deoptimized = new Label('deoptimized');
    if (!this.isOsr) {
      masm.testb(mem(Gpr.r14, 0x7fff_0000 + Code.Flags), imm(CodeFlags.MarkedForDeoptimization));
      this.codeFlagsAt = masm.pcOffset - 5;
      masm.j(Cond.not_equal, deoptimized);
      this.outOfLine.push(() => {
        masm.bind(deoptimized);
        masm.jmpAddress(builtinAddress(BuiltinId.CompileLazyDeoptimizedCode));
      });
      masm.pushq(Gpr.rbp);
      masm.movq(Gpr.rbp, Gpr.rsp);
      masm.pushq(Gpr.rsi);
      masm.pushq(Gpr.rdi);
      masm.pushq(Gpr.rax);
      if (this.slotCount > fixedSlotCount) masm.subq(Gpr.rsp, imm(8 * (this.slotCount - fixedSlotCount)));
    } else {
      // The interpreter's frame becomes this code's: same fp, context, function and argument count.
      masm.leaq(Gpr.rsp, slotOperand(this.slotCount - 1));
    }
  }

  /** Leaves the frame and pops max(actual, formal) arguments; the result is in rax. */
  emitReturn(): void {
    const { masm } = this;
    masm.movq(Gpr.rcx, mem(Gpr.rbp, FrameOffset.ArgumentCount));
    masm.movq(Gpr.rsp, Gpr.rbp);
    masm.popq(Gpr.rbp);
    masm.cmpq(Gpr.rcx, imm(this.parameterCount));
    const more = new Label('moreArguments');
    masm.j(Cond.greater, more, 'near');
    masm.ret(8 * this.parameterCount);
    masm.bind(more);
    masm.popq(scratch);
    masm.leaq(Gpr.rsp, mem(Gpr.rsp, Gpr.rcx, 8));
    masm.pushq(scratch);
    masm.ret();
  }

  // --- instructions -----------------------------------------------------------------------------------------------------

  private generateInstruction(instruction: Instruction): void {
    this.instruction = instruction;
    this.starts.push(this.masm.pcOffset);
    this.emitMoves(instruction.gap);
    const node = instruction.node;
    if (node !== undefined && node.position >= 0) {
      const last = this.positions[this.positions.length - 1];
      if (last === undefined || last.position !== node.position || last.inliningId !== node.inliningId) {
        this.positions.push({ pc: this.masm.pcOffset, position: node.position, inliningId: node.inliningId });
      }
    }
    if (instruction.isCall && instruction.savesRegisters) {
      for (const vreg of instruction.saved) this.move(vreg.location!, Location.slot(vreg.saveSlot));
    }
    instruction.emit(this, instruction);
    if (instruction.isCall && instruction.savesRegisters) {
      for (const vreg of instruction.saved) this.move(Location.slot(vreg.saveSlot), vreg.location!);
    }
    this.emitMoves(instruction.after);
  }

  private emitMoves(moves: readonly Move[]): void {
    if (moves.length === 0) return;
    const resolved = [];
    for (const { from, to } of moves) {
      const target = place(to);
      if (target === undefined) continue; // the value is never used
      resolved.push({ from: place(from) as Location | ConstantValue, to: target as Location });
    }
    resolveParallelMoves(resolved, this);
  }

  /** Ends the block: nothing if `target` is next. */
  emitJump(target: InstructionBlock): void {
    if (target !== this.nextBlock) this.masm.jmp(this.labelOf(target));
  }

  /** Conditional jump to one of two blocks, with as few jumps as the order allows. */
  emitBranch(cond: Cond, ifTrue: InstructionBlock, ifFalse: InstructionBlock): void {
    if (ifTrue === this.nextBlock) this.masm.j(cond ^ 1, this.labelOf(ifFalse));
    else {
      this.masm.j(cond, this.labelOf(ifTrue));
      this.emitJump(ifFalse);
    }
  }

  labelOf(block: InstructionBlock): Label {
    return this.labels.get(block)!;
  }

  /** The eager exit of the current instruction. */
  deoptLabel(instruction: Instruction): Label {
    const state = instruction.deopt!;
    const label = new Label(`deopt`);
    this.eager.push({ state, instruction, label, returnPc: -1 });
    return label;
  }

  /** After a guard's jump: counts it, and takes every n-th exit that the guard itself did not (V8: stress_deopt_count). */
  emitStressDeopt(exit: Label): void {
    const { masm } = this;
    if (this.isForced(this.instruction!.deopt!)) masm.jmp(exit);
    if (this.deoptEveryNTimes <= 0) return;
    const counter = mem(Gpr.r13, IsolateData.StressDeoptCount - rootRegisterBias);
    const pass = new Label('pass');
    masm.pushfq();
    masm.decl(counter);
    masm.j(Cond.not_equal, pass, 'near');
    masm.movl(counter, imm(this.deoptEveryNTimes));
    masm.popfq();
    masm.jmp(exit);
    masm.bind(pass);
    masm.popfq();
  }

  private isForced(state: DeoptState): boolean {
    if (this.forced === undefined) return false;
    const { exits, shared } = this.forced;
    return exits.isLeft(shared, { ...state, bytecodeOffset: bytecodeOffsetOf(state) });
  }

  /** Right after a call instruction: safepoint, lazy exit, handler. */
  recordCall(instruction: Instruction, handler: InstructionBlock | undefined): void {
    const pc = this.masm.pcOffset;
    const slots = instruction.liveTagged.map((v) => v.location!.index);
    for (const vreg of instruction.saved) if (vreg.isTagged) slots.push(vreg.saveSlot);
    this.safepoints.push({ pc, slots: [...new Set(slots)].sort((a, b) => a - b) });
    if (instruction.deopt !== undefined) {
      const label = new Label('lazy');
      this.lazy.push({ state: instruction.deopt, instruction, label, returnPc: pc });
      if (this.isForced(instruction.deopt)) this.masm.jmp(label);
    }
    if (handler !== undefined) this.handlerLabels.push({ pc, label: this.labelOf(handler) });
  }

  callBuiltin(id: BuiltinId): void {
    this.masm.callAddress(builtinAddress(id));
  }

  /** Code for after the blocks; starts with its own label. */
  addOutOfLine(emit: () => void): void {
    this.outOfLine.push(emit);
  }

  private emitExit(exit: DeoptExit, entry: IsolateData): void {
    if (!exit.label.isBound) this.masm.bind(exit.label);
    this.masm.call(mem(Gpr.r13, entry - rootRegisterBias));
  }

  // --- operands ---------------------------------------------------------------------------------------------------------

  gpr(vreg: VirtualRegister): Gpr {
    const location = vreg.location!;
    if (location?.kind !== 'gpr') throw new Error(`${vreg} should be in a general register: ${this.instruction}`);
    return location.index;
  }

  xmm(vreg: VirtualRegister): Xmm {
    const location = vreg.location!;
    if (location?.kind !== 'xmm') throw new Error(`${vreg} should be in an XMM register: ${this.instruction}`);
    return location.index as Xmm;
  }

  /** Register or memory operand of a general value. */
  operand(vreg: VirtualRegister): Gpr | Mem {
    const location = vreg.location!;
    return location.kind === 'slot' ? slotOperand(location.index) : (location.index as Gpr);
  }

  xmmOperand(vreg: VirtualRegister): Xmm | Mem {
    const location = vreg.location!;
    return location.kind === 'slot' ? slotOperand(location.index) : (location.index as Xmm);
  }

  // --- moves ------------------------------------------------------------------------------------------------------------

  move(from: Location | ConstantValue, to: Location): void {
    const { masm } = this;
    if (!(from instanceof Location)) {
      this.loadConstant(from, to);
      return;
    }
    if (from.kind === 'gpr') {
      if (to.kind === 'gpr') masm.movq(to.index, from.index);
      else if (to.kind === 'slot') masm.movq(slotOperand(to.index), from.index as Gpr);
      else masm.vmovq(to.index as Xmm, from.index as Gpr);
    } else if (from.kind === 'xmm') {
      if (to.kind === 'xmm') masm.vmovapd(to.index as Xmm, from.index as Xmm);
      else if (to.kind === 'slot') masm.vmovsd(slotOperand(to.index), from.index as Xmm);
      else masm.vmovq_from(to.index as Gpr, from.index as Xmm);
    } else if (to.kind === 'gpr') masm.movq(to.index, slotOperand(from.index));
    else if (to.kind === 'xmm') masm.vmovsd(to.index as Xmm, slotOperand(from.index));
    else {
      masm.movq(scratch, slotOperand(from.index));
      masm.movq(slotOperand(to.index), scratch);
    }
  }

  /** Always an XMM register: moves between slots and constants to slots go through the general scratch register. */
  scratchFor(_location: Location): Location {
    return Location.xmms[scratchXmm]!;
  }

  loadConstant(value: ConstantValue, to: Location): void {
    const { masm } = this;
    if (to.kind === 'xmm') {
      if (value.kind !== 'float64') throw new Error(`a ${value.kind} constant in an XMM register`);
      if (Object.is(value.value, 0)) masm.vxorpd(to.index as Xmm, to.index as Xmm, to.index as Xmm);
      else {
        masm.movabsq(scratch, float64Bits(value.value));
        masm.vmovq(to.index as Xmm, scratch);
      }
      return;
    }
    const register = to.kind === 'gpr' ? (to.index as Gpr) : scratch;
    switch (value.kind) {
      case 'int32':
        if (value.value === 0) masm.xorl(register, register);
        else masm.movl(register, new Immediate(value.value));
        break;
      case 'int64':
        masm.movabsq(register, value.value);
        break;
      case 'tagged':
        masm.movabsq(register, taggedBits(value.value));
        break;
      case 'float64':
        masm.movabsq(register, float64Bits(value.value));
        break;
    }
    if (to.kind === 'slot') masm.movq(slotOperand(to.index), scratch);
  }
}

/** Of the innermost frame. */
export const bytecodeOffsetOf = ({ frames }: DeoptState): number =>
  frames.at(-1)!.node.parameterOf('FrameState').bailoutId;

export function float64Bits(value: number): bigint {
  return new BigInt64Array(Float64Array.of(value).buffer)[0]!;
}

/** A tagged word as it stands in a register: upper half the cage base's. */
export const taggedBits = (word: number): bigint => (BigInt(cageHi) << 32n) | BigInt(word >>> 0);

/** [rbp + 8 − 8·index]. */
export const slotOperand = (index: number): Mem => mem(Gpr.rbp, slotOffset(index));

function place(operand: MoveOperand): Location | ConstantValue | undefined {
  return operand instanceof VirtualRegister ? operand.location : operand;
}
