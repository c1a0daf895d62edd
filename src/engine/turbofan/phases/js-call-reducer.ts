// JSCallReducer (V8's name): what a call site calls, and builtins that become operators in the caller's code.

import { DeoptimizeReason } from '../../deoptimizer/index.ts';
import type { Tagged } from '../../heap/index.ts';
import { FeedbackCell, isConstructorMap, StaticRoot } from '../../objects/index.ts';
import { NativeContextSlot } from '../../runtime/index.ts';
import type { HeapBroker } from '../broker/heap-broker.ts';
import { stateValuesOf } from '../graph/frame-states.ts';
import type { Graph } from '../graph/graph.ts';
import type { Editor, Reducer } from '../graph/graph-reducer.ts';
import type { Node } from '../graph/node.ts';
import { FrameStateInput, FrameStateType } from '../graph/parameters.ts';
import { Types } from '../graph/types.ts';
import { operator } from '../operators/operators.ts';
import { BuiltinCall } from './builtin-call.ts';
import { builtinReductions } from './builtin-calls.ts';
import { exceptionProjection, wireExceptions } from './exceptions.ts';

/** Call targets from constants and feedback; builtins become operators (builtin-calls.ts). */
export class JSCallReducer implements Reducer {
  readonly name = 'JSCallReducer';
  private readonly graph: Graph;
  private readonly broker: HeapBroker;

  constructor(graph: Graph, broker: HeapBroker) {
    this.graph = graph;
    this.broker = broker;
  }

  reduce(node: Node, editor: Editor): Node | undefined {
    if (node.opcode === 'JSCall') return this.reduceCall(node, editor);
    if (node.opcode === 'JSConstruct') return this.reduceConstruct(node);
    if (node.opcode === 'JSConstructForwardAllArgs') return this.reduceForwardAllArgs(node);
    return undefined;
  }

  private reduceCall(node: Node, editor: Editor): Node | undefined {
    const target = node.value(0);
    const p = node.parameterOf('JSCall');
    if (target.opcode === 'HeapConstant') return this.reduceKnown(node, editor, target.parameterOf('HeapConstant'));
    if (p.feedback === undefined || p.isUnrelated || !usesCallFeedback(target)) return undefined;
    const feedback = this.broker.callFeedback(p.feedback);
    if (feedback.kind === 'target' && this.broker.canEmbed(feedback.target)) {
      node.replaceInput(0, this.guardTarget(node, target, feedback.target));
      return node;
    }
    if (feedback.kind === 'cell' && this.broker.canEmbed(feedback.target)) {
      const value = this.broker.heap.get(feedback.target, FeedbackCell.Value);
      if ((value & 1) === 0 || this.broker.mapOf(value) !== StaticRoot.FeedbackVectorMap) return undefined;
      const parameter = { cell: feedback.target, feedback: undefined };
      const check = this.graph.newNode('CheckClosure', parameter, [target, node.effect, node.control]);
      check.type = Types.Callable;
      this.putBefore(node, check);
      node.replaceInput(0, check);
      return node;
    }
    return undefined;
  }

  /** The feedback is new.target: in a `super(…)` the target is known otherwise, or not at all. */
  private reduceConstruct(node: Node): Node | undefined {
    const { feedback } = node.parameterOf('JSConstruct');
    const newTarget = node.value(1);
    if (feedback === undefined) return undefined;
    const site = this.broker.arraySite(feedback);
    if (site !== 0) return this.constructArray(node, site);
    if (newTarget.opcode === 'HeapConstant') return undefined;
    const known = this.broker.callFeedback(feedback);
    if (known.kind !== 'target' || !this.broker.canEmbed(known.target)) return undefined;
    if (!isConstructorMap(this.broker.heap, this.broker.mapOf(known.target))) return undefined;
    const constant = this.guardTarget(node, newTarget, known.target);
    if (node.value(0) === newTarget) node.replaceInput(0, constant);
    node.replaceInput(1, constant);
    return node;
  }

