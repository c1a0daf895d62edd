// The pipeline: ordered, captioned phases from a closure to machine code (V8: pipeline.cc).

import { libraryFunctionByName, runtimeFunctionByName } from '../bytecode/index.ts';
import type { ForcedExits } from '../deoptimizer/index.ts';
import { ensureFeedbackVector } from '../feedback/index.ts';
import { Space, type Tagged } from '../heap/index.ts';
import {
  BytecodeArray,
  Code,
  CodeFlags,
  FeedbackVector,
  HeapObject,
  JSFunction,
  Root,
  registerDependency,
  StaticRoot,
} from '../objects/index.ts';
import type { Runtime } from '../runtime/index.ts';
import { type DebugTable, generateCode } from './backend/index.ts';
import type { DependencyRecord } from './broker/dependencies.ts';
import { CompilationBailout, HeapBroker } from './broker/heap-broker.ts';
import { BytecodeGraphBuilder } from './from-bytecode/bytecode-graph-builder.ts';
import { DebugPoints } from './graph/debug-points.ts';
import { ParameterIndex } from './graph/frame-states.ts';
import { Graph } from './graph/graph.ts';
import { GraphReducer, type Reducer } from './graph/graph-reducer.ts';
import type { Node } from './graph/node.ts';
import { type GraphLevel, VerificationError, verifyGraph, verifyNodes } from './graph/verifier.ts';
import { CheckpointElimination, CommonOperatorReducer, DeadCodeElimination } from './phases/common-reducer.ts';
import { EffectControlLinearizer } from './phases/effect-control-linearizer.ts';
import { EscapeAnalysisReducer } from './phases/escape-analysis-reducer.ts';
import { JSCallReducer } from './phases/js-call-reducer.ts';
import { JSCreateLowering } from './phases/js-create-lowering.ts';
import { CallLowering } from './phases/js-generic-lowering.ts';
import { defaultInliningOptions, type InliningOptions, JSInliningHeuristic } from './phases/js-inlining.ts';
import { JSNativeContextSpecialization } from './phases/js-native-context-specialization.ts';
import { JSTypedLowering } from './phases/js-typed-lowering.ts';
import { LoadElimination } from './phases/load-elimination.ts';
import { peelLoops } from './phases/loop-peeling.ts';
import { RepresentationSelector } from './phases/simplified-lowering.ts';
import { Typer } from './phases/typer.ts';
import { valueNumbering } from './phases/value-numbering.ts';
import type { OptimizedCompilationInfo } from './pipeline-types.ts';
import { turbofanStubId } from './stubs.ts';

export interface CompileOptions {
  /** −1: normal entry. */
  readonly osrOffset: number;
  readonly optimizationId: number;
  readonly inlining?: InliningOptions;
  /** Phases to leave out (--no-turbo-escape and the like). */
  readonly without?: ReadonlySet<OptionalPhase>;
  /** FrameStates keep what no later bytecode reads (--no-analyze-environment-liveness). */
  readonly keepsDeadValues?: boolean;
  /** Makes a debugger's table of the code (backend/debug-table.ts). */
  readonly makesDebugTable?: boolean;
  /** Called after each phase with the graph. */
  readonly onPhase?: (phase: string, graph: Graph) => void;
  /** Verify the graph after every phase, and what the backend makes of it (--turbo-verify). */
  readonly verify?: boolean;
  /** Verify the backend's register allocation and stack heights (--turbo-verify-allocation). */
  readonly verifyAllocation?: boolean;
  /** Exits that are taken in any case (--deopt-at-every-exit). */
  readonly forcedExits?: ForcedExits | undefined;
  /** Internal errors of the compiler become bailouts unless set; what a verifier that was asked for says never does. */
  readonly throwInternalErrors?: boolean;
}

/** Phases that code is right without, by the V8 flag that turns each off. */
export const optionalPhases = {
  'turbo-loop-peeling': 'V8.TFLoopPeeling',
  'turbo-load-elimination': 'V8.TFLoadElimination',
  'turbo-escape': 'V8.TFEscapeAnalysis',
} as const;
export type OptionalPhase = (typeof optionalPhases)[keyof typeof optionalPhases];

export type CompileResult =
  | {
      readonly code: Tagged;
      readonly graph: Graph;
      readonly info: OptimizedCompilationInfo;
      readonly dependencies: readonly DependencyRecord[];
      readonly debugTable: DebugTable | undefined;
    }
  | { readonly bailout: string };

interface PipelineData {
  readonly rt: Runtime;
  readonly graph: Graph;
  readonly broker: HeapBroker;
  readonly closure: Tagged;
  readonly shared: Tagged;
  readonly bytecode: Tagged;
  readonly vector: Tagged;
  readonly options: CompileOptions;
  info: OptimizedCompilationInfo;
}

