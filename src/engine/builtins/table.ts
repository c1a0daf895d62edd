// Builtins as tables: one row per property, named as in the specification.
//
//   ['push', ArrayPrototypePush, 1]          method, length 1
//   ['@@iterator', fn, 0, '[Symbol.iterator]']   keyed by a well-known symbol
//   ['get size', fn]                         getter
//   ['toGMTString', { sameAs: 'toUTCString' }]   the function of a row above
//
// A table is declared when its module is loaded: its host functions get their builtin ids then, so that ids are the same in a
// realm that was built and in one that came from a snapshot. A realm installs the table on its object.

import type { Tagged } from '../heap/index.ts';
import { lookupOwn, PropertyAttributes, type RootSymbolName, StaticRoot } from '../objects/index.ts';
import {
  addOrReplace,
  type BuiltinFunction,
  type BuiltinImplementation,
  declareBuiltin,
  defineOnOrdinary,
  type JavaScriptSource,
  newBuiltinFunction,
  type Runtime,
} from '../runtime/index.ts';

interface SameFunction {
  readonly sameAs: string;
}

export type BuiltinRow = readonly [
  key: string,
  implementation: BuiltinFunction | JavaScriptSource | SameFunction,
  length?: number,
  name?: string,
];

/** A declared table. */
export type BuiltinTable = readonly {
  /** Property name or @@symbol, without "get " and "set ". */
  readonly key: string;
  readonly accessor: 'get' | 'set' | '';
  readonly implementation: BuiltinImplementation | SameFunction;
  readonly length: number;
  readonly name: string | undefined;
}[];

const symbolKeys: Readonly<Record<string, readonly [RootSymbolName, string]>> = {
  '@@iterator': ['iterator_symbol', '[Symbol.iterator]'],
  '@@asyncIterator': ['async_iterator_symbol', '[Symbol.asyncIterator]'],
  '@@dispose': ['dispose_symbol', '[Symbol.dispose]'],
  '@@asyncDispose': ['async_dispose_symbol', '[Symbol.asyncDispose]'],
  '@@hasInstance': ['has_instance_symbol', '[Symbol.hasInstance]'],
  '@@toPrimitive': ['to_primitive_symbol', '[Symbol.toPrimitive]'],
  '@@toStringTag': ['to_string_tag_symbol', '[Symbol.toStringTag]'],
  '@@species': ['species_symbol', '[Symbol.species]'],
  '@@match': ['match_symbol', '[Symbol.match]'],
  '@@matchAll': ['match_all_symbol', '[Symbol.matchAll]'],
  '@@replace': ['replace_symbol', '[Symbol.replace]'],
  '@@search': ['search_symbol', '[Symbol.search]'],
  '@@split': ['split_symbol', '[Symbol.split]'],
};

/** Declares a table. `owner` prefixes the names of its host functions ("Array.prototype"). */
export const builtinTable = (owner: string, rows: readonly BuiltinRow[]): BuiltinTable =>
  rows.map(([rawKey, implementation, length = 0, name]) => {
    const accessor = rawKey.startsWith('get ') ? 'get' : rawKey.startsWith('set ') ? 'set' : '';
    const key = accessor === '' ? rawKey : rawKey.slice(4);
    return {
      key,
      accessor,
      implementation: declared(`${owner}.${key}`, implementation),
      length,
      name,
    };
  });

const declared = (
  name: string,
  implementation: BuiltinFunction | JavaScriptSource | SameFunction,
): BuiltinImplementation | SameFunction => {
  if (typeof implementation === 'function') return declareBuiltin(name, implementation);
  if (!('javascript' in implementation)) return implementation;
  return { ...implementation, builtinId: declareBuiltin(name, runsAsBytecode).id };
};

/** In the place of what is written in JavaScript: such functions are entered by their bytecode. */
const runsAsBytecode: BuiltinFunction = () => {
  throw new Error('a builtin that is written in JavaScript was called as a host function');
};

/** Builtin id of the host function that a table declares for `key`. */
export const builtinIdIn = (table: BuiltinTable, key: string): number => {
  const implementation = table.find((row) => row.key === key)?.implementation;
  if (implementation === undefined || !('id' in implementation)) throw new Error(`no host function for ${key}`);
  return implementation.id;
};

/** Installs the rows on `object`. Returns nothing; read back with getNamed. */
export const installTable = (
  rt: Runtime,
  object: Tagged,
  table: BuiltinTable,
  attributes: number = PropertyAttributes.DontEnum,
): void => {
  for (const { key, accessor, implementation, length, name: explicitName } of table) {
    const symbol = Object.hasOwn(symbolKeys, key) ? symbolKeys[key] : undefined;
    const word = symbol === undefined ? rt.factory.internalize(key) : rt.symbols[symbol[0]];
    if ('sameAs' in implementation) {
      const fn = lookupOwn(rt.heap, rt.factory, object, rt.factory.internalize(implementation.sameAs)).value;
      addOrReplace(rt, object, word, fn, attributes);
      continue;
    }
    const baseName = explicitName ?? (symbol === undefined ? key : symbol[1]);
    const name = accessor === '' ? baseName : `${accessor} ${baseName}`;
    const fn = newBuiltinFunction(rt, rt.factory.internalize(name), implementation, length);
    if (accessor === '')
      addOrReplace(
        rt,
        object,
        word,
        fn,
        key === '@@toPrimitive'
          ? PropertyAttributes.DontEnum | PropertyAttributes.ReadOnly
          : key === '@@hasInstance'
            ? 7
            : attributes,
      );
    else
      defineOnOrdinary(
        rt,
        object,
        word,
        accessor === 'get'
          ? { get: fn, enumerable: false, configurable: true }
          : { set: fn, enumerable: false, configurable: true },
      );
  }
};

/** Makes a method the same function object under another key. */
export const installAlias = (rt: Runtime, object: Tagged, alias: Tagged, fn: Tagged): void =>
  addOrReplace(rt, object, alias, fn, PropertyAttributes.DontEnum);

/** Object[Symbol.toStringTag] = tag. */
export const installToStringTag = (rt: Runtime, object: Tagged, tag: string): void =>
  addOrReplace(
    rt,
    object,
    rt.symbols.to_string_tag_symbol,
    rt.factory.internalize(tag),
    PropertyAttributes.DontEnum | PropertyAttributes.ReadOnly,
  );

/** Non-writable, non-enumerable, non-configurable constants. */
export const installConstants = (rt: Runtime, object: Tagged, constants: Readonly<Record<string, Tagged>>): void => {
  for (const [name, value] of Object.entries(constants))
    addOrReplace(
      rt,
      object,
      rt.factory.internalize(name),
      value,
      PropertyAttributes.DontEnum | PropertyAttributes.ReadOnly | PropertyAttributes.DontDelete,
    );
};

/** `get [Symbol.species]() { return this; }` */
export const speciesGetter: BuiltinRow = ['get @@species', (_rt, args) => args.receiver, 0];

export const returnUndefined = (): Tagged => StaticRoot.Undefined;
