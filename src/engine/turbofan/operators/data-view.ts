// Elements of DataViews, at any offset in either byte order: calls that run no JavaScript. A view whose buffer was detached, or is too
// short by now, leaves.

import { DeoptimizeReason } from '../../deoptimizer/index.ts';
import { ElementsKind, StaticRoot } from '../../objects/index.ts';
import { Rep, MachineTypes as T } from '../graph/machine-type.ts';
import type { Node } from '../graph/node.ts';
import type { DataViewAccess } from '../graph/parameters.ts';
import { range, type Type, Types } from '../graph/types.ts';
import type { GraphAssembler } from '../phases/graph-assembler.ts';
import { uses } from './lowering.ts';
import { effectful } from './row.ts';
import { Uses } from './use-info.ts';

const place = [Uses.taggedPointer, Uses.taggedSigned, Uses.anyTagged] as const;

// biome-ignore format: one operator, one line
export const dataViewOperators = {
  LoadDataViewElement: effectful<DataViewAccess>(3, 1, 'tr', 'view, offset, little-endian?', { typing: (_, __, { kind }) => typeOf(kind), lowering: uses(place, Rep.Tagged), linearization: (a, node, p) => access(a, node, 'TurbofanLoadDataViewElement', p) }),
  StoreDataViewElement: effectful<DataViewAccess>(4, 0, 't', 'view, offset, little-endian?, value', { lowering: uses([...place, Uses.anyTagged]), linearization: store }),
} as const;

function typeOf(kind: ElementsKind): Type {
  switch (kind) {
    case ElementsKind.Int8:
      return range(-0x80, 0x7f);
    case ElementsKind.Uint8:
      return range(0, 0xff);
    case ElementsKind.Int16:
      return range(-0x8000, 0x7fff);
    case ElementsKind.Uint16:
      return range(0, 0xffff);
    case ElementsKind.Int32:
      return Types.Signed32;
    case ElementsKind.Uint32:
      return Types.Unsigned32;
    case ElementsKind.BigInt64:
      return Types.SignedBigInt64;
    case ElementsKind.BigUint64:
      return Types.UnsignedBigInt64;
    default:
      return Types.Number;
  }
}

function access(a: GraphAssembler, node: Node, stub: string, { kind, feedback }: DataViewAccess): Node {
  const state = a.frameState;
  const values = node.inputs.slice(0, node.valueCount);
  const result = a.callRuntime(stub, [a.graph.smi(kind), ...values]);
  a.frameState = state;
  a.deoptIf(DeoptimizeReason.ArrayBufferWasDetached, feedback, a.m('TaggedEqual', result, a.root(StaticRoot.TheHole)));
  return a.typed(result, T.AnyTagged);
}

function store(a: GraphAssembler, node: Node, parameter: DataViewAccess): Node {
  access(a, node, 'TurbofanStoreDataViewElement', parameter);
  a.frameState = undefined;
  return a.noValue;
}
