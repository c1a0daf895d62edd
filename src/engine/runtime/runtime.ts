// The runtime of one realm: heap, factory, native context, hooks to the layers above, and the outside world.
//
// Invariant: nothing here holds a young tagged word between calls. Words cached in host fields (names, symbols,
// prototypes) are old or read-only and do not move; `reloadRoots` rebuilds them from memory.

import { ExitFrame, FrameOffset } from '../frames/index.ts';
import { type Address, type Heap, type Immovable, Interrupt, IsolateData, Region, type Tagged } from '../heap/index.ts';
import {
  Context,
  Factory,
  JSFunction,
  Root,
  type RootSymbolName,
  root,
  rootSymbol,
  rootSymbols,
  SharedFunctionInfo,
  StaticRoot,
} from '../objects/index.ts';
import { Arguments, RuntimeArguments } from './arguments.ts';
import { BuiltinId } from './builtin-id.ts';
import { cppBuiltins } from './cpp-builtins.ts';
import { throwRangeError } from './errors.ts';
import { missingHooks, processHost, type RuntimeHooks, type RuntimeHost } from './hooks.ts';
import { makeNames, restoredNames, type WellKnownNames } from './names.ts';
import { NativeContextSlot } from './native-context.ts';
import { NativeContexts, RealmState } from './native-contexts.ts';
import { proxyMethods } from './proxy.ts';
import { renderForMessage } from './rendering.ts';
import { Writes } from './writes.ts';

/** Thrown on the host after the pending exception was stored; unwound at the interpreter/dispatcher boundary. */
export class JsException {
  readonly isJsException = true;
}
export const jsException = new JsException();

/** A JS builtin: the JavaScript calling convention. */
export type BuiltinFunction = (rt: Runtime, args: Arguments) => Tagged;
/** A runtime function (V8: Runtime_*). */
export type RuntimeFunctionImpl = (rt: Runtime, args: RuntimeArguments) => Tagged;

export interface RegisteredBuiltin {
  readonly id: number;
  readonly name: string;
  readonly fn: BuiltinFunction;
  /** Whether it is C++ in V8. */
  readonly isCpp: boolean;
  readonly writes: Writes;
}

/** Host functions of the standard library by builtin id: what every runtime begins with. The first freezes it. */
const declaredBuiltins: (RegisteredBuiltin | undefined)[] = new Array(BuiltinId.FirstJavaScriptBuiltin).fill(undefined);

/** A part that a layer keeps beside a runtime: made with it when it is first asked for. */
export type RuntimePart<T> = new (rt: Runtime) => T;

const addBuiltin = (builtins: (RegisteredBuiltin | undefined)[], name: string, fn: BuiltinFunction, writes: Writes) => {
  const id = builtins.length;
  if (id >= BuiltinId.End) throw new Error(`too many builtins: raise BuiltinId.End (${name})`);
  const builtin: RegisteredBuiltin = { id, name, fn, isCpp: cppBuiltins.has(name), writes };
  builtins.push(builtin);
  return builtin;
};

/**
 * Gives a host function of the standard library its builtin id, while its module is loaded: ids follow the order of modules
 * and are the same in every run of one build. `name` stands in listings ("Array.prototype.push").
 */
export const declareBuiltin = (name: string, fn: BuiltinFunction, writes = Writes.Anything): RegisteredBuiltin => {
  if (Object.isFrozen(declaredBuiltins))
    throw new Error(`builtin ${name} is declared after the first runtime was made`);
  return addBuiltin(declaredBuiltins, name, fn, writes);
};

/** Nested dispatchers and proxies' methods that the host's stack has room for. */
export const maxNesting = 1500;

/** Id of the scripts that only say where an error is. */
const textScript = -2;

