// EscapeAnalysisReducer (V8's name): takes the objects away that escape analysis found nobody sees. Loads become the values that the
// fields hold, stores and guards go, and frame states describe each object where they first mention it (ObjectState), and name it after
// that (ObjectId): so may objects hold each other. Elements of an arguments object stand in the frame already (ArgumentsElementsState).
//
// Invariant: a frame state is walked in the order in which its translation is written (graph/parameters.ts: writtenInputs).

import { FixedArray, StaticRoot } from '../../objects/index.ts';
import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { FrameStateInput, writtenInputs } from '../graph/parameters.ts';
import { type Type, Types, union } from '../graph/types.ts';
import { type Operator, operator } from '../operators/operators.ts';
import { EscapeAnalysis } from './escape-analysis.ts';

export class EscapeAnalysisReducer {
  private readonly graph: Graph;
  private readonly analysis: EscapeAnalysis;
  /** Copies of frame states and their lists, by what they are: many nodes have the same. */
  private readonly copies = new Map<string, Node>();
  private readonly ids = new Map<number, Node>();
  private readonly operatorIds = new Map<unknown, number>();

  constructor(graph: Graph) {
    this.graph = graph;
    this.analysis = new EscapeAnalysis(graph);
  }

  /** How many objects went. */
  run(): number {
    const { analysis } = this;
    this.graph.trim();
    if (!this.graph.reachable().some(({ opcode }) => opcode === 'Allocate')) return 0;
    analysis.run();
    const captured = [...analysis.allocations].filter(([, object]) => !object.hasEscaped);
    const isChanged = captured.length > 0;
    if (isChanged) {
      const states = this.graph.reachable().filter((n) => n.op.frameStateIn > 0 && n.opcode !== 'FrameState');
      for (const node of states) this.rewriteFrameState(node);
    }
    this.replaceNodes();
    for (const node of this.graph.reachable()) {
      if (node.opcode === 'NewArgumentsElements') this.captureArguments(node);
      else if (node.opcode === 'ArgumentsLength') this.describeLength(node);
    }
    this.typePhis();
    for (const [node] of captured) {
      if (node.opcode === 'FinishRegion') this.removeRegion(node);
      else if (node.opcode === 'TypeGuard') node.replaceUsesByKind(undefined, node.effect, undefined);
    }
    this.graph.trim();
    return new Set(captured.map(([, object]) => object)).size;
  }

  private replaceNodes(): void {
    const { analysis } = this;
    for (const node of [...analysis.replaced]) {
      const value = analysis.replacementOf(node)!.opcode === 'Dead' ? undefined : analysis.resolve(node);
      node.replaceUsesByKind(value, node.op.effectIn > 0 ? node.effect : undefined, undefined);
      node.kill();
    }
  }

  /** What a loop brings round counts too. */
  private typePhis(): void {
    const { phis } = this.analysis;
    for (const phi of phis) phi.type = Types.None;
    for (let isDone = false, turns = 0; !isDone; turns++) {
      isDone = true;
      for (const phi of phis) {
        const inputs = phi.inputs.slice(0, phi.op.valueIn).map(({ type }) => type ?? Types.Any);
        const type = turns > 8 ? Types.Any : inputs.reduce(union, Types.None);
        if (!isSameType(type, phi.type!)) isDone = false;
        phi.type = type;
      }
    }
  }

  private removeRegion(finish: Node): void {
    let begin = finish.effect;
    while (begin.opcode !== 'BeginRegion') begin = begin.effect;
    finish.replaceUsesByKind(undefined, begin.effect, undefined);
  }

  // --- arguments of the frame --------------------------------------------------------------------------------------------

  /** Elements that only loads and frame states see are never made: the loads read the frame, and a bailout makes them from it. */
  private captureArguments(node: Node): void {
    const { type, formal } = node.parameterOf('NewArgumentsElements');
    const users = node.uses.filter(({ index, user }) => !user.isEffectUse(index)).map(({ user }) => user);
    if (!users.every((user) => isState(user) || (type !== 'mapped' && isArgumentLoad(user, node)))) return;
    const skipped = type === 'rest' ? formal : 0;
    for (const user of users)
      if (!isState(user)) this.loadFromFrame(user, type === 'rest' ? formal : undefined, skipped);
    const state = this.graph.newNode('ArgumentsElementsState', type, []);
    node.replaceUsesByKind(state, node.effect, undefined);
    node.kill();
  }

