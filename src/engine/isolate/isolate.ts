// Isolate: one engine. Owns the linear memory, constructs the layers with what each needs, and runs programs.
//
//   scripts ─▶ ignition       interpreter ⇄ dispatcher ⇄ emulator       tiering ─▶ compiler ─▶ Code ─▶ deoptimizer
//
// Invariant: everything that can collect or run JavaScript goes through `safepoint` or the dispatcher, with the stack
// walkable from CEntryFp.

import type { Flags } from '../base/index.ts';
import { bootstrap, runMicrotasks, takeUnhandledRejections } from '../builtins/index.ts';
import { StubCache } from '../feedback/index.ts';
import { CpuWord, cEntryFpWord, writeCpu } from '../frames/index.ts';
import { type Address, cageHi, Heap, Interrupt, IsolateData, OutOfMemory, Region, type Tagged } from '../heap/index.ts';
import { compileScript, JsSyntaxError } from '../ignition/index.ts';
import { Interpreter, type InterpreterHooks, presetLoop } from '../interpreter/index.ts';
import {
  BytecodeArray,
  Code,
  Context,
  Factory,
  FeedbackCell,
  FixedArray,
  isCompiled,
  JSFunction,
  noInterruptBudget,
  Root,
  root,
  SharedFunctionFlags,
  SharedFunctionInfo,
  StaticRoot,
  toHostString,
} from '../objects/index.ts';
import {
  contextLocalCount,
  dataPropertyOnChain,
  type Embedder,
  errorStack,
  getNamed,
  isErrorObject,
  isJSFunction,
  isString,
  jsException,
  NativeContextSlot,
  newClosure,
  newErrorObject,
  newScriptContext,
  type ResumeMode,
  Runtime,
  type RuntimeHooks,
  type RuntimeHost,
  setErrorStack,
  throwRangeError,
} from '../runtime/index.ts';
import { magicComments } from '../source-maps/index.ts';
import type { DebugTable } from '../turbofan/index.ts';
import { classSource } from './call-printer.ts';
import { currentCallSite } from './call-site.ts';
import { Collector } from './collector.ts';
import { Deadlines } from './deadlines.ts';
import type { DeoptimizationTrace } from './deoptimization.ts';
import { Dispatcher } from './dispatcher.ts';
import { Quit, syntaxErrorPlace, Termination, type ThrowLocation } from './errors.ts';
import { type Host, nodeHost } from './host.ts';
import { Machine } from './machine.ts';
import { tierNatives } from './natives.ts';
import { runtimeFunctionTable } from './runtime-functions.ts';
import { type ScriptOptions, Scripts } from './scripts.ts';
import { seededRandom } from './seeded-random.ts';
import { StackTraces } from './stack-trace.ts';
import type { StartupSnapshot } from './startup-snapshot.ts';
import { defaultTieringFlags, Tiering, type TieringFlags } from './tiering.ts';
import { callableNatives } from './undetectable.ts';

export interface IsolateOptions {
  readonly flags?: Flags;
  readonly host?: Host;
  readonly memoryMiB?: number;
  readonly semiSpaceKiB?: number;
  readonly oldSpaceMiB?: number;
  readonly allowNatives?: boolean;
  /** What the place around does. */
  readonly embedder?: Embedder;
  /** The optimizing tier, and what it writes of bailouts; without it everything is interpreted. */
  readonly machine?: DeoptimizationTrace;
  /** Begin with this instead of building the realm. */
  readonly snapshot?: StartupSnapshot;
}

/** The debugger's part in a run. All optional: an undebugged program pays nothing. */
export interface DebugHooks {
  /** A DebugBreak bytecode at `at`; returns the bytecode that it replaces. */
  debugBreak?(at: number): number;
  debuggerStatement?(): void;
  step?(): void;
  /** The program stands still, and what runs is the debugger's own looking: it is not interrupted. */
  isStopped?(): boolean;
  /** At a safepoint with a pause request. */
  pause?(): void;
  exceptionThrown?(exception: Tagged): void;
  /** A function got bytecode. */
  compiled?(sfi: Tagged): void;
  /** Optimized code was made: where the bytecodes are in it. Without this nobody makes the table. */
  codeTable?: ((code: Tagged, table: DebugTable) => void) | undefined;
}

