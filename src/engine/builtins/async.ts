// Async functions and async generators: what Ignition's _Async… intrinsics do, and the jobs that resume.
//
//   async function object:    AwaitPromiseOrQueue = the promise the call returned
//   async generator object:   AwaitPromiseOrQueue = FixedArray [awaiting (Smi 1), first request]
//   request: FixedArray [next request or undefined, resume mode (Smi), value, promise]
//
// Generators resume from jobs through the host (one nested dispatcher per job, never deeper).

import type { Tagged } from '../heap/index.ts';
import {
  AsyncGeneratorQueue,
  AsyncGeneratorRequest,
  GeneratorState,
  InstanceType,
  JSAsyncFromSyncIterator,
  JSGeneratorObject,
  PromiseReaction,
  StaticRoot,
} from '../objects/index.ts';
import {
  type BuiltinFunction,
  createGeneratorObject,
  createIterResult,
  getMethod,
  getProperty,
  hasInstanceType,
  isJSReceiver,
  iteratorCloseAfterThrow,
  jsException,
  NativeContextSlot,
  newError,
  newInstanceMap,
  newPrototypeObject,
  ResumeMode,
  type Runtime,
  type RuntimeFunctionImpl,
  throwTypeError,
  toBoolean,
} from '../runtime/index.ts';
import { held } from './object.ts';
import {
  newPromise,
  performPromiseThen,
  promiseResolve,
  type ReactionJob,
  ReactionKind,
  reactionJobs,
  rejectPromise,
  resolvePromise,
} from './promise.ts';
import { builtinTable, installTable, installToStringTag } from './table.ts';

const { Undefined, True } = StaticRoot;
const executing = GeneratorState.Executing << 1;
const closed = GeneratorState.Closed << 1;

const continuation = (rt: Runtime, generator: Tagged): Tagged => rt.heap.get(generator, JSGeneratorObject.Continuation);
const close = (rt: Runtime, generator: Tagged): void => rt.heap.init(generator, JSGeneratorObject.Continuation, closed);

const promiseFunction = (rt: Runtime): Tagged => rt.intrinsic(NativeContextSlot.PromiseFunction);

/** Await(value): the generator goes on in a job of `kind`. May run JavaScript (`constructor` of a promise). */
const awaitValue = (rt: Runtime, generator: Tagged, value: Tagged, kind: ReactionKind): void =>
  held(rt, [generator], (g) => {
    const promise = promiseResolve(rt, promiseFunction(rt), value);
    performPromiseThen(rt, promise, g(), g(), Undefined, kind);
  });

// --- async functions ------------------------------------------------------------------------------------------------------

const outerPromise = (rt: Runtime, generator: Tagged): Tagged =>
  rt.heap.get(generator, JSGeneratorObject.AwaitPromiseOrQueue);

/** Natives behind the _Async… intrinsics. */
export const asyncNatives: Readonly<Record<string, RuntimeFunctionImpl>> = {
  AsyncFunctionEnter: (rt, args) => {
    const generator = createGeneratorObject(rt, args.at(0), args.at(1), rt.nativeContext);
    rt.heap.set(generator, JSGeneratorObject.AwaitPromiseOrQueue, newPromise(rt));
    return generator;
  },
  AsyncFunctionAwait: (rt, args) => {
    awaitValue(rt, args.at(0), args.at(1), ReactionKind.Await);
    return outerPromise(rt, args.at(0));
  },
  AsyncFunctionResolve: (rt, args) => {
    resolvePromise(rt, outerPromise(rt, args.at(0)), args.at(1));
    return outerPromise(rt, args.at(0));
  },
  AsyncFunctionReject: (rt, args) => {
    rejectPromise(rt, outerPromise(rt, args.at(0)), args.at(1));
    return outerPromise(rt, args.at(0));
  },
  AsyncGeneratorAwait: (rt, args) => {
    awaitValue(rt, args.at(0), args.at(1), ReactionKind.AsyncGeneratorAwait);
    setAwaiting(rt, args.at(0), true);
    return Undefined;
  },
  AsyncGeneratorYieldWithAwait: (rt, args) => {
    awaitValue(rt, args.at(0), args.at(1), ReactionKind.AsyncGeneratorYield);
    setAwaiting(rt, args.at(0), true);
    return Undefined;
  },
  AsyncGeneratorResolve: (rt, args) => {
    resolveRequest(rt, args.at(0), args.at(1), args.at(2) === True);
    return Undefined;
  },
  AsyncGeneratorReject: (rt, args) => {
    rejectRequest(rt, args.at(0), args.at(1));
    return Undefined;
  },
  CreateAsyncFromSyncIterator: (rt, args) => {
    if (!isJSReceiver(rt, args.at(0))) return rt.throw(newError(rt, 'TypeError', 'SymbolIteratorInvalid'));
    const next = getProperty(rt, args.at(0), rt.names.next);
    return held(rt, [next], (n) => {
      const iterator = rt.factory.newJSObject(rt.intrinsic(NativeContextSlot.AsyncFromSyncIteratorMap));
      rt.heap.set(iterator, JSAsyncFromSyncIterator.SyncIterator, args.at(0));
      rt.heap.set(iterator, JSAsyncFromSyncIterator.Next, n());
      return iterator;
    });
  },
};

