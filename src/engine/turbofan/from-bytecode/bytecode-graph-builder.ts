// BytecodeGraphBuilder (V8: bytecode-graph-builder.cc): walks the bytecodes of one function by abstract interpretation and
// makes the graph: one JavaScript or speculative operator per bytecode, phis where paths meet, and FrameStates.
//
// Invariants: the environment holds one node per register, parameter, accumulator, context, and the current effect and
// control; a Checkpoint stands before the first node after a write that may leave by an eager bailout; every node that
// may deoptimize lazily has the frame state after it, in which the result is not yet placed (`combine`).

import {
  Bytecode,
  BytecodeArrayAccessor,
  CLOSURE_INDEX,
  CONTEXT_INDEX,
  decodeHandlerTable,
  decodeSourcePositions,
  isParameter,
  registerToParameter,
} from '../../bytecode/index.ts';
import type { DeoptimizeReason } from '../../deoptimizer/index.ts';
import type { Tagged } from '../../heap/index.ts';
import { ByteArray, BytecodeArray, FixedArray, GeneratorState, HeapNumber, StaticRoot } from '../../objects/index.ts';
import { CompilationBailout, type HeapBroker } from '../broker/heap-broker.ts';
import type { DebugGroup } from '../graph/debug-points.ts';
import { OsrIndex, ParameterIndex, StateValuesCache } from '../graph/frame-states.ts';
import type { Graph } from '../graph/graph.ts';
import { MachineTypes } from '../graph/machine-type.ts';
import type { Node } from '../graph/node.ts';
import {
  BranchHint,
  type FeedbackSource,
  type FrameStateInfo,
  FrameStateType,
  ignoreOutput,
  type OutputFrameStateCombine,
  pokeAt,
} from '../graph/parameters.ts';
import { type Counts, type Opcode, operator, type ParameterOf, rowOf } from '../operators/operators.ts';
import { BytecodeAnalysis, type Liveness, type ResumeTarget } from './bytecode-analysis.ts';
import { visitors } from './visitors/index.ts';

/** One function to build. */
export interface BuildRequest {
  readonly shared: Tagged;
  readonly bytecodeArray: Tagged;
  readonly feedbackVector: Tagged;
  /** The known closure (0: not known) for feedback cells of inner functions. */
  readonly feedbackCellArray: Tagged;
  readonly osrOffset: number;
  /** Calls of this function per invocation of the outermost one. */
  readonly frequency: number;
  readonly inliningId: number;
}

class Environment {
  readonly registers: Node[];
  readonly parameters: Node[];
  accumulator: Node;
  context: Node;
  effect: Node;
  control: Node;
  /** Of a resumed generator: where it goes on; executing from there on. Undefined in other functions. */
  generatorState: Node | undefined;

  constructor(registers: Node[], parameters: Node[], accumulator: Node, context: Node, effect: Node, control: Node) {
    this.registers = registers;
    this.parameters = parameters;
    this.accumulator = accumulator;
    this.context = context;
    this.effect = effect;
    this.control = control;
  }

  copy(): Environment {
    const copy = new Environment(
      [...this.registers],
      [...this.parameters],
      this.accumulator,
      this.context,
      this.effect,
      this.control,
    );
    copy.generatorState = this.generatorState;
    return copy;
  }
}

export class BytecodeGraphBuilder {
  readonly broker: HeapBroker;
  readonly graph: Graph;
  readonly request: BuildRequest;
  private readonly a: BytecodeArrayAccessor;
  private readonly analysis: BytecodeAnalysis;
  readonly registerCount: number;
  private readonly parameterCount: number;
  private readonly stateValues: StateValuesCache;
  private readonly mergeEnvironments = new Map<number, Environment>();
  env: Environment | undefined;
  needsCheckpoint = true;
  private readonly start: Node;
  private readonly outerState: Node;
  /** Control nodes that leave the function: Return, Throw, Deoptimize, Terminate. */
  readonly exits: Node[] = [];
  private readonly positions: { offset: number; position: number }[];
  readonly closure: Node;
  private readonly constants: Tagged;
  /** Value inputs of returns, for the inliner; and whether a register of generator state exists. */
  readonly incomingNewTarget: number;

