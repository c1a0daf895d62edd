// Natives about tiers and code (--allow-natives-syntax): %OptimizeFunctionOnNextCall and its like.

import { clearFeedback, feedbackTexts } from '../feedback/index.ts';
import { Space, type Tagged } from '../heap/index.ts';
import { FeedbackVector, StaticRoot, setElement } from '../objects/index.ts';
import { getNamed, isJSFunction, newErrorObject, toHost } from '../runtime/index.ts';
import { Quit } from './errors.ts';
import type { Isolate } from './isolate.ts';

type Native = (isolate: Isolate, args: readonly Tagged[]) => Tagged;

const undefinedAfter =
  (action: (isolate: Isolate, fn: Tagged, args: readonly Tagged[]) => void): Native =>
  (isolate, args) => {
    if (args.length > 0 && isJSFunction(isolate.rt, args[0]!)) action(isolate, args[0]!, args);
    return StaticRoot.Undefined;
  };

const currentFunction = (isolate: Isolate): Tagged => {
  for (const it = isolate.traces.iterator(); !it.done; it.advance()) if (it.isJavaScript) return it.function;
  return StaticRoot.Undefined;
};

const stackTrace = (isolate: Isolate): string => {
  const { rt } = isolate;
  const stack = toHost(rt, getNamed(rt, newErrorObject(rt, 'Error', ''), 'stack'));
  const frames = stack.split('\n').slice(1);
  return `==== JS stack trace =========================================\n\n${frames.join('\n')}\n=====================\n\n`;
};

/** An array of [kind, text], with undefined for the second words of slots at its end, as in V8. */
const feedbackArray = (isolate: Isolate, vector: Tagged): Tagged => {
  const { heap, factory } = isolate.rt;
  const texts = feedbackTexts(heap, vector);
  const scope = heap.openHandles();
  const array = heap.handle(
    factory.newJSArrayFrom(
      Array.from({ length: heap.getI32(vector, FeedbackVector.Length) }, () => StaticRoot.Undefined),
    ),
  );
  texts.forEach(([kind, text], i) => {
    const pair = heap.handle(factory.newJSArrayFrom([factory.newString(kind), factory.newString(text)]));
    setElement(heap, factory, heap.deref(array), i, heap.deref(pair));
  });
  const result = heap.deref(array);
  heap.closeHandles(scope);
  return result;
};

const bool = (value: boolean): Tagged => (value ? StaticRoot.True : StaticRoot.False);

const natives: Readonly<Record<string, Native>> = {
  PrepareFunctionForOptimization: undefinedAfter((isolate, fn) => {
    isolate.prepare(fn);
    isolate.tiering.prepare(fn);
  }),
  EnsureFeedbackVectorForFunction: undefinedAfter((isolate, fn) => {
    isolate.prepare(fn);
    isolate.tiering.ensureVector(fn);
  }),
  OptimizeFunctionOnNextCall: undefinedAfter((isolate, fn) => {
    isolate.prepare(fn);
    isolate.tiering.optimizeOnNextCall(fn);
  }),
  OptimizeMaglevOnNextCall: undefinedAfter(() => {}),
  CompileBaseline: undefinedAfter((isolate, fn) => {
    isolate.prepare(fn);
    isolate.tiering.ensureVector(fn);
  }),
  NeverOptimizeFunction: undefinedAfter((isolate, fn) => isolate.tiering.disable(fn)),
  ClearFunctionFeedback: undefinedAfter((isolate, fn) => {
    const vector = isolate.tiering.vector(fn);
    if (vector !== 0) clearFeedback(isolate.heap, vector);
  }),
  GetFeedback: (isolate, args) => {
    const vector = isJSFunction(isolate.rt, args[0]!) ? isolate.tiering.vector(args[0]!) : 0;
    return vector === 0 ? StaticRoot.Undefined : feedbackArray(isolate, vector);
  },
  OptimizeOsr: (isolate) => {
    const fn = currentFunction(isolate);
    if (isJSFunction(isolate.rt, fn)) isolate.tiering.requestOsr(fn);
    return StaticRoot.Undefined;
  },
  DeoptimizeFunction: undefinedAfter((isolate, fn) => isolate.deoptimizeFunction(fn)),
  DeoptimizeNow: (isolate) => {
    const fn = currentFunction(isolate);
    if (isJSFunction(isolate.rt, fn)) isolate.deoptimizeFunction(fn);
    return StaticRoot.Undefined;
  },
  GetOptimizationStatus: (isolate, args) =>
    isJSFunction(isolate.rt, args[0]!) ? isolate.tiering.status(args[0]!) << 1 : StaticRoot.Undefined,
  IsConcurrentRecompilationSupported: () => StaticRoot.False,
  FinalizeOptimization: () => StaticRoot.Undefined,
  WaitForBackgroundOptimization: () => StaticRoot.Undefined,
  DisableOptimizationFinalization: () => StaticRoot.Undefined,
  ActiveTierIsIgnition: (isolate, args) => bool(isolate.tiering.optimizedCode(args[0]!) === 0),
  ActiveTierIsSparkplug: () => StaticRoot.False,
  ActiveTierIsMaglev: () => StaticRoot.False,
  ActiveTierIsTurbofan: (isolate, args) => bool(isolate.tiering.optimizedCode(args[0]!) !== 0),
  IsBeingInterpreted: (isolate) => {
    for (const it = isolate.traces.iterator(); !it.done; it.advance()) if (it.isJavaScript) return bool(it.code === 0);
    return StaticRoot.False;
  },
  // Slow ends of machine code's inline allocation: (size in bytes, flags)
  AllocateInYoungGeneration: (isolate, args) => isolate.heap.allocate(args[0]! >> 1),
  AllocateInOldGeneration: (isolate, args) => isolate.heap.allocate(args[0]! >> 1, Space.Old),
  AbortJS: (isolate, args) => {
    isolate.host.write('stdout', `abort: ${toHost(isolate.rt, args[0]!)}\n\n${stackTrace(isolate)}`);
    throw new Quit(1);
  },
  SystemBreak: (isolate) => {
    isolate.host.write('stderr', 'warning: %SystemBreak has no debugger of the machine to stop in here\n');
    return StaticRoot.Undefined;
  },
  DebugTrace: (isolate) => {
    isolate.host.write('stdout', `\n${stackTrace(isolate)}`);
    return StaticRoot.Undefined;
  },
};

/** The runtime's `tierNative` hook: undefined when the name is not a native of this table. */
export const tierNatives = (isolate: Isolate, name: string, args: readonly Tagged[]): Tagged | undefined =>
  natives[name]?.(isolate, args);

export const tierNativeNames: readonly string[] = Object.keys(natives);
