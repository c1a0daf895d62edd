// Internalized strings that the runtime compares with or looks up: made once, at bootstrap, in old space.

import type { Heap, Immovable, Tagged } from '../heap/index.ts';
import { type Factory, FixedArray } from '../objects/index.ts';

const wellKnownNames = [
  'length',
  'name',
  'prototype',
  'constructor',
  'message',
  'stack',
  'cause',
  'errors',
  'value',
  'done',
  'next',
  'return',
  'throw',
  'get',
  'set',
  'writable',
  'enumerable',
  'configurable',
  'toString',
  'valueOf',
  'toJSON',
  'then',
  'resolve',
  'reject',
  'index',
  'input',
  'groups',
  'indices',
  'lastIndex',
  'flags',
  'source',
  'exec',
  'global',
  'callee',
  'caller',
  'arguments',
  'undefined',
  'null',
  'true',
  'false',
  'object',
  'function',
  'number',
  'string',
  'boolean',
  'symbol',
  'bigint',
  'default',
  'raw',
  'has',
  'add',
  'delete',
  'apply',
  'construct',
  'getPrototypeOf',
  'setPrototypeOf',
  'isExtensible',
  'preventExtensions',
  'getOwnPropertyDescriptor',
  'defineProperty',
  'deleteProperty',
  'ownKeys',
  'size',
  'keys',
  'join',
  'proxy',
  'revoke',
  'stackTraceLimit',
  'prepareStackTrace',
  'captureStackTrace',
  '__proto__',
  'status',
  'reason',
  'promise',
  'globalThis',
  'hasIndices',
  'ignoreCase',
  'multiline',
  'dotAll',
  'unicode',
  'unicodeSets',
  'sticky',
  'anonymous',
  'eval',
  'NaN',
  'Infinity',
] as const;

export type WellKnownNames = Readonly<Record<(typeof wellKnownNames)[number], Immovable>>;

export const makeNames = (factory: Factory): WellKnownNames => {
  const names: Record<string, Tagged> = Object.create(null);
  for (const name of wellKnownNames) names[name] = factory.internalize(name);
  return names as unknown as WellKnownNames;
};

/** The names of a realm from a snapshot. @param list NativeContextSlot.Names */
export const restoredNames = (heap: Heap, list: Tagged): WellKnownNames => {
  const names: Record<string, Tagged> = Object.create(null);
  wellKnownNames.forEach((name, i) => {
    names[name] = heap.getElement(list, FixedArray.Elements, i);
  });
  return names as unknown as WellKnownNames;
};