  /**
   * @param start Start of the (sub)graph: parameters hang off it.
   * @param outerState the caller's frame state, or Start.
   */
  constructor(
    broker: HeapBroker,
    graph: Graph,
    request: BuildRequest,
    start: Node,
    outerState: Node,
    parameterNode: (index: number) => Node,
  ) {
    this.broker = broker;
    this.graph = graph;
    this.request = request;
    this.start = start;
    this.outerState = outerState;
    const heap = broker.heap;
    const array = request.bytecodeArray;
    const constants = heap.get(array, BytecodeArray.ConstantPool);
    this.constants = constants;
    const length = heap.get(array, BytecodeArray.Length) >> 1;
    const smiAt = (i: number): number | undefined => {
      const word = heap.getElement(constants, FixedArray.Elements, i);
      return (word & 1) === 0 ? word >> 1 : undefined;
    };
    // Copied: a breakpoint may patch the array.
    const bytes = heap.u8.slice(array - 1 + BytecodeArray.Bytes, array - 1 + BytecodeArray.Bytes + length);
    this.a = new BytecodeArrayAccessor(bytes, { smiAt });
    const bytesOf = (word: Tagged): Uint8Array => {
      const n = heap.get(word, ByteArray.Length) >> 1;
      return heap.u8.slice(word - 1 + ByteArray.Bytes, word - 1 + ByteArray.Bytes + n);
    };
    this.registerCount = heap.getI32(array, BytecodeArray.FrameSize) >> 3;
    this.parameterCount = heap.getI32(array, BytecodeArray.ParameterCount);
    this.incomingNewTarget = heap.getI32(array, BytecodeArray.IncomingNewTargetOrGeneratorRegister);
    this.analysis = new BytecodeAnalysis(
      this.a,
      decodeHandlerTable(bytesOf(heap.get(array, BytecodeArray.HandlerTable))),
      this.registerCount,
      graph.keepsDeadValues,
    );
    this.positions = decodeSourcePositions(bytesOf(heap.get(array, BytecodeArray.SourcePositionTable))).map((p) => ({
      offset: p.offset,
      position: p.position,
    }));
    this.stateValues = new StateValuesCache(graph);

    const undefinedNode = graph.heapConstant(StaticRoot.Undefined);
    const parameters: Node[] = [];
    for (let i = 0; i < this.parameterCount; i++) parameters.push(parameterNode(i));
    const registers = new Array<Node>(this.registerCount).fill(undefinedNode);
    this.closure = parameterNode(ParameterIndex.Closure);
    const context = parameterNode(ParameterIndex.Context);
    if (this.incomingNewTarget >= 0) registers[this.incomingNewTarget] = parameterNode(ParameterIndex.NewTarget);
    this.env = new Environment(registers, parameters, undefinedNode, context, start, start);
    if (this.analysis.resumeTargets.length > 0) this.env.generatorState = graph.number(GeneratorState.Executing);
  }

  // --- the walk ------------------------------------------------------------------------------------------------------

  build(): void {
    this.graph.currentInliningId = this.request.inliningId;
    let first = 0;
    if (this.request.osrOffset >= 0) first = this.enterAtOsrLoop();
    else if (this.request.inliningId < 0) this.buildFunctionEntryStackCheck(); // an inlined function's frame is its caller's
    this.visitBytecodes(first, Number.POSITIVE_INFINITY);
    this.graph.currentPosition = -1;
    this.graph.currentInliningId = -1;
    this.graph.currentBytecodeOffset = -1;
    if (this.exits.length === 0) throw new CompilationBailout('function has no exit');
  }

