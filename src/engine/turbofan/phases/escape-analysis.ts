// EscapeAnalysis (V8: escape-analysis.cc): which allocated objects nobody else ever sees, and what their fields hold after each effect.
//
//   VirtualObject     an Allocate, with a variable per word
//   State             after an effect node: the value of each variable; nobody where the object does not exist yet
//   replacement       of a node whose value or effect is not needed any more: a value; Dead where it had none
//
// One forward walk over the graph, from End up, inputs before users. What it finds out of a node makes those that looked at it be visited
// again, until nothing changes: objects only ever begin to escape, so it ends. An object that escapes makes everything that it holds
// escape; functions and contexts are objects like others. escape-analysis-reducer.ts then changes the graph.

import { StaticRoot } from '../../objects/index.ts';
import { stateValuesOf } from '../graph/frame-states.ts';
import type { Graph } from '../graph/graph.ts';
import { MachineTypes, Rep } from '../graph/machine-type.ts';
import type { Node } from '../graph/node.ts';
import { type ElementAccess, FrameStateInput, FrameStateType } from '../graph/parameters.ts';
import { is, Types } from '../graph/types.ts';

const wordSize = 4;
/** Words of all objects together (V8: kTrackingBudget). */
const maxVariables = 600;
/** Nodes to visit, for each that there is: more is a fault, and ends the compilation as one. */
const maxVisits = 100;

export class VirtualObject {
  readonly id: number;
  readonly firstVariable: number;
  readonly words: number;
  hasEscaped = false;
  /** Nodes that looked at it while it had not escaped. */
  readonly dependents = new Set<Node>();

  constructor(id: number, firstVariable: number, words: number) {
    this.id = id;
    this.firstVariable = firstVariable;
    this.words = words;
  }

  /** The variable of the field at an offset. */
  variableAt(offset: number): number | undefined {
    if (offset < 0 || offset % wordSize !== 0 || offset >= this.words * wordSize) return undefined;
    return this.firstVariable + offset / wordSize;
  }
}

/** Values by variable. */
type State = readonly (Node | undefined)[];
const nothing: State = [];

enum Visit {
  Unvisited,
  OnStack,
  Revisit,
  Visited,
}

export class EscapeAnalysis {
  private readonly graph: Graph;
  private readonly objects = new Map<Node, VirtualObject>();
  private readonly replacements = new Map<Node, Node>();
  private readonly states = new Map<Node, State>();
  private readonly visits = new Map<Node, Visit>();
  private readonly again: Node[] = [];
  private readonly roots: Node[] = [];
  private nextVariable = 0;
  private nextObject = 0;
  /** Phis of fields, made where ways with different values meet. */
  readonly phis: Node[] = [];
  // The node that is visited.
  private node: Node;
  private state: State = nothing;

  constructor(graph: Graph) {
    this.graph = graph;
    this.node = graph.end;
  }

  run(): void {
    let left = maxVisits * this.graph.nodeCount;
    this.roots.push(this.graph.end);
    while (this.roots.length > 0 && left > 0) left = this.walk(this.roots.pop()!, left);
    if (left <= 0) throw new Error('escape analysis comes to no end');
  }

  // --- results ---------------------------------------------------------------------------------------------------------

  /** The object that a node is, if it is never made. */
  capturedObject(node: Node): VirtualObject | undefined {
    const object = this.objects.get(this.resolve(node));
    return object === undefined || object.hasEscaped ? undefined : object;
  }

  replacementOf(node: Node): Node | undefined {
    return this.replacements.get(node);
  }

  get replaced(): Iterable<Node> {
    return this.replacements.keys();
  }

  get allocations(): Iterable<[Node, VirtualObject]> {
    return this.objects;
  }

  /** What the object's words hold after an effect; Dead where one holds nothing. */
  fieldsOf({ firstVariable, words }: VirtualObject, effect: Node): Node[] {
    const state = this.stateAfter(effect);
    return Array.from({ length: words }, (_, i) => this.resolve(state[firstVariable + i] ?? this.graph.dead));
  }

  resolve(node: Node): Node {
    let known = node;
    for (let next = this.replacements.get(known); next !== undefined && next.opcode !== 'Dead'; )
      [known, next] = [next, this.replacements.get(next)];
    return known;
  }

