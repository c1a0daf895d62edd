// What the adapter and the engine say to each other: plain data that survives structured cloning, and nothing else.
//
//   adapter thread                                              engine thread
//   ──────────────                                              ─────────────
//   { id, command, args }  ── MessagePort ───────────────────▶  drained at a stop, at an interrupt, or while idle
//   Control[Signal]++ + Atomics.notify ══ SharedArrayBuffer ══▶ wakes a blocked engine thread
//   stack limit raised (see `ready`) ══ emulated memory ══════▶ makes a running engine thread look at the channel
//   { cancel: id }         ── MessagePort ───────────────────▶  the same way
//                          ◀──────────────── MessagePort ────── { id, result } | { id, error }
//                          ◀──────────────── MessagePort ────── { event, body }
//
// Invariants
// - A command is answered exactly once, in order, cancelled or not. The adapter never waits for an answer without a limit.
// - The engine thread runs JavaScript only between a `run`/`resume`/`step` command and the next `stopped` or `exited` event.
//   While it is stopped it blocks on `Control.Signal` and answers inspection commands itself.
// - Frame ids and variable references are the engine's, and are valid until it runs again. Id 0 means "none".
// - Lines and columns are 1-based; addresses are hexadecimal strings with `0x`; offsets are in bytes.

import type { DeoptimizerPhase, FrameTranslation, MachineView } from '../../picture/index.ts';

export type { DeoptimizerPhase, FrameTranslation, MachineView };

/** Words of the control block (an Int32Array over a SharedArrayBuffer of `controlBytes`). */
export enum Control {
  /** Incremented by the adapter, with a notify, after every message it posts and every request bit it sets. */
  Signal = 0,
  /** Bit set of `Request`; the engine clears what it has seen. */
  Requests = 1,
  /** An `EngineState`, written by the engine. */
  State = 2,
  /** When the code that runs for the debugger is to be stopped, as `deadlineClock` tells the time; 0: none runs. The engine writes it. */
  Deadline = 3,
}

/** Milliseconds, as both threads have them, never 0. */
export const deadlineClock = (): number => (Date.now() & 0x3fff_ffff) | 1;

export const controlBytes = 64;

/** What the adapter wants of a running engine. */
export enum Request {
  /** Stop at the next safepoint with reason `pause`. */
  Pause = 1,
  /** End the program now: unwind without running handlers, then `exited`. */
  Terminate = 2,
  /** Commands wait on the port (breakpoints changed while running): answer them and go on. */
  Commands = 4,
  /** End the evaluation that runs: its deadline has passed. */
  StopEvaluation = 8,
}

export enum EngineState {
  Starting = 0,
  Running = 1,
  Stopped = 2,
  Ended = 3,
}

// ── Sources ──────────────────────────────────────────────────────────────────────────────────────────────────────────

export type ListingKind = 'bytecode' | 'code';

/** A document that lines refer to: a file, a script without a file (eval), or a listing that the engine prints. */
export interface SourceRef {
  readonly kind: 'script' | ListingKind;
  /** 0 for a file on disk; otherwise the key for the `source` command. A listing keeps its id for as long as its function or code lives. */
  readonly id: number;
  /** Absolute path of a file. */
  readonly path?: string;
  /** What to show: `shapes.js`, `area.bytecode`, `area (optimized #2).x64`. */
  readonly name: string;
}

export interface Position {
  readonly line: number;
  readonly column: number;
  readonly endLine?: number;
  readonly endColumn?: number;
}

export interface Location extends Position {
  readonly source: SourceRef;
}

// ── Launching ────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface LaunchArguments {
  /** Absolute path of the script or module. */
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** V8 flags as on the command line, e.g. `--no-opt`, `--deopt-every-n-times=3`. A flag unknown to V8 makes `launch` fail. */
  readonly v8Flags: readonly string[];
  readonly stopOnEntry: boolean;
  /** Run without stops: breakpoints, filters and `debugger` statements are ignored. */
  readonly noDebug: boolean;
  /** What the program may touch outside. All false in an untrusted workspace. */
  readonly permissions: { readonly read: boolean /** Folders, absolute. */; readonly write?: readonly string[] };
  /** The program's environment variables. */
  readonly env?: Readonly<Record<string, string>>;
}

// ── Breakpoints ──────────────────────────────────────────────────────────────────────────────────────────────────────

