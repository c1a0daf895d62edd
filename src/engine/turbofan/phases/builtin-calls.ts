// Builtins that optimized code does itself, under guards (V8: JSCallReducer's Reduce… methods). One row a builtin, by its name in
// its table; what answers undefined stays a call.

import { StaticRoot } from '../../objects/index.ts';
import type { Node } from '../graph/node.ts';
import type { Opcode } from '../operators/operators.ts';
import type { BuiltinCall } from './builtin-call.ts';
import { arrayReductions } from './builtin-calls-arrays.ts';
import { callbackReductions } from './builtin-calls-callbacks.ts';
import { dataViewReductions } from './builtin-calls-data-views.ts';
import { iteratorReductions } from './builtin-calls-iterators.ts';
import { stringReductions } from './builtin-calls-strings.ts';
import { typedArrayReductions } from './builtin-calls-typed-arrays.ts';

export type Reduction = (call: BuiltinCall) => Node | undefined;

/** A function of one number; of none it is a constant. */
const unary =
  (opcode: Opcode, ofNone = Number.NaN): Reduction =>
  (call) =>
    call.count === 0 ? call.graph.number(ofNone) : call.pure(opcode, call.number(call.argument(0)));

/** A function of two numbers. */
const binary =
  (opcode: Opcode, ofNone = Number.NaN): Reduction =>
  (call) => {
    if (call.count === 0) return call.graph.number(ofNone);
    const left = call.number(call.argument(0));
    return call.pure(opcode, left, call.number(call.argument(1, call.graph.number(ofNone))));
  };

const extremum =
  (opcode: Opcode, ofNone: number): Reduction =>
  (call) => {
    if (call.count === 0) return call.graph.number(ofNone);
    let value = call.number(call.argument(0));
    for (let i = 1; i < call.count; i++) value = call.pure(opcode, value, call.number(call.argument(i)));
    return value;
  };

function reduceIsNaN(call: BuiltinCall): Node | undefined {
  if (call.feedback === undefined) return undefined;
  if (call.count === 0) return call.graph.heapConstant(StaticRoot.True);
  const value = call.number(call.argument(0));
  return call.pure('BooleanNot', call.pure('NumberEqual', value, value));
}

/** Only of finite numbers the difference to themselves is a number. */
function reduceIsFinite(call: BuiltinCall): Node | undefined {
  if (call.feedback === undefined) return undefined;
  if (call.count === 0) return call.graph.heapConstant(StaticRoot.False);
  const value = call.number(call.argument(0));
  return call.pure('NumberEqual', call.pure('NumberSubtract', value, value), call.graph.number(0));
}

/** BigInt.asIntN and asUintN of a constant width of at most 64 bits. */
const asN =
  (opcode: 'SpeculativeBigIntAsIntN' | 'SpeculativeBigIntAsUintN'): Reduction =>
  ({ graph, node, count, feedback, at }) => {
    if (feedback === undefined || count < 2 || node.value(2).opcode !== 'NumberConstant') return undefined;
    const bits = node.value(2).parameterOf('NumberConstant');
    if (!Number.isInteger(bits) || bits < 0 || bits > 64) return undefined;
    at.effect = graph.newNode(opcode, { bits, feedback }, [node.value(3), at.effect, at.control]);
    return at.effect;
  };

// biome-ignore format: one builtin, one line
export const builtinReductions: Readonly<Record<string, Reduction>> = {
  ...stringReductions,
  ...arrayReductions,
  ...callbackReductions,
  ...iteratorReductions,
  ...typedArrayReductions,
  ...dataViewReductions,
  'Math.abs': unary('NumberAbs'),
  'Math.acos': unary('NumberAcos'),
  'Math.acosh': unary('NumberAcosh'),
  'Math.asin': unary('NumberAsin'),
  'Math.asinh': unary('NumberAsinh'),
  'Math.atan': unary('NumberAtan'),
  'Math.atanh': unary('NumberAtanh'),
  'Math.cbrt': unary('NumberCbrt'),
  'Math.ceil': unary('NumberCeil'),
  'Math.cos': unary('NumberCos'),
  'Math.cosh': unary('NumberCosh'),
  'Math.exp': unary('NumberExp'),
  'Math.expm1': unary('NumberExpm1'),
  'Math.floor': unary('NumberFloor'),
  'Math.fround': unary('NumberFround'),
  'Math.log': unary('NumberLog'),
  'Math.log1p': unary('NumberLog1p'),
  'Math.log10': unary('NumberLog10'),
  'Math.log2': unary('NumberLog2'),
  'Math.round': unary('NumberRound'),
  'Math.sign': unary('NumberSign'),
  'Math.sin': unary('NumberSin'),
  'Math.sinh': unary('NumberSinh'),
  'Math.sqrt': unary('NumberSqrt'),
  'Math.tan': unary('NumberTan'),
  'Math.tanh': unary('NumberTanh'),
  'Math.trunc': unary('NumberTrunc'),
  'Math.clz32': unary('NumberClz32', 32),
  'Math.atan2': binary('NumberAtan2'),
  'Math.pow': binary('NumberPow'),
  'Math.imul': binary('NumberImul', 0),
  'Math.max': extremum('NumberMax', Number.NEGATIVE_INFINITY),
  'Math.min': extremum('NumberMin', Number.POSITIVE_INFINITY),
  'globalThis.isNaN': reduceIsNaN,
  'globalThis.isFinite': reduceIsFinite,
  'BigInt.asIntN': asN('SpeculativeBigIntAsIntN'),
  'BigInt.asUintN': asN('SpeculativeBigIntAsUintN'),
};
