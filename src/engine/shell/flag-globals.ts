// What V8's flags put into a realm.

import type { Flags } from '../base/index.ts';
import { defineHostGlobal, type HostFunction, hostFunction, type Isolate } from '../isolate/index.ts';
import { StaticRoot } from '../objects/index.ts';
import { defineNamed, getDataProperty, NativeContextSlot } from '../runtime/index.ts';

const collect: HostFunction = (rt) => {
  rt.hooks.collectGarbage();
  return StaticRoot.Undefined;
};

/** Into the current realm. */
export const installFlagGlobals = (isolate: Isolate, flags: Flags): void => {
  const { rt } = isolate;
  const traceLimit = (flags.get('stack-trace-limit') as number) << 1;
  const error = rt.intrinsic(NativeContextSlot.ErrorFunction);
  // A realm has the default.
  if (getDataProperty(rt, error, rt.names.stackTraceLimit) !== traceLimit)
    defineNamed(rt, error, 'stackTraceLimit', traceLimit, 0);
  if (flags.get('expose-gc') === true) defineHostGlobal(isolate, 'gc', hostFunction(isolate, 'gc', collect));
};