export class Runtime {
  readonly heap: Heap;
  readonly factory: Factory;
  readonly hooks: RuntimeHooks;
  readonly host: RuntimeHost;
  /** Internal methods of proxies. */
  readonly proxies = proxyMethods;
  /** The current NativeContext: a Context; see NativeContextSlot. */
  nativeContext: Immovable = StaticRoot.Undefined as Immovable;
  /** All native contexts; see there what is current when. */
  readonly realms: NativeContexts;
  /** Whether there is more than one. */
  hasRealms = false;
  /** What the host keeps of the current realm. */
  realm = new RealmState();
  /** Immovable internalized strings, by their text: rt.names.length. */
  names: WellKnownNames;
  /** Well-known and private symbols, immovable: rt.symbols.iterator_symbol. */
  symbols: Readonly<Record<RootSymbolName, Immovable>>;
  /** Host functions by builtin id (index = id). */
  readonly builtins: (RegisteredBuiltin | undefined)[];
  /** While the realm is built: protectors do not watch. */
  bootstrapping = true;
  /** The native accessor of errors' `stack`; set by createRealm. */
  errorStackAccessor: Tagged = StaticRoot.Undefined;
  /** Cache of immovable strings of small integers. */
  readonly smallNumberStrings: Tagged[] = [];
  /** Context slots of mapped parameters, by SharedFunctionInfo.UniqueId. A cache. */
  readonly mappedParameterSlots = new Map<number, number[]>();
  /** Whether host code runs that is C++ in V8 (cpp-builtins.ts); conversions say so. */
  isInCpp = false;
  /** Whether property accesses leave feedback (--use-ic). */
  usesInlineCaches = true;
  /** Depth of nested dispatchers; bounded by the isolate. */
  nesting = 0;
  private readonly argumentsPool: Arguments[] = [];
  private argumentsDepth = 0;
  private readonly runtimeArgumentsPool: RuntimeArguments[] = [];
  private runtimeArgumentsDepth = 0;

  constructor(heap: Heap, factory: Factory = new Factory(heap), hooks?: RuntimeHooks, host?: RuntimeHost) {
    this.heap = heap;
    this.factory = factory;
    this.hooks = hooks ?? missingHooks();
    this.host = host ?? processHost();
    heap.afterMarking.push((isLive) => {
      for (const [value, word] of this.smallNumberStrings.entries())
        if (word !== undefined && !isLive(word)) delete this.smallNumberStrings[value];
    });
    Object.freeze(declaredBuiltins);
    this.builtins = declaredBuiltins.slice();
    this.realms = new NativeContexts(this);
    if (heap.isRestored) {
      this.nativeContext = root(heap, Root.NativeContext) as Immovable;
      this.realms.add(this.nativeContext);
    }
    this.names = heap.isRestored ? restoredNames(heap, this.intrinsic(NativeContextSlot.Names)) : makeNames(factory);
    const symbols: Record<string, Tagged> = {};
    for (const [name] of rootSymbols) symbols[name] = rootSymbol(heap, name);
    this.symbols = symbols as Record<RootSymbolName, Immovable>;
    heap.isolateWord(IsolateData.PendingException, StaticRoot.TheHole);
    if (!heap.isRestored) return;
    this.errorStackAccessor = this.intrinsic(NativeContextSlot.ErrorStackAccessor);
    this.bootstrapping = false;
  }

  // --- parts ------------------------------------------------------------------------------------------------------

  private readonly parts = new Map<RuntimePart<unknown>, unknown>();

  /** The part of this class; the same one each time. */
  part<T>(kind: RuntimePart<T>): T {
    let part = this.parts.get(kind) as T | undefined;
    if (part === undefined) {
      part = new kind(this);
      this.parts.set(kind, part);
    }
    return part;
  }

  // --- native context ---------------------------------------------------------------------------------------------

  intrinsic(slot: NativeContextSlot): Tagged {
    return this.heap.i32[(this.nativeContext + Context.Slots - 1 + 4 * slot) >> 2]!;
  }

  setIntrinsic(slot: NativeContextSlot, value: Tagged): void {
    this.heap.setElement(this.nativeContext, Context.Slots, slot, value);
  }

  /** A slot of what belongs to the isolate, not to a realm. */
  shared(slot: NativeContextSlot): Tagged {
    return this.realms.intrinsicOf(this.realms.all[0]!, slot);
  }

  setShared(slot: NativeContextSlot, value: Tagged): void {
    this.heap.setElement(this.realms.all[0]!, Context.Slots, slot, value);
  }

