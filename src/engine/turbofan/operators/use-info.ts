// What a use wants of its input (V8: use-info.h): a representation, how much of the value it looks at, and the check that makes
// a speculation true.

import { Rep } from '../graph/machine-type.ts';
import { CheckForMinusZero, type FeedbackSource } from '../graph/parameters.ts';

/** What of a value a use looks at (V8: TruncationKind). */
export enum Truncation {
  None = 0,
  Bool = 1,
  Word32 = 2,
  Word64 = 3,
  OddballAndBigIntToNumber = 4,
  Any = 5,
}

export interface UseTruncation {
  readonly kind: Truncation;
  /** −0 and 0 are the same to the use. */
  readonly identifyZeros: boolean;
}

type TypeCheck =
  | 'none'
  | 'signedSmall'
  | 'signed32'
  | 'number'
  | 'numberOrBoolean'
  | 'numberOrOddball'
  | 'heapObject'
  | 'bigint'
  | 'index' // an integer of 64 bits
  | 'arrayIndex'; // … or a string that is one

export interface UseInfo {
  readonly rep: Rep;
  readonly truncation: UseTruncation;
  readonly check: TypeCheck;
  readonly minusZero: CheckForMinusZero;
  readonly feedback: FeedbackSource | undefined;
}

const trunc = (kind: Truncation, identifyZeros = false): UseTruncation => ({ kind, identifyZeros });
const use = (
  rep: Rep,
  truncation: UseTruncation,
  check: TypeCheck = 'none',
  feedback?: FeedbackSource,
  minusZero = CheckForMinusZero.Check,
): UseInfo => ({ rep, truncation, check, minusZero, feedback });

export const Uses = {
  none: use(Rep.None, trunc(Truncation.None)),
  any: use(Rep.None, trunc(Truncation.Any)),
  anyTagged: use(Rep.Tagged, trunc(Truncation.Any)),
  taggedSigned: use(Rep.TaggedSigned, trunc(Truncation.Any)),
  taggedPointer: use(Rep.TaggedPointer, trunc(Truncation.Any)),
  bool: use(Rep.Bit, trunc(Truncation.Bool)),
  truncatingWord32: use(Rep.Word32, trunc(Truncation.Word32, true)),
  word: use(Rep.Word64, trunc(Truncation.Word64)),
  word32: use(Rep.Word32, trunc(Truncation.Any)),
  /** A BigInt of which the low 64 bits matter. */
  bigintModulo64: use(Rep.Tagged, trunc(Truncation.Word64)),
  float64: use(Rep.Float64, trunc(Truncation.Any)),
  truncatingFloat64: (identifyZeros = false) =>
    use(Rep.Float64, trunc(Truncation.OddballAndBigIntToNumber, identifyZeros)),
  checkedHeapObject: (f?: FeedbackSource) => use(Rep.TaggedPointer, trunc(Truncation.Any), 'heapObject', f),
  checkedSmi: (f?: FeedbackSource) => use(Rep.TaggedSigned, trunc(Truncation.Any), 'signedSmall', f),
  checkedSmiAsWord32: (identifyZeros: boolean, f?: FeedbackSource) =>
    use(
      Rep.Word32,
      trunc(Truncation.Any, identifyZeros),
      'signedSmall',
      f,
      identifyZeros ? CheckForMinusZero.DontCheck : CheckForMinusZero.Check,
    ),
  checkedSigned32AsWord32: (identifyZeros: boolean, f?: FeedbackSource) =>
    use(
      Rep.Word32,
      trunc(Truncation.Any, identifyZeros),
      'signed32',
      f,
      identifyZeros ? CheckForMinusZero.DontCheck : CheckForMinusZero.Check,
    ),
  checkedArrayIndex: (f?: FeedbackSource) =>
    use(Rep.Word32, trunc(Truncation.Any, true), 'arrayIndex', f, CheckForMinusZero.DontCheck),
  checkedIndex: (f?: FeedbackSource) =>
    use(Rep.Word32, trunc(Truncation.Any, true), 'index', f, CheckForMinusZero.DontCheck),
  checkedNumberAsFloat64: (identifyZeros: boolean, f?: FeedbackSource) =>
    use(Rep.Float64, trunc(Truncation.Any, identifyZeros), 'number', f),
  checkedNumberOrBooleanAsFloat64: (f?: FeedbackSource) =>
    use(Rep.Float64, trunc(Truncation.Any), 'numberOrBoolean', f),
  checkedNumberOrOddballAsFloat64: (identifyZeros: boolean, f?: FeedbackSource) =>
    use(Rep.Float64, trunc(Truncation.Any, identifyZeros), 'numberOrOddball', f),
  checkedNumberAsWord32: (f?: FeedbackSource) => use(Rep.Word32, trunc(Truncation.Word32, true), 'number', f),
  checkedNumberOrOddballAsWord32: (f?: FeedbackSource) =>
    use(Rep.Word32, trunc(Truncation.Word32, true), 'numberOrOddball', f),
} as const;

export function generalizeTruncation(a: UseTruncation, b: UseTruncation): UseTruncation {
  return {
    kind: generalizeKind(a.kind, b.kind),
    identifyZeros: (a.kind === Truncation.None || a.identifyZeros) && (b.kind === Truncation.None || b.identifyZeros),
  };
}

function lessGeneral(a: Truncation, b: Truncation): boolean {
  switch (a) {
    case Truncation.None:
      return true;
    case Truncation.Bool:
      return b === Truncation.Bool || b === Truncation.Any;
    case Truncation.Word32:
      return (
        b === Truncation.Word32 ||
        b === Truncation.Word64 ||
        b === Truncation.OddballAndBigIntToNumber ||
        b === Truncation.Any
      );
    case Truncation.Word64:
      return b === Truncation.Word64 || b === Truncation.OddballAndBigIntToNumber || b === Truncation.Any;
    case Truncation.OddballAndBigIntToNumber:
      return b === Truncation.OddballAndBigIntToNumber || b === Truncation.Any;
    default:
      return b === Truncation.Any;
  }
}

function generalizeKind(a: Truncation, b: Truncation): Truncation {
  if (lessGeneral(a, b)) return b;
  if (lessGeneral(b, a)) return a;
  if (lessGeneral(a, Truncation.OddballAndBigIntToNumber) && lessGeneral(b, Truncation.OddballAndBigIntToNumber))
    return Truncation.OddballAndBigIntToNumber;
  return Truncation.Any;
}

export const usedAsWord32 = (t: UseTruncation): boolean => lessGeneral(t.kind, Truncation.Word32);
export const usedAsWord64 = (t: UseTruncation): boolean => lessGeneral(t.kind, Truncation.Word64);
export const usedAsFloat64 = (t: UseTruncation): boolean => lessGeneral(t.kind, Truncation.OddballAndBigIntToNumber);