  // --- the walk --------------------------------------------------------------------------------------------------------

  private walk(root: Node, visits: number): number {
    let left = visits;
    const nodes: Node[] = [];
    const next: number[] = [];
    const push = (node: Node): void => {
      this.visits.set(node, Visit.OnStack);
      nodes.push(node);
      next.push(0);
    };
    if ((this.visits.get(root) ?? Visit.Unvisited) !== Visit.Visited) push(root);
    while (nodes.length > 0 && left > 0) {
      const node = nodes.at(-1)!;
      const input = node.inputs[next[next.length - 1]!++];
      if (input !== undefined) {
        const visit = this.visits.get(input) ?? Visit.Unvisited;
        if (visit === Visit.Unvisited || visit === Visit.Revisit) push(input);
        continue;
      }
      nodes.pop();
      next.pop();
      left--;
      this.visit(node);
      this.visits.set(node, Visit.Visited);
      while (this.again.length > 0) {
        const node = this.again.pop()!;
        if (this.visits.get(node) === Visit.Revisit) push(node);
      }
    }
    return left;
  }

  private revisit(node: Node): void {
    if (this.visits.get(node) !== Visit.Visited) return;
    this.visits.set(node, Visit.Revisit);
    this.again.push(node);
  }

  private visit(node: Node): void {
    const object = this.objects.get(node);
    const replacement = this.replacements.get(node);
    const state = this.states.get(node) ?? nothing;
    this.node = node;
    this.state = this.stateBefore(node);
    this.replacements.delete(node);
    this.reduce(node);
    const hasNewValue = this.objects.get(node) !== object || this.replacements.get(node) !== replacement;
    const hasNewEffect = !isSame(this.state, state);
    if (hasNewEffect) this.states.set(node, this.state);
    if (!hasNewValue && !hasNewEffect) return;
    for (const { user, index } of node.uses)
      if (user.isEffectUse(index) ? hasNewEffect : hasNewValue) this.revisit(user);
  }

  private stateBefore(node: Node): State {
    if (node.opcode === 'EffectPhi') return this.join(node);
    return node.op.effectIn === 1 ? this.stateAfter(node.effect) : nothing;
  }

  private stateAfter(effect: Node): State {
    return this.states.get(effect) ?? nothing;
  }

  /** A variable has a value where every way there gives it one; into a loop, the way in. */
  private join(phi: Node): State {
    const merge = phi.control;
    const isLoop = merge.opcode === 'Loop';
    const ways = phi.inputs.slice(0, phi.op.effectIn).map((effect) => this.stateAfter(effect));
    const old = this.stateAfter(phi);
    return ways[0]!.map((first, variable) => {
      if (first === undefined) return undefined;
      const values = ways.map((way) => way[variable]);
      const own = old[variable];
      if (own?.opcode === 'Phi' && own.control === merge) return this.updated(own, values);
      const known = values.filter((value) => value !== undefined);
      if (known.length < values.length && !isLoop) return undefined;
      if (known.every((value) => value === first)) return first;
      return this.newPhi(values, merge);
    });
  }

  private newPhi(values: readonly (Node | undefined)[], merge: Node): Node {
    const inputs = values.map((value) => value ?? this.graph.dead);
    const phi = this.graph.phi(inputs, merge, MachineTypes.AnyTagged);
    phi.machineType = undefined;
    this.phis.push(phi);
    this.roots.push(phi);
    return phi;
  }

  private updated(phi: Node, values: readonly (Node | undefined)[]): Node {
    values.forEach((value, i) => {
      const input = value ?? this.graph.dead;
      if (phi.inputs[i] === input) return;
      phi.replaceInput(i, input);
      this.revisit(phi);
    });
    return phi;
  }

  // --- what a node does ------------------------------------------------------------------------------------------------

  private value(i: number): Node {
    return this.resolve(this.node.value(i));
  }

  /** The object that a node is; a later change of mind is told. */
  private objectOf(node: Node): VirtualObject | undefined {
    const object = this.objects.get(node);
    object?.dependents.add(this.node);
    return object;
  }

