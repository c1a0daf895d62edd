// Promise: abstract operations (ECMA-262 §27.2), prototype, microtask jobs. The combinators are in promise-js.ts.
//
//   pending:  ReactionsOrResult = Smi 0 or the newest PromiseReaction, linked by Next to older ones
//   settled:  ReactionsOrResult = value or reason
//
// A reaction's PromiseOrCapability is a JSPromise (the ordinary case), a FixedArray [promise, resolve, reject] or undefined.
// Kind is a Smi, ReactionKind: what the reaction job does; for other kinds than Function the handlers hold the
// generator or iterator concerned.

import { IsolateData, Space, type Tagged } from '../heap/index.ts';
import {
  addDataProperty,
  FixedArray,
  InstanceType,
  JSPromise,
  lookupOwn,
  PromiseReaction,
  PropertyAttributes,
  Root,
  StaticRoot,
} from '../objects/index.ts';
import {
  type Arguments,
  addOrReplace,
  type BuiltinFunction,
  declareBuiltin,
  getProperty,
  hasInstanceType,
  invoke,
  isCallable,
  isConstructor,
  isErrorObject,
  isJSReceiver,
  isProtectorIntact,
  jsException,
  makeConstructor,
  mapOf,
  NativeContextSlot,
  newError,
  newPlainObject,
  ordinaryCreateFromConstructor,
  type Runtime,
  type RuntimeFunctionRows,
  speciesConstructor,
  throwTypeError,
  writingNothing,
} from '../runtime/index.ts';
import {
  ClosureKind,
  capturedAt,
  captureOf,
  installClosureTemplates,
  newCapture,
  newEngineClosure,
  setCaptured,
} from './closures.ts';
import { describeType } from './function.ts';
import {
  addRejection,
  dequeueTask,
  enqueueTask,
  removeRejection,
  TaskKind,
  takeRejections,
  taskField,
} from './microtasks.ts';
import { held } from './object.ts';
import * as js from './promise-js.ts';
import { builtinTable, installTable, installToStringTag, speciesGetter } from './table.ts';
import { clearKeptObjects } from './weak-ref.ts';

const { Undefined, True, False } = StaticRoot;

export enum PromiseStatus {
  Pending = 0,
  Fulfilled = 1,
  Rejected = 2,
}
const statusMask = 3;
const hasHandler = 4;

export enum ReactionKind {
  Function,
  Await,
  AsyncGeneratorAwait,
  AsyncGeneratorYield,
  AsyncGeneratorYieldReturn,
  AsyncGeneratorReturn,
  AsyncFromSync,
  AsyncFromSyncDone,
  /** The code of a module with top-level await settled; the handler is its id. */
  ModuleSettled,
  /** import(): read and run the module that the handler (FixedArray) describes. */
  ImportModule,
  /** import(): the evaluation of the module whose id is the handler settled. */
  ModuleEvaluated,
  Count,
}

/** What jobs of the kinds other than Function do; filled by async.ts. `reaction`'s handler may be read before any call. */
export type ReactionJob = (rt: Runtime, reaction: Tagged, argument: Tagged, rejected: boolean) => void;
export const reactionJobs: (ReactionJob | undefined)[] = new Array(ReactionKind.Count).fill(undefined);

const flagsOf = (rt: Runtime, promise: Tagged): number => rt.heap.get(promise, JSPromise.Flags) >> 1;
export const promiseStatus = (rt: Runtime, promise: Tagged): PromiseStatus => flagsOf(rt, promise) & statusMask;
export const isPromise = (rt: Runtime, value: Tagged): boolean => hasInstanceType(rt, value, InstanceType.JSPromise);

const initialize = (rt: Runtime, promise: Tagged): Tagged => {
  rt.heap.init(promise, JSPromise.ReactionsOrResult, 0);
  rt.heap.init(promise, JSPromise.Flags, 0);
  return promise;
};

/** Value or reason of a settled promise. */
export const promiseResult = (rt: Runtime, promise: Tagged): Tagged =>
  rt.heap.get(promise, JSPromise.ReactionsOrResult);