  /** Visits from the `index`-th bytecode to the one before offset `end`. */
  private visitBytecodes(index: number, end: number): void {
    const { offsets } = this.analysis;
    for (let offset = offsets[index]; offset !== undefined && offset < end; offset = offsets[++index]) {
      this.a.setOffset(offset);
      this.switchToMergeEnvironment(offset);
      if (this.env === undefined) continue;
      this.graph.currentBytecodeOffset = offset;
      this.graph.currentPosition = this.positionAt(offset);
      const loop = this.analysis.loopHeaderAt(offset);
      if (loop !== undefined) {
        this.prepareForLoop(offset, loop.assigned);
        if (loop.resumeTargets.length > 0) this.jumpOnGeneratorState(loop.resumeTargets);
      }
      this.noteForDebugger(offset);
      this.visit();
      if (this.env !== undefined) {
        // Falling into a merge.
        this.a.setOffset(offset);
        const next = this.a.nextOffset;
        if (this.analysis.forwardTargets.has(next) && this.mergeEnvironments.has(next)) this.mergeInto(next);
      }
    }
  }

  /** A debugger's table says where the bytecode begins, and what the registers are that it or a later one reads. */
  private noteForDebugger(offset: number): void {
    const points = this.graph.debugPoints;
    if (points === undefined) return;
    const env = this.e;
    const live = this.analysis.in(offset);
    const values = [
      this.closure,
      ...env.parameters,
      env.context,
      ...env.registers.map((node, i) => (live.has(i) ? node : undefined)),
      live.accumulator ? env.accumulator : undefined,
    ].map((node) => points.value(node));
    points.add({
      sfi: this.request.shared,
      bytecodeOffset: offset,
      effect: points.weak(env.effect, 'effect'),
      control: points.weak(env.control, 'control'),
      frames: [...points.framesOf(this.outerState), { info: this.frameInfo(offset, ignoreOutput), values }],
      group: this.debugGroup,
    });
  }
  private readonly debugGroup: DebugGroup = new Map();

  private positionAt(offset: number): number {
    let position = -1;
    for (const p of this.positions) {
      if (p.offset > offset) break;
      if (p.offset >= 0) position = p.position;
    }
    return position;
  }

  private switchToMergeEnvironment(offset: number): void {
    const merged = this.mergeEnvironments.get(offset);
    if (merged === undefined) return;
    this.needsCheckpoint = true;
    if (this.env !== undefined) this.mergeInto(offset);
    this.mergeEnvironments.delete(offset);
    this.env = merged;
  }

  get e(): Environment {
    return this.env!;
  }

  // --- environments ----------------------------------------------------------------------------------------------------

  mergeInto(offset: number): void {
    const env = this.e;
    this.leaveLoops(offset);
    const other = this.mergeEnvironments.get(offset);
    if (other === undefined) {
      // A copy with a Merge of one: later arrivals append.
      const target = env.copy();
      target.control = this.graph.merge([env.control]);
      target.effect = this.graph.effectPhi([env.effect], target.control);
      this.mergeEnvironments.set(offset, target);
    } else this.merge(other, env, this.analysis.in(offset));
    this.env = undefined;
  }

  /** A checkpoint inside a loop is none for what stands behind it: peeling joins two ways out there. */
  private leaveLoops(offset: number): void {
    let loop = this.analysis.loopContaining(this.a.currentOffset);
    const target = this.analysis.loopContaining(offset);
    for (let around = target; around !== undefined; around = around.parent) if (around === loop) return;
    for (; loop !== undefined && loop !== target; loop = loop.parent)
      this.e.effect = this.graph.newNode('LoopExitEffect', undefined, [this.e.effect]);
  }

  /** Adds `from` to the merge that `into` stands at. */
  private merge(into: Environment, from: Environment, live: Liveness | undefined): void {
    const control = into.control;
    control.appendInput(from.control);
    control.op = operator(control.opcode, undefined, { controlIn: control.inputs.length });
    const n = control.inputs.length;
    const effect = into.effect;
    effect.insertInput(n - 1, from.effect);
    effect.op = operator('EffectPhi', undefined, { effectIn: n });
    into.context = this.mergeValue(into.context, from.context, control);
    for (let i = 0; i < this.parameterCount; i++)
      into.parameters[i] = this.mergeValue(into.parameters[i]!, from.parameters[i]!, control);
    for (let i = 0; i < this.registerCount; i++) {
      if (live !== undefined && !live.has(i)) into.registers[i] = this.optimizedOut;
      else into.registers[i] = this.mergeValue(into.registers[i]!, from.registers[i]!, control);
    }
    if (live !== undefined && !live.accumulator) into.accumulator = this.optimizedOut;
    else into.accumulator = this.mergeValue(into.accumulator, from.accumulator, control);
    if (into.generatorState !== undefined)
      into.generatorState = this.mergeValue(into.generatorState, from.generatorState!, control);
  }

