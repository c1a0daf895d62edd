// Typer and OperationTyper (V8: typer.cc, operation-typer.cc): a type for every node, by forward iteration to a fixpoint.
//
// Invariant: a node's type contains every value it can have; types only grow during the run, and a loop phi's range is
// widened after a few rounds so that the run ends.

import { StaticRoot } from '../../objects/index.ts';
import type { HeapBroker } from '../broker/heap-broker.ts';
import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import type { FieldAccess, HintParameter } from '../graph/parameters.ts';
import {
  Bits,
  bitset,
  heapConstantType,
  intersect,
  is,
  maybe,
  numberConstantType,
  range,
  type Type,
  Types,
  union,
} from '../graph/types.ts';
import type { Opcode } from '../operators/operators.ts';

// --- operations --------------------------------------------------------------------------------------------------------

const isNumber = (t: Type): boolean => is(t, Types.Number);
const hasNaN = (t: Type): boolean => (t.bits & Bits.NaN) !== 0;
const hasMinusZero = (t: Type): boolean => (t.bits & Bits.MinusZero) !== 0;
const hasPlain = (t: Type): boolean => (t.bits & Bits.PlainNumber) !== 0;

/** Integer bounds of a number type, −0 as 0; undefined if not all integers. */
function bounds(t: Type): { min: number; max: number } | undefined {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  if (hasPlain(t)) {
    if (t.min !== undefined) {
      min = t.min;
      max = t.max!;
    } else {
      if ((t.bits & Bits.OtherNumber) !== 0) return undefined;
      min =
        (t.bits & Bits.OtherSigned32) !== 0 ? -0x80000000 : (t.bits & Bits.Signed31) !== 0 ? -0x40000000 : 0x80000000;
      max =
        (t.bits & Bits.OtherUnsigned32) !== 0
          ? 0xffffffff
          : (t.bits & Bits.OtherSigned32) !== 0
            ? 0x7fffffff
            : 0x3fffffff;
    }
  }
  if (hasMinusZero(t)) {
    min = Math.min(min, 0);
    max = Math.max(max, 0);
  }
  return min > max ? undefined : { min, max };
}

const withBits = (t: Type, bits: number): Type => ({ ...t, bits: t.bits | bits });

export function toNumberType(t: Type): Type {
  if (isNumber(t)) return t;
  if ((t.bits & ~Bits.PlainPrimitive & ~Bits.Hole) !== 0) return Types.Number;
  let out = intersect(t, Types.Number);
  if ((t.bits & (Bits.Undefined | Bits.Hole)) !== 0) out = union(out, Types.NaN);
  if ((t.bits & Bits.Null) !== 0) out = union(out, range(0, 0));
  if ((t.bits & Bits.Boolean) !== 0) out = union(out, range(0, 1));
  if ((t.bits & Bits.String) !== 0) return Types.Number;
  return out;
}

