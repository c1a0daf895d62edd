// MapInference (V8: NodeProperties::InferMapsUnsafe): which maps an object has at a place in the effect chain, from what was done with
// it before: a guard that it passed, its allocation, a store of its map. What lies between may have changed maps, and then they are certain
// only as far as they are stable or guarded again.

import type { Tagged } from '../../heap/index.ts';
import { findRootMap, InstanceType, isStableMap, MapObject, mapInstanceType } from '../../objects/index.ts';
import { NativeContextSlot } from '../../runtime/index.ts';
import type { HeapBroker } from '../broker/heap-broker.ts';
import type { Node } from '../graph/node.ts';

export interface InferredMaps {
  readonly maps: readonly Tagged[];
  /** Nothing between there and here writes. */
  readonly isReliable: boolean;
}

/** The same object, behind checks. */
function original(node: Node): Node {
  let object = node;
  while (object.opcode === 'CheckHeapObject') object = object.value(0);
  return object;
}

const isMapStore = (node: Node): boolean =>
  node.opcode === 'StoreField' && node.parameterOf('StoreField').offset === MapObject.Map;

/** Of instances that are made here by a constructor whose initial map is known; 0 otherwise (V8: GetJSCreateMap). */
const createdMap = (broker: HeapBroker, create: Node): Tagged => {
  const [target, newTarget] = [create.value(0), create.value(1)];
  if (target.opcode !== 'HeapConstant' || newTarget.opcode !== 'HeapConstant') return 0;
  return broker.instanceMap(target.parameterOf('HeapConstant'), newTarget.parameterOf('HeapConstant'));
};

/** Of a constant, whose map is stable; undefined where the effect chain has to say. */
function constantMap(broker: HeapBroker, constant: Tagged): Tagged | undefined {
  const prototypes = [NativeContextSlot.ArrayPrototype, NativeContextSlot.ObjectPrototype];
  if (prototypes.some((slot) => broker.intrinsic(slot) === constant)) return undefined;
  const map = broker.mapOf(constant);
  const isReceiver = mapInstanceType(broker.heap, map) >= InstanceType.FirstJSReceiver;
  return isReceiver && isStableMap(broker.heap, map) ? map : undefined;
}

export function inferMaps(broker: HeapBroker, object: Node, effect: Node): InferredMaps | undefined {
  let wanted = original(object);
  if (wanted.opcode === 'HeapConstant') {
    const map = constantMap(broker, wanted.parameterOf('HeapConstant'));
    if (map !== undefined) return { maps: [map], isReliable: false };
  }
  let isReliable = true;
  for (let at = effect; ; at = at.effect) {
    if (at.opcode === 'CheckMaps' && original(at.value(0)) === wanted)
      return { maps: at.parameterOf('CheckMaps').maps, isReliable };
    if (isMapStore(at)) {
      const map = at.value(1);
      if (original(at.value(0)) === wanted && map.opcode === 'HeapConstant')
        return { maps: [map.parameterOf('HeapConstant')], isReliable };
      isReliable = false;
    } else if (at.opcode === 'JSCreate') {
      const map = at === wanted ? createdMap(broker, at) : 0;
      if (map !== 0) return { maps: [map], isReliable };
      isReliable = false;
    } else if (at.opcode === 'EffectPhi') {
      if (at.control.opcode !== 'Loop') return undefined;
      // What the loop does may change maps: what is known before it is a guess.
      isReliable = false;
      continue;
    } else if (at.opcode === 'FinishRegion' && at === wanted) wanted = original(at.value(0));
    else if (!at.op.row.noWrite && !at.op.row.keepsMaps) isReliable = false;
    if (at === wanted || at.op.effectIn !== 1) return undefined;
  }
}

/** The maps that are certain behind a guard of each that is not: reliable ones, or stable ones (V8: JSNativeContextSpecialization::InferMaps). */
export function inferCertainMaps(broker: HeapBroker, object: Node, effect: Node): InferredMaps | undefined {
  const inference = inferMaps(broker, object, effect);
  if (inference === undefined || inference.isReliable) return inference;
  return inference.maps.every((map) => isStableMap(broker.heap, map)) ? inference : undefined;
}

/** Without maps that an object of this root can never have (V8: RemoveImpossibleMaps). */
export function possibleMaps(broker: HeapBroker, object: Node, maps: readonly Tagged[]): readonly Tagged[] {
  let root = 0;
  if (object.opcode === 'HeapConstant')
    root = findRootMap(broker.heap, broker.mapOf(object.parameterOf('HeapConstant')));
  else if (object.opcode === 'JSCreate') root = createdMap(broker, object);
  return root === 0 ? maps : maps.filter((map) => findRootMap(broker.heap, map) === root);
}
