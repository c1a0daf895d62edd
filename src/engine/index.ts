// What runs programs and knows machines. The debugger is `debug`, a bundle of its own that no plain run loads.

export { FlagError, type Flags, type ParsedFlags, parseFlags } from './base/index.ts';
export { BYTECODES, type BytecodeRow, ControlFlow, OperandType } from './bytecode/index.ts';
export { createStartupSnapshot, nodeHost } from './isolate/index.ts';
export { createLibraryCode, runProgram } from './node/index.ts';
export { isolateFor, runD8 } from './shell/index.ts';
export { explainInstruction, type InstructionExplanation } from './x64/index.ts';
