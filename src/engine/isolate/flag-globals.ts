// What V8's flags put into a realm.

import type { Flags } from '../base/index.ts';
import { StaticRoot } from '../objects/index.ts';
import { defineNamed, NativeContextSlot } from '../runtime/index.ts';
import type { Isolate } from './isolate.ts';
import { defineHostGlobal, type HostFunction, hostFunction } from './shell.ts';

const collect: HostFunction = (rt) => {
  rt.hooks.collectGarbage();
  return StaticRoot.Undefined;
};

/** Into the current realm. */
export const installFlagGlobals = (isolate: Isolate, flags: Flags): void => {
  const { rt } = isolate;
  const traceLimit = flags.get('stack-trace-limit') as number;
  defineNamed(rt, rt.intrinsic(NativeContextSlot.ErrorFunction), 'stackTraceLimit', traceLimit << 1, 0);
  if (flags.get('expose-gc') === true) defineHostGlobal(isolate, 'gc', hostFunction(isolate, 'gc', collect));
};
