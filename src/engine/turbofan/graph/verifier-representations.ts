// The verifier's rules of representations and types (V9, V20 – V22, in prose in verifier.ts). They hold once simplified lowering
// has chosen: from then on a node's type is what its value is after its checks, and its machine type how it stands in a register.

import { isStateValues } from './frame-states.ts';
import {
  isFloatingPoint,
  isTagged,
  type MachineType,
  MachineTypes,
  machineTypeName,
  Rep,
  Semantic,
  translationRepresentation,
} from './machine-type.ts';
import { machineTypeOf, type Node } from './node.ts';
import type { StateValuesParameters } from './parameters.ts';
import { Bits, bitset, is, isNone, numberConstantType, type Type, Types, typeName } from './types.ts';
import type { Report } from './verifier.ts';

/** What each representation can hold. */
const holeyNumber = bitset(Bits.NumberOrOddball | Bits.Hole);

/** The type of a node's value as far as it is known. */
function knownType(node: Node): Type | undefined {
  switch (node.opcode) {
    case 'Int32Constant':
    case 'Float64Constant':
    case 'SmiConstant':
    case 'NumberConstant':
      return numberConstantType(node.op.parameter as number);
    default:
      return node.type;
  }
}

/** A type that its machine type cannot hold; undefined if all is well. */
function misfit(type: Type, { rep, semantic }: MachineType): Type | undefined {
  const domain = domainOf(rep, semantic);
  return domain === undefined || isNone(type) || is(type, domain) ? undefined : domain;
}

function domainOf(rep: Rep, semantic: Semantic): Type | undefined {
  switch (rep) {
    case Rep.Bit:
      return bitset(Bits.Boolean | Bits.Signed31); // 0 and 1
    case Rep.Word8:
    case Rep.Word16:
    case Rep.Word32:
      return bitset(Bits.NumberOrOddball); // or its low bits, where nobody looks at more
    case Rep.Word64:
      if (semantic === Semantic.SignedBigInt64 || semantic === Semantic.UnsignedBigInt64) return Types.BigInt;
      return semantic === Semantic.None ? undefined : Types.Number;
    case Rep.Float32:
    case Rep.Float64:
      return holeyNumber;
    case Rep.TaggedSigned:
      return Types.SignedSmall;
    case Rep.TaggedPointer:
    case Rep.Tagged:
      return undefined;
    default:
      return undefined;
  }
}

// --- uses --------------------------------------------------------------------------------------------------------------------

/** Whether a value of type `t` can stand where an operator takes `letter` (operators/row.ts). */
function fits(letter: string, t: MachineType): boolean {
  switch (letter) {
    case 'w':
    case 'i':
    case 'u':
      return t.rep === Rep.Word32 || t.rep === Rep.Bit;
    case 'b':
      return t.rep === Rep.Bit;
    case 'q':
      return t.rep === Rep.Word64;
    case 'd':
      return t.rep === Rep.Float64;
    case 'f':
      return t.rep === Rep.Float32;
    case 's':
      return t.rep === Rep.TaggedSigned;
    case 'p':
      return t.rep === Rep.TaggedPointer || t.rep === Rep.Tagged;
    case 't':
      return isTagged(t.rep);
    case 'a':
      return isTagged(t.rep) || t.rep === Rep.Word64;
    case 'o':
      return t.rep === Rep.Word32 || t.rep === Rep.Word64;
    default:
      return true;
  }
}

const LETTER_OF: Partial<Record<Rep, string>> = {
  [Rep.Bit]: 'b',
  [Rep.Word8]: 'w',
  [Rep.Word16]: 'w',
  [Rep.Word32]: 'w',
  [Rep.Word64]: 'q',
  [Rep.Float32]: 'f',
  [Rep.Float64]: 'd',
  [Rep.TaggedSigned]: 's',
  [Rep.TaggedPointer]: 't',
  [Rep.Tagged]: 't',
};

/** What value input `index` has to be; undefined: anything. */
function taken(node: Node, index: number): string | undefined {
  const { takes, category } = node.op.row;
  if (takes === undefined) return category === 'js' ? 't' : undefined;
  const letter = takes.length === 1 ? takes : takes[index];
  return letter === '?' ? LETTER_OF[ownRepresentation(node)] : letter;
}

/** Where the row says '?': what the node itself carries. */
function ownRepresentation(node: Node): Rep {
  switch (node.opcode) {
    case 'Phi':
      return node.parameterOf('Phi').rep;
    case 'Store':
      return node.parameterOf('Store').rep;
    case 'StoreField':
      return node.parameterOf('StoreField').machineType.rep;
    case 'StoreElement':
      return node.parameterOf('StoreElement').machineType.rep;
    case 'StoreTypedElement':
      return isFloatingPoint(node.parameterOf('StoreTypedElement').machineType.rep) ? Rep.Float64 : Rep.Word32;
    default:
      return machineTypeOf(node).rep;
  }
}

/** 0 or 1: a bit, its constants, and what bitwise operators make of bits. */
function isBit(node: Node): boolean {
  switch (node.opcode) {
    case 'Int32Constant':
      return node.op.parameter === 0 || node.op.parameter === 1;
    case 'Word32And':
    case 'Word32Or':
    case 'Word32Xor':
      return isBit(node.value(0)) && isBit(node.value(1));
    default:
      return machineTypeOf(node).rep === Rep.Bit;
  }
}

