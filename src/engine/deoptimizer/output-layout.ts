// What stands where in an output frame, before anything is written: the Deoptimizer writes frames along it, and the debugger
// shows them by it while they are still empty.
//
//   interpreted frame, from the caller's side down          part
//     parameters, receiver last                             ┐
//     caller's pc, caller's fp, context, function,          │ fixed by V8; a trace draws a line
//     argument count, bytecode array and offset, vector     │ between the parts
//     registers, and the accumulator of the innermost       ┘

import {
  BuiltinContinuation,
  continuationRegisters,
  type FrameLayout,
  FrameType,
  frameLayouts,
  type SlotKey,
} from '../frames/index.ts';
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
  | {
      readonly content: 'value';
      readonly value: TranslatedValue;
      /** What V8's trace says of it on a line of its own. */
      readonly note?: string;
    }
  /** A continuation's: neither the trace nor anybody else looks at it. */
  | { readonly content: 'function'; readonly value: TranslatedValue }
  /** A word of a continuation frame: raw, a Smi, or what stands there until a result does. */
  | { readonly content: 'smi'; readonly number: number }
  | { readonly content: 'placeholder' | 'undefined' }
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
  return outputKind(frame).parts(frame, framePlace(state, index, kind));
}

/** Where a frame stands among the others, and how they came to be. */
export interface FramePlace {
  readonly isBottommost: boolean;
  readonly isTopmost: boolean;
  readonly kind: 'eager' | 'lazy';
}

export const framePlace = (state: TranslatedState, index: number, kind: 'eager' | 'lazy'): FramePlace => ({
  isBottommost: index === 0,
  isTopmost: index === state.frames.length - 1,
  kind,
});

/** Somebody returns to it: a callee of the frame, or the call that a lazy bailout is the end of. */
export const takesResult = ({ isTopmost, kind }: FramePlace): boolean => !isTopmost || kind === 'lazy';

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
  readonly parts: (frame: TranslatedFrame, place: FramePlace) => OutputSlot[][];
  /** Where it goes on: its bytecode, a builtin, the constructor's return; or nowhere, where it is only arguments for the next frame. */
  readonly resume: 'bytecode' | 'builtin' | 'construct return' | 'no frame';
  /** What a trace says of its translation. */
  readonly describe: (frame: TranslatedFrame, size: number, variable: number, place: FramePlace) => string;
}

const interpreted: OutputKind = {
  resume: 'bytecode',
  describe: (frame, size, variable) =>
    `bytecode_offset=${frame.bytecodeOffset}, variable_frame_size=${variable}, frame_size=${size}`,
  parts(frame, { isBottommost, isTopmost, kind }) {
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
    const isGivenResult = isTopmost && kind === 'lazy' && frame.returnCount > 0;
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
      const isResult = isGivenResult && frame.returnOffset > 0 && at >= 0 && at < frame.returnCount;
      registers.push(isResult ? result(at, role) : translated(frame.register(i), input, 'stack parameter', role));
    }
    if (isTopmost) {
      const role: SlotRole = { kind: 'accumulator' };
      const isResult = isGivenResult && frame.returnOffset === 0;
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
  parts(frame, { isBottommost }) {
    return [
      fixedPart(isBottommost, 'fastConstruct', {
        marker: (name) => ({ content: 'marker', name, type: FrameType.FastConstruct }),
        context: (name) => translated(frame.values[1]!, 1, name),
        implicitReceiver: (name) => translated(frame.values[0]!, 0, name),
      }),
    ];
  },
};

/** The values of a continuation frame: function, arguments, function again, new target, argument count, context. */
const continuationArguments = (frame: TranslatedFrame): number => frame.height - 3;

const javaScriptBuiltinContinuation: OutputKind = {
  resume: 'builtin',
  describe: (frame, size, _variable, place) =>
    `BuiltinContinuation to ${BuiltinContinuation[frame.builtin]}, => register_param_count=3, ` +
    `stack_param_count=${continuationArguments(frame) + (takesResult(place) ? 1 : 0)}, frame_size=${size}`,
  parts(frame, place) {
    const count = continuationArguments(frame);
    const slots: OutputSlot[] = [];
    if (takesResult(place)) slots.push({ content: 'placeholder', name: 'placeholder for return result on lazy deopt' });
    for (let i = count; i > 0; i--) {
      const role: SlotRole = i === 1 ? { kind: 'receiver' } : { kind: 'parameter', index: i - 2 };
      slots.push(translated(frame.values[i]!, i, 'stack parameter', role));
    }
    const noted = (input: number, name: string): OutputSlot => ({
      content: 'value',
      name,
      value: frame.values[input]!,
      note: `(input #${input})`,
    });
    const [fn, newTarget, argumentCount, context] = [count + 1, count + 2, count + 3, count + 4];
    const taken: Readonly<Record<string, number>> = { rax: argumentCount, rdx: newTarget, rsi: context };
    const registers = Object.fromEntries(
      continuationRegisters.map((key) => [key, (name: string) => noted(taken[key] ?? fn, name)]),
    ) as Record<(typeof continuationRegisters)[number], (name: string) => OutputSlot>;
    slots.push(
      ...fixedPart(place.isBottommost, 'javaScriptBuiltinContinuation', {
        marker: (name) => ({ content: 'marker', name, type: FrameType.JavaScriptBuiltinContinuation }),
        function: (name) => ({ content: 'function', name, value: frame.values[0]! }),
        frameHeight: (name) => ({ content: 'smi', name, number: frameHeight(place) }),
        context: (name) => noted(context, name),
        builtin: (name) => ({ content: 'smi', name, number: frame.builtin }),
        ...registers,
      }),
    );
    if (place.isTopmost)
      slots.push(
        takesResult(place)
          ? { content: 'result', name: 'callback result', index: 0 }
          : { content: 'undefined', name: 'callback result' },
      );
    return [slots];
  },
};

/** Bytes below the frame pointer. */
const frameHeight = ({ isTopmost }: FramePlace): number =>
  8 * (frameLayouts.javaScriptBuiltinContinuation.length + (isTopmost ? 1 : 0));

const outputKinds: Readonly<Partial<Record<FrameKind, OutputKind>>> = {
  interpreted,
  inlinedExtraArguments,
  constructInvokeStub,
  javaScriptBuiltinContinuation,
};
