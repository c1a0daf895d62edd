// EscapeAnalysis (V8: escape-analysis.cc, made small): an allocated object that is only read, written, guarded and mentioned by
// frame states is never made. Its fields become values along the effect chain; frame states describe it with an ObjectState,
// from which the Deoptimizer rebuilds it.
//
// One object at a time, outermost first: what it held becomes a field of an ObjectState and may then go too. The decision
// is taken before anything changes: `plan` either knows every field at every use, or gives up.

import { StaticRoot } from '../../objects/index.ts';
import type { Graph } from '../graph/graph.ts';
import { MachineTypes, Rep } from '../graph/machine-type.ts';
import type { Node } from '../graph/node.ts';
import type { ObjectStateParameters } from '../graph/parameters.ts';
import { Types, union } from '../graph/types.ts';
import { operator } from '../operators/operators.ts';

/** Field values by offset; offset 0 is the map. */
type Fields = ReadonlyMap<number, Node>;

class GiveUp extends Error {}

/** Closures and contexts stay: frame states name them as the function and context of a frame, which are never rebuilt. */
const isKept = (allocate: Node): boolean =>
  allocate.type === Types.Callable ||
  allocate.uses.some(
    ({ user, index }) =>
      user.opcode === 'StoreField' &&
      index === 0 &&
      user.parameterOf('StoreField').offset === 0 &&
      user.value(1).opcode === 'HeapConstant' &&
      contextMaps.has(user.value(1).parameterOf('HeapConstant')),
  );
const contextMaps: ReadonlySet<number> = new Set([StaticRoot.FunctionContextMap, StaticRoot.BlockContextMap]);

export class EscapeAnalysis {
  private readonly graph: Graph;
  private nextObjectId = 0;
  /** Objects that were removed, for the pipeline's log. */
  removed = 0;

  constructor(graph: Graph) {
    this.graph = graph;
  }

  run(): void {
    for (let progress = true; progress; ) {
      progress = false;
      this.graph.trim();
      const objects = this.graph
        .reachable()
        .filter((n) => n.opcode === 'FinishRegion' && n.value(0).opcode === 'Allocate' && !isKept(n.value(0)));
      // Later ones first: they hold earlier ones.
      for (const object of objects.reverse()) {
        if (object.inputs.length === 0 || !this.tryRemove(object)) continue;
        progress = true;
        this.removed++;
        this.graph.trim();
      }
    }
  }

  private tryRemove(object: Node): boolean {
    this.forwardChecks(object);
    try {
      new Removal(this.graph, object, this.nextObjectId).run();
      this.nextObjectId++;
      return true;
    } catch (error) {
      if (error instanceof GiveUp) return false;
      throw error;
    }
  }

  /** An allocated object is no Smi. */
  private forwardChecks(object: Node): void {
    for (const { user, index } of [...object.uses]) {
      if (user.opcode === 'CheckHeapObject' && index === 0) {
        user.replaceUsesByKind(object, user.effect, undefined);
        user.kill();
      }
    }
  }
}

class Removal {
  private readonly graph: Graph;
  private readonly object: Node;
  private readonly allocate: Node;
  private readonly id: number;
  private readonly states = new Map<Node, Fields | undefined>();
  private readonly stores = new Set<Node>();
  /** Phis of fields that a loop writes; what comes around is filled in when every state is known. */
  private readonly loopPhis: { readonly phi: Node; readonly offset: number; readonly effect: Node }[] = [];
  private size = 0;

  constructor(graph: Graph, object: Node, id: number) {
    this.graph = graph;
    this.object = object;
    this.allocate = object.value(0);
    this.id = id;
  }

  run(): void {
    try {
      this.remove();
    } catch (error) {
      for (const { phi } of this.loopPhis) if (error instanceof GiveUp) phi.kill();
      throw error;
    }
  }

