// RegExp.prototype[Symbol.…] methods: a fast way through one native, else the specification's steps in JavaScript.

import { js } from '../runtime/index.ts';

const prologue = (name: string): string => `
    'use strict';
    if (!%IsJSReceiver(this)) %ThrowTypeError('IncompatibleMethodReceiver', 'RegExp.prototype.@@${name}', this);
    const s = %ToString(string);`;

export const match = js`function match(string) {${prologue('match')}
    if (%RegExpIsFast(this)) return %RegExpMatchFast(this, s);
    const flags = %ToString(this.flags);
    if (!%StringIncludesText(flags, 'g')) return %RegExpExecSlow(this, s);
    const unicode = %StringIncludesText(flags, 'u') || %StringIncludesText(flags, 'v');
    this.lastIndex = 0;
    const result = [];
    let n = 0;
    for (;;) {
      const found = %RegExpExecSlow(this, s);
      if (found === null) return n === 0 ? null : result;
      const text = %ToString(found[0]);
      %CreateDataProperty(result, n++, text);
      if (text === '') this.lastIndex = %AdvanceStringIndex(s, %ToLength(this.lastIndex), unicode);
    }
  }`;

export const search = js`function search(string) {${prologue('search')}
    if (%RegExpIsFast(this)) return %RegExpSearchFast(this, s);
    const previous = this.lastIndex;
    if (!%SameValue(previous, 0)) this.lastIndex = 0;
    const result = %RegExpExecSlow(this, s);
    if (!%SameValue(this.lastIndex, previous)) this.lastIndex = previous;
    return result === null ? -1 : result.index;
  }`;

export const replace = js`function replace(string, replaceValue) {${prologue('replace')}
    const functional = %IsCallable(replaceValue);
    const fast = %RegExpIsFast(this);
    if (!functional) replaceValue = fast ? %ToString(replaceValue) : %RegExpReplacement(replaceValue);
    if (fast && %RegExpIsFast(this)) {
      if (!functional) return %RegExpReplaceFast(this, s, replaceValue);
      const list = %RegExpReplaceMatches(this, s);
      let text = '';
      let from = 0;
      for (let i = 0; i < list.length; i += 3) {
        const replacement = %ToString(replaceValue(...list[i + 2]));
        text += %RegExpSlice(s, from, list[i]) + replacement;
        from = list[i] + list[i + 1];
      }
      return text + %RegExpSlice(s, from);
    }
    const length = %RegExpStringLength(s);
    const global = !!this.global;
    const unicode = global && !!this.unicode;
    if (global) this.lastIndex = 0;
    const results = [];
    for (;;) {
      const found = %RegExpExecSlow(this, s);
      if (found === null) break;
      %CreateDataProperty(results, results.length, found);
      if (!global) break;
      if (%ToString(found[0]) === '') this.lastIndex = %AdvanceStringIndex(s, %ToLength(this.lastIndex), unicode);
    }
    let text = '';
    let next = 0;
    for (let i = 0; i < results.length; i++) {
      const result = results[i];
      const count = %ToLength(result.length) - 1;
      const matched = %ToString(result[0]);
      let position = %ToIntegerOrInfinity(result.index);
      position = position < 0 ? 0 : position > length ? length : position;
      const captures = [];
      for (let k = 1; k <= count; k++) {
        const capture = result[k];
        %CreateDataProperty(captures, k - 1, capture === undefined ? capture : %ToString(capture));
      }
      let groups = result.groups;
      let replacement;
      if (functional) {
        const list = [matched, ...captures, position, s];
        if (groups !== undefined) %CreateDataProperty(list, list.length, groups);
        replacement = %ToString(replaceValue(...list));
      } else {
        if (groups !== undefined) groups = %ToObject(groups);
        replacement = %GetSubstitution(matched, s, position, captures, groups, replaceValue);
      }
      if (position >= next) {
        text += %RegExpSlice(s, next, position) + replacement;
        next = position + %RegExpStringLength(matched);
      }
    }
    return next >= length ? text : text + %RegExpSlice(s, next);
  }`;

export const split = js`function split(string, limit) {${prologue('split')}
    if (%RegExpIsFast(this) && (limit === undefined || %IsSmi(limit))) return %RegExpSplitFast(this, s, limit);
    const constructor = %RegExpSpecies(this);
    const flags = %ToString(this.flags);
    const unicode = %StringIncludesText(flags, 'u') || %StringIncludesText(flags, 'v');
    const splitter = new constructor(this, %StringIncludesText(flags, 'y') ? flags : flags + 'y');
    const result = [];
    const lim = limit === undefined ? 4294967295 : %RegExpSplitLimit(limit);
    if (lim === 0) return result;
    const size = %RegExpStringLength(s);
    if (size === 0) {
      if (%RegExpExecSlow(splitter, s) !== null) return result;
      %CreateDataProperty(result, 0, s);
      return result;
    }
    let n = 0;
    let p = 0;
    let q = 0;
    while (q < size) {
      splitter.lastIndex = q;
      const found = %RegExpExecSlow(splitter, s);
      if (found === null) { q = %AdvanceStringIndex(s, q, unicode); continue; }
      let e = %ToLength(splitter.lastIndex);
      if (e > size) e = size;
      if (e === p) { q = %AdvanceStringIndex(s, q, unicode); continue; }
      %CreateDataProperty(result, n++, %RegExpSlice(s, p, q));
      if (n === lim) return result;
      p = e;
      let count = %ToLength(found.length) - 1;
      if (count < 0) count = 0;
      for (let i = 1; i <= count; i++) {
        %CreateDataProperty(result, n++, found[i]);
        if (n === lim) return result;
      }
      q = p;
    }
    %CreateDataProperty(result, n, %RegExpSlice(s, p, size));
    return result;
  }`;