export interface BreakpointBase {
  /** Given by the adapter; comes back in `breakpoint` events and in `Stop.hitBreakpoints`. */
  readonly id: number;
  /** A JavaScript expression in the scope of the stop; the stop happens when it is truthy. Errors count as false and are reported once as output. */
  readonly condition?: string;
  /** `5` (on the fifth hit), `>5`, `>=5`, `<5`, `%5`. */
  readonly hitCondition?: string;
  /** Print instead of stopping; `{expression}` is interpolated. */
  readonly logMessage?: string;
}

/** In a script: a source line. In a listing: the bytecode or instruction on that line (on a deopt exit's guard: before its jump). */
export interface LineBreakpoint extends BreakpointBase {
  readonly line: number;
  readonly column?: number;
}

export interface FunctionBreakpoint extends BreakpointBase {
  readonly name: string;
}

export interface InstructionBreakpoint extends BreakpointBase {
  readonly address: string;
}

/** Stops at a guard that is about to fail, before its jump to the deopt exit is taken, registers intact. All present fields must match. */
export interface GuardBreakpoint extends BreakpointBase {
  /** Function whose optimized code holds the guard, or that was inlined there. */
  readonly function?: string;
  /** A deoptimize reason as V8 prints it: `wrong map`. */
  readonly reason?: string;
  /** One exit of one code listing. */
  readonly exit?: { readonly source: number; readonly index: number };
}

/** Stops when something happens to code. A phase or a slot stops right there, inside the Deoptimizer; a tier-up or an invalidation at
 *  the next safepoint. */
export interface EventBreakpoint extends BreakpointBase {
  readonly on: 'phase' | 'slot' | 'tierUp' | 'osr' | 'invalidate' | CollectionKind;
  readonly phase?: DeoptimizerPhase;
  /** V8's name of the slot, the bytecode register or the variable that it is; undefined: every slot. */
  readonly slot?: string;
  /** The function that is optimized, or was inlined there; of a slot, and of `translate frame`, the function whose frame is built. */
  readonly function?: string;
}

/** What a collection does: moves what lives of new space; marks what lives; gives back the rest. */
export type CollectionKind = 'scavenge' | 'mark' | 'finalize';

export interface ExceptionFilters {
  readonly uncaught: boolean;
  readonly caught: boolean;
  /** Stop at every guard that is about to fail. */
  readonly eager: boolean;
  /** Stop when invalidated code is about to be left. */
  readonly lazy: boolean;
  /** Stop at bailouts of these reasons, e.g. `wrong map`; undefined = the filter is off, empty = every reason. */
  readonly reasons?: readonly string[];
  /** Conditions of the filters above: a JavaScript expression in the scope of the stop. */
  readonly conditions?: { readonly [filter in 'uncaught' | 'caught' | 'eager' | 'lazy']?: string };
}

/** What became of one breakpoint. Unverified with a message until its script, function or code exists. */
export interface BreakpointStatus {
  readonly id: number;
  readonly verified: boolean;
  readonly message?: string;
  /** It will never bind: what it names does not exist. */
  readonly isWrong?: boolean;
  readonly location?: Location;
  readonly address?: string;
}

// ── Stops and steps ──────────────────────────────────────────────────────────────────────────────────────────────────

export type StopReason =
  | 'entry'
  | 'step'
  | 'pause'
  | 'breakpoint'
  | 'function breakpoint'
  | 'instruction breakpoint'
  | 'debugger statement'
  | 'exception'
  | 'bailout' // on a guard, before its jump; or, lazily, before invalidated code is left
  | 'deoptimizer'; // at a phase, or at a slot inside one

export interface Stop {
  readonly reason: StopReason;
  /** One line for the Call Stack header: `Bailout: wrong map`. */
  readonly description: string;
  /** More, for the exception widget or a hover. */
  readonly text?: string;
  readonly hitBreakpoints: readonly number[];
  readonly exception?: ExceptionDetails;
  readonly bailout?: BailoutReport;
  readonly phase?: DeoptimizerPhase;
}

export interface ExceptionDetails {
  /** Constructor name: `TypeError`. */
  readonly name: string;
  readonly message: string;
  readonly stack: string;
  readonly uncaught: boolean;
}

/** `line`: source lines; `instruction`: one bytecode in the interpreter, one x64 instruction in machine code. At a bailout or in
 *  the Deoptimizer `line` means: in = the next slot or event, over = the next phase, out = run to the resumed bytecode. From a
 *  guard, stepping in (either granularity) enters the Deoptimizer; `instruction` takes the jump itself. */
export type Granularity = 'line' | 'instruction';
export type StepKind = 'in' | 'over' | 'out';

// ── Inspection ───────────────────────────────────────────────────────────────────────────────────────────────────────