  /** Code of a function that is interpreted: its realm's. */
  trampolineOf(fn: Tagged): Tagged {
    const context = this.hasRealms ? this.realms.ofFunction(fn) : this.nativeContext;
    return this.realms.intrinsicOf(context, NativeContextSlot.InterpreterTrampolineCode);
  }

  /** Whether `fn` is JavaScript of another realm than the current one. */
  isForeign(fn: Tagged): boolean {
    if (!this.hasRealms) return false;
    const { heap } = this;
    const data = heap.get(heap.get(fn, JSFunction.SharedFunctionInfo), SharedFunctionInfo.FunctionData);
    return (data & 1) !== 0 && this.realms.ofFunction(fn) !== this.nativeContext;
  }

  /** Context of the innermost JS frame while in the runtime. */
  get currentContext(): Tagged {
    const fp = this.heap.readIsolateWord(IsolateData.CEntryFp);
    if (fp === 0) return this.nativeContext;
    // a runtime exit frame has its marker there, and the context below it
    const word = this.heap.i32[(fp + FrameOffset.Context) >> 2]!;
    return (word & 1) !== 0 ? word : this.heap.i32[(fp + ExitFrame.Context) >> 2]!;
  }

  /** Handles of arrays that are being joined, against cycles. */
  readonly joining: number[] = [];
  /** Holes that the last collection of a sort's values met. */
  sortHoles = 0;

  /** Host text of a value for messages and natives; runs no JavaScript. */
  toText(value: Tagged): string {
    return renderForMessage(this, value);
  }

  // --- calls ------------------------------------------------------------------------------------------------------

  /** Calls a JS function in a nested dispatcher. Anything may be collected: raw words of the caller are stale after it. */
  call(target: Tagged, receiver: Tagged, ...args: Tagged[]): Tagged {
    return this.hooks.call(target, receiver, args);
  }

  construct(target: Tagged, args: readonly Tagged[], newTarget: Tagged = target): Tagged {
    return this.hooks.construct(target, newTarget, args);
  }

  /** Counts host recursion that the emulated stack does not see (proxy chains). */
  enterNesting(): void {
    if (this.nesting >= maxNesting) throwRangeError(this, 'StackOverflow');
    this.nesting++;
  }

  leaveNesting(): void {
    this.nesting--;
  }

  /** In a loop of host code whose length the program decides; see Heap.poll. */
  poll(): void {
    this.heap.poll();
  }

  /**
   * One operation of the host on the program's own data, whose time nobody can foresee: a regular expression, arithmetic of huge BigInts.
   * Where somebody may interrupt it, it runs with a limit of time, and anew with twice that; so `action` begins at its beginning.
   * @param isLong whether it may take long; asked only then
   */
  patiently<T>(isLong: () => boolean, action: () => T): T {
    const { patiently } = this.hooks;
    return patiently === undefined ? action() : patiently(isLong, action);
  }

  /** Somebody asks to pause or to end. What may run JavaScript looks, so that long loops of host code can be interrupted. */
  get isInterrupted(): boolean {
    return (
      (this.heap.i32[(Region.IsolateData + IsolateData.InterruptRequests) >> 2]! &
        (Interrupt.Pause | Interrupt.Terminate)) !==
      0
    );
  }

  /** Serves the request, with these words in handles; what they are afterwards. */
  serveInterrupt(...words: Tagged[]): Tagged[] {
    const { heap } = this;
    const scope = heap.openHandles();
    const handles = words.map((word) => heap.handle(word));
    this.hooks.serveInterrupt?.();
    const current = handles.map((handle) => heap.deref(handle));
    heap.closeHandles(scope);
    return current;
  }

  // --- exceptions -------------------------------------------------------------------------------------------------

  get pendingException(): Tagged {
    return this.heap.readIsolateWord(IsolateData.PendingException);
  }

  get hasPendingException(): boolean {
    return this.heap.readIsolateWord(IsolateData.PendingException) !== StaticRoot.TheHole;
  }

  /** Takes the pending exception (after catching `jsException`). */
  takeException(): Tagged {
    const exception = this.pendingException;
    this.heap.isolateWord(IsolateData.PendingException, StaticRoot.TheHole);
    this.isRethrown = false;
    this.heap.isolateWord(IsolateData.PendingMessage, StaticRoot.TheHole);
    return exception;
  }

