// Host functions that are no part of the standard library: a shell's.

import type { Tagged } from '../heap/index.ts';
import {
  type Arguments,
  defineNamed,
  NativeContextSlot,
  newBuiltinFunction,
  type RegisteredBuiltin,
  type Runtime,
} from '../runtime/index.ts';
import type { Isolate } from './isolate.ts';

export type HostFunction = (rt: Runtime, args: Arguments) => Tagged;

/** Builtins of a shell's functions: one each, however many realms have it. */
class HostBuiltins {
  readonly byFunction = new Map<HostFunction, RegisteredBuiltin>();
}

/** A function of the current realm. */
export const hostFunction = (isolate: Isolate, name: string, fn: HostFunction, length = 0): Tagged => {
  const { rt } = isolate;
  const { byFunction } = rt.part(HostBuiltins);
  const builtin = byFunction.get(fn) ?? rt.registerBuiltin(name, fn);
  byFunction.set(fn, builtin);
  return newBuiltinFunction(rt, rt.factory.internalize(name), builtin, length);
};

export const global = (isolate: Isolate): Tagged => isolate.rt.intrinsic(NativeContextSlot.GlobalObject);

export const defineHostGlobal = (isolate: Isolate, name: string, value: Tagged): void =>
  defineNamed(isolate.rt, global(isolate), name, value);