/** Somebody saw the rejection. */
export const markPromiseHandled = (rt: Runtime, promise: Tagged): void => {
  if (promiseStatus(rt, promise) === PromiseStatus.Rejected && (flagsOf(rt, promise) & hasHandler) === 0)
    removeRejection(rt, promise);
  rt.heap.init(promise, JSPromise.Flags, (flagsOf(rt, promise) | hasHandler) << 1);
};

export const newPromise = (rt: Runtime): Tagged =>
  initialize(rt, rt.factory.newJSObject(rt.intrinsic(NativeContextSlot.PromiseMap)));

// --- settling -----------------------------------------------------------------------------------------------------------

const settle = (rt: Runtime, promise: Tagged, status: PromiseStatus, value: Tagged): void => {
  const { heap } = rt;
  let reaction = heap.get(promise, JSPromise.ReactionsOrResult);
  heap.set(promise, JSPromise.ReactionsOrResult, value);
  heap.init(promise, JSPromise.Flags, (flagsOf(rt, promise) | status) << 1);
  // newest first in the list; jobs oldest first
  const reactions: Tagged[] = [];
  for (; reaction !== 0; reaction = heap.get(reaction, PromiseReaction.Next)) reactions.push(reaction);
  for (let i = reactions.length - 1; i >= 0; i--)
    enqueueTask(rt, TaskKind.Reaction, reactions[i]!, value, status === PromiseStatus.Rejected ? 2 : 0);
};

/** Runs no JavaScript. */
export const fulfillPromise = (rt: Runtime, promise: Tagged, value: Tagged): void =>
  settle(rt, promise, PromiseStatus.Fulfilled, value);

/** Runs no JavaScript. */
export const rejectPromise = (rt: Runtime, promise: Tagged, reason: Tagged): void => {
  if ((flagsOf(rt, promise) & hasHandler) === 0) addRejection(rt, promise);
  settle(rt, promise, PromiseStatus.Rejected, reason);
};

/** The steps of a promise resolve function after its guard. May run JavaScript (`then` getters); does not throw. */
export const resolvePromise = (rt: Runtime, promise: Tagged, resolution: Tagged): void => {
  if (resolution === promise) {
    rejectPromise(rt, promise, newError(rt, 'TypeError', 'PromiseCyclic', promise));
    return;
  }
  if (!isJSReceiver(rt, resolution)) {
    fulfillPromise(rt, promise, resolution);
    return;
  }
  held(rt, [promise, resolution], (p, r) => {
    let then: Tagged;
    try {
      then = getProperty(rt, r(), rt.names.then);
    } catch (error) {
      if (error !== jsException) throw error;
      rejectPromise(rt, p(), rt.takeException());
      return;
    }
    if (!isCallable(rt, then)) fulfillPromise(rt, p(), r());
    else enqueueTask(rt, TaskKind.Thenable, p(), r(), then);
  });
};

/** PerformPromiseThen. Handlers are callables or undefined (kind Function), or what the kind wants. Runs no JavaScript. */
export const performPromiseThen = (
  rt: Runtime,
  promise: Tagged,
  onFulfilled: Tagged,
  onRejected: Tagged,
  promiseOrCapability: Tagged,
  kind: ReactionKind = ReactionKind.Function,
): void => {
  const { heap } = rt;
  const status = promiseStatus(rt, promise);
  const next = status === PromiseStatus.Pending ? heap.get(promise, JSPromise.ReactionsOrResult) : 0;
  const reaction = rt.factory.newStruct(
    StaticRoot.PromiseReactionMap,
    Space.Young,
    next,
    onRejected,
    onFulfilled,
    promiseOrCapability,
    kind << 1,
    rt.shared(NativeContextSlot.ContinuationData),
  );
  if (status === PromiseStatus.Pending) heap.set(promise, JSPromise.ReactionsOrResult, reaction);
  else {
    if (status === PromiseStatus.Rejected && (flagsOf(rt, promise) & hasHandler) === 0) removeRejection(rt, promise);
    enqueueTask(
      rt,
      TaskKind.Reaction,
      reaction,
      heap.get(promise, JSPromise.ReactionsOrResult),
      status === PromiseStatus.Rejected ? 2 : 0,
    );
  }
  heap.init(promise, JSPromise.Flags, (flagsOf(rt, promise) | hasHandler) << 1);
};

