// Atomics. There is one thread, so every access is atomic; `wait` sleeps, since nobody else could wake it, and what waits by
// `waitAsync` stands in a list of the native context:
//
//   NativeContextSlot.AtomicsWaiters: JSArray of waiters, oldest first
//   waiter: FixedArray [buffer that has the bytes, Smi byte index, promise]

import type { Tagged } from '../heap/index.ts';
import {
  arrayLength,
  bufferWithBytes,
  ElementsKind,
  FixedArray,
  getElement,
  HeapObject,
  isSharedBuffer,
  isViewOutOfBounds,
  JSTypedArray,
  StaticRoot,
} from '../objects/index.ts';
import {
  type Arguments,
  type BuiltinFunction,
  createDataProperty,
  declareBuiltin,
  defineGlobal,
  isBigIntKind,
  NativeContextSlot,
  newPlainObject,
  type Runtime,
  readElement,
  throwRangeError,
  throwTypeError,
  toBigIntValue,
  toIntegerOrInfinity,
  toNumberValue,
  toOddball,
  typedArrayAddress,
  typedArrayKind,
  typedArrayLength,
  Writes,
  writeElement,
} from '../runtime/index.ts';
import {
  ClosureKind,
  capturedAt,
  captureOf,
  installClosureTemplates,
  newCapture,
  newEngineClosure,
} from './closures.ts';
import { held } from './object.ts';
import { newPromise, resolvePromise } from './promise.ts';
import { builtinTable, installTable, installToStringTag } from './table.ts';
import { isTypedArray } from './typed-array.ts';

const { Undefined } = StaticRoot;

const checkBounds = (rt: Runtime, array: Tagged, operation: string): void => {
  if (isViewOutOfBounds(rt.heap, array)) throwTypeError(rt, 'DetachedOperation', operation);
};

/** ValidateIntegerTypedArray, ValidateAtomicAccess: the index. May run JavaScript. */
const access = (rt: Runtime, args: Arguments, operation: string): number => {
  const array = args.at(0);
  const kind = isTypedArray(rt, array) ? typedArrayKind(rt, array) : ElementsKind.Float64;
  const isInteger = kind <= ElementsKind.BigInt64;
  if (!isInteger) throwTypeError(rt, 'NotIntegerTypedArray', array);
  checkBounds(rt, array, operation);
  const length = typedArrayLength(rt, array);
  const index = toIntegerOrInfinity(rt, args.at(1));
  if (index < 0 || index >= length) throwRangeError(rt, 'InvalidAtomicAccessIndex');
  return index;
};

/** The same where only Int32Array and BigInt64Array will do. */
const waitableAccess = (rt: Runtime, args: Arguments, operation: string, mustBeShared: boolean): number => {
  const array = args.at(0);
  if (isTypedArray(rt, array)) checkBounds(rt, array, operation);
  const kind = isTypedArray(rt, array) ? typedArrayKind(rt, array) : ElementsKind.Float64;
  if (kind !== ElementsKind.Int32 && kind !== ElementsKind.BigInt64)
    throwTypeError(rt, 'NotInt32OrBigInt64TypedArray', array);
  if (mustBeShared && !isShared(rt, array)) throwTypeError(rt, 'NotSharedTypedArray', array);
  const index = toIntegerOrInfinity(rt, args.at(1));
  if (index < 0 || index >= typedArrayLength(rt, args.at(0))) throwRangeError(rt, 'InvalidAtomicAccessIndex');
  return index;
};

const isShared = (rt: Runtime, array: Tagged): boolean =>
  isSharedBuffer(rt.heap, rt.heap.get(array, JSTypedArray.Buffer));

/** An operand as a number or BigInt. May run JavaScript. */
const operand = (rt: Runtime, args: Arguments, i: number): number | bigint =>
  isBigIntKind(typedArrayKind(rt, args.at(0))) ? toBigIntValue(rt, args.at(i)) : toIntegerOrInfinity(rt, args.at(i));

/** Conversions have run: the element must still be there. */
const recheck = (rt: Runtime, array: Tagged, index: number, operation: string): number => {
  if (index >= typedArrayLength(rt, array)) throwTypeError(rt, 'DetachedOperation', operation);
  return typedArrayAddress(rt, array, index);
};

const load: BuiltinFunction = (rt, args) => {
  const index = access(rt, args, 'Atomics.load');
  const at = recheck(rt, args.at(0), index, 'Atomics.load');
  return readElement(rt, typedArrayKind(rt, args.at(0)), at);
};

const store: BuiltinFunction = (rt, args) => {
  const index = access(rt, args, 'Atomics.store');
  const value = operand(rt, args, 2);
  writeElement(rt, typedArrayKind(rt, args.at(0)), recheck(rt, args.at(0), index, 'Atomics.store'), value);
  return typeof value === 'bigint' ? rt.factory.newBigInt(value) : rt.factory.newNumber(value);
};

