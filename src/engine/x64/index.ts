/** The emulated x64 machine. It knows no JavaScript. */
export { Assembler, RoundingMode } from './assembler.ts';
export type { AssemblerOptions, Relocation } from './code-buffer.ts';
export { Cpu, CpuState } from './cpu.ts';
export { CodeMap } from './decoder.ts';
export {
  type DisassembledInstruction,
  type DisassemblyHooks,
  disassemble,
  disassemblyLine,
  explainInstruction,
  type InstructionExplanation,
} from './disassembly.ts';
export { Emulator, type EmulatorOptions, ExitReason } from './emulator.ts';
export { Immediate, imm, Label, Mem, mem } from './operands.ts';
export {
  CONDITION_NAMES,
  Cond,
  GPR8_NAMES,
  GPR16_NAMES,
  GPR32_NAMES,
  GPR64_NAMES,
  Gpr,
  negateCondition,
  Rflag,
  XMM_NAMES,
  Xmm,
} from './registers.ts';
export { type StackChange, type StackStep, stackSteps } from './stack-effect.ts';
export { type Translation, Translator } from './translator.ts';
export { Linkage } from './translator-linkage.ts';
