// Inline cache handlers: what an IC does once the receiver's map matched. A handler is a Smi, a data handler (FixedArray), a
// weak Map (a store that is a transition) or a weak PropertyCell.
//
//   load Smi (bits of the value)        29       8 7 6 5 4 3   0
//     Field                            ├ offset ┤     d i├kind┤   byte offset in the object (i) or its property array; d: double box
//     Element                          ├ kind   ┤   o h a├kind┤   elements kind; a: JSArray; h: hole reads as undefined; o: out of bounds too
//   store Smi                           27   18 17   8 7   5 4 3  0
//     Field, ConstField                ├ desc ┤├ offs ┤├rep┤ i├kind┤  descriptor index, offset, Representation
//     Element                                  ├ kind ┤    g a├kind┤  elements kind; g: may grow; a: JSArray
//
//   data handler: FixedArray [Smi handler, validity cell or Smi 0, data 1 (weak holder or value), data 2 (transition map)]
//
// Invariant: a data handler may be used only while its validity cell holds Smi 0.

export enum LoadHandlerKind {
  Element = 0,
  IndexedString = 1,
  /** Own dictionary-mode property: looked up by name. */
  Normal = 2,
  /** Property of the global object through its cell (data 1). */
  Global = 3,
  Field = 4,
  /** The value itself (data 1). */
  ConstantFromPrototype = 5,
  /** A JSFunction getter (data 1); undefined: reads as undefined. */
  Accessor = 6,
  /** An AccessorInfo. */
  NativeDataProperty = 7,
  /** No such property on the whole chain. */
  NonExistent = 8,
  StringLength = 9,
  Slow = 10,
  Proxy = 11,
  TypedElement = 12,
}

export enum StoreHandlerKind {
  Element = 0,
  Field = 1,
  ConstField = 2,
  /** A JSFunction setter (data 1). */
  Accessor = 3,
  Slow = 8,
  Normal = 9,
  Proxy = 11,
}

/** Tagged words with the flags of the two inlined field loads; the offset is `word >> handlerOffsetShift`. */
export enum LoadHandlerWord {
  FieldInObject = (4 | 16) << 1,
  FieldOutOfObject = 4 << 1,
  FieldInObjectDouble = (4 | 16 | 32) << 1,
  FieldOutOfObjectDouble = (4 | 32) << 1,
  ConstantFromPrototype = 5 << 1,
  NonExistent = 8 << 1,
  StringLength = 9 << 1,
  Slow = 10 << 1,
  Mask = 0x1ff,
}
export const handlerOffsetShift = 9;

/** Element handlers: flags in the tagged word. */
export enum ElementHandlerBits {
  IsJSArray = 16 << 1,
  ConvertHole = 32 << 1,
  AllowOutOfBounds = 64 << 1,
  /** Stores only. */
  MayGrow = 32 << 1,
}

export const loadFieldHandler = (inObject: boolean, isDouble: boolean, offset: number): number =>
  (LoadHandlerKind.Field | (inObject ? 16 : 0) | (isDouble ? 32 : 0) | (offset << 8)) << 1;

export const loadElementHandler = (
  elementsKind: number,
  isJSArray: boolean,
  convertHole: boolean,
  outOfBounds: boolean,
): number =>
  (LoadHandlerKind.Element |
    (isJSArray ? 16 : 0) |
    (convertHole ? 32 : 0) |
    (outOfBounds ? 64 : 0) |
    (elementsKind << 8)) <<
  1;

export const loadKindOf = (handler: number): LoadHandlerKind => (handler >> 1) & 15;

export const storeFieldHandler = (
  isConst: boolean,
  inObject: boolean,
  representation: number,
  offset: number,
  descriptor: number,
): number =>
  ((isConst ? StoreHandlerKind.ConstField : StoreHandlerKind.Field) |
    (inObject ? 16 : 0) |
    (representation << 5) |
    (offset << 8) |
    (descriptor << 18)) <<
  1;

export const storeElementHandler = (elementsKind: number, isJSArray: boolean, mayGrow: boolean): number =>
  (StoreHandlerKind.Element | (isJSArray ? 16 : 0) | (mayGrow ? 32 : 0) | (elementsKind << 8)) << 1;

export const storeKindOf = (handler: number): StoreHandlerKind => (handler >> 1) & 15;
export const storeRepresentation = (handler: number): number => (handler >> 6) & 7;
export const storeOffset = (handler: number): number => (handler >> 9) & 0x3ff;
export const storeDescriptor = (handler: number): number => (handler >> 19) & 0x3ff;

/** Data handlers: element indices of the FixedArray. */
export enum DataHandler {
  SmiHandler = 0,
  ValidityCell = 1,
  Data1 = 2,
  Data2 = 3,
  Length = 4,
}