/** PromiseResolve(C, value). May run JavaScript. */
export const promiseResolve = (rt: Runtime, constructor: Tagged, value: Tagged): Tagged => {
  if (
    isPromise(rt, value) &&
    isOriginalPromise(rt, value) &&
    constructor === rt.intrinsic(NativeContextSlot.PromiseFunction)
  )
    return value;
  return held(rt, [constructor, value], (c, v) => {
    if (isPromise(rt, v()) && getProperty(rt, v(), rt.names.constructor) === c()) return v();
    if (c() === rt.intrinsic(NativeContextSlot.PromiseFunction)) {
      const promise = rt.heap.handle(newPromise(rt));
      resolvePromise(rt, rt.heap.deref(promise), v());
      return rt.heap.deref(promise);
    }
    const capability = rt.heap.handle(newPromiseCapability(rt, c()));
    rt.call(rt.heap.getElement(rt.heap.deref(capability), FixedArray.Elements, 1), Undefined, v());
    return rt.heap.get(rt.heap.deref(capability), FixedArray.Elements);
  });
};

/** A promise whose `constructor` is surely Promise. */
const isOriginalPromise = (rt: Runtime, promise: Tagged): boolean =>
  mapOf(rt, promise) === rt.intrinsic(NativeContextSlot.PromiseMap) &&
  isProtectorIntact(rt, Root.PromiseSpeciesProtector);

// --- capabilities --------------------------------------------------------------------------------------------------------

/** CreateResolvingFunctions: [resolve, reject]. */
const resolvingFunctions = (rt: Runtime, promise: Tagged): [Tagged, Tagged] => {
  const capture = newCapture(rt, [promise, False]);
  return [
    newEngineClosure(rt, ClosureKind.PromiseResolve, capture),
    newEngineClosure(rt, ClosureKind.PromiseReject, capture),
  ];
};

const resolvingFunction =
  (resolve: boolean): BuiltinFunction =>
  (rt, args) => {
    const capture = captureOf(rt, args);
    if (capturedAt(rt, capture, 1) === True) return Undefined;
    setCaptured(rt, capture, 1, True);
    const promise = capturedAt(rt, capture, 0);
    if (resolve) resolvePromise(rt, promise, args.at(0));
    else rejectPromise(rt, promise, args.at(0));
    return Undefined;
  };

const capabilityExecutor: BuiltinFunction = (rt, args) => {
  const capture = captureOf(rt, args);
  if (capturedAt(rt, capture, 0) !== Undefined || capturedAt(rt, capture, 1) !== Undefined)
    throwTypeError(rt, 'PromiseExecutorAlreadyInvoked');
  setCaptured(rt, capture, 0, args.at(0));
  setCaptured(rt, capture, 1, args.at(1));
  return Undefined;
};

/** NewPromiseCapability: FixedArray [promise, resolve, reject]. May run JavaScript. */
export const newPromiseCapability = (rt: Runtime, constructor: Tagged): Tagged => {
  if (constructor === rt.intrinsic(NativeContextSlot.PromiseFunction)) {
    const promise = newPromise(rt);
    return rt.factory.newFixedArrayFrom([promise, ...resolvingFunctions(rt, promise)]);
  }
  if (!isConstructor(rt, constructor)) throwTypeError(rt, 'NotConstructor', constructor);
  return held(rt, [newCapture(rt, [Undefined, Undefined])], (capture) => {
    const promise = rt.construct(constructor, [newEngineClosure(rt, ClosureKind.CapabilityExecutor, capture())]);
    const resolve = capturedAt(rt, capture(), 0);
    const reject = capturedAt(rt, capture(), 1);
    if (!isCallable(rt, resolve) || !isCallable(rt, reject)) throwTypeError(rt, 'PromiseNonCallable');
    return rt.factory.newFixedArrayFrom([promise, resolve, reject]);
  });
};