  // The pending message is where the pending exception was thrown: FixedArray [script, start, end]; a finally block keeps it aside.

  /** The pending exception comes from here, unless it is known already where it comes from. */
  setPendingMessage(script: Tagged, start: number, end: number): void {
    if (this.heap.readIsolateWord(IsolateData.PendingMessage) !== StaticRoot.TheHole) return;
    const message = this.factory.newFixedArrayFrom([script, start << 1, end << 1]);
    this.heap.isolateWord(IsolateData.PendingMessage, message);
  }

  /** Throws an error of a text that is no program's file: JSON, the code of an eval. */
  throwAt(value: Tagged, text: string, name: string, start: number, end: number): never {
    const { factory } = this;
    const script = factory.newScript(factory.newString(text), factory.internalize(name), textScript);
    this.heap.isolateWord(IsolateData.PendingMessage, StaticRoot.TheHole);
    this.setPendingMessage(script, start, end);
    return this.throw(value);
  }

  /** Throws on what was thrown before: it keeps the place where that was. */
  rethrow(value: Tagged): never {
    this.setPendingException(value);
    this.isRethrown = true;
    throw jsException;
  }
  /** The exception on its way goes on from a finally block; the unwinder takes the mark away. */
  isRethrown = false;

  setPendingException(value: Tagged): void {
    this.heap.isolateWord(IsolateData.PendingException, value);
  }

  /** Throws a JS value from host code. */
  throw(value: Tagged): never {
    this.setPendingException(value);
    this.isRethrown = false;
    throw jsException;
  }

  // --- host function tables ----------------------------------------------------------------------------------------

  /** Whether a builtin is a shell's, not the standard library's: V8 shows no frames of those. */
  isShellBuiltin(id: number): boolean {
    return id >= declaredBuiltins.length;
  }

  /** Registers a host function of this runtime alone: a shell's. */
  registerBuiltin(name: string, fn: BuiltinFunction): RegisteredBuiltin {
    return addBuiltin(this.builtins, name, fn, Writes.Anything);
  }

  /** Runs host builtin `id` on the builtin frame at `fp`. The dispatcher pops the frame. Throws `jsException`. */
  callBuiltin(id: number, fp: Address): Tagged {
    if (!this.hasRealms) return this.runBuiltin(id, fp);
    const outer = this.nativeContext;
    this.realms.enter(this.realms.ofFunction(this.heap.i32[(fp - 16) >> 2]!));
    try {
      return this.runBuiltin(id, fp);
    } finally {
      this.realms.enter(outer);
    }
  }

  private runBuiltin(id: number, fp: Address): Tagged {
    const depth = this.argumentsDepth++;
    const outer = this.isInCpp;
    const builtin = this.builtins[id]!;
    this.isInCpp = builtin.isCpp;
    this.argumentsPool[depth] ??= new Arguments(this.heap);
    const args = this.argumentsPool[depth];
    args.fp = fp;
    try {
      return builtin.fn(this, args);
    } finally {
      this.argumentsDepth = depth;
      this.isInCpp = outer;
    }
  }

  /** Runs a runtime function on `count` arguments, argument i at stack offset `base - 8 i`. */
  callRuntime(fn: RuntimeFunctionImpl, base: number, count: number): Tagged {
    const depth = this.runtimeArgumentsDepth++;
    this.runtimeArgumentsPool[depth] ??= new RuntimeArguments(this.heap);
    const args = this.runtimeArgumentsPool[depth];
    args.base = base;
    args.length = count;
    try {
      return fn(this, args);
    } finally {
      this.runtimeArgumentsDepth = depth;
    }
  }

  /** Forgets all arguments in use: when the isolate abandons host frames (termination). */
  resetArguments(): void {
    this.argumentsDepth = 0;
    this.runtimeArgumentsDepth = 0;
    this.isInCpp = false;
  }

  /** Converts as C++ does, in a builtin that is C++ in parts only. */
  asCpp<T>(convert: () => T): T {
    const outer = this.isInCpp;
    this.isInCpp = true;
    try {
      return convert();
    } finally {
      this.isInCpp = outer;
    }
  }
}
