// `Error.prepareStackTrace`: what a program makes of the frames of its errors.
//
// V8 calls it when `stack` is read first; here it is called when the stack is captured, while the program's own code makes an error.
// Errors that the engine itself throws keep their text.

import type { Tagged } from '../heap/index.ts';
import type { Isolate } from '../isolate/index.ts';
import { JSFunction, SharedFunctionFlags, SharedFunctionInfo, StaticRoot } from '../objects/index.ts';
import {
  dataPropertyOnChain,
  formatFrame,
  frameFunctionName,
  isCallable,
  isGlobal,
  isJSReceiver,
  methodName,
  NativeContextSlot,
  type StackTraceFrame,
  setErrorStack,
  stackTraceLimit,
  typeName,
} from '../runtime/index.ts';
import type { NodeLibrary } from './library.ts';

enum SiteFlag {
  Async = 1,
  Constructor = 2,
  Native = 4,
  TopLevel = 8,
}

/** Gives an error to `Error.prepareStackTrace`, where the program has one. */
export const callSitePreparer = (isolate: Isolate, library: NodeLibrary): ((error: Tagged, skip: Tagged) => void) => {
  const { rt } = isolate;
  const { heap, factory } = rt;
  let isRunning = false;

  /** What CallSite's methods give, in the order that internal/call_site reads. Runs no JavaScript. */
  const row = (frame: StackTraceFrame): Tagged => {
    const { receiver, isTopLevel, isConstructor, isAsync, isBuiltin } = frame;
    const text = (value: string | undefined): Tagged =>
      value === undefined ? StaticRoot.Undefined : factory.newString(value);
    const hasNoType = !isJSReceiver(rt, receiver) || isGlobal(rt, receiver);
    const name = frameFunctionName(rt, frame);
    const flags = heap.getI32(heap.get(frame.function, JSFunction.SharedFunctionInfo), SharedFunctionInfo.Flags);
    const isOpen = (flags & (SharedFunctionFlags.Strict | SharedFunctionFlags.Native)) === 0;
    return factory.newJSArrayFrom([
      text(frame.scriptName),
      frame.line << 1,
      frame.column << 1,
      text(name),
      text(hasNoType || isConstructor ? undefined : typeName(rt, receiver)),
      text(isTopLevel || hasNoType || isConstructor ? '' : (methodName(rt, receiver, frame.function) ?? '')),
      ((isAsync ? SiteFlag.Async : 0) |
        (isConstructor ? SiteFlag.Constructor : 0) |
        (isBuiltin ? SiteFlag.Native : 0) |
        (isTopLevel || hasNoType ? SiteFlag.TopLevel : 0)) <<
        1,
      isOpen ? frame.function : StaticRoot.Undefined,
      isOpen ? receiver : StaticRoot.Undefined,
      text(formatFrame(rt, frame)),
    ]);
  };

  const prepareOf = (): Tagged =>
    dataPropertyOnChain(rt, rt.intrinsic(NativeContextSlot.ErrorFunction), rt.names.prepareStackTrace) ??
    StaticRoot.Undefined;

  return (error, skip) => {
    if (isRunning || !isCallable(rt, prepareOf())) return;
    const scope = heap.openHandles();
    const [held, skipped] = [heap.handle(error), heap.handle(skip)];
    isRunning = true;
    try {
      const make = heap.handle(library.exported('internal/call_site', 'makeCallSites'));
      const limit = stackTraceLimit(rt);
      if (limit < 0) return;
      const rows = factory.newJSArrayFrom(rt.hooks.captureStack(limit, heap.deref(skipped)).map(row));
      const sites = heap.handle(rt.call(heap.deref(make), StaticRoot.Undefined, rows));
      const constructor = rt.intrinsic(NativeContextSlot.ErrorFunction);
      const stack = rt.call(prepareOf(), constructor, heap.deref(held), heap.deref(sites));
      setErrorStack(rt, heap.deref(held), stack);
    } finally {
      isRunning = false;
      heap.closeHandles(scope);
    }
  };
};