  private remove(): void {
    const initial = this.initialFields();
    this.states.set(this.object, initial);
    const loads: [Node, Node][] = [];
    const mapChecks: Node[] = [];
    const compares: [Node, boolean][] = [];
    const references: Node[] = [];
    for (const { user, index } of this.object.uses) {
      if (user.isEffectUse(index) || user.isControlUse(index)) continue;
      switch (user.opcode) {
        case 'StoreField':
          if (index !== 0) throw new GiveUp();
          this.stores.add(user);
          break;
        case 'LoadField':
        case 'CheckMaps':
        case 'CompareMaps':
        case 'StateValues':
        case 'ObjectState':
          break;
        case 'ReferenceEqual':
          references.push(user);
          break;
        case 'FrameState':
          throw new GiveUp(); // context or function
        default:
          throw new GiveUp();
      }
    }
    // Plan: every answer must be known.
    for (const { user } of this.object.uses) {
      if (user.opcode === 'LoadField' && user.value(0) === this.object) {
        const { offset, machineType } = user.parameterOf('LoadField');
        const value = this.before(user)?.get(offset);
        if (value === undefined) throw new GiveUp();
        if (machineType.rep === Rep.Word8 || machineType.rep === Rep.Word16) throw new GiveUp();
        loads.push([user, value]);
      } else if (user.opcode === 'CheckMaps' || user.opcode === 'CompareMaps') {
        const map = this.before(user)?.get(0);
        if (map === undefined || map.opcode !== 'HeapConstant') throw new GiveUp();
        const known = user.parameterOf('CheckMaps', 'CompareMaps').maps.includes(map.parameterOf('HeapConstant'));
        if (user.opcode === 'CompareMaps') compares.push([user, known]);
        else if (known) mapChecks.push(user);
        else throw new GiveUp();
      }
    }
    const frameStateUsers: [Node, Fields][] = [];
    for (const node of this.graph.reachable()) {
      if (node.op.frameStateIn === 0 || node.opcode === 'FrameState') continue;
      if (!this.mentions(node.frameState)) continue;
      const fields = this.before(node);
      if (fields === undefined) throw new GiveUp();
      for (const node of fields.values()) if (node === this.object) throw new GiveUp(); // cyclic
      frameStateUsers.push([node, fields]);
    }
    this.closeLoops();
    // Nothing can fail from here on.
    for (const [user, fields] of frameStateUsers)
      user.replaceInput(user.frameStateIndex, this.rewrite(user.frameState, this.objectState(fields), new Map()));
    const replaced = new Map(loads);
    for (const [load, value] of loads) {
      let known = value;
      while (replaced.has(known)) known = replaced.get(known)!;
      load.replaceUsesByKind(known, load.effect, undefined);
      load.kill();
    }
    for (const [compare, known] of compares) {
      const constant = this.graph.heapConstant(known ? StaticRoot.True : StaticRoot.False);
      compare.replaceUsesByKind(constant, compare.effect, undefined);
      compare.kill();
    }
    for (const node of [...mapChecks, ...this.stores]) {
      node.replaceUsesByKind(undefined, node.effect, undefined);
      node.kill();
    }
    for (const reference of references) {
      if (reference.inputs.length === 0) continue;
      const same = reference.value(0) === reference.value(1);
      reference.replaceUses(this.graph.heapConstant(same ? StaticRoot.True : StaticRoot.False));
      reference.kill();
    }
    // The region itself.
    let begin = this.object.effect;
    while (begin.opcode !== 'BeginRegion') begin = begin.effect;
    this.object.replaceUsesByKind(undefined, begin.effect, undefined);
  }

  private initialFields(): Fields {
    const fields = new Map<number, Node>();
    let node = this.object.effect;
    for (; node !== this.allocate; node = node.effect) {
      if (node.opcode !== 'StoreField' || node.value(0) !== this.allocate) throw new GiveUp();
      const { offset } = node.parameterOf('StoreField');
      if (!fields.has(offset)) fields.set(offset, node.value(1));
    }
    if (this.allocate.effect.opcode !== 'BeginRegion') throw new GiveUp();
    if (this.allocate.value(0).opcode !== 'NumberConstant') throw new GiveUp();
    for (const { user } of this.allocate.uses)
      if (user !== this.object && !(user.opcode === 'StoreField' && user.value(0) === this.allocate))
        throw new GiveUp();
    this.size = fields.size;
    return fields;
  }

  /** Fields just before an effectful node; undefined where the object does not exist yet. */
  private before(node: Node): Fields | undefined {
    return this.after(node.effect);
  }

  private after(start: Node): Fields | undefined {
    // Back to a known state, then forward again: chains may be long.
    const path: Node[] = [];
    let node = start;
    while (!this.states.has(node)) {
      path.push(node);
      if (node.op.effectIn !== 1) break;
      node = node.effect;
    }
    let state: Fields | undefined = this.states.get(node);
    for (let i = path.length - 1; i >= 0; i--) {
      const n = path[i]!;
      if (this.states.has(n)) {
        state = this.states.get(n);
        continue;
      }
      if (n.opcode === 'EffectPhi') state = this.join(n);
      else if (n.op.effectIn !== 1) state = undefined;
      else if (this.stores.has(n) && state !== undefined) {
        const next = new Map(state);
        const { offset } = n.parameterOf('StoreField');
        if (!next.has(offset)) throw new GiveUp();
        next.set(offset, n.value(1));
        state = next;
      }
      this.states.set(n, state);
    }
    return state;
  }