/** Whether `source` from `start` up to `at`, where a token is wrong, is a whole list of parameters. */
const endsParameters = (source: string, start: number, at: number): boolean => {
  const list = source.slice(start, at).trimEnd();
  if (source[at] !== ')' && (list === '' || list.endsWith(',') || source[at] === ',')) return false;
  try {
    compileScript(`${source.slice(0, start)}${list}\n) {\n})`);
    return true;
  } catch (error) {
    if (error instanceof JsSyntaxError) return false;
    throw error;
  }
};

/** What builtins see of the host: its random numbers, unless a seed was given. */
const runtimeHost = (host: Host, flags: Flags | undefined): RuntimeHost => {
  const seed = flags?.number('random-seed') ?? 0;
  if (seed === 0) return host;
  return {
    write: (stream, text) => host.write(stream, text),
    currentTime: () => host.currentTime(),
    monotonicTime: () => host.monotonicTime(),
    random: seededRandom(seed),
  };
};

/** KB of stack that programs may use; what is left of the region belongs to builtins of the host. */
const usualStackSize = 984;
export const largestStackSize = 1000;

export class Isolate {
  readonly heap: Heap;
  readonly rt: Runtime;
  readonly host: Host;
  readonly scripts: Scripts;
  readonly interpreter: Interpreter;
  readonly dispatcher: Dispatcher;
  readonly tiering: Tiering;
  readonly traces: StackTraces;
  readonly deadlines: Deadlines;
  readonly flags: Flags | undefined;
  private debug: DebugHooks = {};
  /** The optimizing tier; undefined without one, and until the realm stands. */
  readonly machine: Machine | undefined;
  readonly collector: Collector;
  /** Promises rejected without a handler go unreported (d8 --ignore-unhandled-promises). */
  ignoreUnhandledRejections = false;
  /** Where the pending exception was thrown first. */
  get throwLocation(): ThrowLocation | undefined {
    const { heap } = this;
    const message = heap.readIsolateWord(IsolateData.PendingMessage);
    if (message === StaticRoot.TheHole || (message & 1) === 0) return undefined;
    const at = (i: number): Tagged => heap.getElement(message, FixedArray.Elements, i);
    if ((at(0) & 1) === 0) return undefined;
    return { script: at(0), offset: at(1) >> 1, end: at(2) >> 1 };
  }

  constructor(options: IsolateOptions = {}) {
    this.host = options.host ?? nodeHost();
    this.flags = options.flags;
    const { memoryMiB, semiSpaceKiB, oldSpaceMiB, snapshot } = options;
    if (snapshot !== undefined) presetLoop(snapshot.loopPages, snapshot.loop);
    this.heap = new Heap({
      memoryMiB,
      semiSpaceKiB,
      oldSpaceMiB,
      image: snapshot?.image,
      serve: () => this.serveInLoop(),
    });
    const factory = new Factory(this.heap, (codes, broken) => this.machine?.deoptimization.codesMarked(codes, broken));
    const hooks = this.runtimeHooks(options.embedder ?? {});
    this.rt = new Runtime(this.heap, factory, hooks, runtimeHost(this.host, options.flags));
    this.rt.usesInlineCaches = options.flags?.bool('use-ic') !== false;
    this.scripts = new Scripts(this.rt, (path) => this.host.readFile(path), options.allowNatives === true);
    this.tiering = new Tiering(this.rt, tieringFlags(options.flags), () => this.machine);
    this.deadlines = new Deadlines(this.heap, this.host);
    this.traces = new StackTraces(
      this.rt,
      this.scripts,
      (code, fp, pc) => this.machine?.readOptimized(code, fp, pc) ?? [],
    );
    this.interpreter = new Interpreter(this.rt, this.interpreterHooks(), runtimeFunctionTable);
    this.dispatcher = new Dispatcher(
      this.rt,
      this.interpreter,
      () => this.attachedMachine(),
      () => this.collect(false),
    );
    this.collector = new Collector(this.rt, this.host, options.flags, {
      stack: () => (this.heap.i32[cEntryFpWord]! !== 0 ? this.heap.i32[cEntryFpWord]! : this.interpreter.fp << 2),
      scripts: this.scripts,
      codeFreed: (start, end) => this.machine?.codeFreed(start, end),
    });
    this.setStackLimit();
    writeCpu(this.heap.i32, CpuWord.R13, Region.IsolateData + 0x80);
    writeCpu(this.heap.i32, CpuWord.R14, 0);
    this.heap.isolateWord(IsolateData.PendingMessage, StaticRoot.TheHole);
    if (!this.heap.isRestored) bootstrap(this.rt);
    this.interpreter.reloadRoots();

    this.scripts.observe({ compiled: (sfi) => this.debug.compiled?.(sfi) });
    this.heap.endBootstrap();
    this.placed = this.heap.handle(StaticRoot.TheHole);
    if (options.machine !== undefined) this.machine = new Machine(this, options.machine);
  }

