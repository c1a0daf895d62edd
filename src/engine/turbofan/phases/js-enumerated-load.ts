// o[k] in a for-in loop over o whose keys are those of the map's enum cache (V8: ReduceJSLoadPropertyWithEnumeratedKey): the cache
// says where the value of the key is.
//
//   Map ─▶ DescriptorArray ─▶ EnumCache ─▶ Indices[index] ─▶ the field; empty where some property is no field

import { DeoptimizeReason } from '../../deoptimizer/index.ts';
import { ElementsKind, StaticRoot } from '../../objects/index.ts';
import { elementAccess, Fields } from '../broker/access-builder.ts';
import type { HeapBroker } from '../broker/heap-broker.ts';
import type { Graph } from '../graph/graph.ts';
import type { Editor } from '../graph/graph-reducer.ts';
import type { Node } from '../graph/node.ts';
import type { DeoptimizeParameters, FieldAccess } from '../graph/parameters.ts';
import { Types } from '../graph/types.ts';

/** The object whose next key `key` is, with the place of its value beside it; `object`, or what a primitive `object` became. */
const enumeratedObject = (broker: HeapBroker, object: Node, key: Node): Node | undefined => {
  if (key.opcode !== 'JSForInNext') return undefined;
  const receiver = key.value(0);
  const feedback = key.parameterOf('JSForInNext')?.feedback;
  if (feedback === undefined || !broker.usesEnumIndices(feedback)) return undefined;
  return receiver === object || (receiver.opcode === 'JSToObject' && receiver.value(0) === object)
    ? receiver
    : undefined;
};

/** Whether anything that could have changed the object stands between the key and its use. */
const mayHaveChanged = (effect: Node, key: Node): boolean => {
  for (let node = effect; node !== key; node = node.effect)
    if (!node.op.row.noWrite || node.op.effectIn !== 1) return true;
  return false;
};

export function reduceEnumeratedLoad(graph: Graph, broker: HeapBroker, node: Node, editor: Editor): Node | undefined {
  const key = node.value(1);
  const object = enumeratedObject(broker, node.value(0), key);
  if (object === undefined) return undefined;
  const [cacheType, index] = [key.value(2), key.value(3)];
  const { control } = node;
  let { effect } = node;
  const at = (made: Node): Node => {
    made.position = node.position;
    made.inliningId = node.inliningId;
    effect = made;
    return made;
  };
  const load = (from: Node, field: FieldAccess): Node => {
    const made = at(graph.newNode('LoadField', field, [from, effect, control]));
    made.type = field.type;
    return made;
  };
  const unless = (reason: DeoptimizeReason, condition: Node): void => {
    condition.type = Types.Boolean;
    const parameters: DeoptimizeParameters = { reason, feedback: undefined };
    at(graph.newNode('CheckIf', parameters, [condition, effect, control]));
  };
  if (mayHaveChanged(effect, key)) {
    const map = load(object, Fields.map);
    unless(DeoptimizeReason.WrongMap, graph.newNode('ReferenceEqual', undefined, [map, cacheType]));
  }
  const indices = load(load(load(cacheType, Fields.mapDescriptors), Fields.enumCache), Fields.enumIndices);
  const isEmpty = graph.newNode('ReferenceEqual', undefined, [indices, graph.heapConstant(StaticRoot.EmptyFixedArray)]);
  isEmpty.type = Types.Boolean;
  unless(DeoptimizeReason.WrongEnumIndices, graph.newNode('BooleanNot', undefined, [isEmpty]));
  const small = at(graph.newNode('TypeGuard', Types.UnsignedSmall, [index, effect, control]));
  small.type = Types.UnsignedSmall;
  const access = elementAccess(ElementsKind.PackedSmi);
  const field = at(graph.newNode('LoadElement', access, [indices, small, effect, control]));
  field.type = access.type;
  const value = at(graph.newNode('JSLoadFieldByIndex', undefined, [object, field, node.context, effect, control]));
  editor.replaceWithValue(node, value, value, value);
  return value;
}
