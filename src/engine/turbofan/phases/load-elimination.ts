// LoadElimination and RedundancyElimination (V8's names), in one walk down the effect chain.
//
// A State says what holds after an effect node:
//   maps    object → the maps it may have
//   fields  place → values known to be there (fields, elements, context slots)
//   checks  checks that passed on the way; they speak about SSA values, so nothing kills them
// At an EffectPhi of a Merge only what all inputs agree on stays; at a loop's, what no effect of the loop may change.
// Invariant: states are never changed once made; every effect node is visited once, after its effect inputs.

import { Context } from '../../objects/index.ts';
import { Fields } from '../broker/access-builder.ts';
import type { Graph } from '../graph/graph.ts';
import { isTagged, Rep } from '../graph/machine-type.ts';
import type { Node } from '../graph/node.ts';
import type { ContextAccess, FieldAccess } from '../graph/parameters.ts';
import { is } from '../graph/types.ts';

interface Fact {
  readonly object: Node;
  /** Element facts only. */
  readonly index: Node | undefined;
  readonly value: Node;
  readonly rep: number;
  readonly semantic: number;
  /** Survives calls. */
  readonly immutable: boolean;
}

interface Checks {
  readonly node: Node;
  readonly next: Checks | undefined;
  readonly size: number;
}

interface State {
  readonly maps: ReadonlyMap<Node, readonly number[]>;
  readonly fields: ReadonlyMap<string, readonly Fact[]>;
  readonly checks: Checks | undefined;
}

const EMPTY: State = { maps: new Map(), fields: new Map(), checks: undefined };

const ELEMENTS = 'elements';
const contextKey = (a: ContextAccess): string => `context ${a.depth} ${a.index}`;
/** HeapNumbers have one field, and no other object has a double there. */
const fieldKey = (a: FieldAccess): string => (a.machineType.rep === Rep.Float64 ? 'number' : String(a.offset));

/** The object itself behind checks that pass it on. */
function resolve(node: Node): Node {
  while (node.opcode === 'FinishRegion' || node.opcode === 'CheckHeapObject' || node.opcode === 'CheckReceiver')
    node = node.value(0);
  return node;
}

const isFresh = (n: Node): boolean => n.opcode === 'Allocate' || n.opcode.startsWith('JSCreate');
const isOld = (n: Node): boolean => n.opcode === 'HeapConstant' || n.opcode === 'Parameter' || n.opcode === 'OsrValue';

export class LoadElimination {
  private readonly graph: Graph;
  private readonly states = new Map<Node, State>();
  private readonly queue: Node[] = [];

  constructor(graph: Graph) {
    this.graph = graph;
  }

  run(): void {
    this.states.set(this.graph.start, EMPTY);
    this.pushUses(this.graph.start);
    for (let head = 0; head < this.queue.length; head++) this.visit(this.queue[head]!);
  }

  private pushUses(node: Node): void {
    for (const { user, index } of node.uses) if (user.isEffectUse(index)) this.queue.push(user);
  }

  private visit(node: Node): void {
    if (this.states.has(node) || node.inputs.length === 0) return;
    let state: State | undefined;
    if (node.opcode === 'EffectPhi') {
      state = node.control.opcode === 'Loop' ? this.loop(node) : this.merge(node);
      if (state === undefined) return;
    } else {
      const before = this.states.get(node.effect);
      if (before === undefined) return;
      const users = node.uses.filter((u) => u.user.isEffectUse(u.index)).map((u) => u.user);
      state = this.transfer(node, before);
      if (state === undefined) {
        // The node is gone; who came after it comes after its effect now.
        for (const user of users) this.queue.push(user);
        return;
      }
    }
    this.states.set(node, state);
    this.pushUses(node);
  }

  // --- joins -----------------------------------------------------------------------------------------------------

