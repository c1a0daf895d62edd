// Error constructors, Error.prototype.toString, captureStackTrace, stackTraceLimit.

import type { Tagged } from '../heap/index.ts';
import { InstanceType, JSObject, lookupOwn, PropertyAttributes, StaticRoot } from '../objects/index.ts';
import {
  addOrReplace,
  type BuiltinFunction,
  captureStackTrace,
  defineNamed,
  getDerivedMap,
  getProperty,
  hasProperty,
  isJSReceiver,
  iterableToHandles,
  makeConstructor,
  NativeContextSlot,
  newPrototypeObject,
  type Runtime,
  throwTypeError,
  toHost,
  toString,
} from '../runtime/index.ts';
import { held } from './object.ts';
import { installTable } from './table.ts';

const { Undefined } = StaticRoot;
const { DontEnum } = PropertyAttributes;

const errorConstructor =
  (aggregate: boolean): BuiltinFunction =>
  (rt, args) => {
    const newTarget = args.newTarget === Undefined ? args.target : args.newTarget;
    const messageIndex = aggregate ? 1 : 0;
    const map = getDerivedMap(rt, args.target, newTarget);
    return held(rt, [rt.factory.newJSObject(map)], (error) => {
      // V8's order of own properties: stack, message, cause
      captureStackTrace(rt, error(), newTarget);
      if (args.at(messageIndex) !== Undefined) {
        const message = toString(rt, args.at(messageIndex));
        addOrReplace(rt, error(), rt.names.message, message, DontEnum);
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

const subtypes = [
  ['TypeError', NativeContextSlot.TypeErrorFunction],
  ['RangeError', NativeContextSlot.RangeErrorFunction],
  ['SyntaxError', NativeContextSlot.SyntaxErrorFunction],
  ['ReferenceError', NativeContextSlot.ReferenceErrorFunction],
  ['EvalError', NativeContextSlot.EvalErrorFunction],
  ['URIError', NativeContextSlot.URIErrorFunction],
  ['AggregateError', NativeContextSlot.AggregateErrorFunction],
] as const;

export const bootstrapError = (rt: Runtime): void => {
  const shape = { type: InstanceType.JSError, size: JSObject.HeaderSize, inObject: 3 };
  const base = makeConstructor(rt, {
    name: 'Error',
    implementation: errorConstructor(false),
    length: 1,
    functionSlot: NativeContextSlot.ErrorFunction,
    prototypeSlot: NativeContextSlot.ErrorPrototype,
    mapSlot: NativeContextSlot.ErrorMap,
    ...shape,
  });
  const basePrototype = rt.intrinsic(NativeContextSlot.ErrorPrototype);
  installTable(rt, base, 'Error', [
    [
      'captureStackTrace',
      (r, args) => {
        if (!isJSReceiver(r, args.at(0))) throwTypeError(r, 'Plain', `Invalid argument`);
        captureStackTrace(r, args.at(0), args.at(1) === Undefined ? args.target : args.at(1));
        return Undefined;
      },
      2,
    ],
  ]);
  defineNamed(rt, base, 'stackTraceLimit', 10 << 1, PropertyAttributes.None);
  const finish = (prototype: Tagged, name: string): void => {
    defineNamed(rt, prototype, 'name', rt.factory.internalize(name), DontEnum);
    defineNamed(rt, prototype, 'message', StaticRoot.EmptyString, DontEnum);
  };
  finish(basePrototype, 'Error');
  installTable(rt, basePrototype, 'Error.prototype', [['toString', ErrorPrototypeToString, 0]]);
  rt.setIntrinsic(
    NativeContextSlot.JsErrorToString,
    lookupOwn(rt.heap, rt.factory, basePrototype, rt.names.toString).value,
  );
  for (const [name, slot] of subtypes) {
    const prototype = newPrototypeObject(rt, basePrototype);
    makeConstructor(rt, {
      name,
      implementation: errorConstructor(name === 'AggregateError'),
      length: name === 'AggregateError' ? 2 : 1,
      functionSlot: slot,
      prototype,
      parentFunction: base,
      ...shape,
    });
    finish(prototype, name);
  }
};
