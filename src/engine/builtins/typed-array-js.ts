// Typed array methods that call back into JavaScript, written in JavaScript: see array-js.ts.

import { js } from '../runtime/index.ts';

const prologue = (name: string): string => `
    'use strict';
    const length = %TypedArrayLength(this, '${name}');
    if (!%IsCallable(callbackfn)) %ThrowTypeError('CalledNonCallable', callbackfn);`;

export const forEach = js`function forEach(callbackfn, thisArg) {${prologue('forEach')}
    for (let i = 0; i < length; i++) %_Call(callbackfn, thisArg, this[i], i, this);
  }`;

export const map = js`function map(callbackfn, thisArg) {
    'use strict';
    const length = %TypedArrayLength(this, 'map');
    if (!%IsCallable(callbackfn)) %ThrowTypeError('Plain', %ToMessageText(callbackfn) + ' is not a function');
    const result = %TypedArraySpeciesCreate(this, length, 'map');
    for (let i = 0; i < length; i++) result[i] = %_Call(callbackfn, thisArg, this[i], i, this);
    return result;
  }`;

export const filter = js`function filter(callbackfn, thisArg) {${prologue('filter')}
    const kept = [];
    let n = 0;
    for (let i = 0; i < length; i++) {
      const element = this[i];
      if (%_Call(callbackfn, thisArg, element, i, this)) %CreateDataProperty(kept, n++, element);
    }
    const result = %TypedArraySpeciesCreate(this, n, 'filter');
    for (let i = 0; i < n; i++) result[i] = kept[i];
    return result;
  }`;

export const some = js`function some(callbackfn, thisArg) {${prologue('some')}
    for (let i = 0; i < length; i++) if (%_Call(callbackfn, thisArg, this[i], i, this)) return true;
    return false;
  }`;

export const every = js`function every(callbackfn, thisArg) {${prologue('every')}
    for (let i = 0; i < length; i++) if (!%_Call(callbackfn, thisArg, this[i], i, this)) return false;
    return true;
  }`;

/** V8 calls findLastIndex findIndexLast in messages. */
const finder = (
  name: string,
  forward: boolean,
  found: string,
  none: string,
) => js`function ${name}(callbackfn, thisArg) {${prologue(name === 'findLastIndex' ? 'findIndexLast' : name)}
    for (let i = ${forward ? '0' : 'length - 1'}; ${forward ? 'i < length' : 'i >= 0'}; i${forward ? '++' : '--'}) {
      const element = this[i];
      if (%_Call(callbackfn, thisArg, element, i, this)) return ${found};
    }
    return ${none};
  }`;
export const find = finder('find', true, 'element', 'undefined');
export const findIndex = finder('findIndex', true, 'i', '-1');
export const findLast = finder('findLast', false, 'element', 'undefined');
export const findLastIndex = finder('findLastIndex', false, 'i', '-1');

const reducer = (name: string, forward: boolean) => js`function ${name}(callbackfn) {${prologue(name)}
    let i = ${forward ? '0' : 'length - 1'};
    let accumulator;
    if (arguments.length > 1) {
      accumulator = arguments[1];
    } else {
      if (length === 0) %ThrowTypeError('ReduceNoInitial');
      accumulator = this[i];
      i${forward ? '++' : '--'};
    }
    for (; ${forward ? 'i < length' : 'i >= 0'}; i${forward ? '++' : '--'}) accumulator = callbackfn(accumulator, this[i], i, this);
    return accumulator;
  }`;
export const reduce = reducer('reduce', true);
export const reduceRight = reducer('reduceRight', false);

const checkComparator = `
    if (comparefn !== undefined && !%IsCallable(comparefn)) %ThrowTypeError('Plain', 'The comparison function must be either a function or undefined: ' + %ToMessageText(comparefn));`;
const sortBody = (target: string): string => `
    if (comparefn === undefined) return %TypedArraySortNumbers(${target});
    const work = [];
    const other = [];
    for (let i = 0; i < length; i++) {
      const element = ${target}[i];
      %CreateDataProperty(work, i, element);
      %CreateDataProperty(other, i, element);
    }
    const merge = (source, from, to, sorted) => {
      const middle = from + ((to - from) >> 1);
      if (middle - from > 1) merge(sorted, from, middle, source);
      if (to - middle > 1) merge(sorted, middle, to, source);
      let left = from;
      let right = middle;
      for (let i = from; i < to; i++) {
        if (left < middle && right >= to) sorted[i] = source[left++];
        else if (left < middle) {
          const a = source[left];
          const b = source[right];
          let order = %ToNumber(comparefn(a, b));
          if (order !== order) order = 0;
          if (order <= 0) { sorted[i] = a; left++; } else { sorted[i] = b; right++; }
        } else sorted[i] = source[right++];
      }
    };
    if (length > 1) merge(other, 0, length, work);
    for (let i = 0; i < length; i++) ${target}[i] = work[i];
    return ${target};`;

export const sort = js`function sort(comparefn) {
    'use strict';${checkComparator}
    const length = %TypedArrayLength(this, 'sort');${sortBody('this')}
  }`;

export const toSorted = js`function toSorted(comparefn) {
    'use strict';${checkComparator}
    const length = %TypedArrayLength(this, 'toSorted');
    const copy = %TypedArrayCreateSame(this);${sortBody('copy')}
  }`;

export const of = js`function of() {
    'use strict';
    if (!%IsConstructor(this)) %ThrowTypeError('NotConstructor', this);
    const length = arguments.length;
    const result = %TypedArrayCreateFrom(this, length, 'of');
    for (let i = 0; i < length; i++) result[i] = arguments[i];
    return result;
  }`;

export const from = js`function from(source, mapfn, thisArg) {
    'use strict';
    if (!%IsConstructor(this)) %ThrowTypeError('NotConstructor', this);
    const mapping = mapfn !== undefined;
    if (mapping && !%IsCallable(mapfn)) %ThrowTypeError('CalledNonCallable', mapfn);
    if (source === undefined || source === null) %ThrowTypeError('NotIterableNoSymbolLoad', source);
    let items = source;
    if (%GetIteratorMethod(source, '%TypedArray%.from') !== undefined) items = [...source];
    else items = %ToObject(source);
    const length = %ToLength(items.length);
    const result = %TypedArrayCreateFrom(this, length, 'from');
    for (let i = 0; i < length; i++) result[i] = mapping ? %_Call(mapfn, thisArg, items[i], i) : items[i];
    return result;
  }`;
