// What the runtime needs from the layers above it, injected by the isolate, and from the outside world.

import type { Address, Tagged } from '../heap/index.ts';

/** What a failing call or iteration turns out to be, beside its text: a call that a loop walks may have failed either way. */
export type ErrorHint = 'none' | 'iterable' | 'callOrIterable' | 'asyncIterable' | 'callOrAsyncIterable';

/** A failing call, construction, iteration or destructuring as messages name it. */
export interface CallSite {
  /** Empty when the place has no text. */
  readonly text: string;
  readonly hint: ErrorHint;
  /** The place is an object pattern, or what a property of one binds. */
  readonly isDestructuring: boolean;
  /** Name of that property. */
  readonly property: string | undefined;
}

/** One frame of a captured stack trace, innermost first. */
export interface StackTraceFrame {
  readonly function: Tagged;
  readonly receiver: Tagged;
  readonly scriptName: string;
  /** 1-based; 0 when unknown (builtins). */
  readonly line: number;
  readonly column: number;
  readonly isConstructor: boolean;
  readonly isAsync: boolean;
  /** A frame of the standard library: printed as `at Array.forEach (<anonymous>)`. */
  readonly isBuiltin: boolean;
  /** Script or module code outside any function. */
  readonly isTopLevel: boolean;
  /** Its place is in the text that the script was made of. */
  readonly isMapped?: boolean;
  /** Outermost code of an eval or `new Function`: it is called eval. */
  readonly isEvalCode: boolean;
  /** Where the eval was called that made the script: `eval at f (file:1:1)`; empty for other scripts. */
  readonly evalOrigin: string;
  /** Not a function's frame but a combinator's, whose element `index` waits for the frames above. */
  readonly combinator?: { readonly name: string; readonly index: number };
}

/** Resume modes of generators (V8: JSGeneratorObject::ResumeMode). */
export enum ResumeMode {
  Next = 0,
  Return = 1,
  Throw = 2,
}

/** What a host may say better than the graph. They run no JavaScript. */
export interface ModuleGraphHooks {
  /** Whether a name that `from` does not have may be handed on by `importer` nevertheless: nobody will have it then. */
  mayBeNothing?(importer: number, from: number): boolean;
  /** The message for a name that `from` does not export. */
  missingExport?(importer: number, request: number, from: number, name: string): string | undefined;
  /** A SyntaxError of linking, before it is thrown: where the source names what cannot be linked. */
  linkError?(importer: number, error: Tagged, range: { readonly position: number; readonly end: number }): void;
  /** The exception that a module's own code threw. */
  evaluationError?(id: number, error: Tagged): void;
}

/** What the place around the language does: a shell, constructed with the isolate. A member that is not there is not to be had. */
export interface Embedder {
  moduleGraph?(): ModuleGraphHooks;
  /** Id of the module that `specifier` names in `referrer` (a file), read and parsed with all it requests. Throws `jsException`. */
  loadModule?(specifier: string, referrer: string, type: string | undefined): number;
  /** Gives a module's import.meta its properties. Runs no JavaScript. */
  initializeImportMeta?(file: string, meta: Tagged): void;
  /** Gives an error whose stack was captured to `Error.prepareStackTrace`. May run JavaScript. */
  prepareStackTrace?(error: Tagged, skip: Tagged): void;
  /** Before a property of the global object is described: what is made when it is first used is made. May run JavaScript. */
  settleGlobal?(object: Tagged, key: Tagged): void;
  /** Console output goes here first; whether it was taken. May run JavaScript. */
  consoleWrite?(stream: 'stdout' | 'stderr', text: string): boolean;
  /** Makes a call of the program's that inspecting needs; see inspect/inspect-calls.ts. */
  inspectCall?(kind: number, object: Tagged, depth: number): Tagged;
  /** Blocks; undefined where there is no time to wait. */
  sleep?(milliseconds: number): void;
  /** Calls `callback` in a task of its own. One that does not keep alive is dropped when nothing else is left to run. */
  postTask?(callback: Tagged, milliseconds: number, keepsAlive: boolean): void;
}

