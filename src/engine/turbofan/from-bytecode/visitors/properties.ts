// Globals and properties.

import { Bytecode } from '../../../bytecode/index.ts';
import { DeoptimizeReason } from '../../../deoptimizer/index.ts';
import type { Tagged } from '../../../heap/index.ts';
import type { Node } from '../../graph/node.ts';
import { ignoreOutput } from '../../graph/parameters.ts';
import type { BytecodeGraphBuilder } from '../bytecode-graph-builder.ts';
import { each, type Visitors } from './visitor.ts';

export const propertiesVisitors: Visitors = {
  ...each([Bytecode.LdaGlobal, Bytecode.LdaGlobalInsideTypeof], (b, a) => {
    b.checkpoint();
    const source = b.feedback(a.unsigned(1));
    b.accumulator = b.node(
      'JSLoadGlobal',
      {
        name: b.constantAt(a.unsigned(0)),
        feedback: source,
        insideTypeof: a.bytecode === Bytecode.LdaGlobalInsideTypeof,
      },
      [],
    );
  }),
  [Bytecode.StaGlobal]: (b, a) => {
    b.checkpoint();
    b.node(
      'JSStoreGlobal',
      { name: b.constantAt(a.unsigned(0)), feedback: b.feedback(a.unsigned(1)), strict: b.isStrict },
      [b.accumulator],
      ignoreOutput,
    );
  },
  [Bytecode.GetNamedProperty]: (b, a) => {
    namedLoad(b, b.register(0), b.constantAt(a.unsigned(1)), a.unsigned(2));
  },
  [Bytecode.GetNamedPropertyFromSuper]: (b, a) => {
    b.checkpoint();
    const feedback = b.feedback(a.unsigned(2));
    if (b.deoptIfInsufficient(feedback, DeoptimizeReason.InsufficientTypeFeedbackForGenericNamedAccess)) return;
    b.accumulator = b.node('JSLoadNamedFromSuper', { name: b.constantAt(a.unsigned(1)), feedback, strict: true }, [
      b.register(0),
      b.accumulator,
    ]);
  },
  [Bytecode.GetKeyedProperty]: (b, a) => {
    b.checkpoint();
    const source = b.feedback(a.unsigned(1));
    if (b.deoptIfInsufficient(source, DeoptimizeReason.InsufficientTypeFeedbackForGenericKeyedAccess)) return;
    b.accumulator = b.node('JSLoadProperty', { feedback: source }, [b.register(0), b.accumulator]);
  },
  [Bytecode.GetEnumeratedKeyedProperty]: (b, a) => {
    b.checkpoint();
    const source = b.feedback(a.unsigned(3));
    // What is loaded by its place asks no inline cache: one that has learned nothing says nothing.
    b.accumulator = b.node('JSLoadProperty', { feedback: source }, [b.register(0), b.accumulator]);
  },
  ...each([Bytecode.SetNamedProperty, Bytecode.DefineNamedOwnProperty], (b, a) => {
    b.checkpoint();
    const source = b.feedback(a.unsigned(2));
    if (b.deoptIfInsufficient(source, DeoptimizeReason.InsufficientTypeFeedbackForGenericNamedAccess)) return;
    b.node(
      a.bytecode === Bytecode.SetNamedProperty ? 'JSSetNamedProperty' : 'JSDefineNamedOwnProperty',
      { name: b.constantAt(a.unsigned(1)), feedback: source, strict: b.isStrict },
      [b.register(0), b.accumulator],
      ignoreOutput,
    );
  }),
  [Bytecode.SetKeyedProperty]: (b, a) => {
    b.checkpoint();
    const source = b.feedback(a.unsigned(2));
    if (b.deoptIfInsufficient(source, DeoptimizeReason.InsufficientTypeFeedbackForGenericKeyedAccess)) return;
    b.node(
      'JSSetKeyedProperty',
      { feedback: source, strict: b.isStrict },
      [b.register(0), b.register(1), b.accumulator],
      ignoreOutput,
    );
  },
  [Bytecode.DefineKeyedOwnProperty]: (b, a) => {
    b.checkpoint();
    const source = b.feedback(a.unsigned(3));
    if (b.deoptIfInsufficient(source, DeoptimizeReason.InsufficientTypeFeedbackForGenericKeyedAccess)) return;
    b.node(
      'JSDefineKeyedOwnProperty',
      { feedback: source, flags: a.unsigned(2) },
      [b.register(0), b.register(1), b.accumulator],
      ignoreOutput,
    );
  },
  [Bytecode.StaInArrayLiteral]: (b, a) => {
    b.checkpoint();
    const source = b.feedback(a.unsigned(2));
    if (b.deoptIfInsufficient(source, DeoptimizeReason.InsufficientTypeFeedbackForGenericKeyedAccess)) return;
    b.node('JSStoreInArrayLiteral', { feedback: source }, [b.register(0), b.register(1), b.accumulator], ignoreOutput);
  },
  [Bytecode.DefineKeyedOwnPropertyInLiteral]: (b, a) => {
    b.checkpoint();
    const source = b.feedback(a.unsigned(3));
    if (b.deoptIfInsufficient(source, DeoptimizeReason.InsufficientTypeFeedbackForGenericKeyedAccess)) return;
    b.node(
      'JSDefineKeyedOwnPropertyInLiteral',
      { feedback: source, flags: a.unsigned(2) },
      [b.register(0), b.register(1), b.accumulator],
      ignoreOutput,
    );
  },
  ...each([Bytecode.DeletePropertyStrict, Bytecode.DeletePropertySloppy], (b, a) => {
    b.checkpoint();
    b.accumulator = b.node('JSDeleteProperty', { strict: a.bytecode === Bytecode.DeletePropertyStrict }, [
      b.register(0),
      b.accumulator,
    ]);
  }),
  ...each(
    [
      Bytecode.LdaLookupSlot,
      Bytecode.LdaLookupContextSlot,
      Bytecode.LdaLookupScriptContextSlot,
      Bytecode.LdaLookupGlobalSlot,
    ],
    (b, a) => {
      b.checkpoint();
      b.accumulator = b.runtime('LoadLookupSlot', [b.constant(b.constantAt(a.unsigned(0)))]);
    },
  ),
  ...each(
    [
      Bytecode.LdaLookupSlotInsideTypeof,
      Bytecode.LdaLookupContextSlotInsideTypeof,
      Bytecode.LdaLookupScriptContextSlotInsideTypeof,
      Bytecode.LdaLookupGlobalSlotInsideTypeof,
    ],
    (b, a) => {
      b.checkpoint();
      b.accumulator = b.runtime('LoadLookupSlotInsideTypeof', [b.constant(b.constantAt(a.unsigned(0)))]);
    },
  ),
  [Bytecode.StaLookupSlot]: (b, a) => {
    b.checkpoint();
    const flags = a.unsigned(1);
    const how = (flags & 2) !== 0 ? 'SloppyHoisting' : (flags & 1) !== 0 ? 'Strict' : 'Sloppy';
    const name = b.constant(b.constantAt(a.unsigned(0)));
    b.accumulator = b.runtime(`StoreLookupSlot_${how}`, [name, b.accumulator]);
  },
};

function namedLoad(b: BytecodeGraphBuilder, object: Node, name: Tagged, slot: number): void {
  b.checkpoint();
  const source = b.feedback(slot);
  if (b.deoptIfInsufficient(source, DeoptimizeReason.InsufficientTypeFeedbackForGenericNamedAccess)) return;
  b.accumulator = b.node('JSLoadNamed', { name, feedback: source, strict: false }, [object]);
}
