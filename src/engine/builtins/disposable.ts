// DisposableStack, AsyncDisposableStack, and the stacks behind `using` and `await using` (ECMA-262, explicit resource
// management). One layout for all three:
//
//   JSDisposableStack ─▶ Entries: FixedArray [value, method, EntryKind] …, Length of them used
//                        State: bits of State; Error: what the disposal ends with so far
//
// Disposal is done in steps, because an async one waits between them: `disposeNext` goes on where the last call stopped, and
// says what to wait for, or that it is over.

import { elementAt, type Tagged } from '../heap/index.ts';
import {
  FixedArray,
  InstanceType,
  JSDisposableStack,
  lookupOwn,
  StaticRoot,
  type TaggedField,
} from '../objects/index.ts';
import {
  addOrReplace,
  type BuiltinFunction,
  declareBuiltin,
  getProperty,
  hasInstanceType,
  initialMapForConstructor,
  isCallable,
  isJSReceiver,
  isUndefinedOrNull,
  js,
  jsException,
  makeConstructor,
  NativeContextSlot,
  newErrorObject,
  ordinaryCreateFromConstructor,
  type Runtime,
  type RuntimeFunctionRows,
  throwReferenceError,
  throwTypeError,
  toOddball,
  Writes,
  writingFirst,
  writingNothing,
} from '../runtime/index.ts';
import { held } from './object.ts';
import { newPromise, promiseResolve, rejectPromise } from './promise.ts';
import { type BuiltinRow, builtinTable, installAlias, installTable, installToStringTag } from './table.ts';

const { Undefined, True } = StaticRoot;

enum State {
  Disposed = 1,
  /** Something async was there, and nothing has been waited for since. */
  NeedsAwait = 2,
  HasAwaited = 4,
  /** Error holds what the disposal ends with … */
  HasError = 8,
  /** … and it is not what the block ended with. */
  Threw = 16,
  Begun = 32,
}

/** How an entry is disposed of: bits of a Smi. */
enum EntryKind {
  Sync = 0,
  /** What the method returns is waited for. */
  Async = 1,
  /** A [Symbol.dispose] in the place of a missing [Symbol.asyncDispose]: what it returns is not looked at. */
  Adapted = 2,
  /** `adopt`: the value is the method's argument, not its receiver. */
  Argument = 4,
}

const entryWords = 3;
/** DeferredCommands' token of an exception. */
const rethrowToken = 0;

const stateOf = (rt: Runtime, stack: Tagged): number => rt.heap.get(stack, JSDisposableStack.State) >> 1;
const setState = (rt: Runtime, stack: Tagged, state: number): void =>
  rt.heap.init(stack, JSDisposableStack.State, state << 1);
const lengthOf = (rt: Runtime, stack: Tagged): number => rt.heap.get(stack, JSDisposableStack.Length) >> 1;

const initialize = (rt: Runtime, stack: Tagged): Tagged => {
  rt.heap.set(stack, JSDisposableStack.Entries, StaticRoot.EmptyFixedArray);
  rt.heap.init(stack, JSDisposableStack.Length, 0);
  setState(rt, stack, 0);
  rt.heap.set(stack, JSDisposableStack.Error, Undefined);
  return stack;
};

const newStack = (rt: Runtime, slot: NativeContextSlot): Tagged =>
  initialize(rt, rt.factory.newJSObject(initialMapForConstructor(rt, rt.intrinsic(slot))));

/** Does not run JavaScript. */
const addEntry = (rt: Runtime, stack: Tagged, value: Tagged, method: Tagged, kind: number): void => {
  const { heap, factory } = rt;
  const length = lengthOf(rt, stack);
  const entries = heap.get(stack, JSDisposableStack.Entries);
  const capacity = (heap.get(entries, FixedArray.Length) >> 1) / entryWords;
  const at = (i: number): TaggedField => elementAt(FixedArray.Elements, i);
  let into = entries;
  if (length === capacity) {
    into = factory.newFixedArray(entryWords * Math.max(4, 2 * capacity), Undefined);
    for (let i = 0; i < entryWords * length; i++) heap.set(into, at(i), heap.get(entries, at(i)));
    heap.set(stack, JSDisposableStack.Entries, into);
  }
  heap.set(into, at(entryWords * length), value);
  heap.set(into, at(entryWords * length + 1), method);
  heap.set(into, at(entryWords * length + 2), kind << 1);
  heap.init(stack, JSDisposableStack.Length, (length + 1) << 1);
};

