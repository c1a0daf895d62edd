// Error constructors, Error.prototype.toString, captureStackTrace, stackTraceLimit.

import type { Tagged } from '../heap/index.ts';
import {
  InstanceType,
  JSObject,
  lookupOwn,
  PropertyAttributes,
  StaticRoot,
  setOwnDataValue,
} from '../objects/index.ts';
import {
  type Arguments,
  addOrReplace,
  type BuiltinFunction,
  captureStackTrace,
  declareBuiltin,
  defineNamed,
  getDerivedMap,
  getProperty,
  hasInstanceType,
  hasProperty,
  isJSReceiver,
  iterableToHandles,
  makeConstructor,
  NativeContextSlot,
  newPrototypeObject,
  type Runtime,
  throwTypeError,
  toHost,
  toOddball,
  toString,
  Writes,
} from '../runtime/index.ts';
import { addSuppressed } from './disposable.ts';
import { held } from './object.ts';
import { builtinTable, installTable } from './table.ts';

const { Undefined } = StaticRoot;
const { DontEnum } = PropertyAttributes;

/** Errors are made with and without new. Read anew after whatever may collect. */
const newTargetOf = (args: Arguments): Tagged => (args.newTarget === Undefined ? args.target : args.newTarget);

/** The message as a property, and as it was given for those who print it. */
const setMessage = (rt: Runtime, error: Tagged, message: Tagged): void => {
  addOrReplace(rt, error, rt.names.message, message, DontEnum);
  if (lookupOwn(rt.heap, rt.factory, error, rt.symbols.error_message_symbol).found)
    setOwnDataValue(rt.heap, rt.factory, error, rt.symbols.error_message_symbol, message);
};

const errorConstructor =
  (aggregate: boolean): BuiltinFunction =>
  (rt, args) => {
    const messageIndex = aggregate ? 1 : 0;
    const map = getDerivedMap(rt, args.target, newTargetOf(args));
    return held(rt, [rt.factory.newJSObject(map)], (error) => {
      // V8's order of own properties: stack, message, cause
      captureStackTrace(rt, error(), newTargetOf(args));
      if (args.at(messageIndex) !== Undefined) {
        const message = toString(rt, args.at(messageIndex));
        setMessage(rt, error(), message);
      }
      const options = args.at(messageIndex + 1);
      if (isJSReceiver(rt, options) && hasProperty(rt, options, rt.names.cause)) {
        const cause = getProperty(rt, args.at(messageIndex + 1), rt.names.cause);
        addOrReplace(rt, error(), rt.names.cause, cause, DontEnum);
      }
      if (aggregate) {
        const handles = iterableToHandles(rt, args.at(0));
        addOrReplace(
          rt,
          error(),
          rt.names.errors,
          rt.factory.newJSArrayFrom(handles.map((h) => rt.heap.deref(h))),
          DontEnum,
        );
      }
      rt.hooks.prepareStackTrace?.(error(), newTargetOf(args));
      return error();
    });
  };

/** SuppressedError(error, suppressed, message): without a cause. */
const SuppressedErrorConstructor: BuiltinFunction = (rt, args) => {
  const map = getDerivedMap(rt, args.target, newTargetOf(args));
  return held(rt, [rt.factory.newJSObject(map)], (error) => {
    captureStackTrace(rt, error(), newTargetOf(args));
    if (args.at(2) !== Undefined) {
      const message = toString(rt, args.at(2));
      setMessage(rt, error(), message);
    }
    addSuppressed(rt, error(), args.at(0), args.at(1));
    return error();
  });
};

const ErrorPrototypeToString: BuiltinFunction = (rt, args) => {
  if (!isJSReceiver(rt, args.receiver))
    throwTypeError(rt, 'IncompatibleMethodReceiver', 'Error.prototype.toString', args.receiver);
  const nameWord = getProperty(rt, args.receiver, rt.names.name);
  const name = nameWord === Undefined ? 'Error' : toHost(rt, nameWord);
  const messageWord = getProperty(rt, args.receiver, rt.names.message);
  const message = messageWord === Undefined ? '' : toHost(rt, messageWord);
  return rt.factory.newString(name === '' ? message : message === '' ? name : `${name}: ${message}`);
};

