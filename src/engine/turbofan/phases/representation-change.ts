// RepresentationChanger (V8: representation-change.cc): converts a value from the representation its producer chose to the
// one a use needs, with a check where the use speculates.

import { StaticRoot } from '../../objects/index.ts';
import type { Graph } from '../graph/graph.ts';
import { isTagged, MachineTypes, Rep } from '../graph/machine-type.ts';
import type { Node } from '../graph/node.ts';
import { CheckForMinusZero, CheckTaggedInputMode } from '../graph/parameters.ts';
import { Bits, bitset, is, maybe, type Type, Types } from '../graph/types.ts';
import { type Opcode, operator, type ParameterOf } from '../operators/operators.ts';
import { Truncation, type UseInfo, usedAsFloat64, usedAsWord32 } from '../operators/use-info.ts';

const minusZeroType = Types.MinusZero;

export class RepresentationChanger {
  private readonly graph: Graph;

  constructor(graph: Graph) {
    this.graph = graph;
  }

  /** `user` gives effect and control to a checked conversion. */
  convert(node: Node, from: Rep, type: Type, user: Node, info: UseInfo): Node {
    if (info.rep === Rep.None) return node;
    if (from === Rep.None) {
      if (type.bits === 0) return this.dead(info.rep);
      return node;
    }
    switch (info.rep) {
      case Rep.TaggedSigned:
        return this.toTaggedSigned(node, from, type, user, info);
      case Rep.TaggedPointer:
        return this.toTaggedPointer(node, from, type, user, info);
      case Rep.Tagged:
        return this.toTagged(node, from, type, info);
      case Rep.Float64:
        return this.toFloat64(node, from, type, user, info);
      case Rep.Bit:
        return this.toBit(node, from, type);
      case Rep.Word8:
      case Rep.Word16:
      case Rep.Word32:
        return this.toWord32(node, from, type, user, info);
      case Rep.Word64:
        return this.toWord64(node, from, type);
      default:
        throw new Error(`no conversion of ${node} from ${Rep[from]} to ${Rep[info.rep]}`);
    }
  }

  private dead(rep: Rep): Node {
    switch (rep) {
      case Rep.Float64:
        return this.graph.float64(0);
      case Rep.Bit:
      case Rep.Word8:
      case Rep.Word16:
      case Rep.Word32:
        return this.graph.int32(0);
      case Rep.Word64:
        return this.graph.int64(0n);
      case Rep.TaggedSigned:
        return this.graph.smi(0);
      default:
        return this.graph.heapConstant(StaticRoot.Undefined);
    }
  }

  private pure<O extends Opcode>(opcode: O, node: Node, parameter?: ParameterOf<O>): Node {
    const out = this.graph.newNode(opcode, parameter as ParameterOf<O>, [node]);
    out.type = node.type;
    return out;
  }

  /** A check in the user's effect chain. */
  private checked<O extends Opcode>(opcode: O, node: Node, user: Node, parameter: ParameterOf<O>): Node {
    const effect = user.effect;
    const control = user.control;
    const out = this.graph.newNode(opcode, parameter, [node, effect, control]);
    out.type = node.type;
    out.position = user.position;
    out.inliningId = user.inliningId;
    user.replaceInput(user.effectIndex, out);
    return out;
  }

  private error(node: Node, from: Rep, type: Type, info: UseInfo): never {
    throw new Error(
      `representation: ${node} is ${Rep[from]} of type bits 0x${type.bits.toString(16)}, the use wants ${Rep[info.rep]} (${info.check}, ${Truncation[info.truncation.kind]})`,
    );
  }

