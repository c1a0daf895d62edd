// What goes in and out of a compilation.

import type { Tagged } from '../heap/index.ts';
import type { DependencyRecord } from './broker/dependencies.ts';
import type { Graph } from './graph/graph.ts';

/** One inlined call: position in the caller's script, and the caller's own inlining id (−1 = the outermost function). */
export interface InliningPosition {
  /** Index into `inlinedFunctions`. */
  readonly functionIndex: number;
  /** Source position of the call in its caller. */
  readonly position: number;
  readonly parentInliningId: number;
}

/** Everything about one compilation that is not the graph. */
export interface OptimizedCompilationInfo {
  readonly closure: Tagged;
  readonly sharedInfo: Tagged;
  readonly bytecodeArray: Tagged;
  /** −1: not OSR. */
  readonly osrOffset: number;
  readonly optimizationId: number;
  /** Formal parameters with receiver. */
  readonly parameterCount: number;
  /** SharedFunctionInfos, in order of inlining. */
  readonly inlinedFunctions: Tagged[];
  readonly inliningPositions: InliningPosition[];
  /** Of the function and all that was inlined. */
  inlinedBytecodeSize: number;
  readonly dependencies: readonly DependencyRecord[];
}

/** What the backend gets. */
export interface MachineGraph {
  readonly graph: Graph;
  readonly info: OptimizedCompilationInfo;
}