const statics = builtinTable('Error', [
  [
    'captureStackTrace',
    (rt, args) => {
      if (!isJSReceiver(rt, args.at(0))) throwTypeError(rt, 'Plain', `Invalid argument`);
      const skip = args.at(1) === Undefined ? args.target : args.at(1);
      captureStackTrace(rt, args.at(0), skip);
      rt.hooks.prepareStackTrace?.(args.at(0), skip);
      return Undefined;
    },
    2,
  ],
  ['isError', (rt, args) => toOddball(hasInstanceType(rt, args.at(0), InstanceType.JSError)), 1, Writes.Nothing],
]);

const prototypeTable = builtinTable('Error.prototype', [['toString', ErrorPrototypeToString, 0, Writes.Nothing]]);

const ErrorFunction = declareBuiltin('Error', errorConstructor(false), Writes.Nothing);

const subtype = <Name extends string>(name: Name, slot: NativeContextSlot) =>
  [
    name,
    slot,
    declareBuiltin(
      name,
      name === 'SuppressedError' ? SuppressedErrorConstructor : errorConstructor(name === 'AggregateError'),
      Writes.Nothing,
    ),
  ] as const;

/** Arguments before the options. */
const lengths: Readonly<Record<string, number>> = { AggregateError: 2, SuppressedError: 3 };

const subtypes = [
  subtype('TypeError', NativeContextSlot.TypeErrorFunction),
  subtype('RangeError', NativeContextSlot.RangeErrorFunction),
  subtype('SyntaxError', NativeContextSlot.SyntaxErrorFunction),
  subtype('ReferenceError', NativeContextSlot.ReferenceErrorFunction),
  subtype('EvalError', NativeContextSlot.EvalErrorFunction),
  subtype('URIError', NativeContextSlot.URIErrorFunction),
  subtype('AggregateError', NativeContextSlot.AggregateErrorFunction),
  subtype('SuppressedError', NativeContextSlot.SuppressedErrorFunction),
];

export const bootstrapError = (rt: Runtime): void => {
  const shape = { type: InstanceType.JSError, size: JSObject.HeaderSize, inObject: 3 };
  const base = makeConstructor(rt, {
    name: 'Error',
    implementation: ErrorFunction,
    length: 1,
    functionSlot: NativeContextSlot.ErrorFunction,
    prototypeSlot: NativeContextSlot.ErrorPrototype,
    mapSlot: NativeContextSlot.ErrorMap,
    ...shape,
  });
  const basePrototype = rt.intrinsic(NativeContextSlot.ErrorPrototype);
  installTable(rt, base, statics);
  defineNamed(rt, base, 'stackTraceLimit', 10 << 1, PropertyAttributes.None);
  const finish = (prototype: Tagged, name: string): void => {
    defineNamed(rt, prototype, 'name', rt.factory.internalize(name), DontEnum);
    defineNamed(rt, prototype, 'message', StaticRoot.EmptyString, DontEnum);
  };
  finish(basePrototype, 'Error');
  installTable(rt, basePrototype, prototypeTable);
  rt.setIntrinsic(
    NativeContextSlot.JsErrorToString,
    lookupOwn(rt.heap, rt.factory, basePrototype, rt.names.toString).value,
  );
  for (const [name, slot, implementation] of subtypes) {
    const prototype = newPrototypeObject(rt, basePrototype);
    makeConstructor(rt, {
      name,
      implementation,
      length: lengths[name] ?? 1,
      functionSlot: slot,
      prototype,
      parentFunction: base,
      ...shape,
    });
    finish(prototype, name);
  }
};