  private mergeValue(value: Node, other: Node, control: Node): Node {
    const n = control.inputs.length;
    if (value.opcode === 'Phi' && value.control === control && value.op.valueIn < n) {
      value.insertInput(n - 1, other);
      value.op = operator('Phi', MachineTypes.AnyTagged, { valueIn: n });
      return value;
    }
    if (value === other) return value;
    return this.graph.phi([...new Array<Node>(n - 1).fill(value), other], control);
  }

  get optimizedOut(): Node {
    return this.graph.heapConstant(StaticRoot.OptimizedOut);
  }

  private prepareForLoop(offset: number, assigned: ReadonlySet<number>): void {
    const env = this.e;
    const live = this.analysis.in(offset);
    const loop = this.graph.newNode('Loop', undefined, [env.control], { controlIn: 1 });
    env.control = loop;
    env.effect = this.graph.effectPhi([env.effect], loop);
    const terminate = this.graph.newNode('Terminate', undefined, [env.effect, loop]);
    this.exits.push(terminate);
    env.context = this.graph.phi([env.context], loop);
    for (let i = 0; i < this.parameterCount; i++) {
      if (assigned.has(parameterIndex(i))) env.parameters[i] = this.graph.phi([env.parameters[i]!], loop);
    }
    for (let i = 0; i < this.registerCount; i++) {
      if (!live.has(i)) env.registers[i] = this.optimizedOut;
      else if (assigned.has(i)) env.registers[i] = this.graph.phi([env.registers[i]!], loop);
    }
    env.accumulator = live.accumulator ? this.graph.phi([env.accumulator], loop) : this.optimizedOut;
    if (env.generatorState !== undefined) env.generatorState = this.graph.phi([env.generatorState], loop);
    this.loopEnvironments.set(offset, env.copy());
    this.needsCheckpoint = true;
  }

  private readonly loopEnvironments = new Map<number, Environment>();

  visitJumpLoop(): void {
    const header = this.a.jumpTarget;
    const offset = this.a.currentOffset;
    // The iteration's stack check (V8: kJSIterationBody).
    this.buildIterationStackCheck(offset);
    const loop = this.loopEnvironments.get(header);
    const env = this.e;
    if (loop === undefined) throw new CompilationBailout('back edge to a loop that was not entered');
    this.mergeLoop(loop, env);
    this.env = undefined;
  }

  private mergeLoop(loop: Environment, env: Environment): void {
    const control = loop.control;
    control.appendInput(env.control);
    control.op = operator('Loop', undefined, { controlIn: control.inputs.length });
    const n = control.inputs.length;
    const append = (phi: Node, value: Node): void => {
      if (phi.opcode !== 'Phi' || phi.control !== control) return;
      phi.insertInput(n - 1, value);
      phi.op = operator('Phi', MachineTypes.AnyTagged, { valueIn: n });
    };
    loop.effect.insertInput(n - 1, env.effect);
    loop.effect.op = operator('EffectPhi', undefined, { effectIn: n });
    append(loop.context, env.context);
    for (let i = 0; i < this.parameterCount; i++) append(loop.parameters[i]!, env.parameters[i]!);
    for (let i = 0; i < this.registerCount; i++) append(loop.registers[i]!, env.registers[i]!);
    append(loop.accumulator, env.accumulator);
    if (loop.generatorState !== undefined) append(loop.generatorState, env.generatorState!);
  }

  // --- generators --------------------------------------------------------------------------------------------------------

  /** A resumed generator's jump from its start: every path leads on. */
  switchOnGeneratorState(): void {
    const [last, ...others] = this.analysis.resumeTargets;
    for (const target of others) this.resumeIfSuspendedAt(target);
    this.resumeAt(last!);
  }