/** AddDisposableResource: looks the method up and remembers both. Returns the value. */
const addDisposable = (rt: Runtime, stack: Tagged, value: Tagged, isAsync: boolean): Tagged => {
  if (isUndefinedOrNull(value)) {
    // An async one is waited for all the same.
    if (isAsync) addEntry(rt, stack, Undefined, Undefined, EntryKind.Async);
    return value;
  }
  if (!isJSReceiver(rt, value)) throwTypeError(rt, 'ExpectAnObjectWithUsing');
  return held(rt, [stack, value], (s, v) => {
    let method: Tagged = Undefined;
    let kind = EntryKind.Sync;
    if (isAsync) {
      method = getProperty(rt, v(), rt.symbols.async_dispose_symbol);
      kind = EntryKind.Async;
    }
    if (!isAsync || isUndefinedOrNull(method)) {
      method = getProperty(rt, v(), rt.symbols.dispose_symbol);
      if (isAsync) kind |= EntryKind.Adapted;
      if (!isCallable(rt, method)) throwTypeError(rt, 'CalledNonCallable', rt.symbols.dispose_symbol);
    } else if (!isCallable(rt, method)) throwTypeError(rt, 'CalledNonCallable', rt.symbols.async_dispose_symbol);
    addEntry(rt, s(), v(), method, kind);
    return v();
  });
};

/** An error of the disposal: alone, or with what it suppresses. */
const addError = (rt: Runtime, stack: Tagged, error: Tagged): void => {
  const state = stateOf(rt, stack);
  setState(rt, stack, state | State.HasError | State.Threw);
  if ((state & State.HasError) === 0) {
    rt.heap.set(stack, JSDisposableStack.Error, error);
    return;
  }
  held(rt, [stack, error], (s, e) => {
    const suppressing = newErrorObject(rt, 'SuppressedError', 'An error was suppressed during disposal');
    held(rt, [suppressing], (w) => {
      addSuppressed(rt, w(), e(), rt.heap.get(s(), JSDisposableStack.Error));
      rt.heap.set(s(), JSDisposableStack.Error, w());
    });
  });
};

/** Own properties `error` and `suppressed` of a SuppressedError. */
export const addSuppressed = (rt: Runtime, object: Tagged, error: Tagged, suppressed: Tagged): void =>
  held(rt, [object, error, suppressed], (o, e, s) => {
    const hidden = 2; // DontEnum
    addOrReplace(rt, o(), rt.factory.internalize('error'), e(), hidden);
    addOrReplace(rt, o(), rt.factory.internalize('suppressed'), s(), hidden);
  });

const resolved = (rt: Runtime, value: Tagged): Tagged =>
  promiseResolve(rt, rt.intrinsic(NativeContextSlot.PromiseFunction), value);

/** Calls the newest entry's method, which is taken off. Returns what to wait for; throws what it throws. */
const disposeNewest = (rt: Runtime, stack: Tagged): Tagged | undefined => {
  const { heap } = rt;
  const length = lengthOf(rt, stack) - 1;
  const entries = heap.get(stack, JSDisposableStack.Entries);
  const word = (i: number): Tagged => heap.getElement(entries, FixedArray.Elements, entryWords * length + i);
  const kind = word(2) >> 1;
  heap.init(stack, JSDisposableStack.Length, length << 1);
  if (word(1) === Undefined) {
    setState(rt, stack, stateOf(rt, stack) | State.NeedsAwait);
    return undefined;
  }
  return held(rt, [stack, word(0), word(1)], (s, value, method) => {
    const call = (): Tagged =>
      (kind & EntryKind.Argument) !== 0 ? rt.call(method(), Undefined, value()) : rt.call(method(), value());
    if ((kind & EntryKind.Async) === 0) {
      call();
      return undefined;
    }
    let result: Tagged;
    if ((kind & EntryKind.Adapted) === 0) result = resolved(rt, call());
    else {
      // What it throws, a promise rejects with.
      try {
        call();
        result = resolved(rt, Undefined);
      } catch (error) {
        if (error !== jsException) throw error;
        result = held(rt, [rt.takeException(), newPromise(rt)], (reason, promise) => {
          rejectPromise(rt, promise(), reason());
          return promise();
        });
      }
    }
    setState(rt, s(), stateOf(rt, s()) | State.HasAwaited);
    return result;
  });
};