export type FrameKind =
  | 'interpreted'
  | 'optimized'
  | 'inlined' // a caller or callee without a frame of its own inside an optimized frame
  | 'builtin'
  | 'awaiting' // a function that waits for the running one; not on the stack
  | 'deoptimizer' // the phase the Deoptimizer is in
  | 'output' // an interpreter frame that the Deoptimizer is building
  | 'label'; // a separator; not selectable

export interface Frame {
  readonly id: number;
  readonly kind: FrameKind;
  /** `area`, `area (inlined into total)`, `Deoptimizer: translate frame 1 of 2`. */
  readonly name: string;
  /** JavaScript; every frame but a label should have one, clients grey out the others. */
  readonly location?: Location;
  /** Where the frame is in machine code or in its BytecodeArray. */
  readonly instructionPointer?: string;
}

export type ScopeKind =
  | 'locals'
  | 'closure'
  | 'block'
  | 'script'
  | 'global'
  | 'registers' // x64 general registers and flags
  | 'xmm'
  | 'frameState' // the FrameState tree of the stopped guard
  | 'guard' // at a guard: what was tested, expected and found
  | 'bytecodeRegisters'
  | 'feedback'
  | 'outputFrame' // in the Deoptimizer: slots by name, offset, source, value
  | 'translation' // in the Deoptimizer: the translated values
  | 'collection' // after a collection that a breakpoint waits for: what it did
  | 'materialized'; // in the Deoptimizer: objects that were made, with the slots that have got them

export interface Scope {
  readonly kind: ScopeKind;
  readonly name: string;
  readonly ref: number;
  readonly namedCount?: number;
  readonly indexedCount?: number;
  readonly expensive: boolean;
  readonly location?: Location;
}

/** A value as it is shown. `ref` > 0 when it can be expanded. */
export interface Value {
  readonly value: string;
  readonly type?: string;
  readonly ref: number;
  readonly namedCount?: number;
  readonly indexedCount?: number;
  /** Address of a heap object, slot or register save area. */
  readonly memory?: string;
}

export interface Variable extends Value {
  readonly name: string;
  /** Expression that evaluates to it in the same frame. */
  readonly evaluateName?: string;
  readonly readOnly?: boolean;
  /** `changed`: written by the step that led to this stop. */
  readonly hint?: 'property' | 'method' | 'class' | 'data' | 'internal' | 'virtual' | 'lazy' | 'changed';
  /** Where the value comes from, e.g. the function's declaration. */
  readonly declaration?: Location;
}

export interface Instruction {
  readonly address: string;
  /** Machine code or bytecode bytes, `48 8b 45 f8`. */
  readonly bytes: string;
  readonly text: string;
  /** Name of the code object, on its first instruction. */
  readonly symbol?: string;
  /** JavaScript that it was made from: the Disassembly view shows the source line above. */
  readonly location?: Location;
}

export interface Completion {
  readonly label: string;
  readonly kind: 'property' | 'method' | 'variable' | 'keyword' | 'class';
  /** Characters before the cursor that the label replaces. */
  readonly replaces: number;
}

// ── What happened ────────────────────────────────────────────────────────────────────────────────────────────────────

export interface BailoutReport {
  /** Counts from 1 in one session. */
  readonly number: number;
  readonly kind: 'eager' | 'lazy';
  /** As V8 prints it: `wrong map`. */
  readonly reason: string;
  /** Why, for people: what was assumed, what came instead, what to do about it. Plain text. */
  readonly explanation: string;
  /** The optimized function, and its optimization id. */
  readonly function: string;
  readonly optimizationId: number;
  /** Innermost first: the function that holds the guard, then the callers it was inlined into. */
  readonly inlined: readonly { readonly function: string; readonly location?: Location }[];
  readonly location?: Location;
  /** What the guard met, in a sentence: `Expected {x: Smi}, found {y: Smi}: {y: 1}.` */
  readonly finding?: string;
  /** The failing expression, shortened. */
  readonly expression?: string;
  /** Where it stands in the source of `location`; unknown in what was made of something else. */
  readonly expressionRange?: Position;
  /** The hot loop that the code was made for is done: nothing is lost. */
  readonly isFree?: true;
  /** Once it has ended: the place and reason that it shares with others, and what they have in common. */
  readonly repeats?: { readonly site: string; readonly times: number; readonly text: string };
  readonly bytecodeOffset: number;
  readonly exitIndex: number;
  readonly pc: string;
  /** Guard in its listing. */
  readonly code?: Location;
  /** Microseconds of host time; undefined while it has not ended. */
  readonly microseconds?: number;
  /** Interpreter frames that were built, outermost first; empty before translation. */
  readonly frames: readonly { readonly function: string; readonly bytecodeOffset: number; readonly slots: number }[];
}

