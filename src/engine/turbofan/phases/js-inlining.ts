// JSInliningHeuristic and JSInliner (V8's names): whether to put the callee's graph in the place of a call, and doing so.
//
// Inlining keeps frames: the callee's frame states have the call's frame state as outer state, with an
// InlinedExtraArguments state between where argument and parameter counts differ, and construct stub states for `new`.

import type { Tagged } from '../../heap/index.ts';
import {
  BytecodeArray,
  Code,
  CodeFlags,
  Context,
  FeedbackCell,
  FeedbackVector,
  InstanceType,
  isNative,
  JSFunction,
  MapObject,
  SharedFunctionFlags,
  SharedFunctionInfo,
  StaticRoot,
} from '../../objects/index.ts';
import { NativeContextSlot } from '../../runtime/index.ts';
import { Fields } from '../broker/access-builder.ts';
import { CompilationBailout, type HeapBroker } from '../broker/heap-broker.ts';
import { type BuildRequest, BytecodeGraphBuilder } from '../from-bytecode/bytecode-graph-builder.ts';
import { ParameterIndex, StateValuesCache } from '../graph/frame-states.ts';
import type { Graph } from '../graph/graph.ts';
import type { Editor, Reducer } from '../graph/graph-reducer.ts';
import type { Node } from '../graph/node.ts';
import { BranchHint, type FrameStateInfo, FrameStateType, ignoreOutput, pokeAt } from '../graph/parameters.ts';
import { Types } from '../graph/types.ts';
import { operator } from '../operators/operators.ts';
import type { InliningPosition } from '../pipeline-types.ts';
import { exceptionProjection, joinExceptions, wireExceptions } from './exceptions.ts';

/** V8's flags and their defaults. */
export interface InliningOptions {
  readonly enabled: boolean;
  readonly maxBytecodeSize: number; // --max-inlined-bytecode-size
  readonly maxCumulative: number; // --max-inlined-bytecode-size-cumulative
  readonly maxAbsolute: number; // --max-inlined-bytecode-size-absolute
  readonly reserveScaleFactor: number; // --reserve-inline-budget-scale-factor
  readonly smallSize: number; // --max-inlined-bytecode-size-small-total / small function
  readonly minFrequency: number; // --min-inlining-frequency
  /** --trace-turbo-inlining */
  readonly trace?: ((line: string) => void) | undefined;
}

export const defaultInliningOptions: InliningOptions = {
  enabled: true,
  maxBytecodeSize: 460,
  maxCumulative: 920,
  maxAbsolute: 4600,
  reserveScaleFactor: 1.2,
  smallSize: 27,
  minFrequency: 0.15,
};

/** V8's SharedFunctionInfo::Inlineability: the trace shows its numbers. */
enum Inlineability {
  HasNoBytecode = 4,
  ExceedsBytecodeLimit = 5,
  HasOptimizationDisabled = 7,
}

/** One function that a call site calls, whose graph can take the call's place. */
interface Inlinee {
  readonly shared: Tagged;
  readonly bytecode: Tagged;
  readonly vector: Tagged;
  /** The callee when it is one known function. */
  readonly fn: Tagged;
  readonly size: number;
  /** What its optimized code has inlined. */
  readonly inlinedSize: number;
}

interface Candidate {
  readonly node: Node;
  /** By target; undefined where one stays a call. */
  readonly inlinees: readonly (Inlinee | undefined)[];
  readonly size: number;
  readonly isSmall: boolean;
  readonly frequency: number;
}

/** What a call site may call; the vector is 0 where there is none. */
interface CallTarget {
  readonly fn: Tagged;
  readonly cell: Tagged;
  readonly vector: Tagged;
}

const maxCallPolymorphism = 4;
const maxInliningDepth = 50;

