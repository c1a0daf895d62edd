// Generators and async functions: the function is entered again for each step, and jumps to where it was left.
//
//   SwitchOnGeneratorState ─▶ first call: falls through
//                          └▶ resumed:   state, context ─▶ the resume point, or the header of the outermost loop around it
//   loop header            ─▶ executing: falls through
//                          └▶ resumed:   … one loop further in
//   SuspendGenerator       what is live goes into the generator object; returns
//   ResumeGenerator        what is live comes back

import { Bytecode } from '../../../bytecode/index.ts';
import { BytecodeArray, GeneratorState, StaticRoot } from '../../../objects/index.ts';
import { Fields, savedRegister } from '../../broker/access-builder.ts';
import type { Node } from '../../graph/node.ts';
import { BranchHint } from '../../graph/parameters.ts';
import type { BytecodeGraphBuilder } from '../bytecode-graph-builder.ts';
import type { Visitors } from './visitor.ts';

export const generatorsVisitors: Visitors = {
  [Bytecode.SwitchOnGeneratorState]: (b) => {
    const generator = b.register(0);
    const isFirst = b.referenceEqual(generator, b.undefinedNode);
    const env = b.e;
    const branch = b.graph.newNode('Branch', { hint: BranchHint.None }, [isFirst, env.control]);
    const first = env.copy();
    first.control = b.graph.newNode('IfTrue', undefined, [branch]);
    env.control = b.graph.newNode('IfFalse', undefined, [branch]);
    env.generatorState = b.node('LoadField', Fields.generatorContinuation, [generator]);
    b.node('StoreField', Fields.generatorContinuation, [generator, b.graph.number(GeneratorState.Executing)]);
    env.context = b.node('LoadField', Fields.generatorContext, [generator]);
    b.switchOnGeneratorState();
    b.env = first;
  },
  [Bytecode.SuspendGenerator]: (b, a) => {
    const generator = b.register(0);
    const saved = b.node('LoadField', Fields.generatorParametersAndRegisters, [generator]);
    const store = (index: number, value: Node): void => {
      b.node('StoreField', savedRegister(index), [saved, value]);
    };
    const parameters = b.e.parameters.slice(1);
    parameters.forEach((value, i) => {
      store(i, value);
    });
    const live = b.liveBefore;
    for (let i = 0; i < a.unsigned(2); i++) if (live.has(i)) store(parameters.length + i, b.lookup(i));
    const offset = a.currentOffset + BytecodeArray.Bytes - 1;
    b.node('StoreField', Fields.generatorContext, [generator, b.e.context]);
    b.node('StoreField', Fields.generatorContinuation, [generator, b.graph.number(a.unsigned(3))]);
    b.node('StoreField', Fields.generatorInputOrDebugPos, [generator, b.graph.number(offset)]);
    const env = b.e;
    b.exit(b.graph.newNode('Return', undefined, [b.accumulator, env.effect, env.control], { valueIn: 1 }));
  },
  [Bytecode.ResumeGenerator]: (b) => {
    const generator = b.register(0);
    const saved = b.node('LoadField', Fields.generatorParametersAndRegisters, [generator]);
    const parameterCount = b.e.parameters.length - 1;
    const live = b.liveAfter;
    for (let i = 0; i < b.registerCount; i++) {
      if (!live.has(i)) continue;
      const field = savedRegister(parameterCount + i);
      b.bind(i, b.node('LoadField', field, [saved]));
      b.node('StoreField', field, [saved, b.graph.heapConstant(StaticRoot.StaleRegister)]);
    }
    b.accumulator = b.node('LoadField', Fields.generatorInputOrDebugPos, [generator]);
  },
};

/** Intrinsics that are a field of the generator object, or an object of two fields. */
export function visitGeneratorIntrinsic(b: BytecodeGraphBuilder, name: string, args: readonly Node[]): boolean {
  if (name === 'CreateIterResultObject') {
    b.accumulator = b.node('JSCreateIterResultObject', undefined, args);
    return true;
  }
  if (name === 'GeneratorGetResumeMode') {
    b.accumulator = b.node('LoadField', Fields.generatorResumeMode, [args[0]!]);
    return true;
  }
  if (name !== 'GeneratorClose') return false;
  b.node('StoreField', Fields.generatorContinuation, [args[0]!, b.graph.number(GeneratorState.Closed)]);
  b.accumulator = b.undefinedNode;
  return true;
}
