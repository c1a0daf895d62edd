// Functions and classes: [Function: f], [class A extends B].

import type { Tagged } from '../heap/index.ts';
import { InstanceType, JSBoundFunction, SharedFunctionFlags } from '../objects/index.ts';
import { functionFlags, functionName, hasInstanceType, isCallable, type Runtime } from '../runtime/index.ts';
import { type Kind, noEntries } from './context.ts';
import { keysOf } from './keys.ts';
import { prototypeOf } from './names.ts';

export const functions: Kind = {
  describe(ctx, subject) {
    subject.keys = keysOf(ctx, subject.value, false);
    subject.base = functionBase(ctx.rt, subject.value, subject.constructorName, subject.tag);
    return subject.keys.length === 0 ? ctx.stylize(subject.base, 'special') : undefined;
  },
  entries: noEntries,
};

const classBase = (rt: Runtime, fn: Tagged, constructor: string | undefined, tag: string): string => {
  const name = functionName(rt, fn);
  let base = `[class ${name === '' ? '(anonymous)' : name}`;
  if (constructor !== 'Function' && constructor !== undefined) base += ` [${constructor}]`;
  if (tag !== '' && constructor !== tag) base += ` [${tag}]`;
  if (constructor !== undefined) {
    const parent = prototypeOf(rt, fn);
    if (isCallable(rt, parent)) {
      const parentName = functionName(rt, parent);
      if (parentName !== '') base += ` extends ${parentName}`;
    }
  } else base += ' extends [null prototype]';
  return `${base}]`;
};

const functionBase = (rt: Runtime, fn: Tagged, constructor: string | undefined, tag: string): string => {
  const flags = functionFlags(rt, fn);
  if ((flags & SharedFunctionFlags.ClassConstructor) !== 0) return classBase(rt, fn, constructor, tag);
  const kind = `${(flags & SharedFunctionFlags.Async) !== 0 ? 'Async' : ''}${(flags & SharedFunctionFlags.Generator) !== 0 ? 'Generator' : ''}Function`;
  let base = `[${kind}`;
  if (constructor === undefined) base += ' (null prototype)';
  const name = hasInstanceType(rt, fn, InstanceType.JSBoundFunction) ? boundName(rt, fn) : functionName(rt, fn);
  base += name === '' ? ' (anonymous)' : `: ${name}`;
  base += ']';
  if (constructor !== kind && constructor !== undefined && constructor !== 'Function') base += ` ${constructor}`;
  if (tag !== '' && constructor !== tag) base += ` [${tag}]`;
  return base;
};

const boundName = (rt: Runtime, fn: Tagged): string => {
  const target = rt.heap.get(fn, JSBoundFunction.BoundTarget);
  return `bound ${hasInstanceType(rt, target, InstanceType.JSBoundFunction) ? boundName(rt, target) : functionName(rt, target)}`;
};