/** The phases, in order, with what the verifier can ask of the graph that each leaves ('any' where nothing is said). */
const phases: readonly (readonly [caption: string, run: (d: PipelineData) => void, level?: GraphLevel])[] = [
  ['V8.TFBytecodeGraphBuilder', buildGraph, 'built'],
  ['V8.TFInlining', inline],
  ['V8.TFEarlyTrimming', (d) => d.graph.trim()],
  ['V8.TFTyper', (d) => new Typer(d.graph, d.broker).run()],
  ['V8.TFTypedLowering', typedLowering],
  ['V8.TFLoopPeeling', peel],
  ['V8.TFLoadElimination', eliminateLoads],
  ['V8.TFEscapeAnalysis', escapeAnalysis],
  ['V8.TFSimplifiedLowering', simplify, 'representations'],
  ['V8.TFGenericLowering', (d) => new CallLowering(d.graph, d.broker).run(), 'representations'],
  ['V8.TFEarlyOptimization', earlyOptimization, 'representations'],
  ['V8.TFEffectLinearization', linearize, 'machine'],
  ['V8.TFLateOptimization', lateOptimization, 'machine'],
];

export const phaseNames: readonly string[] = phases.map(([name]) => name);

function buildGraph(d: PipelineData): void {
  const { graph, broker } = d;
  const heap = broker.heap;
  const parameters = new Map<number, Node>();
  const isKnown = specializationContext(d) !== 0 && broker.canEmbed(d.closure);
  const parameter = (index: number): Node => {
    let node = parameters.get(index);
    if (node === undefined) {
      // The function is a constant where the code is its own: the parent of a class is then known.
      node =
        isKnown && index === ParameterIndex.Closure
          ? graph.heapConstant(d.closure)
          : graph.newNode('Parameter', index, [graph.start]);
      parameters.set(index, node);
    }
    return node;
  };
  const builder = new BytecodeGraphBuilder(
    broker,
    graph,
    {
      shared: d.shared,
      bytecodeArray: d.bytecode,
      feedbackVector: d.vector,
      feedbackCellArray: heap.get(d.vector, FeedbackVector.ClosureFeedbackCells),
      osrOffset: d.options.osrOffset,
      frequency: 1,
      inliningId: -1,
    },
    graph.start,
    graph.start,
    parameter,
  );
  builder.build();
  for (const exit of builder.exits) graph.mergeToEnd(exit);
}

function reducer(d: PipelineData, reducers: readonly Reducer[]): void {
  const graphReducer = new GraphReducer(d.graph, reducers);
  graphReducer.run();
  if (d.options.verify === true) graphReducer.assertFixpoint();
}

function inline(d: PipelineData): void {
  const heuristic = new JSInliningHeuristic(d.graph, d.broker, d.options.inlining ?? defaultInliningOptions, d.shared);
  reducer(d, [
    new DeadCodeElimination(),
    new CheckpointElimination(),
    new CommonOperatorReducer(d.graph, d.broker),
    new JSCallReducer(d.graph, d.broker),
    new JSNativeContextSpecialization(d.graph, d.broker, specializationContext(d)),
    heuristic,
  ]);
  d.info.inlinedFunctions.push(...heuristic.inlinedFunctions);
  d.info.inliningPositions.push(...heuristic.positions);
  d.info.inlinedBytecodeSize = heuristic.total;
}

/** The closure's context, if it is the only closure of its code (V8: function context specialization). */
function specializationContext(d: PipelineData): Tagged {
  const { heap } = d.rt;
  const isOnly =
    heap.get(heap.get(d.closure, JSFunction.FeedbackCell), HeapObject.Map) === StaticRoot.OneClosureCellMap;
  const context = heap.get(d.closure, JSFunction.Context);
  return isOnly && d.options.osrOffset < 0 && d.broker.canEmbed(context) ? context : 0;
}

function typedLowering(d: PipelineData): void {
  reducer(d, [
    new DeadCodeElimination(),
    new CheckpointElimination(),
    new CommonOperatorReducer(d.graph, d.broker),
    new JSCreateLowering(d.graph, d.broker),
    new JSTypedLowering(d.graph, d.broker),
  ]);
  d.graph.trim();
  new Typer(d.graph, d.broker).run();
}

function peel(d: PipelineData): void {
  if (peelLoops(d.graph) === 0) return;
  reducer(d, [new DeadCodeElimination(), new CommonOperatorReducer(d.graph, d.broker)]);
  d.graph.trim();
  new Typer(d.graph, d.broker).run();
}

/** Branches that are decided show more loads of what is known: as V8's, it goes on until nothing goes. Each round leaves fewer nodes. */
function eliminateLoads(d: PipelineData): void {
  const { graph, broker } = d;
  const count = (): number => graph.reachable().length;
  valueNumbering(graph);
  for (let before = Number.POSITIVE_INFINITY; count() < before; ) {
    new LoadElimination(graph).run();
    graph.trim();
    new Typer(graph, broker).run();
    before = count();
    reducer(d, [
      new DeadCodeElimination(),
      new CheckpointElimination(),
      new CommonOperatorReducer(graph, broker),
      new JSTypedLowering(graph, broker),
    ]);
    graph.trim();
    new Typer(graph, broker).run();
  }
}