  /** A debugger takes part in what runs from now on. */
  attach(debug: DebugHooks): void {
    this.debug = debug;
  }

  /** Takes the debugger's table of code that was made; undefined: nobody wants one. */
  get takeCodeTable(): DebugHooks['codeTable'] {
    return this.debug.codeTable;
  }

  private attachedMachine(): Machine {
    if (this.machine === undefined) throw new Error('machine code reached, but no emulator is attached');
    return this.machine;
  }

  /** Collects at every safepoint and zaps what was left behind (--gc-at-every-safepoint). */
  get collectAtEverySafepoint(): boolean {
    return this.collector.isStressed;
  }
  set collectAtEverySafepoint(value: boolean) {
    this.collector.isStressed = value;
    this.dispatcher.collectsAfterCalls = value;
    if (value) this.heap.requestInterrupt(Interrupt.Collect);
  }

  private setStackLimit(): void {
    const size = this.flags?.number('stack-size') ?? usualStackSize;
    const limit = Region.StackEnd - 1024 * Math.max(1, Math.min(size, largestStackSize));
    const { heap } = this;
    heap.isolateWord(IsolateData.RealStackLimit, limit);
    heap.isolateWord(IsolateData.StackLimit, limit);
    heap.i32[(Region.IsolateData + IsolateData.RealStackLimit + 4) >> 2] = cageHi;
    heap.i32[(Region.IsolateData + IsolateData.StackLimit + 4) >> 2] = cageHi;
  }

  // --- running -------------------------------------------------------------------------------------------------------------

  /** A closure of a script's top-level code. Throws JsSyntaxError. */
  closureOf(source: string, name: string, options: ScriptOptions = {}): Tagged {
    const sfi = this.scripts.load(source, name, options);
    return this.topLevelClosure(sfi);
  }

  topLevelClosure(sfi: Tagged): Tagged {
    const { rt } = this;
    const cell = rt.factory.newFeedbackCell(StaticRoot.OneClosureCellMap, StaticRoot.Undefined);
    return newClosure(rt, sfi, rt.nativeContext, cell);
  }

  /** Runs a plain script in the realm; its completion value. Throws `jsException`, JsSyntaxError, OutOfMemory, Termination. */
  runScript(source: string, name: string, options: ScriptOptions = {}): Tagged {
    return this.runLoaded(this.scripts.load(source, name, options));
  }

