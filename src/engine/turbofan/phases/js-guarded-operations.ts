// Operations that V8 specializes by the maps that it saw, and that stay calls here, or find their answer in the maps: they get V8's guards.
//
//   GetIterator   the load of @@iterator: CheckMaps, CheckString …          `x instanceof C`   C is what it was
//   `k in o`      the answer where names and maps tell it                   `o.x = v`          where properties must grow
//
// Invariant: a guard stands before the operation has done anything, so that a bailout does the whole of it again.

import { DeoptimizeReason } from '../../deoptimizer/index.ts';
import type { Tagged } from '../../heap/index.ts';
import { StaticRoot } from '../../objects/index.ts';
import type { HeapBroker, PropertyAccessInfo } from '../broker/heap-broker.ts';
import type { Graph } from '../graph/graph.ts';
import type { Editor } from '../graph/graph-reducer.ts';
import type { Node } from '../graph/node.ts';
import type { FeedbackSource } from '../graph/parameters.ts';
import { iteratorBy } from './builtin-calls-iterators.ts';
import type { JSElementAccess } from './js-element-access.ts';
import type { InferredMaps } from './map-inference.ts';
import type { Chain, PropertyAccessBuilder } from './property-access-builder.ts';

/** What named accesses know of a property on objects of some maps. */
export interface NamedGuards {
  /** How `name` is found on each of the maps; undefined where only the generic operation will do. */
  infosOf(node: Node, maps: readonly Tagged[], name: Tagged, mode: 'load' | 'has'): PropertyAccessInfo[] | undefined;
  /** What a property always holds; 0 where that is not known. Depends on it. */
  constantOf(info: PropertyAccessInfo): Tagged;
  /** Guards for an object of these maps. */
  checkReceiver(object: Node, maps: readonly Tagged[], c: Chain, feedback: FeedbackSource): void;
  /** Maps that an object may have, from what is known of it there, else from feedback. */
  mapsOf(object: Node, effect: Node, feedback: FeedbackSource): InferredMaps;
}

export class JSGuardedOperations {
  readonly graph: Graph;
  readonly broker: HeapBroker;
  private readonly access: PropertyAccessBuilder;
  private readonly elements: JSElementAccess;
  private readonly named: NamedGuards;
  /** Operations that stay, and have their guards. */
  private readonly guarded = new Set<Node>();

  constructor(
    graph: Graph,
    broker: HeapBroker,
    access: PropertyAccessBuilder,
    elements: JSElementAccess,
    named: NamedGuards,
  ) {
    this.graph = graph;
    this.broker = broker;
    this.access = access;
    this.elements = elements;
    this.named = named;
  }

  reduce(node: Node, editor: Editor): Node | undefined {
    switch (node.opcode) {
      case 'JSHasProperty':
        return this.reduceHas(node, editor);
      case 'JSGetIterator':
        return this.reduceGetIterator(node, editor);
      case 'JSInstanceOf':
        return this.guard(node, (c) => this.guardInstanceOf(node, c));
      default:
        return undefined;
    }
  }

  /** Puts guards before `node`, once. */
  guard(node: Node, build: (c: Chain) => boolean): Node | undefined {
    if (this.guarded.has(node)) return undefined;
    this.guarded.add(node);
    const c: Chain = { effect: node.effect, control: node.control };
    if (!build(c)) return undefined;
    node.replaceInput(node.effectIndex, c.effect);
    node.replaceInput(node.controlIndex, c.control);
    return node;
  }

  // --- the guards ----------------------------------------------------------------------------------------------------------

  private reduceGetIterator(node: Node, editor: Editor): Node | undefined {
    const { load } = node.parameterOf('JSGetIterator');
    const { broker } = this;
    const object = node.value(0);
    const { maps, isReliable } = this.named.mapsOf(object, node.effect, load);
    let method: Tagged = 0;
    const guarded = this.guard(node, (c) => {
      const { iterator_symbol } = broker.rt.symbols;
      const infos = maps.length === 0 ? undefined : this.named.infosOf(node, maps, iterator_symbol, 'load');
      if (infos === undefined) return false;
      if (!isReliable) this.named.checkReceiver(object, maps, c, load);
      const methods = new Set(infos.map((info) => this.named.constantOf(info)));
      if (methods.size === 1) [method = 0] = methods;
      return true;
    });
    if (method === 0 || !broker.isJSFunction(method) || broker.rt.isForeign(method)) return guarded;
    const c: Chain = { effect: node.effect, control: node.control };
    const iterator = iteratorBy(broker.builtinName(method), object, maps, this, c);
    if (iterator === undefined) return guarded;
    editor.replaceWithValue(node, iterator, c.effect, c.control);
    return iterator;
  }

  /** V8: JSNativeContextSpecialization::ReduceJSInstanceOf, with a constructor from feedback. */
  private guardInstanceOf(node: Node, c: Chain): boolean {
    const { feedback } = node.parameterOf('JSInstanceOf');
    const constructor = node.value(1);
    if (constructor.opcode === 'HeapConstant') return false;
    const target = this.broker.instanceOfTarget(feedback);
    if (target === 0 || !this.broker.canEmbed(target)) return false;
    const infos = this.named.infosOf(
      node,
      [this.broker.mapOf(target)],
      this.broker.rt.symbols.has_instance_symbol,
      'load',
    );
    const method = infos?.[0];
    if (method?.kind === 'field' && method.holder !== 0) this.broker.dependOnFieldConstness(method);
    else if (method?.kind !== 'constant') return false;
    const known = this.graph.heapConstant(target);
    const same = this.graph.newNode('ReferenceEqual', undefined, [constructor, known]);
    this.access.checkIf(same, DeoptimizeReason.WrongValue, c);
    node.replaceInput(1, known);
    return true;
  }

  // --- `in` ----------------------------------------------------------------------------------------------------------------

  private reduceHas(node: Node, editor: Editor): Node | undefined {
    const { feedback } = node.parameterOf('JSHasProperty');
    const [object, key] = [node.value(0), node.value(1)];
    const name = this.broker.icName(feedback);
    const c: Chain = { effect: node.effect, control: node.control };
    const value = name === 0 ? this.hasElement(object, key, c, feedback) : this.hasName(node, name, c, feedback);
    if (value !== undefined) editor.replaceWithValue(node, value, c.effect, c.control);
    return value;
  }

  private hasName(node: Node, name: Tagged, c: Chain, feedback: FeedbackSource): Node | undefined {
    const { broker, graph } = this;
    const [object, key] = [node.value(0), node.value(1)];
    const maps = broker.icMaps(feedback);
    const infos = maps.length === 0 ? undefined : this.named.infosOf(node, maps, name, 'has');
    if (infos === undefined) return undefined;
    this.access.checkName(name, key, c);
    const answer = (info: PropertyAccessInfo): Node =>
      graph.heapConstant(info.kind === 'notFound' ? StaticRoot.False : StaticRoot.True);
    if (infos.length === 1) {
      this.named.checkReceiver(object, infos[0]!.maps, c, feedback);
      return answer(infos[0]!);
    }
    this.access.check('CheckHeapObject', object, c, feedback);
    return this.access.byMaps(object, infos, c, feedback, answer);
  }

  private hasElement(object: Node, index: Node, c: Chain, feedback: FeedbackSource): Node | undefined {
    const state = this.broker.icState(feedback);
    if (state !== 'monomorphic' && state !== 'polymorphic') return undefined;
    return this.elements.reduceHas(object, index, c, feedback);
  }
}