/** Resolves or rejects a reaction's PromiseOrCapability. May run JavaScript. */
export const settleCapability = (rt: Runtime, promiseOrCapability: Tagged, value: Tagged, rejected: boolean): void => {
  if (promiseOrCapability === Undefined) return;
  if (isPromise(rt, promiseOrCapability)) {
    if (rejected) rejectPromise(rt, promiseOrCapability, value);
    else resolvePromise(rt, promiseOrCapability, value);
    return;
  }
  rt.call(rt.heap.getElement(promiseOrCapability, FixedArray.Elements, rejected ? 2 : 1), Undefined, value);
};

// --- jobs ------------------------------------------------------------------------------------------------------------------

const runReaction: ReactionJob = (rt, reaction, argument, rejected) => {
  const { heap } = rt;
  const kind = heap.get(reaction, PromiseReaction.Kind) >> 1;
  if (kind !== ReactionKind.Function) {
    reactionJobs[kind]!(rt, reaction, argument, rejected);
    return;
  }
  const handler = heap.get(reaction, rejected ? PromiseReaction.RejectHandler : PromiseReaction.FulfillHandler);
  const capability = heap.handle(heap.get(reaction, PromiseReaction.PromiseOrCapability));
  if (handler === Undefined) {
    settleCapability(rt, heap.deref(capability), argument, rejected);
    return;
  }
  let result: Tagged;
  let threw = false;
  try {
    result = rt.call(handler, Undefined, argument);
  } catch (error) {
    if (error !== jsException) throw error;
    threw = true;
    result = rt.takeException();
  }
  settleCapability(rt, heap.deref(capability), result, threw);
};

/** NewPromiseResolveThenableJob. */
const runThenable = (rt: Runtime, promise: Tagged, thenable: Tagged, then: Tagged): void => {
  if (
    then === rt.intrinsic(NativeContextSlot.PromiseThen) &&
    isPromise(rt, thenable) &&
    isOriginalPromise(rt, thenable)
  ) {
    performPromiseThen(rt, thenable, Undefined, Undefined, promise);
    return;
  }
  const [resolve, reject] = resolvingFunctions(rt, promise);
  held(rt, [reject], (r) => {
    try {
      rt.call(then, thenable, resolve, reject);
    } catch (error) {
      if (error !== jsException) throw error;
      rt.call(r(), Undefined, rt.takeException());
    }
  });
};

/** An Error that a callback throws is shown where it was made: Node catches it and throws it on. */
const runCallback = (rt: Runtime, fn: Tagged): void => {
  try {
    rt.call(fn, Undefined);
  } catch (error) {
    if (error === jsException && isErrorObject(rt, rt.pendingException))
      rt.heap.isolateWord(IsolateData.PendingMessage, StaticRoot.TheHole);
    throw error;
  }
};

/**
 * Runs jobs until there are none. An exception of a `queueMicrotask` callback comes out as `jsException`; the rest stays
 * queued, so the caller reports it and calls again.
 */
export const runMicrotasks = (rt: Runtime): void => {
  const { heap } = rt;
  for (;;) {
    const task = dequeueTask(rt);
    if (task === Undefined) {
      clearKeptObjects(rt);
      return;
    }
    const scope = heap.openHandles();
    try {
      rt.setShared(NativeContextSlot.ContinuationData, taskField(rt, task, 4));
      const a = taskField(rt, task, 1);
      const b = taskField(rt, task, 2);
      const c = taskField(rt, task, 3);
      switch ((taskField(rt, task, 0) >> 1) as TaskKind) {
        case TaskKind.Callback:
          runCallback(rt, a);
          break;
        case TaskKind.Reaction:
          rt.setShared(NativeContextSlot.ContinuationData, heap.get(a, PromiseReaction.ContinuationData));
          rt.setShared(NativeContextSlot.CurrentReaction, a);
          runReaction(rt, a, b, c !== 0);
          break;
        case TaskKind.Thenable:
          runThenable(rt, a, b, c);
          break;
      }
    } finally {
      rt.setShared(NativeContextSlot.ContinuationData, Undefined);
      rt.setShared(NativeContextSlot.CurrentReaction, Undefined);
      heap.closeHandles(scope);
    }
  }
};

