// What stands where in an output frame, before anything is written: the Deoptimizer writes frames along it, and the debugger
// shows them by it while they are still empty.
//
//   interpreted frame, from the caller's side down          part
//     parameters, receiver last                             ┐
//     caller's pc, caller's fp, context, function,          │ fixed by V8; a trace draws a line
//     argument count, bytecode array and offset, vector     │ between the parts
//     registers, and the accumulator of the innermost       ┘

import { type FrameLayout, FrameType, frameLayouts, type SlotKey } from '../frames/index.ts';
import type { TranslatedFrame, TranslatedState, TranslatedValue } from './translated-state.ts';
import type { FrameKind } from './translation-opcode.ts';

/** The variable part's meaning for the interpreter. */
export type SlotRole =
  | { readonly kind: 'receiver' | 'accumulator' }
  | { readonly kind: 'parameter' | 'register'; readonly index: number };

export type OutputSlot = {
  /** V8's name, such as "stack parameter (input #3)". */
  readonly name: string;
  readonly role?: SlotRole;
} & (
  | { readonly content: 'value'; readonly value: TranslatedValue }
  /** A lazy bailout's result: the n-th return register. */
  | { readonly content: 'result'; readonly index: number }
  /** The closure's, once objects are materialized. */
  | { readonly content: 'feedback vector'; readonly closure: TranslatedValue }
  | {
      readonly content: "caller's pc" | "caller's fp" | 'argument count' | 'bytecode array' | 'bytecode offset';
    }
  /** Of a typed frame. */
  | { readonly content: 'marker'; readonly type: FrameType }
);

/** The parts of output frame `index`, each from its highest address down. */
export function outputLayout(
  state: TranslatedState,
  index: number,
  kind: 'eager' | 'lazy',
): readonly (readonly OutputSlot[])[] {
  const frame = state.frames[index]!;
  return outputKind(frame).parts(frame, index === 0, index === state.frames.length - 1, kind);
}

/** What the Deoptimizer makes of a kind of frame. */
export function outputKind(frame: TranslatedFrame): OutputKind {
  const row = outputKinds[frame.kind];
  if (row === undefined)
    throw new Error(`the compiler made a ${frame.kind} frame, which the Deoptimizer does not translate yet`);
  return row;
}

export const slotCount = (parts: readonly (readonly OutputSlot[])[]): number =>
  parts.reduce((sum, part) => sum + part.length, 0);

const translated = (value: TranslatedValue, input: number, name: string, role?: SlotRole): OutputSlot => ({
  content: 'value',
  name: `${name} (input #${input})`,
  value,
  role,
});

const callerLinks = (isBottommost: boolean): OutputSlot[] => [
  { content: "caller's pc", name: isBottommost ? "bottommost caller's pc" : "caller's pc" },
  { content: "caller's fp", name: "caller's fp" },
];

/** The caller's links and the slots below them, as frames/frame-layouts.ts has them. */
const fixedPart = <Kind extends FrameLayout>(
  isBottommost: boolean,
  kind: Kind,
  contents: Readonly<Record<SlotKey<Kind>, (name: string) => OutputSlot>>,
): OutputSlot[] => [
  ...callerLinks(isBottommost),
  ...frameLayouts[kind].map(({ key, name }) => contents[key as SlotKey<Kind>](name)),
];

export interface OutputKind {
  readonly parts: (
    frame: TranslatedFrame,
    isBottommost: boolean,
    isTopmost: boolean,
    kind: 'eager' | 'lazy',
  ) => OutputSlot[][];
  /** Where it goes on: its bytecode, the constructor's return; or nowhere, where it is only arguments for the next frame. */
  readonly resume: 'bytecode' | 'construct return' | 'no frame';
  /** What a trace says of its translation. */
  readonly describe: (frame: TranslatedFrame, size: number, variable: number) => string;
}

const interpreted: OutputKind = {
  resume: 'bytecode',
  describe: (frame, size, variable) =>
    `bytecode_offset=${frame.bytecodeOffset}, variable_frame_size=${variable}, frame_size=${size}`,
  parts(frame, isBottommost, isTopmost, kind) {
    const { parameterCount, height } = frame;
    const parameters: OutputSlot[] = [];
    for (let i = parameterCount - 1; i >= 0; i--) {
      const role: SlotRole = i === 0 ? { kind: 'receiver' } : { kind: 'parameter', index: i - 1 };
      parameters.push(translated(frame.parameter(i), 1 + i, 'stack parameter', role));
    }
    const fixed = fixedPart(isBottommost, 'interpreted', {
      context: (name) => translated(frame.context, 1 + parameterCount, name),
      function: (name) => translated(frame.function, 0, name),
      argumentCount: (name) => ({ content: 'argument count', name }),
      bytecodeArray: (name) => ({ content: 'bytecode array', name }),
      bytecodeOffset: (name) => ({ content: 'bytecode offset', name }),
      feedbackVector: (name) => ({ content: 'feedback vector', name, closure: frame.function }),
    });
    // A lazy bailout's result: n-th register from the end, or the accumulator at 0.
    const takesResult = isTopmost && kind === 'lazy' && frame.returnCount > 0;
    const firstResultRegister = height - frame.returnOffset;
    const result = (index: number, role: SlotRole): OutputSlot => ({
      content: 'result',
      name: `return value ${index}`,
      index,
      role,
    });
    const registers: OutputSlot[] = [];
    let input = 2 + parameterCount;
    for (let i = 0; i < height; i++, input++) {
      const at = i - firstResultRegister;
      const role: SlotRole = { kind: 'register', index: i };
      const isResult = takesResult && frame.returnOffset > 0 && at >= 0 && at < frame.returnCount;
      registers.push(isResult ? result(at, role) : translated(frame.register(i), input, 'stack parameter', role));
    }
    if (isTopmost) {
      const role: SlotRole = { kind: 'accumulator' };
      const isResult = takesResult && frame.returnOffset === 0;
      registers.push(isResult ? result(0, role) : translated(frame.accumulator, input, 'accumulator', role));
    }
    return [parameters, fixed, registers];
  },
};

const inlinedExtraArguments: OutputKind = {
  resume: 'no frame',
  describe: (_frame, size) => `inlined arguments frame => variable_size=${size}`,
  parts(frame) {
    const extra: OutputSlot[] = [];
    for (let i = frame.height - 1; i >= frame.parameterCount; i--)
      extra.push(translated(frame.values[1 + i]!, 1 + i, 'stack parameter', { kind: 'parameter', index: i - 1 }));
    return [extra];
  },
};

const constructInvokeStub: OutputKind = {
  resume: 'construct return',
  describe: (_frame, size) => `construct invoke stub => variable_frame_size=0, frame_size=${size}`,
  parts(frame, isBottommost) {
    return [
      fixedPart(isBottommost, 'fastConstruct', {
        marker: (name) => ({ content: 'marker', name, type: FrameType.FastConstruct }),
        context: (name) => translated(frame.values[1]!, 1, name),
        implicitReceiver: (name) => translated(frame.values[0]!, 0, name),
      }),
    ];
  },
};

const outputKinds: Readonly<Partial<Record<FrameKind, OutputKind>>> = {
  interpreted,
  inlinedExtraArguments,
  constructInvokeStub,
};