/** DisposeResources, up to the next thing to wait for: that promise, or true at the end. Throws what the disposal ends with. */
const disposeNext = (rt: Runtime, stack: Tagged): Tagged =>
  held(rt, [stack], (s) => {
    while (lengthOf(rt, s()) > 0) {
      const state = stateOf(rt, s());
      const next = elementAt(FixedArray.Elements, entryWords * lengthOf(rt, s()) - 1);
      const kind = rt.heap.get(rt.heap.get(s(), JSDisposableStack.Entries), next) >> 1;
      if ((kind & EntryKind.Async) === 0 && (state & (State.NeedsAwait | State.HasAwaited)) === State.NeedsAwait) {
        setState(rt, s(), state & ~State.NeedsAwait);
        return resolved(rt, Undefined);
      }
      try {
        const awaited = disposeNewest(rt, s());
        if (awaited !== undefined) return awaited;
      } catch (error) {
        if (error !== jsException) throw error;
        addError(rt, s(), rt.takeException());
      }
    }
    const state = stateOf(rt, s());
    if ((state & (State.NeedsAwait | State.HasAwaited)) === State.NeedsAwait) {
      setState(rt, s(), state & ~State.NeedsAwait);
      return resolved(rt, Undefined);
    }
    setState(rt, s(), state | State.Disposed);
    if ((state & State.Threw) !== 0) return rt.throw(rt.heap.get(s(), JSDisposableStack.Error));
    return True;
  });

/** What the bytecodes of `using` call (ignition/disposal.ts), and the library's own JavaScript below. */
export const disposableNatives: RuntimeFunctionRows = {
  ...writingNothing({
    InitializeDisposableStack: (rt) => newStack(rt, NativeContextSlot.DisposableStackFunction),
  }),
  ...writingFirst({
    AddDisposableValue: (rt, args) => addDisposable(rt, args.at(0), args.at(1), false),
    AddAsyncDisposableValue: (rt, args) => addDisposable(rt, args.at(0), args.at(1), true),
    DisposeDisposableStack: (rt, args) => {
      const stack = args.at(0);
      const state = stateOf(rt, stack);
      if ((state & State.Begun) === 0) {
        const failed = args.at(1) === rethrowToken << 1;
        setState(rt, stack, state | State.Begun | (failed ? State.HasError : 0));
        if (failed) rt.heap.set(stack, JSDisposableStack.Error, args.at(2));
      }
      return disposeNext(rt, stack);
    },
    HandleExceptionsInDisposeDisposableStack: (rt, args) =>
      held(rt, [args.at(0)], (stack) => {
        addError(rt, stack(), args.at(1));
        return stack();
      }),
    /** Marks an AsyncDisposableStack as disposed; whether it was not yet. */
    BeginAsyncDisposal: (rt, args) => {
      const stack = args.at(0);
      if (!hasInstanceType(rt, stack, InstanceType.JSAsyncDisposableStack))
        throwTypeError(rt, 'Plain', 'Receiver is not an AsyncDisposableStack');
      const state = stateOf(rt, stack);
      setState(rt, stack, state | State.Disposed);
      return toOddball((state & State.Disposed) === 0);
    },
  }),
};

// --- the classes -------------------------------------------------------------------------------------------------------------

interface Kind {
  readonly name: 'DisposableStack' | 'AsyncDisposableStack';
  readonly type: InstanceType;
  readonly slot: NativeContextSlot;
  readonly isAsync: boolean;
}

const kinds: readonly Kind[] = [
  {
    name: 'DisposableStack',
    type: InstanceType.JSDisposableStack,
    slot: NativeContextSlot.DisposableStackFunction,
    isAsync: false,
  },
  {
    name: 'AsyncDisposableStack',
    type: InstanceType.JSAsyncDisposableStack,
    slot: NativeContextSlot.AsyncDisposableStackFunction,
    isAsync: true,
  },
];

const dispose: BuiltinFunction = (rt, args) => {
  const stack = args.receiver;
  if (!hasInstanceType(rt, stack, InstanceType.JSDisposableStack))
    throwTypeError(rt, 'IncompatibleMethodReceiver', 'DisposableStack.prototype.dispose', stack);
  const state = stateOf(rt, stack);
  if ((state & State.Disposed) !== 0) return Undefined;
  setState(rt, stack, state | State.Disposed);
  disposeNext(rt, stack);
  return Undefined;
};