/** Collects candidates, and inlines the most frequent ones until the budget is used up. */
export class JSInliningHeuristic implements Reducer {
  readonly name = 'JSInliningHeuristic';
  private readonly graph: Graph;
  private readonly broker: HeapBroker;
  private readonly options: InliningOptions;
  private readonly candidates: Candidate[] = [];
  private readonly seen = new Set<Node>();
  /** What has been traced: the reducer comes by more than once. */
  private readonly told = new Set<Node>();
  private readonly shared: Tagged;
  /** Nothing is inlined into the library: what it calls counts, is optimized and left on its own, as under V8's builtins. */
  private readonly isEnabled: boolean;
  /** Bytes of bytecode that were inlined; those of the function itself are none of them. */
  total = 0;
  readonly inlinedFunctions: Tagged[] = [];
  readonly positions: InliningPosition[] = [];

  /** @param shared of the function that is compiled */
  constructor(graph: Graph, broker: HeapBroker, options: InliningOptions, shared: Tagged) {
    this.graph = graph;
    this.broker = broker;
    this.options = options;
    this.shared = shared;
    this.isEnabled = options.enabled && !isNative(broker.heap, shared);
  }

  reduce(node: Node, editor: Editor): Node | undefined {
    if ((node.opcode !== 'JSCall' && node.opcode !== 'JSConstruct') || !this.isEnabled) return undefined;
    if (this.total >= this.options.maxAbsolute || this.seen.has(node)) return undefined;
    const candidate = this.candidateOf(node);
    if (candidate === undefined) return undefined;
    this.seen.add(node);
    if (!Number.isNaN(candidate.frequency) && candidate.frequency < this.options.minFrequency) return undefined;
    // Small functions are inlined at once.
    if (candidate.isSmall) {
      this.options.trace?.(`Inlining small function(s) at call site #${node.id}:${node.opcode}`);
      return this.inlineCandidate(candidate, editor);
    }
    this.candidates.push(candidate);
    return undefined;
  }

  finalize(editor: Editor): void {
    this.candidates.sort(compareCandidates);
    if (this.options.trace !== undefined && this.candidates.length > 0) this.printCandidates(this.options.trace);
    while (this.candidates.length > 0) {
      const candidate = this.candidates.shift()!;
      if (candidate.node.inputs.length === 0) continue;
      const size = candidate.size * this.options.reserveScaleFactor;
      if (this.total + Math.trunc(size) > this.options.maxCumulative) continue;
      const node = candidate.node;
      const result = this.inlineCandidate(candidate, editor);
      if (result !== undefined) {
        if (result !== node) editor.replace(node, result);
        return;
      }
    }
  }

  /** V8's PrintCandidates. */
  private printCandidates(trace: (line: string) => void): void {
    trace(`${this.candidates.length} candidate(s) for inlining:`);
    for (const { node, frequency, inlinees } of this.candidates) {
      trace(
        `- candidate: ${node.opcode} node #${node.id} with frequency ${Number(frequency.toPrecision(6))}, ${inlinees.length} target(s):`,
      );
      for (const inlinee of inlinees) trace(`  - target: ${this.describedTarget(inlinee)}`);
    }
  }

  private describedTarget(inlinee: Inlinee | undefined): string {
    if (inlinee === undefined) return 'no bytecode';
    const existing =
      inlinee.inlinedSize === 0 ? '' : `, existing opt code's inlined bytecode size: ${inlinee.inlinedSize}`;
    return `${this.broker.described(inlinee.shared)}, bytecode size: ${inlinee.size}${existing}`;
  }

  /** Says once why a call site is none to inline at. */
  private refuse(node: Node, why: string): undefined {
    if (!this.told.has(node)) this.options.trace?.(why);
    return undefined;
  }

  /** What a call site calls: one function, or those that a Phi chooses from. */
  private targetsOf(node: Node): readonly CallTarget[] | undefined {
    const target = node.value(0);
    if (target.opcode !== 'Phi') {
      const one = this.targetOf(target);
      return one === undefined ? undefined : [one];
    }
    const values = target.inputs.slice(0, target.op.valueIn);
    if (node.opcode !== 'JSCall' || values.length > maxCallPolymorphism) return undefined;
    if (values.some((value) => value?.opcode !== 'HeapConstant')) return undefined;
    const targets = values.map((value) => this.targetOf(value!));
    return targets.every((one) => one !== undefined) ? targets : undefined;
  }

