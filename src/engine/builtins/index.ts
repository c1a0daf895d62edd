export { bootstrap, builtinRuntimeFunctions, installBuiltins } from './bootstrap.ts';
export { format, inspect, quote } from './inspect.ts';
export { runMicrotasks, takeUnhandledRejections } from './promise.ts';