  /** … from a loop's header, unless it runs already. */
  private jumpOnGeneratorState(targets: readonly ResumeTarget[]): void {
    for (const target of targets) this.resumeIfSuspendedAt(target);
    this.e.generatorState = this.graph.number(GeneratorState.Executing);
  }

  private resumeIfSuspendedAt(target: ResumeTarget): void {
    const env = this.e;
    const { graph } = this;
    const isHere = graph.newNode('NumberEqual', undefined, [env.generatorState!, graph.number(target.suspendId)]);
    const branch = graph.newNode('Branch', { hint: BranchHint.None }, [isHere, env.control]);
    const next = env.copy();
    next.control = graph.newNode('IfFalse', undefined, [branch]);
    env.control = graph.newNode('IfTrue', undefined, [branch]);
    this.resumeAt(target);
    this.env = next;
  }

  private resumeAt({ target, isLeaf }: ResumeTarget): void {
    if (isLeaf) this.e.generatorState = this.graph.number(GeneratorState.Executing);
    this.mergeInto(target);
  }

  /** Registers that are live before the bytecode, and after it. */
  get liveBefore(): Liveness {
    return this.analysis.in(this.a.currentOffset);
  }
  get liveAfter(): Liveness {
    return this.analysis.out(this.a.currentOffset);
  }

  // --- OSR ---------------------------------------------------------------------------------------------------------------

  /**
   * Enters at the header of the OSR loop. Then what is left of each loop around it is visited once, from the inner loop's end
   * to the outer's JumpLoop, which stands for a step to the outer loop's header: that loop follows whole (V8:
   * AdvanceToOsrEntryAndPeelLoops). Gives the index of the bytecode to go on with.
   */
  private enterAtOsrLoop(): number {
    const { analysis } = this;
    const env = this.e;
    for (let i = 0; i < this.registerCount; i++) env.registers[i] = this.graph.newNode('OsrValue', i, [this.start]);
    env.context = this.graph.newNode('OsrValue', OsrIndex.Context, [this.start]);
    env.accumulator = this.graph.newNode('OsrValue', OsrIndex.Accumulator, [this.start]);
    this.a.setOffset(this.request.osrOffset);
    const loop = analysis.loopHeaderAt(this.a.jumpTarget)!;
    let index = analysis.offsets.indexOf(loop.header);
    for (let outer = loop.parent; outer !== undefined; outer = outer.parent) {
      this.visitBytecodes(index, outer.end);
      this.switchToMergeEnvironment(outer.end);
      this.needsCheckpoint = true;
      index = analysis.offsets.indexOf(outer.header);
    }
    return index;
  }

  // --- frame states ------------------------------------------------------------------------------------------------------

  frameState(bailoutId: number, combine: OutputFrameStateCombine, live: Liveness | undefined): Node {
    const env = this.e;
    const registers: (Node | undefined)[] = env.registers.map((node, i) =>
      live !== undefined && !live.has(i) ? undefined : node,
    );
    const accumulatorLive = (live === undefined || live.accumulator) && combine.kind === 'Ignore';
    const info = this.frameInfo(bailoutId, combine);
    const live0 = (n: Node | undefined): Node | undefined =>
      n?.opcode === 'HeapConstant' && n.op.parameter === StaticRoot.OptimizedOut ? undefined : n;
    return this.graph.newNode('FrameState', info, [
      this.stateValues.get(env.parameters.map(live0)),
      this.stateValues.get(registers.map(live0)),
      this.stateValues.get([accumulatorLive ? live0(env.accumulator) : undefined]),
      env.context,
      this.closure,
      this.outerState,
    ]);
  }

  private frameInfo(bailoutId: number, combine: OutputFrameStateCombine): FrameStateInfo {
    return {
      type: FrameStateType.Unoptimized,
      bailoutId,
      combine,
      parameterCount: this.parameterCount,
      localCount: this.registerCount,
      sharedInfo: this.request.shared,
      bytecodeArray: this.request.bytecodeArray,
    };
  }

  checkpoint(): void {
    if (!this.needsCheckpoint) return;
    this.needsCheckpoint = false;
    const offset = this.a.currentOffset;
    const state = this.frameState(offset, ignoreOutput, this.analysis.in(offset));
    const env = this.e;
    env.effect = this.graph.newNode('Checkpoint', undefined, [state, env.effect, env.control]);
  }