  private targetOf(target: Node): CallTarget | undefined {
    const { broker } = this;
    const { heap } = broker;
    let fn = 0;
    let cell = 0;
    if (target.opcode === 'HeapConstant') {
      fn = target.parameterOf('HeapConstant');
      if (!broker.isJSFunction(fn) || broker.rt.isForeign(fn)) return undefined;
      cell = heap.get(fn, JSFunction.FeedbackCell);
    } else if (target.opcode === 'CheckClosure') cell = target.parameterOf('CheckClosure').cell;
    else if (target.opcode === 'JSCreateClosure') cell = target.parameterOf('JSCreateClosure').feedbackCell;
    else return undefined;
    const value = heap.get(cell, FeedbackCell.Value);
    const hasVector = (value & 1) !== 0 && broker.mapOf(value) === StaticRoot.FeedbackVectorMap;
    return { fn, cell, vector: hasVector ? value : 0 };
  }

  /** V8's SharedFunctionInfo::GetInlineability, as far as there are such functions here. */
  private reasonAgainst(shared: Tagged, bytecode: Tagged): Inlineability | undefined {
    // Builtins of V8 have none: those that are written in JavaScript here are called, too.
    const isBuiltin = isNative(this.broker.heap, shared);
    if (bytecode === 0 || isBuiltin) return Inlineability.HasNoBytecode;
    if (this.broker.bytecodeLength(bytecode) > this.options.maxBytecodeSize) return Inlineability.ExceedsBytecodeLimit;
    const isDisabled = (this.broker.sharedFlags(shared) & SharedFunctionFlags.OptimizationDisabled) !== 0;
    return isDisabled ? Inlineability.HasOptimizationDisabled : undefined;
  }

  private candidateOf(node: Node): Candidate | undefined {
    const targets = this.targetsOf(node);
    if (targets === undefined) return undefined;
    const inlinees = targets.map((target) => this.inlineeOf(node, target));
    this.told.add(node);
    const known = inlinees.filter((inlinee) => inlinee !== undefined);
    if (known.length === 0) return undefined;
    const { frequency } = node.parameterOf('JSCall', 'JSConstruct');
    const sizes = known.map(({ size, inlinedSize }) => size + inlinedSize);
    const size = sizes.reduce((sum, one) => sum + one);
    return { node, inlinees, size, isSmall: sizes.every((one) => one <= this.options.smallSize), frequency };
  }

  private inlineeOf(node: Node, target: CallTarget): Inlinee | undefined {
    const { broker } = this;
    const { fn, vector } = target;
    if (vector === 0)
      return this.refuse(node, `Cannot consider ${broker.described(target.cell)} for inlining (no feedback vector)`);
    const shared = broker.heap.get(vector, FeedbackVector.SharedFunctionInfo);
    const bytecode = broker.bytecodeOf(shared);
    const reason = this.reasonAgainst(shared, bytecode);
    if (reason !== undefined)
      return this.refuse(node, `Cannot consider ${broker.described(shared)} for inlining (reason: ${reason})`);
    this.refuse(node, `Considering ${broker.described(shared)} for inlining with ${broker.described(vector)}`);
    const flags = broker.sharedFlags(shared);
    if (node.opcode === 'JSCall' && (flags & SharedFunctionFlags.ClassConstructor) !== 0) return undefined;
    if (node.opcode === 'JSConstruct') {
      if ((flags & SharedFunctionFlags.Constructible) === 0 || fn === 0) return undefined;
    }
    // f() in f() is not inlined; f() in g() in f() is.
    if (node.frameState.parameterOf('FrameState').sharedInfo === shared)
      return this.refuse(node, `Not considering call site #${node.id}:${node.opcode}, because of recursive inlining`);
    if (!broker.canEmbed(shared) || !broker.canEmbed(vector) || !broker.canEmbed(bytecode)) return undefined;
    const size = broker.bytecodeLength(bytecode);
    return { shared, bytecode, vector, fn, size, inlinedSize: this.inlinedSizeOf(fn) };
  }

