// The methods of array-js.ts from the middle on: what optimized code that has one of them inlined is left for.
//
//   eager   before element `k`: everything from there
//   lazy    a callback has returned `result`: what the method does with it, and the rest
//
// Their parameters are V8's, in its order: the Deoptimizer puts them on the stack.

import {
  BuiltinContinuation,
  type JavaScriptSource,
  js,
  type Runtime,
  setBuiltinContinuations,
} from '../runtime/index.ts';
import { firstAccumulator, loops, odd } from './array-js.ts';

type Method = keyof typeof loops;

/** Called as the method: its frame is the method's to whoever looks. */
const continuation = (
  method: Method,
  parameters: string,
  body: string,
): JavaScriptSource => js`function ${method}(${parameters}) {
    'use strict';
    const o = this;${odd}${body}
  }`;

const eager = (method: Method): JavaScriptSource =>
  continuation(method, 'callbackfn, thisArg, k, length', loops[method]('k'));

/** `k` is behind the element whose callback has returned. */
const lazyAfter = (method: Method): JavaScriptSource =>
  continuation(method, 'callbackfn, thisArg, k, length, result', loops[method]('k'));

const lazyAt = (method: Method, first: string): JavaScriptSource =>
  continuation(method, 'callbackfn, thisArg, k, length, returned', `${first}${loops[method]('k + 1')}`);

const found = (method: Method): JavaScriptSource =>
  continuation(
    method,
    'callbackfn, thisArg, k, length, value, isFound',
    `
    if (isFound) return value;${loops[method]('k')}`,
  );

const reduction = (method: 'reduce' | 'reduceRight'): JavaScriptSource =>
  continuation(method, 'callbackfn, k, length, accumulator', loops[method]('k'));

const reductionPreLoop = (method: 'reduce' | 'reduceRight'): JavaScriptSource =>
  continuation(
    method,
    'callbackfn, length',
    `
    let accumulator;${firstAccumulator(method === 'reduce')}${loops[method]('k')}`,
  );

const C = BuiltinContinuation;
const continuations: Readonly<Record<BuiltinContinuation, JavaScriptSource>> = {
  [C.ArrayEveryLoopEagerDeoptContinuation]: eager('every'),
  [C.ArrayEveryLoopLazyDeoptContinuation]: lazyAt('every', 'if (!returned) return false;'),
  [C.ArrayFilterLoopEagerDeoptContinuation]: continuation(
    'filter',
    'callbackfn, thisArg, result, k, length, to',
    loops.filter('k'),
  ),
  [C.ArrayFilterLoopLazyDeoptContinuation]: continuation(
    'filter',
    'callbackfn, thisArg, result, k, length, value, to, returned',
    `
    if (returned) %CreateDataProperty(result, to++, value);${loops.filter('k + 1')}`,
  ),
  [C.ArrayFindLoopEagerDeoptContinuation]: eager('find'),
  [C.ArrayFindLoopLazyDeoptContinuation]: lazyAfter('find'),
  [C.ArrayFindLoopAfterCallbackLazyDeoptContinuation]: found('find'),
  [C.ArrayFindIndexLoopEagerDeoptContinuation]: eager('findIndex'),
  [C.ArrayFindIndexLoopLazyDeoptContinuation]: lazyAfter('findIndex'),
  [C.ArrayFindIndexLoopAfterCallbackLazyDeoptContinuation]: found('findIndex'),
  [C.ArrayForEachLoopEagerDeoptContinuation]: eager('forEach'),
  [C.ArrayForEachLoopLazyDeoptContinuation]: lazyAfter('forEach'),
  [C.ArrayMapLoopEagerDeoptContinuation]: continuation('map', 'callbackfn, thisArg, result, k, length', loops.map('k')),
  [C.ArrayMapLoopLazyDeoptContinuation]: continuation(
    'map',
    'callbackfn, thisArg, result, k, length, returned',
    `
    %CreateDataProperty(result, k, returned);${loops.map('k + 1')}`,
  ),
  [C.ArrayReduceRightPreLoopEagerDeoptContinuation]: reductionPreLoop('reduceRight'),
  [C.ArrayReduceRightLoopEagerDeoptContinuation]: reduction('reduceRight'),
  [C.ArrayReduceRightLoopLazyDeoptContinuation]: reduction('reduceRight'),
  [C.ArrayReducePreLoopEagerDeoptContinuation]: reductionPreLoop('reduce'),
  [C.ArrayReduceLoopEagerDeoptContinuation]: reduction('reduce'),
  [C.ArrayReduceLoopLazyDeoptContinuation]: reduction('reduce'),
  [C.ArraySomeLoopEagerDeoptContinuation]: eager('some'),
  [C.ArraySomeLoopLazyDeoptContinuation]: lazyAt('some', 'if (returned) return true;'),
};

export const bootstrapArrayContinuations = (rt: Runtime): void => setBuiltinContinuations(rt, continuations);
