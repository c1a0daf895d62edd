// Functions and values of the global object.

import { lookupOwn, PropertyAttributes, StaticRoot, toHostString } from '../objects/index.ts';
import {
  type BuiltinFunction,
  defineGlobal,
  isString,
  js,
  NativeContextSlot,
  newError,
  type Runtime,
  toHost,
  toNumberValue,
  toOddball,
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
  ['isFinite', (rt, args) => toOddball(Number.isFinite(toNumberValue(rt, args.at(0)))), 1],
  ['isNaN', (rt, args) => toOddball(Number.isNaN(toNumberValue(rt, args.at(0)))), 1],
  ['decodeURI', uri(decodeURI), 1],
  ['decodeURIComponent', uri(decodeURIComponent), 1],
  ['encodeURI', uri(encodeURI), 1],
  ['encodeURIComponent', uri(encodeURIComponent), 1],
  ['escape', uri((text) => escape(text)), 1],
  ['unescape', uri((text) => unescape(text)), 1],
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

const structuredClone = js`function structuredClone(value) {
    'use strict';
    const seen = new Map();
    const clone = (v) => {
      if (typeof v === 'function' || typeof v === 'symbol') throw new Error((typeof v === 'symbol' ? v.toString() : %ToMessageText(v)) + ' could not be cloned.');
      if (typeof v !== 'object' || v === null) return v;
      if (seen.has(v)) return seen.get(v);
      let copy;
      if (v instanceof Date) copy = new Date(v.getTime());
      else if (v instanceof RegExp) copy = new RegExp(v.source, v.flags);
      else if (v instanceof Map) { copy = new Map(); seen.set(v, copy); for (const [k, e] of [...v]) copy.set(clone(k), clone(e)); return copy; }
      else if (v instanceof Set) { copy = new Set(); seen.set(v, copy); for (const e of [...v]) copy.add(clone(e)); return copy; }
      else if (v instanceof Error) { copy = Object.create(Object.getPrototypeOf(v)); copy = new (globalThis[v.name] ?? Error)(v.message); copy.stack = v.stack; seen.set(v, copy); return copy; }
      else if (v instanceof ArrayBuffer) copy = v.slice(0);
      else if (ArrayBuffer.isView(v)) copy = new v.constructor(v);
      else if (v instanceof Number || v instanceof String || v instanceof Boolean) copy = Object(v.valueOf());
      else if (Array.isArray(v)) { copy = new Array(v.length); }
      else copy = {};
      seen.set(v, copy);
      if (Array.isArray(v) || Object.prototype.toString.call(v) === '[object Object]') for (const k of Object.keys(v)) copy[k] = clone(v[k]);
      return copy;
    };
    return clone(value);
  }`;

const enumerable = builtinTable('globalThis', [['structuredClone', structuredClone, 1]]);

export const bootstrapGlobals = (rt: Runtime): void => {
  const { ReadOnly, DontEnum, DontDelete } = PropertyAttributes;
  const global = rt.intrinsic(NativeContextSlot.GlobalObject);
  installTable(rt, global, table);
  installTable(rt, global, enumerable, PropertyAttributes.None);
  defineGlobal(rt, 'globalThis', rt.intrinsic(NativeContextSlot.GlobalProxy));
  const constant = ReadOnly | DontEnum | DontDelete;
  defineGlobal(rt, 'Infinity', StaticRoot.InfinityValue, constant);
  defineGlobal(rt, 'NaN', StaticRoot.NanValue, constant);
  defineGlobal(rt, 'undefined', StaticRoot.Undefined, constant);
  rt.setIntrinsic(NativeContextSlot.Eval, lookupOwn(rt.heap, rt.factory, global, rt.names.eval).value);
};