export function typeNumberBinary(opcode: Opcode, l: Type, r: Type): Type {
  if (l.bits === 0 || r.bits === 0) return Types.None;
  switch (opcode) {
    case 'NumberAdd':
    case 'NumberSubtract':
      return typeAdditive(l, r, opcode === 'NumberAdd');
    case 'NumberMultiply':
      return typeMultiply(l, r);
    case 'NumberDivide':
      return typeDivide(l, r);
    case 'NumberModulus':
      return typeModulus(l, r);
    case 'NumberBitwiseOr':
    case 'NumberBitwiseXor':
    case 'NumberBitwiseAnd':
      return typeBitwise(opcode, l, r);
    case 'NumberShiftLeft':
      return Types.Signed32;
    case 'NumberShiftRight': {
      const b = int32Bounds(l);
      const s = shiftBounds(r);
      return range(Math.min(b.min >> s.min, b.min >> s.max), Math.max(b.max >> s.min, b.max >> s.max));
    }
    case 'NumberShiftRightLogical': {
      const b = bounds(l);
      const s = shiftBounds(r);
      if (b !== undefined && b.min >= 0 && b.max <= 0xffffffff && !hasNaN(l))
        return range(b.min >>> s.max, b.max >>> s.min);
      return range(0, 0xffffffff >>> s.min);
    }
    case 'NumberImul':
      return Types.Signed32;
    case 'NumberMax':
    case 'NumberMin': {
      let t: Type = Types.None;
      if (hasNaN(l) || hasNaN(r)) t = union(t, Types.NaN);
      const lb = bounds(l);
      const rb = bounds(r);
      if (lb !== undefined && rb !== undefined) {
        const f = opcode === 'NumberMax' ? Math.max : Math.min;
        t = union(t, range(f(lb.min, rb.min), f(lb.max, rb.max)));
        if (hasMinusZero(l) || hasMinusZero(r)) t = withBits(t, Bits.MinusZero);
        return t;
      }
      return union(t, union(intersect(l, Types.OrderedNumber), intersect(r, Types.OrderedNumber)));
    }
    default:
      return Types.Number;
  }
}

function typeAdditive(l: Type, r: Type, add: boolean): Type {
  let maybeNaN = hasNaN(l) || hasNaN(r);
  const minusZero = add
    ? hasMinusZero(l) && hasMinusZero(r)
    : hasMinusZero(l) && (r.bits & Bits.Signed31) !== 0 && maybe(r, range(0, 0));
  const lb = bounds(l);
  const rb = bounds(r);
  let t: Type = Types.None;
  if (lb !== undefined && rb !== undefined) {
    let min = add ? lb.min + rb.min : lb.min - rb.max;
    let max = add ? lb.max + rb.max : lb.max - rb.min;
    if (Number.isNaN(min)) {
      min = Number.NEGATIVE_INFINITY;
      maybeNaN = true;
    }
    if (Number.isNaN(max)) {
      max = Number.POSITIVE_INFINITY;
      maybeNaN = true;
    }
    const infinite =
      !Number.isFinite(lb.min) || !Number.isFinite(lb.max) || !Number.isFinite(rb.min) || !Number.isFinite(rb.max);
    if (
      infinite &&
      (!Number.isFinite(lb.min) || !Number.isFinite(lb.max)) &&
      (!Number.isFinite(rb.min) || !Number.isFinite(rb.max))
    )
      maybeNaN = true;
    t = range(min, max);
  } else if (lb === undefined || rb === undefined) {
    if ((l.bits & Bits.OrderedNumber) !== 0 && (r.bits & Bits.OrderedNumber) !== 0) {
      t = Types.PlainNumber;
      maybeNaN = true; // ∞ − ∞
    }
  }
  if (minusZero) t = union(t, Types.MinusZero);
  if (maybeNaN) t = union(t, Types.NaN);
  return t;
}

function typeMultiply(l: Type, r: Type): Type {
  const lb = bounds(l);
  const rb = bounds(r);
  if (lb === undefined || rb === undefined)
    return hasPlain(l) || hasPlain(r) || hasMinusZero(l) || hasMinusZero(r) ? Types.Number : Types.NaN;
  const zeroL = lb.min <= 0 && lb.max >= 0;
  const zeroR = rb.min <= 0 && rb.max >= 0;
  const infinite = (b: { min: number; max: number }): boolean =>
    b.min === Number.NEGATIVE_INFINITY || b.max === Number.POSITIVE_INFINITY;
  const nan = hasNaN(l) || hasNaN(r) || (zeroL && infinite(rb)) || (zeroR && infinite(lb));
  const minusZero = hasMinusZero(l) || hasMinusZero(r) || (zeroL && rb.min < 0) || (zeroR && lb.min < 0);
  const products = [lb.min * rb.min, lb.min * rb.max, lb.max * rb.min, lb.max * rb.max].map((p) =>
    Number.isNaN(p) ? 0 : p + 0,
  );
  let t: Type =
    infinite(lb) || infinite(rb)
      ? range(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)
      : range(Math.min(...products), Math.max(...products));
  if (minusZero) t = withBits(t, Bits.MinusZero);
  if (nan) t = withBits(t, Bits.NaN);
  return t;
}

