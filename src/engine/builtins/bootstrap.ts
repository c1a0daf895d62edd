// Builds the realm: bare realm, then the standard library in dependency order. Deterministic: builtin ids and addresses
// are the same in every run of one build.

import type { Immovable, Tagged } from '../heap/index.ts';
import { inspectInLines } from '../inspect/index.ts';
import { makePrototypesFast } from '../objects/index.ts';
import {
  createRealm,
  installGlobalThisBinding,
  isCallable,
  isConstructor,
  isJSReceiver,
  NativeContextSlot,
  type Runtime,
  type RuntimeFunctionRows,
  runtimeFunctions,
  speciesConstructor,
  toIntegerOrInfinity,
  toOddball,
  writingNothing,
} from '../runtime/index.ts';
import { arrayNatives, bootstrapArray, bootstrapArrayIterator } from './array.ts';
import { bootstrapArrayBuffer } from './array-buffer.ts';
import { bootstrapArrayContinuations } from './array-continuations.ts';
import { asyncNatives, bootstrapAsync } from './async.ts';
import { bootstrapAtomics } from './atomics.ts';
import { bootstrapCollections, collectionNatives } from './collections.ts';
import { bootstrapConsole, bootstrapPrint } from './console.ts';
import { bootstrapDataView } from './data-view.ts';
import { bootstrapDate } from './date.ts';
import { bootstrapDisposable, disposableNatives } from './disposable.ts';
import { bootstrapError } from './error.ts';
import { bootstrapFunction } from './function.ts';
import { bootstrapGenerator, bootstrapIteratorPrototypes } from './generator.ts';
import { bootstrapGlobals } from './globals.ts';
import { bootstrapIteratorHelpers, iteratorNatives } from './iterator-helpers.ts';
import { bootstrapJSON, jsonNatives } from './json.ts';
import { bootstrapMath } from './math.ts';
import { moduleNatives } from './modules.ts';
import { bootstrapObject } from './object.ts';
import { bootstrapBigInt, bootstrapBoolean, bootstrapNumber, bootstrapSymbol } from './primitives.ts';
import { bootstrapPromise, promiseNatives } from './promise.ts';
import { bootstrapReflect } from './reflect.ts';
import { bootstrapRegExp, regexpNatives } from './regexp.ts';
import { bootstrapString, bootstrapStringIterator } from './string.ts';
import { bootstrapTypedArray, typedArrayNatives } from './typed-array.ts';
import { bootstrapWeakRef } from './weak-ref.ts';

/** Every runtime function by name: V8's and those of the standard library's JavaScript. */
export const builtinRuntimeFunctions: RuntimeFunctionRows = {
  ...runtimeFunctions,
  ...arrayNatives,
  ...iteratorNatives,
  ...collectionNatives,
  ...regexpNatives,
  ...jsonNatives,
  ...asyncNatives,
  ...disposableNatives,
  ...moduleNatives,
  ...promiseNatives,
  ...typedArrayNatives,
  InspectInLines: (rt, args) => rt.factory.newString(inspectInLines(rt, args.at(0))),
  ...writingNothing({
    IsCallable: (rt, args) => toOddball(isCallable(rt, args.at(0))),
    IsConstructor: (rt, args) => toOddball(isConstructor(rt, args.at(0))),
    IsJSReceiver: (rt, args) => toOddball(isJSReceiver(rt, args.at(0))),
    ToIntegerOrInfinity: (rt, args) => rt.factory.newNumber(toIntegerOrInfinity(rt, args.at(0))),
    ToMessageText: (rt, args) => rt.factory.newString(rt.toText(args.at(0))),
    SpeciesConstructor: (rt, args) => speciesConstructor(rt, args.at(0), args.at(1)),
  }),
};

const bootstraps: readonly ((rt: Runtime) => void)[] = [
  bootstrapObject,
  bootstrapFunction,
  bootstrapSymbol,
  bootstrapIteratorPrototypes,
  bootstrapArray,
  bootstrapArrayContinuations,
  bootstrapArrayIterator,
  bootstrapString,
  bootstrapStringIterator,
  bootstrapNumber,
  bootstrapBoolean,
  bootstrapBigInt,
  bootstrapMath,
  bootstrapError,
  bootstrapCollections,
  bootstrapIteratorHelpers,
  bootstrapGenerator,
  bootstrapPromise,
  bootstrapAsync,
  bootstrapDisposable,
  bootstrapRegExp,
  bootstrapJSON,
  bootstrapDate,
  bootstrapArrayBuffer,
  bootstrapDataView,
  bootstrapTypedArray,
  bootstrapAtomics,
  bootstrapWeakRef,
  bootstrapReflect,
  bootstrapGlobals,
  bootstrapConsole,
  bootstrapPrint,
];

/** Node's own code has looked through all of these before a program runs. */
const settlePrototypes = (rt: Runtime): void => {
  const { heap, factory } = rt;
  for (let slot = 0; slot < NativeContextSlot.Count; slot++) {
    const value = rt.intrinsic(slot);
    if (isJSReceiver(rt, value)) makePrototypesFast(heap, factory, value);
  }
};

/** Fills the realm that `createRealm` made. */
export const installBuiltins = (rt: Runtime): void => {
  rt.bootstrapping = true;
  for (const install of bootstraps) install(rt);
  installGlobalThisBinding(rt);
  settlePrototypes(rt);
  rt.bootstrapping = false;
};

/** Makes one more realm, with the standard library; its native context. @param reusedProxy see createRealm */
export const newRealm = (rt: Runtime, reusedProxy?: Tagged): Immovable => {
  const outer = rt.nativeContext;
  rt.heap.bootstrapping = true;
  try {
    bootstrap(rt, reusedProxy);
    return rt.nativeContext;
  } finally {
    rt.heap.bootstrapping = false;
    rt.bootstrapping = false;
    rt.realms.enter(outer);
  }
};

/** Makes the realm of a fresh runtime, with the standard library. */
export const bootstrap = (rt: Runtime, reusedProxy?: Tagged): void => {
  rt.bootstrapping = true;
  createRealm(rt, reusedProxy);
  installBuiltins(rt);
};