  private merge(phi: Node): State | undefined {
    const states: State[] = [];
    for (let i = 0; i < phi.op.effectIn; i++) {
      const s = this.states.get(phi.inputs[i]!);
      if (s === undefined) return undefined;
      states.push(s);
    }
    const first = states[0]!;
    const maps = new Map<Node, readonly number[]>();
    for (const [object, known] of first.maps) {
      let all: readonly number[] | undefined = known;
      for (const s of states) {
        const other = s.maps.get(object);
        all =
          other === undefined || all === undefined ? undefined : other === all ? all : [...new Set([...all, ...other])];
      }
      if (all !== undefined) maps.set(object, all);
    }
    const fields = new Map<string, readonly Fact[]>();
    for (const [key, facts] of first.fields) {
      const common = facts.filter((f) =>
        states.every(
          (s) =>
            s === first ||
            s.fields
              .get(key)
              ?.some((g) => g.object === f.object && g.index === f.index && g.value === f.value && g.rep === f.rep) ===
              true,
        ),
      );
      if (common.length > 0) fields.set(key, common);
    }
    let checks = first.checks;
    for (const s of states) checks = commonSuffix(checks, s.checks);
    return { maps, fields, checks };
  }

  private loop(phi: Node): State | undefined {
    let state = this.states.get(phi.inputs[0]!);
    if (state === undefined) return undefined;
    const seen = new Set<Node>([phi]);
    const stack = phi.inputs.slice(1, phi.op.effectIn);
    const effects: Node[] = [];
    while (stack.length > 0) {
      const node = stack.pop()!;
      if (seen.has(node)) continue;
      seen.add(node);
      effects.push(node);
      for (let i = 0; i < node.op.effectIn; i++) stack.push(node.inputs[node.effectIndex + i]!);
    }
    // What the loop's own checks say about the objects it writes to.
    const maps = new Map<Node, readonly number[]>();
    for (const node of effects) {
      if (node.opcode !== 'CheckMaps') continue;
      const object = resolve(node.value(0));
      maps.set(object, [...(maps.get(object) ?? []), ...node.parameterOf('CheckMaps').maps]);
    }
    // Where maps change, what was known of them says nothing about later iterations.
    for (const node of effects) {
      if (
        node.opcode !== 'StoreField' ||
        node.parameterOf('StoreField').offset !== 0 ||
        isFresh(resolve(node.value(0)))
      )
        continue;
      maps.clear();
      state = this.kill(node, state, maps);
    }
    for (const node of effects) state = this.kill(node, state, maps);
    return state;
  }

  // --- what a node changes ------------------------------------------------------------------------------------------

  private mayAlias(a: Node, b: Node, state: State, more?: ReadonlyMap<Node, readonly number[]>): boolean {
    if (a === b) return true;
    if (a.opcode === 'HeapConstant' && b.opcode === 'HeapConstant') return false;
    if (isFresh(a) && (isFresh(b) || isOld(b))) return false;
    if (isFresh(b) && isOld(a)) return false;
    // Boxes of double fields belong to one field each.
    if (
      a.opcode === 'LoadField' &&
      b.opcode === 'LoadField' &&
      isBox(a) &&
      isBox(b) &&
      a.parameterOf('LoadField').offset !== b.parameterOf('LoadField').offset
    )
      return false;
    const am = state.maps.get(a) ?? more?.get(a);
    const bm = state.maps.get(b) ?? more?.get(b);
    return am === undefined || bm === undefined || am.some((m) => bm.includes(m));
  }

  private killField(state: State, key: string, object: Node, more?: ReadonlyMap<Node, readonly number[]>): State {
    const facts = state.fields.get(key);
    if (facts === undefined) return state;
    const left = facts.filter((f) => f.immutable || !this.mayAlias(f.object, object, state, more));
    if (left.length === facts.length) return state;
    const fields = new Map(state.fields);
    if (left.length > 0) fields.set(key, left);
    else fields.delete(key);
    return { ...state, fields };
  }

  private killKeys(state: State, dies: (key: string) => boolean): State {
    const fields = new Map(state.fields);
    for (const key of state.fields.keys()) if (dies(key)) fields.delete(key);
    return fields.size === state.fields.size ? state : { ...state, fields };
  }

  private killMaps(state: State, object: Node, more?: ReadonlyMap<Node, readonly number[]>): State {
    if (state.maps.size === 0) return state;
    const maps = new Map<Node, readonly number[]>();
    for (const [o, m] of state.maps) if (!this.mayAlias(o, object, state, more)) maps.set(o, m);
    return maps.size === state.maps.size ? state : { ...state, maps };
  }

