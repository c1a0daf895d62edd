// Mutants of the x64 code that leads into the interpreter and back.

import type { Mutant } from './mutant.ts';

const mutant = (id: string, search: string, replacement: string): Mutant => ({
  id,
  rows: ['R17'],
  file: 'src/engine/interpreter/entry-code.ts',
  search,
  replacement,
  tests: ['src/engine/isolate/interpreter-entry-code.test.ts'],
});

export const entryCodeMutants: readonly Mutant[] = [
  mutant('registers-are-not-filled', '  masm.j(Cond.greater_equal, push);', '  masm.j(Cond.greater, push);'),
  mutant(
    'new-target-one-register-further',
    'mem(Gpr.rbp, Gpr.rcx, 8, FrameOffset.Register0)',
    'mem(Gpr.rbp, Gpr.rcx, 8, FrameOffset.Register0 - 8)',
  ),
  mutant('jump-loop-is-passed', '  masm.j(Cond.equal, jumps);', ''),
  mutant('wide-bytecodes-are-short', '  masm.addq(sizes, imm(256));', ''),
  mutant('extra-wide-bytecodes-are-short', '  masm.addq(sizes, imm(512));', ''),
  mutant('next-bytecode-is-not-written-back', '  masm.movq(mem(Gpr.rbp, FrameOffset.BytecodeOffset), Gpr.rbx);\n', ''),
  mutant('calls-are-not-counted', '  masm.incl(fieldOf(vector, FeedbackVector.InvocationCount));\n', ''),
  mutant('frame-beyond-the-stack', '  masm.j(Cond.below, rest);', ''),
  mutant('waiting-code-is-not-taken', 'imm(attention));\n  masm.j(Cond.not_equal, rest);', 'imm(attention));'),
  mutant('constructors-return-any-object', 'imm(InstanceType.FirstJSReceiver)', 'imm(0)'),
  mutant('derived-constructors-return-the-hole', '  masm.j(Cond.equal, rest); // a derived', '  // a derived'),
];