  /** … that has not escaped. */
  private tracked(node: Node): VirtualObject | undefined {
    const object = this.objectOf(node);
    return object?.hasEscaped === false ? object : undefined;
  }

  private escape(node: Node): void {
    const object = this.objects.get(node);
    if (object === undefined || object.hasEscaped) return;
    object.hasEscaped = true;
    for (const dependent of object.dependents) this.revisit(dependent);
  }

  private set(variable: number, value: Node): void {
    const state = [...this.state];
    state[variable] = value;
    this.state = state;
  }

  private get(variable: number): Node | undefined {
    const value = this.state[variable];
    return value === undefined ? undefined : this.resolve(value);
  }

  private replace(by: Node): void {
    this.replacements.set(this.node, by);
  }

  private boolean(value: boolean): Node {
    return this.graph.heapConstant(value ? StaticRoot.True : StaticRoot.False);
  }

  private reduce(node: Node): void {
    switch (node.opcode) {
      case 'Allocate':
        return this.allocate(node);
      case 'FinishRegion':
      case 'TypeGuard':
        return this.alias(node, this.value(0));
      case 'CheckHeapObject':
        if (this.objectOf(this.value(0)) !== undefined) return this.replace(this.value(0));
        return;
      case 'StoreField': {
        const { offset, machineType } = node.parameterOf('StoreField');
        return this.store(isWord(machineType.rep) ? offset : undefined, this.value(1));
      }
      case 'StoreElement':
        return this.store(offsetOf(node.parameterOf('StoreElement'), this.value(1)), this.value(2));
      case 'LoadField': {
        const { offset, machineType } = node.parameterOf('LoadField');
        return this.load(isWord(machineType.rep) ? offset : undefined);
      }
      case 'LoadElement':
        return this.loadElement(node, node.parameterOf('LoadElement'));
      case 'ReferenceEqual':
        return this.compare(this.value(0), this.value(1));
      case 'CheckMaps':
      case 'CompareMaps':
        return this.checkMaps(node, node.parameterOf('CheckMaps', 'CompareMaps').maps);
      case 'FrameState':
        return this.frameState(node);
      case 'StateValues':
        return; // a bailout makes the object
      default:
        for (let i = 0; i < node.op.valueIn; i++) this.escape(this.value(i));
        if (node.op.contextIn > 0) this.escape(this.resolve(node.context));
    }
  }

  /** Bailouts make the object, but the stack's frames are asked for receivers and functions while the code still runs. */
  private frameState(node: Node): void {
    const { type } = node.parameterOf('FrameState');
    if (type !== FrameStateType.Unoptimized && type !== FrameStateType.JavaScriptBuiltinContinuation) return;
    if (!this.isOnStack(node)) return;
    const [receiver] = stateValuesOf(node.inputs[FrameStateInput.Parameters]!);
    if (receiver !== undefined) this.escapeEverywhere(receiver.node);
    this.escapeEverywhere(node.inputs[FrameStateInput.Function]!);
  }

  private escapeEverywhere(node: Node): void {
    const known = this.resolve(node);
    this.objectOf(known);
    this.escape(known);
  }

  /** Whether a call may be left there; a state that only guards have is of no frame that anybody sees. */
  private isOnStack(state: Node): boolean {
    const known = this.onStack.get(state);
    if (known !== undefined) return known;
    const isCall = state.uses.some(({ user }) => {
      if (user.opcode === 'FrameState') return this.isOnStack(user);
      return !user.opcode.startsWith('Deoptimize') && user.opcode !== 'Checkpoint';
    });
    this.onStack.set(state, isCall);
    return isCall;
  }
  private readonly onStack = new Map<Node, boolean>();

  private allocate(node: Node): void {
    let object = this.objects.get(node);
    const size = node.value(0);
    if (object === undefined && size.opcode === 'NumberConstant') {
      const words = size.parameterOf('NumberConstant') / wordSize;
      if (this.nextVariable + words > maxVariables) return;
      object = new VirtualObject(this.nextObject++, this.nextVariable, words);
      this.nextVariable += words;
      this.objects.set(node, object);
    }
    if (object === undefined) return;
    const state = [...this.state];
    while (state.length < object.firstVariable + object.words) state.push(undefined);
    state.fill(this.graph.dead, object.firstVariable, object.firstVariable + object.words);
    this.state = state;
  }

