// Iterator and its helpers (map, filter, take …), written in JavaScript. The lazy ones are generators.

import { StaticRoot } from '../objects/index.ts';
import {
  type BuiltinFunction,
  createDataProperty,
  declareBuiltin,
  deleteProperty,
  hasOwnProperty,
  isJSReceiver,
  js,
  makeConstructor,
  NativeContextSlot,
  ordinaryCreateFromConstructor,
  type Runtime,
  setProperty,
  throwTypeError,
} from '../runtime/index.ts';
import { builtinTable, installTable } from './table.ts';

const { Undefined } = StaticRoot;

const helper = (name: string, body: string, parameters = 'mapper') => js`function ${name}(${parameters}) {
    'use strict';
    if (!%IsJSReceiver(this)) %ThrowTypeError('CalledOnNonObject', 'Iterator.prototype.${name}');
    ${parameters === '' ? '' : parameters === 'limit' ? 'const n = %ToIntegerOrInfinity(limit); if (!(n >= 0)) %ThrowRangeError("Plain", limit + " must be positive");' : `if (!%IsCallable(${parameters.split(',')[0]})) %ThrowTypeError('CalledNonCallable', ${parameters.split(',')[0]});`}
    const iterator = this;
    const next = this.next;
    ${body}
  }`;
const step = `const result = %_Call(next, iterator); if (!%IsJSReceiver(result)) %ThrowTypeError('IteratorResultNotAnObject', result);`;
const lazily = (body: string): string => `
    const source = (function* () {
      let counter = 0;
      let finished = false;
      try {
        for (;;) {
          let result;
          try { result = %_Call(next, iterator); } catch (error) { finished = true; throw error; }
          if (!%IsJSReceiver(result)) { finished = true; %ThrowTypeError('IteratorResultNotAnObject', result); }
          if (result.done) { finished = true; return; }
          const value = result.value;
          ${body}
          counter++;
        }
      } finally {
        if (!finished) { const close = iterator.return; if (close !== undefined && close !== null) %_Call(close, iterator); }
      }
    })();
    return source;`;
const closing = `const close = iterator.return; if (close !== undefined && close !== null) %_Call(close, iterator);`;

const iteratorPrototype = builtinTable('Iterator.prototype', [
  [
    'reduce',
    helper(
      'reduce',
      `
    let accumulator;
    let counter = 0;
    if (arguments.length > 1) accumulator = arguments[1];
    else { ${step} if (result.done) %ThrowTypeError('IteratorReduceNoInitial'); accumulator = result.value; counter = 1; }
    for (;;) { ${step} if (result.done) return accumulator; 
      try { accumulator = reducer(accumulator, result.value, counter++); } catch (error) { try { ${closing} } catch {} throw error; } }`,
      'reducer',
    ),
    1,
  ],
  [
    'toArray',
    helper(
      'toArray',
      `
    const items = [];
    let k = 0;
    for (;;) { ${step} if (result.done) return items; %CreateDataProperty(items, k++, result.value); }`,
      '',
    ),
    0,
  ],
  [
    'forEach',
    helper(
      'forEach',
      `
    let counter = 0;
    for (;;) { ${step} if (result.done) return; try { mapper(result.value, counter++); } catch (error) { try { ${closing} } catch {} throw error; } }`,
    ),
    1,
  ],
  [
    'some',
    helper(
      'some',
      `
    let counter = 0;
    for (;;) { ${step} if (result.done) return false; let hit; try { hit = mapper(result.value, counter++); } catch (error) { try { ${closing} } catch {} throw error; } if (hit) { ${closing} return true; } }`,
    ),
    1,
  ],
  [
    'every',
    helper(
      'every',
      `
    let counter = 0;
    for (;;) { ${step} if (result.done) return true; let hit; try { hit = mapper(result.value, counter++); } catch (error) { try { ${closing} } catch {} throw error; } if (!hit) { ${closing} return false; } }`,
    ),
    1,
  ],
  [
    'find',
    helper(
      'find',
      `
    let counter = 0;
    for (;;) { ${step} if (result.done) return undefined; const value = result.value; let hit; try { hit = mapper(value, counter++); } catch (error) { try { ${closing} } catch {} throw error; } if (hit) { ${closing} return value; } }`,
    ),
    1,
  ],
  ['map', helper('map', lazily('yield mapper(value, counter);')), 1],
  ['filter', helper('filter', lazily('if (mapper(value, counter)) yield value;')), 1],
  [
    'take',
    helper(
      'take',
      `
    const source = (function* () {
      let remaining = n;
      let finished = false;
      try {
        while (remaining > 0) { remaining--; ${step} if (result.done) { finished = true; return; } yield result.value; }
      } finally { if (!finished) { ${closing} } }
    })();
    return source;`,
      'limit',
    ),
    1,
  ],
  [
    'drop',
    helper(
      'drop',
      `
    let remaining = n;${lazily('if (remaining > 0) { remaining--; } else yield value;')}`,
      'limit',
    ),
    1,
  ],
  ['flatMap', helper('flatMap', lazily('yield* mapper(value, counter);')), 1],
]);

