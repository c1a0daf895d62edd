// The lattices of operation feedback: bit sets that only grow. Values are those of V8 13.6.

/** Feedback of binary and unary arithmetic, as a Smi in the BinaryOp slot. Join is bitwise or. */
export enum BinaryOperationFeedback {
  None = 0x0,
  SignedSmall = 0x1,
  SignedSmallInputs = 0x3,
  AdditiveSafeInteger = 0x5,
  Number = 0x7,
  NumberOrOddball = 0xf,
  String = 0x10,
  StringOrStringWrapper = 0x30,
  BigInt64 = 0x40,
  BigInt = 0xc0,
  Any = 0x1ff,
}

/** Feedback of comparisons, as a Smi in the CompareOp slot. Join is bitwise or. */
export enum CompareOperationFeedback {
  None = 0,
  SignedSmall = 1 << 0,
  OtherNumber = 1 << 1,
  Number = 3,
  Boolean = 1 << 2,
  NumberOrBoolean = 7,
  NullOrUndefined = 1 << 3,
  Oddball = (1 << 2) | (1 << 3),
  NumberOrOddball = 15,
  InternalizedString = 1 << 4,
  OtherString = 1 << 5,
  String = (1 << 4) | (1 << 5),
  Symbol = 1 << 6,
  BigInt64 = 1 << 7,
  OtherBigInt = 1 << 8,
  BigInt = (1 << 7) | (1 << 8),
  Receiver = 1 << 9,
  ReceiverOrNullOrUndefined = (1 << 9) | (1 << 3),
  Any = 0x3ff,
}

/** Feedback of for-in, as a Smi in the ForIn slot. */
export enum ForInFeedback {
  None = 0,
  EnumCacheKeysAndIndices = 1,
  EnumCacheKeys = 3,
  Any = 7,
}

/** Feedback of typeof, as a Smi in the TypeOf slot. */
export enum TypeOfFeedback {
  None = 0,
  Number = 1,
  Function = 2,
  String = 4,
  Any = 7,
}
