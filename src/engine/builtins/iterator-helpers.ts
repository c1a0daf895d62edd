// Iterator and its helpers (map, filter, take …), written in JavaScript. The lazy ones are generators.

import type { Tagged } from '../heap/index.ts';
import {
  FixedArray,
  InstanceType,
  JSGeneratorObject,
  JSIteratorHelper,
  lookupOwn,
  StaticRoot,
  type TaggedField,
} from '../objects/index.ts';
import {
  type BuiltinFunction,
  createDataProperty,
  declareBuiltin,
  deleteOrdinary,
  hasInstanceType,
  hasOwnProperty,
  isJSReceiver,
  js,
  makeConstructor,
  NativeContextSlot,
  newInstanceMap,
  newPrototypeObject,
  ordinaryCreateFromConstructor,
  ordinaryHasInstance,
  type Runtime,
  type RuntimeFunctionRows,
  setProperty,
  throwTypeError,
  toOddball,
  Writes,
  writingNothing,
} from '../runtime/index.ts';
import { builtinTable, installAlias, installTable, installToStringTag } from './table.ts';

const { Undefined } = StaticRoot;

const close = `{ const close = iterator.return; if (close !== undefined && close !== null) %_Call(close, iterator); }`;
/** IteratorClose for a throw completion: what `return` throws is dropped. */
const closeQuietly = `try ${close} catch {}`;
const checkLimit = (name: string): string => `
    let n;
    try { n = %ToNumber(limit); } catch (error) { ${closeQuietly} throw error; }
    if (n !== n) { ${closeQuietly} %ThrowRangeError('MustBePositive', limit); }
    n = %ToIntegerOrInfinity(n);
    if (n < 0) { ${closeQuietly} %ThrowRangeError('MustBePositive', ${name === 'drop' ? 'limit' : 'limit'}); }`;
const checkCallback = (name: string, callback: string): string =>
  `if (!%IsCallable(${callback})) { ${closeQuietly} ${
    name === 'flatMap'
      ? "%ThrowTypeError('Plain', 'Iterator.prototype.flatMap is not a function');"
      : `%ThrowTypeError('CalledNonCallable', ${callback});`
  } }`;

const helper = (name: string, body: string, parameters = 'mapper') => js`function ${name}(${parameters}) {
    'use strict';
    if (!%IsJSReceiver(this)) %ThrowTypeError('CalledOnNonObject', 'Iterator.prototype.${name}');
    const iterator = this;
    ${parameters === '' ? '' : parameters === 'limit' ? checkLimit(name) : checkCallback(name, parameters)}
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
          let done;
          try { done = result.done; } catch (error) { finished = true; throw error; }
          if (done) { finished = true; return; }
          let value;
          try { value = result.value; } catch (error) { finished = true; throw error; }
          try { ${body} } catch (error) { finished = true; ${closeQuietly} throw error; }
          counter++;
        }
      } finally {
        if (!finished) ${close}
      }
    })();
    return %NewIteratorHelper(source, iterator);`;
const closing = close;

/** GetIteratorFlattenable refuses strings; what has no iterator is one. */
const flattening = `
            const mapped = mapper(value, counter);
            if (!%IsJSReceiver(mapped)) %ThrowTypeError('CalledOnNonObject', 'Iterator.prototype.flatMap');
            const method = %GetIteratorMethod(mapped);
            const inner = method === undefined ? mapped : %_Call(method, mapped);
            if (!%IsJSReceiver(inner)) %ThrowTypeError('Plain', %ToMessageText(mapped) + ' is not iterable');
            const innerNext = inner.next;
            let isSuspended = false;
            try {
              for (;;) {
                const innerResult = %_Call(innerNext, inner);
                if (!%IsJSReceiver(innerResult)) %ThrowTypeError('IteratorResultNotAnObject', innerResult);
                if (innerResult.done) break;
                const innerValue = innerResult.value;
                isSuspended = true;
                yield innerValue;
                isSuspended = false;
              }
            } finally {
              if (isSuspended) { const close = inner.return; if (close !== undefined && close !== null) %_Call(close, inner); }
            }`;

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
    let remaining = n;${lazily('if (remaining-- > 0) yield value;').replace(
      'let result;',
      `if (remaining <= 0) return;
          let result;`,
    )}`,
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
  ['flatMap', helper('flatMap', lazily(flattening)), 1],
]);

/** SetterThatIgnoresPrototypeProperties. */
const weirdSetter =
  (key: 'constructor' | '@@toStringTag'): BuiltinFunction =>
  (rt, args) => {
    if (!isJSReceiver(rt, args.receiver))
      throwTypeError(
        rt,
        'CalledOnNonObject',
        key === 'constructor' ? 'set Iterator.prototype.constructor' : 'set Iterator.prototype[Symbol.toStringTag]',
      );
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
    if (!%IsJSReceiver(value) && typeof value !== 'string') %ThrowTypeError('CalledOnNonObject', 'Iterator.from');
    const method = %GetIteratorMethod(value);
    const iterator = method === undefined ? value : %_Call(method, value);
    if (!%IsJSReceiver(iterator)) %ThrowTypeError('Plain', %ToMessageText(value) + ' is not iterable');
    const next = iterator.next;
    if (%IsIterator(iterator)) return iterator;
    return %NewWrappedIterator(iterator, next);
  }`,
    1,
  ],
]);

