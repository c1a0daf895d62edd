// Elements kinds, in V8's order: the lattice of fast kinds goes from SMI over DOUBLE to tagged ELEMENTS, packed to holey.
//
//   PACKED_SMI ─▶ PACKED_DOUBLE ─▶ PACKED_ELEMENTS
//       │               │                │
//       ▼               ▼                ▼
//   HOLEY_SMI  ─▶ HOLEY_DOUBLE  ─▶ HOLEY_ELEMENTS ─▶ DICTIONARY_ELEMENTS

export enum ElementsKind {
  PackedSmi = 0,
  HoleySmi = 1,
  Packed = 2,
  Holey = 3,
  PackedDouble = 4,
  HoleyDouble = 5,
  PackedNonextensible = 6,
  HoleyNonextensible = 7,
  PackedSealed = 8,
  HoleySealed = 9,
  PackedFrozen = 10,
  HoleyFrozen = 11,
  SharedArray = 12,
  Dictionary = 13,
  FastSloppyArguments = 14,
  SlowSloppyArguments = 15,
  FastStringWrapper = 16,
  SlowStringWrapper = 17,
  Uint8 = 18,
  Int8 = 19,
  Uint16 = 20,
  Int16 = 21,
  Uint32 = 22,
  Int32 = 23,
  BigUint64 = 24,
  BigInt64 = 25,
  Uint8Clamped = 26,
  Float32 = 27,
  Float64 = 28,
  Float16 = 29,
  /** Views of buffers that change their length (resizable, growable shared), in the order of the fixed kinds. */
  RabGsabUint8 = 30,
  RabGsabFloat16 = 41,
}

/** From a typed array's fixed kind to that of views of resizable buffers. */
const rabGsabOffset = ElementsKind.RabGsabUint8 - ElementsKind.Uint8;

export const isRabGsabElementsKind = (kind: ElementsKind): boolean => kind >= ElementsKind.RabGsabUint8;
/** V8: GetCorrespondingRabGsabElementsKind. */
export const rabGsabElementsKind = (kind: ElementsKind): ElementsKind => kind + rabGsabOffset;
/** How elements of a typed array are stored, whatever its buffer can. */
export const elementTypeOf = (kind: ElementsKind): ElementsKind =>
  isRabGsabElementsKind(kind) ? kind - rabGsabOffset : kind;

/** The order in which elements transitions lead from a root map to the next. */
const transitionSequence: readonly ElementsKind[] = [
  ElementsKind.PackedSmi,
  ElementsKind.HoleySmi,
  ElementsKind.PackedDouble,
  ElementsKind.HoleyDouble,
  ElementsKind.Packed,
  ElementsKind.Holey,
  ElementsKind.Dictionary,
];

/** The kind that follows a fast one; undefined for kinds that do not transition. */
export const nextElementsKind = (kind: ElementsKind): ElementsKind | undefined =>
  kind > ElementsKind.HoleyDouble ? undefined : transitionSequence[transitionSequence.indexOf(kind) + 1];

/** V8: IsMoreGeneralElementsKindTransition, and to a dictionary. */
export const isMoreGeneralElementsKind = (from: ElementsKind, to: ElementsKind): boolean =>
  from <= ElementsKind.HoleyDouble && transitionSequence.indexOf(to) > transitionSequence.indexOf(from);

const fixedKindNames = {
  [ElementsKind.PackedSmi]: 'PACKED_SMI_ELEMENTS',
  [ElementsKind.HoleySmi]: 'HOLEY_SMI_ELEMENTS',
  [ElementsKind.Packed]: 'PACKED_ELEMENTS',
  [ElementsKind.Holey]: 'HOLEY_ELEMENTS',
  [ElementsKind.PackedDouble]: 'PACKED_DOUBLE_ELEMENTS',
  [ElementsKind.HoleyDouble]: 'HOLEY_DOUBLE_ELEMENTS',
  [ElementsKind.PackedNonextensible]: 'PACKED_NONEXTENSIBLE_ELEMENTS',
  [ElementsKind.HoleyNonextensible]: 'HOLEY_NONEXTENSIBLE_ELEMENTS',
  [ElementsKind.PackedSealed]: 'PACKED_SEALED_ELEMENTS',
  [ElementsKind.HoleySealed]: 'HOLEY_SEALED_ELEMENTS',
  [ElementsKind.PackedFrozen]: 'PACKED_FROZEN_ELEMENTS',
  [ElementsKind.HoleyFrozen]: 'HOLEY_FROZEN_ELEMENTS',
  [ElementsKind.SharedArray]: 'SHARED_ARRAY_ELEMENTS',
  [ElementsKind.Dictionary]: 'DICTIONARY_ELEMENTS',
  [ElementsKind.FastSloppyArguments]: 'FAST_SLOPPY_ARGUMENTS_ELEMENTS',
  [ElementsKind.SlowSloppyArguments]: 'SLOW_SLOPPY_ARGUMENTS_ELEMENTS',
  [ElementsKind.FastStringWrapper]: 'FAST_STRING_WRAPPER_ELEMENTS',
  [ElementsKind.SlowStringWrapper]: 'SLOW_STRING_WRAPPER_ELEMENTS',
  [ElementsKind.Uint8]: 'UINT8ELEMENTS',
  [ElementsKind.Int8]: 'INT8ELEMENTS',
  [ElementsKind.Uint16]: 'UINT16ELEMENTS',
  [ElementsKind.Int16]: 'INT16ELEMENTS',
  [ElementsKind.Uint32]: 'UINT32ELEMENTS',
  [ElementsKind.Int32]: 'INT32ELEMENTS',
  [ElementsKind.BigUint64]: 'BIGUINT64ELEMENTS',
  [ElementsKind.BigInt64]: 'BIGINT64ELEMENTS',
  [ElementsKind.Uint8Clamped]: 'UINT8_CLAMPEDELEMENTS',
  [ElementsKind.Float32]: 'FLOAT32ELEMENTS',
  [ElementsKind.Float64]: 'FLOAT64ELEMENTS',
  [ElementsKind.Float16]: 'FLOAT16ELEMENTS',
} as const;

/** V8's spelling, as listings and traces print it. */
export const elementsKindNames: Readonly<Record<number, string>> = {
  ...fixedKindNames,
  ...Object.fromEntries(
    Object.entries(fixedKindNames)
      .filter(([kind]) => Number(kind) >= ElementsKind.Uint8)
      .map(([kind, name]) => [rabGsabElementsKind(Number(kind)), `RAB_GSAB_${name}`]),
  ),
};

export const isSmiElementsKind = (k: ElementsKind): boolean => k <= ElementsKind.HoleySmi;

export const isDoubleElementsKind = (k: ElementsKind): boolean =>
  k === ElementsKind.PackedDouble || k === ElementsKind.HoleyDouble;

/** FixedArray of any tagged values. */
export const isObjectElementsKind = (k: ElementsKind): boolean =>
  k === ElementsKind.Packed ||
  k === ElementsKind.Holey ||
  (k >= ElementsKind.PackedNonextensible && k <= ElementsKind.HoleyFrozen);
export const isHoleyElementsKind = (k: ElementsKind): boolean => k <= ElementsKind.HoleyFrozen && (k & 1) === 1;
export const isFastElementsKind = (k: ElementsKind): boolean => k <= ElementsKind.HoleyFrozen;
export const isTypedArrayElementsKind = (k: ElementsKind): boolean => k >= ElementsKind.Uint8;
export const holeyKindOf = (k: ElementsKind): ElementsKind => (k <= ElementsKind.HoleyFrozen ? k | 1 : k);