  /** Runs the code of a plain script that was loaded before, in the current realm. */
  runLoaded(sfi: Tagged): Tagged {
    const { rt, heap } = this;
    this.compileShared(sfi);
    const info = heap.get(sfi, SharedFunctionInfo.ScopeInfo);
    // its let, const and class declarations
    const context = contextLocalCount(rt, info) > 0 ? newScriptContext(rt, info) : rt.nativeContext;
    const cell = rt.factory.newFeedbackCell(StaticRoot.OneClosureCellMap, StaticRoot.Undefined);
    return rt.hooks.call(newClosure(rt, sfi, context, cell), rt.intrinsic(NativeContextSlot.GlobalProxy), []);
  }

  /** Runs the microtask queue until it is empty. */
  runMicrotasks(): void {
    runMicrotasks(this.rt);
  }

  /** The reason of the oldest promise that was rejected and that nobody handles; forgets them all. */
  takeUnhandledRejection(): Tagged | undefined {
    return takeUnhandledRejections(this.rt)[0]?.reason;
  }

  /** Makes sure that a function has bytecode and a feedback cell of its own. */
  prepare(fn: Tagged): void {
    this.compileFunction(fn);
  }

  /** Marks the function's optimized code for deoptimization and unlinks it. */
  deoptimizeFunction(fn: Tagged): void {
    this.machine?.deoptimization.deoptimizeFunction(fn, 'for testing');
  }

  /** Asks the running program to end, from a signal handler or another thread. */
  terminate(): void {
    this.heap.requestInterrupt(Interrupt.Terminate);
  }

  // --- safepoints ---------------------------------------------------------------------------------------------------------------

  /** Serves interrupt requests, then checks for real overflow of the stack at `sp`. */
  stackGuard(sp: Address): void {
    const { heap } = this;
    const i32 = heap.i32;
    const word = (Region.IsolateData + IsolateData.InterruptRequests) >> 2;
    const requests = Atomics.exchange(i32, word, 0);
    heap.isolateWord(IsolateData.StackLimit, heap.readIsolateWord(IsolateData.RealStackLimit));
    if (requests & Interrupt.Terminate) throw new Termination();
    if (requests & Interrupt.Deadline) this.deadlines.check();
    if (requests & Interrupt.Collect || this.collectAtEverySafepoint) this.collect(false);
    if (requests & Interrupt.Pause) this.debug.pause?.();
    if (this.collectAtEverySafepoint) heap.requestInterrupt(Interrupt.Collect);
    if (sp < heap.readIsolateWord(IsolateData.RealStackLimit)) throwRangeError(this.rt, 'StackOverflow');
  }

  /** Serves requests to pause or to end in the midst of host code; collections wait for a safepoint. */
  private serveInterrupt(): void {
    const word = (Region.IsolateData + IsolateData.InterruptRequests) >> 2;
    const requests = Atomics.and(this.heap.i32, word, ~(Interrupt.Terminate | Interrupt.Pause));
    if (requests & Interrupt.Terminate) throw new Termination();
    if (requests & Interrupt.Pause) this.debug.pause?.();
  }

  /** In a loop of host code, which holds raw words. */
  private serveInLoop(): void {
    const requests = this.heap.i32[(Region.IsolateData + IsolateData.InterruptRequests) >> 2]!;
    if (this.debug.isStopped?.() === true) return;
    if (requests & (Interrupt.Terminate | Interrupt.Pause)) this.withoutCollection(() => this.serveInterrupt());
    if (requests & Interrupt.Deadline) this.deadlines.check();
  }

  /** See Collector.collect. */
  collect(promote: boolean, everywhere = false): void {
    this.collector.collect(promote, everywhere);
  }

  /** Runs `body`, in which nothing is collected whatever asks for it. */
  withoutCollection<T>(body: () => T): T {
    return this.collector.hold(body);
  }

  // --- hooks of the interpreter -----------------------------------------------------------------------------------------------

