// PropertyDetails: one Smi per property, in descriptor arrays, dictionaries and property cells. Everything here works on
// the tagged Smi word as stored.
//
//   fast (descriptor):   30      21 20      9 8      6   5        4   2    1         0
//                       ├ field ix ┤ ├ unused ┤ ├ repr ┤ location  attrs  constness  kind
//   dictionary:          30          8 7      5          4   2    1         0
//                       ├ enumeration index ┤ ├ cell type ┤       attrs  constness  kind
// (bits of the Smi's value)

import type { Tagged } from '../heap/index.ts';

export enum PropertyKind {
  Data = 0,
  Accessor = 1,
}
export enum PropertyConstness {
  Mutable = 0,
  Const = 1,
}
export enum PropertyAttributes {
  None = 0,
  ReadOnly = 1,
  DontEnum = 2,
  DontDelete = 4,
  Sealed = 4,
  Frozen = 5,
}
export enum PropertyLocation {
  Field = 0,
  Descriptor = 1,
}
export enum Representation {
  None = 0,
  Smi = 1,
  Double = 2,
  HeapObject = 3,
  Tagged = 4,
}
/** V8: PropertyCellType. */
export enum PropertyCellType {
  Mutable = 0,
  Undefined = 1,
  Constant = 2,
  ConstantType = 3,
  InTransition = 4,
}

export const representationLetters: Readonly<Record<Representation, string>> = {
  [Representation.None]: 'v',
  [Representation.Smi]: 's',
  [Representation.Double]: 'd',
  [Representation.HeapObject]: 'h',
  [Representation.Tagged]: 't',
};

/** Details of a property that lives in a field (or, with PropertyLocation.Descriptor, in the descriptor itself). */
export const fastDetails = (
  kind: PropertyKind,
  attributes: number,
  location: PropertyLocation,
  constness: PropertyConstness,
  representation: Representation,
  fieldIndex: number,
): Tagged =>
  (kind | (constness << 1) | (attributes << 2) | (location << 5) | (representation << 6) | (fieldIndex << 20)) << 1;

export const dictionaryDetails = (
  kind: PropertyKind,
  attributes: number,
  cellType: PropertyCellType = PropertyCellType.Mutable,
  enumerationIndex = 0,
  constness: PropertyConstness = PropertyConstness.Mutable,
): Tagged => (kind | (constness << 1) | (attributes << 2) | (cellType << 5) | (enumerationIndex << 8)) << 1;

export const detailsKind = (d: Tagged): PropertyKind => (d >> 1) & 1;
export const detailsConstness = (d: Tagged): PropertyConstness => (d >> 2) & 1;
export const detailsAttributes = (d: Tagged): number => (d >> 3) & 7;
export const detailsLocation = (d: Tagged): PropertyLocation => (d >> 6) & 1;
export const detailsRepresentation = (d: Tagged): Representation => (d >> 7) & 7;
/** Index among the map's fields: in-object properties first, then the property array. */
export const detailsFieldIndex = (d: Tagged): number => (d >>> 21) & 0x3ff;
export const detailsCellType = (d: Tagged): PropertyCellType => (d >> 6) & 7;
export const detailsEnumerationIndex = (d: Tagged): number => (d >>> 9) & 0x7fffff;
export const isReadOnly = (d: Tagged): boolean => (d & (PropertyAttributes.ReadOnly << 3)) !== 0;
export const isDontEnum = (d: Tagged): boolean => (d & (PropertyAttributes.DontEnum << 3)) !== 0;
export const isDontDelete = (d: Tagged): boolean => (d & (PropertyAttributes.DontDelete << 3)) !== 0;

export const withConstness = (d: Tagged, constness: PropertyConstness): Tagged => (d & ~(1 << 2)) | (constness << 2);
export const withRepresentation = (d: Tagged, r: Representation): Tagged => (d & ~(7 << 7)) | (r << 7);
export const withFieldIndex = (d: Tagged, index: number): Tagged => (d & ~(0x3ff << 21)) | (index << 21);
export const withAttributes = (d: Tagged, attributes: number): Tagged => (d & ~(7 << 3)) | (attributes << 3);
export const withCellType = (d: Tagged, cellType: PropertyCellType): Tagged => (d & ~(7 << 6)) | (cellType << 6);
export const withEnumerationIndex = (d: Tagged, index: number): Tagged => (d & 0x1ff) | (index << 9);

/** Whether `general` can hold everything that `r` can (None ⊂ Smi ⊂ Double ⊂ Tagged, None ⊂ HeapObject ⊂ Tagged). */
export const representationFits = (r: Representation, general: Representation): boolean =>
  r === general ||
  r === Representation.None ||
  general === Representation.Tagged ||
  (r === Representation.Smi && general === Representation.Double);

/** Least upper bound. */
export const generalizeRepresentation = (a: Representation, b: Representation): Representation =>
  representationFits(a, b) ? b : representationFits(b, a) ? a : Representation.Tagged;
