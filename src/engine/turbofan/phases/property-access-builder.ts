// PropertyAccessBuilder (V8: property-access-builder.cc): the guards and memory operations that accesses are made of, appended
// to a place in the effect and control chain.

import type { DeoptimizeReason } from '../../deoptimizer/index.ts';
import type { Tagged } from '../../heap/index.ts';
import { ElementsKind, InstanceType, numberValue, StaticRoot } from '../../objects/index.ts';
import { type contextSlot, elementAccess } from '../broker/access-builder.ts';
import type { HeapBroker } from '../broker/heap-broker.ts';
import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import {
  BranchHint,
  type CheckBoundsParameters,
  type CheckMapsParameters,
  type FeedbackSource,
} from '../graph/parameters.ts';
import { Types } from '../graph/types.ts';

/** A place in the effect and control chain that is being extended. */
export interface Chain {
  effect: Node;
  control: Node;
}

type FieldAccess = ReturnType<typeof contextSlot>;

export class PropertyAccessBuilder {
  private readonly graph: Graph;
  private readonly broker: HeapBroker;

  constructor(graph: Graph, broker: HeapBroker) {
    this.graph = graph;
    this.broker = broker;
  }

  constant(word: Tagged): Node {
    if ((word & 1) === 0) return this.graph.number(word >> 1);
    if (this.broker.isHeapNumber(word)) return this.graph.number(numberValue(this.broker.heap, word));
    return this.graph.heapConstant(word);
  }

  loadField(access: FieldAccess, object: Node, c: Chain): Node {
    const node = this.graph.newNode('LoadField', access, [object, c.effect, c.control]);
    node.type = access.type;
    c.effect = node;
    return node;
  }

  storeField(access: FieldAccess, object: Node, value: Node, c: Chain): void {
    c.effect = this.graph.newNode('StoreField', access, [object, value, c.effect, c.control]);
  }

  check(
    opcode: 'CheckHeapObject' | 'CheckSmi' | 'CheckNumber' | 'CheckBigInt' | 'CheckString' | 'CheckNotTaggedHole',
    value: Node,
    c: Chain,
    feedback?: FeedbackSource,
  ): Node {
    const node = this.graph.newNode(opcode, { feedback }, [value, c.effect, c.control]);
    c.effect = node;
    return node;
  }

  /** A key must be this name. */
  checkName(name: Tagged, key: Node, c: Chain): void {
    const isSymbol = this.broker.instanceType(name) === InstanceType.Symbol;
    const known = this.graph.heapConstant(name);
    const opcode = isSymbol ? 'CheckEqualsSymbol' : 'CheckEqualsInternalizedString';
    c.effect = this.graph.newNode(opcode, undefined, [known, key, c.effect, c.control]);
  }

  checkIf(condition: Node, reason: DeoptimizeReason, c: Chain, feedback?: FeedbackSource): void {
    c.effect = this.graph.newNode('CheckIf', { reason, feedback }, [condition, c.effect, c.control]);
  }

  checkMaps(
    object: Node,
    maps: readonly Tagged[],
    c: Chain,
    feedback: FeedbackSource | undefined,
    tryMigrate = false,
  ): void {
    if (object.opcode === 'HeapConstant') {
      const map = this.broker.mapOf(object.parameterOf('HeapConstant'));
      if (maps.includes(map) && this.broker.dependOnStableMap(map)) return;
    }
    c.effect = this.graph.newNode(
      'CheckMaps',
      { maps: [...maps], tryMigrate, feedback } satisfies CheckMapsParameters,
      [object, c.effect, c.control],
    );
  }

  /** `index` as a valid index below `length`. @param wide the length is a typed array's */
  checkBounds(index: Node, length: Node, c: Chain, feedback: FeedbackSource | undefined, wide = false): Node {
    const parameters: CheckBoundsParameters = { feedback, convert: true, wide };
    const node = this.graph.newNode('CheckBounds', parameters, [index, length, c.effect, c.control]);
    c.effect = node;
    return node;
  }

