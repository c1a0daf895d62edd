// The fixed part of each kind of frame, slot by slot below the caller's fp: one table. The collector takes from it what is
// tagged, the Deoptimizer the order and V8's names, the interpreter's generated code what it writes; the tests compare the
// builders' frames with it.
//
// Invariant: the slots of a row are 8 bytes apart, the first at fp - 8.

import { continuationRegisters } from './builtin-continuations.ts';
import {
  BuiltinExitFrame,
  ConstructCreateFrame,
  ConstructFrame,
  ContinuationFrame,
  ExitFrame,
  FrameOffset,
  FrameType,
} from './frame-constants.ts';

/** tagged: the collector visits it. smi: tagged, but never a pointer. raw: a number, upper half 0. address: in the cage. */
export type SlotContent = 'tagged' | 'smi' | 'raw' | 'address' | 'marker';

export interface FrameSlot {
  readonly key: string;
  readonly offset: number;
  readonly content: SlotContent;
  /** V8's name, as the Deoptimizer traces it. */
  readonly name: string;
}

const slot = <Key extends string>(key: Key, offset: number, content: SlotContent, name: string) => ({
  key,
  offset,
  content,
  name,
});

const context = slot('context', FrameOffset.Context, 'tagged', 'context');
const closure = slot('function', FrameOffset.Function, 'tagged', 'function');
const argumentCount = slot('argumentCount', FrameOffset.ArgumentCount, 'raw', 'actual argument count');
/** A register of a builtin that is continued; the argument count is the first. */
const register = (name: (typeof continuationRegisters)[number], i: number) => {
  const offset = ContinuationFrame.Registers - 8 * i;
  return i === 0
    ? slot(name, offset, 'smi', `tagged argument count ${name} (will be untagged by continuation)`)
    : slot(name, offset, 'tagged', `builtin register argument ${name}`);
};
const marker = (name: string) => slot('marker', FrameOffset.Marker, 'marker', name);

export const frameLayouts = {
  entry: [marker('entry marker')],
  internal: [marker('internal marker')],
  exit: [
    marker('exit marker'),
    slot('context', ExitFrame.Context, 'tagged', 'context'),
    slot('argumentCount', ExitFrame.ArgumentCount, 'raw', 'argument count'),
    slot('argumentsBase', ExitFrame.ArgumentsBase, 'address', 'address of the arguments'),
  ],
  builtinExit: [
    marker('builtin exit marker'),
    slot('target', BuiltinExitFrame.Target, 'tagged', 'target'),
    slot('argumentCount', BuiltinExitFrame.ArgumentCount, 'raw', 'argument count'),
    slot('newTarget', BuiltinExitFrame.NewTarget, 'tagged', 'new target'),
  ],
  fastConstruct: [
    marker('fast construct stub sentinel'),
    slot('context', ConstructFrame.Context, 'tagged', 'context'),
    slot('implicitReceiver', ConstructFrame.ImplicitReceiver, 'tagged', 'implicit receiver'),
  ],
  constructCreate: [
    marker('context (construct stub sentinel)'),
    slot('context', ConstructCreateFrame.Context, 'tagged', 'context'),
    slot('argumentCount', ConstructCreateFrame.ArgumentCount, 'raw', 'argc'),
    slot('constructor', ConstructCreateFrame.Constructor, 'tagged', 'constructor function'),
    slot('padding', ConstructCreateFrame.Padding, 'tagged', 'padding'),
    slot('newTarget', ConstructCreateFrame.NewTarget, 'tagged', 'new target'),
  ],
  javaScriptBuiltinContinuation: [
    marker('context (builtin continuation sentinel)'),
    slot('function', FrameOffset.Function, 'tagged', 'JSFunction'),
    slot('frameHeight', ContinuationFrame.FrameHeight, 'smi', 'frame height at deoptimization'),
    slot('context', ContinuationFrame.Context, 'tagged', 'builtin JavaScript context'),
    slot('builtin', ContinuationFrame.Builtin, 'smi', 'builtin index'),
    ...continuationRegisters.map(register),
  ],
  interpreted: [
    context,
    closure,
    argumentCount,
    slot('bytecodeArray', FrameOffset.BytecodeArray, 'tagged', 'bytecode array'),
    slot('bytecodeOffset', FrameOffset.BytecodeOffset, 'smi', 'bytecode offset'),
    slot('feedbackVector', FrameOffset.FeedbackVector, 'tagged', 'feedback vector'),
  ],
  optimized: [context, closure, argumentCount],
} as const;

export type FrameLayout = keyof typeof frameLayouts;
/** The slots that a kind of frame has. */
export type SlotKey<Layout extends FrameLayout> = (typeof frameLayouts)[Layout][number]['key'];

const layoutOf: Readonly<Partial<Record<FrameType, FrameLayout>>> = {
  [FrameType.Entry]: 'entry',
  [FrameType.ConstructEntry]: 'entry',
  [FrameType.Internal]: 'internal',
  [FrameType.Exit]: 'exit',
  [FrameType.BuiltinExit]: 'builtinExit',
  [FrameType.Construct]: 'constructCreate',
  [FrameType.FastConstruct]: 'fastConstruct',
  [FrameType.Interpreted]: 'interpreted',
  [FrameType.Turbofan]: 'optimized',
  [FrameType.JavaScriptBuiltinContinuation]: 'javaScriptBuiltinContinuation',
};

/** Offsets of a frame's tagged slots, by FrameType; those of its arguments, registers and spills are not among them. */
export const taggedSlots: readonly (readonly number[])[] = Array.from(
  { length: FrameType.BuiltinExit + 1 },
  (_, type) => {
    const layout = layoutOf[type as FrameType];
    if (layout === undefined) return [];
    const slots: readonly FrameSlot[] = frameLayouts[layout];
    return slots.filter(({ content }) => content === 'tagged').map(({ offset }) => offset);
  },
);
