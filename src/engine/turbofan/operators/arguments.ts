// The arguments of the frame that the code runs in: how many, one by its index, and all of them as the elements of an object.
//
// Invariant: nothing writes the caller's part of the frame while the code runs, so that it holds what was passed from first to last.

import { FrameOffset } from '../../frames/index.ts';
import { Rep, MachineTypes as T } from '../graph/machine-type.ts';
import type { Node } from '../graph/node.ts';
import { type ArgumentsElementsParameters, BranchHint, type StackArgumentParameters } from '../graph/parameters.ts';
import { Types } from '../graph/types.ts';
import type { GraphAssembler } from '../phases/graph-assembler.ts';
import { argumentsTypeNumber } from './javascript.ts';
import { produces, uses } from './lowering.ts';
import { effectful, pure } from './row.ts';
import { Uses } from './use-info.ts';

const length = {
  typing: () => Types.ArgumentsLength,
  lowering: produces(Rep.TaggedSigned),
  machineType: T.TaggedSigned,
};

// biome-ignore format: one operator, one line
export const argumentsOperators = {
  ArgumentsLength: pure(0, 'how many were passed', { ...length, linearization: (a) => a.int31ToSmi(argumentCount(a)) }),
  RestLength: pure<number>(0, 'how many were passed beyond the formal parameters', { ...length, linearization: restLength }),
  NewArgumentsElements: effectful<ArgumentsElementsParameters>(0, 1, 'tqr', 'elements of an arguments object or rest array', { machineType: T.TaggedPointer, typing: () => Types.OtherInternal, lowering: produces(Rep.TaggedPointer), linearization: newArgumentsElements }),
  LoadStackArgument: effectful<StackArgumentParameters>(1, 1, 'tqr', 'index', { machineType: T.AnyTagged, typing: () => Types.NonInternal, lowering: uses([Uses.word32], Rep.Tagged), linearization: loadStackArgument }),
} as const;

/** Without the receiver. */
function argumentCount(a: GraphAssembler): Node {
  const count = a.load(T.Int32, a.m('LoadFramePointer'), a.i32(FrameOffset.ArgumentCount));
  return a.m('Int32Sub', count, a.i32(1));
}

function restLength(a: GraphAssembler, _: Node, formal: number): Node {
  if (formal === 0) return a.int31ToSmi(argumentCount(a));
  const rest = a.m('Int32Sub', argumentCount(a), a.i32(formal));
  const isNone = a.m('Int32LessThan', rest, a.i32(0));
  return a.int31ToSmi(
    a.diamond(
      isNone,
      BranchHint.None,
      T.Int32,
      () => a.i32(0),
      () => rest,
    ),
  );
}

function newArgumentsElements(a: GraphAssembler, _: Node, { type, formal }: ArgumentsElementsParameters): Node {
  const state = a.frameState;
  const elements = a.callRuntime('TurbofanNewArgumentsElements', [
    a.graph.smi(argumentsTypeNumber(type)),
    a.graph.smi(formal),
  ]);
  a.frameState = state;
  return a.typed(elements, T.TaggedPointer);
}

function loadStackArgument(a: GraphAssembler, node: Node, { skipped }: StackArgumentParameters): Node {
  const scaled = a.m('Word64Shl', a.m('ChangeUint32ToUint64', node.value(0)), a.graph.int64(3n));
  const offset = a.m('Int64Add', scaled, a.graph.int64(BigInt(FrameOffset.FirstArgument + 8 * skipped)));
  return a.load(T.AnyTagged, a.m('LoadFramePointer'), offset);
}
