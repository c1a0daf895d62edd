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
  | { readonly content: 'smi' | 'number'; readonly number: number }
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

/** A value of the translation. Its name and role are made for who asks: a bailout that nobody sees asks for neither. */
class TranslatedSlot {
  readonly content = 'value';
  readonly value: TranslatedValue;
  private readonly input: number;
  private readonly what: string;
  private readonly kind: SlotRole['kind'] | undefined;
  private readonly index: number;

  /** @param index of a parameter or register */
  constructor(value: TranslatedValue, input: number, what: string, kind?: SlotRole['kind'], index = -1) {
    this.value = value;
    this.input = input;
    this.what = what;
    this.kind = kind;
    this.index = index;
  }

  get name(): string {
    return `${this.what} (input #${this.input})`;
  }

  get role(): SlotRole | undefined {
    const { kind, index } = this;
    return kind === 'parameter' || kind === 'register' ? { kind, index } : kind && { kind };
  }
}

/** @param i of the receiver 0 */
const parameterSlot = (value: TranslatedValue, i: number): TranslatedSlot =>
  new TranslatedSlot(value, 1 + i, 'stack parameter', i === 0 ? 'receiver' : 'parameter', i - 1);

const callersPc: OutputSlot = { content: "caller's pc", name: "caller's pc" };
const bottommostCallersPc: OutputSlot = { content: "caller's pc", name: "bottommost caller's pc" };
const callersFp: OutputSlot = { content: "caller's fp", name: "caller's fp" };

/** What stands in a fixed slot of a frame. */
type SlotMaker = (frame: TranslatedFrame, name: string, place: FramePlace) => OutputSlot;

/** The caller's links and the slots below them, as frames/frame-layouts.ts has them. */
const fixedPart = <Kind extends FrameLayout>(
  kind: Kind,
  contents: Readonly<Record<SlotKey<Kind>, SlotMaker>>,
): ((frame: TranslatedFrame, place: FramePlace) => OutputSlot[]) => {
  const names = frameLayouts[kind].map(({ name }) => name);
  const makers = frameLayouts[kind].map(({ key }) => contents[key as SlotKey<Kind>]);
  return (frame, place) => {
    const slots: OutputSlot[] = [place.isBottommost ? bottommostCallersPc : callersPc, callersFp];
    for (let i = 0; i < makers.length; i++) slots.push(makers[i]!(frame, names[i]!, place));
    return slots;
  };
};

export interface OutputKind {
  readonly parts: (frame: TranslatedFrame, place: FramePlace) => OutputSlot[][];
  /** Where it goes on: its bytecode, a builtin, the constructor's return, its call on the new instance; or nowhere, where it is only arguments for the next frame. */
  readonly resume: 'bytecode' | 'builtin' | 'construct return' | 'construct create return' | 'no frame';
  /** What a trace says of its translation. */
  readonly describe: (frame: TranslatedFrame, size: number, variable: number, place: FramePlace) => string;
}

const interpretedFixedPart = fixedPart('interpreted', {
  context: (frame, name) => new TranslatedSlot(frame.context, 1 + frame.parameterCount, name),
  function: (frame, name) => new TranslatedSlot(frame.function, 0, name),
  argumentCount: (_, name) => ({ content: 'argument count', name }),
  bytecodeArray: (_, name) => ({ content: 'bytecode array', name }),
  bytecodeOffset: (_, name) => ({ content: 'bytecode offset', name }),
  feedbackVector: (frame, name) => ({ content: 'feedback vector', name, closure: frame.function }),
});

/** A lazy bailout's result. */
const result = (index: number, role: SlotRole): OutputSlot => ({
  content: 'result',
  name: `return value ${index}`,
  index,
  role,
});

const interpreted: OutputKind = {
  resume: 'bytecode',
  describe: (frame, size, variable) =>
    `bytecode_offset=${frame.bytecodeOffset}, variable_frame_size=${variable}, frame_size=${size}`,
  parts(frame, place) {
    const { isTopmost, kind } = place;
    const { parameterCount, height } = frame;
    const parameters: OutputSlot[] = [];
    for (let i = parameterCount - 1; i >= 0; i--) parameters.push(parameterSlot(frame.parameter(i), i));
    // A lazy bailout's result: n-th register from the end, or the accumulator at 0.
    const isGivenResult = isTopmost && kind === 'lazy' && frame.returnCount > 0;
    const firstResult = isGivenResult && frame.returnOffset > 0 ? height - frame.returnOffset : height;
    const registers: OutputSlot[] = [];
    const firstInput = 2 + parameterCount;
    for (let i = 0; i < height; i++) {
      const at = i - firstResult;
      const isResult = at >= 0 && at < frame.returnCount;
      registers.push(
        isResult
          ? result(at, { kind: 'register', index: i })
          : new TranslatedSlot(frame.register(i), firstInput + i, 'stack parameter', 'register', i),
      );
    }
    if (isTopmost) {
      const isResult = isGivenResult && frame.returnOffset === 0;
      registers.push(
        isResult
          ? result(0, { kind: 'accumulator' })
          : new TranslatedSlot(frame.accumulator, firstInput + height, 'accumulator', 'accumulator'),
      );
    }
    return [parameters, interpretedFixedPart(frame, place), registers];
  },
};