/** Accessors for web compatibility: assigning to them on an instance defines an own property. */
const weirdConstructor = builtinTable('Iterator.prototype', [
  ['get constructor', (rt) => rt.intrinsic(NativeContextSlot.IteratorFunction), 0, Writes.Nothing],
  ['set constructor', weirdSetter('constructor'), 1],
]);
const weirdTag = builtinTable('Iterator.prototype', [
  ['get @@toStringTag', (rt) => rt.factory.internalize('Iterator'), 0, Writes.Nothing],
  ['set @@toStringTag', weirdSetter('@@toStringTag'), 1],
]);

/** %IteratorHelperPrototype%: a helper is a generator and the iterator below it, which a return before the start closes. */
const helperPrototype = builtinTable('%IteratorHelperPrototype%', [
  [
    'next',
    js`function next() {
    'use strict';
    return %GeneratorOfHelper(this, 'next').next();
  }`,
    0,
  ],
  [
    'return',
    js`function return_() {
    'use strict';
    const source = %GeneratorOfHelper(this, 'return');
    if (%IsUnstartedGenerator(source)) {
      source.return();
      const iterator = %IteratorOfHelper(this);
      ${close}
      return { value: undefined, done: true };
    }
    return source.return();
  }`,
    0,
    Writes.Anything,
    'return',
  ],
]);

/** %WrapForValidIteratorPrototype%. */
const wrapPrototype = builtinTable('%WrapForValidIteratorPrototype%', [
  [
    'next',
    js`function next() {
    'use strict';
    const iterator = %IteratorOfWrapper(this, 'next');
    return %_Call(%NextOfWrapper(this), iterator);
  }`,
    0,
  ],
  [
    'return',
    js`function return_() {
    'use strict';
    const iterator = %IteratorOfWrapper(this, 'return');
    const method = iterator.return;
    if (method === undefined || method === null) return { value: undefined, done: true };
    return %_Call(method, iterator);
  }`,
    0,
    Writes.Anything,
    'return',
  ],
]);

const newHelper = (rt: Runtime, kind: number, source: Tagged, iterator: Tagged): Tagged => {
  const { heap } = rt;
  const maps = rt.intrinsic(NativeContextSlot.IteratorHelperMap);
  const helper = rt.factory.newJSObject(heap.getElement(maps, FixedArray.Elements, kind));
  heap.init(helper, JSIteratorHelper.Kind, kind << 1);
  heap.set(helper, JSIteratorHelper.Source, source);
  heap.set(helper, JSIteratorHelper.Iterator, iterator);
  return helper;
};

const fieldOf = (rt: Runtime, value: Tagged, kind: number, field: TaggedField, method: string): Tagged => {
  if (
    !hasInstanceType(rt, value, InstanceType.JSIteratorHelper) ||
    rt.heap.get(value, JSIteratorHelper.Kind) >> 1 !== kind
  )
    throwTypeError(
      rt,
      'IncompatibleMethodReceiver',
      `${kind === 0 ? 'Iterator JSIteratorHelper.prototype' : '%WrapForValidIteratorPrototype%'}.${method}`,
      value,
    );
  return rt.heap.get(value, field);
};

/** Natives of the JavaScript above. */
export const iteratorNatives: RuntimeFunctionRows = {
  ...writingNothing({
    NewIteratorHelper: (rt, args) => newHelper(rt, 0, args.at(0), args.at(1)),
    NewWrappedIterator: (rt, args) => newHelper(rt, 1, args.at(1), args.at(0)),
    GeneratorOfHelper: (rt, args) => fieldOf(rt, args.at(0), 0, JSIteratorHelper.Source, rt.toText(args.at(1))),
    IteratorOfHelper: (rt, args) => fieldOf(rt, args.at(0), 0, JSIteratorHelper.Iterator, 'return'),
    IteratorOfWrapper: (rt, args) => fieldOf(rt, args.at(0), 1, JSIteratorHelper.Iterator, rt.toText(args.at(1))),
    NextOfWrapper: (rt, args) => fieldOf(rt, args.at(0), 1, JSIteratorHelper.Source, 'next'),
    IsUnstartedGenerator: (rt, args) => toOddball(rt.heap.get(args.at(0), JSGeneratorObject.Continuation) === 0),
    IsIterator: (rt, args) =>
      toOddball(ordinaryHasInstance(rt, rt.intrinsic(NativeContextSlot.IteratorFunction), args.at(0))),
  }),
};

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
  // V8's order.
  const { symbols } = rt;
  const later = [symbols.iterator_symbol, symbols.dispose_symbol];
  const functions = later.map((symbol) => lookupOwn(rt.heap, rt.factory, prototype, symbol).value);
  for (const key of [rt.names.constructor, ...later]) deleteOrdinary(rt, prototype, key);
  installTable(rt, prototype, weirdConstructor);
  installTable(rt, prototype, iteratorPrototype);
  installAlias(rt, prototype, symbols.iterator_symbol, functions[0]!);
  installTable(rt, prototype, weirdTag);
  installAlias(rt, prototype, symbols.dispose_symbol, functions[1]!);
  const maps = rt.factory.newFixedArray(2, Undefined);
  rt.setIntrinsic(NativeContextSlot.IteratorHelperMap, maps);
  for (const [i, [table, tag]] of (
    [
      [helperPrototype, 'Iterator Helper'],
      [wrapPrototype, ''],
    ] as const
  ).entries()) {
    const own = newPrototypeObject(rt, prototype);
    installTable(rt, own, table);
    if (tag !== '') installToStringTag(rt, own, tag);
    rt.heap.setElement(
      maps,
      FixedArray.Elements,
      i,
      newInstanceMap(rt, InstanceType.JSIteratorHelper, JSIteratorHelper.Size, own),
    );
  }
};
