// Host builtins that are so short that calling them would be most of their cost: done in place, without a frame, when their
// arguments are of the usual kind. Everything else is the builtin's.

import {
  ElementsKind,
  FixedArray,
  InstanceType,
  JSArray,
  JSObject,
  MapBits2,
  MapObject,
  Root,
  rootAddress,
  StaticRoot,
  StringObject,
} from '../../objects/index.ts';
import {
  add,
  and,
  bitsOfF64,
  block,
  branchTable,
  type Code,
  eq,
  eq64,
  fabs,
  fceil,
  feq,
  ffloor,
  fmax,
  fmin,
  fsqrt,
  ftrunc,
  geU,
  i64,
  increase,
  Label,
  type Local,
  load,
  load8U,
  ltU,
  ne,
  or,
  set,
  shl,
  shrS,
  shrU,
  store,
  toF64S,
  truncateI32,
  type Value,
  when,
} from '../../wasm/index.ts';
import type { InterpreterAssembler } from '../interpreter-assembler.ts';
import { fastBuiltins as fastBuiltinTable } from '../state.ts';
import { characterCode } from './strings.ts';

/** Code that sets `acc`, or branches to `slow`; the call's inputs are in the assembler's locals. */
type FastBuiltin = (a: InterpreterAssembler) => Code;

/** `acc = ` a number: a Smi where it is one and is not −0. */
const numberResult = (a: InterpreterAssembler, x: Local): Code => {
  const whole = a.local();
  const box = a.local();
  return [
    set(whole, truncateI32(x)),
    when(
      and(and(feq(toF64S(whole), x), eq(shrS(shl(whole, 1), 1), whole)), or(ne(whole, 0), eq64(bitsOfF64(x), i64(0n)))),
      set(a.acc, shl(whole, 1)),
      [a.allocateHeapNumber(box, x), set(a.acc, box)],
    ),
  ];
};

const argument = (a: InterpreterAssembler, index: 0 | 1): Code => load(index === 0 ? a.call.first : a.call.second);

const unary =
  (operation: (x: Value) => Code): FastBuiltin =>
  (a) => {
    const word = a.local();
    const x = a.double();
    return [
      a.slowIf(ltU(a.call.argc, 2)),
      set(word, argument(a, 0)),
      a.toDouble(x, word),
      set(x, operation(x)),
      numberResult(a, x),
    ];
  };

const binary =
  (operation: (x: Value, y: Value) => Code): FastBuiltin =>
  (a) => {
    const word = a.local();
    const x = a.double();
    const y = a.double();
    return [
      a.slowUnless(eq(a.call.argc, 3)),
      set(word, argument(a, 0)),
      a.toDouble(x, word),
      set(word, argument(a, 1)),
      a.toDouble(y, word),
      set(x, operation(x, y)),
      numberResult(a, x),
    ];
  };

const charCodeAt: FastBuiltin = (a) => {
  const { call: c } = a;
  const string = a.local();
  const index = a.local();
  const code = a.local();
  return [
    a.slowIf(ltU(c.argc, 2)),
    set(string, c.receiver),
    a.slowIf(a.isSmi(string)),
    a.slowUnless(ltU(a.instanceType(string), InstanceType.FirstNonstring)),
    set(index, argument(a, 0)),
    a.slowUnless(a.isSmi(index)),
    set(index, shrS(index, 1)),
    a.slowIf(geU(index, a.field(string, StringObject.Length))),
    characterCode(a, code, string, index),
    set(a.acc, shl(code, 1)),
  ];
};

/** One element onto an array that has its initial map and room. */
const push: FastBuiltin = (a) => {
  const { call: c } = a;
  const map = a.local();
  const kind = a.local();
  const value = a.local();
  const elements = a.local();
  const length = a.local();
  const address = a.local();
  return [
    a.slowUnless(eq(c.argc, 2)),
    a.slowIf(a.isSmi(c.receiver)),
    set(map, a.map(c.receiver)),
    set(kind, shrU(load8U(map, MapObject.BitField2 - 1), MapBits2.ElementsKindShift)),
    a.slowUnless(ltU(kind, ElementsKind.PackedDouble)),
    a.slowUnless(eq(map, load(shl(kind, 3), rootAddress(Root.FirstArrayMap)))),
    set(value, argument(a, 0)),
    when(ltU(kind, ElementsKind.Packed), a.slowUnless(a.isSmi(value))),
    set(elements, a.field(c.receiver, JSObject.Elements)),
    a.slowUnless(eq(a.map(elements), StaticRoot.FixedArrayMap)),
    set(length, a.field(c.receiver, JSArray.Length)),
    a.slowIf(geU(length, a.field(elements, FixedArray.Length))),
    set(address, add(add(elements, shl(length, 1)), FixedArray.Elements - 1)),
    store(address, 0, value),
    a.writeBarrier(elements, address, value),
    increase(length, 2),
    store(c.receiver, JSArray.Length - 1, length),
    set(a.acc, length),
  ];
};

/** By the builtin's qualified name; row i is entry i + 1 of the table in isolate data. */
const rows: readonly (readonly [string, FastBuiltin])[] = [
  ['String.prototype.charCodeAt', charCodeAt],
  ['Array.prototype.push', push],
  ['Math.sqrt', unary(fsqrt)],
  ['Math.abs', unary(fabs)],
  ['Math.floor', unary(ffloor)],
  ['Math.ceil', unary(fceil)],
  ['Math.trunc', unary(ftrunc)],
  ['Math.max', binary(fmax)],
  ['Math.min', binary(fmin)],
];

/** What the table in isolate data holds for a builtin: 0 none. */
export const fastBuiltinIndex = (name: string): number => rows.findIndex((row) => row[0] === name) + 1;

/** Does builtin `id` in place, and then `done`; falls out when it has no fast form. */
export function callFastBuiltin(a: InterpreterAssembler, id: Value, done: Code): Code {
  const none = new Label('no fast form');
  const labels = rows.map(([name]) => new Label(name));
  let code: Code = branchTable(load8U(id, fastBuiltinTable), [none, ...labels, none]);
  rows.forEach(([, make], i) => {
    code = [block(labels[i]!, code), a.f.scope(() => make(a)), done];
  });
  return block(none, code);
}
