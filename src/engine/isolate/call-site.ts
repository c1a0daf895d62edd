// The callee of a failed call as V8's CallPrinter shows it: "obj.method is not a function". Reads the source text at the call's
// position; without one, the value.

import type { Tagged } from '../heap/index.ts';
import { defaultCallSite, renderForMessage } from '../runtime/index.ts';
import { isIteratedCall, type PrintedPattern, printCallee, printIterable, printPattern } from './call-printer.ts';
import type { Isolate } from './isolate.ts';

const identifier = /[\w$\u0080-\uffff#]/;

/** Start of the member expression that ends at `end` (exclusive). */
const expressionStart = (source: string, end: number): number => {
  let at = end;
  for (;;) {
    const c = source[at - 1] ?? '';
    if (identifier.test(c)) {
      while (at > 0 && identifier.test(source[at - 1]!)) at--;
      if (source[at - 1] === '.') {
        at -= source[at - 2] === '?' ? 2 : 1;
        continue;
      }
      return at;
    }
    if (c === ')' || c === ']') {
      const open = c === ')' ? '(' : '[';
      let depth = 0;
      do {
        at--;
        if (source[at] === c) depth++;
        else if (source[at] === open) depth--;
      } while (depth > 0 && at > 0);
      if (identifier.test(source[at - 1] ?? '') || source[at - 1] === ')' || source[at - 1] === ']') continue;
      return at;
    }
    return at;
  }
};

/** End of the callee that starts at or continues from `start`: before the argument list. */
const expressionEnd = (source: string, start: number): number => {
  let at = start;
  for (;;) {
    const c = source[at] ?? '';
    if (identifier.test(c)) at++;
    else if (c === '.' && source[at + 1] !== '.') at++;
    else if (c === '?' && source[at + 1] === '.') at += 2;
    else if (c === '[') {
      let depth = 0;
      do {
        if (source[at] === '[') depth++;
        else if (source[at] === ']') depth--;
        at++;
      } while (depth > 0 && at < source.length);
    } else return at;
  }
};

/** Arguments as "(...)"; a parenthesised operand as V8 prints literals, or "(intermediate value)". */
const abbreviate = (text: string): string => {
  if (!text.startsWith('(')) return text.replace(/\(.*\)/s, '(...)');
  const end = text.lastIndexOf(')');
  const inner = text.slice(1, end);
  const operand = inner === '{}' || inner === '[]' ? inner : '(intermediate value)';
  return operand + text.slice(end + 1);
};

export const calleeText = (isolate: Isolate, callee: Tagged): string => {
  if (isolate.traces.isInLibrary) return defaultCallSite(isolate.rt, callee);
  const location = isolate.traces.currentLocation();
  if (location !== undefined && (location.script & 1) !== 0) {
    const source = isolate.scripts.sourceOf(location.script);
    const printed = printCallee(source, location.offset);
    if (printed !== undefined)
      return isIteratedCall(source, location.offset) ? printed.replaceAll('(...)', '') : printed;
    let position = location.offset;
    if (source.startsWith('new ', position)) position += 4;
    const end = expressionEnd(source, position);
    if (end > position) {
      const text = source.slice(expressionStart(source, end), end);
      if (text !== '' && !/^\d/.test(text)) return abbreviate(text);
    }
  }
  return renderForMessage(isolate.rt, callee);
};

/** Whether the call at the innermost JavaScript frame's position is what an iteration walks. */
export const iteratesCall = (isolate: Isolate): boolean => {
  const location = isolate.traces.currentLocation();
  return (
    location !== undefined &&
    (location.script & 1) !== 0 &&
    isIteratedCall(isolate.scripts.sourceOf(location.script), location.offset)
  );
};

/** Text of what is iterated at the innermost JavaScript frame's position. */
export const iterableText = (isolate: Isolate): string | undefined => {
  const location = isolate.traces.currentLocation();
  if (location === undefined || (location.script & 1) === 0) return undefined;
  return printIterable(isolate.scripts.sourceOf(location.script), location.offset);
};

/** The object pattern being destructured at the innermost JavaScript frame's position. */
export const patternText = (isolate: Isolate): PrintedPattern | undefined => {
  const location = isolate.traces.currentLocation();
  if (location === undefined || (location.script & 1) === 0) return undefined;
  return printPattern(isolate.scripts.sourceOf(location.script), location.offset);
};
