// Operators on strings; what is not a load is a call.

import { StringBits, StringObject } from '../../objects/index.ts';
import { type MachineType, Rep, MachineTypes as T } from '../graph/machine-type.ts';
import type { Node } from '../graph/node.ts';
import { BranchHint } from '../graph/parameters.ts';
import { range, Types } from '../graph/types.ts';
import type { GraphAssembler } from '../phases/graph-assembler.ts';
import { binop, unop, uses } from './lowering.ts';
import { effectful, type OperatorRow, pure } from './row.ts';
import { Uses } from './use-info.ts';

const comparison = (doc: string, stub: string, flags = ''): OperatorRow<undefined> =>
  pure(
    2,
    doc,
    {
      typing: () => Types.Boolean,
      lowering: binop(Uses.taggedPointer, Uses.taggedPointer, Rep.TaggedPointer),
      linearization: (a, node) => a.typed(a.callRuntime(stub, [node.value(0), node.value(1)]), T.TaggedPointer),
    },
    `a${flags}`,
  );

// biome-ignore format: one operator, one line
export const stringOperators = {
  StringConcat: pure(3, 'length, a, b', { typing: () => Types.String, lowering: uses([Uses.anyTagged, Uses.taggedPointer, Uses.taggedPointer], Rep.TaggedPointer), linearization: (a, node) => a.typed(a.callRuntime('TurbofanStringConcat', [node.value(1), node.value(2)]), T.TaggedPointer) }, 'a'),
  StringEqual: comparison('a === b', 'TurbofanStringEqual', 'c'),
  StringLessThan: comparison('a < b', 'TurbofanStringLessThan'),
  StringLessThanOrEqual: comparison('a <= b', 'TurbofanStringLessThanOrEqual'),
  StringLength: pure(1, 'code units', { typing: () => Types.StringLength, lowering: unop(Uses.taggedPointer, Rep.Word32), linearization: (a, node) => a.field(T.Uint32, node.value(0), StringObject.Length) }, 'a'),
  StringCharCodeAt: effectful(2, 1, 'tr', 'string, index (in bounds)', { typing: () => Types.UnsignedShort, lowering: uses([Uses.taggedPointer, Uses.word32], Rep.Word32), linearization: charCodeAt }),
  StringFromSingleCharCode: pure(1, 'code', { typing: () => Types.String, lowering: unop(Uses.truncatingWord32, Rep.TaggedPointer), linearization: fromSingleCharCode }, 'a'),
  StringFromSingleCodePoint: pure(1, 'code point', { typing: () => Types.String, lowering: unop(Uses.word32, Rep.TaggedPointer), linearization: (a, node) => a.typed(a.callRuntime('TurbofanStringFromCodePoint', [a.int31ToSmi(node.value(0))]), T.TaggedPointer) }, 'a'),
  StringCodePointAt: pure(2, 'string, index (in bounds)', { typing: () => range(0, 0x10ffff), lowering: uses([Uses.taggedPointer, Uses.word32], Rep.Word32), linearization: (a, node) => a.smiToInt32(a.callRuntime('TurbofanStringCodePointAt', [node.value(0), a.int31ToSmi(node.value(1))])) }, 'a'),
  StringSubstring: pure(3, 'string, from, to (0 ≤ from ≤ to ≤ length)', { typing: () => Types.String, lowering: uses([Uses.taggedPointer, Uses.word32, Uses.word32], Rep.TaggedPointer), linearization: (a, node) => a.typed(a.callRuntime('TurbofanStringSubstring', [node.value(0), a.int31ToSmi(node.value(1)), a.int31ToSmi(node.value(2))]), T.TaggedPointer) }, 'a'),
  StringIndexOf: pure(3, 'string, search, position (any Smi)', { typing: () => range(-1, 0x1fffffe8), lowering: uses([Uses.taggedPointer, Uses.taggedPointer, Uses.taggedSigned], Rep.Word32), linearization: (a, node) => a.smiToInt32(a.callRuntime('TurbofanStringIndexOf', [node.value(0), node.value(1), node.value(2)])) }, 'a'),
  StringMatchesAt: pure(3, 'string, search, position: is it there? (no at a negative one)', { typing: () => Types.Boolean, lowering: uses([Uses.taggedPointer, Uses.taggedPointer, Uses.truncatingWord32], Rep.TaggedPointer), linearization: (a, node) => a.typed(a.callRuntime('TurbofanStringMatchesAt', [node.value(0), node.value(1), a.int31ToSmi(node.value(2))]), T.TaggedPointer) }, 'a'),
} as const;

function charCodeAt(a: GraphAssembler, node: Node): Node {
  const [string, index] = [node.value(0), node.value(1)];
  const type = a.instanceType(a.mapOf(string));
  const charAt = (machineType: MachineType, offset: Node): Node =>
    a.load(machineType, string, a.m('Int64Add', offset, a.graph.int64(BigInt(StringObject.Chars - 1))));
  const sequential = (): Node => {
    const oneByte = a.m('Word32And', type, a.i32(StringBits.OneByte));
    const wide = a.m('ChangeUint32ToUint64', index);
    return a.diamond(
      a.not(a.m('Word32Equal', oneByte, a.i32(0))),
      BranchHint.None,
      T.Uint32,
      () => charAt(T.Uint8, wide),
      () => charAt(T.Uint16, a.m('Word64Shl', wide, a.graph.int64(1n))),
    );
  };
  return a.diamond(
    a.m('Word32Equal', a.m('Word32And', type, a.i32(StringBits.ShapeMask)), a.i32(0)),
    BranchHint.True,
    T.Uint32,
    sequential,
    () => {
      const state = a.frameState;
      const code = a.smiToInt32(a.callRuntime('TurbofanStringCharCodeAt', [string, a.int31ToSmi(index)]));
      a.frameState = state;
      return code;
    },
  );
}

function fromSingleCharCode(a: GraphAssembler, node: Node): Node {
  const code = a.m('Word32And', node.value(0), a.i32(0xffff));
  return a.typed(a.callRuntime('TurbofanStringFromCharCode', [a.int31ToSmi(code)]), T.TaggedPointer);
}