/** SetterThatIgnoresPrototypeProperties. */
const weirdSetter =
  (key: 'constructor' | '@@toStringTag'): BuiltinFunction =>
  (rt, args) => {
    if (!isJSReceiver(rt, args.receiver)) throwTypeError(rt, 'CalledOnNonObject', 'Iterator.prototype');
    const name = key === 'constructor' ? rt.names.constructor : rt.symbols.to_string_tag_symbol;
    if (args.receiver === rt.intrinsic(NativeContextSlot.IteratorPrototype))
      throwTypeError(rt, 'Plain', 'Cannot assign to this property');
    if (hasOwnProperty(rt, args.receiver, name)) setProperty(rt, args.receiver, name, args.at(0), true);
    else createDataProperty(rt, args.receiver, name, args.at(0), true);
    return Undefined;
  };

const IteratorFunction = declareBuiltin('Iterator', (rt, args) => {
  if (args.newTarget === Undefined) throwTypeError(rt, 'ConstructorNotFunction', 'Iterator');
  if (args.newTarget === args.target) throwTypeError(rt, 'Plain', 'Abstract class Iterator not directly constructable');
  return ordinaryCreateFromConstructor(rt, args.target, args.newTarget);
});

const statics = builtinTable('Iterator', [
  [
    'from',
    js`function from(value) {
    'use strict';
    const method = value[Symbol.iterator];
    const iterator = method === undefined || method === null ? value : %_Call(method, value);
    if (!%IsJSReceiver(iterator)) %ThrowTypeError('CalledOnNonObject', 'Iterator.from');
    if (iterator instanceof Iterator) return iterator;
    const next = iterator.next;
    return {
      __proto__: Iterator.prototype,
      next() { return %_Call(next, iterator); },
      return() { const close = iterator.return; return close === undefined ? { value: undefined, done: true } : %_Call(close, iterator); },
    };
  }`,
    1,
  ],
]);

/** Accessors for web compatibility: assigning to them on an instance defines an own property. */
const weirdAccessors = builtinTable('Iterator.prototype', [
  ['get constructor', (rt) => rt.intrinsic(NativeContextSlot.IteratorFunction), 0],
  ['set constructor', weirdSetter('constructor'), 1],
  ['get @@toStringTag', (rt) => rt.factory.internalize('Iterator'), 0],
  ['set @@toStringTag', weirdSetter('@@toStringTag'), 1],
]);

/** Needs %IteratorPrototype%. */
export const bootstrapIteratorHelpers = (rt: Runtime): void => {
  const prototype = rt.intrinsic(NativeContextSlot.IteratorPrototype);
  const fn = makeConstructor(rt, {
    name: 'Iterator',
    implementation: IteratorFunction,
    length: 0,
    functionSlot: NativeContextSlot.IteratorFunction,
    prototype,
  });
  installTable(rt, fn, statics);
  installTable(rt, prototype, iteratorPrototype);
  deleteProperty(rt, prototype, rt.names.constructor, true);
  installTable(rt, prototype, weirdAccessors);
};