  private interpreterHooks(): InterpreterHooks {
    const { heap, rt, tiering } = this;
    return {
      stackGuard: () => this.stackGuard(this.interpreter.sp << 2),
      budgetInterrupt: (fn) => tiering.onBudgetInterrupt(fn),
      tierUp: (fn) => tiering.onEntry(fn),
      takeCachedCode: (fn) => tiering.takeCachedCode(fn),
      compileLazy: (fn) => this.compileFunction(fn),
      initialBudget: (length) => tiering.initialBudget(length),
      newRegExp: (source, flags) => this.newRegExp(source, flags),
      nativeFunction: (name) => {
        const reflect = getNamed(rt, rt.intrinsic(NativeContextSlot.GlobalObject), 'Reflect');
        return getNamed(rt, reflect, name.replace('reflect_', ''));
      },
      debugBreak: (at) => {
        if (this.debug.debugBreak === undefined)
          throw new Error('a DebugBreak bytecode was reached without a debugger');
        return this.debug.debugBreak(at);
      },
      debuggerStatement: () => this.debug.debuggerStatement?.(),
      step: () => this.debug.step?.(),
      tryOsr: (fn, offset, loopDepth) => this.tryOsr(fn, offset, loopDepth),
      unwindOptimized: (fp, pc) => this.machine?.unwindOptimized(fp, pc) ?? false,
      exceptionThrown: () => {
        this.noteThrow();
        this.debug.exceptionThrown?.(heap.readIsolateWord(IsolateData.PendingException));
      },
      hostError: (error) => this.hostError(error),
    };
  }

  /**
   * The host's RangeErrors (its stack, the sizes of its strings, BigInts and tables) and its refusals of regular expressions
   * are V8's too: they become the program's exceptions, with the host's words. Other errors go through. Returns only after
   * setting the pending exception.
   */
  hostError(error: unknown): void {
    // regular expressions are compiled when they are first executed
    const isRegExp = error instanceof SyntaxError && error.message.startsWith('Invalid regular expression');
    if (!isRegExp && !(error instanceof RangeError)) throw error;
    try {
      // where the host's stack ends in the midst of compiling one of the engine's own
      if (isRegExp && error.message.endsWith(': Stack overflow')) throwRangeError(this.rt, 'StackOverflow');
      this.rt.throw(newErrorObject(this.rt, isRegExp ? 'SyntaxError' : 'RangeError', error.message));
    } catch (thrown) {
      if (thrown !== jsException) throw thrown;
    }
  }

  /** Remembers where the pending exception comes from. Of an Error that the library throws on, its stack says that. */
  private noteThrow(): void {
    const { rt, traces } = this;
    const thrown = traces.currentLocation();
    if (thrown === undefined || (thrown.script & 1) === 0) return;
    if (traces.isInLibrary && isErrorObject(rt, rt.pendingException)) rt.setPendingMessage(0, 0, 0);
    else rt.setPendingMessage(thrown.script, thrown.offset, thrown.offset + 1);
  }

  private compileFunction(fn: Tagged): void {
    const { heap, rt } = this;
    const sfi = heap.get(fn, JSFunction.SharedFunctionInfo);
    this.compileShared(sfi);
    // standard library functions share one cell until they run
    if (heap.get(fn, JSFunction.FeedbackCell) === root(heap, Root.ManyClosuresCell)) {
      heap.set(
        fn,
        JSFunction.FeedbackCell,
        rt.factory.newFeedbackCell(StaticRoot.OneClosureCellMap, StaticRoot.Undefined),
      );
    }
    const cell = heap.get(fn, JSFunction.FeedbackCell);
    const data = heap.get(sfi, SharedFunctionInfo.FunctionData);
    if ((data & 1) !== 0 && heap.getI32(cell, FeedbackCell.InterruptBudget) === noInterruptBudget) {
      heap.setI32(
        cell,
        FeedbackCell.InterruptBudget,
        this.tiering.initialBudget(heap.get(data, BytecodeArray.Length) >> 1),
      );
    }
    const code = heap.get(fn, JSFunction.Code);
    if (heap.getI32(code, Code.BuiltinId) >= 0) heap.set(fn, JSFunction.Code, rt.trampolineOf(fn));
    if (!this.tiering.flags.lazyFeedbackAllocation) this.tiering.ensureVector(fn);
    this.tiering.onCompiledLazily(fn);
  }