function typeDivide(l: Type, r: Type): Type {
  let nan = hasNaN(l) || hasNaN(r);
  const lb = bounds(l);
  const rb = bounds(r);
  const zero = (b: { min: number; max: number } | undefined): boolean => b === undefined || (b.min <= 0 && b.max >= 0);
  if (zero(lb) && zero(rb)) nan = true;
  const infinite = (b: { min: number; max: number } | undefined): boolean =>
    b === undefined || !Number.isFinite(b.min) || !Number.isFinite(b.max);
  if (infinite(lb) && infinite(rb)) nan = true;
  let t: Type = Types.PlainNumber;
  if (zero(lb) || infinite(rb)) t = withBits(t, Bits.MinusZero);
  if (nan) t = withBits(t, Bits.NaN);
  return t;
}

function typeModulus(l: Type, r: Type): Type {
  const lb = bounds(l);
  const rb = bounds(r);
  const nan =
    hasNaN(l) ||
    hasNaN(r) ||
    lb === undefined ||
    rb === undefined ||
    (rb.min <= 0 && rb.max >= 0) ||
    !Number.isFinite(lb.min) ||
    !Number.isFinite(lb.max);
  const minusZero = hasMinusZero(l) || lb === undefined || lb.min < 0;
  let t: Type;
  if (lb === undefined || rb === undefined) t = Types.PlainNumber;
  else {
    const magnitude = Math.max(Math.abs(rb.min), Math.abs(rb.max)) - 1;
    let max = Math.max(0, Math.min(lb.max, magnitude));
    let min = Math.min(0, Math.max(lb.min, -magnitude));
    if (lb.min >= 0) min = 0;
    if (lb.max <= 0) max = 0;
    t = range(min, max);
  }
  if (minusZero) t = withBits(t, Bits.MinusZero);
  if (nan) t = withBits(t, Bits.NaN);
  return t;
}

function int32Bounds(t: Type): { min: number; max: number } {
  const b = bounds(t);
  if (b === undefined || b.min < -0x80000000 || b.max > 0x7fffffff) return { min: -0x80000000, max: 0x7fffffff };
  return hasNaN(t) ? { min: Math.min(b.min, 0), max: Math.max(b.max, 0) } : b;
}

function shiftBounds(t: Type): { min: number; max: number } {
  const b = bounds(t);
  if (b === undefined || b.min < 0 || b.max > 31 || hasNaN(t)) return { min: 0, max: 31 };
  return b;
}

function typeBitwise(opcode: Opcode, l: Type, r: Type): Type {
  const a = int32Bounds(l);
  const b = int32Bounds(r);
  if (opcode === 'NumberBitwiseAnd') {
    let min = -0x80000000;
    let max = Math.max(a.max, b.max);
    if (a.min >= 0) {
      min = 0;
      max = a.max;
    }
    if (b.min >= 0) {
      min = 0;
      max = Math.min(max, b.max);
    }
    return range(min, max);
  }
  if (opcode === 'NumberBitwiseOr') {
    // Or-ing cannot shrink a non-negative number; two negatives stay negative.
    let min = Math.min(a.min, b.min);
    let max = 0x7fffffff;
    if (a.min >= 0 && b.min >= 0) min = Math.max(a.min, b.min);
    if (a.max < 0 || b.max < 0) max = -1;
    // x | 0 is x.
    if (b.min === 0 && b.max === 0) return range(a.min, a.max);
    if (a.min === 0 && a.max === 0) return range(b.min, b.max);
    return range(min, max);
  }
  if ((a.min >= 0 && b.min >= 0) || (a.max < 0 && b.max < 0)) return range(0, 0x7fffffff);
  if ((a.min >= 0 && b.max < 0) || (a.max < 0 && b.min >= 0)) return range(-0x80000000, -1);
  return Types.Signed32;
}