export interface TierUp {
  readonly function: string;
  readonly optimizationId: number;
  readonly osr: boolean;
  /** `hot and stable`, `small function`, `%OptimizeFunctionOnNextCall`. */
  readonly reason: string;
  readonly codeSize: number;
  readonly inlined: readonly string[];
  readonly microseconds: number;
  /** The function, or the loop of it, that it shares with others; how many there were, and why code was left since the one before. */
  readonly repeats: { readonly site: string; readonly times: number; readonly since?: string };
  readonly code?: SourceRef;
  readonly location?: Location;
}

export interface CodeInvalidated {
  readonly function: string;
  readonly optimizationId: number;
  /** What was assumed and broke: `prototype of Point changed`. */
  readonly reason: string;
}

// ── The heap ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Sizes are bytes. */
export interface HeapPage {
  readonly address: string;
  readonly kind: 'semispace in use' | 'semispace to copy to' | 'regular' | 'large' | 'code' | 'read-only';
  readonly committed: number;
  readonly used: number;
  readonly objects?: number;
}

export interface HeapSpace {
  readonly name: string;
  readonly committed: number;
  readonly used: number;
  readonly pages: readonly HeapPage[];
}

/** Objects whose maps look the same. */
export interface HeapKind {
  readonly name: string;
  readonly count: number;
  readonly bytes: number;
  readonly maps: number;
}

/** A step on the way from a root: the object, and the field of the one before (or the root) that holds it. */
export interface HeldBy {
  readonly by: string;
  readonly address: string;
  readonly value: string;
}

export interface HeapObjectInfo {
  readonly address: string;
  readonly value: string;
  readonly map: string;
  readonly bytes: number;
  readonly generation: string;
  readonly mark: string;
  /** From a root to the object; empty: nothing but the debugger keeps it. */
  readonly path: readonly HeldBy[];
}

export interface HeapCode {
  readonly address: string;
  readonly instructions: string;
  readonly optimizationId: number;
  readonly isMarkedForDeoptimization: boolean;
}

export interface HeapAnswer {
  readonly spaces: readonly HeapSpace[];
  readonly kinds: readonly HeapKind[];
  /** Of the address or expression that was asked for. */
  readonly object?: HeapObjectInfo;
  /** Of the function that was asked for. */
  readonly codes?: readonly HeapCode[];
  /** Collections up to now. */
  readonly collections: number;
  /** What the collection did that the program is stopped for. */
  readonly collection?: string;
}

// ── The two directions ───────────────────────────────────────────────────────────────────────────────────────────────

type Command<Args, Result> = { readonly args: Args; readonly result: Result };
type None = Record<string, never>;

/** Every command: what it takes, what it answers. An answer may instead be an error with a message for people. */
export interface Commands {
  /** Reads flags and program, compiles it, makes breakpoints bindable. Runs nothing. */
  launch: Command<LaunchArguments, None>;
  /** After `launch` and the first breakpoints: start the program. Answered before it starts. */
  run: Command<None, None>;
  resume: Command<None, None>;
  step: Command<{ readonly kind: StepKind; readonly granularity: Granularity }, None>;

  setBreakpoints: Command<
    { readonly source: SourceRef; readonly breakpoints: readonly LineBreakpoint[] },
    readonly BreakpointStatus[]
  >;
  setFunctionBreakpoints: Command<{ readonly breakpoints: readonly FunctionBreakpoint[] }, readonly BreakpointStatus[]>;
  setInstructionBreakpoints: Command<
    { readonly breakpoints: readonly InstructionBreakpoint[] },
    readonly BreakpointStatus[]
  >;
  setGuardBreakpoints: Command<{ readonly breakpoints: readonly GuardBreakpoint[] }, readonly BreakpointStatus[]>;
  setEventBreakpoints: Command<{ readonly breakpoints: readonly EventBreakpoint[] }, readonly BreakpointStatus[]>;
  setExceptionFilters: Command<ExceptionFilters, None>;
  breakpointLocations: Command<
    { readonly source: SourceRef; readonly line: number; readonly endLine: number },
    readonly Position[]
  >;

