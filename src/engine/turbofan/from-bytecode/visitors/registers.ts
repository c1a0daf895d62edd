// Constants, registers and the context register.

import { Bytecode } from '../../../bytecode/index.ts';
import { StaticRoot } from '../../../objects/index.ts';
import { each, type Visitors } from './visitor.ts';

export const registersVisitors: Visitors = {
  [Bytecode.LdaZero]: (b) => {
    b.accumulator = b.graph.number(0);
  },
  [Bytecode.LdaSmi]: (b, a) => {
    b.accumulator = b.graph.number(a.immediate(0));
  },
  [Bytecode.LdaConstant]: (b, a) => {
    b.accumulator = b.constant(b.constantAt(a.unsigned(0)));
  },
  [Bytecode.LdaUndefined]: (b) => {
    b.accumulator = b.undefinedNode;
  },
  [Bytecode.LdaNull]: (b) => {
    b.accumulator = b.graph.heapConstant(StaticRoot.Null);
  },
  [Bytecode.LdaTheHole]: (b) => {
    b.accumulator = b.graph.heapConstant(StaticRoot.TheHole);
  },
  [Bytecode.LdaTrue]: (b) => {
    b.accumulator = b.boolean(true);
  },
  [Bytecode.LdaFalse]: (b) => {
    b.accumulator = b.boolean(false);
  },
  [Bytecode.Ldar]: (b) => {
    b.accumulator = b.register(0);
  },
  ...each(
    [
      Bytecode.Star,
      Bytecode.Star0,
      Bytecode.Star1,
      Bytecode.Star2,
      Bytecode.Star3,
      Bytecode.Star4,
      Bytecode.Star5,
      Bytecode.Star6,
      Bytecode.Star7,
      Bytecode.Star8,
      Bytecode.Star9,
      Bytecode.Star10,
      Bytecode.Star11,
      Bytecode.Star12,
      Bytecode.Star13,
      Bytecode.Star14,
      Bytecode.Star15,
    ],
    (b, a) => {
      b.bind(a.starTarget, b.accumulator);
    },
  ),
  [Bytecode.Mov]: (b, a) => {
    b.bind(a.register(1), b.register(0));
  },
  [Bytecode.PushContext]: (b, a) => {
    b.bind(a.register(0), b.e.context);
    b.e.context = b.accumulator;
  },
  [Bytecode.PopContext]: (b) => {
    b.e.context = b.register(0);
  },
};
