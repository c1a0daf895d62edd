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
  IntrinsicId,
  isParameter,
  NativeContextIndex,
  registerToParameter,
  runtimeFunctionName,
} from '../../bytecode/index.ts';
import { DeoptimizeReason } from '../../deoptimizer/index.ts';
import type { Tagged } from '../../heap/index.ts';
import { ByteArray, BytecodeArray, FixedArray, StaticRoot } from '../../objects/index.ts';
import { CompilationBailout, type HeapBroker } from '../broker/heap-broker.ts';
import { OsrIndex, ParameterIndex, StateValuesCache } from '../graph/frame-states.ts';
import type { Graph } from '../graph/graph.ts';
import { MachineTypes } from '../graph/machine-type.ts';
import type { Node } from '../graph/node.ts';
import {
  BranchHint,
  type CallParameters,
  type ConvertReceiverMode,
  type FeedbackSource,
  type FrameStateInfo,
  FrameStateType,
  ignoreOutput,
  type OutputFrameStateCombine,
  pokeAt,
} from '../graph/parameters.ts';
import { type Counts, type Opcode, operator, rowOf } from '../operators/operators.ts';
import { BytecodeAnalysis, type Liveness } from './bytecode-analysis.ts';
import { lowerBinary, lowerCompare } from './type-hint-lowering.ts';

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

  constructor(registers: Node[], parameters: Node[], accumulator: Node, context: Node, effect: Node, control: Node) {
    this.registers = registers;
    this.parameters = parameters;
    this.accumulator = accumulator;
    this.context = context;
    this.effect = effect;
    this.control = control;
  }

  copy(): Environment {
    return new Environment(
      [...this.registers],
      [...this.parameters],
      this.accumulator,
      this.context,
      this.effect,
      this.control,
    );
  }
}