  compileShared(sfi: Tagged): void {
    if (isCompiled(this.heap, sfi)) return;
    try {
      this.scripts.compile(sfi);
    } catch (error) {
      if (error instanceof JsSyntaxError) this.throwSyntaxError(error);
      throw error;
    }
  }

  /** The file of the innermost running function, for code that it makes. */
  private callingFile(): string {
    const location = this.traces.currentLocation();
    return location === undefined ? '' : this.scripts.referrerOf(location.script);
  }

  /** As `throwSyntaxError`, for a file: uncaught, the report shows its line; so does the stack if it is to (Node's CommonJS). */
  throwFileSyntaxError(error: JsSyntaxError, name: string, source: string, inStack = false): never {
    const exception = newErrorObject(this.rt, 'SyntaxError', error.message);
    this.rememberPlace(exception, syntaxErrorPlace(error, name, source), inStack);
    return this.rt.throw(exception);
  }

  /** Remembers what the report of an error shows above it, should that go uncaught; only the latest is. Or puts it into the stack. */
  rememberPlace(error: Tagged, place: string, inStack: boolean): void {
    const { rt, heap } = this;
    heap.setHandle(this.placed, error);
    this.place = inStack ? '' : place;
    if (!inStack) return;
    const stack = errorStack(rt, error);
    if (isString(rt, stack)) setErrorStack(rt, error, rt.factory.newString(place + toHostString(heap, stack)));
  }

  /** What the report of `exception` shows above it: where it was thrown, or what was remembered of it. */
  placeOf(exception: Tagged): ThrowLocation | string | undefined {
    if (this.heap.deref(this.placed) === exception) return this.place;
    return this.throwLocation ?? this.libraryPlaces[this.codeOf(exception)];
  }
  /** By error code: what the report of an Error shows above it that the library threw. */
  libraryPlaces: Readonly<Record<string, string>> = {};

  private codeOf(exception: Tagged): string {
    const { rt } = this;
    if (!isErrorObject(rt, exception)) return '';
    const code = dataPropertyOnChain(rt, exception, rt.factory.internalize('code'));
    return isString(rt, code) ? toHostString(this.heap, code) : '';
  }
  /** What was remembered of an error, wherever it goes uncaught. */
  rememberedPlaceOf(error: Tagged): string | undefined {
    return this.heap.deref(this.placed) === error && this.place !== '' ? this.place : undefined;
  }
  /** A handle for the isolate's life: the error of `place`. */
  private readonly placed: number;
  private place = '';

  /** HostEnsureCanCompileStrings. */
  private checkCodeGeneration(): void {
    const { rt } = this;
    if (rt.intrinsic(NativeContextSlot.AllowCodeGenFromStrings) === StaticRoot.False)
      rt.throw(newErrorObject(rt, 'EvalError', 'Code generation from strings disallowed for this context'));
  }

  /** An error of `source`, which uncaught shows its line. */
  throwSyntaxError(error: JsSyntaxError, source?: string, name = ''): never {
    const exception = newErrorObject(this.rt, 'SyntaxError', error.message);
    if (source === undefined) return this.rt.throw(exception);
    return this.rt.throwAt(exception, source, name, error.start, error.end);
  }

  private tryOsr(fn: Tagged, offset: number, loopDepth: number): boolean {
    const t = this.interpreter;
    if (t.staysInBytecode) return false;
    const slot = t.ops[2]!;
    const code = this.tiering.osrCode(fn, offset, slot, loopDepth);
    if (code === 0) return false;
    this.tiering.onOsrEntry(fn, offset);
    const { heap } = this;
    const i32 = heap.i32;
    // the frame becomes the optimized code's: V8's OSR entry keeps fp and rewrites what is below it
    writeCpu(i32, CpuWord.Rax, 0);
    writeCpu(i32, CpuWord.Rbp, t.fp << 2);
    writeCpu(i32, CpuWord.Rsp, t.sp << 2);
    writeCpu(i32, CpuWord.Rdi, t.closure);
    writeCpu(i32, CpuWord.Rsi, t.context);
    writeCpu(i32, CpuWord.Rip, heap.getI32(code, Code.InstructionStart));
    return true;
  }