const disposeAsync = js`function disposeAsync() {
    'use strict';
    const stack = this;
    return (async () => {
      if (!%BeginAsyncDisposal(stack)) return;
      for (;;) {
        const promise = %DisposeDisposableStack(stack, -1, undefined, undefined, 1);
        if (promise === true) return;
        try { await promise; } catch (error) { %HandleExceptionsInDisposeDisposableStack(stack, error, undefined); }
      }
    })();
  }`;

const tableOf = ({ name, type, slot, isAsync }: Kind) => {
  /** A method of a stack that is not disposed of yet. */
  const method = (key: string, length: number, body: BuiltinFunction): BuiltinRow => [
    key,
    (rt, args) => {
      const full = `${name}.prototype.${key}`;
      if (!hasInstanceType(rt, args.receiver, type))
        throwTypeError(rt, 'IncompatibleMethodReceiver', full, args.receiver);
      if ((stateOf(rt, args.receiver) & State.Disposed) !== 0)
        throwReferenceError(rt, 'Plain', `Cannot call ${full} on an already-disposed DisposableStack`);
      return body(rt, args);
    },
    length,
    Writes.First,
  ];
  const callable = (rt: Runtime, value: Tagged): void => {
    if (!isCallable(rt, value)) throwTypeError(rt, 'CalledNonCallable', value);
  };
  const hint = isAsync ? EntryKind.Async : EntryKind.Sync;
  return builtinTable(`${name}.prototype`, [
    method('use', 1, (rt, args) => addDisposable(rt, args.receiver, args.at(0), isAsync)),
    isAsync ? ['disposeAsync', disposeAsync, 0] : ['dispose', dispose, 0],
    method('adopt', 2, (rt, args) => {
      callable(rt, args.at(1));
      addEntry(rt, args.receiver, args.at(0), args.at(1), hint | EntryKind.Argument);
      return args.at(0);
    }),
    method('defer', 1, (rt, args) => {
      callable(rt, args.at(0));
      addEntry(rt, args.receiver, Undefined, args.at(0), hint);
      return Undefined;
    }),
    method('move', 0, (rt, args) => {
      const { heap } = rt;
      const moved = newStack(rt, slot);
      for (const field of [JSDisposableStack.Entries, JSDisposableStack.Length] as const)
        heap.set(moved, field, heap.get(args.receiver, field));
      initialize(rt, args.receiver);
      setState(rt, args.receiver, State.Disposed);
      return moved;
    }),
    [
      'get disposed',
      (rt, args) => {
        if (!hasInstanceType(rt, args.receiver, type))
          throwTypeError(rt, 'IncompatibleMethodReceiver', `get ${name}.prototype.disposed`, args.receiver);
        return toOddball((stateOf(rt, args.receiver) & State.Disposed) !== 0);
      },
      0,
      Writes.Nothing,
    ],
  ]);
};

const declared = kinds.map((kind) => ({
  kind,
  implementation: declareBuiltin(kind.name, (rt, args) => {
    if (args.newTarget === Undefined) throwTypeError(rt, 'ConstructorNotFunction', kind.name);
    return initialize(rt, ordinaryCreateFromConstructor(rt, args.target, args.newTarget));
  }),
  table: tableOf(kind),
}));

export const bootstrapDisposable = (rt: Runtime): void => {
  for (const { kind, implementation, table } of declared) {
    makeConstructor(rt, {
      name: kind.name,
      implementation,
      length: 0,
      functionSlot: kind.slot,
      prototypeSlot: kind.isAsync
        ? NativeContextSlot.AsyncDisposableStackPrototype
        : NativeContextSlot.DisposableStackPrototype,
      type: kind.type,
      size: JSDisposableStack.Size,
    });
    const prototype = rt.intrinsic(
      kind.isAsync ? NativeContextSlot.AsyncDisposableStackPrototype : NativeContextSlot.DisposableStackPrototype,
    );
    installTable(rt, prototype, table);
    const method = rt.factory.internalize(kind.isAsync ? 'disposeAsync' : 'dispose');
    const symbol = kind.isAsync ? rt.symbols.async_dispose_symbol : rt.symbols.dispose_symbol;
    installAlias(rt, prototype, symbol, lookupOwn(rt.heap, rt.factory, prototype, method).value);
    installToStringTag(rt, prototype, kind.name);
  }
};
