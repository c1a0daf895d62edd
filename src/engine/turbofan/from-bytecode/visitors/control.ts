// Jumps, returns, throws and what checks for a throw.

import { Bytecode } from '../../../bytecode/index.ts';
import { StaticRoot } from '../../../objects/index.ts';
import type { Node } from '../../graph/node.ts';
import { BranchHint, ignoreOutput } from '../../graph/parameters.ts';
import type { BytecodeGraphBuilder } from '../bytecode-graph-builder.ts';
import { each, type Visitors } from './visitor.ts';

export const controlVisitors: Visitors = {
  ...each([Bytecode.Jump, Bytecode.JumpConstant], (b, a) => {
    b.mergeInto(a.jumpTarget);
  }),
  [Bytecode.JumpLoop]: (b) => {
    b.visitJumpLoop();
  },
  ...each([Bytecode.JumpIfTrue, Bytecode.JumpIfTrueConstant], (b, a) => {
    b.jumpIf(b.accumulator, a.jumpTarget);
  }),
  ...each([Bytecode.JumpIfFalse, Bytecode.JumpIfFalseConstant], (b, a) => {
    b.jumpIf(b.accumulator, a.jumpTarget, true);
  }),
  ...each([Bytecode.JumpIfToBooleanTrue, Bytecode.JumpIfToBooleanTrueConstant], (b, a) => {
    b.jumpIf(b.toBoolean(b.accumulator), a.jumpTarget);
  }),
  ...each([Bytecode.JumpIfToBooleanFalse, Bytecode.JumpIfToBooleanFalseConstant], (b, a) => {
    b.jumpIf(b.toBoolean(b.accumulator), a.jumpTarget, true);
  }),
  ...each([Bytecode.JumpIfNull, Bytecode.JumpIfNullConstant], (b, a) => {
    b.jumpIf(b.referenceEqual(b.accumulator, b.graph.heapConstant(StaticRoot.Null)), a.jumpTarget);
  }),
  ...each([Bytecode.JumpIfNotNull, Bytecode.JumpIfNotNullConstant], (b, a) => {
    b.jumpIf(b.referenceEqual(b.accumulator, b.graph.heapConstant(StaticRoot.Null)), a.jumpTarget, true);
  }),
  ...each([Bytecode.JumpIfUndefined, Bytecode.JumpIfUndefinedConstant], (b, a) => {
    b.jumpIf(b.referenceEqual(b.accumulator, b.undefinedNode), a.jumpTarget);
  }),
  ...each([Bytecode.JumpIfNotUndefined, Bytecode.JumpIfNotUndefinedConstant], (b, a) => {
    b.jumpIf(b.referenceEqual(b.accumulator, b.undefinedNode), a.jumpTarget, true);
  }),
  ...each([Bytecode.JumpIfUndefinedOrNull, Bytecode.JumpIfUndefinedOrNullConstant], (b, a) => {
    const target = a.jumpTarget;
    b.jumpIf(b.referenceEqual(b.accumulator, b.undefinedNode), target);
    b.jumpIf(b.referenceEqual(b.accumulator, b.graph.heapConstant(StaticRoot.Null)), target);
  }),
  ...each([Bytecode.JumpIfJSReceiver, Bytecode.JumpIfJSReceiverConstant], (b, a) => {
    b.jumpIf(b.graph.newNode('ObjectIsReceiver', undefined, [b.accumulator]), a.jumpTarget);
  }),
  ...each([Bytecode.JumpIfForInDone, Bytecode.JumpIfForInDoneConstant], (b, a) => {
    b.checkpoint();
    b.jumpIf(b.node('SpeculativeNumberEqual', { hint: 'SignedSmall' }, [b.register(1), b.register(2)]), a.jumpTarget);
  }),
  [Bytecode.SwitchOnSmiNoFeedback]: (b, a) => {
    b.checkpoint();
    const value = b.node('CheckSmi', { feedback: undefined }, [b.accumulator]);
    // Compared one by one; tables are small.
    for (const { caseValue, target } of a.jumpTableTargets())
      b.jumpIf(b.graph.newNode('NumberEqual', undefined, [value, b.graph.number(caseValue)]), target);
  },
  [Bytecode.Return]: (b) => {
    const env = b.e;
    b.exit(b.graph.newNode('Return', undefined, [b.accumulator, env.effect, env.control], { valueIn: 1 }));
  },
  ...each([Bytecode.Throw, Bytecode.ReThrow], (b, a) => {
    b.runtime(a.bytecode === Bytecode.Throw ? 'Throw' : 'ReThrow', [b.accumulator]);
    const env = b.e;
    b.exit(b.graph.newNode('Throw', undefined, [env.effect, env.control]));
  }),
  [Bytecode.ThrowReferenceErrorIfHole]: (b, a) => {
    const value = b.accumulator;
    throwIf(b, strictEqualsHole(b, value), 'ThrowAccessedUninitializedVariable', [
      b.constant(b.constantAt(a.unsigned(0))),
    ]);
  },
  [Bytecode.ThrowSuperNotCalledIfHole]: (b) => {
    throwIf(b, strictEqualsHole(b, b.accumulator), 'ThrowSuperNotCalled', []);
  },
  [Bytecode.ThrowSuperAlreadyCalledIfNotHole]: (b) => {
    const isHole = strictEqualsHole(b, b.accumulator);
    throwIf(b, b.graph.newNode('BooleanNot', undefined, [isHole]), 'ThrowSuperAlreadyCalledError', []);
  },
  [Bytecode.ThrowIfNotSuperConstructor]: (b) => {
    b.node('JSCallRuntime', { name: 'TurbofanThrowIfNotSuperConstructor' }, [b.register(0), b.closure], ignoreOutput);
  },
  [Bytecode.SetPendingMessage]: (b) => {
    const env = b.e;
    const old = b.graph.newNode('JSLoadMessage', undefined, [env.effect, env.control]);
    const store = b.graph.newNode('JSStoreMessage', undefined, [b.accumulator, old, env.control]);
    env.effect = store;
    b.accumulator = old;
    b.needsCheckpoint = true;
  },
  [Bytecode.Debugger]: (b) => {
    b.checkpoint();
    b.node('JSDebugger', undefined, [], ignoreOutput);
  },
  [Bytecode.IncBlockCounter]: () => {},
};

/** Throws through the runtime if `condition` holds. */
function throwIf(b: BytecodeGraphBuilder, condition: Node, name: string, args: readonly Node[]): void {
  const env = b.e;
  const branch = b.graph.newNode('Branch', { hint: BranchHint.False }, [condition, env.control]);
  const ok = env.copy();
  env.control = b.graph.newNode('IfTrue', undefined, [branch]);
  b.runtime(name, args);
  const end = b.e;
  b.exits.push(b.graph.newNode('Throw', undefined, [end.effect, end.control]));
  b.env = ok;
  ok.control = b.graph.newNode('IfFalse', undefined, [branch]);
  b.needsCheckpoint = true;
}

function strictEqualsHole(b: BytecodeGraphBuilder, node: Node): Node {
  return b.referenceEqual(node, b.graph.heapConstant(StaticRoot.TheHole));
}