  private alias(node: Node, of: Node): void {
    const object = this.objectOf(of);
    if (object === undefined) this.objects.delete(node);
    else this.objects.set(node, object);
  }

  private store(offset: number | undefined, value: Node): void {
    const into = this.value(0);
    const variable = offset === undefined ? undefined : this.tracked(into)?.variableAt(offset);
    if (variable !== undefined) {
      this.set(variable, value);
      this.replace(this.graph.dead);
    } else {
      this.escape(into);
      this.escape(value);
    }
  }

  private load(offset: number | undefined): void {
    const from = this.value(0);
    const object = this.tracked(from);
    if (object === undefined) return;
    const variable = offset === undefined ? undefined : object.variableAt(offset);
    const value = variable === undefined ? undefined : this.get(variable);
    if (variable !== undefined && value === undefined) return; // not yet
    if (value === undefined || value.opcode === 'Dead') this.escape(from);
    else this.replace(value);
  }

  /** Of an array of one or two elements one is meant, whatever the index. */
  private loadElement(node: Node, access: ElementAccess): void {
    const index = this.value(1);
    const offset = offsetOf(access, index);
    const from = this.value(0);
    const object = this.tracked(from);
    const count = object === undefined ? 0 : (object.words * wordSize - access.headerSize) / wordSize;
    if (
      object === undefined ||
      offset !== undefined ||
      access.machineType.rep === Rep.Float64 ||
      count < 1 ||
      count > 2
    )
      return this.load(offset);
    const variables = Array.from({ length: count }, (_, i) => object.variableAt(access.headerSize + i * wordSize)!);
    const values = variables.map((variable) => this.get(variable));
    if (values.includes(undefined)) return; // not yet
    const [first, second] = values as Node[];
    if (values.some((value) => value!.opcode === 'Dead' || value!.type === undefined || !is(value!.type, access.type)))
      return this.escape(from);
    if (second === undefined) return this.replace(first!);
    this.escape(first!);
    this.escape(second);
    const known = this.selects.get(node);
    if (known !== undefined && known.value(1) === first && known.value(2) === second) return this.replace(known);
    const isFirst = this.graph.newNode('NumberEqual', undefined, [index, this.graph.number(0)]);
    const select = this.graph.newNode('Select', undefined, [isFirst, first!, second]);
    isFirst.type = Types.Boolean;
    select.type = access.type;
    this.selects.set(node, select);
    this.replace(select);
  }
  private readonly selects = new Map<Node, Node>();

  private compare(left: Node, right: Node): void {
    const [a, b] = [this.tracked(left), this.tracked(right)];
    if (a !== undefined || b !== undefined) this.replace(this.boolean(a === b));
  }

  private checkMaps(node: Node, maps: readonly number[]): void {
    const checked = this.value(0);
    const object = this.tracked(checked);
    if (object === undefined) return;
    const map = this.get(object.variableAt(0)!);
    if (map === undefined) return; // not yet
    const word = map.opcode === 'HeapConstant' ? map.parameterOf('HeapConstant') : undefined;
    if (word !== undefined && node.opcode === 'CompareMaps') this.replace(this.boolean(maps.includes(word)));
    else if (word !== undefined && maps.includes(word)) this.replace(this.graph.dead);
    else this.escape(checked);
  }
}

/** Fields that are a variable each; a double has the first of its two. */
const isWord = (rep: Rep): boolean =>
  rep !== Rep.Word8 && rep !== Rep.Word16 && rep !== Rep.Word32 && rep !== Rep.Word64;

/** Of an element whose index is known, but a double's. */
function offsetOf({ headerSize, machineType }: ElementAccess, index: Node): number | undefined {
  if (machineType.rep === Rep.Float64) return undefined;
  const value =
    index.opcode === 'NumberConstant'
      ? index.parameterOf('NumberConstant')
      : index.type?.min === index.type?.max
        ? index.type?.min
        : undefined;
  if (value === undefined || !Number.isInteger(value) || value < 0) return undefined;
  return headerSize + value * wordSize;
}

function isSame(a: State, b: State): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