/** Reasons of promises that were rejected and still have no handler, oldest first; forgets them. Raw words. */
export const takeUnhandledRejections = (rt: Runtime): { readonly promise: Tagged; readonly reason: Tagged }[] =>
  takeRejections(rt).map((promise) => ({ promise, reason: rt.heap.get(promise, JSPromise.ReactionsOrResult) }));

// --- Promise ---------------------------------------------------------------------------------------------------------------

const PromiseConstructor: BuiltinFunction = (rt, args) => {
  const { heap } = rt;
  if (args.newTarget === Undefined) throwTypeError(rt, 'Plain', "Promise constructor cannot be invoked without 'new'");
  if (!isCallable(rt, args.at(0))) throwTypeError(rt, 'ResolverNotAFunction', args.at(0));
  args.receiver = initialize(rt, ordinaryCreateFromConstructor(rt, args.target, args.newTarget));
  const [resolve, reject] = resolvingFunctions(rt, args.receiver);
  const scope = heap.openHandles();
  const r = heap.handle(reject);
  try {
    rt.call(args.at(0), Undefined, resolve, reject);
  } catch (error) {
    if (error !== jsException) throw error;
    rt.call(heap.deref(r), Undefined, rt.takeException());
  } finally {
    heap.closeHandles(scope);
  }
  return args.receiver;
};

const PromisePrototypeThen: BuiltinFunction = (rt, args) => {
  const promise = args.receiver;
  if (!isPromise(rt, promise)) throwTypeError(rt, 'IncompatibleMethodReceiver', 'Promise.prototype.then', promise);
  if (isOriginalPromise(rt, promise)) return then(rt, args, newPromise(rt));
  const constructor = speciesConstructor(rt, promise, rt.intrinsic(NativeContextSlot.PromiseFunction));
  if (constructor === rt.intrinsic(NativeContextSlot.PromiseFunction)) return then(rt, args, newPromise(rt));
  return rt.heap.get(then(rt, args, newPromiseCapability(rt, constructor)), FixedArray.Elements);
};

/** The receiver's reactions, for a promise or a capability; gives that back. */
const then = (rt: Runtime, args: Arguments, capability: Tagged): Tagged => {
  const onFulfilled = isCallable(rt, args.at(0)) ? args.at(0) : Undefined;
  const onRejected = isCallable(rt, args.at(1)) ? args.at(1) : Undefined;
  performPromiseThen(rt, args.receiver, onFulfilled, onRejected, capability);
  return capability;
};

const receiverConstructor = (rt: Runtime, receiver: Tagged, method: string): void => {
  if (!isJSReceiver(rt, receiver)) throwTypeError(rt, 'CalledOnNonObject', method);
};

/** {promise, resolve, reject} of a capability, for JavaScript. */
const capabilityObject = (rt: Runtime, capability: Tagged): Tagged => {
  const { heap, names } = rt;
  const object = newPlainObject(rt);
  const add = (name: Tagged, i: number): void =>
    addDataProperty(heap, rt.factory, object, name, heap.getElement(capability, FixedArray.Elements, i));
  add(names.promise, 0);
  add(names.resolve, 1);
  add(names.reject, 2);
  return object;
};

const statics = builtinTable('Promise', [
  ['all', js.all, 1],
  ['allSettled', js.allSettled, 1],
  ['any', js.any, 1],
  ['race', js.race, 1],
  [
    'resolve',
    (rt, args) => {
      if (!isJSReceiver(rt, args.receiver)) throwTypeError(rt, 'CalledOnNonObject', 'PromiseResolve');
      return promiseResolve(rt, args.receiver, args.at(0));
    },
    1,
  ],
  [
    'reject',
    (rt, args) => {
      receiverConstructor(rt, args.receiver, 'PromiseReject');
      if (args.receiver === rt.intrinsic(NativeContextSlot.PromiseFunction)) {
        const promise = newPromise(rt);
        rejectPromise(rt, promise, args.at(0));
        return promise;
      }
      return held(rt, [newPromiseCapability(rt, args.receiver)], (capability) => {
        settleCapability(rt, capability(), args.at(0), true);
        return rt.heap.get(capability(), FixedArray.Elements);
      });
    },
    1,
  ],
  [
    'withResolvers',
    (rt, args) => {
      receiverConstructor(rt, args.receiver, 'Promise.withResolvers');
      return capabilityObject(rt, newPromiseCapability(rt, args.receiver));
    },
    0,
  ],
  ['try', js.tryCall, 1],
  speciesGetter,
]);