reactionJobs[ReactionKind.Await] = (rt, reaction, argument, rejected) => {
  rt.hooks.resumeGenerator(
    rt.heap.get(reaction, PromiseReaction.FulfillHandler),
    argument,
    rejected ? ResumeMode.Throw : ResumeMode.Next,
  );
};

// --- async generators --------------------------------------------------------------------------------------------------------

const queueOf = (rt: Runtime, generator: Tagged): Tagged => {
  const { heap } = rt;
  const queue = heap.get(generator, JSGeneratorObject.AwaitPromiseOrQueue);
  if (queue !== Undefined) return queue;
  const fresh = rt.factory.newFixedArrayFrom([0, Undefined]);
  heap.set(generator, JSGeneratorObject.AwaitPromiseOrQueue, fresh);
  return fresh;
};

const setAwaiting = (rt: Runtime, generator: Tagged, value: boolean): void =>
  rt.heap.init(queueOf(rt, generator), AsyncGeneratorQueue.Awaiting, value ? 2 : 0);
const isAwaiting = (rt: Runtime, generator: Tagged): boolean =>
  rt.heap.get(queueOf(rt, generator), AsyncGeneratorQueue.Awaiting) !== 0;

/** The promise of the first request in an async generator's queue; undefined without one. */
export const requestPromise = (rt: Runtime, queue: Tagged): Tagged => {
  const request = queue === Undefined ? Undefined : rt.heap.get(queue, AsyncGeneratorQueue.First);
  return request === Undefined ? Undefined : rt.heap.get(request, AsyncGeneratorRequest.Promise);
};

/** Takes the first request; its promise. */
const takeRequest = (rt: Runtime, generator: Tagged): Tagged => {
  const { heap } = rt;
  const queue = queueOf(rt, generator);
  const request = heap.get(queue, AsyncGeneratorQueue.First);
  heap.set(queue, AsyncGeneratorQueue.First, heap.get(request, AsyncGeneratorRequest.Next));
  return heap.get(request, AsyncGeneratorRequest.Promise);
};

const resolveRequest = (rt: Runtime, generator: Tagged, value: Tagged, done: boolean): void =>
  resolvePromise(rt, takeRequest(rt, generator), createIterResult(rt, value, done));
const rejectRequest = (rt: Runtime, generator: Tagged, reason: Tagged): void =>
  rejectPromise(rt, takeRequest(rt, generator), reason);

/** Resumes the body until it awaits, yields or ends. */
const resume = (rt: Runtime, g: () => Tagged, value: Tagged, mode: ResumeMode): void => {
  rt.hooks.resumeGenerator(g(), value, mode);
  if (continuation(rt, g()) === executing) close(rt, g());
};

/** AsyncGeneratorResumeNext: serves requests until the body waits for something. */
const serveRequests = (rt: Runtime, g: () => Tagged): void => {
  const { heap } = rt;
  for (;;) {
    if (isAwaiting(rt, g()) || continuation(rt, g()) === executing) return;
    const request = heap.get(queueOf(rt, g()), AsyncGeneratorQueue.First);
    if (request === Undefined) return;
    const mode = (heap.get(request, AsyncGeneratorRequest.Mode) >> 1) as ResumeMode;
    const value = heap.get(request, AsyncGeneratorRequest.Value);
    if (mode !== ResumeMode.Next && continuation(rt, g()) === 0) close(rt, g()); // suspended at its start
    if (continuation(rt, g()) !== closed) {
      if (mode === ResumeMode.Return) awaitReturn(rt, g, value, ReactionKind.AsyncGeneratorYieldReturn);
      else resume(rt, g, value, mode);
      continue;
    }
    if (mode === ResumeMode.Next) resolveRequest(rt, g(), Undefined, true);
    else if (mode === ResumeMode.Throw) rejectRequest(rt, g(), value);
    else awaitReturn(rt, g, value, ReactionKind.AsyncGeneratorReturn);
  }
};

