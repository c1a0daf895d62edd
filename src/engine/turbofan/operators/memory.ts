// Fields, elements and allocation.

import { DeoptimizeReason } from '../../deoptimizer/index.ts';
import { isReadOnlyOrOld } from '../../heap/index.ts';
import { MapObject, StaticRoot } from '../../objects/index.ts';
import { type MachineType, Rep, MachineTypes as T } from '../graph/machine-type.ts';
import type { Node } from '../graph/node.ts';
import {
  BranchHint,
  type ElementAccess,
  type ElementsTransition,
  type FieldAccess,
  type GrowFastElementsParameters,
  WriteBarrierKind,
} from '../graph/parameters.ts';
import { Bits, bitset, is, Types } from '../graph/types.ts';
import type { GraphAssembler } from '../phases/graph-assembler.ts';
import type { RepresentationSelector } from '../phases/simplified-lowering.ts';
import { uses } from './lowering.ts';
import { effectful } from './row.ts';
import { type UseInfo, Uses, type UseTruncation } from './use-info.ts';

// biome-ignore format: one operator, one line
export const memoryOperators = {
  LoadField: effectful<FieldAccess>(1, 1, 'tr', 'object', { typing: (_, __, access) => access.type, takes: 'a', lowering: lowerLoadField, linearization: loadField }),
  StoreField: effectful<FieldAccess>(2, 0, 'ts', 'object, value', { takes: 'a?', lowering: lowerStoreField, linearization: storeField }),
  LoadElement: effectful<ElementAccess>(2, 1, 'tr', 'elements, index', { typing: (_, __, access) => access.type, takes: 'pw', lowering: lowerLoadElement, linearization: loadElement }),
  StoreElement: effectful<ElementAccess>(3, 0, 'ts', 'elements, index, value', { takes: 'pw?', lowering: lowerStoreElement, linearization: storeElement }),
  Allocate: effectful(1, 1, 'tqr', 'size in bytes; uninitialised', { machineType: T.TaggedPointer, typing: () => Types.OtherInternal, lowering: uses([Uses.word32], Rep.TaggedPointer), linearization: (a, node) => a.allocate(node.value(0)) }),
  TransitionElementsKind: effectful<ElementsTransition>(1, 0, 't', 'object', { lowering: uses([Uses.taggedPointer]), linearization: transitionElementsKind }),
  EnsureWritableFastElements: effectful(2, 1, 't', 'object, elements', { typing: () => Types.OtherInternal, lowering: uses([Uses.taggedPointer, Uses.taggedPointer], Rep.TaggedPointer), linearization: ensureWritableFastElements }),
  MaybeGrowFastElements: effectful<GrowFastElementsParameters>(4, 1, 't', 'object, elements, index, elements length', { typing: () => Types.OtherInternal, lowering: uses([Uses.taggedPointer, Uses.taggedPointer, Uses.word32, Uses.word32], Rep.TaggedPointer), linearization: maybeGrowFastElements }),
} as const;

// --- lowering --------------------------------------------------------------------------------------------------------------

type Selector = RepresentationSelector;

/** Representation in a register of a value loaded with this memory type. */
const registerRep = ({ rep }: MachineType): Rep => (rep === Rep.Word8 || rep === Rep.Word16 ? Rep.Word32 : rep);

const baseUse = (access: FieldAccess): UseInfo => (access.untagged === true ? Uses.word : Uses.taggedPointer);

function storeUse(l: Selector, { rep }: MachineType, value: Node): UseInfo {
  switch (rep) {
    case Rep.TaggedSigned:
      return Uses.taggedSigned;
    case Rep.TaggedPointer:
      return is(l.typeOf(value), Types.Number) ? Uses.taggedPointer : Uses.anyTagged;
    case Rep.Tagged:
      return Uses.anyTagged;
    case Rep.Float64:
      return Uses.truncatingFloat64();
    case Rep.Word64:
      return Uses.word;
    default:
      return Uses.truncatingWord32;
  }
}

/** Values of which none is in new space. */
const withoutBarrier = bitset(Bits.Boolean | Bits.Null | Bits.Undefined | Bits.Signed31);

function barrierFor(kind: WriteBarrierKind, value: Node): WriteBarrierKind {
  if (kind === WriteBarrierKind.None) return kind;
  const { opcode } = value;
  if (opcode === 'SmiConstant' || opcode === 'ChangeInt31ToTaggedSigned') return WriteBarrierKind.None;
  if (opcode === 'NumberConstant' && Number.isInteger(value.op.parameter)) return WriteBarrierKind.None;
  if (opcode === 'HeapConstant' && isReadOnlyOrOld(value.parameterOf('HeapConstant'))) return WriteBarrierKind.None;
  return value.type !== undefined && is(value.type, withoutBarrier) ? WriteBarrierKind.None : kind;
}

