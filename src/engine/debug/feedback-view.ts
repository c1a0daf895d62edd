// A feedback vector as a scope: one line a slot, by kind, with its state and the maps or types it has seen.

import {
  callCount,
  getSlot,
  inlineCacheEntries,
  inlineCacheState,
  isFeedbackVector,
  slotKind,
  slotState,
} from '../feedback/index.ts';
import { isSmi, strong, type Tagged } from '../heap/index.ts';
import {
  brief,
  FeedbackCell,
  FeedbackSlotKind,
  FeedbackVector,
  FeedbackVectorFlags,
  feedbackSlotSize,
  JSFunction,
  OsrStateBits,
  StaticRoot,
} from '../objects/index.ts';
import { preview } from './preview.ts';
import type { Variable } from './protocol.ts';
import type { DebugTarget } from './target.ts';
import type { Values } from './values.ts';

export class FeedbackView {
  private readonly target: DebugTarget;
  private readonly values: Values;

  constructor(target: DebugTarget, values: Values) {
    this.target = target;
    this.values = values;
  }

  /** The closure's vector, 0 while it has none. */
  vectorOf(closure: Tagged): Tagged {
    const { heap } = this.target;
    const value = heap.get(heap.get(closure, JSFunction.FeedbackCell), FeedbackCell.Value);
    return isFeedbackVector(heap, value) ? value : 0;
  }

  slots(vector: Tagged): Variable[] {
    const { heap } = this.target;
    const flags = heap.getI32(vector, FeedbackVector.Flags);
    const optimized = heap.get(vector, FeedbackVector.MaybeOptimizedCode);
    const tiering =
      ['none', 'in progress', 'requested', 'requested, concurrent'][flags & FeedbackVectorFlags.TieringStateMask] ??
      'none';
    const lines = [
      this.values.text('invocation count', String(heap.getI32(vector, FeedbackVector.InvocationCount))),
      this.values.text('tiering state', tiering),
      this.values.text(
        'optimized code',
        optimized === 3 || isSmi(optimized) ? 'none' : brief(heap, strong(optimized)).replace(/^0x[0-9a-f]+ /, ''),
      ),
      this.values.text('OSR urgency', String(heap.getI32(vector, FeedbackVector.OsrState) & OsrStateBits.UrgencyMask)),
    ];
    const length = heap.getI32(vector, FeedbackVector.Length);
    for (let slot = 0; slot < length; ) {
      const kind = slotKind(heap, vector, slot);
      lines.push(this.slot(vector, slot, kind));
      slot += feedbackSlotSize[kind];
    }
    return lines;
  }

  private slot(vector: Tagged, slot: number, kind: FeedbackSlotKind): Variable {
    const { heap } = this.target;
    const name = `#${slot} ${FeedbackSlotKind[kind]}`;
    const word = getSlot(heap, vector, slot);
    switch (kind) {
      case FeedbackSlotKind.BinaryOp:
      case FeedbackSlotKind.CompareOp:
      case FeedbackSlotKind.ForIn:
      case FeedbackSlotKind.TypeOf:
        return this.values.text(name, slotState(heap, vector, slot).replace(/^\w+:/, ''));
      case FeedbackSlotKind.Call:
        return this.call(name, vector, slot, word);
      case FeedbackSlotKind.JumpLoop:
        return this.values.text(name, word === 3 ? 'no OSR code' : 'OSR code');
      case FeedbackSlotKind.Literal:
      case FeedbackSlotKind.Invalid:
        return this.values.variable(name, word, { readOnly: true });
      default:
        return this.inlineCache(name, vector, slot, word);
    }
  }

  private call(name: string, vector: Tagged, slot: number, word: Tagged): Variable {
    const { heap, rt } = this.target;
    const count = callCount(heap, vector, slot);
    const target =
      word === StaticRoot.UninitializedSymbol
        ? 'uninitialized'
        : word === StaticRoot.MegamorphicSymbol
          ? 'megamorphic'
          : word === 3
            ? 'cleared'
            : `monomorphic: ${preview(rt, strong(word), 0)}`;
    return this.values.text(name, `${target}, ${count} call${count === 1 ? '' : 's'}`);
  }

  private inlineCache(name: string, vector: Tagged, slot: number, word: Tagged): Variable {
    const { heap } = this.target;
    const state = inlineCacheState(heap, vector, slot);
    const entries = inlineCacheEntries(heap, vector, slot);
    if (entries.length === 0) {
      const isCell = state === 'monomorphic' && !isSmi(word);
      return this.values.text(
        name,
        isCell ? `${state}: ${brief(heap, strong(word)).replace(/^0x[0-9a-f]+ /, '')}` : state,
      );
    }
    return this.values.group(name, `${state} (${entries.length})`, () =>
      entries.flatMap(({ map, handler }, i) => [
        this.values.mapLine(`map ${i}`, map),
        this.values.variable(`handler ${i}`, handler, { readOnly: true, hint: 'internal' }),
      ]),
    );
  }
}
