// What builtins do with a whole array of elements; each is a call that runs no JavaScript.

import { FixedDoubleArray, holeNanWord } from '../../objects/index.ts';
import { Rep, MachineTypes as T } from '../graph/machine-type.ts';
import type { Node } from '../graph/node.ts';
import { type ElementsSearch, WriteBarrierKind } from '../graph/parameters.ts';
import { range, Types } from '../graph/types.ts';
import type { GraphAssembler } from '../phases/graph-assembler.ts';
import { uses } from './lowering.ts';
import { effectful } from './row.ts';
import { Uses } from './use-info.ts';

const searched = [Uses.taggedPointer, Uses.anyTagged, Uses.taggedSigned, Uses.taggedSigned] as const;

// biome-ignore format: one operator, one line
export const arrayOperators = {
  ArrayIndexOf: effectful<ElementsSearch>(4, 1, 'tr', 'elements, value, length, from; −1: it is not there', { typing: () => range(-1, Types.FixedArrayLength.max!), lowering: uses(searched, Rep.TaggedSigned), linearization: (a, node, p) => a.typed(search(a, node, 'TurbofanArrayIndexOf', p), T.TaggedSigned) }),
  ArrayIncludes: effectful<ElementsSearch>(4, 1, 'tr', 'elements, value, length, from', { typing: () => Types.Boolean, lowering: uses(searched, Rep.TaggedPointer), linearization: (a, node, p) => a.typed(search(a, node, 'TurbofanArrayIncludes', p), T.TaggedPointer) }),
  CloneFastJSArray: effectful(1, 1, 't', 'array', { typing: () => Types.NonInternal, lowering: uses([Uses.taggedPointer], Rep.TaggedPointer), linearization: (a, node) => a.typed(a.callRuntime('TurbofanCloneFastJSArray', [node.value(0)]), T.TaggedPointer) }),
  NewArrayElements: effectful<ElementsSearch>(1, 1, 't', 'length: a store of holes', { typing: () => Types.OtherInternal, lowering: uses([Uses.taggedSigned], Rep.TaggedPointer), linearization: (a, node, p) => a.typed(a.callRuntime('TurbofanNewElements', [node.value(0), a.graph.smi(p.isDouble ? 1 : 0)]), T.TaggedPointer) }),
  StoreDoubleHole: effectful(2, 0, 't', 'elements, index', { lowering: uses([Uses.taggedPointer, Uses.word32]), linearization: storeDoubleHole }),
} as const;

function search(a: GraphAssembler, node: Node, stub: string, { isDouble }: ElementsSearch): Node {
  const state = a.frameState;
  const found = a.callRuntime(stub, [
    node.value(0),
    node.value(1),
    node.value(2),
    node.value(3),
    a.graph.smi(isDouble ? 1 : 0),
  ]);
  a.frameState = state;
  return found;
}

function storeDoubleHole(a: GraphAssembler, node: Node): Node {
  const scaled = a.m('Word64Shl', a.m('ChangeUint32ToUint64', node.value(1)), a.graph.int64(3n));
  for (const half of [0, 4]) {
    const offset = a.m('Int64Add', scaled, a.graph.int64(BigInt(FixedDoubleArray.Elements - 1 + half)));
    a.store(Rep.Word32, WriteBarrierKind.None, node.value(0), offset, a.i32(holeNanWord));
  }
  a.frameState = undefined;
  return a.noValue;
}
