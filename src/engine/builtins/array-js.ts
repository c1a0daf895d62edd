// Array.prototype methods that call back into JavaScript, written in JavaScript: their frames are ordinary frames on the
// emulated stack, so callbacks never recurse on the host.

import { js } from '../runtime/index.ts';

const prologue = (name: string): string => `
    if (this === undefined || this === null) %ThrowTypeError('CalledOnNullOrUndefined', 'Array.prototype.${name}');
    const o = %ToObject(this);
    const length = %ToLength(o.length);`;
/** Element i, unless there is none. Where a trap or a getter would notice, it is asked for first. */
const present = `
      if (isOdd && !(i in o)) continue;
      const element = o[i];
      if (element !== undefined || isOdd || i in o)`;
export const odd = `
    const isOdd = !%IsPlainArray(o);`;
const callback = `
    if (!%IsCallable(callbackfn)) %ThrowTypeError('CalledNonCallable', callbackfn);`;

/** What the methods do from element `start` on. Their continuations begin in the middle (array-continuations.ts). */
export const loops = {
  forEach: (start: string) => `
    for (let i = ${start}; i < length; i++) {${present} %_Call(callbackfn, thisArg, element, i, o);
    }`,
  /** @param settle what is done with the whole result; of one that optimized code began, nothing */
  map: (start: string, settle = '') => `
    for (let i = ${start}; i < length; i++) {${present} %CreateDataProperty(result, i, %_Call(callbackfn, thisArg, element, i, o));
    }${settle}
    return result;`,
  filter: (start: string) => `
    for (let i = ${start}; i < length; i++) {${present} {
        if (%_Call(callbackfn, thisArg, element, i, o)) %CreateDataProperty(result, to++, element);
      }
    }
    return result;`,
  some: (start: string) => `
    for (let i = ${start}; i < length; i++) {${present} if (%_Call(callbackfn, thisArg, element, i, o)) return true;
    }
    return false;`,
  every: (start: string) => `
    for (let i = ${start}; i < length; i++) {${present} if (!%_Call(callbackfn, thisArg, element, i, o)) return false;
    }
    return true;`,
  find: finding(true, 'element', 'undefined'),
  findIndex: finding(true, 'i', '-1'),
  findLast: finding(false, 'element', 'undefined'),
  findLastIndex: finding(false, 'i', '-1'),
  reduce: reducing(true),
  reduceRight: reducing(false),
};

function finding(forward: boolean, found: string, none: string): (start: string) => string {
  return (start) => `
    for (let i = ${start}; ${forward ? 'i < length' : 'i >= 0'}; i${forward ? '++' : '--'}) {
      const element = o[i];
      if (%_Call(callbackfn, thisArg, element, i, o)) return ${found};
    }
    return ${none};`;
}

function reducing(forward: boolean): (start: string) => string {
  return (start) => `
    for (let i = ${start}; ${forward ? 'i < length' : 'i >= 0'}; i${forward ? '++' : '--'}) {${present} accumulator = callbackfn(accumulator, element, i, o);
    }
    return accumulator;`;
}

/** Where a reduction without an initial value begins: after the first element there is. */
export const firstAccumulator = (forward: boolean): string => `
    let k = ${forward ? '0' : 'length - 1'};
    for (;; k${forward ? '++' : '--'}) {
      if (${forward ? 'k >= length' : 'k < 0'}) %ThrowTypeError('ReduceNoInitial');
      if (k in o) { accumulator = o[k]; k${forward ? '++' : '--'}; break; }
    }`;

export const forEach = js`function forEach(callbackfn, thisArg) {
    'use strict';${prologue('forEach')}${callback}${odd}${loops.forEach('0')}
  }`;

export const map = js`function map(callbackfn, thisArg) {
    'use strict';${prologue('map')}${callback}${odd}
    const result = %ArraySpeciesCreateToFill(o, length);${loops.map('0', '%SettleElementsKind(result);')}
  }`;

export const filter = js`function filter(callbackfn, thisArg) {
    'use strict';${prologue('filter')}${callback}${odd}
    const result = %ArraySpeciesCreateAlike(o);
    let to = 0;${loops.filter('0')}
  }`;

export const some = js`function some(callbackfn, thisArg) {
    'use strict';${prologue('some')}${callback}${odd}${loops.some('0')}
  }`;