  private killAll(state: State): State {
    const fields = new Map<string, readonly Fact[]>();
    for (const [key, facts] of state.fields) {
      const left = facts.filter((f) => f.immutable);
      if (left.length > 0) fields.set(key, left);
    }
    return { maps: EMPTY.maps, fields, checks: state.checks };
  }

  private kill(node: Node, state: State, more?: ReadonlyMap<Node, readonly number[]>): State {
    switch (node.opcode) {
      case 'StoreField': {
        const access = node.parameterOf('StoreField');
        if (access.untagged === true) return state;
        const object = resolve(node.value(0));
        if (access.offset === 0 && fieldKey(access) === '0')
          return this.killMaps(this.killField(state, '0', object, more), object, more);
        if (access.name.startsWith('Context.')) state = this.killKeys(state, (k) => k.startsWith('context '));
        return this.killField(state, fieldKey(access), object, more);
      }
      case 'StoreElement':
        return this.killKeys(state, (k) => k === ELEMENTS);
      case 'MaybeGrowFastElements':
      case 'EnsureWritableFastElements':
        return this.killField(state, String(Fields.elements.offset), resolve(node.value(0)), more);
      case 'JSStoreContext': {
        const { index } = node.parameterOf('JSStoreContext');
        const offset = String(Context.Slots + 4 * index);
        return this.killKeys(state, (k) => k === offset || (k.startsWith('context ') && k.endsWith(` ${index}`)));
      }
      case 'CheckMaps':
        return node.parameterOf('CheckMaps').tryMigrate ? this.killAll(state) : state;
      case 'EffectPhi':
        return state;
      default:
        return node.op.row.noWrite || node.op.row.quiet ? state : this.killAll(state);
    }
  }

  // --- reductions --------------------------------------------------------------------------------------------------

  /** The state after `node`; undefined if it was removed. */
  private transfer(node: Node, state: State): State | undefined {
    switch (node.opcode) {
      case 'CheckMaps': {
        const object = resolve(node.value(0));
        const { maps } = node.parameterOf('CheckMaps');
        const known = state.maps.get(object);
        if (known?.every((m) => maps.includes(m)) === true) return this.remove(node, undefined);
        if (node.parameterOf('CheckMaps').tryMigrate) state = this.killAll(state);
        const both = known === undefined ? maps : maps.filter((m) => known.includes(m));
        return this.withMaps(state, object, both.length > 0 ? both : maps);
      }
      case 'LoadField': {
        const access = node.parameterOf('LoadField');
        if (access.untagged === true) return state;
        const object = resolve(node.value(0));
        return this.load(
          node,
          state,
          fieldKey(access),
          object,
          undefined,
          access,
          access === Fields.fixedArrayLength ||
            access === Fields.functionContext ||
            access === Fields.contextPrevious ||
            access === Fields.mapInstanceType,
        );
      }
      case 'LoadElement':
        return this.load(
          node,
          state,
          ELEMENTS,
          resolve(node.value(0)),
          node.value(1),
          node.parameterOf('LoadElement'),
          false,
        );
      case 'JSLoadContext': {
        const access = node.parameterOf('JSLoadContext');
        const key = contextKey(access);
        const known = state.fields.get(key)?.find((f) => f.object === node.context);
        if (known !== undefined && narrower(known.value, node)) return this.remove(node, known.value);
        return this.withFact(state, key, {
          object: node.context,
          index: undefined,
          value: node,
          rep: -1,
          semantic: -1,
          immutable: false,
        });
      }
      case 'JSStoreContext': {
        const access = node.parameterOf('JSStoreContext');
        return this.withFact(this.kill(node, state), contextKey(access), {
          object: node.context,
          index: undefined,
          value: node.value(0),
          rep: -1,
          semantic: -1,
          immutable: false,
        });
      }
      case 'StoreField': {
        const access = node.parameterOf('StoreField');
        const after = this.kill(node, state);
        if (access.untagged === true) return after;
        const object = resolve(node.value(0));
        const value = node.value(1);
        if (access.offset === 0 && fieldKey(access) === '0')
          return value.opcode === 'HeapConstant'
            ? this.withMaps(after, object, [value.parameterOf('HeapConstant')])
            : after;
        return this.withFact(after, fieldKey(access), {
          object,
          index: undefined,
          value,
          rep: access.machineType.rep,
          semantic: access.machineType.semantic,
          immutable: false,
        });
      }
      case 'StoreElement': {
        const access = node.parameterOf('StoreElement');
        return this.withFact(this.kill(node, state), ELEMENTS, {
          object: resolve(node.value(0)),
          index: node.value(1),
          value: node.value(2),
          rep: access.machineType.rep,
          semantic: access.machineType.semantic,
          immutable: false,
        });
      }
      default: {
        if (node.op.row.redundant) return this.check(node, state);
        return this.kill(node, state);
      }
    }
  }