export function typeNumberUnary(opcode: Opcode, t: Type): Type {
  if (t.bits === 0) return Types.None;
  switch (opcode) {
    case 'NumberAbs': {
      const b = bounds(t);
      if (b === undefined) return hasNaN(t) ? bitset(Bits.PlainNumber | Bits.NaN) : Types.PlainNumber;
      const max = Math.max(Math.abs(b.min), Math.abs(b.max));
      const out = range(b.min > 0 ? b.min : b.max < 0 ? -b.max : 0, max);
      return hasNaN(t) ? withBits(out, Bits.NaN) : out;
    }
    case 'NumberFloor':
    case 'NumberCeil':
    case 'NumberRound':
    case 'NumberTrunc':
      if (is(t, Types.IntegerOrMinusZeroOrNaN)) return t;
      return hasNaN(t) ? Types.IntegerOrMinusZeroOrNaN : Types.IntegerOrMinusZero;
    case 'NumberSign': {
      let out: Type = range(-1, 1);
      if (hasMinusZero(t)) out = withBits(out, Bits.MinusZero);
      if (hasNaN(t)) out = withBits(out, Bits.NaN);
      return out;
    }
    case 'NumberClz32':
      return range(0, 32);
    case 'NumberToInt32':
      return is(t, Types.Signed32) ? t : Types.Signed32;
    case 'NumberToUint32':
      return is(t, Types.Unsigned32) ? t : Types.Unsigned32;
    case 'NumberSilenceNaN':
      return (t.bits & Bits.Hole) !== 0 ? Types.Number : t;
    case 'NumberToBoolean':
    case 'NumberIsNaN':
      return Types.Boolean;
    default:
      return Types.Number;
  }
}

/** The plain number operator of a speculative one. */
export function numberOperator(opcode: Opcode): Opcode | undefined {
  switch (opcode) {
    case 'SpeculativeSmallIntegerAdd':
    case 'SpeculativeAdditiveSafeIntegerAdd':
    case 'SpeculativeNumberAdd':
      return 'NumberAdd';
    case 'SpeculativeSmallIntegerSubtract':
    case 'SpeculativeAdditiveSafeIntegerSubtract':
    case 'SpeculativeNumberSubtract':
      return 'NumberSubtract';
    case 'SpeculativeNumberMultiply':
      return 'NumberMultiply';
    case 'SpeculativeNumberDivide':
      return 'NumberDivide';
    case 'SpeculativeNumberModulus':
      return 'NumberModulus';
    case 'SpeculativeNumberPow':
      return 'NumberPow';
    case 'SpeculativeNumberBitwiseOr':
      return 'NumberBitwiseOr';
    case 'SpeculativeNumberBitwiseXor':
      return 'NumberBitwiseXor';
    case 'SpeculativeNumberBitwiseAnd':
      return 'NumberBitwiseAnd';
    case 'SpeculativeNumberShiftLeft':
      return 'NumberShiftLeft';
    case 'SpeculativeNumberShiftRight':
      return 'NumberShiftRight';
    case 'SpeculativeNumberShiftRightLogical':
      return 'NumberShiftRightLogical';
    default:
      return undefined;
  }
}