export const every = js`function every(callbackfn, thisArg) {
    'use strict';${prologue('every')}${callback}${odd}${loops.every('0')}
  }`;

const finder = (
  name: 'find' | 'findIndex' | 'findLast' | 'findLastIndex',
  start: string,
) => js`function ${name}(callbackfn, thisArg) {
    'use strict';${prologue(name)}${callback}${loops[name](start)}
  }`;
export const find = finder('find', '0');
export const findIndex = finder('findIndex', '0');
export const findLast = finder('findLast', 'length - 1');
export const findLastIndex = finder('findLastIndex', 'length - 1');

const reducer = (name: 'reduce' | 'reduceRight', forward: boolean) => js`function ${name}(callbackfn) {
    'use strict';${prologue(name)}${callback}${odd}
    let accumulator;
    if (arguments.length > 1) {
      accumulator = arguments[1];${loops[name](forward ? '0' : 'length - 1')}
    }${firstAccumulator(forward)}${loops[name]('k')}
  }`;
export const reduce = reducer('reduce', true);
export const reduceRight = reducer('reduceRight', false);

export const flatMap = js`function flatMap(callbackfn, thisArg) {
    'use strict';
    const o = %ToObject(this);
    const length = %ToLength(o.length);${callback}
    const result = %ArraySpeciesCreateHoley(o);
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
    if (items === undefined || items === null) %ThrowTypeError('NotIterableNoSymbolLoad', items);
    const method = %GetIteratorMethod(items, '%Array%.from');
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
    const result = %ArrayCreateToFill(isConstructor ? this : undefined, length) ?? new this(length);
    for (let k = 0; k < length; k++) {
      const value = source[k];
      %CreateDataProperty(result, k, mapping ? %_Call(mapfn, thisArg, value, k) : value);
    }
    result.length = length;
    %SettleElementsKind(result);
    return result;
  }`;

export const fromAsync = js`function fromAsync(asyncItems, mapfn, thisArg) {
    'use strict';
    const constructor = this;
    return (async () => {
      const mapping = mapfn !== undefined;
      if (mapping && !%IsCallable(mapfn)) %ThrowTypeError('Plain', %ToMessageText(mapfn) + ' is not a function');
      if (asyncItems === undefined || asyncItems === null)
        %ThrowTypeError('NonObjectPropertyLoadWithProperty', asyncItems, 'Symbol(Symbol.asyncIterator)');
      const asyncMethod = %IteratorMethodOf(asyncItems, true);
      const syncMethod = asyncMethod === undefined ? %IteratorMethodOf(asyncItems, false) : undefined;
      if (asyncMethod !== undefined || syncMethod !== undefined) {
        const result = %IsConstructor(constructor) ? new constructor() : [];
        let iterator = %_Call(asyncMethod ?? syncMethod, asyncItems);
        if (!%IsJSReceiver(iterator)) %ThrowTypeError('SymbolIteratorInvalid');
        if (asyncMethod === undefined) iterator = %CreateAsyncFromSyncIterator(iterator);
        const next = iterator.next;
        try {
          for (let k = 0; ; k++) {
            const step = await %_Call(next, iterator);
            if (!%IsJSReceiver(step))
              %ThrowTypeError('IteratorResultNotAnObject', asyncMethod === undefined ? step : 'Array.fromAsync');
            if (step.done) { result.length = k; return result; }
            let value = step.value;
            if (mapping) value = await %_Call(mapfn, thisArg, value, k);
            %CreateDataProperty(result, k, value);
          }
        } catch (error) {
          // V8 closes the iterator whatever failed.
          try { const close = iterator.return; if (close !== undefined && close !== null) await %_Call(close, iterator); } catch {}
          throw error;
        }
      }
      const source = %ToObject(asyncItems);
      const length = %ToLength(source.length);
      const result = %IsConstructor(constructor) ? new constructor(length) : %ArrayCreate(length);
      for (let k = 0; k < length; k++) {
        let value = await source[k];
        if (mapping) value = await %_Call(mapfn, thisArg, value, k);
        %CreateDataProperty(result, k, value);
      }
      result.length = length;
      return result;
    })();
  }`;

