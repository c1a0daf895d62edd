// What the host's bindings share: reading arguments as copies, making results.
//
// Bindings are called by the library, but a program may get hold of one (through a frame, say) and call it with anything: each
// checks what it is given. They return primitives, arrays, plain objects and ArrayBuffers, and throw only JavaScript errors.

import { newArrayBuffer } from '../../builtins/index.ts';
import type { Tagged } from '../../heap/index.ts';
import type { Host, HostFunction, Isolate } from '../../isolate/index.ts';
import {
  arrayLength,
  bufferAddress,
  bufferLength,
  getElement,
  InstanceType,
  isViewOutOfBounds,
  JSTypedArray,
  StaticRoot,
  viewByteLength,
} from '../../objects/index.ts';
import {
  type Arguments,
  addOrReplace,
  hasInstanceType,
  isNumber,
  isString,
  newErrorObject,
  newPlainObject,
  type Runtime,
  throwTypeError,
  toHost,
  toNumberValue,
  toOddball,
} from '../../runtime/index.ts';
import type { ConsoleRoutes } from '../console-routes.ts';
import type { EventLoop } from '../event-loop.ts';
import type { FileSystem } from '../file-system.ts';
import type { Tasks } from '../tasks.ts';

export interface BindingContext {
  readonly isolate: Isolate;
  readonly host: Host;
  readonly loop: EventLoop;
  readonly tasks: Tasks;
  readonly consoleRoutes: ConsoleRoutes;
  readonly files: FileSystem;
  readonly argv: readonly string[];
  readonly execArgv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** The functions of one family by name. */
export type Family = (context: BindingContext) => Readonly<Record<string, HostFunction>>;

// --- arguments ---------------------------------------------------------------------------------------------------------------

export const textAt = (rt: Runtime, args: Arguments, i: number): string => {
  const word = args.at(i);
  if (!isString(rt, word)) throwTypeError(rt, 'Plain', 'expected a string');
  return toHost(rt, word);
};

export const optionalText = (rt: Runtime, args: Arguments, i: number): string | undefined =>
  isString(rt, args.at(i)) ? toHost(rt, args.at(i)) : undefined;

export const numberAt = (rt: Runtime, args: Arguments, i: number): number => {
  const word = args.at(i);
  return isNumber(rt, word) ? toNumberValue(rt, word) : Number.NaN;
};

/** An integer between 0 and `most`. */
export const indexAt = (rt: Runtime, args: Arguments, i: number, most: number): number => {
  const value = Math.trunc(numberAt(rt, args, i));
  return value >= 0 ? Math.min(value, most) : 0;
};

export const flagAt = (args: Arguments, i: number): boolean => args.at(i) === StaticRoot.True;

/** Bytes of a buffer or a view, in place: valid until JavaScript runs. Undefined for anything else. */
export const bytesOf = (rt: Runtime, word: Tagged): Uint8Array | undefined => {
  const { heap } = rt;
  if (hasInstanceType(rt, word, InstanceType.JSArrayBuffer)) {
    const start = bufferAddress(heap, word);
    return start < 0 ? new Uint8Array() : heap.u8.subarray(start, start + bufferLength(heap, word));
  }
  if (!hasInstanceType(rt, word, InstanceType.JSTypedArray) && !hasInstanceType(rt, word, InstanceType.JSDataView))
    return undefined;
  if (isViewOutOfBounds(heap, word)) return new Uint8Array();
  const start =
    bufferAddress(heap, heap.get(word, JSTypedArray.Buffer)) + (heap.get(word, JSTypedArray.ByteOffset) >> 1);
  return heap.u8.subarray(start, start + viewByteLength(heap, word));
};

export const bytesAt = (rt: Runtime, args: Arguments, i: number): Uint8Array => {
  const bytes = bytesOf(rt, args.at(i));
  if (bytes === undefined) throwTypeError(rt, 'Plain', 'expected bytes');
  return bytes;
};

/** Elements of an array, as raw words; runs no JavaScript. */
export const elementsAt = (rt: Runtime, args: Arguments, i: number): Tagged[] => {
  const array = args.at(i);
  if (!hasInstanceType(rt, array, InstanceType.JSArray)) return [];
  const words: Tagged[] = [];
  for (let k = 0; k < arrayLength(rt.heap, array); k++) words.push(getElement(rt.heap, rt.factory, array, k));
  return words;
};

/** Texts of an array of strings; others are left out. */
export const textsAt = (rt: Runtime, args: Arguments, i: number): string[] =>
  elementsAt(rt, args, i).flatMap((word) => (isString(rt, word) ? [toHost(rt, word)] : []));

// --- results -----------------------------------------------------------------------------------------------------------------

export const newText = (rt: Runtime, text: string): Tagged => rt.factory.newString(text);

export const newNumber = (rt: Runtime, value: number): Tagged => rt.factory.newNumber(value);

export const newFlag = (value: boolean): Tagged => toOddball(value);

/** An ArrayBuffer with a copy of `bytes`. Throws a RangeError where they do not fit. */
export const newBytes = (rt: Runtime, bytes: Uint8Array): Tagged => {
  const buffer = newArrayBuffer(rt, bytes.length);
  rt.heap.u8.set(bytes, bufferAddress(rt.heap, buffer));
  return buffer;
};

export type Copied =
  | undefined
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | readonly Copied[]
  | { readonly [key: string]: Copied };

/** A copy of plain data. */
export const newCopy = (rt: Runtime, value: Copied): Tagged => {
  if (value === undefined) return StaticRoot.Undefined;
  if (value === null) return StaticRoot.Null;
  if (typeof value === 'boolean') return toOddball(value);
  if (typeof value === 'number') return rt.factory.newNumber(value);
  if (typeof value === 'bigint') return rt.factory.newBigInt(value);
  if (typeof value === 'string') return rt.factory.newString(value);
  if (value instanceof Uint8Array) return newBytes(rt, value);
  if (Array.isArray(value)) return rt.factory.newJSArrayFrom(value.map((item: Copied) => newCopy(rt, item)));
  const object = newPlainObject(rt);
  for (const [key, item] of Object.entries(value as { readonly [key: string]: Copied }))
    addOrReplace(rt, object, rt.factory.internalize(key), newCopy(rt, item), 0);
  return object;
};

/** Throws an Error with own properties, in their order. */
export const throwWith = (
  rt: Runtime,
  kind: 'Error' | 'TypeError' | 'RangeError',
  message: string,
  properties: { readonly [key: string]: Copied },
): never => {
  const error = newErrorObject(rt, kind, message);
  for (const [key, value] of Object.entries(properties))
    if (value !== undefined) addOrReplace(rt, error, rt.factory.internalize(key), newCopy(rt, value), 0);
  return rt.throw(error);
};

/** Runs a call of the host's; what it throws becomes a JavaScript error with the host's code and message. */
export const guarded = <T>(rt: Runtime, call: () => T): T => {
  try {
    return call();
  } catch (error) {
    const { message, code, name } = error as { message?: unknown; code?: unknown; name?: unknown };
    const kind = name === 'TypeError' || name === 'RangeError' ? name : 'Error';
    return throwWith(rt, kind, String(message), { code: typeof code === 'string' ? code : undefined });
  }
};