export class BytecodeGraphBuilder {
  private readonly broker: HeapBroker;
  private readonly graph: Graph;
  private readonly request: BuildRequest;
  private readonly a: BytecodeArrayAccessor;
  private readonly analysis: BytecodeAnalysis;
  private readonly registerCount: number;
  private readonly parameterCount: number;
  private readonly stateValues: StateValuesCache;
  private readonly mergeEnvironments = new Map<number, Environment>();
  private env: Environment | undefined;
  private needsCheckpoint = true;
  private readonly start: Node;
  private readonly outerState: Node;
  /** Control nodes that leave the function: Return, Throw, Deoptimize, Terminate. */
  readonly exits: Node[] = [];
  private readonly positions: { offset: number; position: number }[];
  private readonly closure: Node;
  private readonly constants: Tagged;
  /** Value inputs of returns, for the inliner; and whether a register of generator state exists. */
  private readonly incomingNewTarget: number;

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
      const word = heap.get(constants, FixedArray.Elements + 4 * i);
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
    );
    if (this.analysis.hasGenerator) throw new CompilationBailout('generator functions are not optimized yet');
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
  }

  // --- the walk ------------------------------------------------------------------------------------------------------

  build(): void {
    this.graph.currentInliningId = this.request.inliningId;
    let first = 0;
    if (this.request.osrOffset >= 0) first = this.enterAtOsrLoop();
    else this.buildFunctionEntryStackCheck();
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
      if (loop !== undefined) this.prepareForLoop(offset, loop.assigned);
      this.visit();
      if (this.env !== undefined) {
        // Falling into a merge.
        this.a.setOffset(offset);
        const next = this.a.nextOffset;
        if (this.analysis.forwardTargets.has(next) && this.mergeEnvironments.has(next)) this.mergeInto(next);
      }
    }
  }

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

  private get e(): Environment {
    return this.env!;
  }

  // --- environments ----------------------------------------------------------------------------------------------------

  private mergeInto(offset: number): void {
    const env = this.e;
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

  private get optimizedOut(): Node {
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
    this.loopEnvironments.set(offset, env.copy());
    this.needsCheckpoint = true;
  }

  private readonly loopEnvironments = new Map<number, Environment>();

  private visitJumpLoop(): void {
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

  private frameState(bailoutId: number, combine: OutputFrameStateCombine, live: Liveness | undefined): Node {
    const env = this.e;
    const registers: (Node | undefined)[] = env.registers.map((node, i) =>
      live !== undefined && !live.has(i) ? undefined : node,
    );
    const accumulatorLive = (live === undefined || live.accumulator) && combine.kind === 'Ignore';
    const info: FrameStateInfo = {
      type: FrameStateType.Unoptimized,
      bailoutId,
      combine,
      parameterCount: this.parameterCount,
      localCount: this.registerCount,
      sharedInfo: this.request.shared,
      bytecodeArray: this.request.bytecodeArray,
    };
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

  private checkpoint(): void {
    if (!this.needsCheckpoint) return;
    this.needsCheckpoint = false;
    const offset = this.a.currentOffset;
    const state = this.frameState(offset, ignoreOutput, this.analysis.in(offset));
    const env = this.e;
    env.effect = this.graph.newNode('Checkpoint', undefined, [state, env.effect, env.control]);
  }

  private frameStateAfter(combine: OutputFrameStateCombine): Node {
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

  private feedback(slot: number): FeedbackSource {
    return { vector: this.request.feedbackVector, slot };
  }

  /** Makes a node with the inputs that its operator wants, wires effect, control and the exception handler. `combine` says where the result goes. */
  private node(
    opcode: Opcode,
    parameter: unknown,
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

  private register(operand: number): Node {
    return this.lookup(this.a.register(operand));
  }

  private lookup(index: number): Node {
    if (index === CONTEXT_INDEX) return this.e.context;
    if (index === CLOSURE_INDEX) return this.closure;
    if (isParameter(index)) return this.e.parameters[registerToParameter(index)]!;
    return this.e.registers[index]!;
  }

  private bind(index: number, node: Node): void {
    if (index === CONTEXT_INDEX) this.e.context = node;
    else if (isParameter(index)) this.e.parameters[registerToParameter(index)] = node;
    else this.e.registers[index] = node;
  }

  private registerList(operand: number, count: number): Node[] {
    const first = this.a.register(operand);
    const out: Node[] = [];
    for (let i = 0; i < count; i++) out.push(this.lookup(isParameter(first) ? first - i : first + i));
    return out;
  }

  private constantAt(index: number): Tagged {
    return this.broker.heap.get(this.constants, FixedArray.Elements + 4 * index);
  }

  private constant(word: Tagged): Node {
    if ((word & 1) === 0) return this.graph.number(word >> 1);
    if (this.broker.isHeapNumber(word)) return this.graph.number(this.broker.heap.getF64(word, 8));
    if (!this.broker.canEmbed(word)) throw new CompilationBailout('young constant');
    return this.graph.heapConstant(word);
  }

  private set accumulator(node: Node) {
    this.e.accumulator = node;
  }
  private get accumulator(): Node {
    return this.e.accumulator;
  }
  private get undefinedNode(): Node {
    return this.graph.heapConstant(StaticRoot.Undefined);
  }
  private boolean(value: boolean): Node {
    return this.graph.heapConstant(value ? StaticRoot.True : StaticRoot.False);
  }

  private exit(node: Node): void {
    this.exits.push(node);
    this.env = undefined;
  }

  /** Unconditional eager bailout with the last checkpoint's state. */
  private buildDeopt(reason: DeoptimizeReason): void {
    this.checkpoint();
    const env = this.e;
    const state = findFrameStateBefore(env.effect, this.graph);
    this.exit(this.graph.newNode('Deoptimize', { reason, feedback: undefined }, [state, env.effect, env.control]));
  }

  /** True if the operation has no feedback: then a bailout was built and the path ends. */
  private deoptIfInsufficient(source: FeedbackSource, reason: DeoptimizeReason): boolean {
    if (!this.broker.isInsufficient(source)) return false;
    this.buildDeopt(reason);
    return true;
  }

  // --- control ----------------------------------------------------------------------------------------------------------

  private jumpIf(condition: Node, target: number, negate = false, hint = BranchHint.None): void {
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

  private referenceEqual(a: Node, b: Node): Node {
    return this.graph.newNode('ReferenceEqual', undefined, [a, b]);
  }

  private toBoolean(node: Node): Node {
    return this.graph.newNode('ToBoolean', undefined, [node]);
  }

  // --- operations ---------------------------------------------------------------------------------------------------------

  private speculate(opcode: Opcode, hint: unknown, values: readonly Node[]): Node {
    return this.node(opcode, hint, values);
  }

  private binary(opcode: Opcode, left: Node, right: Node, slot: number): void {
    this.checkpoint();
    const source = this.feedback(slot);
    const lowering = lowerBinary(this.broker, opcode, source);
    if (lowering.kind === 'deopt') this.buildDeopt(lowering.reason);
    else if (lowering.kind === 'speculative')
      this.accumulator = this.speculate(lowering.opcode, { hint: lowering.hint, feedback: source }, [left, right]);
    else this.accumulator = this.node(opcode, { feedback: source }, [left, right]);
  }

  private compare(opcode: Opcode, left: Node, right: Node, slot: number): void {
    this.checkpoint();
    const source = this.feedback(slot);
    const lowering = lowerCompare(this.broker, opcode, source);
    if (lowering.kind === 'deopt') this.buildDeopt(lowering.reason);
    else if (lowering.kind === 'speculative')
      this.accumulator = this.speculate(
        lowering.opcode,
        { hint: lowering.hint, feedback: source },
        lowering.swap === true ? [right, left] : [left, right],
      );
    else this.accumulator = this.node(opcode, { feedback: source }, [left, right]);
  }

  /** Inc, Dec, Negate and BitwiseNot become binary operations with their feedback (V8: ReduceUnaryOperation). */
  private unary(opcode: Opcode, slot: number): void {
    this.checkpoint();
    const source = this.feedback(slot);
    if (this.deoptIfInsufficient(source, DeoptimizeReason.InsufficientTypeFeedbackForUnaryOperation)) return;
    const operand = this.accumulator;
    const [binary, constant]: [Opcode, number] =
      opcode === 'JSIncrement'
        ? ['JSAdd', 1]
        : opcode === 'JSDecrement'
          ? ['JSSubtract', 1]
          : opcode === 'JSNegate'
            ? ['JSMultiply', -1]
            : ['JSBitwiseXor', -1];
    const lowering = lowerBinary(this.broker, binary, source);
    if (lowering.kind === 'speculative' && !lowering.opcode.includes('BigInt'))
      this.accumulator = this.speculate(lowering.opcode, { hint: lowering.hint, feedback: source }, [
        operand,
        this.graph.number(constant),
      ]);
    else this.accumulator = this.node(opcode, { feedback: source }, [operand]);
  }

  private toNumber(opcode: 'JSToNumber' | 'JSToNumeric', slot: number): void {
    this.checkpoint();
    const source = this.feedback(slot);
    const lowering = lowerBinary(this.broker, 'JSMultiply', source);
    if (lowering.kind === 'deopt') this.buildDeopt(DeoptimizeReason.InsufficientTypeFeedbackForUnaryOperation);
    else if (lowering.kind === 'speculative' && !lowering.opcode.includes('BigInt'))
      this.accumulator = this.speculate('SpeculativeToNumber', { hint: lowering.hint, feedback: source }, [
        this.accumulator,
      ]);
    else this.accumulator = this.node(opcode, { feedback: source }, [this.accumulator]);
  }

  private call(
    target: Node,
    receiver: Node,
    args: readonly Node[],
    slot: number,
    convertMode: ConvertReceiverMode,
  ): void {
    this.checkpoint();
    const source = this.feedback(slot);
    if (this.deoptIfInsufficient(source, DeoptimizeReason.InsufficientTypeFeedbackForCall)) return;
    const parameter: CallParameters = {
      arity: 2 + args.length,
      feedback: source,
      convertMode,
      frequency: this.callFrequency(source),
    };
    this.accumulator = this.node('JSCall', parameter, [target, receiver, ...args]);
  }

  /** Calls of the site per invocation of the outermost function (V8: ComputeCallFrequency). */
  private callFrequency(source: FeedbackSource): number {
    const invocations = this.broker.heap.getI32(this.request.feedbackVector, 8);
    const count = this.broker.callFeedback(source).count;
    return invocations <= 0 ? this.request.frequency : (count / invocations) * this.request.frequency;
  }

  private runtime(name: string, args: readonly Node[]): Node {
    return this.node('JSCallRuntime', { name }, args);
  }

  private namedLoad(object: Node, name: Tagged, slot: number): void {
    this.checkpoint();
    const source = this.feedback(slot);
    if (this.deoptIfInsufficient(source, DeoptimizeReason.InsufficientTypeFeedbackForGenericNamedAccess)) return;
    this.accumulator = this.node('JSLoadNamed', { name, feedback: source, strict: false }, [object]);
  }

  private loadContext(context: Node, index: number, depth: number, immutable: boolean): Node {
    const env = this.e;
    const node = this.graph.newNode('JSLoadContext', { depth, index, immutable }, [context, env.effect]);
    env.effect = node;
    return node;
  }

  private storeContext(context: Node, index: number, depth: number, value: Node): void {
    const env = this.e;
    const node = this.graph.newNode('JSStoreContext', { depth, index, immutable: false }, [
      value,
      context,
      env.effect,
      env.control,
    ]);
    env.effect = node;
    this.needsCheckpoint = true;
  }

  private scriptContext(
    opcode: 'JSLoadScriptContext' | 'JSStoreScriptContext',
    context: Node,
    index: number,
    depth: number,
    values: readonly Node[],
  ): Node {
    this.checkpoint();
    const saved = this.e.context;
    this.e.context = context;
    const node = this.node(
      opcode,
      { depth, index, immutable: false },
      values,
      opcode === 'JSLoadScriptContext' ? pokeAt(0) : ignoreOutput,
    );
    this.e.context = saved;
    return node;
  }

  /** Throws through the runtime if `condition` holds. */
  private throwIf(condition: Node, name: string, args: readonly Node[]): void {
    const env = this.e;
    const branch = this.graph.newNode('Branch', { hint: BranchHint.False }, [condition, env.control]);
    const ok = env.copy();
    env.control = this.graph.newNode('IfTrue', undefined, [branch]);
    this.runtime(name, args);
    const end = this.e;
    this.exits.push(this.graph.newNode('Throw', undefined, [end.effect, end.control]));
    this.env = ok;
    ok.control = this.graph.newNode('IfFalse', undefined, [branch]);
    this.needsCheckpoint = true;
  }

  private strictEqualsHole(node: Node): Node {
    return this.referenceEqual(node, this.graph.heapConstant(StaticRoot.TheHole));
  }

  private createContext(opcode: Opcode, parameter: unknown, values: readonly Node[] = []): void {
    this.accumulator = this.node(opcode, parameter, values);
  }

  private closureCell(index: number): Tagged {
    return this.broker.heap.get(this.request.feedbackCellArray, FixedArray.Elements + 4 * index);
  }

  private visit(): void {
    const a = this.a;
    switch (a.bytecode) {
      case Bytecode.LdaZero:
        this.accumulator = this.graph.number(0);
        break;
      case Bytecode.LdaSmi:
        this.accumulator = this.graph.number(a.immediate(0));
        break;
      case Bytecode.LdaConstant:
        this.accumulator = this.constant(this.constantAt(a.unsigned(0)));
        break;
      case Bytecode.LdaUndefined:
        this.accumulator = this.undefinedNode;
        break;
      case Bytecode.LdaNull:
        this.accumulator = this.graph.heapConstant(StaticRoot.Null);
        break;
      case Bytecode.LdaTheHole:
        this.accumulator = this.graph.heapConstant(StaticRoot.TheHole);
        break;
      case Bytecode.LdaTrue:
        this.accumulator = this.boolean(true);
        break;
      case Bytecode.LdaFalse:
        this.accumulator = this.boolean(false);
        break;
      case Bytecode.Ldar:
        this.accumulator = this.register(0);
        break;
      case Bytecode.Star:
      case Bytecode.Star0:
      case Bytecode.Star1:
      case Bytecode.Star2:
      case Bytecode.Star3:
      case Bytecode.Star4:
      case Bytecode.Star5:
      case Bytecode.Star6:
      case Bytecode.Star7:
      case Bytecode.Star8:
      case Bytecode.Star9:
      case Bytecode.Star10:
      case Bytecode.Star11:
      case Bytecode.Star12:
      case Bytecode.Star13:
      case Bytecode.Star14:
      case Bytecode.Star15:
        this.bind(a.starTarget, this.accumulator);
        break;
      case Bytecode.Mov:
        this.bind(a.register(1), this.register(0));
        break;
      case Bytecode.PushContext:
        this.bind(a.register(0), this.e.context);
        this.e.context = this.accumulator;
        break;
      case Bytecode.PopContext:
        this.e.context = this.register(0);
        break;

      // contexts
      case Bytecode.LdaContextSlot:
      case Bytecode.LdaImmutableContextSlot:
        this.accumulator = this.loadContext(
          this.register(0),
          a.unsigned(1),
          a.unsigned(2),
          a.bytecode === Bytecode.LdaImmutableContextSlot,
        );
        break;
      case Bytecode.LdaCurrentContextSlot:
      case Bytecode.LdaImmutableCurrentContextSlot:
        this.accumulator = this.loadContext(
          this.e.context,
          a.unsigned(0),
          0,
          a.bytecode === Bytecode.LdaImmutableCurrentContextSlot,
        );
        break;
      case Bytecode.StaContextSlot:
        this.storeContext(this.register(0), a.unsigned(1), a.unsigned(2), this.accumulator);
        break;
      case Bytecode.StaCurrentContextSlot:
        this.storeContext(this.e.context, a.unsigned(0), 0, this.accumulator);
        break;
      case Bytecode.LdaScriptContextSlot:
        this.accumulator = this.scriptContext(
          'JSLoadScriptContext',
          this.register(0),
          a.unsigned(1),
          a.unsigned(2),
          [],
        );
        break;
      case Bytecode.LdaCurrentScriptContextSlot:
        this.accumulator = this.scriptContext('JSLoadScriptContext', this.e.context, a.unsigned(0), 0, []);
        break;
      case Bytecode.StaScriptContextSlot:
        this.scriptContext('JSStoreScriptContext', this.register(0), a.unsigned(1), a.unsigned(2), [this.accumulator]);
        break;
      case Bytecode.StaCurrentScriptContextSlot:
        this.scriptContext('JSStoreScriptContext', this.e.context, a.unsigned(0), 0, [this.accumulator]);
        break;
      case Bytecode.CreateFunctionContext:
        this.createContext('JSCreateFunctionContext', {
          scopeInfo: this.constantAt(a.unsigned(0)),
          slots: a.unsigned(1),
        });
        break;
      case Bytecode.CreateBlockContext:
        this.createContext('JSCreateBlockContext', { scopeInfo: this.constantAt(a.unsigned(0)), slots: 0 });
        break;
      case Bytecode.CreateCatchContext:
        this.createContext('JSCreateCatchContext', { scopeInfo: this.constantAt(a.unsigned(1)), slots: 1 }, [
          this.register(0),
        ]);
        break;
      case Bytecode.CreateWithContext:
        this.createContext('JSCreateWithContext', { scopeInfo: this.constantAt(a.unsigned(1)), slots: 1 }, [
          this.register(0),
        ]);
        break;

      // globals and properties
      case Bytecode.LdaGlobal:
      case Bytecode.LdaGlobalInsideTypeof: {
        this.checkpoint();
        const source = this.feedback(a.unsigned(1));
        this.accumulator = this.node(
          'JSLoadGlobal',
          {
            name: this.constantAt(a.unsigned(0)),
            feedback: source,
            insideTypeof: a.bytecode === Bytecode.LdaGlobalInsideTypeof,
          },
          [],
        );
        break;
      }
      case Bytecode.StaGlobal: {
        this.checkpoint();
        this.node(
          'JSStoreGlobal',
          { name: this.constantAt(a.unsigned(0)), feedback: this.feedback(a.unsigned(1)), strict: this.isStrict },
          [this.accumulator],
          ignoreOutput,
        );
        break;
      }
      case Bytecode.GetNamedProperty:
        this.namedLoad(this.register(0), this.constantAt(a.unsigned(1)), a.unsigned(2));
        break;
      case Bytecode.GetNamedPropertyFromSuper:
        this.checkpoint();
        this.accumulator = this.node(
          'JSLoadNamedFromSuper',
          { name: this.constantAt(a.unsigned(1)), feedback: this.feedback(a.unsigned(2)), strict: true },
          [this.register(0), this.accumulator],
        );
        break;
      case Bytecode.GetKeyedProperty: {
        this.checkpoint();
        const source = this.feedback(a.unsigned(1));
        if (this.deoptIfInsufficient(source, DeoptimizeReason.InsufficientTypeFeedbackForGenericKeyedAccess)) break;
        this.accumulator = this.node('JSLoadProperty', { feedback: source }, [this.register(0), this.accumulator]);
        break;
      }
      case Bytecode.GetEnumeratedKeyedProperty: {
        this.checkpoint();
        const source = this.feedback(a.unsigned(3));
        if (this.deoptIfInsufficient(source, DeoptimizeReason.InsufficientTypeFeedbackForGenericKeyedAccess)) break;
        this.accumulator = this.node('JSLoadProperty', { feedback: source }, [this.register(0), this.accumulator]);
        break;
      }
      case Bytecode.SetNamedProperty:
      case Bytecode.DefineNamedOwnProperty: {
        this.checkpoint();
        const source = this.feedback(a.unsigned(2));
        if (this.deoptIfInsufficient(source, DeoptimizeReason.InsufficientTypeFeedbackForGenericNamedAccess)) break;
        this.node(
          a.bytecode === Bytecode.SetNamedProperty ? 'JSSetNamedProperty' : 'JSDefineNamedOwnProperty',
          { name: this.constantAt(a.unsigned(1)), feedback: source, strict: this.isStrict },
          [this.register(0), this.accumulator],
          ignoreOutput,
        );
        break;
      }
      case Bytecode.SetKeyedProperty: {
        this.checkpoint();
        const source = this.feedback(a.unsigned(2));
        if (this.deoptIfInsufficient(source, DeoptimizeReason.InsufficientTypeFeedbackForGenericKeyedAccess)) break;
        this.node(
          'JSSetKeyedProperty',
          { feedback: source, strict: this.isStrict },
          [this.register(0), this.register(1), this.accumulator],
          ignoreOutput,
        );
        break;
      }
      case Bytecode.DefineKeyedOwnProperty: {
        this.checkpoint();
        const source = this.feedback(a.unsigned(3));
        if (this.deoptIfInsufficient(source, DeoptimizeReason.InsufficientTypeFeedbackForGenericKeyedAccess)) break;
        this.node(
          'JSDefineKeyedOwnProperty',
          { feedback: source, flags: a.unsigned(2) },
          [this.register(0), this.register(1), this.accumulator],
          ignoreOutput,
        );
        break;
      }
      case Bytecode.StaInArrayLiteral: {
        this.checkpoint();
        const source = this.feedback(a.unsigned(2));
        if (this.deoptIfInsufficient(source, DeoptimizeReason.InsufficientTypeFeedbackForGenericKeyedAccess)) break;
        this.node(
          'JSStoreInArrayLiteral',
          { feedback: source },
          [this.register(0), this.register(1), this.accumulator],
          ignoreOutput,
        );
        break;
      }
      case Bytecode.DefineKeyedOwnPropertyInLiteral:
        this.checkpoint();
        this.node(
          'JSDefineKeyedOwnPropertyInLiteral',
          { feedback: this.feedback(a.unsigned(3)), flags: a.unsigned(2) },
          [this.register(0), this.register(1), this.accumulator],
          ignoreOutput,
        );
        break;
      case Bytecode.DeletePropertyStrict:
      case Bytecode.DeletePropertySloppy:
        this.checkpoint();
        this.accumulator = this.node('JSDeleteProperty', { strict: a.bytecode === Bytecode.DeletePropertyStrict }, [
          this.register(0),
          this.accumulator,
        ]);
        break;
      case Bytecode.LdaLookupSlot:
        this.checkpoint();
        this.accumulator = this.runtime('LoadLookupSlot', [this.constant(this.constantAt(a.unsigned(0)))]);
        break;
      case Bytecode.LdaLookupSlotInsideTypeof:
        this.checkpoint();
        this.accumulator = this.runtime('LoadLookupSlotInsideTypeof', [this.constant(this.constantAt(a.unsigned(0)))]);
        break;

      // arithmetic
      case Bytecode.Add:
        this.binary('JSAdd', this.register(0), this.accumulator, a.unsigned(1));
        break;
      case Bytecode.Sub:
        this.binary('JSSubtract', this.register(0), this.accumulator, a.unsigned(1));
        break;
      case Bytecode.Mul:
        this.binary('JSMultiply', this.register(0), this.accumulator, a.unsigned(1));
        break;
      case Bytecode.Div:
        this.binary('JSDivide', this.register(0), this.accumulator, a.unsigned(1));
        break;
      case Bytecode.Mod:
        this.binary('JSModulus', this.register(0), this.accumulator, a.unsigned(1));
        break;
      case Bytecode.Exp:
        this.binary('JSExponentiate', this.register(0), this.accumulator, a.unsigned(1));
        break;
      case Bytecode.BitwiseOr:
        this.binary('JSBitwiseOr', this.register(0), this.accumulator, a.unsigned(1));
        break;
      case Bytecode.BitwiseXor:
        this.binary('JSBitwiseXor', this.register(0), this.accumulator, a.unsigned(1));
        break;
      case Bytecode.BitwiseAnd:
        this.binary('JSBitwiseAnd', this.register(0), this.accumulator, a.unsigned(1));
        break;
      case Bytecode.ShiftLeft:
        this.binary('JSShiftLeft', this.register(0), this.accumulator, a.unsigned(1));
        break;
      case Bytecode.ShiftRight:
        this.binary('JSShiftRight', this.register(0), this.accumulator, a.unsigned(1));
        break;
      case Bytecode.ShiftRightLogical:
        this.binary('JSShiftRightLogical', this.register(0), this.accumulator, a.unsigned(1));
        break;
      case Bytecode.AddSmi:
        this.binary('JSAdd', this.accumulator, this.graph.number(a.immediate(0)), a.unsigned(1));
        break;
      case Bytecode.SubSmi:
        this.binary('JSSubtract', this.accumulator, this.graph.number(a.immediate(0)), a.unsigned(1));
        break;
      case Bytecode.MulSmi:
        this.binary('JSMultiply', this.accumulator, this.graph.number(a.immediate(0)), a.unsigned(1));
        break;
      case Bytecode.DivSmi:
        this.binary('JSDivide', this.accumulator, this.graph.number(a.immediate(0)), a.unsigned(1));
        break;
      case Bytecode.ModSmi:
        this.binary('JSModulus', this.accumulator, this.graph.number(a.immediate(0)), a.unsigned(1));
        break;
      case Bytecode.ExpSmi:
        this.binary('JSExponentiate', this.accumulator, this.graph.number(a.immediate(0)), a.unsigned(1));
        break;
      case Bytecode.BitwiseOrSmi:
        this.binary('JSBitwiseOr', this.accumulator, this.graph.number(a.immediate(0)), a.unsigned(1));
        break;
      case Bytecode.BitwiseXorSmi:
        this.binary('JSBitwiseXor', this.accumulator, this.graph.number(a.immediate(0)), a.unsigned(1));
        break;
      case Bytecode.BitwiseAndSmi:
        this.binary('JSBitwiseAnd', this.accumulator, this.graph.number(a.immediate(0)), a.unsigned(1));
        break;
      case Bytecode.ShiftLeftSmi:
        this.binary('JSShiftLeft', this.accumulator, this.graph.number(a.immediate(0)), a.unsigned(1));
        break;
      case Bytecode.ShiftRightSmi:
        this.binary('JSShiftRight', this.accumulator, this.graph.number(a.immediate(0)), a.unsigned(1));
        break;
      case Bytecode.ShiftRightLogicalSmi:
        this.binary('JSShiftRightLogical', this.accumulator, this.graph.number(a.immediate(0)), a.unsigned(1));
        break;
      case Bytecode.Inc:
        this.unary('JSIncrement', a.unsigned(0));
        break;
      case Bytecode.Dec:
        this.unary('JSDecrement', a.unsigned(0));
        break;
      case Bytecode.Negate:
        this.unary('JSNegate', a.unsigned(0));
        break;
      case Bytecode.BitwiseNot:
        this.unary('JSBitwiseNot', a.unsigned(0));
        break;
      case Bytecode.ToBooleanLogicalNot:
        this.accumulator = this.graph.newNode('BooleanNot', undefined, [this.toBoolean(this.accumulator)]);
        break;
      case Bytecode.LogicalNot:
        this.accumulator = this.graph.newNode('BooleanNot', undefined, [this.accumulator]);
        break;
      case Bytecode.TypeOf:
        this.accumulator = this.graph.newNode('TypeOf', undefined, [this.accumulator]);
        break;
      case Bytecode.ToBoolean:
        this.accumulator = this.toBoolean(this.accumulator);
        break;
      case Bytecode.ToNumber:
        this.toNumber('JSToNumber', a.unsigned(0));
        break;
      case Bytecode.ToNumeric:
        this.toNumber('JSToNumeric', a.unsigned(0));
        break;
      case Bytecode.ToName:
        this.checkpoint();
        this.accumulator = this.node('JSToName', undefined, [this.accumulator]);
        break;
      case Bytecode.ToString:
        this.checkpoint();
        this.accumulator = this.node('JSToString', undefined, [this.accumulator]);
        break;
      case Bytecode.ToObject: {
        this.checkpoint();
        const object = this.node('JSToObject', undefined, [this.accumulator], this.combineFor(a.register(0)));
        this.bind(a.register(0), object);
        break;
      }

      // comparisons
      case Bytecode.TestEqual:
        this.compare('JSEqual', this.register(0), this.accumulator, a.unsigned(1));
        break;
      case Bytecode.TestEqualStrict:
        this.compare('JSStrictEqual', this.register(0), this.accumulator, a.unsigned(1));
        break;
      case Bytecode.TestLessThan:
        this.compare('JSLessThan', this.register(0), this.accumulator, a.unsigned(1));
        break;
      case Bytecode.TestGreaterThan:
        this.compare('JSGreaterThan', this.register(0), this.accumulator, a.unsigned(1));
        break;
      case Bytecode.TestLessThanOrEqual:
        this.compare('JSLessThanOrEqual', this.register(0), this.accumulator, a.unsigned(1));
        break;
      case Bytecode.TestGreaterThanOrEqual:
        this.compare('JSGreaterThanOrEqual', this.register(0), this.accumulator, a.unsigned(1));
        break;
      case Bytecode.TestReferenceEqual:
        this.accumulator = this.referenceEqual(this.register(0), this.accumulator);
        break;
      case Bytecode.TestInstanceOf: {
        this.checkpoint();
        const source = this.feedback(a.unsigned(1));
        if (this.deoptIfInsufficient(source, DeoptimizeReason.InsufficientTypeFeedbackForInstanceOf)) break;
        this.accumulator = this.node('JSInstanceOf', { feedback: source }, [this.register(0), this.accumulator]);
        break;
      }
      case Bytecode.TestIn:
        this.checkpoint();
        this.accumulator = this.node('JSHasProperty', { feedback: this.feedback(a.unsigned(1)) }, [
          this.accumulator,
          this.register(0),
        ]);
        break;
      case Bytecode.TestUndetectable:
        this.accumulator = this.graph.newNode('ObjectIsUndetectable', undefined, [this.accumulator]);
        break;
      case Bytecode.TestNull:
        this.accumulator = this.referenceEqual(this.accumulator, this.graph.heapConstant(StaticRoot.Null));
        break;
      case Bytecode.TestUndefined:
        this.accumulator = this.referenceEqual(this.accumulator, this.undefinedNode);
        break;
      case Bytecode.TestTypeOf:
        this.accumulator = this.testTypeOf(a.unsigned(0), this.accumulator);
        break;

      // calls
      case Bytecode.CallAnyReceiver: {
        const [receiver, ...args] = this.registerList(1, a.unsigned(2));
        this.call(this.register(0), receiver!, args, a.unsigned(3), 'any');
        break;
      }
      case Bytecode.CallProperty: {
        const [receiver, ...args] = this.registerList(1, a.unsigned(2));
        this.call(this.register(0), receiver!, args, a.unsigned(3), 'notNullOrUndefined');
        break;
      }
      case Bytecode.CallProperty0:
        this.call(this.register(0), this.register(1), [], a.unsigned(2), 'notNullOrUndefined');
        break;
      case Bytecode.CallProperty1:
        this.call(this.register(0), this.register(1), [this.register(2)], a.unsigned(3), 'notNullOrUndefined');
        break;
      case Bytecode.CallProperty2:
        this.call(
          this.register(0),
          this.register(1),
          [this.register(2), this.register(3)],
          a.unsigned(4),
          'notNullOrUndefined',
        );
        break;
      case Bytecode.CallUndefinedReceiver:
        this.call(
          this.register(0),
          this.undefinedNode,
          this.registerList(1, a.unsigned(2)),
          a.unsigned(3),
          'nullOrUndefined',
        );
        break;
      case Bytecode.CallUndefinedReceiver0:
        this.call(this.register(0), this.undefinedNode, [], a.unsigned(1), 'nullOrUndefined');
        break;
      case Bytecode.CallUndefinedReceiver1:
        this.call(this.register(0), this.undefinedNode, [this.register(1)], a.unsigned(2), 'nullOrUndefined');
        break;
      case Bytecode.CallUndefinedReceiver2:
        this.call(
          this.register(0),
          this.undefinedNode,
          [this.register(1), this.register(2)],
          a.unsigned(3),
          'nullOrUndefined',
        );
        break;
      case Bytecode.CallWithSpread: {
        this.checkpoint();
        const source = this.feedback(a.unsigned(3));
        if (this.deoptIfInsufficient(source, DeoptimizeReason.InsufficientTypeFeedbackForCall)) break;
        this.accumulator = this.node('JSCallWithSpread', { feedback: source }, [
          this.register(0),
          ...this.registerList(1, a.unsigned(2)),
        ]);
        break;
      }
      case Bytecode.CallRuntime:
        this.checkpoint();
        this.callRuntime(a.unsigned(0), this.registerList(1, a.unsigned(2)));
        break;
      case Bytecode.InvokeIntrinsic:
        this.checkpoint();
        this.accumulator = this.runtime(`_${IntrinsicId[a.unsigned(0)]}`, this.registerList(1, a.unsigned(2)));
        break;
      case Bytecode.CallJSRuntime: {
        this.checkpoint();
        const name =
          a.unsigned(0) === NativeContextIndex.reflect_apply ? 'TurbofanReflectApply' : 'TurbofanReflectConstruct';
        this.accumulator = this.runtime(name, this.registerList(1, a.unsigned(2)));
        break;
      }
      case Bytecode.Construct: {
        this.checkpoint();
        const source = this.feedback(a.unsigned(3));
        if (this.deoptIfInsufficient(source, DeoptimizeReason.InsufficientTypeFeedbackForConstruct)) break;
        const args = this.registerList(1, a.unsigned(2));
        this.accumulator = this.node(
          'JSConstruct',
          { arity: 2 + args.length, feedback: source, frequency: this.callFrequency(source) },
          [this.register(0), this.accumulator, ...args],
        );
        break;
      }
      case Bytecode.ConstructWithSpread: {
        this.checkpoint();
        const source = this.feedback(a.unsigned(3));
        if (this.deoptIfInsufficient(source, DeoptimizeReason.InsufficientTypeFeedbackForConstruct)) break;
        this.accumulator = this.node('JSConstructWithSpread', { feedback: source }, [
          this.register(0),
          this.accumulator,
          ...this.registerList(1, a.unsigned(2)),
        ]);
        break;
      }
      case Bytecode.GetSuperConstructor: {
        const node = this.node('JSGetSuperConstructor', undefined, [this.accumulator], this.combineFor(a.register(0)));
        this.bind(a.register(0), node);
        break;
      }
      case Bytecode.GetIterator:
        this.checkpoint();
        this.accumulator = this.node(
          'JSGetIterator',
          { load: this.feedback(a.unsigned(1)), call: this.feedback(a.unsigned(2)) },
          [this.register(0)],
        );
        break;

      // literals and closures
      case Bytecode.CreateRegExpLiteral:
        this.accumulator = this.node(
          'JSCreateLiteralRegExp',
          { constant: this.constantAt(a.unsigned(0)), feedback: this.feedback(a.unsigned(1)), flags: a.unsigned(2) },
          [],
        );
        break;
      case Bytecode.CreateArrayLiteral: {
        const source = this.feedback(a.unsigned(1));
        this.accumulator = this.node(
          'JSCreateLiteralArray',
          { constant: this.constantAt(a.unsigned(0)), feedback: source, flags: a.unsigned(2) },
          [],
        );
        break;
      }
      case Bytecode.CreateObjectLiteral: {
        const source = this.feedback(a.unsigned(1));
        this.accumulator = this.node(
          'JSCreateLiteralObject',
          { constant: this.constantAt(a.unsigned(0)), feedback: source, flags: a.unsigned(2) },
          [],
        );
        break;
      }
      case Bytecode.CreateEmptyArrayLiteral:
        this.accumulator = this.node('JSCreateEmptyLiteralArray', { feedback: this.feedback(a.unsigned(0)) }, []);
        break;
      case Bytecode.CreateEmptyObjectLiteral:
        this.accumulator = this.node('JSCreateEmptyLiteralObject', undefined, []);
        break;
      case Bytecode.CreateArrayFromIterable:
        this.checkpoint();
        this.accumulator = this.node('JSCreateArrayFromIterable', undefined, [this.accumulator]);
        break;
      case Bytecode.CloneObject:
        this.checkpoint();
        this.accumulator = this.node(
          'JSCloneObject',
          { feedback: this.feedback(a.unsigned(2)), flags: a.unsigned(1) },
          [this.register(0)],
        );
        break;
      case Bytecode.GetTemplateObject:
        this.accumulator = this.node(
          'JSGetTemplateObject',
          { constant: this.constantAt(a.unsigned(0)), feedback: this.feedback(a.unsigned(1)), flags: 0 },
          [],
        );
        break;
      case Bytecode.CreateClosure: {
        const shared = this.constantAt(a.unsigned(0));
        this.accumulator = this.node(
          'JSCreateClosure',
          { shared, feedbackCell: this.closureCell(a.unsigned(1)), pretenured: (a.unsigned(2) & 1) !== 0 },
          [],
        );
        break;
      }
      case Bytecode.CreateMappedArguments:
        this.accumulator = this.node('JSCreateArguments', 'mapped', []);
        break;
      case Bytecode.CreateUnmappedArguments:
        this.accumulator = this.node('JSCreateArguments', 'unmapped', []);
        break;
      case Bytecode.CreateRestParameter:
        this.accumulator = this.node('JSCreateArguments', 'rest', []);
        break;

      // for-in
      case Bytecode.ForInEnumerate:
        this.checkpoint();
        this.accumulator = this.node('JSForInEnumerate', undefined, [this.register(0)]);
        break;
      case Bytecode.ForInPrepare: {
        this.checkpoint();
        const source = this.feedback(a.unsigned(1));
        if (this.deoptIfInsufficient(source, DeoptimizeReason.InsufficientTypeFeedbackForForIn)) break;
        const first = a.register(0);
        const node = this.node('JSForInPrepare', { feedback: source }, [this.accumulator], this.combineFor(first));
        const control = this.e.control;
        for (let i = 0; i < 3; i++) this.bind(first + i, this.graph.projection(i, node, control));
        break;
      }
      case Bytecode.ForInNext: {
        this.checkpoint();
        const source = this.feedback(a.unsigned(3));
        if (this.deoptIfInsufficient(source, DeoptimizeReason.InsufficientTypeFeedbackForForIn)) break;
        const cacheType = a.register(2);
        this.accumulator = this.node('JSForInNext', { feedback: source }, [
          this.register(0),
          this.lookup(cacheType + 1),
          this.lookup(cacheType),
          this.register(1),
        ]);
        break;
      }
      case Bytecode.ForInStep: {
        this.checkpoint();
        const index = this.register(0);
        this.bind(
          a.register(0),
          this.node('SpeculativeSmallIntegerAdd', { hint: 'SignedSmall' }, [index, this.graph.number(1)]),
        );
        break;
      }

      // control
      case Bytecode.Jump:
      case Bytecode.JumpConstant:
        this.mergeInto(a.jumpTarget);
        break;
      case Bytecode.JumpLoop:
        this.visitJumpLoop();
        break;
      case Bytecode.JumpIfTrue:
      case Bytecode.JumpIfTrueConstant:
        this.jumpIf(this.accumulator, a.jumpTarget);
        break;
      case Bytecode.JumpIfFalse:
      case Bytecode.JumpIfFalseConstant:
        this.jumpIf(this.accumulator, a.jumpTarget, true);
        break;
      case Bytecode.JumpIfToBooleanTrue:
      case Bytecode.JumpIfToBooleanTrueConstant:
        this.jumpIf(this.toBoolean(this.accumulator), a.jumpTarget);
        break;
      case Bytecode.JumpIfToBooleanFalse:
      case Bytecode.JumpIfToBooleanFalseConstant:
        this.jumpIf(this.toBoolean(this.accumulator), a.jumpTarget, true);
        break;
      case Bytecode.JumpIfNull:
      case Bytecode.JumpIfNullConstant:
        this.jumpIf(this.referenceEqual(this.accumulator, this.graph.heapConstant(StaticRoot.Null)), a.jumpTarget);
        break;
      case Bytecode.JumpIfNotNull:
      case Bytecode.JumpIfNotNullConstant:
        this.jumpIf(
          this.referenceEqual(this.accumulator, this.graph.heapConstant(StaticRoot.Null)),
          a.jumpTarget,
          true,
        );
        break;
      case Bytecode.JumpIfUndefined:
      case Bytecode.JumpIfUndefinedConstant:
        this.jumpIf(this.referenceEqual(this.accumulator, this.undefinedNode), a.jumpTarget);
        break;
      case Bytecode.JumpIfNotUndefined:
      case Bytecode.JumpIfNotUndefinedConstant:
        this.jumpIf(this.referenceEqual(this.accumulator, this.undefinedNode), a.jumpTarget, true);
        break;
      case Bytecode.JumpIfUndefinedOrNull:
      case Bytecode.JumpIfUndefinedOrNullConstant: {
        const target = a.jumpTarget;
        this.jumpIf(this.referenceEqual(this.accumulator, this.undefinedNode), target);
        this.jumpIf(this.referenceEqual(this.accumulator, this.graph.heapConstant(StaticRoot.Null)), target);
        break;
      }
      case Bytecode.JumpIfJSReceiver:
      case Bytecode.JumpIfJSReceiverConstant:
        this.jumpIf(this.graph.newNode('ObjectIsReceiver', undefined, [this.accumulator]), a.jumpTarget);
        break;
      case Bytecode.JumpIfForInDone:
      case Bytecode.JumpIfForInDoneConstant:
        this.checkpoint();
        this.jumpIf(
          this.node('SpeculativeNumberEqual', { hint: 'SignedSmall' }, [this.register(1), this.register(2)]),
          a.jumpTarget,
        );
        break;
      case Bytecode.SwitchOnSmiNoFeedback: {
        const targets = a.jumpTableTargets();
        // Compared one by one; tables are small.
        for (const { caseValue, target } of targets)
          this.jumpIf(
            this.graph.newNode('NumberEqual', undefined, [this.accumulator, this.graph.number(caseValue)]),
            target,
          );
        break;
      }
      case Bytecode.Return: {
        const env = this.e;
        this.exit(this.graph.newNode('Return', undefined, [this.accumulator, env.effect, env.control], { valueIn: 1 }));
        break;
      }
      case Bytecode.Throw:
      case Bytecode.ReThrow: {
        this.runtime(a.bytecode === Bytecode.Throw ? 'Throw' : 'ReThrow', [this.accumulator]);
        const env = this.e;
        this.exit(this.graph.newNode('Throw', undefined, [env.effect, env.control]));
        break;
      }
      case Bytecode.ThrowReferenceErrorIfHole: {
        const value = this.accumulator;
        this.throwIf(this.strictEqualsHole(value), 'ThrowAccessedUninitializedVariable', [
          this.constant(this.constantAt(a.unsigned(0))),
        ]);
        break;
      }
      case Bytecode.ThrowSuperNotCalledIfHole:
        this.throwIf(this.strictEqualsHole(this.accumulator), 'ThrowSuperNotCalled', []);
        break;
      case Bytecode.ThrowSuperAlreadyCalledIfNotHole: {
        const isHole = this.strictEqualsHole(this.accumulator);
        this.throwIf(this.graph.newNode('BooleanNot', undefined, [isHole]), 'ThrowSuperAlreadyCalledError', []);
        break;
      }
      case Bytecode.ThrowIfNotSuperConstructor:
        this.checkpoint();
        this.node(
          'JSCallRuntime',
          { name: 'TurbofanThrowIfNotSuperConstructor' },
          [this.register(0), this.closure],
          ignoreOutput,
        );
        break;
      case Bytecode.SetPendingMessage: {
        const env = this.e;
        const old = this.graph.newNode('JSLoadMessage', undefined, [env.effect, env.control]);
        const store = this.graph.newNode('JSStoreMessage', undefined, [this.accumulator, old, env.control]);
        env.effect = store;
        this.accumulator = old;
        this.needsCheckpoint = true;
        break;
      }
      case Bytecode.Debugger:
        this.checkpoint();
        this.node('JSDebugger', undefined, [], ignoreOutput);
        break;
      case Bytecode.IncBlockCounter:
        break;
      default:
        throw new CompilationBailout(`bytecode ${Bytecode[a.bytecode]} is not supported by the optimizer yet`);
    }
  }

  private get isStrict(): boolean {
    return (this.broker.sharedFlags(this.request.shared) & (1 << 5)) !== 0;
  }

  /** Where a result that goes to register `index` is placed after a lazy bailout. */
  private combineFor(index: number): OutputFrameStateCombine {
    return pokeAt(this.registerCount - index);
  }

  private callRuntime(id: number, args: readonly Node[]): void {
    const name = runtimeFunctionName(id);
    if (name === 'DeoptimizeNow') {
      this.buildDeopt(DeoptimizeReason.DeoptimizeNow);
      return;
    }
    this.accumulator = this.runtime(name, args);
    if (/^(Throw(?!.*IfStrict$)|ReThrow|Abort)/.test(name)) {
      const env = this.e;
      this.exit(this.graph.newNode('Throw', undefined, [env.effect, env.control]));
    }
  }

  /** TestTypeOf literals, in V8's order. */
  private testTypeOf(literal: number, value: Node): Node {
    switch (literal) {
      case 0:
        return this.graph.newNode('ObjectIsNumber', undefined, [value]);
      case 1:
        return this.graph.newNode('ObjectIsString', undefined, [value]);
      case 2:
        return this.graph.newNode('ObjectIsSymbol', undefined, [value]);
      case 3:
        return this.graph.newNode('Select', undefined, [
          this.referenceEqual(value, this.boolean(true)),
          this.boolean(true),
          this.referenceEqual(value, this.boolean(false)),
        ]);
      case 4:
        return this.graph.newNode('ObjectIsBigInt', undefined, [value]);
      case 5:
        return this.graph.newNode('Select', undefined, [
          this.referenceEqual(value, this.graph.heapConstant(StaticRoot.Null)),
          this.boolean(false),
          this.graph.newNode('ObjectIsUndetectable', undefined, [value]),
        ]);
      case 6:
        return this.graph.newNode('ObjectIsDetectableCallable', undefined, [value]);
      case 7:
        return this.graph.newNode('Select', undefined, [
          this.graph.newNode('ObjectIsNonCallable', undefined, [value]),
          this.boolean(true),
          this.referenceEqual(value, this.graph.heapConstant(StaticRoot.Null)),
        ]);
      default:
        return this.boolean(false);
    }
  }
}

const parameterIndex = (parameter: number): number => -9 - parameter;

/** The frame state of the last checkpoint on the effect chain; for an eager bailout at `effect`. */
export function findFrameStateBefore(effect: Node, graph: Graph): Node {
  let node = effect;
  for (let steps = 0; steps < 100_000; steps++) {
    if (node.opcode === 'Checkpoint') return node.inputs[0]!;
    if (node.opcode === 'Dead') return graph.dead;
    if (node.op.effectIn !== 1) throw new Error(`no checkpoint dominates ${effect}: the search ended at ${node}`);
    if (!node.op.row.noWrite && node.opcode !== 'BeginRegion' && node.opcode !== 'FinishRegion')
      throw new Error(`no checkpoint between ${effect} and the write ${node}`);
    node = node.effect;
  }
  throw new Error('effect chain has a cycle');
}
