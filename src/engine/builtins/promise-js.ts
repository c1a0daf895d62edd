// Promise combinators and finally: closures of ordinary JavaScript, see array-js.ts.

import { js } from '../runtime/index.ts';

const combinator = (name: string, setup: string, perElement: string, atEnd: string) => js`function ${name}(iterable) {
    'use strict';
    if (!%IsJSReceiver(this)) %ThrowTypeError('CalledOnNonObject', 'Promise.${name}');
    const capability = %NewPromiseCapability(this);
    const resolve = capability.resolve;
    const reject = capability.reject;
    try {
      const promiseResolve = this.resolve;
      if (!%IsCallable(promiseResolve)) %ThrowTypeError('Plain', 'Promise resolve or reject function is not callable');
      if (!%IsJSReceiver(iterable) && typeof iterable !== 'string')
        %ThrowTypeError('NotIterableNoSymbolLoad', iterable);
      ${setup}
      for (const value of iterable) {
        const next = %_Call(promiseResolve, this, value);
        ${perElement}
      }
      ${atEnd}
    } catch (error) {
      reject(error);
    }
    return capability.promise;
  }`;

const counted = 'const values = []; let remaining = 1; let index = 0;';
const slot = `const i = index++;
        %CreateDataProperty(values, i, undefined);
        remaining++;
        let called = false;`;

export const all = combinator(
  'all',
  counted,
  `${slot}
        next.then((x) => {
          if (called) return;
          called = true;
          values[i] = x;
          if (--remaining === 0) resolve(values);
        }, reject);`,
  'if (--remaining === 0) resolve(values);',
);

export const allSettled = combinator(
  'allSettled',
  counted,
  `${slot}
        next.then((value) => {
          if (called) return;
          called = true;
          values[i] = { status: 'fulfilled', value };
          if (--remaining === 0) resolve(values);
        }, (reason) => {
          if (called) return;
          called = true;
          values[i] = { status: 'rejected', reason };
          if (--remaining === 0) resolve(values);
        });`,
  'if (--remaining === 0) resolve(values);',
);

export const any = combinator(
  'any',
  counted,
  `${slot}
        next.then(resolve, (x) => {
          if (called) return;
          called = true;
          values[i] = x;
          if (--remaining === 0) reject(%NewAggregateError(values));
        });`,
  'if (--remaining === 0) reject(%NewAggregateError(values));',
);

export const race = combinator('race', '', 'next.then(resolve, reject);', '');

export const tryCall = js`function try_(callbackfn) {
    'use strict';
    if (!%IsJSReceiver(this)) %ThrowTypeError('CalledOnNonObject', 'Promise.try');
    const capability = %NewPromiseCapability(this);
    const rest = [];
    for (let i = 1; i < arguments.length; i++) %CreateDataProperty(rest, i - 1, arguments[i]);
    try {
      if (arguments.length > 1 && !%IsCallable(callbackfn)) %ThrowApplyNonFunction(callbackfn);
      const result = callbackfn(...rest);
      capability.resolve(result);
    } catch (error) {
      capability.reject(error);
    }
    return capability.promise;
  }`;

export const finallyDo = js`function finally_(onFinally) {
    'use strict';
    if (!%IsJSReceiver(this)) %ThrowTypeError('CalledOnNonObject', 'Promise.prototype.finally');
    const constructor = %PromiseSpecies(this);
    if (!%IsCallable(onFinally)) return this.then(onFinally, onFinally);
    return this.then((value) => {
      const result = onFinally();
      return %PromiseResolve(constructor, result).then(() => value);
    }, (reason) => {
      const result = onFinally();
      return %PromiseResolve(constructor, result).then(() => { throw reason; });
    });
  }`;
