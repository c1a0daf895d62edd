// Contexts and their slots.

import { Bytecode } from '../../../bytecode/index.ts';
import type { Node } from '../../graph/node.ts';
import { ignoreOutput, pokeAt } from '../../graph/parameters.ts';
import type { BytecodeGraphBuilder } from '../bytecode-graph-builder.ts';
import { each, type Visitors } from './visitor.ts';

export const contextsVisitors: Visitors = {
  ...each([Bytecode.LdaContextSlot, Bytecode.LdaImmutableContextSlot], (b, a) => {
    b.accumulator = loadContext(
      b,
      b.register(0),
      a.unsigned(1),
      a.unsigned(2),
      a.bytecode === Bytecode.LdaImmutableContextSlot,
    );
  }),
  ...each([Bytecode.LdaCurrentContextSlot, Bytecode.LdaImmutableCurrentContextSlot], (b, a) => {
    b.accumulator = loadContext(
      b,
      b.e.context,
      a.unsigned(0),
      0,
      a.bytecode === Bytecode.LdaImmutableCurrentContextSlot,
    );
  }),
  [Bytecode.StaContextSlot]: (b, a) => {
    storeContext(b, b.register(0), a.unsigned(1), a.unsigned(2), b.accumulator);
  },
  [Bytecode.StaCurrentContextSlot]: (b, a) => {
    storeContext(b, b.e.context, a.unsigned(0), 0, b.accumulator);
  },
  [Bytecode.LdaScriptContextSlot]: (b, a) => {
    b.accumulator = scriptContext(b, 'JSLoadScriptContext', b.register(0), a.unsigned(1), a.unsigned(2), []);
  },
  [Bytecode.LdaCurrentScriptContextSlot]: (b, a) => {
    b.accumulator = scriptContext(b, 'JSLoadScriptContext', b.e.context, a.unsigned(0), 0, []);
  },
  [Bytecode.StaScriptContextSlot]: (b, a) => {
    scriptContext(b, 'JSStoreScriptContext', b.register(0), a.unsigned(1), a.unsigned(2), [b.accumulator]);
  },
  [Bytecode.StaCurrentScriptContextSlot]: (b, a) => {
    scriptContext(b, 'JSStoreScriptContext', b.e.context, a.unsigned(0), 0, [b.accumulator]);
  },
  [Bytecode.LdaModuleVariable]: (b, a) => {
    b.accumulator = b.node('JSLoadModule', { index: a.immediate(0), depth: a.unsigned(1) }, []);
  },
  [Bytecode.StaModuleVariable]: (b, a) => {
    b.node('JSStoreModule', { index: a.immediate(0), depth: a.unsigned(1) }, [b.accumulator], ignoreOutput);
  },
  [Bytecode.CreateFunctionContext]: (b, a) => {
    b.accumulator = b.node(
      'JSCreateFunctionContext',
      {
        scopeInfo: b.constantAt(a.unsigned(0)),
        slots: a.unsigned(1),
      },
      [],
    );
  },
  [Bytecode.CreateBlockContext]: (b, a) => {
    b.accumulator = b.node('JSCreateBlockContext', { scopeInfo: b.constantAt(a.unsigned(0)), slots: 0 }, []);
  },
  [Bytecode.CreateCatchContext]: (b, a) => {
    b.accumulator = b.node('JSCreateCatchContext', { scopeInfo: b.constantAt(a.unsigned(1)), slots: 1 }, [
      b.register(0),
    ]);
  },
  [Bytecode.CreateWithContext]: (b, a) => {
    b.accumulator = b.node('JSCreateWithContext', { scopeInfo: b.constantAt(a.unsigned(1)), slots: 1 }, [
      b.register(0),
    ]);
  },
};

function loadContext(b: BytecodeGraphBuilder, context: Node, index: number, depth: number, immutable: boolean): Node {
  const env = b.e;
  const node = b.graph.newNode('JSLoadContext', { depth, index, immutable }, [context, env.effect]);
  env.effect = node;
  return node;
}

function storeContext(b: BytecodeGraphBuilder, context: Node, index: number, depth: number, value: Node): void {
  const env = b.e;
  const node = b.graph.newNode('JSStoreContext', { depth, index, immutable: false }, [
    value,
    context,
    env.effect,
    env.control,
  ]);
  env.effect = node;
  b.needsCheckpoint = true;
}

function scriptContext(
  b: BytecodeGraphBuilder,
  opcode: 'JSLoadScriptContext' | 'JSStoreScriptContext',
  context: Node,
  index: number,
  depth: number,
  values: readonly Node[],
): Node {
  b.checkpoint();
  const saved = b.e.context;
  b.e.context = context;
  const node = b.node(
    opcode,
    { depth, index, immutable: false },
    values,
    opcode === 'JSLoadScriptContext' ? pokeAt(0) : ignoreOutput,
  );
  b.e.context = saved;
  return node;
}
