// Array.prototype methods that call back into JavaScript, written in JavaScript: their frames are ordinary frames on the
// emulated stack, so callbacks never recurse on the host.

import { js } from '../runtime/index.ts';

const prologue = (name: string): string => `
    if (this === undefined || this === null) %ThrowTypeError('CalledOnNullOrUndefined', 'Array.prototype.${name}');
    const o = %ToObject(this);
    const length = %ToLength(o.length);`;
const callback = `
    if (!%IsCallable(callbackfn)) %ThrowTypeError('CalledNonCallable', callbackfn);`;

export const forEach = js`function forEach(callbackfn, thisArg) {
    'use strict';${prologue('forEach')}${callback}
    for (let i = 0; i < length; i++) {
      const element = o[i];
      if (element !== undefined || i in o) %_Call(callbackfn, thisArg, element, i, o);
    }
  }`;

export const map = js`function map(callbackfn, thisArg) {
    'use strict';${prologue('map')}${callback}
    const result = %ArraySpeciesCreate(o, length);
    for (let i = 0; i < length; i++) {
      const element = o[i];
      if (element !== undefined || i in o) %CreateDataProperty(result, i, %_Call(callbackfn, thisArg, element, i, o));
    }
    return result;
  }`;

export const filter = js`function filter(callbackfn, thisArg) {
    'use strict';${prologue('filter')}${callback}
    const result = %ArraySpeciesCreate(o, 0);
    let to = 0;
    for (let i = 0; i < length; i++) {
      const element = o[i];
      if (element !== undefined || i in o) {
        if (%_Call(callbackfn, thisArg, element, i, o)) %CreateDataProperty(result, to++, element);
      }
    }
    return result;
  }`;

export const some = js`function some(callbackfn, thisArg) {
    'use strict';${prologue('some')}${callback}
    for (let i = 0; i < length; i++) {
      const element = o[i];
      if (element !== undefined || i in o) if (%_Call(callbackfn, thisArg, element, i, o)) return true;
    }
    return false;
  }`;

export const every = js`function every(callbackfn, thisArg) {
    'use strict';${prologue('every')}${callback}
    for (let i = 0; i < length; i++) {
      const element = o[i];
      if (element !== undefined || i in o) if (!%_Call(callbackfn, thisArg, element, i, o)) return false;
    }
    return true;
  }`;

const finder = (name: string, forward: boolean, found: string, none: string) => js`function ${name}(callbackfn, thisArg) {
    'use strict';${prologue(name)}${callback}
    for (let i = ${forward ? '0' : 'length - 1'}; ${forward ? 'i < length' : 'i >= 0'}; i${forward ? '++' : '--'}) {
      const element = o[i];
      if (%_Call(callbackfn, thisArg, element, i, o)) return ${found};
    }
    return ${none};
  }`;
export const find = finder('find', true, 'element', 'undefined');
export const findIndex = finder('findIndex', true, 'i', '-1');
export const findLast = finder('findLast', false, 'element', 'undefined');
export const findLastIndex = finder('findLastIndex', false, 'i', '-1');

const reducer = (name: string, forward: boolean) => js`function ${name}(callbackfn) {
    'use strict';${prologue(name)}${callback}
    let i = ${forward ? '0' : 'length - 1'};
    let accumulator;
    if (arguments.length > 1) {
      accumulator = arguments[1];
    } else {
      for (;; i${forward ? '++' : '--'}) {
        if (${forward ? 'i >= length' : 'i < 0'}) %ThrowTypeError('ReduceNoInitial');
        if (i in o) { accumulator = o[i]; i${forward ? '++' : '--'}; break; }
      }
    }
    for (; ${forward ? 'i < length' : 'i >= 0'}; i${forward ? '++' : '--'}) {
      const element = o[i];
      if (element !== undefined || i in o) accumulator = callbackfn(accumulator, element, i, o);
    }
    return accumulator;
  }`;
export const reduce = reducer('reduce', true);
export const reduceRight = reducer('reduceRight', false);

export const flatMap = js`function flatMap(callbackfn, thisArg) {
    'use strict';${prologue('flatMap')}
    if (!%IsCallable(callbackfn)) %ThrowTypeError('Plain', 'flatMap mapper function is not callable');
    const result = %ArraySpeciesCreate(o, 0);
    let to = 0;
    for (let i = 0; i < length; i++) {
      if (i in o) {
        const mapped = %_Call(callbackfn, thisArg, o[i], i, o);
        if (%ArrayIsArray(mapped)) {
          const n = %ToLength(mapped.length);
          for (let k = 0; k < n; k++) if (k in mapped) %CreateDataProperty(result, to++, mapped[k]);
        } else {
          %CreateDataProperty(result, to++, mapped);
        }
      }
    }
    return result;
  }`;