/** Type of a node from given input types; undefined where the node's own typing applies. */
export function typeOperation(node: Node, type: (n: Node) => Type): Type | undefined {
  const { opcode } = node;
  const number = numberOperator(opcode);
  if (number !== undefined) {
    const l = toNumberType(type(node.value(0)));
    const r = toNumberType(type(node.value(1)));
    const t = typeNumberBinary(number, l, r);
    if (opcode === 'SpeculativeSmallIntegerAdd' || opcode === 'SpeculativeSmallIntegerSubtract')
      return intersect(t, withBits(Types.SafeInteger, Bits.MinusZero));
    return t;
  }
  switch (opcode) {
    case 'SpeculativeToNumber':
      return toNumberType(type(node.value(0)));
    case 'NumberAdd':
    case 'NumberSubtract':
    case 'NumberMultiply':
    case 'NumberDivide':
    case 'NumberModulus':
    case 'NumberBitwiseOr':
    case 'NumberBitwiseXor':
    case 'NumberBitwiseAnd':
    case 'NumberShiftLeft':
    case 'NumberShiftRight':
    case 'NumberShiftRightLogical':
    case 'NumberImul':
    case 'NumberMax':
    case 'NumberMin':
    case 'NumberPow':
    case 'NumberAtan2':
      return typeNumberBinary(
        opcode,
        intersect(toNumberType(type(node.value(0))), Types.Number),
        intersect(toNumberType(type(node.value(1))), Types.Number),
      );
    case 'Phi': {
      let t: Type = Types.None;
      for (let i = 0; i < node.op.valueIn; i++) t = union(t, type(node.value(i)));
      return t;
    }
    case 'Select':
      return union(type(node.value(1)), type(node.value(2)));
    default:
      if (opcode.startsWith('Number') && node.op.valueIn === 1 && opcode !== 'NumberToString')
        return typeNumberUnary(opcode, intersect(toNumberType(type(node.value(0))), withBits(Types.Number, Bits.Hole)));
      return undefined;
  }
}

// --- the typer ---------------------------------------------------------------------------------------------------------

const BOOLEAN = new Set<string>([
  'JSEqual',
  'JSStrictEqual',
  'JSLessThan',
  'JSGreaterThan',
  'JSLessThanOrEqual',
  'JSGreaterThanOrEqual',
  'JSInstanceOf',
  'JSOrdinaryHasInstance',
  'JSHasProperty',
  'JSDeleteProperty',
  'BooleanNot',
  'NumberEqual',
  'NumberLessThan',
  'NumberLessThanOrEqual',
  'NumberSameValue',
  'ReferenceEqual',
  'SameValue',
  'ToBoolean',
  'ObjectIsSmi',
  'ObjectIsNumber',
  'ObjectIsString',
  'ObjectIsSymbol',
  'ObjectIsBigInt',
  'ObjectIsCallable',
  'ObjectIsDetectableCallable',
  'ObjectIsReceiver',
  'ObjectIsNonCallable',
  'ObjectIsUndetectable',
  'ObjectIsNaN',
  'ObjectIsMinusZero',
  'StringEqual',
  'StringLessThan',
  'StringLessThanOrEqual',
  'SpeculativeNumberEqual',
  'SpeculativeNumberLessThan',
  'SpeculativeNumberLessThanOrEqual',
  'CompareMaps',
]);

export class Typer {
  private readonly graph: Graph;
  private readonly broker: HeapBroker;
  private readonly rounds = new Map<Node, number>();

  constructor(graph: Graph, broker: HeapBroker) {
    this.graph = graph;
    this.broker = broker;
  }

  run(): void {
    const nodes = this.graph.reachable();
    for (const n of nodes)
      if (n.opcode === 'Phi' || n.type === undefined || numberOperator(n.opcode) !== undefined) n.type = undefined;
    const queue = [...nodes];
    const queued = new Set(queue);
    for (let head = 0; head < queue.length; head++) {
      const node = queue[head]!;
      queued.delete(node);
      if (node.op.valueOut === 0) continue;
      const old = node.type ?? Types.None;
      let next = this.typeOf(node);
      if (node.opcode === 'Phi' && node.control.opcode === 'Loop') next = this.widen(node, old, next);
      next = union(old, next);
      if (node.type !== undefined && is(next, old)) continue;
      node.type = next;
      for (const { user } of node.uses) {
        if (!queued.has(user)) {
          queued.add(user);
          queue.push(user);
        }
      }
      if (queue.length > 500_000) throw new Error('the typer does not end');
    }
  }