/** The element's bits as an integer. */
const bitsAt = (rt: Runtime, kind: ElementsKind, at: number): number | bigint => {
  const { view } = rt.heap;
  switch (kind) {
    case ElementsKind.Int8:
    case ElementsKind.Uint8:
      return view.getInt8(at);
    case ElementsKind.Int16:
    case ElementsKind.Uint16:
      return view.getInt16(at, true);
    case ElementsKind.Int32:
    case ElementsKind.Uint32:
      return view.getInt32(at, true);
    default:
      return view.getBigInt64(at, true);
  }
};

const readModifyWrite =
  (
    name: string,
    numbers: (old: number, value: number) => number,
    bigints: (old: bigint, value: bigint) => bigint,
  ): BuiltinFunction =>
  (rt, args) => {
    const operation = `Atomics.${name}`;
    const index = access(rt, args, operation);
    const value = operand(rt, args, 2);
    const at = recheck(rt, args.at(0), index, operation);
    const kind = typedArrayKind(rt, args.at(0));
    const old = bitsAt(rt, kind, at);
    const result = readElement(rt, kind, at);
    writeElement(
      rt,
      kind,
      at,
      typeof old === 'bigint' ? bigints(old, value as bigint) : numbers(old, (value as number) | 0),
    );
    return result;
  };

const compareExchange: BuiltinFunction = (rt, args) => {
  // V8's name for it in messages.
  const operation = 'Atomics.store';
  const index = access(rt, args, operation);
  const expected = operand(rt, args, 2);
  const replacement = operand(rt, args, 3);
  const at = recheck(rt, args.at(0), index, operation);
  const kind = typedArrayKind(rt, args.at(0));
  const result = readElement(rt, kind, at);
  const old = bitsAt(rt, kind, at);
  // What the expected value is once it is stored.
  writeElement(rt, kind, at, expected);
  const stored = bitsAt(rt, kind, at);
  writeElement(rt, kind, at, stored === old ? replacement : old);
  return result;
};

const isLockFree: BuiltinFunction = (rt, args) => toOddball([1, 2, 4, 8].includes(toNumberValue(rt, args.at(0))));

const pause: BuiltinFunction = (rt, args) => {
  const n = args.at(0);
  if (
    n !== Undefined &&
    !(
      (n & 1) === 0 ||
      (rt.heap.get(n, HeapObject.Map) === StaticRoot.HeapNumberMap && Number.isInteger(toNumberValue(rt, n)))
    )
  )
    throwTypeError(rt, 'ArgumentIsNotUndefinedOrInteger', 'Atomics.pause');
  return Undefined;
};

// --- waiting ------------------------------------------------------------------------------------------------------------------

/** Milliseconds to wait for the element to be notified, or why not to wait. May run JavaScript. */
const beforeWait = (rt: Runtime, args: Arguments): { readonly index: number; readonly wait: number | 'not-equal' } => {
  const index = waitableAccess(rt, args, 'Atomics.wait', true);
  const kind = typedArrayKind(rt, args.at(0));
  const value =
    kind === ElementsKind.BigInt64
      ? BigInt.asIntN(64, toBigIntValue(rt, args.at(2)))
      : toNumberValue(rt, args.at(2)) | 0;
  const timeout = toNumberValue(rt, args.at(3));
  const isEqual = bitsAt(rt, kind, typedArrayAddress(rt, args.at(0), index)) === value;
  return {
    index,
    wait: isEqual ? (Number.isNaN(timeout) ? Number.POSITIVE_INFINITY : Math.max(timeout, 0)) : 'not-equal',
  };
};

/** How long one sleep may take before a request to pause or to end is looked at. */
const slice = 50;

const wait: BuiltinFunction = (rt, args) => {
  const { wait: time } = beforeWait(rt, args);
  if (time === 'not-equal') return rt.factory.internalize(time);
  const end = rt.host.monotonicTime() + time;
  for (let left = time; left > 0; left = end - rt.host.monotonicTime()) {
    if (rt.isInterrupted) rt.serveInterrupt();
    rt.hooks.sleep?.(Math.min(left, slice));
    if (rt.hooks.sleep === undefined) break;
  }
  return rt.factory.internalize('timed-out');
};

const waiters = (rt: Runtime): Tagged => {
  let list = rt.shared(NativeContextSlot.AtomicsWaiters);
  if (list === Undefined) {
    list = rt.factory.newJSArrayFrom([]);
    rt.setShared(NativeContextSlot.AtomicsWaiters, list);
  }
  return list;
};

const waiterList = (rt: Runtime): Tagged[] => {
  const list = waiters(rt);
  return Array.from({ length: arrayLength(rt.heap, list) }, (_, i) => getElement(rt.heap, rt.factory, list, i));
};

const setWaiters = (rt: Runtime, list: readonly Tagged[]): void =>
  rt.setShared(NativeContextSlot.AtomicsWaiters, rt.factory.newJSArrayFrom(list));

const waiterField = (rt: Runtime, waiter: Tagged, i: number): Tagged =>
  rt.heap.getElement(waiter, FixedArray.Elements, i);