// TimSort as V8's third_party/v8/builtins/array-sort.tq does it (Tim Peters' listsort): the order of comparisons is visible to
// the comparator, so runs, galloping and merge policy follow it exactly. `work` is a plain array without holes or undefined.
const sorter = `
    const n = work.length;
    let source = work;
    const order = comparefn === undefined
      ? (a, b) => {
          const x = %ToString(a);
          const y = %ToString(b);
          return x < y ? -1 : y < x ? 1 : 0;
        }
      : (a, b) => %ToNumber(comparefn(a, b)) || 0; // NaN is 0
    const binaryInsertion = (low, startArg, high) => {
      let start = low === startArg ? startArg + 1 : startArg;
      for (; start < high; ++start) {
        let left = low;
        let right = start;
        const pivot = work[right];
        while (left < right) {
          const mid = left + ((right - left) >> 1);
          if (order(pivot, work[mid]) < 0) right = mid; else left = mid + 1;
        }
        for (let p = start; p > left; --p) work[p] = work[p - 1];
        work[left] = pivot;
      }
    };
    const countRun = (lowArg, high) => {
      const low = lowArg + 1;
      if (low === high) return 1;
      let run = 2;
      const elementLow = work[low];
      const elementHigh = work[low - 1];
      const descending = order(elementLow, elementHigh) < 0;
      let previous = elementLow;
      for (let i = low + 1; i < high; ++i) {
        const current = work[i];
        const o = order(current, previous);
        if (descending ? o >= 0 : o < 0) break;
        previous = current;
        ++run;
      }
      if (descending) {
        for (let a = lowArg, b = lowArg + run - 1; a < b; a++, b--) { const t = work[a]; work[a] = work[b]; work[b] = t; }
      }
      return run;
    };
    const gallopLeft = (array, key, base, length, hint) => {
      let lastOffset = 0;
      let offset = 1;
      if (order(array[base + hint], key) < 0) {
        const max = length - hint;
        while (offset < max && order(array[base + hint + offset], key) < 0) { lastOffset = offset; offset = (offset << 1) + 1; }
        if (offset > max) offset = max;
        lastOffset += hint;
        offset += hint;
      } else {
        const max = hint + 1;
        while (offset < max && !(order(array[base + hint - offset], key) < 0)) { lastOffset = offset; offset = (offset << 1) + 1; }
        if (offset > max) offset = max;
        const t = lastOffset;
        lastOffset = hint - offset;
        offset = hint - t;
      }
      lastOffset++;
      while (lastOffset < offset) {
        const m = lastOffset + ((offset - lastOffset) >> 1);
        if (order(array[base + m], key) < 0) lastOffset = m + 1; else offset = m;
      }
      return offset;
    };
    const gallopRight = (array, key, base, length, hint) => {
      let lastOffset = 0;
      let offset = 1;
      if (order(key, array[base + hint]) < 0) {
        const max = hint + 1;
        while (offset < max && order(key, array[base + hint - offset]) < 0) { lastOffset = offset; offset = (offset << 1) + 1; }
        if (offset > max) offset = max;
        const t = lastOffset;
        lastOffset = hint - offset;
        offset = hint - t;
      } else {
        const max = length - hint;
        while (offset < max && !(order(key, array[base + hint + offset]) < 0)) { lastOffset = offset; offset = (offset << 1) + 1; }
        if (offset > max) offset = max;
        lastOffset += hint;
        offset += hint;
      }
      lastOffset++;
      while (lastOffset < offset) {
        const m = lastOffset + ((offset - lastOffset) >> 1);
        if (order(key, array[base + m]) < 0) offset = m; else lastOffset = m + 1;
      }
      return offset;
    };
    let minGallop = 7;
    const mergeLow = (baseA, lengthAArg, baseB, lengthBArg) => {
      let lengthA = lengthAArg;
      let lengthB = lengthBArg;
      const temp = %ArrayCreate(0);
      for (let i = 0; i < lengthA; i++) temp[i] = work[baseA + i];
      let dest = baseA;
      let cursorTemp = 0;
      let cursorB = baseB;
      work[dest++] = work[cursorB++];
      let copyA = false;
      done: {
        if (--lengthB === 0) break done;
        if (lengthA === 1) { copyA = true; break done; }
        let gallop = minGallop;
        for (;;) {
          let winsA = 0;
          let winsB = 0;
          for (;;) {
            if (order(work[cursorB], temp[cursorTemp]) < 0) {
              work[dest++] = work[cursorB++];
              ++winsB; --lengthB; winsA = 0;
              if (lengthB === 0) break done;
              if (winsB >= gallop) break;
            } else {
              work[dest++] = temp[cursorTemp++];
              ++winsA; --lengthA; winsB = 0;
              if (lengthA === 1) { copyA = true; break done; }
              if (winsA >= gallop) break;
            }
          }
          ++gallop;
          let first = true;
          while (winsA >= 7 || winsB >= 7 || first) {
            first = false;
            gallop = gallop - 1 > 1 ? gallop - 1 : 1;
            minGallop = gallop;
            winsA = gallopRight(temp, work[cursorB], cursorTemp, lengthA, 0);
            if (winsA > 0) {
              for (let i = 0; i < winsA; i++) work[dest + i] = temp[cursorTemp + i];
              dest += winsA; cursorTemp += winsA; lengthA -= winsA;
              if (lengthA === 1) { copyA = true; break done; }
              if (lengthA === 0) break done;
            }
            work[dest++] = work[cursorB++];
            if (--lengthB === 0) break done;
            winsB = gallopLeft(work, temp[cursorTemp], cursorB, lengthB, 0);
            if (winsB > 0) {
              for (let i = 0; i < winsB; i++) work[dest + i] = work[cursorB + i];
              dest += winsB; cursorB += winsB; lengthB -= winsB;
              if (lengthB === 0) break done;
            }
            work[dest++] = temp[cursorTemp++];
            if (--lengthA === 1) { copyA = true; break done; }
          }
          ++gallop;
          minGallop = gallop;
        }
      }
      if (copyA) {
        for (let i = 0; i < lengthB; i++) work[dest + i] = work[cursorB + i];
        work[dest + lengthB] = temp[cursorTemp];
      } else if (lengthA > 0) {
        for (let i = 0; i < lengthA; i++) work[dest + i] = temp[cursorTemp + i];
      }
    };
    const mergeHigh = (baseA, lengthAArg, baseB, lengthBArg) => {
      let lengthA = lengthAArg;
      let lengthB = lengthBArg;
      const temp = %ArrayCreate(0);
      for (let i = 0; i < lengthB; i++) temp[i] = work[baseB + i];
      let dest = baseB + lengthB - 1;
      let cursorTemp = lengthB - 1;
      let cursorA = baseA + lengthA - 1;
      work[dest--] = work[cursorA--];
      let copyB = false;
      done: {
        if (--lengthA === 0) break done;
        if (lengthB === 1) { copyB = true; break done; }
        let gallop = minGallop;
        for (;;) {
          let winsA = 0;
          let winsB = 0;
          for (;;) {
            if (order(temp[cursorTemp], work[cursorA]) < 0) {
              work[dest--] = work[cursorA--];
              ++winsA; --lengthA; winsB = 0;
              if (lengthA === 0) break done;
              if (winsA >= gallop) break;
            } else {
              work[dest--] = temp[cursorTemp--];
              ++winsB; --lengthB; winsA = 0;
              if (lengthB === 1) { copyB = true; break done; }
              if (winsB >= gallop) break;
            }
          }
          ++gallop;
          let first = true;
          while (winsA >= 7 || winsB >= 7 || first) {
            first = false;
            gallop = gallop - 1 > 1 ? gallop - 1 : 1;
            minGallop = gallop;
            let k = gallopRight(work, temp[cursorTemp], baseA, lengthA, lengthA - 1);
            winsA = lengthA - k;
            if (winsA > 0) {
              dest -= winsA; cursorA -= winsA;
              for (let i = winsA - 1; i >= 0; i--) work[dest + 1 + i] = work[cursorA + 1 + i];
              lengthA -= winsA;
              if (lengthA === 0) break done;
            }
            work[dest--] = temp[cursorTemp--];
            if (--lengthB === 1) { copyB = true; break done; }
            k = gallopLeft(temp, work[cursorA], 0, lengthB, lengthB - 1);
            winsB = lengthB - k;
            if (winsB > 0) {
              dest -= winsB; cursorTemp -= winsB;
              for (let i = 0; i < winsB; i++) work[dest + 1 + i] = temp[cursorTemp + 1 + i];
              lengthB -= winsB;
              if (lengthB === 1) { copyB = true; break done; }
              if (lengthB === 0) break done;
            }
            work[dest--] = work[cursorA--];
            if (--lengthA === 0) break done;
          }
          ++gallop;
          minGallop = gallop;
        }
      }
      if (copyB) {
        dest -= lengthA; cursorA -= lengthA;
        for (let i = lengthA - 1; i >= 0; i--) work[dest + 1 + i] = work[cursorA + 1 + i];
        work[dest] = temp[cursorTemp];
      } else if (lengthB > 0) {
        for (let i = 0; i < lengthB; i++) work[dest - (lengthB - 1) + i] = temp[i];
      }
    };
    if (n >= 2) {
      const bases = [];
      const lengths = [];
      let runs = 0;
      const mergeAt = (i) => {
        let baseA = bases[i];
        let lengthA = lengths[i];
        const baseB = bases[i + 1];
        let lengthB = lengths[i + 1];
        lengths[i] = lengthA + lengthB;
        if (i === runs - 3) { bases[i + 1] = bases[i + 2]; lengths[i + 1] = lengths[i + 2]; }
        runs--;
        const k = gallopRight(work, work[baseB], baseA, lengthA, 0);
        baseA += k;
        lengthA -= k;
        if (lengthA === 0) return;
        lengthB = gallopLeft(work, work[baseA + lengthA - 1], baseB, lengthB, lengthB - 1);
        if (lengthB === 0) return;
        if (lengthA <= lengthB) mergeLow(baseA, lengthA, baseB, lengthB); else mergeHigh(baseA, lengthA, baseB, lengthB);
      };
      let low = 0;
      let remaining = n;
      let minRun = n;
      let r = 0;
      while (minRun >= 64) { r |= minRun & 1; minRun >>= 1; }
      minRun += r;
      while (remaining !== 0) {
        let current = countRun(low, low + remaining);
        if (current < minRun) {
          const forced = minRun < remaining ? minRun : remaining;
          binaryInsertion(low, low + current, low + forced);
          current = forced;
        }
        bases[runs] = low;
        lengths[runs] = current;
        runs++;
        while (runs > 1) {
          let k = runs - 2;
          const invalid = (m) => m >= 2 && lengths[m - 2] <= lengths[m - 1] + lengths[m];
          if (invalid(k + 1) || invalid(k)) {
            if (lengths[k - 1] < lengths[k + 1]) --k;
            mergeAt(k);
          } else if (lengths[k] <= lengths[k + 1]) {
            mergeAt(k);
          } else break;
        }
        low += current;
        remaining -= current;
      }
      while (runs > 1) {
        let k = runs - 2;
        if (k > 0 && lengths[k - 1] < lengths[k + 1]) --k;
        mergeAt(k);
      }
    }`;

