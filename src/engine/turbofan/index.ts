// TurboFan: from bytecode and feedback to machine code with deoptimization data.

export { generateCode } from './backend/index.ts';
export type { DependencyRecord } from './broker/dependencies.ts';
export { Graph } from './graph/graph.ts';
export { printGraph, printNode, turbolizerGraph } from './graph/graph-printer.ts';
export type { Node } from './graph/node.ts';
export { computeSchedule, printSchedule } from './graph/scheduler.ts';
export { VerificationError, verifyGraph } from './graph/verifier.ts';
export { defaultInliningOptions } from './phases/js-inlining.ts';
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
export { turbofanStubEntries } from './stubs.ts';