const byteIndex = (rt: Runtime, array: Tagged, index: number): number =>
  typedArrayAddress(rt, array, index) -
  typedArrayAddress(rt, array, 0) +
  (rt.heap.get(array, JSTypedArray.ByteOffset) >> 1);

/** Resolves a waiter's promise in a task of its own: captured waiter, Smi 1 when it was notified. */
const wake = declareBuiltin('AtomicsWake', (rt, args) => {
  const context = captureOf(rt, args);
  const waiter = capturedAt(rt, context, 0);
  const isNotified = capturedAt(rt, context, 1) !== 0;
  const list = waiterList(rt);
  // One that is not in the list was notified before its time was over.
  if (!isNotified) {
    if (!list.includes(waiter)) return Undefined;
    setWaiters(
      rt,
      list.filter((other) => other !== waiter),
    );
  }
  const promise = waiterField(rt, waiter, 2);
  resolvePromise(rt, promise, rt.factory.internalize(isNotified ? 'ok' : 'timed-out'));
  return Undefined;
});

const postWake = (rt: Runtime, waiter: Tagged, isNotified: boolean, delay: number): void => {
  const context = newCapture(rt, [waiter, isNotified ? 2 : 0]);
  rt.hooks.postTask?.(newEngineClosure(rt, ClosureKind.AtomicsWake, context), delay, isNotified);
};

const waitAsync: BuiltinFunction = (rt, args) => {
  const { heap, factory } = rt;
  const { index, wait: time } = beforeWait(rt, args);
  const isAsync = time !== 'not-equal' && time > 0;
  return held(rt, [newPlainObject(rt), isAsync ? newPromise(rt) : Undefined], (result, promise) => {
    if (isAsync) {
      const owner = bufferWithBytes(heap, heap.get(args.at(0), JSTypedArray.Buffer));
      const waiter = factory.newFixedArrayFrom([owner, byteIndex(rt, args.at(0), index) << 1, promise()]);
      setWaiters(rt, [...waiterList(rt), waiter]);
      if (time !== Number.POSITIVE_INFINITY) postWake(rt, waiter, false, time);
    }
    createDataProperty(rt, result(), factory.internalize('async'), toOddball(isAsync));
    createDataProperty(
      rt,
      result(),
      factory.internalize('value'),
      isAsync ? promise() : factory.internalize(time === 'not-equal' ? time : 'timed-out'),
    );
    return result();
  });
};

const notify: BuiltinFunction = (rt, args) => {
  const { heap } = rt;
  const index = waitableAccess(rt, args, 'Atomics.notify', false);
  const count = args.at(2) === Undefined ? Number.POSITIVE_INFINITY : Math.max(toIntegerOrInfinity(rt, args.at(2)), 0);
  if (!isShared(rt, args.at(0))) return 0;
  const owner = bufferWithBytes(heap, heap.get(args.at(0), JSTypedArray.Buffer));
  const at = byteIndex(rt, args.at(0), index);
  let notified = 0;
  const left: Tagged[] = [];
  for (const waiter of waiterList(rt)) {
    if (notified < count && waiterField(rt, waiter, 0) === owner && waiterField(rt, waiter, 1) >> 1 === at) {
      notified++;
      postWake(rt, waiter, true, 0);
    } else left.push(waiter);
  }
  if (notified > 0) setWaiters(rt, left);
  return notified << 1;
};

const rows = builtinTable('Atomics', [
  ['load', load, 2, Writes.Nothing],
  ['store', store, 3],
  [
    'add',
    readModifyWrite(
      'add',
      (old, value) => old + value,
      (old, value) => old + value,
    ),
    3,
  ],
  [
    'sub',
    readModifyWrite(
      'sub',
      (old, value) => old - value,
      (old, value) => old - value,
    ),
    3,
  ],
  [
    'and',
    readModifyWrite(
      'and',
      (old, value) => old & value,
      (old, value) => old & value,
    ),
    3,
  ],
  [
    'or',
    readModifyWrite(
      'or',
      (old, value) => old | value,
      (old, value) => old | value,
    ),
    3,
  ],
  [
    'xor',
    readModifyWrite(
      'xor',
      (old, value) => old ^ value,
      (old, value) => old ^ value,
    ),
    3,
  ],
  [
    'exchange',
    readModifyWrite(
      'exchange',
      (_old, value) => value,
      (_old, value) => value,
    ),
    3,
  ],
  ['compareExchange', compareExchange, 4],
  ['isLockFree', isLockFree, 1, Writes.Nothing],
  ['wait', wait, 4],
  ['waitAsync', waitAsync, 4],
  ['notify', notify, 3],
  ['pause', pause, 0],
]);

export const bootstrapAtomics = (rt: Runtime): void => {
  installClosureTemplates(rt, { [ClosureKind.AtomicsWake]: [wake, 0] });
  const atomics = newPlainObject(rt);
  installTable(rt, atomics, rows);
  installToStringTag(rt, atomics, 'Atomics');
  defineGlobal(rt, 'Atomics', atomics);
};