const prototypeTable = builtinTable('Promise.prototype', [
  ['then', PromisePrototypeThen, 2],
  ['catch', (rt, args) => invoke(rt, args.receiver, rt.names.then, Undefined, args.at(0)), 1],
  ['finally', js.finallyDo, 1],
]);

/** Natives of promise-js.ts, and microtask checkpoints of --allow-natives-syntax. */
export const promiseNatives: RuntimeFunctionRows = {
  ...writingNothing({
    ThrowApplyNonFunction: (rt, args) =>
      throwTypeError(rt, 'ApplyNonFunction', args.at(0), describeType(rt, args.at(0))),
    NewPromiseCapability: (rt, args) => capabilityObject(rt, newPromiseCapability(rt, args.at(0))),
  }),
  PromiseResolve: (rt, args) => promiseResolve(rt, args.at(0), args.at(1)),
  ...writingNothing({
    PromiseSpecies: (rt, args) => speciesConstructor(rt, args.at(0), rt.intrinsic(NativeContextSlot.PromiseFunction)),
    NewAggregateError: (rt, args) => {
      const error = newError(rt, 'AggregateError', 'AllPromisesRejected');
      return held(rt, [error], (e) => {
        addOrReplace(rt, e(), rt.names.errors, args.at(0), PropertyAttributes.DontEnum);
        return e();
      });
    },
  }),
  PerformMicrotaskCheckpoint: (rt) => {
    runMicrotasks(rt);
    return Undefined;
  },
  RunMicrotasks: (rt) => {
    runMicrotasks(rt);
    return Undefined;
  },
  EnqueueMicrotask: (rt, args) => {
    enqueueTask(rt, TaskKind.Callback, args.at(0), Undefined, Undefined);
    return Undefined;
  },
};

const queueMicrotask: BuiltinFunction = (rt, args) => {
  if (!isCallable(rt, args.at(0)))
    throwTypeError(rt, 'Plain', `The "callback" argument must be of type function. Received ${rt.toText(args.at(0))}`);
  enqueueTask(rt, TaskKind.Callback, args.at(0), Undefined, Undefined);
  return Undefined;
};

const PromiseFunction = declareBuiltin('Promise', PromiseConstructor);

const closureTemplates = {
  [ClosureKind.PromiseResolve]: [declareBuiltin('PromiseResolve', resolvingFunction(true)), 1],
  [ClosureKind.PromiseReject]: [declareBuiltin('PromiseReject', resolvingFunction(false)), 1],
  [ClosureKind.CapabilityExecutor]: [declareBuiltin('CapabilityExecutor', capabilityExecutor), 2],
} as const;

const globals = builtinTable('', [['queueMicrotask', queueMicrotask, 1]]);

export const bootstrapPromise = (rt: Runtime): void => {
  installClosureTemplates(rt, closureTemplates);
  const fn = makeConstructor(rt, {
    name: 'Promise',
    implementation: PromiseFunction,
    length: 1,
    functionSlot: NativeContextSlot.PromiseFunction,
    prototypeSlot: NativeContextSlot.PromisePrototype,
    mapSlot: NativeContextSlot.PromiseMap,
    type: InstanceType.JSPromise,
    size: JSPromise.Size,
  });
  installTable(rt, fn, statics);
  const prototype = rt.intrinsic(NativeContextSlot.PromisePrototype);
  installTable(rt, prototype, prototypeTable);
  installToStringTag(rt, prototype, 'Promise');
  rt.setIntrinsic(NativeContextSlot.PromiseThen, lookupOwn(rt.heap, rt.factory, prototype, rt.names.then).value);
  rt.setIntrinsic(NativeContextSlot.PromiseResolve, lookupOwn(rt.heap, rt.factory, fn, rt.names.resolve).value);
  installTable(rt, rt.intrinsic(NativeContextSlot.GlobalObject), globals, 0);
};