const inlinedExtraArguments: OutputKind = {
  resume: 'no frame',
  describe: (_frame, size) => `inlined arguments frame => variable_size=${size}`,
  parts(frame) {
    const extra: OutputSlot[] = [];
    for (let i = frame.height - 1; i >= frame.parameterCount; i--) extra.push(parameterSlot(frame.values[1 + i]!, i));
    return [extra];
  },
};

const fastConstructFixedPart = fixedPart('fastConstruct', {
  marker: (_, name) => ({ content: 'marker', name, type: FrameType.FastConstruct }),
  context: (frame, name) => new TranslatedSlot(frame.values[1]!, 1, name),
  implicitReceiver: (frame, name) => new TranslatedSlot(frame.values[0]!, 0, name),
});

const constructInvokeStub: OutputKind = {
  resume: 'construct return',
  describe: (_frame, size) => `construct invoke stub => variable_frame_size=0, frame_size=${size}`,
  parts: (frame, place) => [fastConstructFixedPart(frame, place)],
};

/** A value that V8's trace gives a second line. */
const noted = (value: TranslatedValue, input: number, name: string): OutputSlot => ({
  content: 'value',
  name,
  value,
  note: `(input #${input})`,
});

const constructCreateFixedPart = fixedPart('constructCreate', {
  marker: (_, name) => ({ content: 'marker', name, type: FrameType.Construct }),
  context: (frame, name) => new TranslatedSlot(frame.values[1 + frame.height]!, 1 + frame.height, name),
  argumentCount: (frame, name) => ({ content: 'number', name, number: frame.height }),
  constructor: (frame, name) => noted(frame.values[0]!, 0, name),
  padding: (_, name) => ({ content: 'placeholder', name }),
  newTarget: (frame, name) => noted(frame.values[1]!, 1, name),
});

/** The new target stands where the constructor will have its receiver: the call that the bailout is the end of makes that. */
const constructCreateStub: OutputKind = {
  resume: 'construct create return',
  describe: (frame, size, _variable, { isTopmost }) =>
    `construct create stub => variable_frame_size=${8 * (frame.height + (isTopmost ? 1 : 0))}, frame_size=${size}`,
  parts(frame, place) {
    const slots: OutputSlot[] = [];
    for (let i = frame.height; i > 0; i--) slots.push(parameterSlot(frame.values[i]!, i - 1));
    slots.push(...constructCreateFixedPart(frame, place));
    if (place.isTopmost) slots.push({ content: 'result', name: 'subcall result', index: 0 });
    return [slots];
  },
};

/** The values of a continuation frame: function, arguments, function again, new target, argument count, context. */
const continuationArguments = (frame: TranslatedFrame): number => frame.height - 3;

/** @param at the value's place behind the arguments */
const behindArguments =
  (at: number): SlotMaker =>
  (frame, name) => {
    const input = continuationArguments(frame) + at;
    return noted(frame.values[input]!, input, name);
  };

/** What a builtin is continued with: the function where nothing else is. */
const continuationRegister: Readonly<Record<string, SlotMaker>> = {
  rax: behindArguments(3),
  rdx: behindArguments(2),
  rsi: behindArguments(4),
};

const continuationFixedPart = fixedPart('javaScriptBuiltinContinuation', {
  marker: (_, name) => ({ content: 'marker', name, type: FrameType.JavaScriptBuiltinContinuation }),
  function: (frame, name) => ({ content: 'function', name, value: frame.values[0]! }),
  frameHeight: (_, name, place) => ({ content: 'smi', name, number: frameHeight(place) }),
  context: behindArguments(4),
  builtin: (frame, name) => ({ content: 'smi', name, number: frame.builtin }),
  ...(Object.fromEntries(
    continuationRegisters.map((key) => [key, continuationRegister[key] ?? behindArguments(1)]),
  ) as Record<(typeof continuationRegisters)[number], SlotMaker>),
});

const javaScriptBuiltinContinuation: OutputKind = {
  resume: 'builtin',
  describe: (frame, size, _variable, place) =>
    `BuiltinContinuation to ${BuiltinContinuation[frame.builtin]}, => register_param_count=3, ` +
    `stack_param_count=${continuationArguments(frame) + (takesResult(place) ? 1 : 0)}, frame_size=${size}`,
  parts(frame, place) {
    const slots: OutputSlot[] = [];
    if (takesResult(place)) slots.push({ content: 'placeholder', name: 'placeholder for return result on lazy deopt' });
    for (let i = continuationArguments(frame); i > 0; i--) slots.push(parameterSlot(frame.values[i]!, i - 1));
    slots.push(...continuationFixedPart(frame, place));
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
  constructCreateStub,
  constructInvokeStub,
  javaScriptBuiltinContinuation,
};