  /** Ranges of loop phis jump to these limits (V8: Typer::Visitor::Weaken). */
  private widen(node: Node, old: Type, next: Type): Type {
    const n = (this.rounds.get(node) ?? 0) + 1;
    this.rounds.set(node, n);
    if (n < 3 || next.min === undefined || old.min === undefined) return next;
    const limits = [0, 0x3fffffff, 0x7fffffff, 0xffffffff, 2 ** 36, 2 ** 44, Number.MAX_SAFE_INTEGER];
    let min = Math.min(next.min, old.min);
    let max = Math.max(next.max!, old.max!);
    if (min < old.min)
      min = -([...limits].map((l) => (l === 0 ? 0 : l + 1)).find((l) => -l <= min) ?? Number.POSITIVE_INFINITY);
    if (max > old.max!) max = limits.find((l) => l >= max) ?? Number.POSITIVE_INFINITY;
    return range(min === 0 ? 0 : min, max, next.bits & ~Bits.PlainNumber);
  }

  private typeOf(node: Node): Type {
    const type = (n: Node): Type => n.type ?? Types.None;
    const operation = typeOperation(node, type);
    if (operation !== undefined) return operation;
    const { opcode } = node;
    if (BOOLEAN.has(opcode)) return Types.Boolean;
    switch (opcode) {
      case 'NumberConstant':
        return numberConstantType(node.parameter<number>());
      case 'HeapConstant':
        return this.broker.typeOfConstant(node.parameter<number>());
      case 'Parameter':
        return node.parameter<number>() === -1
          ? Types.Callable
          : node.parameter<number>() === -4
            ? Types.OtherInternal
            : node.parameter<number>() === 0
              ? Types.Any
              : Types.NonInternal;
      case 'OsrValue':
        return Types.Any;
      case 'IfException':
        return Types.NonInternal;
      case 'JSAdd': {
        const l = type(node.value(0));
        const r = type(node.value(1));
        if (l.bits === 0 || r.bits === 0) return Types.None;
        if (is(l, Types.String) || is(r, Types.String)) return Types.String;
        if (isNumber(l) && isNumber(r)) return typeNumberBinary('NumberAdd', l, r);
        return bitset(Bits.Numeric | Bits.String);
      }
      case 'JSSubtract':
      case 'JSMultiply':
      case 'JSDivide':
      case 'JSModulus':
      case 'JSExponentiate':
      case 'JSBitwiseOr':
      case 'JSBitwiseXor':
      case 'JSBitwiseAnd':
      case 'JSShiftLeft':
      case 'JSShiftRight':
      case 'JSIncrement':
      case 'JSDecrement':
      case 'JSNegate':
      case 'JSBitwiseNot':
      case 'JSToNumeric':
        return Types.Numeric;
      case 'SpeculativeBigIntAdd':
      case 'SpeculativeBigIntSubtract':
      case 'SpeculativeBigIntMultiply':
        return Types.BigInt;
      case 'JSShiftRightLogical':
      case 'JSToNumber':
        return Types.Number;
      case 'JSToString':
      case 'TypeOf':
      case 'JSTypeOf':
      case 'StringConcat':
      case 'StringFromSingleCharCode':
      case 'StringSubstring':
      case 'NumberToString':
        return Types.String;
      case 'JSToObject':
      case 'JSCreate':
      case 'JSCreateLiteralObject':
      case 'JSCreateLiteralArray':
      case 'JSCreateLiteralRegExp':
      case 'JSCreateEmptyLiteralObject':
      case 'JSCreateEmptyLiteralArray':
      case 'JSCreateArguments':
      case 'JSCreateInlinedArguments':
      case 'JSConstruct':
      case 'JSCloneObject':
      case 'JSCreateArrayFromIterable':
        return Types.Receiver;
      case 'JSCreateClosure':
        return Types.Callable;
      case 'JSCreateFunctionContext':
      case 'JSCreateBlockContext':
      case 'JSCreateCatchContext':
      case 'JSCreateWithContext':
      case 'Allocate':
        return Types.OtherInternal;
      case 'StringLength':
        return Types.StringLength;
      case 'StringCharCodeAt':
        return Types.UnsignedShort;
      case 'StringIndexOf':
        return range(-1, 0x1fffffe8);
      case 'LoadField':
        return node.parameter<FieldAccess>().type;
      case 'LoadElement':
        return node.parameter<FieldAccess>().type;
      case 'CheckBounds': {
        const index = intersect(toNumberType(type(node.value(0))), Types.ArrayLength);
        const length = type(node.value(1));
        const max = length.max !== undefined ? Math.max(0, length.max - 1) : 0xfffffffe;
        return intersect(index.bits === 0 ? range(0, max) : withoutMinusZero(index), range(0, max));
      }
      case 'CheckSmi':
        return intersect(type(node.value(0)), Types.SignedSmall);
      case 'CheckNumber':
        return intersect(type(node.value(0)), Types.Number);
      case 'CheckHeapObject':
        return type(node.value(0));
      case 'CheckString':
        return intersect(type(node.value(0)), Types.String);
      case 'CheckInternalizedString':
        return intersect(type(node.value(0)), Types.InternalizedString);
      case 'CheckSymbol':
        return intersect(type(node.value(0)), Types.Symbol);
      case 'CheckBigInt':
        return intersect(type(node.value(0)), Types.BigInt);
      case 'CheckReceiver':
        return intersect(type(node.value(0)), Types.Receiver);
      case 'CheckReceiverOrNullOrUndefined':
        return intersect(type(node.value(0)), bitset(Bits.Receiver | Bits.Null | Bits.Undefined));
      case 'CheckClosure':
        return Types.Callable;
      case 'CheckFloat64Hole': {
        const { allowHole } = node.parameter<{ allowHole: boolean }>();
        const t = intersect(type(node.value(0)), Types.Number);
        return allowHole ? union(t, Types.Undefined) : t;
      }
      case 'CheckNotTaggedHole':
        return withoutHole(type(node.value(0)));
      case 'ConvertTaggedHoleToUndefined':
        return (type(node.value(0)).bits & Bits.Hole) !== 0
          ? union(withoutHole(type(node.value(0))), Types.Undefined)
          : type(node.value(0));
      case 'FinishRegion':
      case 'TypeGuard':
        return type(node.value(0));
      case 'PlainPrimitiveToNumber':
        return toNumberType(type(node.value(0)));
      case 'Projection':
        if (node.value(0).opcode === 'JSForInPrepare')
          return node.parameter<{ index: number }>().index === 2 ? Types.UnsignedSmall : Types.OtherInternal;
        return Types.Any;
      case 'JSForInNext':
        return union(Types.String, Types.Undefined);
      case 'MaybeGrowFastElements':
      case 'EnsureWritableFastElements':
        return Types.OtherInternal;
      case 'JSLoadMessage':
        return Types.Any;
      case 'JSForInEnumerate':
        return Types.OtherInternal;
      case 'FrameState':
      case 'StateValues':
        return Types.None;
      default:
        return opcode.startsWith('JS') ? Types.NonInternal : Types.Any;
    }
  }
}

const withoutHole = (t: Type): Type => ({ ...t, bits: t.bits & ~Bits.Hole });
const withoutMinusZero = (t: Type): Type =>
  (t.bits & Bits.MinusZero) === 0 ? t : union({ ...t, bits: t.bits & ~Bits.MinusZero }, range(0, 0));

export const isTrueType = (t: Type | undefined): boolean => t?.constant === StaticRoot.True;
export { type HintParameter, heapConstantType };