  private toTaggedSigned(node: Node, from: Rep, type: Type, user: Node, info: UseInfo): Node {
    if (node.opcode === 'NumberConstant') {
      const n = node.parameterOf('NumberConstant');
      if (Number.isInteger(n) && n >= -0x40000000 && n <= 0x3fffffff && !Object.is(n, -0)) return this.graph.smi(n);
    }
    const p = { feedback: info.feedback, minusZero: info.minusZero };
    if (from === Rep.TaggedSigned) return node;
    if (from === Rep.Word32) {
      if (is(type, Types.SignedSmall)) return this.pure('ChangeInt31ToTaggedSigned', node);
      if (is(type, Types.Signed32))
        return info.check === 'signedSmall'
          ? this.checked('CheckedInt32ToTaggedSigned', node, user, p)
          : this.pure('ChangeInt31ToTaggedSigned', node);
      if (is(type, Types.Unsigned32) && info.check === 'signedSmall')
        return this.checked('CheckedUint32ToTaggedSigned', node, user, p);
      if (info.check === 'signedSmall') return this.checked('CheckedInt32ToTaggedSigned', node, user, p);
      return this.pure('ChangeInt31ToTaggedSigned', node);
    }
    if (from === Rep.Float64) {
      if (is(type, Types.SignedSmall))
        return this.pure('ChangeInt31ToTaggedSigned', this.pure('ChangeFloat64ToInt32', node));
      if (info.check === 'signedSmall') {
        const word = this.checked('CheckedFloat64ToInt32', node, user, {
          feedback: info.feedback,
          minusZero: maybe(type, minusZeroType) ? info.minusZero : CheckForMinusZero.DontCheck,
        });
        return this.checked('CheckedInt32ToTaggedSigned', word, user, p);
      }
      if (is(type, Types.Signed32))
        return this.pure('ChangeInt31ToTaggedSigned', this.pure('ChangeFloat64ToInt32', node));
      this.error(node, from, type, info);
    }
    if (from === Rep.Bit) {
      if (info.check === 'signedSmall')
        return this.checked('CheckedTaggedToTaggedSigned', this.pure('ChangeBitToTagged', node), user, p);
      this.error(node, from, type, info);
    }
    if (isTagged(from)) {
      if (info.check === 'signedSmall') return this.checked('CheckedTaggedToTaggedSigned', node, user, p);
      if (is(type, Types.SignedSmall)) return this.pure('ChangeTaggedToTaggedSigned', node);
      this.error(node, from, type, info);
    }
    this.error(node, from, type, info);
  }

  private toTaggedPointer(node: Node, from: Rep, type: Type, user: Node, info: UseInfo): Node {
    if (from === Rep.TaggedPointer || node.opcode === 'HeapConstant') return node;
    if (node.opcode === 'NumberConstant' && info.check !== 'heapObject')
      return this.pure('ChangeFloat64ToTaggedPointer', this.graph.float64(node.parameterOf('NumberConstant')));
    if (from === Rep.Bit) return this.pure('ChangeBitToTagged', node);
    const p = { feedback: info.feedback };
    let tagged = node;
    if (from === Rep.Word32) {
      if (info.check === 'heapObject')
        tagged = this.checked('CheckedTaggedToTaggedPointer', this.toTagged(node, from, type, info), user, p);
      else
        tagged = this.pure(
          'ChangeFloat64ToTaggedPointer',
          this.pure(
            is(type, Types.Unsigned32) && !is(type, Types.Signed32) ? 'ChangeUint32ToFloat64' : 'ChangeInt32ToFloat64',
            node,
          ),
        );
      return tagged;
    }
    if (from === Rep.Float64) {
      // A number that turns out to be a Smi is not a heap object.
      if (info.check === 'heapObject')
        return this.checked('CheckedTaggedToTaggedPointer', this.toTagged(node, from, type, info), user, p);
      return this.pure('ChangeFloat64ToTaggedPointer', node);
    }
    if (from === Rep.TaggedSigned || from === Rep.Tagged) {
      if (info.check === 'heapObject' && maybe(type, Types.SignedSmall))
        return this.checked('CheckedTaggedToTaggedPointer', node, user, p);
      return node;
    }
    this.error(node, from, type, info);
  }