  /** In an inlined function the arguments are the call's. */
  private reduceForwardAllArgs(node: Node): Node | undefined {
    const state = node.frameState;
    const outer = state.inputs[FrameStateInput.Outer]!;
    if (outer.opcode !== 'FrameState') return undefined;
    const own = outer.parameterOf('FrameState').type === FrameStateType.InlinedExtraArguments ? outer : state;
    const values = stateValuesOf(own.inputs[FrameStateInput.Parameters]!).slice(1);
    const args = values.map((value) => value?.node ?? this.graph.heapConstant(StaticRoot.Undefined));
    const parameter = { ...node.parameterOf('JSConstructForwardAllArgs'), arity: 2 + args.length };
    args.forEach((arg, i) => void node.insertInput(2 + i, arg));
    node.op = operator('JSConstruct', parameter, { valueIn: 2 + args.length });
    return node;
  }

  /** A construct call that has made nothing but arrays. */
  private constructArray(node: Node, site: Tagged): Node {
    const array = this.broker.intrinsic(NativeContextSlot.ArrayFunction);
    if (!isConstant(node.value(0), array)) this.guardTarget(node, node.value(0), array);
    return this.asArray(node, site);
  }

  /** The call, or construct call, of Array is an array of its arguments. @param site 0: it has none */
  private asArray(node: Node, site: Tagged): Node {
    const arity = node.op.valueIn - 2;
    node.removeInput(1);
    node.removeInput(0);
    node.op = operator('JSConstructArray', { site, arity }, { valueIn: arity });
    return node;
  }

  /** What the call always had in the place of `actual`, and before the call the guard that it still is that. */
  private guardTarget(node: Node, actual: Node, callee: Tagged): Node {
    const known = this.graph.heapConstant(callee);
    const same = this.graph.newNode('ReferenceEqual', undefined, [actual, known]);
    const parameter = { reason: DeoptimizeReason.WrongCallTarget, feedback: undefined };
    this.putBefore(node, this.graph.newNode('CheckIf', parameter, [same, node.effect, node.control]));
    return known;
  }

  /** `f.call(receiver, …)` calls f itself. */
  private reduceFunctionCall(node: Node): Node {
    const p = node.parameterOf('JSCall');
    const hasReceiver = p.arity > 2;
    if (hasReceiver) node.removeInput(0);
    else {
      node.replaceInput(0, node.value(1));
      node.replaceInput(1, this.graph.heapConstant(StaticRoot.Undefined));
    }
    const arity = hasReceiver ? p.arity - 1 : p.arity;
    const convertMode = hasReceiver ? 'any' : 'nullOrUndefined';
    node.op = operator('JSCall', { ...p, arity, convertMode, isUnrelated: true }, { valueIn: arity });
    return node;
  }

  private putBefore(node: Node, check: Node): void {
    check.position = node.position;
    check.inliningId = node.inliningId;
    node.replaceInput(node.effectIndex, check);
  }

  private reduceKnown(node: Node, editor: Editor, fn: Tagged): Node | undefined {
    if (!this.broker.isJSFunction(fn) || this.broker.rt.isForeign(fn)) return undefined;
    const { feedback } = node.parameterOf('JSCall');
    if (this.broker.builtinName(fn) === 'Function.prototype.call') return this.reduceFunctionCall(node);
    if (fn === this.broker.intrinsic(NativeContextSlot.ArrayFunction)) return this.asArray(node, 0);
    if (feedback !== undefined && this.broker.disallowsSpeculation(feedback)) return undefined;
    const reduction = builtinReductions[this.broker.builtinName(fn)];
    if (reduction === undefined) return undefined;
    const call = new BuiltinCall(this.graph, this.broker, node);
    const value = reduction(call);
    if (value === undefined) return undefined;
    const handler = exceptionProjection(node);
    if (handler !== undefined) wireExceptions(this.graph, call.throwing, handler, editor);
    editor.replaceWithValue(node, value, call.at.effect, call.at.control);
    for (const made of call.made) editor.revisit(made);
    return value;
  }
}

const isConstant = (node: Node, word: Tagged): boolean =>
  node.opcode === 'HeapConstant' && node.parameterOf('HeapConstant') === word;

/** Not where the function is known, nor where a loop may have changed it (V8: ShouldUseCallICFeedback). */
function usesCallFeedback(target: Node): boolean {
  switch (target.opcode) {
    case 'HeapConstant':
    case 'CheckClosure':
    case 'JSCreateClosure':
      return false;
    case 'Phi':
      if (target.control.opcode === 'Loop' || target.control.opcode === 'Dead') return false;
      return target.inputs.slice(0, target.op.valueIn).some(usesCallFeedback);
    default:
      return true;
  }
}
