// Errors: their stack, with the class name put in, then what else they have.

import type { Tagged } from '../heap/index.ts';
import { InstanceType, toHostString } from '../objects/index.ts';
import { dataPropertyOnChain, hasInstanceType, isString, LookupIterator } from '../runtime/index.ts';
import { type Context, type Kind, noEntries, type Subject } from './context.ts';
import { keysOf } from './keys.ts';
import { ownData, prefixOf } from './names.ts';

export const errors: Kind = {
  describe(ctx, subject) {
    subject.keys = keysOf(ctx, subject.value, false);
    subject.base = formatError(ctx, subject);
    return subject.keys.length === 0 ? subject.base : undefined;
  },
  entries: noEntries,
};

const formatError = (ctx: Context, subject: Subject): string => {
  const { rt } = ctx;
  const { value: error, constructorName: constructor, tag } = subject;
  const heap = rt.heap;
  const text = (name: Tagged): string | undefined => {
    const word = dataPropertyOnChain(rt, error, name);
    return isString(rt, word) ? toHostString(heap, word) : undefined;
  };
  const name = text(rt.names.name) ?? 'Error';
  const message = text(rt.names.message) ?? '';
  let stack = text(rt.names.stack);
  if (stack === undefined || stack === '') stack = message === '' ? name : `${name}: ${message}`;
  // own enumerable name, message and stack are not repeated when the stack shows them
  subject.keys = subject.keys.filter((key) => {
    if (key !== rt.names.name && key !== rt.names.message && key !== rt.names.stack) return true;
    const own = ownData(rt, error, key);
    return own === undefined || !isString(rt, own) || !stack!.includes(toHostString(heap, own));
  });
  const cause = new LookupIterator(rt).startName(error, rt.names.cause, true);
  if (cause.found && !subject.keys.includes(rt.names.cause)) subject.keys.push(rt.names.cause);
  const errors = new LookupIterator(rt).startName(error, rt.names.errors, true);
  if (
    errors.found &&
    hasInstanceType(rt, errors.value, InstanceType.JSArray) &&
    !subject.keys.includes(rt.names.errors)
  )
    subject.keys.push(rt.names.errors);
  stack = improveStack(stack, constructor, name, tag);
  const at = stack.indexOf('\n    at');
  if (at === -1) stack = `[${stack}]`;
  if (ctx.indentation !== 0) stack = stack.replaceAll('\n', `\n${' '.repeat(ctx.indentation)}`);
  return stack;
};

/** Puts the class name into the first line when the stack only says the error's name (Node's improveStack). */
const improveStack = (stack: string, constructor: string | undefined, name: string, tag: string): string => {
  let length = name.length;
  const headed =
    name.endsWith('Error') &&
    stack.startsWith(name) &&
    (stack.length === length || stack[length] === ':' || stack[length] === '\n');
  if (constructor !== undefined && !headed) return stack;
  let fallback = 'Error';
  if (constructor === undefined) {
    const start = /^([A-Z][a-z_ A-Z0-9[\]()-]+)(?::|\n\s+at)/.exec(stack) ?? /^([a-z_A-Z0-9-]*Error)$/.exec(stack);
    fallback = start?.[1] ?? '';
    length = fallback.length;
    fallback = fallback === '' ? 'Error' : fallback;
  }
  const prefix = prefixOf(constructor, tag, fallback).slice(0, -1);
  if (name === prefix) return stack;
  if (!prefix.includes(name)) return `${prefix} [${name}]${stack.slice(length)}`;
  return length === 0 ? `${prefix}: ${stack}` : `${prefix}${stack.slice(length)}`;
};