/** Awaits the value of a `return` request before the body, or nobody, gets it. */
const awaitReturn = (rt: Runtime, g: () => Tagged, value: Tagged, kind: ReactionKind): void => {
  setAwaiting(rt, g(), true);
  try {
    awaitValue(rt, g(), value, kind);
  } catch (error) {
    if (error !== jsException) throw error;
    setAwaiting(rt, g(), false);
    const reason = rt.takeException();
    if (kind === ReactionKind.AsyncGeneratorReturn) rejectRequest(rt, g(), reason);
    else resume(rt, g, reason, rethrowMode);
  }
};

/** ResumeMode kRethrow: the reason was thrown before. */
const rethrowMode = 3 as ResumeMode;

const generatorJob =
  (body: (rt: Runtime, g: () => Tagged, argument: Tagged, rejected: boolean) => void): ReactionJob =>
  (rt, reaction, argument, rejected) =>
    held(rt, [rt.heap.get(reaction, PromiseReaction.FulfillHandler)], (g) => {
      setAwaiting(rt, g(), false);
      body(rt, g, argument, rejected);
      serveRequests(rt, g);
    });

reactionJobs[ReactionKind.AsyncGeneratorAwait] = generatorJob((rt, g, argument, rejected) =>
  resume(rt, g, argument, rejected ? ResumeMode.Throw : ResumeMode.Next),
);
reactionJobs[ReactionKind.AsyncGeneratorYield] = generatorJob((rt, g, argument, rejected) => {
  if (rejected) resume(rt, g, argument, ResumeMode.Throw);
  else resolveRequest(rt, g(), argument, false);
});
reactionJobs[ReactionKind.AsyncGeneratorYieldReturn] = generatorJob((rt, g, argument, rejected) =>
  resume(rt, g, argument, rejected ? rethrowMode : ResumeMode.Return),
);
reactionJobs[ReactionKind.AsyncGeneratorReturn] = generatorJob((rt, g, argument, rejected) => {
  if (rejected) rejectRequest(rt, g(), argument);
  else resolveRequest(rt, g(), argument, true);
});

const asyncGeneratorMethod =
  (name: string, mode: ResumeMode): BuiltinFunction =>
  (rt, args) => {
    const { heap } = rt;
    return held(rt, [newPromise(rt)], (promise) => {
      const generator = args.receiver;
      if (!hasInstanceType(rt, generator, InstanceType.JSAsyncGeneratorObject)) {
        rejectPromise(
          rt,
          promise(),
          newError(rt, 'TypeError', 'IncompatibleMethodReceiver', `[AsyncGenerator].prototype.${name}`, generator),
        );
        return promise();
      }
      const request = rt.factory.newFixedArrayFrom([Undefined, mode << 1, args.at(0), promise()]);
      const queue = queueOf(rt, generator);
      let last = heap.get(queue, AsyncGeneratorQueue.First);
      if (last === Undefined) heap.set(queue, AsyncGeneratorQueue.First, request);
      else {
        while (heap.get(last, AsyncGeneratorRequest.Next) !== Undefined)
          last = heap.get(last, AsyncGeneratorRequest.Next);
        heap.set(last, AsyncGeneratorRequest.Next, request);
      }
      held(rt, [generator], (g) => serveRequests(rt, g));
      return promise();
    });
  };

/** Rows of %AsyncGeneratorPrototype%. */
export const asyncGeneratorPrototype = builtinTable('AsyncGenerator.prototype', [
  ['next', asyncGeneratorMethod('next', ResumeMode.Next), 1],
  ['return', asyncGeneratorMethod('return', ResumeMode.Return), 1],
  ['throw', asyncGeneratorMethod('throw', ResumeMode.Throw), 1],
]);

// --- async from sync iterators -------------------------------------------------------------------------------------------------

