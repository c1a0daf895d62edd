// TurboFan: from bytecode and feedback to machine code with deoptimization data.

export { generateCode } from './backend/index.ts';
export type { DependencyRecord } from './dependencies.ts';
export { Graph } from './graph.ts';
export { printGraph, printNode, turbolizerGraph } from './graph-printer.ts';
export { defaultInliningOptions } from './js-inlining.ts';
export type { Node } from './node.ts';
export {
  type CompileOptions,
  type CompileResult,
  compileOptimized,
  type OptionalPhase,
  optionalPhases,
  phaseNames,
  registerDependencies,
} from './pipeline.ts';
export type { InliningPosition, OptimizedCompilationInfo } from './pipeline-types.ts';
export { computeSchedule, printSchedule } from './scheduler.ts';
export { turbofanStubEntries } from './stubs.ts';
export { VerificationError, verifyGraph } from './verifier.ts';
