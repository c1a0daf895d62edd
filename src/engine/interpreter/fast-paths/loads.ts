// Loads, moves, contexts and globals.

import { FrameOffset } from '../../frames/index.ts';
import { Context, FixedArray, PropertyCell, Root, rootAddress, StaticRoot } from '../../objects/index.ts';
import {
  add,
  and,
  block,
  branch,
  branchIf,
  type Code,
  eq,
  eqz,
  increase,
  Label,
  type Local,
  load,
  loop,
  ne,
  set,
  shl,
  shrS,
  store,
  sub,
  type Value,
  when,
} from '../../wasm/index.ts';
import { noFeedback } from '../frame.ts';
import type { InterpreterAssembler } from '../interpreter-assembler.ts';
import type { FastPath, FastPaths } from './table.ts';

const loadConstant =
  (word: number): FastPath =>
  (a) =>
    a.result(word);

const shortStar =
  (register: number): FastPath =>
  (a) => [store(add(a.fp, FrameOffset.Register0 - 8 * register), 0, a.acc), a.next()];

const slotOf = (a: InterpreterAssembler, context: Value, operand: number): Code =>
  add(add(context, Context.Slots - 1), shl(a.operand(operand), 2));

/** The context that is `depth` (an operand) levels outside of the one in a register. */
const walk = (a: InterpreterAssembler, context: Local, register: number, depthOperand: number): Code => {
  const depth = a.local();
  const outward = new Label('outward');
  const arrived = new Label('arrived');
  return [
    set(context, a.register(register)),
    set(depth, a.operand(depthOperand)),
    block(arrived, [
      loop(outward, [
        branchIf(arrived, eqz(depth)),
        set(context, a.field(context, Context.Previous)),
        increase(depth, -1),
        branch(outward),
      ]),
    ]),
  ];
};

const ldaContextSlot: FastPath = (a) => {
  const context = a.local();
  return [walk(a, context, 0, 2), a.result(load(slotOf(a, context, 1)))];
};
const ldaCurrentContextSlot: FastPath = (a) => a.result(load(slotOf(a, a.context, 0)));

const storeIn = (a: InterpreterAssembler, context: Local, operand: number): Code => {
  const address = a.local();
  return [
    set(address, slotOf(a, context, operand)),
    store(address, 0, a.acc),
    a.writeBarrier(context, address, a.acc),
    a.next(),
  ];
};

/** A Smi in a LoadGlobal slot: script context index in bits 1–12, slot above. */
const scriptSlotShift = 13;

export const loads: FastPaths = {
  Ldar: (a) => a.result(a.register(0)),
  LdaZero: loadConstant(0),
  LdaSmi: (a) => a.result(a.smi(0)),
  LdaUndefined: loadConstant(StaticRoot.Undefined),
  LdaNull: loadConstant(StaticRoot.Null),
  LdaTheHole: loadConstant(StaticRoot.TheHole),
  LdaTrue: loadConstant(StaticRoot.True),
  LdaFalse: loadConstant(StaticRoot.False),
  LdaConstant: (a) => a.result(a.constant(0)),
  Star: (a) => [a.setRegister(0, a.acc), a.next()],
  Mov: (a) => [a.setRegister(1, a.register(0)), a.next()],
  ...Object.fromEntries(Array.from({ length: 16 }, (_, n) => [`Star${n}`, shortStar(n)])),

  LdaContextSlot: ldaContextSlot,
  LdaImmutableContextSlot: ldaContextSlot,
  LdaScriptContextSlot: ldaContextSlot,
  LdaCurrentContextSlot: ldaCurrentContextSlot,
  LdaImmutableCurrentContextSlot: ldaCurrentContextSlot,
  LdaCurrentScriptContextSlot: ldaCurrentContextSlot,
  StaContextSlot: (a) => {
    const context = a.local();
    return [walk(a, context, 0, 2), storeIn(a, context, 1)];
  },
  StaCurrentContextSlot: (a) => {
    const context = a.local();
    return [set(context, a.context), storeIn(a, context, 0)];
  },
  PushContext: (a) => [a.setRegister(0, a.context), store(add(a.fp, FrameOffset.Context), 0, a.acc), a.next()],
  PopContext: (a) => [store(add(a.fp, FrameOffset.Context), 0, a.register(0)), a.next()],

  LdaGlobal: (a) => {
    const known = a.local();
    const value = a.local();
    return [
      set(known, load(a.slot(1))),
      when(
        a.isSmi(known),
        [
          // a script context's slot
          a.slowIf(eq(a.fv, noFeedback << 2)),
          a.slowIf(eqz(known)),
          set(
            value,
            load(
              add(load(0, rootAddress(Root.ScriptContextTable)), shl(and(shrS(known, 1), 0xfff), 2)),
              FixedArray.Elements - 1,
            ),
          ),
          set(value, load(add(value, shl(shrS(known, scriptSlotShift), 2)), Context.Slots - 1)),
        ],
        [
          // a property cell
          a.slowIf(ne(and(known, 3), 3)),
          a.slowIf(eq(known, 3)),
          set(value, load(sub(known, 2), PropertyCell.Value - 1)),
        ],
      ),
      a.slowIf(eq(value, StaticRoot.TheHole)),
      a.result(value),
    ];
  },
  ThrowReferenceErrorIfHole: (a) => [a.slowIf(eq(a.acc, StaticRoot.TheHole)), a.next()],
};