function escapeAnalysis(d: PipelineData): void {
  if (new EscapeAnalysisReducer(d.graph).run() === 0) return;
  // Checkpoints stay, as in V8: none is merged after this phase.
  reducer(d, [
    new DeadCodeElimination(),
    new CommonOperatorReducer(d.graph, d.broker),
    new JSTypedLowering(d.graph, d.broker),
  ]);
  d.graph.trim();
  new Typer(d.graph, d.broker).run();
}

function simplify(d: PipelineData): void {
  d.graph.debugPoints?.noteTypes();
  const lowering = new RepresentationSelector(d.graph, (value) => d.rt.factory.newHeapNumber(value, Space.Old));
  lowering.run();
  d.graph.trim();
  valueNumbering(d.graph);
  if (!d.options.without?.has('V8.TFLoadElimination')) new LoadElimination(d.graph).run();
  d.graph.trim();
  lowering.publishTypes();
  d.graph.debugPoints?.settle();
}

function earlyOptimization(d: PipelineData): void {
  reducer(d, [new DeadCodeElimination(), new CommonOperatorReducer(d.graph, d.broker)]);
  d.graph.trim();
}

function linearize(d: PipelineData): void {
  // What asks for undetectable objects is made anew when there are some for the first time, as in V8.
  const asks = ({ opcode }: Node): boolean => opcode === 'ObjectIsUndetectable' || opcode === 'TruncateTaggedToBit';
  if (d.graph.reachable().some(asks)) d.broker.dependOnProtector(Root.NoUndetectableObjectsProtector);
  new EffectControlLinearizer(d.graph).run();
}

function lateOptimization(d: PipelineData): void {
  reducer(d, [new DeadCodeElimination(), new CommonOperatorReducer(d.graph, d.broker)]);
  d.graph.trim();
}

const runtimeId = (name: string): number => {
  const id = turbofanStubId(name) ?? runtimeFunctionByName(name) ?? libraryFunctionByName(name);
  if (id === undefined) throw new CompilationBailout(`no runtime function ${name}`);
  return id;
};

/** Compiles a closure. Runs no JavaScript and collects nothing. */
export function compileOptimized(rt: Runtime, closure: Tagged, options: CompileOptions): CompileResult {
  const { heap } = rt;
  const broker = new HeapBroker(rt);
  const shared = heap.get(closure, JSFunction.SharedFunctionInfo);
  const bytecode = broker.bytecodeOf(shared);
  if (bytecode === 0) return { bailout: 'the function has no bytecode' };
  const vector = ensureFeedbackVector(rt, closure);
  const graph = new Graph();
  graph.keepsDeadValues = options.keepsDeadValues === true;
  if (options.makesDebugTable === true) graph.debugPoints = new DebugPoints();
  const info: OptimizedCompilationInfo = {
    closure,
    sharedInfo: shared,
    bytecodeArray: bytecode,
    osrOffset: options.osrOffset,
    optimizationId: options.optimizationId,
    parameterCount: heap.getI32(bytecode, BytecodeArray.ParameterCount),
    inlinedFunctions: [],
    inliningPositions: [],
    inlinedBytecodeSize: 0,
    dependencies: broker.dependencies,
  };
  const data: PipelineData = { rt, graph, broker, closure, shared, bytecode, vector, options, info };
  const verifies = options.verify === true || options.verifyAllocation === true;
  let phase = '';
  try {
    if (!broker.canEmbed(shared) || !broker.canEmbed(vector) || !broker.canEmbed(bytecode))
      return { bailout: 'the function is still in new space' };
    for (const [name, run, level] of phases) {
      phase = name;
      if (options.without?.has(name as OptionalPhase)) continue;
      run(data);
      options.onPhase?.(name, graph);
      if (options.verify === true) verifyGraph(graph, level, name);
    }
    phase = 'V8.TFCodeGeneration';
    verifyNodes(graph, 'machine');
    let debugTable: DebugTable | undefined;
    const code = generateCode({ graph, info }, rt.factory, runtimeId, {
      verify: verifies,
      takeDebugTable: (table) => {
        debugTable = table;
      },
      forcedExits: options.forcedExits,
    });
    heap.setI32(code, Code.InlinedBytecodeSize, info.inlinedBytecodeSize);
    if (specializationContext(data) !== 0)
      heap.setI32(code, Code.Flags, heap.getI32(code, Code.Flags) | CodeFlags.FunctionContextSpecialized);
    return { code, graph, info, dependencies: broker.dependencies, debugTable };
  } catch (error) {
    if (error instanceof CompilationBailout) return { bailout: error.message };
    if (options.throwInternalErrors === true || (verifies && error instanceof VerificationError)) throw error;
    return { bailout: `internal error in ${phase}: ${(error as Error).message}` };
  }
}

/** Puts the code on the lists of what it assumed. */
export function registerDependencies(rt: Runtime, code: Tagged, dependencies: readonly DependencyRecord[]): void {
  for (const d of dependencies) d.prepareInstall?.();
  for (const d of dependencies) registerDependency(rt.factory, d.holder, d.field, code, d.groups);
}
