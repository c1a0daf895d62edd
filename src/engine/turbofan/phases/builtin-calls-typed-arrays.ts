// Accessors of typed arrays in optimized code (V8: ReduceArrayBufferViewAccessor). Views of buffers that change their length have
// elements kinds of their own, which stay calls, and so does every view once a buffer was detached.

import { InstanceType, isRabGsabElementsKind, mapElementsKind, mapInstanceType, Root } from '../../objects/index.ts';
import { Fields } from '../broker/access-builder.ts';
import type { Node } from '../graph/node.ts';
import type { BuiltinCall } from './builtin-call.ts';
import { inferMaps } from './map-inference.ts';

function length({ broker, receiver, access, at, feedback, node }: BuiltinCall): Node | undefined {
  const { heap } = broker;
  const inference = inferMaps(broker, receiver, node.effect);
  const isView = (map: number): boolean =>
    mapInstanceType(heap, map) === InstanceType.JSTypedArray && !isRabGsabElementsKind(mapElementsKind(heap, map));
  if (inference === undefined || !inference.maps.every(isView)) return undefined;
  if (!broker.dependOnProtector(Root.ArrayBufferDetachingProtector)) return undefined;
  if (!inference.isReliable) access.checkMaps(receiver, inference.maps, at, feedback);
  return access.loadField(Fields.typedArrayLength, receiver, at);
}

export const typedArrayReductions: Readonly<Record<string, (call: BuiltinCall) => Node | undefined>> = {
  '%TypedArray%.prototype.length': length,
};
