// The standard library: `installBuiltins` fills the realm, in the order in which objects need each other.

import type { Runtime } from '../runtime/index.ts';
import { bootstrapArray, bootstrapArrayIterator } from './array.ts';
import { bootstrapAsync } from './async.ts';
import { bootstrapCollections } from './collections.ts';
import { bootstrapError } from './error.ts';
import { bootstrapFunction } from './function.ts';
import { bootstrapGenerator, bootstrapIteratorPrototypes } from './generator.ts';
import { bootstrapMath } from './math.ts';
import { bootstrapObject } from './object.ts';
import { bootstrapBigInt, bootstrapBoolean, bootstrapNumber, bootstrapSymbol } from './primitives.ts';
import { bootstrapPromise } from './promise.ts';
import { bootstrapString, bootstrapStringIterator } from './string.ts';

const bootstraps: readonly ((rt: Runtime) => void)[] = [
  bootstrapObject,
  bootstrapFunction,
  bootstrapSymbol,
  bootstrapIteratorPrototypes,
  bootstrapArray,
  bootstrapArrayIterator,
  bootstrapString,
  bootstrapStringIterator,
  bootstrapNumber,
  bootstrapBoolean,
  bootstrapBigInt,
  bootstrapMath,
  bootstrapError,
  bootstrapCollections,
  bootstrapGenerator,
  bootstrapPromise,
  bootstrapAsync,
];

/** Fills the realm that `createRealm` made. */
export const installBuiltins = (rt: Runtime): void => {
  for (const bootstrap of bootstraps) bootstrap(rt);
};
