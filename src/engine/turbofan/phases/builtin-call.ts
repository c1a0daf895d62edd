// A call of a known builtin that is about to become operators: its arguments, and a place in the effect and control chain to put
// guards at. A guard that fails there forbids its call site to speculate (the feedback that it carries says which).

import { isStableMap, StaticRoot } from '../../objects/index.ts';
import type { HeapBroker } from '../broker/heap-broker.ts';
import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { BranchHint, type FeedbackSource } from '../graph/parameters.ts';
import { Types } from '../graph/types.ts';
import type { Opcode, ParameterOf } from '../operators/operators.ts';
import type { InferredMaps } from './map-inference.ts';
import { type Chain, PropertyAccessBuilder } from './property-access-builder.ts';

export class BuiltinCall {
  readonly graph: Graph;
  readonly broker: HeapBroker;
  readonly access: PropertyAccessBuilder;
  readonly feedback: FeedbackSource | undefined;
  readonly receiver: Node;
  /** How many arguments there are. */
  readonly count: number;
  readonly at: Chain;
  readonly node: Node;
  /** Operators without an effect, which constants may fold. */
  readonly made: Node[] = [];
  /** Operators that may throw where the call might have. */
  readonly throwing: Node[] = [];

  constructor(graph: Graph, broker: HeapBroker, node: Node) {
    const { feedback, arity } = node.parameterOf('JSCall');
    this.graph = graph;
    this.broker = broker;
    this.access = new PropertyAccessBuilder(graph, broker);
    this.node = node;
    this.feedback = feedback;
    this.receiver = node.value(1);
    this.count = arity - 2;
    this.at = { effect: node.effect, control: node.control };
  }

  argument(i: number, otherwise: Node = this.graph.heapConstant(StaticRoot.Undefined)): Node {
    return i < this.count ? this.node.value(2 + i) : otherwise;
  }

  pure<O extends Opcode>(opcode: O, ...inputs: Node[]): Node {
    const node = this.graph.newNode(opcode, undefined as ParameterOf<O>, inputs);
    this.made.push(node);
    return node;
  }

  /** An argument as a number: oddballs are numbers, too. */
  number(value: Node): Node {
    const hint = { hint: 'NumberOrOddball' as const, ...(this.feedback !== undefined && { feedback: this.feedback }) };
    this.at.effect = this.graph.newNode('SpeculativeToNumber', hint, [value, this.at.effect, this.at.control]);
    return this.at.effect;
  }

  smi(value: Node): Node {
    return this.access.check('CheckSmi', value, this.at, this.feedback);
  }

  string(value: Node): Node {
    return this.access.check('CheckString', value, this.at, this.feedback);
  }

  lengthOf(string: Node): Node {
    const length = this.pure('StringLength', string);
    length.type = Types.StringLength;
    return length;
  }

  /** @param convert −0 and strings that are indices are indices, too */
  bounds(index: Node, length: Node, convert = false): Node {
    this.at.effect = this.graph.newNode('CheckBounds', { feedback: this.feedback, convert }, [
      index,
      length,
      this.at.effect,
      this.at.control,
    ]);
    return this.at.effect;
  }

  /** The receiver has these maps from here on, by what is assumed rather than a guard; says whether it is (V8: RelyOnMapsPreferStability). */
  relyOn({ maps, isReliable }: InferredMaps): 'reliable' | 'stable' | 'checked' {
    if (isReliable) return 'reliable';
    if (maps.every((map) => isStableMap(this.broker.heap, map))) {
      for (const map of maps) this.broker.dependOnStableMap(map);
      return 'stable';
    }
    this.access.checkMaps(this.receiver, maps, this.at, this.feedback);
    return 'checked';
  }

  /** The builtin's call after all, at another place; it is not looked at again. */
  stay(c: Chain): Node {
    const { node, graph } = this;
    const { feedback: _, ...parameter } = node.parameterOf('JSCall');
    const inputs = [...node.inputs];
    inputs[node.effectIndex] = c.effect;
    inputs[node.controlIndex] = c.control;
    const call = graph.newNode('JSCall', { ...parameter, feedback: undefined }, inputs, { valueIn: node.op.valueIn });
    c.effect = call;
    c.control = call;
    this.throwing.push(call);
    return call;
  }

  /** `condition` ? `then` : `otherwise`, each at its own place. */
  either(
    condition: Node,
    hint: BranchHint,
    then: (at: Chain) => Node,
    otherwise: (at: Chain) => Node,
    c: Chain = this.at,
  ): Node {
    const { graph } = this;
    const branch = graph.newNode('Branch', { hint }, [condition, c.control]);
    const yes: Chain = { effect: c.effect, control: graph.newNode('IfTrue', undefined, [branch]) };
    const no: Chain = { effect: c.effect, control: graph.newNode('IfFalse', undefined, [branch]) };
    const values = [then(yes), otherwise(no)];
    this.access.join(yes, no);
    c.effect = yes.effect;
    c.control = yes.control;
    return graph.phi(values, c.control);
  }

  /** The i-th argument as a Smi, or something else where it is undefined. */
  smiUnlessUndefined(i: number, otherwise: Node): Node {
    if (i >= this.count) return otherwise;
    const { graph, at } = this;
    const value = this.argument(i);
    const isUndefined = this.pure('ReferenceEqual', value, graph.heapConstant(StaticRoot.Undefined));
    const branch = graph.newNode('Branch', { hint: BranchHint.False }, [isUndefined, at.control]);
    const before = at.effect;
    const absent = graph.newNode('IfTrue', undefined, [branch]);
    at.control = graph.newNode('IfFalse', undefined, [branch]);
    const checked = this.smi(value);
    at.control = graph.merge([absent, at.control]);
    at.effect = graph.effectPhi([before, at.effect], at.control);
    return graph.phi([otherwise, checked], at.control);
  }
}
