// Function and Function.prototype.

import type { Tagged } from '../heap/index.ts';
import { HeapObject, InstanceType, lookupOwn, MapObject, PropertyAttributes, StaticRoot } from '../objects/index.ts';
import {
  type Arguments,
  type BuiltinFunction,
  createListFromArrayLike,
  declareBuiltin,
  defineOnOrdinary,
  defineOwnProperty,
  deleteProperty,
  functionToString,
  getDerivedMap,
  getProperty,
  getPrototypeOf,
  hasOwnProperty,
  instanceTypeOf,
  isCallable,
  isNumber,
  isString,
  isUndefinedOrNull,
  makeConstructor,
  NativeContextSlot,
  newBoundFunction,
  newBuiltinFunction,
  ordinaryHasInstance,
  ordinaryPrototypeOf,
  preventOrdinaryExtensions,
  type Runtime,
  setPrototypeOf,
  setPrototypeOfOrdinary,
  setStrictArgumentsMap,
  throwCalledNonCallable,
  throwRangeError,
  throwTypeError,
  toHost,
  toIntegerOrInfinity,
  toOddball,
  typeOf,
  Writes,
} from '../runtime/index.ts';
import { builtinTable, installTable } from './table.ts';

/** CreateDynamicFunction: parameters joined by commas, body last. */
export const createDynamicFunction =
  (prefix: string): BuiltinFunction =>
  (rt, args) => {
    const n = args.length;
    const parameters: string[] = [];
    for (let i = 0; i < n - 1; i++) parameters.push(toHost(rt, args.at(i)));
    const body = n > 0 ? toHost(rt, args.at(n - 1)) : '';
    const head = `(${prefix} anonymous(`;
    const list = parameters.join(',');
    const fn = rt.hooks.compileScript(`${head}${list}\n) {\n${body}\n})`, '', 'function', {
      start: head.length,
      end: head.length + list.length,
    });
    return args.newTarget === StaticRoot.Undefined || args.newTarget === args.target ? fn : derived(rt, args, fn);
  };

/** The function inherits from what newTarget says. */
const derived = (rt: Runtime, args: Arguments, fn: Tagged): Tagged => {
  const { heap } = rt;
  const scope = heap.openHandles();
  const held = heap.handle(fn);
  const map = getDerivedMap(rt, args.target, args.newTarget);
  setPrototypeOf(rt, heap.deref(held), heap.get(map, MapObject.Prototype), true);
  const result = heap.deref(held);
  heap.closeHandles(scope);
  return result;
};

/** "a number", "an object": typeof with the article that V8 gives it. */
export const describeType = (rt: Runtime, value: Tagged): string => {
  const type = rt.toText(typeOf(rt, value));
  if (value === StaticRoot.Null) return 'null';
  return `${type === 'object' ? 'an' : 'a'} ${type}`;
};

/** As many as the reference binds. */
const maxBoundArguments = 65525;

/** Whether a function's length and name are still its own: a bound function can then compute its own when they are asked for. */
const hasOwnLengthAndName = (rt: Runtime, fn: Tagged): boolean =>
  [rt.names.length, rt.names.name].every((key) => {
    const { found, value } = lookupOwn(rt.heap, rt.factory, fn, key);
    return found && (value & 1) !== 0 && rt.heap.get(value, HeapObject.Map) === StaticRoot.AccessorInfoMap;
  });

/** Reads length and name at once: a proxy's traps and a getter see it. Elsewhere a bound function reads them when it is asked. */
const bindSlowly = (rt: Runtime, args: Arguments): Tagged => {
  const { heap, factory, names } = rt;
  const scope = heap.openHandles();
  try {
    const prototype = heap.handle(getPrototypeOf(rt, args.receiver));
    const bound = heap.handle(newBoundFunction(rt, args.receiver, args.at(0), args.slice(1)));
    if (heap.deref(prototype) !== rt.intrinsic(NativeContextSlot.FunctionPrototype))
      setPrototypeOf(rt, heap.deref(bound), heap.deref(prototype), true);
    let length = 0;
    if (hasOwnProperty(rt, args.receiver, names.length)) {
      const value = getProperty(rt, args.receiver, names.length);
      if (isNumber(rt, value)) length = Math.max(0, toIntegerOrInfinity(rt, value) - Math.max(0, args.length - 1));
    }
    const name = getProperty(rt, args.receiver, names.name);
    const text = isString(rt, name) ? toHost(rt, name) : '';
    const define = (key: Tagged, value: Tagged): boolean =>
      defineOwnProperty(
        rt,
        heap.deref(bound),
        key,
        { value, writable: false, enumerable: false, configurable: true },
        true,
      );
    for (const key of [names.length, names.name]) deleteProperty(rt, heap.deref(bound), key, true);
    define(names.length, factory.newNumber(length));
    define(names.name, factory.newString(`bound ${text}`));
    return heap.deref(bound);
  } finally {
    heap.closeHandles(scope);
  }
};

