// What objects are called: by their constructors, their tags, and what a program says of them.

import type { Tagged } from '../heap/index.ts';
import {
  findInternalized,
  InstanceType,
  JSProxy,
  MapObject,
  orderedFind,
  orderedValueAt,
  Root,
  root,
  StaticRoot,
} from '../objects/index.ts';
import {
  dataPropertyOnChain,
  functionName,
  instanceTypeOf,
  isCallable,
  LookupIterator,
  LookupState,
  mapOf,
  type Runtime,
} from '../runtime/index.ts';
import { type Context, newContext } from './context.ts';

const { Undefined, Null } = StaticRoot;

/** Own data value without running JavaScript; undefined for accessors and absent properties. */
export const ownData = (rt: Runtime, object: Tagged, name: Tagged): Tagged | undefined => {
  const it = new LookupIterator(rt).startName(object, name, true);
  if (it.state === LookupState.Data) return it.value;
  if (it.state === LookupState.Accessor && mapOf(rt, it.value) === StaticRoot.AccessorInfoMap)
    return dataPropertyOnChain(rt, object, name);
  return undefined;
};

export const prototypeOf = (rt: Runtime, object: Tagged): Tagged => rt.heap.get(mapOf(rt, object), MapObject.Prototype);

/** getConstructorName: undefined for a null prototype. */
export const constructorNameOf = (ctx: Context, object: Tagged): string | undefined => {
  const { rt } = ctx;
  for (let o = object; o !== Null; o = prototypeOf(rt, o)) {
    if (instanceTypeOf(rt, o) === InstanceType.JSProxy) return 'Object';
    const constructor = ownData(rt, o, rt.names.constructor);
    if (constructor === undefined || !isCallable(rt, constructor)) continue;
    const name = functionName(rt, constructor);
    if (name === '') continue;
    const prototype = dataPropertyOnChain(rt, constructor, rt.names.prototype);
    for (let p = prototypeOf(rt, object); p !== Null; p = prototypeOf(rt, p)) if (p === prototype) return name;
  }
  const first = prototypeOf(rt, object);
  if (first === Null || instanceTypeOf(rt, object) !== InstanceType.JSObject) return undefined;
  return `Object <${constructorNameOf(ctx, first) ?? ctx.formatValue(newContext(rt, { depth: -1 }, ctx.formatValue), first, 0)}>`;
};

/** What stands before an object's parts: its constructor, size and tag. */
export const prefixOf = (constructor: string | undefined, tag: string, fallback: string, size = ''): string => {
  if (constructor === undefined) {
    // a module's namespace object
    if (tag === 'Module') return '[Module: null prototype] ';
    if (tag !== '' && fallback !== tag) return `[${fallback}${size}: null prototype] [${tag}] `;
    return `[${fallback}${size}: null prototype] `;
  }
  return `${constructor}${size} ${tag === '' || namesTag(constructor, tag) ? '' : `[${tag}] `}`;
};

/** Whether a constructor's name says the tag already, as a word of it: MyMap does for Map, and not for Ma. */
const namesTag = (constructor: string, tag: string): boolean => {
  const position = constructor.indexOf(tag);
  if (position < 0) return false;
  const after = constructor[position + tag.length];
  return after === undefined || after !== after.toLowerCase();
};

/** The registered symbol that names functions for inspecting; undefined where no program asked for it yet. */
const customSymbol = (rt: Runtime): Tagged | undefined => {
  const name = findInternalized(rt.heap, 'nodejs.util.inspect.custom');
  if (name === undefined) return undefined;
  const table = root(rt.heap, Root.SymbolRegistry);
  const entry = orderedFind(rt.heap, rt.factory, table, name);
  return entry < 0 ? undefined : orderedValueAt(rt.heap, table, entry);
};

/** Whether the object says itself how it looks. util's own `inspect` has the symbol as a property, and does not. */
export const hasCustomInspect = (rt: Runtime, object: Tagged): boolean => {
  const symbol = customSymbol(rt);
  if (symbol === undefined) return false;
  const fn = dataPropertyOnChain(rt, object, symbol);
  if (fn === Undefined || !isCallable(rt, fn)) return false;
  const constructor = ownData(rt, object, rt.names.constructor);
  if (constructor === undefined || !isCallable(rt, constructor)) return true;
  return dataPropertyOnChain(rt, constructor, rt.names.prototype) !== object;
};

const builtInConstructors: ReadonlySet<string> = new Set(
  Object.getOwnPropertyNames(globalThis).filter((name) => /^[A-Z][a-zA-Z0-9]+$/.test(name)),
);

/** Whether String() of an object runs what a program, not the language, defined. */
export const hasOwnToString = (rt: Runtime, object: Tagged): boolean => {
  let target = object;
  while (instanceTypeOf(rt, target) === InstanceType.JSProxy) {
    target = rt.heap.get(target, JSProxy.Target);
    if (target === Null || target === Undefined) return false;
  }
  const it = new LookupIterator(rt);
  const holds = (o: Tagged, name: Tagged): boolean => it.startName(o, name, true).found;
  const { toString } = rt.names;
  const toPrimitive = rt.symbols.to_primitive_symbol;
  if (!isCallable(rt, dataPropertyOnChain(rt, target, toString))) return false;
  for (let o = target; o !== Null; o = prototypeOf(rt, o)) {
    if (instanceTypeOf(rt, o) === InstanceType.JSProxy) return false;
    if (!holds(o, toString) && !holds(o, toPrimitive)) continue;
    if (o === target) return true;
    const constructor = ownData(rt, o, rt.names.constructor);
    return (
      constructor === undefined ||
      !isCallable(rt, constructor) ||
      !builtInConstructors.has(functionName(rt, constructor))
    );
  }
  return false;
};
