// Inline cache handlers: what an IC does once the receiver's map matched. A handler is a Smi, a data handler (FixedArray), a
// weak Map (a store that is a transition) or a weak PropertyCell.
//
//   load Smi (bits of the value)        29       8 7 6 5 4 3   0
//     Field                            ├ offset ┤     d i├kind┤   byte offset in the object (i) or its property array; d: double box
//     Element, TypedElement,           ├ kind   ┤   h o a├kind┤   elements kind; a: JSArray; o: out of bounds reads undefined;
//     IndexedString                                               h: a hole does
//   store Smi                           27   18 17   8 7   5 4 3  0
//     Field, ConstField                ├ desc ┤├ offs ┤├rep┤ i├kind┤  descriptor index, offset, Representation
//     Element                                  ├ kind ┤ p mm a├kind┤  elements kind; m: KeyedAccessStoreMode; a: JSArray;
//                                                                     p: holes are plain while no prototype has elements
//
//   data handler: FixedArray [Smi handler, validity cell or Smi 0, data 1 (weak holder, value, getter, or map to transition to),
//   data 2 (weak native context: what the receiver inherits is its realm's)]
//
// Invariant: a data handler may be used only while its validity cell holds Smi 0.

import type { Tagged } from '../heap/index.ts';

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
  /** The prototype of a function that has one. */
  FunctionPrototype = 13,
}

export enum StoreHandlerKind {
  Element = 0,
  Field = 1,
  ConstField = 2,
  /** A JSFunction setter (data 1). */
  Accessor = 3,
  /** An AccessorInfo's setter. */
  NativeDataProperty = 4,
  /** A property of the global object that was not there before (data 1: its cell). */
  GlobalProxy = 5,
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
  FunctionPrototype = 13 << 1,
  Mask = 0x1ff,
}
export const handlerOffsetShift = 9;

/** What an element load answers undefined for, beside elements (bits). */
export enum KeyedAccessLoadMode {
  InBounds = 0,
  HandleOutOfBounds = 1,
  HandleHoles = 2,
}

/** What an element store does beside overwriting elements. */
export enum KeyedAccessStoreMode {
  InBounds = 0,
  GrowAndHandleCopyOnWrite = 1,
  IgnoreTypedArrayOutOfBounds = 2,
  HandleCopyOnWrite = 3,
}

/** Element handlers: flags in the tagged word. */
export enum ElementHandlerBits {
  IsJSArray = 16 << 1,
  AllowOutOfBounds = 32 << 1,
  ConvertHole = 64 << 1,
  /** Stores only. */
  PlainHoles = 128 << 1,
}
const elementModeShift = 6;

export const loadFieldHandler = (inObject: boolean, isDouble: boolean, offset: number): number =>
  (LoadHandlerKind.Field | (inObject ? 16 : 0) | (isDouble ? 32 : 0) | (offset << 8)) << 1;

export const loadElementHandler = (
  kind: LoadHandlerKind,
  elementsKind: number,
  isJSArray: boolean,
  mode: KeyedAccessLoadMode,
): number => ((kind | (isJSArray ? 16 : 0) | (elementsKind << 8)) << 1) | (mode << elementModeShift);

/** The mode of an element load handler; InBounds for other Smi handlers and for data handlers. */
export const elementLoadMode = (handler: number): KeyedAccessLoadMode => {
  if ((handler & 1) !== 0) return KeyedAccessLoadMode.InBounds;
  const kind = loadKindOf(handler);
  return kind === LoadHandlerKind.Element ||
    kind === LoadHandlerKind.TypedElement ||
    kind === LoadHandlerKind.IndexedString
    ? (handler >> elementModeShift) & 3
    : KeyedAccessLoadMode.InBounds;
};

/** A property that an AccessorInfo reads, by its descriptor. */
export const nativeDataHandler = (descriptor: number): number =>
  (LoadHandlerKind.NativeDataProperty | (descriptor << 8)) << 1;

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

export const storeElementHandler = (
  elementsKind: number,
  isJSArray: boolean,
  mode: KeyedAccessStoreMode,
  plainHoles: boolean,
): number =>
  ((StoreHandlerKind.Element | (isJSArray ? 16 : 0) | (plainHoles ? 128 : 0) | (elementsKind << 8)) << 1) |
  (mode << elementModeShift);

/** The mode of a Smi element store handler; InBounds for others. */
export const elementStoreMode = (handler: number): KeyedAccessStoreMode => {
  if ((handler & 1) !== 0) return KeyedAccessStoreMode.InBounds;
  const kind = storeKindOf(handler);
  return kind === StoreHandlerKind.Element || kind === StoreHandlerKind.Slow
    ? (handler >> elementModeShift) & 3
    : KeyedAccessStoreMode.InBounds;
};

/** An element store that only the runtime does; V8 remembers its mode all the same. */
export const slowElementStoreHandler = (mode: KeyedAccessStoreMode): Tagged =>
  slowStoreHandler | (mode << elementModeShift);

/** The store that only the runtime does. */
export const slowStoreHandler: Tagged = StoreHandlerKind.Slow << 1;

/** A property that an AccessorInfo writes, by its descriptor. */
export const nativeStoreHandler = (descriptor: number): Tagged =>
  (StoreHandlerKind.NativeDataProperty | (descriptor << 18)) << 1;

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

/** Flags of a data handler's Smi that say how a lookup begins; V8 has the same. */
export enum DataHandlerBits {
  /** The receiver is a dictionary, which may have got the property since. */
  LooksUpReceiver = 128 << 1,
}