  frameStateAfter(combine: OutputFrameStateCombine): Node {
    const offset = this.a.currentOffset;
    return this.frameState(offset, combine, this.analysis.out(offset));
  }

  private buildFunctionEntryStackCheck(): void {
    const env = this.e;
    // Before any bytecode: all registers are dead, the bailout id is the function's entry.
    const state = this.entryFrameState();
    const node = this.graph.newNode('JSStackCheck', 'functionEntry', [env.context, state, env.effect, env.control]);
    env.effect = node;
    env.control = node;
    this.needsCheckpoint = true;
  }

  private entryFrameState(): Node {
    const first = this.analysis.in(0);
    return this.frameState(-1, ignoreOutput, first);
  }

  private buildIterationStackCheck(offset: number): void {
    const env = this.e;
    const state = this.frameState(offset, ignoreOutput, this.analysis.in(offset));
    const node = this.graph.newNode('JSStackCheck', 'iteration', [env.context, state, env.effect, env.control]);
    env.effect = node;
    env.control = node;
    this.needsCheckpoint = true;
  }

  // --- nodes -----------------------------------------------------------------------------------------------------------

  feedback(slot: number): FeedbackSource {
    return { vector: this.request.feedbackVector, slot };
  }

  /** Makes a node with the inputs that its operator wants, wires effect, control and the exception handler. `combine` says where the result goes. */
  node<O extends Opcode>(
    opcode: O,
    parameter: ParameterOf<O>,
    values: readonly Node[],
    combine: OutputFrameStateCombine = pokeAt(0),
    counts?: Counts,
  ): Node {
    const env = this.e;
    const op = operator(
      opcode,
      parameter,
      counts ?? (rowOf(opcode).valueIn < 0 ? { valueIn: values.length } : undefined),
    );
    const inputs: Node[] = [...values];
    if (op.contextIn > 0) inputs.push(env.context);
    if (op.frameStateIn > 0) inputs.push(this.frameStateAfter(combine));
    if (op.effectIn > 0) inputs.push(env.effect);
    if (op.controlIn > 0) inputs.push(env.control);
    const node = this.graph.newNodeWithOperator(op, inputs);
    if (op.effectOut > 0 && op.effectIn > 0) {
      env.effect = node;
      if (!op.row.noWrite) this.needsCheckpoint = true;
    }
    if (op.controlOut > 0) env.control = node;
    if (!op.row.noThrow && op.controlOut > 0) this.buildExceptionEdge(node);
    return node;
  }

  private buildExceptionEdge(node: Node): void {
    const handler = this.analysis.handlerAt(this.a.currentOffset);
    if (handler === undefined) return;
    const success = this.e.copy();
    const exception = this.graph.newNode('IfException', undefined, [node, node]);
    const env = this.e;
    env.effect = exception;
    env.control = exception;
    env.accumulator = exception;
    env.context = env.registers[handler.data]!;
    this.mergeInto(handler.handler);
    this.env = success;
    success.control = this.graph.newNode('IfSuccess', undefined, [node]);
  }

  register(operand: number): Node {
    return this.lookup(this.a.register(operand));
  }

  lookup(index: number): Node {
    if (index === CONTEXT_INDEX) return this.e.context;
    if (index === CLOSURE_INDEX) return this.closure;
    if (isParameter(index)) return this.e.parameters[registerToParameter(index)]!;
    return this.e.registers[index]!;
  }

  bind(index: number, node: Node): void {
    if (index === CONTEXT_INDEX) this.e.context = node;
    else if (isParameter(index)) this.e.parameters[registerToParameter(index)] = node;
    else this.e.registers[index] = node;
  }

  registerList(operand: number, count: number): Node[] {
    const first = this.a.register(operand);
    const out: Node[] = [];
    for (let i = 0; i < count; i++) out.push(this.lookup(isParameter(first) ? first - i : first + i));
    return out;
  }

  constantAt(index: number): Tagged {
    return this.broker.heap.getElement(this.constants, FixedArray.Elements, index);
  }