const prototypeTable = builtinTable('Function.prototype', [
  [
    'apply',
    (rt, args) => {
      const target = args.receiver;
      const list = args.at(1);
      if (!isCallable(rt, target)) {
        if (isUndefinedOrNull(list)) throwCalledNonCallable(rt, target);
        throwTypeError(rt, 'ApplyNonFunction', target, describeType(rt, target));
      }
      if (isUndefinedOrNull(list)) return rt.call(target, args.at(0));
      const words = createListFromArrayLike(rt, list);
      return rt.hooks.call(args.receiver, args.at(0), words);
    },
    2,
    Writes.Nothing,
  ],
  [
    'bind',
    (rt, args) => {
      if (!isCallable(rt, args.receiver)) throwTypeError(rt, 'FunctionBind');
      if (args.length - 1 > maxBoundArguments) throwRangeError(rt, 'TooManyArguments');
      if (instanceTypeOf(rt, args.receiver) === InstanceType.JSProxy || !hasOwnLengthAndName(rt, args.receiver))
        return bindSlowly(rt, args);
      const bound = newBoundFunction(rt, args.receiver, args.at(0), args.slice(1));
      const prototype = ordinaryPrototypeOf(rt, args.receiver);
      if (prototype !== rt.intrinsic(NativeContextSlot.FunctionPrototype))
        setPrototypeOfOrdinary(rt, bound, prototype, true);
      return bound;
    },
    1,
    Writes.Nothing,
  ],
  [
    'call',
    (rt, args) => {
      if (!isCallable(rt, args.receiver)) throwCalledNonCallable(rt, args.receiver);
      return rt.hooks.call(args.receiver, args.at(0), args.slice(1));
    },
    1,
    Writes.Nothing,
  ],
  [
    'toString',
    (rt, args) => {
      const fn = args.receiver;
      if (!isCallable(rt, fn)) throwTypeError(rt, 'NotGeneric', 'Function.prototype.toString', 'Function');
      return rt.factory.newString(functionToString(rt, fn));
    },
    0,
    Writes.Nothing,
  ],
  ['@@hasInstance', (rt, args) => toOddball(ordinaryHasInstance(rt, args.receiver, args.at(0))), 1, Writes.Nothing],
]);

const FunctionFunction = declareBuiltin('Function', createDynamicFunction('function'));

const ThrowTypeError = declareBuiltin('ThrowTypeError', (rt) => throwTypeError(rt, 'StrictPoisonPill'));

/** %ThrowTypeError%: what functions and arguments objects of strict code have in the places of `arguments`, `caller`, `callee`. */
const installPoisonPills = (rt: Runtime, functionPrototype: Tagged): void => {
  const { heap, factory, names } = rt;
  const pill = newBuiltinFunction(rt, StaticRoot.EmptyString, ThrowTypeError, 0);
  for (const key of [names.length, names.name])
    defineOnOrdinary(rt, pill, key, { writable: false, configurable: false });
  preventOrdinaryExtensions(rt, pill, PropertyAttributes.None, true);
  for (const key of ['arguments', 'caller'])
    defineOnOrdinary(rt, functionPrototype, factory.internalize(key), {
      get: pill,
      set: pill,
      enumerable: false,
      configurable: true,
    });
  const pair = lookupOwn(heap, factory, functionPrototype, factory.internalize('caller')).value;
  setStrictArgumentsMap(rt, pair);
};

export const bootstrapFunction = (rt: Runtime): void => {
  const prototype = rt.intrinsic(NativeContextSlot.FunctionPrototype);
  installPoisonPills(rt, prototype);
  makeConstructor(rt, {
    name: 'Function',
    implementation: FunctionFunction,
    length: 1,
    functionSlot: NativeContextSlot.FunctionFunction,
    prototype,
    map: rt.intrinsic(NativeContextSlot.SloppyFunctionMap),
  });
  installTable(rt, prototype, prototypeTable);
  rt.setIntrinsic(
    NativeContextSlot.FunctionPrototypeHasInstance,
    lookupOwn(rt.heap, rt.factory, prototype, rt.symbols.has_instance_symbol).value,
  );
};