  private loadFromFrame(load: Node, formal: number | undefined, skipped: number): void {
    const value =
      load.opcode === 'LoadField'
        ? formal === undefined
          ? this.graph.newNode('ArgumentsLength', undefined, [])
          : this.graph.newNode('RestLength', formal, [])
        : this.graph.newNode('LoadStackArgument', { skipped }, [load.value(1), load.effect, load.control]);
    value.type = load.opcode === 'LoadField' ? Types.ArgumentsLength : load.type;
    load.replaceUsesByKind(value, load.opcode === 'LoadField' ? load.effect : value, undefined);
    load.kill();
  }

  /** A bailout finds out for itself how many arguments there are. */
  private describeLength(length: Node): void {
    const states = length.uses.filter(({ user }) => isState(user));
    if (states.length === 0) return;
    const state = this.graph.newNode('ArgumentsLengthState', undefined, []);
    for (const { user, index } of states) user.replaceInput(index, state);
  }

  // --- frame states ----------------------------------------------------------------------------------------------------

  private rewriteFrameState(node: Node): void {
    const state = node.frameState;
    if (state.opcode !== 'FrameState') return;
    const rewritten = this.rewrite(state, node.effect, new Set());
    node.replaceInput(node.frameStateIndex, rewritten);
  }

  /** @param described the objects that have been mentioned before in the same translation */
  private rewrite(node: Node, effect: Node, described: Set<number>): Node {
    switch (node.opcode) {
      case 'FrameState': {
        const inputs = [...node.inputs];
        const written = writtenInputs[node.parameterOf('FrameState').type];
        for (const i of [FrameStateInput.Outer, ...written]) inputs[i] = this.rewrite(inputs[i]!, effect, described);
        // What no translation has may not name an object.
        for (const i of [FrameStateInput.Function, FrameStateInput.Context])
          if (!written.includes(i) && this.analysis.capturedObject(inputs[i]!) !== undefined)
            inputs[i] = this.graph.heapConstant(StaticRoot.Undefined);
        return this.copy(node, node.op, inputs);
      }
      case 'StateValues':
        return this.copy(
          node,
          node.op,
          node.inputs.map((input) => this.rewrite(input, effect, described)),
        );
      default:
        return this.describe(this.analysis.resolve(node), effect, described);
    }
  }

  /** A value of a frame state: an object that is not made by what it holds. */
  private describe(node: Node, effect: Node, described: Set<number>): Node {
    const object = this.analysis.capturedObject(node);
    if (object === undefined) return node;
    const { id } = object;
    if (described.has(id)) return this.idOf(id);
    described.add(id);
    const fields = this.analysis
      .fieldsOf(object, effect)
      .filter(({ opcode }) => opcode !== 'Dead')
      .map((field) => this.describe(field, effect, described));
    return this.copy(undefined, this.objectState(id, fields.length), fields);
  }

  private readonly objectStates = new Map<string, Operator>();
  private objectState(id: number, count: number): Operator {
    const key = `${id} ${count}`;
    const known = this.objectStates.get(key) ?? operator('ObjectState', { id }, { valueIn: count });
    this.objectStates.set(key, known);
    return known;
  }

  private idOf(id: number): Node {
    const known = this.ids.get(id) ?? this.graph.newNode('ObjectId', id, []);
    this.ids.set(id, known);
    return known;
  }

  /** A node like `original` with other inputs: itself where they are the same, and each other one once. */
  private copy(original: Node | undefined, op: Operator, inputs: readonly Node[]): Node {
    if (original !== undefined && inputs.every((input, i) => input === original.inputs[i])) return original;
    if (!this.operatorIds.has(op)) this.operatorIds.set(op, this.operatorIds.size);
    const key = `${this.operatorIds.get(op)}:${inputs.map(({ id }) => id)}`;
    const known = this.copies.get(key);
    if (known !== undefined) return known;
    const node = this.graph.newNodeWithOperator(op, inputs);
    node.type = original?.type;
    this.copies.set(key, node);
    return node;
  }
}

/** What a bailout reads. */
const isState = ({ opcode }: Node): boolean =>
  opcode === 'ObjectState' || opcode === 'StateValues' || opcode === 'FrameState';

/** A load of an element, or of how many there are. */
const isArgumentLoad = (user: Node, elements: Node): boolean =>
  user.inputs[0] === elements &&
  (user.opcode === 'LoadElement' ||
    (user.opcode === 'LoadField' && user.parameterOf('LoadField').offset === FixedArray.Length));

const isSameType = (a: Type, b: Type): boolean =>
  a.bits === b.bits && a.min === b.min && a.max === b.max && a.constant === b.constant;