  /** An element in bounds; a hole is undefined, or leaves. */
  loadElement(kind: ElementsKind, elements: Node, index: Node, c: Chain, holes: boolean): Node {
    const { graph } = this;
    const row = elementAccess(kind);
    const load = graph.newNode('LoadElement', row, [elements, index, c.effect, c.control]);
    load.type = row.type;
    c.effect = load;
    switch (kind) {
      case ElementsKind.HoleySmi:
      case ElementsKind.Holey:
        return holes
          ? graph.newNode('ConvertTaggedHoleToUndefined', undefined, [load])
          : this.check('CheckNotTaggedHole', load, c);
      case ElementsKind.HoleyDouble:
        c.effect = graph.newNode('CheckFloat64Hole', { feedback: undefined, allowHole: holes }, [
          load,
          c.effect,
          c.control,
        ]);
        return c.effect;
      default:
        return load;
    }
  }

  /** What happens where `condition` holds, nearly always, and nothing elsewhere. */
  onlyIf(condition: Node, c: Chain, then: (at: Chain) => void): void {
    const { graph } = this;
    const branch = graph.newNode('Branch', { hint: BranchHint.True }, [condition, c.control]);
    const at: Chain = { effect: c.effect, control: graph.newNode('IfTrue', undefined, [branch]) };
    then(at);
    this.join(at, { effect: c.effect, control: graph.newNode('IfFalse', undefined, [branch]) });
    c.effect = at.effect;
    c.control = at.control;
  }

  /** `c` goes on where both ways meet. */
  join(c: Chain, other: Chain): void {
    const control = this.graph.merge([c.control, other.control]);
    c.effect = this.graph.effectPhi([c.effect, other.effect], control);
    c.control = control;
  }

  /** `cases` by the object's map, the last guarded; each is built at its own place, and the results meet. `smis` belong to the case of numbers. */
  byMaps<Case extends { readonly maps: readonly Tagged[] }>(
    object: Node,
    cases: readonly Case[],
    c: Chain,
    feedback: FeedbackSource | undefined,
    build: (one: Case, at: Chain) => Node,
    mapsAreKnown = false,
    smis?: Chain,
  ): Node {
    const { graph } = this;
    const values: Node[] = [];
    const effects: Node[] = [];
    const controls: Node[] = [];
    cases.forEach((one, i) => {
      const at: Chain = { effect: c.effect, control: c.control };
      if (i === cases.length - 1) {
        if (!mapsAreKnown) this.checkMaps(object, one.maps, at, feedback);
      } else {
        const compare = graph.newNode('CompareMaps', { maps: [...one.maps], tryMigrate: false, feedback }, [
          object,
          c.effect,
          c.control,
        ]);
        compare.type = Types.Boolean;
        const branch = graph.newNode('Branch', { hint: BranchHint.None }, [compare, c.control]);
        at.effect = compare;
        at.control = graph.newNode('IfTrue', undefined, [branch]);
        c.effect = compare;
        c.control = graph.newNode('IfFalse', undefined, [branch]);
      }
      if (smis !== undefined && one.maps.includes(StaticRoot.HeapNumberMap)) this.join(at, smis);
      values.push(build(one, at));
      effects.push(at.effect);
      controls.push(at.control);
    });
    if (cases.length === 1) {
      [c.effect, c.control] = [effects[0]!, controls[0]!];
      return values[0]!;
    }
    c.control = graph.merge(controls);
    c.effect = graph.effectPhi(effects, c.control);
    return graph.phi(values, c.control);
  }

  /** `inside` where `index < length`, undefined elsewhere. */
  inBoundsOrUndefined(index: Node, length: Node, undefinedNode: Node, c: Chain, inside: (at: Chain) => Node): Node {
    const { graph } = this;
    const within = graph.newNode('NumberLessThan', undefined, [index, length]);
    const branch = graph.newNode('Branch', { hint: BranchHint.True }, [within, c.control]);
    const at: Chain = { effect: c.effect, control: graph.newNode('IfTrue', undefined, [branch]) };
    const value = inside(at);
    const outside = graph.newNode('IfFalse', undefined, [branch]);
    const merge = graph.merge([at.control, outside]);
    const phi = graph.phi([value, undefinedNode], merge);
    c.effect = graph.effectPhi([at.effect, c.effect], merge);
    c.control = merge;
    return phi;
  }
}