/** AsyncFromSyncIteratorContinuation, with errors as rejections of `promise`. */
const continueFromSync = (
  rt: Runtime,
  promise: () => Tagged,
  iterator: () => Tagged,
  result: Tagged,
  closeOnRejection: boolean,
): void => {
  const { heap } = rt;
  if (!isJSReceiver(rt, result)) rt.throw(newError(rt, 'TypeError', 'IteratorResultNotAnObject', result));
  const r = heap.handle(result);
  const done = toBoolean(rt, getProperty(rt, result, rt.names.done));
  const value = getProperty(rt, heap.deref(r), rt.names.value);
  let wrapper: Tagged;
  try {
    wrapper = promiseResolve(rt, promiseFunction(rt), value);
  } catch (error) {
    if (error === jsException && !done && closeOnRejection) iteratorCloseAfterThrow(rt, iterator());
    throw error;
  }
  performPromiseThen(
    rt,
    wrapper,
    Undefined,
    !done && closeOnRejection ? iterator() : Undefined,
    promise(),
    done ? ReactionKind.AsyncFromSyncDone : ReactionKind.AsyncFromSync,
  );
};

const unwrap =
  (done: boolean): ReactionJob =>
  (rt, reaction, argument, rejected) => {
    const { heap } = rt;
    const promise = heap.handle(heap.get(reaction, PromiseReaction.PromiseOrCapability));
    if (!rejected) {
      resolvePromise(rt, heap.deref(promise), createIterResult(rt, argument, done));
      return;
    }
    const iterator = heap.get(reaction, PromiseReaction.RejectHandler);
    if (iterator === Undefined) {
      rejectPromise(rt, heap.deref(promise), argument);
      return;
    }
    rt.setPendingException(argument);
    iteratorCloseAfterThrow(rt, iterator);
    rejectPromise(rt, heap.deref(promise), rt.takeException());
  };
reactionJobs[ReactionKind.AsyncFromSync] = unwrap(false);
reactionJobs[ReactionKind.AsyncFromSyncDone] = unwrap(true);

const fromSyncMethod =
  (method: 'next' | 'return' | 'throw'): BuiltinFunction =>
  (rt, args) =>
    held(
      rt,
      [newPromise(rt), rt.heap.get(args.receiver, JSAsyncFromSyncIterator.SyncIterator)],
      (promise, iterator) => {
        try {
          let fn: Tagged;
          if (method === 'next') fn = rt.heap.get(args.receiver, JSAsyncFromSyncIterator.Next);
          else {
            fn = getMethod(rt, iterator(), rt.names[method]);
            if (fn === Undefined) {
              if (method === 'return') resolvePromise(rt, promise(), createIterResult(rt, args.at(0), true));
              else {
                const close = getMethod(rt, iterator(), rt.names.return);
                if (close !== Undefined && !isJSReceiver(rt, rt.call(close, iterator())))
                  throwTypeError(rt, 'CalledOnNonObject', 'return');
                rejectPromise(rt, promise(), newError(rt, 'TypeError', 'ThrowMethodMissing'));
              }
              return promise();
            }
          }
          const result = args.length > 0 ? rt.call(fn, iterator(), args.at(0)) : rt.call(fn, iterator());
          continueFromSync(rt, promise, iterator, result, method !== 'return');
        } catch (error) {
          if (error !== jsException) throw error;
          rejectPromise(rt, promise(), rt.takeException());
        }
        return promise();
      },
    );

const asyncFromSyncPrototype = builtinTable('%AsyncFromSyncIteratorPrototype%', [
  ['next', fromSyncMethod('next'), 1],
  ['return', fromSyncMethod('return'), 1],
  ['throw', fromSyncMethod('throw'), 1],
]);

export const bootstrapAsync = (rt: Runtime): void => {
  const prototype = newPrototypeObject(rt, rt.intrinsic(NativeContextSlot.AsyncIteratorPrototype));
  installTable(rt, prototype, asyncFromSyncPrototype);
  installToStringTag(rt, prototype, 'Async-from-Sync Iterator');
  rt.setIntrinsic(NativeContextSlot.AsyncFromSyncIteratorPrototype, prototype);
  rt.setIntrinsic(
    NativeContextSlot.AsyncFromSyncIteratorMap,
    newInstanceMap(rt, InstanceType.JSAsyncFromSyncIterator, JSAsyncFromSyncIterator.Size, prototype),
  );
  rt.setIntrinsic(
    NativeContextSlot.AsyncFunctionObjectMap,
    newInstanceMap(
      rt,
      InstanceType.JSAsyncFunctionObject,
      JSGeneratorObject.Size,
      rt.intrinsic(NativeContextSlot.ObjectPrototype),
    ),
  );
};