  /** What the function's optimized code has inlined already: inlining it means to inline that too. */
  private inlinedSizeOf(fn: Tagged): number {
    if (fn === 0) return 0;
    const { heap } = this.broker;
    const code = heap.get(fn, JSFunction.Code);
    const flags = heap.getI32(code, Code.Flags) & (CodeFlags.IsTurbofanned | CodeFlags.MarkedForDeoptimization);
    return flags === CodeFlags.IsTurbofanned ? heap.getI32(code, Code.InlinedBytecodeSize) : 0;
  }

  private isTooDeep(node: Node): boolean {
    let depth = 0;
    for (let state = node.frameState; state.opcode === 'FrameState'; state = state.inputs[5]!)
      if (++depth > maxInliningDepth) return true;
    return false;
  }

  private inlineCandidate(candidate: Candidate, editor: Editor): Node | undefined {
    const [only, ...others] = candidate.inlinees;
    if (others.length === 0) return this.inline(candidate.node, only!, candidate.frequency, editor);
    const calls = this.dispatch(candidate, editor);
    const result = calls[0]!.uses.find(({ user }) => user.opcode === 'Phi')!.user;
    candidate.inlinees.forEach((inlinee, i) => {
      if (inlinee === undefined || this.total >= this.options.maxAbsolute) return;
      if (!candidate.isSmall && this.total >= this.options.maxCumulative) return;
      const call = calls[i]!;
      if (this.inline(call, inlinee, candidate.frequency, editor) !== undefined) call.kill();
    });
    return result;
  }

  /** A call of each target, joined again, in the place of the call of one of them. */
  private dispatch({ node, inlinees }: Candidate, editor: Editor): Node[] {
    const { graph } = this;
    const phi = node.value(0);
    const handler = exceptionProjection(node);
    let { control } = node;
    const calls = inlinees.map((_, i) => {
      const target = phi.inputs[i]!;
      let at = control;
      if (i < inlinees.length - 1) {
        const same = graph.newNode('ReferenceEqual', undefined, [phi, target]);
        const branch = graph.newNode('Branch', { hint: BranchHint.None }, [same, control]);
        at = graph.newNode('IfTrue', undefined, [branch]);
        control = graph.newNode('IfFalse', undefined, [branch]);
      }
      return this.callOf(node, target, at);
    });
    if (handler !== undefined) {
      const thrown = calls.map((call) => graph.newNode('IfException', undefined, [call, call]));
      joinExceptions(graph, thrown, handler, editor);
    }
    const exits = handler === undefined ? calls : calls.map((call) => graph.newNode('IfSuccess', undefined, [call]));
    const merge = graph.merge(exits);
    const value = graph.phi(calls, merge);
    editor.replaceWithValue(node, value, graph.effectPhi(calls, merge), merge);
    return calls;
  }

  private callOf(node: Node, target: Node, control: Node): Node {
    const inputs = [...node.inputs];
    inputs[0] = target;
    inputs[inputs.length - 1] = control;
    const call = this.graph.newNodeWithOperator(node.op, inputs);
    call.position = node.position;
    call.inliningId = node.inliningId;
    call.type = node.type;
    return call;
  }

