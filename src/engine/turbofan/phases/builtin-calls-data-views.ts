// Accessors of DataViews in optimized code (V8: ReduceDataViewAccess): the offset is checked against the view's length, which is a
// constant of a view that is one. V8 has views of buffers that change their length in maps of their own; here their stored length keeps
// them out, or the element's own guard does.

import {
  ElementsKind,
  InstanceType,
  isResizableBuffer,
  JSTypedArray,
  mapInstanceType,
  StaticRoot,
  typedElementSize,
  viewByteLength,
} from '../../objects/index.ts';
import { Fields } from '../broker/access-builder.ts';
import type { Node } from '../graph/node.ts';
import { Types } from '../graph/types.ts';
import type { BuiltinCall } from './builtin-call.ts';
import { inferMaps } from './map-inference.ts';

type Reduction = (call: BuiltinCall) => Node | undefined;

/** How many offsets an element can be at; undefined where the accessor stays a call. */
function offsetsOf({ broker, graph, receiver, access, at, node }: BuiltinCall, size: number): Node | undefined {
  const { heap } = broker;
  if (receiver.opcode === 'HeapConstant') {
    const view = receiver.parameterOf('HeapConstant');
    if (broker.instanceType(view) !== InstanceType.JSDataView) return undefined;
    const length = viewByteLength(heap, view);
    if (length < size || isResizableBuffer(heap, heap.get(view, JSTypedArray.Buffer))) return undefined;
    return graph.number(length - (size - 1));
  }
  const inference = inferMaps(broker, receiver, node.effect);
  if (inference === undefined || !inference.maps.every((map) => mapInstanceType(heap, map) === InstanceType.JSDataView))
    return undefined;
  const length = access.loadField(Fields.typedArrayLength, receiver, at);
  const count = graph.newNode('NumberMax', undefined, [
    graph.number(0),
    graph.newNode('NumberSubtract', undefined, [length, graph.number(size - 1)]),
  ]);
  count.type = Types.UnsignedSmall;
  return count;
}

function place(call: BuiltinCall, kind: ElementsKind, endian: number): readonly Node[] | undefined {
  const { graph, receiver, access, at, feedback } = call;
  if (feedback === undefined) return undefined;
  const count = offsetsOf(call, typedElementSize(kind));
  if (count === undefined) return undefined;
  const offset = call.argument(0, graph.number(0));
  const index = access.checkBounds(offset, count, at, feedback, true);
  const little = call.pure('ToBoolean', call.argument(endian, graph.heapConstant(StaticRoot.False)));
  return [receiver, index, little];
}

const get =
  (kind: ElementsKind): Reduction =>
  (call) => {
    const inputs = place(call, kind, 1);
    if (inputs === undefined) return undefined;
    const { graph, at, feedback } = call;
    at.effect = graph.newNode('LoadDataViewElement', { kind, feedback }, [...inputs, at.effect, at.control]);
    return at.effect;
  };

const set =
  (kind: ElementsKind): Reduction =>
  (call) => {
    const inputs = place(call, kind, 2);
    if (inputs === undefined) return undefined;
    const { graph, at, feedback, access } = call;
    const isBigInt = kind === ElementsKind.BigInt64 || kind === ElementsKind.BigUint64;
    const value = isBigInt
      ? access.check('CheckBigInt', call.argument(1), at, feedback)
      : call.number(call.argument(1));
    at.effect = graph.newNode('StoreDataViewElement', { kind, feedback }, [...inputs, value, at.effect, at.control]);
    return graph.heapConstant(StaticRoot.Undefined);
  };

export const dataViewReductions: Readonly<Record<string, Reduction>> = {
  'DataView.prototype.getInt8': get(ElementsKind.Int8),
  'DataView.prototype.setInt8': set(ElementsKind.Int8),
  'DataView.prototype.getUint8': get(ElementsKind.Uint8),
  'DataView.prototype.setUint8': set(ElementsKind.Uint8),
  'DataView.prototype.getInt16': get(ElementsKind.Int16),
  'DataView.prototype.setInt16': set(ElementsKind.Int16),
  'DataView.prototype.getUint16': get(ElementsKind.Uint16),
  'DataView.prototype.setUint16': set(ElementsKind.Uint16),
  'DataView.prototype.getInt32': get(ElementsKind.Int32),
  'DataView.prototype.setInt32': set(ElementsKind.Int32),
  'DataView.prototype.getUint32': get(ElementsKind.Uint32),
  'DataView.prototype.setUint32': set(ElementsKind.Uint32),
  'DataView.prototype.getFloat32': get(ElementsKind.Float32),
  'DataView.prototype.setFloat32': set(ElementsKind.Float32),
  'DataView.prototype.getFloat64': get(ElementsKind.Float64),
  'DataView.prototype.setFloat64': set(ElementsKind.Float64),
  'DataView.prototype.getBigInt64': get(ElementsKind.BigInt64),
  'DataView.prototype.setBigInt64': set(ElementsKind.BigInt64),
  'DataView.prototype.getBigUint64': get(ElementsKind.BigUint64),
  'DataView.prototype.setBigUint64': set(ElementsKind.BigUint64),
};