  private load(
    node: Node,
    state: State,
    key: string,
    object: Node,
    index: Node | undefined,
    access: { machineType: { rep: number; semantic: number } },
    immutable: boolean,
  ): State | undefined {
    const { rep, semantic } = access.machineType;
    const known = state.fields.get(key)?.find((f) => f.object === object && f.index === index);
    // However it was stored, a tagged word is read as one (V8: IsCompatible).
    const isAlike = (f: Fact): boolean =>
      (f.rep === rep && f.semantic === semantic) || (isTagged(f.rep) && isTagged(rep));
    if (known !== undefined && isAlike(known) && narrower(known.value, node)) return this.remove(node, known.value);
    return this.withFact(state, key, { object, index, value: node, rep, semantic, immutable });
  }

  private check(node: Node, state: State): State | undefined {
    const { op } = node;
    if (node.opcode === 'CheckHeapObject' && state.maps.has(resolve(node.value(0))))
      return this.remove(node, node.value(0));
    for (let c = state.checks; c !== undefined; c = c.next) {
      const other = c.node;
      if (other.opcode !== node.opcode || other.inputs.length === 0) continue;
      let same = true;
      for (let i = 0; i < op.valueIn && same; i++) same = other.value(i) === node.value(i);
      if (same && sameParameter(other.op.parameter, op.parameter) && (op.valueOut === 0 || narrower(other, node)))
        return this.remove(node, op.valueOut > 0 ? other : undefined);
    }
    return { ...state, checks: { node, next: state.checks, size: (state.checks?.size ?? 0) + 1 } };
  }

  private remove(node: Node, value: Node | undefined): undefined {
    node.replaceUsesByKind(value, node.effect, undefined);
    node.kill();
    return undefined;
  }

  private withMaps(state: State, object: Node, known: readonly number[]): State {
    const maps = new Map(state.maps);
    maps.set(object, known);
    return { ...state, maps };
  }

  private withFact(state: State, key: string, fact: Fact): State {
    const fields = new Map(state.fields);
    const others = (state.fields.get(key) ?? []).filter((f) => f.object !== fact.object || f.index !== fact.index);
    if (others.length >= 16) others.shift();
    others.push(fact);
    fields.set(key, others);
    return { ...state, fields };
  }
}

/** Whether `value` may stand for `node`: nothing is claimed about the node that does not hold for the value. */
function narrower(value: Node, node: Node): boolean {
  if (node.machineType !== undefined || value.machineType !== undefined)
    if (value.machineType?.rep !== node.machineType?.rep || value.machineType?.semantic !== node.machineType?.semantic)
      return false;
  return node.type === undefined || (value.type !== undefined && is(value.type, node.type));
}

/** A load of a double field's box: read for nothing but its number. */
const isBox = (load: Node): boolean =>
  load.uses.every(
    ({ user, index }) =>
      !user.isValueUse(index) ||
      (index === 0 &&
        (user.opcode === 'LoadField' || user.opcode === 'StoreField') &&
        user.parameterOf('LoadField', 'StoreField').machineType.rep === Rep.Float64),
  );

function sameParameter(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const text = (p: object): string => JSON.stringify({ ...p, feedback: undefined });
  return text(a) === text(b);
}

function commonSuffix(a: Checks | undefined, b: Checks | undefined): Checks | undefined {
  while (a !== b) {
    const [as, bs] = [a?.size ?? 0, b?.size ?? 0];
    if (as >= bs) a = a?.next;
    if (bs >= as) b = b?.next;
  }
  return a;
}
