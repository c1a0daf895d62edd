// What a derived constructor calls (V8: ReduceJSFindNonDefaultConstructorOrConstruct, ReduceJSGetSuperConstructor): the parent of a known
// function is a constant for as long as the maps on the way keep their prototypes.

import type { Tagged } from '../../heap/index.ts';
import { mapPrototype, Root, StaticRoot } from '../../objects/index.ts';
import {
  initializesInstances,
  isConstructor,
  isDefaultBaseConstructor,
  nonDefaultConstructorOf,
} from '../../runtime/index.ts';
import type { HeapBroker } from '../broker/heap-broker.ts';
import type { Graph } from '../graph/graph.ts';
import type { Editor } from '../graph/graph-reducer.ts';
import type { Node } from '../graph/node.ts';

export class JSSuperConstructors {
  private readonly graph: Graph;
  private readonly broker: HeapBroker;

  constructor(graph: Graph, broker: HeapBroker) {
    this.graph = graph;
    this.broker = broker;
  }

  reduce(node: Node, editor: Editor): Node | undefined {
    switch (node.opcode) {
      case 'JSGetSuperConstructor':
        return this.reduceGetSuperConstructor(node, editor);
      case 'FindNonDefaultConstructor':
        return this.reduceFindNonDefault(node, editor);
      case 'JSCallRuntime':
        return node.parameterOf('JSCallRuntime').name === 'TurbofanThrowIfNotSuperConstructor'
          ? this.reduceThrowIfNot(node, editor)
          : undefined;
      default:
        return undefined;
    }
  }

  /** A function that the code knows; 0 otherwise. */
  private functionOf(node: Node): Tagged {
    if (node.opcode !== 'HeapConstant') return 0;
    const fn = node.parameterOf('HeapConstant');
    return this.broker.isJSFunction(fn) ? fn : 0;
  }

  private reduceGetSuperConstructor(node: Node, editor: Editor): Node | undefined {
    const { broker } = this;
    const fn = this.functionOf(node.value(0));
    if (fn === 0) return undefined;
    const map = broker.mapOf(fn);
    const parent = mapPrototype(broker.heap, map);
    if (this.functionOf(this.graph.heapConstant(parent)) === 0 || !broker.canEmbed(parent)) return undefined;
    if (!broker.dependOnStableMap(map)) return undefined;
    const value = this.graph.heapConstant(parent);
    editor.replaceWithValue(node, value);
    return value;
  }

  private reduceThrowIfNot(node: Node, editor: Editor): Node | undefined {
    const constructor = this.functionOf(node.value(0));
    if (constructor === 0 || !isConstructor(this.broker.rt, constructor)) return undefined;
    editor.replaceWithValue(node, node.value(0));
    return node.value(0);
  }

  /** Default constructors on the way are passed over: the first other one is called, or the instance is made here. */
  private reduceFindNonDefault(node: Node, editor: Editor): Node | undefined {
    const { broker, graph } = this;
    const [active, newTarget] = [node.value(0), node.value(1)];
    const fn = this.functionOf(active);
    if (fn === 0) return undefined;
    const constructor = nonDefaultConstructorOf(broker.rt, fn);
    if (this.functionOf(graph.heapConstant(constructor)) === 0 || !broker.canEmbed(constructor)) return undefined;
    if (initializesInstances(broker.rt, constructor)) return undefined;
    const isInstance = isDefaultBaseConstructor(broker.rt, constructor);
    if (isInstance && !this.makesInstances(newTarget, constructor)) return undefined;
    const map = broker.mapOf(fn);
    if (!broker.dependOnPrototypes(map, constructor, false)) return undefined;
    if (!broker.dependOnProtector(Root.ArrayIteratorProtector) || !broker.dependOnStableMap(map)) return undefined;
    broker.dependOnPrototypes(map, constructor);
    let value = graph.heapConstant(constructor);
    // Nothing leaves here any more: the checkpoint for that goes, and what follows has its own, as in V8.
    let effect = node.effect.opcode === 'Checkpoint' ? node.effect.effect : node.effect;
    let { control } = node;
    if (isInstance) {
      value = graph.newNode('JSCreate', undefined, [value, newTarget, node.context, node.frameState, effect, control]);
      [effect, control] = [value, value];
    }
    const found = [graph.heapConstant(isInstance ? StaticRoot.True : StaticRoot.False), value];
    for (const { user } of [...node.uses])
      if (user.opcode === 'LoadElement' && user.value(0) === node)
        editor.replaceWithValue(user, found[user.value(1).parameterOf('NumberConstant')]);
    editor.replaceWithValue(node, graph.dead, effect, control);
    return graph.dead;
  }

  /** Whether the instances' map is known, so that making one runs nothing. */
  private makesInstances(newTarget: Node, constructor: Tagged): boolean {
    const { broker } = this;
    const fn = this.functionOf(newTarget);
    return fn !== 0 && broker.instanceMap(constructor, fn) !== 0;
  }
}
