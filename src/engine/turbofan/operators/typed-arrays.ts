// Elements of typed arrays: numbers as the buffer holds them.
//
//   array ─Buffer─▶ JSArrayBuffer ─▶ ByteArray           element i: ByteArray.Bytes + byte offset + (i << shift)
//                   LoadBackingStore   LoadTypedElement
//
// Nothing here knows whether a buffer is detached: who builds these guards it, or depends on the protector.

import { ByteArray, JSArrayBuffer, StaticRoot } from '../../objects/index.ts';
import { isFloatingPoint, type MachineType, Rep, MachineTypes as T } from '../graph/machine-type.ts';
import type { Node } from '../graph/node.ts';
import { BranchHint, type TypedElementAccess, WriteBarrierKind } from '../graph/parameters.ts';
import { range, type Type, Types } from '../graph/types.ts';
import type { GraphAssembler } from '../phases/graph-assembler.ts';
import type { RepresentationSelector } from '../phases/simplified-lowering.ts';
import { unop } from './lowering.ts';
import { effectful, pure } from './row.ts';
import { Uses, type UseTruncation } from './use-info.ts';

// biome-ignore format: one operator, one line
export const typedArrayOperators = {
  LoadBackingStore: effectful(1, 1, 'tr', 'JSArrayBuffer, not detached', { typing: () => Types.OtherInternal, lowering: unop(Uses.taggedPointer, Rep.TaggedPointer), linearization: loadBackingStore }),
  LoadTypedElement: effectful<TypedElementAccess>(3, 1, 'tr', 'backing store, byte offset, index', { typing: (_, __, access) => typeOfElement(access), takes: 'pww', lowering: lowerLoad, linearization: loadTypedElement }),
  StoreTypedElement: effectful<TypedElementAccess>(4, 0, 'tqs', 'backing store, byte offset, index, value', { takes: 'pww?', lowering: lowerStore, linearization: storeTypedElement }),
  NumberToUint8Clamped: pure(1, 'ToUint8Clamp', { typing: () => range(0, 255), takes: 'd', lowering: unop(Uses.truncatingFloat64(), Rep.Word32), linearization: (a, node) => toUint8Clamped(a, node.value(0)) }),
} as const;

const isDouble = ({ machineType }: TypedElementAccess): boolean => isFloatingPoint(machineType.rep);

function typeOfElement({ machineType }: TypedElementAccess): Type {
  switch (machineType) {
    case T.Int8:
      return range(-0x80, 0x7f);
    case T.Uint8:
      return range(0, 0xff);
    case T.Int16:
      return range(-0x8000, 0x7fff);
    case T.Uint16:
      return range(0, 0xffff);
    case T.Int32:
      return Types.Signed32;
    case T.Uint32:
      return Types.Unsigned32;
    default:
      return Types.Number;
  }
}

// --- lowering ----------------------------------------------------------------------------------------------------------------

type Selector = RepresentationSelector;

function place(l: Selector, node: Node): void {
  l.input(node, 0, Uses.taggedPointer);
  l.input(node, 1, Uses.word32);
  l.input(node, 2, Uses.word32);
}

function lowerLoad(l: Selector, node: Node, _: UseTruncation, access: TypedElementAccess): void {
  place(l, node);
  l.rest(node, 3);
  l.output(node, isDouble(access) ? Rep.Float64 : Rep.Word32);
}

function lowerStore(l: Selector, node: Node, _: UseTruncation, access: TypedElementAccess): void {
  place(l, node);
  l.input(node, 3, isDouble(access) ? Uses.truncatingFloat64() : Uses.truncatingWord32);
  l.rest(node, 4);
}

// --- linearization -----------------------------------------------------------------------------------------------------------

/** A clone of a shared buffer has the buffer that has the bytes. */
function loadBackingStore(a: GraphAssembler, node: Node): Node {
  const store = a.field(T.TaggedPointer, node.value(0), JSArrayBuffer.BackingStore);
  return a.diamond(
    a.isMap(store, StaticRoot.ByteArrayMap),
    BranchHint.True,
    T.TaggedPointer,
    () => store,
    () => a.field(T.TaggedPointer, store, JSArrayBuffer.BackingStore),
  );
}

const shiftOf = ({ rep }: MachineType): number =>
  rep === Rep.Float64 ? 3 : rep === Rep.Word32 || rep === Rep.Float32 ? 2 : rep === Rep.Word16 ? 1 : 0;

function offsetOf(a: GraphAssembler, node: Node, { machineType }: TypedElementAccess): Node {
  const start = a.m('ChangeUint32ToUint64', node.value(1));
  const index = a.m('ChangeUint32ToUint64', node.value(2));
  const shift = shiftOf(machineType);
  const scaled = shift === 0 ? index : a.m('Word64Shl', index, a.graph.int64(BigInt(shift)));
  return a.m('Int64Add', a.m('Int64Add', scaled, start), a.graph.int64(BigInt(ByteArray.Bytes - 1)));
}

function loadTypedElement(a: GraphAssembler, node: Node, access: TypedElementAccess): Node {
  const value = a.load(access.machineType, node.value(0), offsetOf(a, node, access));
  return access.machineType === T.Float32 ? a.m('ChangeFloat32ToFloat64', value) : value;
}

function storeTypedElement(a: GraphAssembler, node: Node, access: TypedElementAccess): Node {
  const { machineType } = access;
  const value = machineType === T.Float32 ? a.m('TruncateFloat64ToFloat32', node.value(3)) : node.value(3);
  a.store(machineType.rep, WriteBarrierKind.None, node.value(0), offsetOf(a, node, access), value);
  a.frameState = undefined;
  return a.noValue;
}

/** Doubles from here on are integers: adding it rounds to the nearest, ties to even. */
const twoTo52 = 2 ** 52;

/** NaN is 0. */
function toUint8Clamped(a: GraphAssembler, value: Node): Node {
  const clamped = a.m('Float64Min', a.m('Float64Max', value, a.graph.float64(0)), a.graph.float64(255));
  const big = a.graph.float64(twoTo52);
  return a.m('TruncateFloat64ToWord32', a.m('Float64Sub', a.m('Float64Add', clamped, big), big));
}