  /** A RegExp for a literal. */
  private newRegExp(source: Tagged, flags: number): Tagged {
    const { rt } = this;
    const letters = 'gimyusdv';
    const bits = [1, 2, 4, 8, 16, 32, 128, 256];
    const text = [...letters].filter((_, i) => (flags & bits[i]!) !== 0).join('');
    const constructor = rt.intrinsic(NativeContextSlot.RegExpFunction);
    return rt.construct(constructor, [source, rt.factory.internalize(text)]);
  }

  private throwParametersEndEarly(): never {
    this.rt.throw(newErrorObject(this.rt, 'SyntaxError', 'Arg string terminates parameters early'));
  }

  /** JavaScript that host code calls is not that host code. */
  private outsideCpp<T>(run: () => T): T {
    const { rt } = this;
    const outer = rt.isInCpp;
    rt.isInCpp = false;
    try {
      return run();
    } finally {
      rt.isInCpp = outer;
    }
  }

  // --- hooks of the runtime ---------------------------------------------------------------------------------------------------

  /** What the runtime asks of the layers above it. They do not stand yet when it is made. */
  private runtimeHooks(embedder: Embedder): RuntimeHooks {
    const tiering = tieringFlags(this.flags);
    return {
      ...embedder,
      call: (target, receiver, args) => this.outsideCpp(() => this.dispatcher.call(target, receiver, args)),
      construct: (target, newTarget, args) => this.outsideCpp(() => this.dispatcher.construct(target, newTarget, args)),
      resumeGenerator: (generator: Tagged, value: Tagged, mode: ResumeMode) =>
        this.outsideCpp(() => this.dispatcher.resumeGenerator(generator, value, mode)),
      serveInterrupt: () => this.serveInterrupt(),
      patiently: (isLong, action) => this.deadlines.patiently(this.debug.pause !== undefined, isLong, action),
      stackGuard: (sp) => this.stackGuard(sp),
      debuggerStatement: () => this.debug.debuggerStatement?.(),
      realmEntered: () => {
        this.interpreter.enterRealm();
        // handlers for primitives are of the realm that found them
        this.rt.part(StubCache).clear();
      },
      ...callableNatives(this),
      isCallerStrict: () => this.traces.currentLocation()?.isStrict ?? true,
      compileLazy: (sfi) => this.compileShared(sfi),
      ...(tiering.alwaysTurbofan ? { closureMade: (fn) => this.tiering.onClosureMade(fn) } : {}),
      feedbackChanged: (vector) => this.tiering.onFeedbackChanged(vector),
      compileScript: (source, name, kind, parameters) => {
        this.checkCodeGeneration();
        try {
          const { start, end } = parameters ?? { start: 0, end: 0 };
          for (let at = source.indexOf(')', start); at >= 0 && at < end; at = source.indexOf(')', at + 1))
            if (endsParameters(source, start, at)) this.throwParametersEndEarly();
          if (kind === 'function') {
            // source is a function expression: run a script that evaluates to it
            const made = this.runScript(`(${source})`, name, {
              referrer: this.callingFile(),
              evalOrigin: this.traces.evalOrigin(),
            });
            // a body that closes the function may begin something else
            if (!isJSFunction(this.rt, made))
              this.rt.throw(newErrorObject(this.rt, 'SyntaxError', 'Single function literal required'));
            return made;
          }
          return this.closureOf(source, name);
        } catch (error) {
          // The script begins with one more parenthesis.
          if (error instanceof JsSyntaxError && parameters !== undefined && error.start - 1 < parameters.end)
            if (endsParameters(source, parameters.start, error.start - 1)) this.throwParametersEndEarly();
          if (error instanceof JsSyntaxError && kind === 'function') {
            const shifted = new JsSyntaxError(error.message, error.start, error.end);
            this.throwSyntaxError(shifted, `(${source})`);
          }
          if (error instanceof JsSyntaxError) this.throwSyntaxError(error, source, name);
          throw error;
        }
      },
      compileEval: (source, context, strict, position) => {
        const { rt } = this;
        this.checkCodeGeneration();
        try {
          const outer = context === rt.nativeContext ? StaticRoot.TheHole : this.heap.get(context, Context.ScopeInfo);
          const sfi = this.scripts.loadEval(
            source,
            outer,
            strict,
            this.callingFile(),
            this.traces.evalOrigin(position),
          );
          const cell = rt.factory.newFeedbackCell(StaticRoot.OneClosureCellMap, StaticRoot.Undefined);
          return newClosure(rt, sfi, context, cell);
        } catch (error) {
          if (error instanceof JsSyntaxError)
            this.throwSyntaxError(error, source, magicComments(source).sourceUrl ?? '');
          throw error;
        }
      },
      referrerOf: (script) => this.scripts.referrerOf(script),
      captureStack: (limit, skip) => this.traces.capture(limit, skip),
      callSite: (isErrorInSpread) => currentCallSite(this, isErrorInSpread),
      currentPosition: () => {
        const location = this.traces.currentLocation();
        if (location === undefined || location.script === StaticRoot.Undefined) return undefined;
        return {
          source: this.scripts.sourceOf(location.script),
          position: location.offset,
          scriptName: this.scripts.nameOf(location.script),
        };
      },
      functionSource: (fn) => {
        const sfi = this.heap.get(fn, JSFunction.SharedFunctionInfo);
        const script = this.heap.get(sfi, SharedFunctionInfo.Script);
        if (script === StaticRoot.Undefined) return undefined;
        if ((this.heap.getI32(sfi, SharedFunctionInfo.Flags) & SharedFunctionFlags.ClassConstructor) !== 0) {
          const text = classSource(
            this.scripts.sourceOf(script),
            this.heap.getI32(sfi, SharedFunctionInfo.StartPosition),
            this.heap.getI32(sfi, SharedFunctionInfo.EndPosition),
          );
          if (text !== undefined) return text;
        }
        const start = this.heap.getI32(sfi, SharedFunctionInfo.FunctionTokenPosition);
        return this.scripts
          .sourceOf(script)
          .slice(
            start >= 0 ? start : this.heap.getI32(sfi, SharedFunctionInfo.StartPosition),
            this.heap.getI32(sfi, SharedFunctionInfo.EndPosition),
          );
      },
      tierNative: (name, args) => tierNatives(this, name, args),
      collectGarbage: () => this.collect(true, true),
    };
  }
}

const tieringFlags = (flags: Flags | undefined): TieringFlags => {
  if (flags === undefined) return defaultTieringFlags;
  const number = (name: string): number => flags.get(name) as number;
  const boolean = (name: string): boolean => flags.get(name) === true;
  return {
    invocationCountForFeedbackAllocation: number('invocation-count-for-feedback-allocation'),
    invocationCountForTurbofan: number('invocation-count-for-turbofan'),
    invocationCountForOsr: number('invocation-count-for-osr'),
    minimumInvocationsAfterIcUpdate: number('minimum-invocations-after-ic-update'),
    minimumInvocationsBeforeOptimization: number('minimum-invocations-before-optimization'),
    maxOptimizedBytecodeSize: number('max-optimized-bytecode-size'),
    lazyFeedbackAllocation: boolean('lazy-feedback-allocation'),
    turbofan: boolean('turbofan') && boolean('opt'),
    useOsr: boolean('use-osr'),
    traceOpt: boolean('trace-opt'),
    traceOptVerbose: boolean('trace-opt-verbose'),
    traceOsr: boolean('trace-osr'),
    alwaysOsr: boolean('always-osr'),
    alwaysTurbofan: boolean('always-turbofan'),
  };
};

export { OutOfMemory, Quit, Termination };