  private inline(node: Node, inlinee: Inlinee, frequency: number, editor: Editor): Node | undefined {
    if (this.isTooDeep(node)) return undefined;
    const { shared, bytecode, vector } = inlinee;
    const { graph, broker } = this;
    const heap = broker.heap;
    const isConstruct = node.opcode === 'JSConstruct';
    const flags = broker.sharedFlags(shared);
    const isStrict = (flags & (SharedFunctionFlags.Strict | SharedFunctionFlags.Native)) !== 0;
    const parameterCount = heap.getI32(bytecode, BytecodeArray.ParameterCount);
    const args: Node[] = [];
    const target = node.value(0);
    const arity = node.op.valueIn - 2;
    const undefinedNode = graph.heapConstant(StaticRoot.Undefined);
    let receiver = isConstruct ? undefinedNode : node.value(1);
    for (let i = 0; i < arity; i++) args.push(node.value(2 + i));
    let effect = node.effect;
    let control = node.control;
    let outerState = node.frameState;
    const cache = new StateValuesCache(graph);

    if (!isConstruct && !isStrict) {
      const { convertMode } = node.parameterOf('JSCall');
      if (convertMode === 'nullOrUndefined' || isNullOrUndefined(receiver))
        receiver = graph.heapConstant(broker.intrinsic(NativeContextSlot.GlobalProxy));
      else if (!this.isReceiver(receiver, effect)) {
        const globalProxy = graph.heapConstant(broker.intrinsic(NativeContextSlot.GlobalProxy));
        receiver = graph.newNode('ConvertReceiver', convertMode, [receiver, globalProxy, effect, control]);
        effect = receiver;
      }
    }

    const inliningId = this.positions.length;
    const functionIndex = this.inlinedFunctions.push(shared) - 1;
    this.positions.push({ functionIndex, position: node.position, parentInliningId: node.inliningId });

    const isDerived = isConstruct && (flags & SharedFunctionFlags.DerivedConstructor) !== 0;
    if (isDerived) {
      receiver = graph.heapConstant(StaticRoot.TheHole);
      outerState = this.constructState(node, cache, args, FrameStateType.ConstructInvokeStub, shared, receiver);
    } else if (isConstruct) {
      // The implicit receiver is made before the constructor runs.
      const createState = this.constructState(node, cache, args, FrameStateType.ConstructCreateStub, shared);
      const create = graph.newNode('JSCreate', undefined, [
        target,
        node.value(1),
        node.context,
        createState,
        effect,
        control,
      ]);
      create.position = node.position;
      create.inliningId = node.inliningId;
      effect = create;
      control = create;
      receiver = create;
      this.moveException(node, create, editor);
      outerState = this.constructState(node, cache, args, FrameStateType.ConstructInvokeStub, shared, receiver);
    }

    if (arity + 1 !== parameterCount) {
      const info: FrameStateInfo = {
        type: FrameStateType.InlinedExtraArguments,
        bailoutId: -1,
        combine: ignoreOutput,
        parameterCount: arity + 1,
        localCount: 0,
        sharedInfo: shared,
        bytecodeArray: bytecode,
      };
      outerState = graph.newNode('FrameState', info, [
        cache.get([receiver, ...args]),
        cache.get([]),
        cache.get([undefined]),
        node.context,
        target,
        outerState,
      ]);
    }

    // The callee's context.
    let context: Node;
    if (inlinee.fn !== 0) context = graph.heapConstant(heap.get(inlinee.fn, JSFunction.Context));
    else {
      context = graph.newNode('LoadField', Fields.functionContext, [target, effect, control]);
      context.type = Types.OtherInternal;
      effect = context;
    }
    if (inlinee.fn !== 0 && !broker.canEmbed(heap.get(inlinee.fn, JSFunction.Context))) {
      context = graph.newNode('LoadField', Fields.functionContext, [target, effect, control]);
      effect = context;
    }

    const parameter = (index: number): Node => {
      if (index === ParameterIndex.Closure) return target;
      if (index === ParameterIndex.Context) return context;
      if (index === ParameterIndex.NewTarget) return isConstruct ? node.value(1) : undefinedNode;
      if (index === 0) return receiver;
      return args[index - 1] ?? undefinedNode;
    };
    const request: BuildRequest = {
      shared,
      bytecodeArray: bytecode,
      feedbackVector: vector,
      feedbackCellArray: heap.get(vector, FeedbackVector.ClosureFeedbackCells),
      osrOffset: -1,
      frequency,
      inliningId,
    };
    // A start of its own: two fresh nodes stand for effect and control until they are spliced.
    const start = graph.newNode('Start', undefined, []);
    let builder: BytecodeGraphBuilder;
    try {
      builder = new BytecodeGraphBuilder(broker, graph, request, start, outerState, parameter);
      builder.build();
    } catch (error) {
      if (!(error instanceof CompilationBailout)) throw error;
      this.positions.pop();
      this.inlinedFunctions.pop();
      if (isConstruct) throw new CompilationBailout(`inlining failed late: ${error.message}`);
      return undefined;
    }
    const before = graph.nodeCount;
    // Splice the start.
    start.moveWeakUses(undefined, effect, control);
    for (const use of [...start.uses])
      use.user.replaceInput(use.index, use.user.isEffectUse(use.index) ? effect : control);

    // Exceptions of the callee go to the caller's handler.
    const handler = exceptionProjection(node);
    const throwing: Node[] = [];
    if (handler !== undefined) {
      for (const n of this.calleeNodes(builder, start)) {
        if (n.op.row.noThrow || n.op.controlOut === 0 || n === control) continue;
        if (n.uses.some((u) => u.user.opcode === 'IfException' && u.user.isControlUse(u.index))) continue;
        throwing.push(n);
      }
    }

    if (isDerived) {
      for (const exit of builder.exits)
        if (exit.opcode === 'Return') throwing.push(this.checkDerivedResult(exit, node));
    }
    if (handler !== undefined) wireExceptions(graph, throwing, handler, editor);
    const values: Node[] = [];
    const effects: Node[] = [];
    const controls: Node[] = [];
    for (const exit of builder.exits) {
      if (exit.opcode === 'Return') {
        const value = exit.value(0);
        values.push(isConstruct && !isDerived ? this.constructResult(value, receiver) : value);
        effects.push(exit.effect);
        controls.push(exit.control);
        exit.kill();
      } else {
        graph.mergeToEnd(exit);
      }
    }
    if (values.length === 0) {
      editor.replaceWithValue(node, graph.dead, graph.dead, graph.dead);
      for (let id = before; id < graph.nodeCount; id++);
      this.revisitAll(editor);
      return graph.dead;
    }
    let value = values[0]!;
    let exitEffect = effects[0]!;
    let exitControl = controls[0]!;
    if (values.length > 1) {
      exitControl = graph.merge(controls);
      exitEffect = graph.effectPhi(effects, exitControl);
      value = graph.phi(values, exitControl);
    }
    this.total += inlinee.size;
    this.options.trace?.(
      `Inlining ${broker.described(shared)} into ${broker.described(this.shared)}${handler === undefined ? '' : ' (inside try-block)'}`,
    );
    this.dropExceptionProjection(node, editor);
    editor.replaceWithValue(node, value, exitEffect, exitControl);
    this.revisitAll(editor);
    return value;
  }