  constant(word: Tagged): Node {
    if ((word & 1) === 0) return this.graph.number(word >> 1);
    if (this.broker.isHeapNumber(word)) return this.graph.number(this.broker.heap.getF64(word, HeapNumber.Value));
    if (!this.broker.canEmbed(word)) throw new CompilationBailout('young constant');
    return this.graph.heapConstant(word);
  }

  set accumulator(node: Node) {
    this.e.accumulator = node;
  }
  get accumulator(): Node {
    return this.e.accumulator;
  }
  get undefinedNode(): Node {
    return this.graph.heapConstant(StaticRoot.Undefined);
  }
  boolean(value: boolean): Node {
    return this.graph.heapConstant(value ? StaticRoot.True : StaticRoot.False);
  }

  exit(node: Node): void {
    this.exits.push(node);
    this.env = undefined;
  }

  /** Unconditional eager bailout with the last checkpoint's state. */
  /** @param state where the frame goes on; as the last checkpoint says, unless it is given */
  buildDeopt(reason: DeoptimizeReason, state?: Node): void {
    this.checkpoint();
    const env = this.e;
    state ??= findFrameStateBefore(env.effect, this.graph);
    this.exit(this.graph.newNode('Deoptimize', { reason, feedback: undefined }, [state, env.effect, env.control]));
  }

  /** True if the operation has no feedback: then a bailout was built and the path ends. */
  deoptIfInsufficient(source: FeedbackSource, reason: DeoptimizeReason): boolean {
    if (!this.broker.isInsufficient(source)) return false;
    this.buildDeopt(reason);
    return true;
  }

  // --- control ----------------------------------------------------------------------------------------------------------

  jumpIf(condition: Node, target: number, negate = false, hint = BranchHint.None): void {
    const env = this.e;
    const branch = this.graph.newNode('Branch', { hint }, [condition, env.control]);
    const taken = env.copy();
    taken.control = this.graph.newNode(negate ? 'IfFalse' : 'IfTrue', undefined, [branch]);
    this.env = taken;
    this.mergeInto(target);
    this.env = env;
    env.control = this.graph.newNode(negate ? 'IfTrue' : 'IfFalse', undefined, [branch]);
    // The not-taken path must merge if the next bytecode is a target too: the walk does that.
  }

  referenceEqual(a: Node, b: Node): Node {
    return this.graph.newNode('ReferenceEqual', undefined, [a, b]);
  }

  toBoolean(node: Node): Node {
    return this.graph.newNode('ToBoolean', undefined, [node]);
  }

  // --- operations ---------------------------------------------------------------------------------------------------------

  runtime(name: string, args: readonly Node[]): Node {
    return this.node('JSCallRuntime', { name }, args);
  }

  private visit(): void {
    const visitor = visitors[this.a.bytecode];
    if (visitor === undefined)
      throw new CompilationBailout(`bytecode ${Bytecode[this.a.bytecode]} is not supported by the optimizer yet`);
    visitor(this, this.a);
  }

  get isStrict(): boolean {
    return (this.broker.sharedFlags(this.request.shared) & (1 << 5)) !== 0;
  }

  /** Where a result that goes to register `index` is placed after a lazy bailout. */
  combineFor(index: number): OutputFrameStateCombine {
    return pokeAt(this.registerCount - index);
  }
}

const parameterIndex = (parameter: number): number => -9 - parameter;

/** The frame state of the last checkpoint on the effect chain; for an eager bailout at `effect`. */
function findFrameStateBefore(effect: Node, graph: Graph): Node {
  let node = effect;
  for (let steps = 0; steps < 100_000; steps++) {
    if (node.opcode === 'Checkpoint') return node.inputs[0]!;
    if (node.opcode === 'Dead') return graph.dead;
    if (node.op.effectIn !== 1) throw new Error(`no checkpoint dominates ${effect}: the search ended at ${node}`);
    if (!node.op.row.noWrite) throw new Error(`no checkpoint between ${effect} and the write ${node}`);
    node = node.effect;
  }
  throw new Error('effect chain has a cycle');
}