  private toTagged(node: Node, from: Rep, type: Type, info: UseInfo): Node {
    if (node.opcode === 'NumberConstant') return node; // a literal; lowered as such
    if (isTagged(from)) return node;
    if (from === Rep.Bit) return this.pure('ChangeBitToTagged', node);
    if (from === Rep.Word32) {
      if (is(type, Types.SignedSmall)) return this.pure('ChangeInt31ToTaggedSigned', node);
      if (is(type, Types.Signed32)) return this.pure('ChangeInt32ToTagged', node);
      if (is(type, Types.Unsigned32) || usedAsWord32(info.truncation))
        return this.pure(is(type, Types.Unsigned32) ? 'ChangeUint32ToTagged' : 'ChangeInt32ToTagged', node);
      return this.pure('ChangeInt32ToTagged', node);
    }
    if (from === Rep.Float64) {
      if (is(type, Types.SignedSmall))
        return this.pure('ChangeInt31ToTaggedSigned', this.pure('ChangeFloat64ToInt32', node));
      if (is(type, Types.Signed32)) return this.pure('ChangeInt32ToTagged', this.pure('ChangeFloat64ToInt32', node));
      if (is(type, Types.Unsigned32))
        return this.pure('ChangeUint32ToTagged', this.pure('ChangeFloat64ToUint32', node));
      if ((type.bits & (Bits.Hole | Bits.Undefined)) !== 0) return this.pure('ChangeFloat64HoleToTagged', node);
      return this.pure('ChangeFloat64ToTagged', node, {
        minusZero: maybe(type, minusZeroType) ? CheckForMinusZero.Check : CheckForMinusZero.DontCheck,
      });
    }
    this.error(node, from, type, info);
  }

  private toFloat64(node: Node, from: Rep, type: Type, user: Node, info: UseInfo): Node {
    if (node.opcode === 'NumberConstant') return this.graph.float64(node.parameterOf('NumberConstant'));
    if (from === Rep.Float64) {
      // A holey double reads as NaN to arithmetic.
      if ((type.bits & Bits.Hole) !== 0 && info.check === 'number')
        return this.checked('CheckFloat64Hole', node, user, { feedback: info.feedback, allowHole: false });
      return node;
    }
    if (from === Rep.Bit) return this.pure('ChangeInt32ToFloat64', node);
    if (from === Rep.Word32)
      return this.pure(
        is(type, Types.Unsigned32) && !is(type, Types.Signed32) ? 'ChangeUint32ToFloat64' : 'ChangeInt32ToFloat64',
        node,
      );
    if (isTagged(from)) {
      if (is(type, Types.Undefined)) return this.graph.float64(Number.NaN);
      if (from === Rep.TaggedSigned)
        return this.pure('ChangeInt32ToFloat64', this.pure('ChangeTaggedSignedToInt32', node));
      if (is(type, Types.Number)) return this.pure('ChangeTaggedToFloat64', node);
      if (is(type, Types.NumberOrOddball) && usedAsFloat64(info.truncation))
        return this.pure('TruncateTaggedToFloat64', node);
      const mode =
        info.check === 'number' || (info.check === 'numberOrOddball' && !maybe(type, bitset(Bits.Oddball)))
          ? CheckTaggedInputMode.Number
          : info.check === 'numberOrBoolean'
            ? CheckTaggedInputMode.NumberOrBoolean
            : CheckTaggedInputMode.NumberOrOddball;
      if (info.check === 'number' || info.check === 'numberOrBoolean' || info.check === 'numberOrOddball')
        return this.checked('CheckedTaggedToFloat64', node, user, { feedback: info.feedback, mode });
      if (is(type, Types.NumberOrOddball)) return this.pure('TruncateTaggedToFloat64', node);
    }
    this.error(node, from, type, info);
  }