  private revisitAll(editor: Editor): void {
    for (const n of this.graph.reachable()) editor.revisit(n);
  }

  private isReceiver(node: Node, effect: Node): boolean {
    if (node.opcode === 'HeapConstant') return this.broker.instanceType(node.parameterOf('HeapConstant')) >= 0x400;
    if (
      node.opcode === 'JSCreate' ||
      node.opcode.startsWith('JSCreateLiteral') ||
      node.opcode === 'JSCreateEmptyLiteralObject'
    )
      return true;
    return this.isCheckedReceiver(node, effect, 200);
  }

  /** Whether maps were checked on the way here, or, where ways join, on each. */
  private isCheckedReceiver(node: Node, effect: Node, limit: number): boolean {
    let e = effect;
    for (let i = 0; i < limit; i++) {
      if (e.opcode === 'CheckMaps' && e.value(0) === node)
        return e
          .parameterOf('CheckMaps')
          .maps.every((m) => this.broker.heap.getU16(m, MapObject.InstanceType) >= InstanceType.FirstJSReceiver);
      if (e.opcode === 'EffectPhi' && e.control.opcode === 'Merge')
        return e.inputs.slice(0, e.op.effectIn).every((way) => this.isCheckedReceiver(node, way, limit >> 2));
      if (e.op.effectIn !== 1) return false;
      e = e.effect;
    }
    return false;
  }

