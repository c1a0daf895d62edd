// New objects and functions; for-in.

import { Bytecode } from '../../../bytecode/index.ts';
import { DeoptimizeReason } from '../../../deoptimizer/index.ts';
import type { Tagged } from '../../../heap/index.ts';
import { FixedArray } from '../../../objects/index.ts';
import type { BytecodeGraphBuilder } from '../bytecode-graph-builder.ts';
import type { Visitors } from './visitor.ts';

export const literalsVisitors: Visitors = {
  [Bytecode.CreateRegExpLiteral]: (b, a) => {
    b.accumulator = b.node(
      'JSCreateLiteralRegExp',
      { constant: b.constantAt(a.unsigned(0)), feedback: b.feedback(a.unsigned(1)), flags: a.unsigned(2) },
      [],
    );
  },
  [Bytecode.CreateArrayLiteral]: (b, a) => {
    const source = b.feedback(a.unsigned(1));
    b.accumulator = b.node(
      'JSCreateLiteralArray',
      { constant: b.constantAt(a.unsigned(0)), feedback: source, flags: a.unsigned(2) },
      [],
    );
  },
  [Bytecode.CreateObjectLiteral]: (b, a) => {
    const source = b.feedback(a.unsigned(1));
    b.accumulator = b.node(
      'JSCreateLiteralObject',
      { constant: b.constantAt(a.unsigned(0)), feedback: source, flags: a.unsigned(2) },
      [],
    );
  },
  [Bytecode.CreateEmptyArrayLiteral]: (b, a) => {
    b.accumulator = b.node('JSCreateEmptyLiteralArray', { feedback: b.feedback(a.unsigned(0)) }, []);
  },
  [Bytecode.CreateEmptyObjectLiteral]: (b) => {
    b.accumulator = b.node('JSCreateEmptyLiteralObject', undefined, []);
  },
  [Bytecode.CreateArrayFromIterable]: (b) => {
    b.checkpoint();
    b.accumulator = b.node('JSCreateArrayFromIterable', undefined, [b.accumulator]);
  },
  [Bytecode.CloneObject]: (b, a) => {
    b.checkpoint();
    b.accumulator = b.node('JSCloneObject', { feedback: b.feedback(a.unsigned(2)), flags: a.unsigned(1) }, [
      b.register(0),
    ]);
  },
  [Bytecode.GetTemplateObject]: (b, a) => {
    b.accumulator = b.node(
      'JSGetTemplateObject',
      { constant: b.constantAt(a.unsigned(0)), feedback: b.feedback(a.unsigned(1)), flags: 0 },
      [],
    );
  },
  [Bytecode.CreateClosure]: (b, a) => {
    const shared = b.constantAt(a.unsigned(0));
    b.accumulator = b.node(
      'JSCreateClosure',
      { shared, feedbackCell: closureCell(b, a.unsigned(1)), pretenured: (a.unsigned(2) & 1) !== 0 },
      [],
    );
  },
  [Bytecode.CreateMappedArguments]: (b) => {
    b.accumulator = b.node('JSCreateArguments', 'mapped', []);
  },
  [Bytecode.CreateUnmappedArguments]: (b) => {
    b.accumulator = b.node('JSCreateArguments', 'unmapped', []);
  },
  [Bytecode.CreateRestParameter]: (b) => {
    b.accumulator = b.node('JSCreateArguments', 'rest', []);
  },
  [Bytecode.ForInEnumerate]: (b) => {
    b.checkpoint();
    b.accumulator = b.node('JSForInEnumerate', undefined, [b.register(0)]);
  },
  [Bytecode.ForInPrepare]: (b, a) => {
    b.checkpoint();
    const source = b.feedback(a.unsigned(1));
    if (b.deoptIfInsufficient(source, DeoptimizeReason.InsufficientTypeFeedbackForForIn)) return;
    const first = a.register(0);
    const node = b.node('JSForInPrepare', { feedback: source }, [b.accumulator]);
    const control = b.e.control;
    for (let i = 0; i < 3; i++) b.bind(first + i, b.graph.projection(i, node, control));
  },
  [Bytecode.ForInNext]: (b, a) => {
    b.checkpoint();
    const source = b.feedback(a.unsigned(3));
    if (b.deoptIfInsufficient(source, DeoptimizeReason.InsufficientTypeFeedbackForForIn)) return;
    const cacheType = a.register(2);
    b.accumulator = b.node('JSForInNext', { feedback: source }, [
      b.register(0),
      b.lookup(cacheType + 1),
      b.lookup(cacheType),
      b.register(1),
    ]);
  },
  [Bytecode.ForInStep]: (b, a) => {
    b.checkpoint();
    const index = b.register(0);
    b.bind(a.register(0), b.node('SpeculativeSmallIntegerAdd', { hint: 'SignedSmall' }, [index, b.graph.number(1)]));
  },
};

function closureCell(b: BytecodeGraphBuilder, index: number): Tagged {
  return b.broker.heap.getElement(b.request.feedbackCellArray, FixedArray.Elements, index);
}
