// What is printed of an exception that nobody caught. Runs no JavaScript.

import type { Tagged } from '../heap/index.ts';
import { toHostString } from '../objects/index.ts';
import { dataPropertyOnChain, errorHeader } from './native-accessors.ts';
import { isErrorObject, renderForMessage } from './rendering.ts';
import type { Runtime } from './runtime.ts';
import { isJSReceiver, isString } from './values.ts';

/** An uncaught exception as Node prints it on stderr: the stack, or "Uncaught" and the value. */
export const describeException = (rt: Runtime, exception: Tagged): string => {
  if (isJSReceiver(rt, exception)) {
    const stack = dataPropertyOnChain(rt, exception, rt.names.stack);
    if (isString(rt, stack)) return toHostString(rt.heap, stack);
    if (isErrorObject(rt, exception)) return errorHeader(rt, exception);
  }
  return renderForMessage(rt, exception);
};
