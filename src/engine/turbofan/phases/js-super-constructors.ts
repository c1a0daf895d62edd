// What `super(…)` finds in a derived constructor whose function is known (V8: ReduceJSGetSuperConstructor and
// ReduceJSFindNonDefaultConstructorOrConstruct): the constructors above it are constants as long as their maps, which hold the
// prototypes, stay.
//
//   FindNonDefaultConstructor(active, new.target) ─▶ LoadElement 0: whether the instance is made     ─▶ constants, and JSCreate of
//                                                 ─▶ LoadElement 1: it, or the constructor to call       the base for new.target

import type { Tagged } from '../../heap/index.ts';
import { isConstructorMap, isStableMap, mapPrototype, StaticRoot } from '../../objects/index.ts';
import { isDefaultBaseConstructor, nonDefaultConstructorOf } from '../../runtime/index.ts';
import type { HeapBroker } from '../broker/heap-broker.ts';
import type { Graph } from '../graph/graph.ts';
import type { Editor } from '../graph/graph-reducer.ts';
import type { Node } from '../graph/node.ts';
import { FrameStateInput } from '../graph/parameters.ts';

export function reduceSuperConstructor(graph: Graph, broker: HeapBroker, node: Node, editor: Editor): Node | undefined {
  switch (node.opcode) {
    case 'JSGetSuperConstructor':
      return reduceGetSuperConstructor(graph, broker, node, editor);
    case 'FindNonDefaultConstructor':
      return reduceFindNonDefaultConstructor(graph, broker, node, editor);
    case 'JSCallRuntime':
      return node.parameterOf('JSCallRuntime').name === 'TurbofanThrowIfNotSuperConstructor'
        ? reduceThrowIfNotSuperConstructor(graph, broker, node, editor)
        : undefined;
    default:
      return undefined;
  }
}

const knownFunction = (broker: HeapBroker, node: Node): Tagged => {
  if (node.opcode !== 'HeapConstant') return 0;
  const fn = node.parameterOf('HeapConstant');
  return broker.isJSFunction(fn) ? fn : 0;
};

function reduceGetSuperConstructor(graph: Graph, broker: HeapBroker, node: Node, editor: Editor): Node | undefined {
  const fn = knownFunction(broker, node.value(0));
  if (fn === 0) return undefined;
  const map = broker.mapOf(fn);
  const parent = mapPrototype(broker.heap, map);
  if (!broker.canEmbed(parent) || !broker.dependOnStableMap(map)) return undefined;
  const constant = graph.heapConstant(parent);
  editor.replaceWithValue(node, constant, node.effect, node.control);
  return constant;
}

function reduceThrowIfNotSuperConstructor(
  graph: Graph,
  broker: HeapBroker,
  node: Node,
  editor: Editor,
): Node | undefined {
  const constructor = node.value(0);
  if (constructor.opcode !== 'HeapConstant') return undefined;
  if (!isConstructorMap(broker.heap, broker.mapOf(constructor.parameterOf('HeapConstant')))) return undefined;
  const nothing = graph.heapConstant(StaticRoot.Undefined);
  editor.replaceWithValue(node, nothing, node.effect, node.control);
  return nothing;
}

function reduceFindNonDefaultConstructor(
  graph: Graph,
  broker: HeapBroker,
  node: Node,
  editor: Editor,
): Node | undefined {
  const active = knownFunction(broker, node.value(0));
  if (active === 0) return undefined;
  const constructor = nonDefaultConstructorOf(broker.rt, active);
  if (!broker.isJSFunction(constructor) || !broker.canEmbed(constructor)) return undefined;
  const makesInstance = isDefaultBaseConstructor(broker.rt, constructor);
  const state = makesInstance ? frameStateBefore(node) : undefined;
  if (makesInstance && (state === undefined || !isAllocatedInline(broker, constructor, node.value(1))))
    return undefined;
  const loads = node.uses.filter(({ user }) => user.opcode === 'LoadElement').map(({ user }) => user);
  const index = (load: Node): number => load.value(1).parameterOf('NumberConstant');
  if (!dependOnConstructors(broker, active, constructor)) return undefined;
  const target = graph.heapConstant(constructor);
  let { effect, control } = node;
  let found = target;
  if (makesInstance) {
    found = graph.newNode('JSCreate', undefined, [target, node.value(1), contextOf(state!), state!, effect, control]);
    found.position = node.position;
    found.inliningId = node.inliningId;
    effect = found;
    control = found;
  }
  const isInstance = graph.heapConstant(makesInstance ? StaticRoot.True : StaticRoot.False);
  for (const load of loads) {
    const value = index(load) === 0 ? isInstance : found;
    editor.replaceWithValue(load, value, load.effect, load.control);
  }
  editor.replaceWithValue(node, found, effect, control);
  return found;
}

/** The maps from `active` up to, not including, `constructor` hold who is above whom. */
function dependOnConstructors(broker: HeapBroker, active: Tagged, constructor: Tagged): boolean {
  const maps: Tagged[] = [];
  for (let fn = active; fn !== constructor; fn = mapPrototype(broker.heap, broker.mapOf(fn)))
    maps.push(broker.mapOf(fn));
  return maps.every((map) => isStableMap(broker.heap, map)) && maps.every((map) => broker.dependOnStableMap(map));
}

/** The frame state of the checkpoint before a node. */
function frameStateBefore(node: Node): Node | undefined {
  for (let at = node.effect; at.op.effectIn === 1; at = at.effect)
    if (at.opcode === 'Checkpoint') return at.frameState;
    else if (!at.op.row.noWrite) return undefined;
  return undefined;
}

const contextOf = (frameState: Node): Node => frameState.inputs[FrameStateInput.Context]!;

/** Whether JSCreate becomes an allocation: as a call it would have to end in another frame state than the one before. */
const isAllocatedInline = (broker: HeapBroker, constructor: Tagged, newTarget: Node): boolean => {
  const fn = knownFunction(broker, newTarget);
  return fn !== 0 && broker.instanceMap(constructor, fn) !== 0;
};
