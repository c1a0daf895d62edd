// MachineType: what a value looks like in a register (representation) and how to read it (semantic). Every value of the
// machine-level graph has one, so that the deoptimizer can rebuild the tagged value.
//
//   representation   register          semantic decides the tagged value
//   Bit              32-bit GPR 0/1    Bool                      → true / false
//   Word8/16         memory only       Int32 / Uint32
//   Word32           low 32 bits       Int32 / Uint32            → Smi or HeapNumber
//   Word64           64-bit GPR        Int64 / Uint64 / SignedBigInt64 / UnsignedBigInt64
//   Float32/64       XMM               Number / HoleyFloat64     → Smi or HeapNumber; hole NaN → the_hole/undefined
//   TaggedSigned, TaggedPointer, Tagged   decompressed: low word tagged, high word = cage base's
//   Compressed*      memory only: loads decompress, stores write the low word

import type { ValueRepresentation } from '../../deoptimizer/index.ts';

export enum Rep {
  None = 0,
  Bit = 1,
  Word8 = 2,
  Word16 = 3,
  Word32 = 4,
  Word64 = 5,
  Float32 = 6,
  Float64 = 7,
  TaggedSigned = 8,
  TaggedPointer = 9,
  Tagged = 10,
}

export enum Semantic {
  None = 0,
  Bool = 1,
  Int32 = 2,
  Uint32 = 3,
  Int64 = 4,
  Uint64 = 5,
  SignedBigInt64 = 6,
  UnsignedBigInt64 = 7,
  Number = 8,
  HoleyFloat64 = 9,
  Any = 10,
}

export interface MachineType {
  readonly rep: Rep;
  readonly semantic: Semantic;
}

const type = (rep: Rep, semantic: Semantic): MachineType => Object.freeze({ rep, semantic });

/** The machine types in use; compare by `rep` and `semantic`. */
export const MachineTypes = {
  None: type(Rep.None, Semantic.None),
  Bool: type(Rep.Bit, Semantic.Bool),
  Int8: type(Rep.Word8, Semantic.Int32),
  Uint8: type(Rep.Word8, Semantic.Uint32),
  Int16: type(Rep.Word16, Semantic.Int32),
  Uint16: type(Rep.Word16, Semantic.Uint32),
  Int32: type(Rep.Word32, Semantic.Int32),
  Uint32: type(Rep.Word32, Semantic.Uint32),
  Int64: type(Rep.Word64, Semantic.Int64),
  Uint64: type(Rep.Word64, Semantic.Uint64),
  SignedBigInt64: type(Rep.Word64, Semantic.SignedBigInt64),
  UnsignedBigInt64: type(Rep.Word64, Semantic.UnsignedBigInt64),
  /** A raw address. */
  Pointer: type(Rep.Word64, Semantic.None),
  Float32: type(Rep.Float32, Semantic.Number),
  Float64: type(Rep.Float64, Semantic.Number),
  HoleyFloat64: type(Rep.Float64, Semantic.HoleyFloat64),
  TaggedSigned: type(Rep.TaggedSigned, Semantic.Int32),
  TaggedPointer: type(Rep.TaggedPointer, Semantic.Any),
  AnyTagged: type(Rep.Tagged, Semantic.Any),
} as const;

export const isTagged = (rep: Rep): boolean => rep >= Rep.TaggedSigned;
export const isFloatingPoint = (rep: Rep): boolean => rep === Rep.Float32 || rep === Rep.Float64;

/** How the deoptimizer must read a value of this type; undefined where no tagged value could be rebuilt (R11). */
export function translationRepresentation(t: MachineType): ValueRepresentation | undefined {
  switch (t.rep) {
    case Rep.TaggedSigned:
    case Rep.TaggedPointer:
    case Rep.Tagged:
      return 'tagged';
    case Rep.Bit:
      return 'bit';
    case Rep.Word8:
    case Rep.Word16:
    case Rep.Word32:
      return t.semantic === Semantic.Uint32 ? 'uint32' : t.semantic === Semantic.Int32 ? 'int32' : undefined;
    case Rep.Word64:
      switch (t.semantic) {
        case Semantic.Int64:
          return 'int64';
        case Semantic.Uint64:
          return 'uint64';
        case Semantic.SignedBigInt64:
          return 'bigint64';
        case Semantic.UnsignedBigInt64:
          return 'biguint64';
        default:
          return undefined;
      }
    case Rep.Float32:
      return 'float32';
    case Rep.Float64:
      return t.semantic === Semantic.HoleyFloat64 ? 'holeyFloat64' : 'float64';
    default:
      return undefined;
  }
}

export const machineTypeName = (t: MachineType): string =>
  `${Rep[t.rep]}${t.semantic ? `:${Semantic[t.semantic]}` : ''}`;