  /** Innermost first, the separators included. */
  stackTrace: Command<
    { readonly start: number; readonly count: number },
    { readonly frames: readonly Frame[]; readonly total: number }
  >;
  scopes: Command<{ readonly frame: number }, readonly Scope[]>;
  /** `count` 0 = all. `filter` chooses named or indexed children. */
  variables: Command<
    { readonly ref: number; readonly start: number; readonly count: number; readonly filter?: 'named' | 'indexed' },
    readonly Variable[]
  >;
  setVariable: Command<{ readonly ref: number; readonly name: string; readonly value: string }, Value>;
  /** `hover` and `watch` must not change the program's state; `repl` may. Frame 0 = global scope. */
  evaluate: Command<
    { readonly expression: string; readonly frame: number; readonly context: 'repl' | 'hover' | 'watch' | 'clipboard' },
    Value
  >;
  completions: Command<{ readonly text: string; readonly frame: number }, readonly Completion[]>;

  /** At most `count` instructions, from `instructionOffset` instructions after (before, if negative) `address + offset`. Of the
   *  instructions asked for, the first `missing` do not exist because code begins after them. */
  disassemble: Command<
    { readonly address: string; readonly offset: number; readonly instructionOffset: number; readonly count: number },
    { readonly missing: number; readonly instructions: readonly Instruction[] }
  >;
  readMemory: Command<
    { readonly address: string; readonly offset: number; readonly count: number },
    { readonly address: string; readonly data: Uint8Array }
  >;
  writeMemory: Command<
    { readonly address: string; readonly offset: number; readonly data: Uint8Array },
    { readonly written: number }
  >;

  /** Text of a source that has an id. */
  source: Command<{ readonly id: number }, { readonly text: string; readonly kind: SourceRef['kind'] }>;
  /** The listing of a frame's function, or of a function by name; undefined when there is none (not optimized, say). */
  listing: Command<
    { readonly kind: ListingKind; readonly frame?: number; readonly function?: string },
    Location | undefined
  >;
  loadedSources: Command<None, readonly SourceRef[]>;
  /** The bailout that the program is stopped in, as far as it is; undefined at any other stop. */
  frameTranslation: Command<None, FrameTranslation | undefined>;
  /** Source, bytecode and x64 of a frame's function side by side; undefined for a frame of nothing. */
  machineView: Command<{ readonly frame?: number }, MachineView | undefined>;
  /** The heap as it is; of an object by address or expression what keeps it, of a function its optimized code. */
  heap: Command<
    { readonly address?: string; readonly expression?: string; readonly frame?: number; readonly function?: string },
    HeapAnswer
  >;
}

export interface Events {
  /** Once, before anything else: where to poke a running engine. The adapter sets `bit` in the word at `requests` and raises the
   *  stack limit (stores 0x7fffffff at `limit`), so that the next stack check looks at the channel. The engine
   *  clears `bit` first and takes the channel's requests afterwards; the other order loses requests. */
  ready: {
    readonly memory: SharedArrayBuffer;
    /** Byte offsets of 32-bit words in `memory`. */
    readonly requests: number;
    readonly limit: number;
    readonly bit: number;
  };
  stopped: Stop;
  /** The engine went on by itself or after a command. */
  continued: None;
  output: {
    readonly category: 'stdout' | 'stderr' | 'console' | 'important';
    readonly text: string;
    readonly location?: Location;
  };
  bailout: BailoutReport;
  /** The picture of a bailout that has ended, as JSON: most are never looked at. */
  frameTranslation: { readonly number: number; readonly json: string };
  tierUp: TierUp;
  codeInvalidated: CodeInvalidated;
  breakpoint: BreakpointStatus;
  loadedSource: { readonly source: SourceRef; readonly reason: 'new' | 'changed' | 'removed' };
  exited: { readonly code: number };
  /** The engine itself broke; the session ends. Never the debuggee's fault. */
  fatal: { readonly message: string; readonly stack: string };
}

export type CommandName = keyof Commands;
export type EventName = keyof Events;

export type CommandMessage = {
  [N in CommandName]: { readonly id: number; readonly command: N; readonly args: Commands[N]['args'] };
}[CommandName];
/** Nobody waits for the answer of that command any more: one that has not begun is not done, an evaluation that runs ends. */
export interface CancelMessage {
  readonly cancel: number;
}
export type AnswerMessage =
  | { readonly id: number; readonly result: Commands[CommandName]['result'] }
  | { readonly id: number; readonly error: string };
export type EventMessage = { [N in EventName]: { readonly event: N; readonly body: Events[N] } }[EventName];

/** What the engine's side implements: one method per command. Throwing answers with the error's message. */
export type CommandHandlers = { readonly [N in CommandName]: (args: Commands[N]['args']) => Commands[N]['result'] };