export interface RuntimeHooks extends Embedder {
  /** Runs a JS function in a nested dispatcher. The words of `args` are pushed before anything can collect. Throws `jsException`. */
  call(target: Tagged, receiver: Tagged, args: readonly Tagged[]): Tagged;
  construct(target: Tagged, newTarget: Tagged, args: readonly Tagged[]): Tagged;
  /** Continues a suspended generator until it suspends or completes; its result (value yielded or returned; throws `jsException`). */
  resumeGenerator(generator: Tagged, value: Tagged, mode: ResumeMode): Tagged;
  /** Fills the SharedFunctionInfo's bytecode. Throws a SyntaxError as `jsException`. */
  compileLazy(sharedFunctionInfo: Tagged): void;
  /**
   * Compiles source text as a global function body (`new Function`) or an indirect eval; returns the closure.
   * @param parameters where the text of a function's parameters stands
   */
  compileScript(
    source: string,
    name: string,
    kind: 'script' | 'function',
    parameters?: { readonly start: number; readonly end: number },
  ): Tagged;
  /** Compiles the code of an eval in the scopes of `context` (indirect: the native context's); returns the closure. `position`: the call's. */
  compileEval(source: string, context: Tagged, strict: boolean, position?: number): Tagged;
  /** The file that code of this script imports relative to. */
  referrerOf?(script: Tagged): string;
  /** Frames of the emulated stack, innermost first, at most `limit`, above and excluding the topmost activation of `skip` (undefined: none). */
  captureStack(limit: number, skip: Tagged): readonly StackTraceFrame[];
  /** Source text around the innermost JS frame's current position: start offset of the call/property expression, for messages. */
  currentPosition(): { readonly source: string; readonly position: number; readonly scriptName: string } | undefined;
  /** Source text of the call, construction or iteration at the innermost JS frame's position ("o.f"), for messages. */
  callSite?(isErrorInSpread: boolean): CallSite | undefined;
  /** A JSRegExp; installed by the builtins. */
  newRegExp?(source: Tagged, flags: Tagged): Tagged;
  /** Arguments object or rest array of the innermost JS frame. */
  newArguments?(kind: 'sloppy' | 'strict' | 'rest', callee: Tagged): Tagged;
  /** %GetUndetectable, %GetCallable: objects of the shell's. */
  /** Whether the innermost user function is strict. */
  isCallerStrict?(): boolean;
  getUndetectable?(): Tagged;
  getCallable?(): Tagged;
  normalizeElements?(object: Tagged): void;
  /** Source text of a function for Function.prototype.toString; undefined for natives. */
  functionSource(fn: Tagged): string | undefined;
  /** A closure of a function literal was made; --always-turbofan looks whether it is to be optimized. Allocates old, collects nothing. */
  closureMade?(fn: Tagged): void;
  /** An inline cache of the feedback vector changed state. */
  feedbackChanged?(vector: Tagged): void;
  /** Natives about tiers: %OptimizeFunctionOnNextCall and the like, by name. Undefined when unknown. */
  tierNative(name: string, args: readonly Tagged[]): Tagged | undefined;
  /** A request to pause or to end, during host code that may run JavaScript. May collect; throws to end. */
  serveInterrupt?(): void;
  /** See Runtime.patiently. */
  patiently?<T>(isLong: () => boolean, action: () => T): T;
  /** Another realm is the current one. */
  realmEntered?(): void;
  /** A stack check of machine code failed: serves interrupts, and checks for overflow of the stack at `sp`. */
  stackGuard?(sp: Address): void;
  /** A `debugger` statement that machine code has come to. */
  debuggerStatement?(): void;
  /** Full collection now (host `gc`, stress). Only legal where the caller holds no raw words. */
  collectGarbage(): void;
}

/** Everything from outside, in an order that can be recorded and replayed. */
export interface RuntimeHost {
  write(stream: 'stdout' | 'stderr', text: string): void;
  /** Milliseconds since the epoch. */
  currentTime(): number;
  /** Milliseconds since start, with fraction. */
  monotonicTime(): number;
  random(): number;
}

const missing = (name: string) => (): never => {
  throw new Error(`runtime hook '${name}' is not installed; the isolate installs it before running JavaScript`);
};

/** Hooks that fail loudly, for tests and until the isolate replaces them. */
export const missingHooks = (): RuntimeHooks => ({
  call: missing('call'),
  construct: missing('construct'),
  resumeGenerator: missing('resumeGenerator'),
  compileLazy: missing('compileLazy'),
  compileScript: missing('compileScript'),
  compileEval: missing('compileEval'),
  captureStack: () => [],
  currentPosition: () => undefined,
  functionSource: () => undefined,
  tierNative: () => undefined,
  collectGarbage: () => {},
});

export const processHost = (): RuntimeHost => {
  const start = performance.now();
  return {
    write: (stream, text) => void (stream === 'stdout' ? process.stdout : process.stderr).write(text),
    currentTime: () => Date.now(),
    monotonicTime: () => performance.now() - start,
    random: Math.random,
  };
};
