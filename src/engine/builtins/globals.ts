// Functions and values of the global object.

import { lookupOwn, PropertyAttributes, StaticRoot, toHostString } from '../objects/index.ts';
import {
  type BuiltinFunction,
  defineGlobal,
  isString,
  NativeContextSlot,
  newError,
  type Runtime,
  toHost,
  toNumberValue,
  toOddball,
  Writes,
} from '../runtime/index.ts';
import { builtinTable, installTable } from './table.ts';

const uri =
  (fn: (text: string) => string): BuiltinFunction =>
  (rt, args) => {
    const text = toHost(rt, args.at(0));
    try {
      return rt.factory.newString(fn(text));
    } catch (error) {
      if (!(error instanceof URIError)) throw error;
      return rt.throw(newError(rt, 'URIError', 'URIMalformed'));
    }
  };

declare const escape: (text: string) => string;
declare const unescape: (text: string) => string;

const table = builtinTable('globalThis', [
  ['isFinite', (rt, args) => toOddball(Number.isFinite(toNumberValue(rt, args.at(0)))), 1, Writes.Nothing],
  ['isNaN', (rt, args) => toOddball(Number.isNaN(toNumberValue(rt, args.at(0)))), 1, Writes.Nothing],
  ['decodeURI', uri(decodeURI), 1, Writes.Nothing],
  ['decodeURIComponent', uri(decodeURIComponent), 1, Writes.Nothing],
  ['encodeURI', uri(encodeURI), 1, Writes.Nothing],
  ['encodeURIComponent', uri(encodeURIComponent), 1, Writes.Nothing],
  ['escape', uri((text) => escape(text)), 1, Writes.Nothing],
  ['unescape', uri((text) => unescape(text)), 1, Writes.Nothing],
  [
    'eval',
    (rt, args) => {
      const source = args.at(0);
      if (!isString(rt, source)) return source;
      const fn = rt.hooks.compileEval(toHostString(rt.heap, source), rt.nativeContext, false);
      return rt.call(fn, rt.intrinsic(NativeContextSlot.GlobalProxy));
    },
    1,
  ],
]);

export const bootstrapGlobals = (rt: Runtime): void => {
  const { ReadOnly, DontEnum, DontDelete } = PropertyAttributes;
  const global = rt.intrinsic(NativeContextSlot.GlobalObject);
  installTable(rt, global, table);
  defineGlobal(rt, 'globalThis', rt.intrinsic(NativeContextSlot.GlobalProxy));
  const constant = ReadOnly | DontEnum | DontDelete;
  defineGlobal(rt, 'Infinity', StaticRoot.InfinityValue, constant);
  defineGlobal(rt, 'NaN', StaticRoot.NanValue, constant);
  defineGlobal(rt, 'undefined', StaticRoot.Undefined, constant);
  rt.setIntrinsic(NativeContextSlot.Eval, lookupOwn(rt.heap, rt.factory, global, rt.names.eval).value);
};