  private constructState(
    node: Node,
    cache: StateValuesCache,
    args: readonly Node[],
    type: FrameStateType,
    shared: Tagged,
    receiver?: Node,
  ): Node {
    const graph = this.graph;
    // The new target takes the place of the receiver, which is yet to be made.
    const parameters = receiver === undefined ? [node.value(1), ...args] : [receiver];
    const info: FrameStateInfo = {
      type,
      bailoutId: -1,
      combine: ignoreOutput,
      parameterCount: parameters.length,
      localCount: 0,
      sharedInfo: shared,
      bytecodeArray: 0,
    };
    return graph.newNode('FrameState', info, [
      cache.get(parameters),
      cache.get([]),
      cache.get([]),
      graph.heapConstant(this.broker.rt.nativeContext),
      node.value(0),
      node.frameState,
    ]);
  }

  /** What a derived constructor returns is an object, or the construct stub throws: the node that does. */
  private checkDerivedResult(exit: Node, node: Node): Node {
    const { graph } = this;
    const isObject = graph.newNode('ObjectIsReceiver', undefined, [exit.value(0)]);
    const branch = graph.newNode('Branch', { hint: BranchHint.True }, [isObject, exit.control]);
    const name = 'ThrowConstructorReturnedNonObject';
    const failed = graph.newNode('IfFalse', undefined, [branch]);
    const thrown = graph.newNode('JSCallRuntime', { name }, [node.context, node.frameState, exit.effect, failed], {
      valueIn: 0,
    });
    thrown.position = node.position;
    thrown.inliningId = node.inliningId;
    graph.mergeToEnd(graph.newNode('Throw', undefined, [thrown, thrown]));
    exit.replaceInput(exit.controlIndex, graph.newNode('IfTrue', undefined, [branch]));
    return thrown;
  }

  /**
   * A constructor that returns an object returns it, else the receiver. Which of them is decided after typing, as in V8: a derived
   * constructor's check of the result then stays, and the instance escapes to it.
   */
  private constructResult(value: Node, receiver: Node): Node {
    const isObject = this.graph.newNode('ObjectIsReceiver', undefined, [value]);
    return this.graph.newNode('Select', undefined, [isObject, value, receiver]);
  }

  private moveException(_from: Node, _to: Node, _editor: Editor): void {
    // JSCreate of a base constructor with an initial map does not throw.
  }

  private dropExceptionProjection(node: Node, editor: Editor): void {
    const handler = exceptionProjection(node);
    if (handler !== undefined) editor.replace(handler, this.graph.dead);
  }

  private calleeNodes(builder: BytecodeGraphBuilder, start: Node): Node[] {
    const seen = new Set<Node>();
    const stack = [...builder.exits];
    const out: Node[] = [];
    while (stack.length > 0) {
      const n = stack.pop()!;
      if (seen.has(n) || n === start || n.id < start.id) continue;
      seen.add(n);
      out.push(n);
      for (const i of n.inputs) stack.push(i);
    }
    return out;
  }
}

/** Which is inlined first, as one is in each round: what is called most often for its size, of equal ones the latest. */
const compareCandidates = (a: Candidate, b: Candidate): number => {
  const [unknownA, unknownB] = [Number.isNaN(a.frequency), Number.isNaN(b.frequency)];
  if (unknownA || unknownB) return Number(unknownA) - Number(unknownB) || b.node.id - a.node.id;
  return b.frequency / b.size - a.frequency / a.size || b.node.id - a.node.id;
};

const isNullOrUndefined = (node: Node): boolean =>
  node.opcode === 'HeapConstant' &&
  [StaticRoot.Undefined, StaticRoot.Null].includes(node.parameterOf('HeapConstant') as StaticRoot);

export { Context, operator, pokeAt, SharedFunctionInfo };