function lowerLoadField(l: Selector, node: Node, _: UseTruncation, access: FieldAccess): void {
  l.input(node, 0, baseUse(access));
  l.rest(node, 1);
  l.output(node, registerRep(access.machineType));
}

function lowerStoreField(l: Selector, node: Node, _: UseTruncation, access: FieldAccess): void {
  l.input(node, 0, baseUse(access));
  l.input(node, 1, storeUse(l, access.machineType, node.value(1)));
  l.rest(node, 2);
  if (l.lower) l.change(node, 'StoreField', { ...access, barrier: barrierFor(access.barrier, node.value(1)) });
}

function lowerLoadElement(l: Selector, node: Node, _: UseTruncation, access: ElementAccess): void {
  l.input(node, 0, Uses.taggedPointer);
  l.input(node, 1, Uses.word32);
  l.rest(node, 2);
  l.output(node, registerRep(access.machineType));
}

function lowerStoreElement(l: Selector, node: Node, _: UseTruncation, access: ElementAccess): void {
  l.input(node, 0, Uses.taggedPointer);
  l.input(node, 1, Uses.word32);
  l.input(node, 2, storeUse(l, access.machineType, node.value(2)));
  l.rest(node, 3);
  if (l.lower) l.change(node, 'StoreElement', { ...access, barrier: barrierFor(access.barrier, node.value(2)) });
}

// --- linearization -----------------------------------------------------------------------------------------------------------

function loadField(a: GraphAssembler, node: Node, { machineType, offset, untagged }: FieldAccess): Node {
  return a.load(machineType, node.value(0), a.i32(untagged === true ? offset : offset - 1));
}

function storeField(a: GraphAssembler, node: Node, { machineType, barrier, offset }: FieldAccess): Node {
  const kind = a.inAllocationRegion ? WriteBarrierKind.None : barrier;
  a.store(machineType.rep, kind, node.value(0), a.i32(offset - 1), node.value(1));
  if (!a.inAllocationRegion) a.frameState = undefined;
  return a.noValue;
}

function elementOffset(a: GraphAssembler, { headerSize, machineType }: ElementAccess, index: Node): Node {
  const shift = machineType.rep === Rep.Float64 ? 3 : 2;
  if (index.opcode === 'Int32Constant') return a.i32(headerSize - 1 + (index.parameterOf('Int32Constant') << shift));
  const scaled = a.m('Word64Shl', a.m('ChangeUint32ToUint64', index), a.graph.int64(BigInt(shift)));
  return a.m('Int64Add', scaled, a.graph.int64(BigInt(headerSize - 1)));
}

function loadElement(a: GraphAssembler, node: Node, access: ElementAccess): Node {
  return a.load(access.machineType, node.value(0), elementOffset(a, access, node.value(1)));
}

function storeElement(a: GraphAssembler, node: Node, access: ElementAccess): Node {
  const offset = elementOffset(a, access, node.value(1));
  a.store(access.machineType.rep, access.barrier, node.value(0), offset, node.value(2));
  a.frameState = undefined;
  return a.noValue;
}

/** Doing it twice does no harm: the state before still holds. */
function transitionElementsKind(a: GraphAssembler, node: Node, { source, target, fast }: ElementsTransition): Node {
  const object = node.value(0);
  const state = a.frameState;
  a.diamond(
    a.m('TaggedEqual', a.mapOf(object), a.graph.heapConstant(source)),
    BranchHint.None,
    undefined,
    () => {
      if (fast) {
        const offset = a.i32(MapObject.Map - 1);
        a.store(Rep.TaggedPointer, WriteBarrierKind.None, object, offset, a.graph.heapConstant(target));
      } else a.callRuntime('TurbofanTransitionElements', [object, a.graph.heapConstant(target)]);
      return undefined;
    },
    () => undefined,
  );
  a.frameState = state;
  return a.noValue;
}

function ensureWritableFastElements(a: GraphAssembler, node: Node): Node {
  const [object, elements] = [node.value(0), node.value(1)];
  return a.diamond(
    a.isMap(elements, StaticRoot.FixedArrayMap),
    BranchHint.True,
    T.TaggedPointer,
    () => elements,
    () => a.typed(a.callRuntime('TurbofanCopyFastElements', [object]), T.TaggedPointer),
  );
}

function maybeGrowFastElements(a: GraphAssembler, node: Node, { feedback }: GrowFastElementsParameters): Node {
  const [object, elements, index, length] = [node.value(0), node.value(1), node.value(2), node.value(3)];
  const state = a.frameState;
  const result = a.diamond(
    a.m('Uint32LessThan', index, length),
    BranchHint.True,
    T.TaggedPointer,
    () => elements,
    () => {
      const grown = a.callRuntime('TurbofanGrowFastElements', [object, a.int31ToSmi(index)]);
      a.frameState = state;
      a.deoptIf(DeoptimizeReason.CouldNotGrowElements, feedback, a.isSmi(grown));
      return a.typed(grown, T.TaggedPointer);
    },
  );
  a.frameState = state;
  return result;
}