export const from = js`function from(items, mapfn, thisArg) {
    'use strict';
    const mapping = mapfn !== undefined;
    if (mapping && !%IsCallable(mapfn)) %ThrowTypeError('CalledNonCallable', mapfn);
    if (items === undefined || items === null) %ThrowTypeError('NotIterableNoSymbolLoad', items, 'Symbol(Symbol.iterator)');
    const method = %GetIteratorMethod(items);
    const isConstructor = %IsConstructor(this);
    if (method !== undefined) {
      const result = isConstructor ? new this() : [];
      const iterator = %_Call(method, items);
      if (!%IsJSReceiver(iterator)) %ThrowTypeError('SymbolIteratorInvalid');
      const next = iterator.next;
      let k = 0;
      for (;;) {
        const step = %_Call(next, iterator);
        if (!%IsJSReceiver(step)) %ThrowTypeError('IteratorResultNotAnObject', step);
        if (step.done) { result.length = k; return result; }
        let value = step.value;
        try {
          if (mapping) value = %_Call(mapfn, thisArg, value, k);
          %CreateDataProperty(result, k, value);
        } catch (error) {
          try { const close = iterator.return; if (close !== undefined && close !== null) %_Call(close, iterator); } catch {}
          throw error;
        }
        k++;
      }
    }
    const source = %ToObject(items);
    const length = %ToLength(source.length);
    const result = isConstructor ? new this(length) : %ArrayCreate(length);
    for (let k = 0; k < length; k++) {
      const value = source[k];
      %CreateDataProperty(result, k, mapping ? %_Call(mapfn, thisArg, value, k) : value);
    }
    result.length = length;
    return result;
  }`;

// TimSort's short-run part (binary insertion) and merges, in V8's comparison order for arrays of up to 32 elements;
// stable for all. `work` is a plain array without holes or undefined.
const sorter = `
    const n = work.length;
    const run = n <= 32 ? n : 32;
    for (let low = 0; low < n; low += run) {
      const high = low + run < n ? low + run : n;
      let start = low + 1;
      if (start < high) {
        let order = %ToNumber(comparefn(work[low + 1], work[low]));
        const descending = order < 0;
        start = low + 2;
        while (start < high) {
          order = %ToNumber(comparefn(work[start], work[start - 1]));
          if (descending ? !(order < 0) : order < 0) break;
          start++;
        }
        if (descending) {
          for (let a = low, b = start - 1; a < b; a++, b--) { const t = work[a]; work[a] = work[b]; work[b] = t; }
        }
      }
      for (; start < high; start++) {
        const pivot = work[start];
        let left = low;
        let right = start;
        while (left < right) {
          const mid = left + ((right - left) >> 1);
          if (%ToNumber(comparefn(pivot, work[mid])) < 0) right = mid; else left = mid + 1;
        }
        for (let p = start; p > left; p--) work[p] = work[p - 1];
        work[left] = pivot;
      }
    }
    let source = work;
    let target = %ArrayCreate(0);
    for (let width = run; width < n; width *= 2) {
      for (let low = 0; low < n; low += 2 * width) {
        const mid = low + width < n ? low + width : n;
        const high = low + 2 * width < n ? low + 2 * width : n;
        let a = low;
        let b = mid;
        let to = low;
        while (a < mid && b < high) {
          if (%ToNumber(comparefn(source[b], source[a])) < 0) target[to++] = source[b++]; else target[to++] = source[a++];
        }
        while (a < mid) target[to++] = source[a++];
        while (b < high) target[to++] = source[b++];
      }
      const t = source; source = target; target = t;
    }`;

export const sort = js`function sort(comparefn) {
    'use strict';
    if (comparefn !== undefined && !%IsCallable(comparefn)) %ThrowTypeError('Plain', 'The comparison function must be either a function or undefined [' + %ToMessageText(comparefn) + ']');
    if (this === undefined || this === null) %ThrowTypeError('CalledOnNullOrUndefined', 'Array.prototype.sort');
    const o = %ToObject(this);
    const length = %ToLength(o.length);
    if (length < 2) return o;
    const work = %SortCollect(o, length, false);
    const holes = %SortHoles();
    if (comparefn === undefined) {
      %SortWrite(o, %SortDefault(work), length, holes);
      return o;
    }
    ${sorter}
    %SortWrite(o, source, length, holes);
    return o;
  }`;

export const toSorted = js`function toSorted(comparefn) {
    'use strict';
    if (comparefn !== undefined && !%IsCallable(comparefn)) %ThrowTypeError('Plain', 'The comparison function must be either a function or undefined [' + %ToMessageText(comparefn) + ']');
    if (this === undefined || this === null) %ThrowTypeError('CalledOnNullOrUndefined', 'Array.prototype.toSorted');
    const o = %ToObject(this);
    const length = %ToLength(o.length);
    const result = %ArrayCreate(length);
    const work = %SortCollect(o, length, true);
    const holes = 0;
    if (comparefn === undefined) {
      %SortWrite(result, %SortDefault(work), length, holes);
      return result;
    }
    ${sorter}
    %SortWrite(result, source, length, holes);
    return result;
  }`;