export const sort = js`function sort(comparefn) {
    'use strict';
    if (comparefn !== undefined && !%IsCallable(comparefn)) %ThrowTypeError('Plain', 'The comparison function must be either a function or undefined: ' + %ToMessageText(comparefn));
    const o = %ToObject(this);
    const length = %ToLength(o.length);
    if (length < 2) return o;
    const work = %SortCollect(o, length, false);
    const holes = %SortHoles();
    const sorted = comparefn === undefined ? %SortTexts(work) : undefined;
    if (sorted !== undefined) {
      %SortWrite(o, sorted, length, holes);
      return o;
    }
    ${sorter}
    %SortWrite(o, source, length, holes);
    return o;
  }`;

export const toSorted = js`function toSorted(comparefn) {
    'use strict';
    if (comparefn !== undefined && !%IsCallable(comparefn)) %ThrowTypeError('Plain', 'The comparison function must be either a function or undefined: ' + %ToMessageText(comparefn));
    const o = %ToObject(this);
    const length = %ToLength(o.length);
    const result = %ArrayCreateToFill(undefined, length);
    const work = %SortCollect(o, length, true);
    const holes = 0;
    const sorted = comparefn === undefined ? %SortTexts(work) : undefined;
    if (sorted !== undefined) {
      %SortWrite(result, sorted, length, holes);
      %SettleElementsKind(result, true);
      return result;
    }
    ${sorter}
    %SortWrite(result, source, length, holes);
    return result;
  }`;