/** @param isLinear checks have become bailouts beside the value: a Smi is any tagged word behind one */
export function verifyUses(node: Node, isLinear: boolean, report: Report): void {
  for (let i = 0; i < node.op.valueIn + node.op.contextIn; i++) {
    const input = node.inputs[i]!;
    const exact = i < node.op.valueIn ? taken(node, i) : 't';
    const letter = isLinear && (exact === 's' || exact === 'p') ? 't' : exact;
    if (letter === undefined || input.opcode === 'Dead') continue;
    const own = machineTypeOf(input);
    if (!fits(letter, own) && !(letter === 'b' && isBit(input)))
      report('V20', node, `input ${i} (${input}) is ${machineTypeName(own)}, not ${letter}`);
    else verifySign(node, i, letter, report);
  }
}

/** int32 and uint32 are the same words: what tells them apart is the type. */
function verifySign(node: Node, index: number, letter: string, report: Report): void {
  if (letter !== 'i' && letter !== 'u') return;
  const type = knownType(node.inputs[index]!);
  const wanted = letter === 'i' ? Types.Signed32 : Types.Unsigned32;
  if (type !== undefined && (type.bits & ~Bits.NumberOrOddball) === 0 && !is(type, wanted) && isOther(type, letter))
    report('V21', node, `input ${index} (${node.inputs[index]}) is ${typeName(type)}, read as ${letter}nt32`);
}

/** A type that only the other of the two can hold. */
const isOther = (type: Type, letter: string): boolean => is(type, letter === 'i' ? Types.Unsigned32 : Types.Signed32);

export function verifyOwnType(node: Node, report: Report): void {
  if (node.op.valueOut !== 1 || node.type === undefined) return;
  const own = machineTypeOf(node);
  const domain = misfit(node.type, own);
  if (domain !== undefined)
    report('V22', node, `its type is ${typeName(node.type)}, which ${machineTypeName(own)} does not hold`);
}

// --- frame states --------------------------------------------------------------------------------------------------------------

/** What of an object stands in no register. */
const objectParts: ReadonlySet<string> = new Set([
  'TypedObjectState',
  'ObjectId',
  'ArgumentsElementsState',
  'ArgumentsLengthState',
]);

const isValue = (input: Node): boolean => !isStateValues(input) && !objectParts.has(input.opcode);

/** V9: each value of a frame state can be rebuilt, as what it is. */
export function verifyStateValues(node: Node, agreement: boolean, report: Report): void {
  const { types } = node.parameterOf('TypedStateValues', 'TypedObjectState') as StateValuesParameters;
  node.inputs.forEach((input, i) => {
    if (!isValue(input)) return;
    const type = types?.[i];
    if (type === undefined || translationRepresentation(type) === undefined)
      report(
        'V9',
        node,
        `value ${i} (${input}) has type ${type === undefined ? 'none' : machineTypeName(type)}: its tagged value could not be rebuilt`,
      );
    else if (agreement) verifyStateValue(node, i, type, report);
  });
}

function verifyStateValue(node: Node, index: number, type: MachineType, report: Report): void {
  const input = node.inputs[index]!;
  const own = machineTypeOf(input);
  if (!agrees(own, type))
    return report(
      'V9',
      node,
      `value ${index} (${input}) is ${machineTypeName(own)} but would be rebuilt as ${machineTypeName(type)}`,
    );
  const value = knownType(input);
  if (value === undefined || isNone(value) || is(value, rebuilt(type))) return;
  report(
    'V9',
    node,
    `value ${index} (${input}) is ${typeName(value)} but would be rebuilt as ${machineTypeName(type)}`,
  );
}

const agrees = (own: MachineType, type: MachineType): boolean =>
  isTagged(type.rep) ? isTagged(own.rep) : own.rep === type.rep || (own.rep === Rep.Bit && type.rep === Rep.Word32); // a bit is the number 0 or 1

/** What the deoptimizer can make of a word of this type. */
function rebuilt({ rep, semantic }: MachineType): Type {
  switch (rep) {
    case Rep.Bit:
      return Types.Boolean;
    case Rep.Word8:
    case Rep.Word16:
    case Rep.Word32:
      return semantic === Semantic.Uint32 ? Types.Unsigned32 : Types.Signed32;
    case Rep.Word64:
      return domainOf(rep, semantic) ?? Types.None;
    case Rep.Float32:
    case Rep.Float64:
      return semantic === Semantic.HoleyFloat64 ? bitset(Bits.NumberOrUndefined | Bits.Hole) : Types.Number;
    default:
      return Types.Any;
  }
}

// --- what a conversion leaves ----------------------------------------------------------------------------------------------------

/** The type of what stands in a register of this machine type, made from a value of `type`. */
export function typeInRegister(type: Type, machineType: MachineType): Type {
  return isTagged(machineType.rep) && machineType !== MachineTypes.TaggedSigned ? type : narrowed(type, machineType);
}

function narrowed(type: Type, machineType: MachineType): Type {
  const domain = machineType.rep === Rep.TaggedSigned ? Types.SignedSmall : rebuilt(machineType);
  return is(type, domain) ? type : domain;
}
