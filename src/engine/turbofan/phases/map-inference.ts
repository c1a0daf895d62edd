// MapInference (V8's name): which maps an object has at a place in the effect chain, from the guard that it passed before.

import type { Tagged } from '../../heap/index.ts';
import { MapObject } from '../../objects/index.ts';
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

function mayChangeMaps(node: Node): boolean {
  if (node.op.row.noWrite || node.op.row.quiet) return false;
  if (node.opcode === 'StoreField') return node.parameterOf('StoreField').offset === MapObject.Map;
  return node.opcode !== 'StoreElement' && node.opcode !== 'MaybeGrowFastElements';
}

export function inferMaps(object: Node, effect: Node): InferredMaps | undefined {
  const wanted = original(object);
  let isReliable = true;
  for (let at = effect; at.op.effectIn === 1; at = at.effect) {
    if (at.opcode === 'CheckMaps' && original(at.value(0)) === wanted)
      return { maps: at.parameterOf('CheckMaps').maps, isReliable };
    if (mayChangeMaps(at)) isReliable = false;
  }
  return undefined;
}