  private toWord32(node: Node, from: Rep, type: Type, user: Node, info: UseInfo): Node {
    if (node.opcode === 'NumberConstant') {
      const n = node.parameterOf('NumberConstant');
      const exact = n === (n | 0) && !Object.is(n, -0);
      if (exact) return this.graph.int32(n);
      if (info.check === 'none' || usedAsWord32(info.truncation)) return this.graph.int32(n | 0);
      from = Rep.Float64;
      node = this.graph.float64(n);
    }
    const minusZero = maybe(type, minusZeroType) ? info.minusZero : CheckForMinusZero.DontCheck;
    const p = { feedback: info.feedback, minusZero };
    const isIndex = info.check === 'index' || info.check === 'arrayIndex';
    const exact = info.check === 'signedSmall' || info.check === 'signed32' || isIndex;
    if (from === Rep.Bit)
      return exact ? this.checked('CheckedTaggedSignedToInt32', this.pure('ChangeBitToTagged', node), user, p) : node;
    if (from === Rep.Word32) {
      if (exact && !is(type, Types.Signed32)) {
        if (is(type, Types.Unsigned32)) return this.checked('CheckedUint32ToInt32', node, user, p);
      }
      return node;
    }
    if (from === Rep.Float64) {
      if (isIndex && !is(type, Types.Signed32)) return this.checked('CheckedFloat64ToArrayIndex', node, user, p);
      if (exact)
        return is(type, Types.Signed32)
          ? this.pure('ChangeFloat64ToInt32', node)
          : this.checked('CheckedFloat64ToInt32', node, user, p);
      if (is(type, Types.Signed32)) return this.pure('ChangeFloat64ToInt32', node);
      return this.pure('TruncateFloat64ToWord32', node);
    }
    if (isTagged(from)) {
      if (from === Rep.TaggedSigned && is(type, Types.SignedSmall)) return this.pure('ChangeTaggedSignedToInt32', node);
      if (is(type, Types.SignedSmall))
        return from === Rep.Tagged || from === Rep.TaggedSigned
          ? this.pure('ChangeTaggedSignedToInt32', node)
          : this.pure('ChangeTaggedToInt32', node);
      if (info.check === 'signedSmall') return this.checked('CheckedTaggedSignedToInt32', node, user, p);
      if (is(type, Types.Signed32)) return this.pure('ChangeTaggedToInt32', node);
      if (info.check === 'signed32') return this.checked('CheckedTaggedToInt32', node, user, p);
      if (isIndex) {
        const strings = info.check === 'arrayIndex';
        return this.checked('CheckedTaggedToArrayIndex', node, user, { feedback: info.feedback, strings });
      }
      if (is(type, Types.Unsigned32)) return this.pure('ChangeTaggedToUint32', node);
      if (is(type, Types.NumberOrOddball)) return this.pure('TruncateTaggedToWord32', node);
      if (info.check === 'number')
        return this.checked('CheckedTruncateTaggedToWord32', node, user, {
          feedback: info.feedback,
          mode: CheckTaggedInputMode.Number,
        });
      if (info.check === 'numberOrOddball')
        return this.checked('CheckedTruncateTaggedToWord32', node, user, {
          feedback: info.feedback,
          mode: CheckTaggedInputMode.NumberOrOddball,
        });
    }
    this.error(node, from, type, info);
  }

  private toBit(node: Node, from: Rep, type: Type): Node {
    if (node.opcode === 'HeapConstant') {
      const word = node.parameterOf('HeapConstant');
      if (word === StaticRoot.True) return this.graph.int32(1);
      if (word === StaticRoot.False || word === StaticRoot.Undefined || word === StaticRoot.Null)
        return this.graph.int32(0);
    }
    if (node.opcode === 'NumberConstant') return this.graph.int32(node.parameterOf('NumberConstant') ? 1 : 0);
    if (from === Rep.Bit) return node;
    if (isTagged(from)) {
      if (is(type, Types.Boolean)) return this.pure('ChangeTaggedToBit', node);
      return this.pure('TruncateTaggedToBit', node);
    }
    if (from === Rep.Word32) return this.not(this.graph.newNode('Word32Equal', undefined, [node, this.graph.int32(0)]));
    if (from === Rep.Float64)
      return this.graph.newNode('Float64LessThan', undefined, [
        this.graph.float64(0),
        this.graph.newNode('Float64Abs', undefined, [node]),
      ]);
    throw new Error(`no bit of ${node}`);
  }

  not(bit: Node): Node {
    return this.graph.newNode('Word32Equal', undefined, [bit, this.graph.int32(0)]);
  }

  private toWord64(node: Node, from: Rep, type: Type): Node {
    if (node.opcode === 'NumberConstant') return this.graph.int64(BigInt(node.parameterOf('NumberConstant')));
    if (from === Rep.Word64) return node;
    if (from === Rep.Word32)
      return is(type, Types.Unsigned32)
        ? this.graph.newNode('ChangeUint32ToUint64', undefined, [node])
        : this.graph.newNode('ChangeInt32ToInt64', undefined, [node]);
    throw new Error(`no word64 of ${node} (${Rep[from]})`);
  }
}

export { MachineTypes, operator };
