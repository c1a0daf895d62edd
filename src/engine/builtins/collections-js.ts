// Map and Set methods that call back into JavaScript, written in JavaScript: see array-js.ts.

import { js } from '../runtime/index.ts';

const receiver = (type: 'Map' | 'Set', name: string): string => `
    if (!%CollectionIs(this, ${type === 'Map'})) %ThrowTypeError('IncompatibleMethodReceiver', '${type}.prototype.${name}', this);`;

export const mapForEach = js`function forEach(callbackfn, thisArg) {
    'use strict';${receiver('Map', 'forEach')}
    if (!%IsCallable(callbackfn)) %ThrowTypeError('CalledNonCallable', callbackfn);
    const cursor = %CollectionCursor(this);
    while (%CollectionAdvance(cursor)) %_Call(callbackfn, thisArg, %CollectionValue(cursor), %CollectionKey(cursor), this);
  }`;

export const setForEach = js`function forEach(callbackfn, thisArg) {
    'use strict';${receiver('Set', 'forEach')}
    if (!%IsCallable(callbackfn)) %ThrowTypeError('CalledNonCallable', callbackfn);
    const cursor = %CollectionCursor(this);
    while (%CollectionAdvance(cursor)) {
      const key = %CollectionKey(cursor);
      %_Call(callbackfn, thisArg, key, key, this);
    }
  }`;

export const mapGroupBy = js`function groupBy(items, callback) {
    'use strict';
    if (items === undefined || items === null) %ThrowTypeError('CalledOnNullOrUndefined', 'Map.groupBy');
    if (!%IsCallable(callback)) %ThrowTypeError('Plain', %ToMessageText(callback) + ' is not a function');
    const groups = %MapNew();
    let k = 0;
    for (const value of items) {
      const key = callback(value, k);
      const group = %MapGet(groups, key);
      if (group === undefined) %MapSet(groups, key, [value]); else group[group.length] = value;
      k++;
    }
    return groups;
  }`;

/** GetSetRecord(other), into size, has and keys. */
const record = (name: string): string => `
    if (!%IsJSReceiver(other)) %ThrowTypeError('Plain', 'Set.prototype.${name} argument must be an object');
    const size = %ToNumber(other.size);
    if (size !== size) %ThrowTypeError('Plain', 'The .size property is NaN');
    const otherSize = %ToIntegerOrInfinity(size);
    if (otherSize < 0) %ThrowRangeError('Plain', "'" + otherSize + "' is an invalid size");
    const has = other.has;
    if (!%IsCallable(has)) %ThrowTypeError('CalledNonCallable', 'has');
    const keys = other.keys;
    if (!%IsCallable(keys)) %ThrowTypeError('CalledNonCallable', 'keys');`;

/** GetIteratorFromMethod(keys), into next and iterator. */
const keysOf = `
    const iterator = %_Call(keys, other);
    if (!%IsJSReceiver(iterator)) %ThrowTypeError('SymbolIteratorInvalid');
    const next = iterator.next;`;

const forEachKey = (body: string): string => `${keysOf}
    for (;;) {
      const step = %_Call(next, iterator);
      if (!%IsJSReceiver(step)) %ThrowTypeError('IteratorResultNotAnObject', step);
      if (step.done) break;
      const key = step.value;
      ${body}
    }`;

export const union = js`function union(other) {
    'use strict';${receiver('Set', 'union')}${record('union')}
    const result = %SetCopy(this);
    ${forEachKey('%SetAdd(result, key);')}
    return result;
  }`;

export const intersection = js`function intersection(other) {
    'use strict';${receiver('Set', 'intersection')}${record('intersection')}
    const result = %SetCopy(undefined);
    if (%CollectionSize(this) <= otherSize) {
      const cursor = %CollectionCursor(this);
      while (%CollectionAdvance(cursor)) {
        const key = %CollectionKey(cursor);
        if (%_Call(has, other, key)) %SetAdd(result, key);
      }
    } else {
      ${forEachKey('if (%SetHas(this, key)) %SetAdd(result, key);')}
    }
    return result;
  }`;

export const difference = js`function difference(other) {
    'use strict';${receiver('Set', 'difference')}${record('difference')}
    const result = %SetCopy(this);
    if (%CollectionSize(this) <= otherSize) {
      const cursor = %CollectionCursor(this);
      while (%CollectionAdvance(cursor)) {
        const key = %CollectionKey(cursor);
        if (%_Call(has, other, key)) %SetDelete(result, key);
      }
    } else {
      ${forEachKey('%SetDelete(result, key);')}
    }
    return result;
  }`;

export const symmetricDifference = js`function symmetricDifference(other) {
    'use strict';${receiver('Set', 'symmetricDifference')}${record('symmetricDifference')}
    const result = %SetCopy(this);
    ${forEachKey('if (%SetHas(this, key)) %SetDelete(result, key); else %SetAdd(result, key);')}
    return result;
  }`;

export const isSubsetOf = js`function isSubsetOf(other) {
    'use strict';${receiver('Set', 'isSubsetOf')}${record('isSubsetOf')}
    if (%CollectionSize(this) > otherSize) return false;
    const cursor = %CollectionCursor(this);
    while (%CollectionAdvance(cursor)) if (!%_Call(has, other, %CollectionKey(cursor))) return false;
    return true;
  }`;

const closing = (test: string): string => `if (${test}) {
        const close = iterator.return;
        if (close !== undefined && close !== null) %_Call(close, iterator);
        return false;
      }`;

export const isSupersetOf = js`function isSupersetOf(other) {
    'use strict';${receiver('Set', 'isSupersetOf')}${record('isSupersetOf')}
    if (%CollectionSize(this) < otherSize) return false;
    ${forEachKey(closing('!%SetHas(this, key)'))}
    return true;
  }`;

export const isDisjointFrom = js`function isDisjointFrom(other) {
    'use strict';${receiver('Set', 'isDisjointFrom')}${record('isDisjointFrom')}
    if (%CollectionSize(this) <= otherSize) {
      const cursor = %CollectionCursor(this);
      while (%CollectionAdvance(cursor)) if (%_Call(has, other, %CollectionKey(cursor))) return false;
    } else {
      ${forEachKey(closing('%SetHas(this, key)'))}
    }
    return true;
  }`;