  private join(phi: Node): Fields | undefined {
    const merge = phi.control;
    if (merge.opcode === 'Loop') {
      this.states.set(phi, undefined);
      const entry = this.after(phi.inputs[0]!);
      return entry === undefined ? undefined : this.joinLoop(phi, entry);
    }
    const inputs: Fields[] = [];
    for (let i = 0; i < phi.op.effectIn; i++) {
      const fields = this.after(phi.inputs[i]!);
      if (fields === undefined) return undefined;
      inputs.push(fields);
    }
    const result = new Map<number, Node>();
    for (const [offset, first] of inputs[0]!) {
      const values = inputs.map((f) => f.get(offset));
      if (values.some((v) => v === undefined)) throw new GiveUp();
      if (values.every((v) => v === first)) result.set(offset, first);
      else {
        if (offset === 0) throw new GiveUp();
        const joined = this.graph.phi(values as Node[], merge, MachineTypes.AnyTagged);
        joined.machineType = undefined;
        joined.type = (values as Node[])
          .map((v) => v.type)
          .reduce((a, b) => (a === undefined || b === undefined ? undefined : union(a, b)));
        result.set(offset, joined);
      }
    }
    return result;
  }

  /** A phi for every field that the loop writes. */
  private joinLoop(effect: Node, entry: Fields): Fields {
    const fields = new Map(entry);
    for (const offset of this.writtenIn(effect)) {
      const first = entry.get(offset);
      if (first === undefined || offset === 0) throw new GiveUp();
      const count = effect.op.effectIn;
      const phi = this.graph.phi(new Array<Node>(count).fill(first), effect.control, MachineTypes.AnyTagged);
      phi.machineType = undefined;
      const values = [...this.stores].filter((n) => n.parameterOf('StoreField').offset === offset);
      phi.type = [first, ...values.map((n) => n.value(1))]
        .map((v) => v.type)
        .reduce((a, b) => (a === undefined || b === undefined ? undefined : union(a, b)));
      fields.set(offset, phi);
      this.loopPhis.push({ phi, offset, effect });
    }
    return fields;
  }

  /** Offsets of the fields that are written in the loop of an effect phi. */
  private writtenIn(phi: Node): Set<number> {
    const offsets = new Set<number>();
    const seen = new Set<Node>([phi]);
    const work = phi.inputs.slice(1, phi.op.effectIn);
    while (work.length > 0) {
      const n = work.pop()!;
      if (seen.has(n)) continue;
      seen.add(n);
      if (n === this.object) throw new GiveUp();
      if (this.stores.has(n)) offsets.add(n.parameterOf('StoreField').offset);
      for (let i = n.effectIndex; i < n.controlIndex; i++) work.push(n.inputs[i]!);
    }
    return offsets;
  }

  private closeLoops(): void {
    for (const { phi, offset, effect } of this.loopPhis)
      for (let i = 1; i < effect.op.effectIn; i++) {
        const value = this.after(effect.inputs[i]!)?.get(offset);
        if (value === undefined) throw new GiveUp();
        phi.replaceInput(i, value);
      }
  }

  // --- frame states --------------------------------------------------------------------------------------------------

  private mentions(state: Node, seen = new Set<Node>()): boolean {
    if (state === this.object) return true;
    if (
      seen.has(state) ||
      (state.opcode !== 'FrameState' && state.opcode !== 'StateValues' && state.opcode !== 'ObjectState')
    )
      return false;
    seen.add(state);
    return state.inputs.some((n) => this.mentions(n, seen));
  }

  private objectState(fields: Fields): Node {
    const values = [...fields].sort((a, b) => a[0] - b[0]).map(([, node]) => node);
    const node = this.graph.newNode('ObjectState', { id: this.id } satisfies ObjectStateParameters, values, {
      valueIn: values.length,
    });
    void this.size;
    return node;
  }

  /** A copy of the state tree with the object replaced; what does not mention it is shared. */
  private rewrite(state: Node, by: Node, done: Map<Node, Node>): Node {
    if (state === this.object) return by;
    if (!this.mentions(state)) return state;
    const known = done.get(state);
    if (known !== undefined) return known;
    const inputs = state.inputs.map((n) => this.rewrite(n, by, done));
    const copy = this.graph.newNodeWithOperator(
      operator(state.opcode, state.op.parameter, { valueIn: state.op.valueIn }),
      inputs,
    );
    copy.type = state.type;
    done.set(state, copy);
    return copy;
  }
}
