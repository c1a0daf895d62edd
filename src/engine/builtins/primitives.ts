// Number, Boolean, Symbol, BigInt and the global number functions.

import type { Tagged } from '../heap/index.ts';
import {
  bigintValue,
  InstanceType,
  JSPrimitiveWrapper,
  lookupOwn,
  newOrderedHashMap,
  orderedFind,
  orderedMapSet,
  orderedValueAt,
  Root,
  root,
  rootSymbols,
  StaticRoot,
  SymbolFlags,
  SymbolObject,
  setRoot,
} from '../objects/index.ts';
import {
  type Arguments,
  type BuiltinFunction,
  declareBuiltin,
  defineGlobal,
  getDerivedMap,
  hasInstanceType,
  isBigInt,
  isHuge,
  isNumber,
  isSymbol,
  makeConstructor,
  NativeContextSlot,
  numberToString,
  primitiveToNumber,
  type Runtime,
  symbolDescriptiveString,
  throwRangeError,
  throwTypeError,
  toBigIntValue,
  toBoolean,
  toHost,
  toIndex,
  toInt32,
  toIntegerOrInfinity,
  toNumberValue,
  toNumeric,
  toOddball,
  toPrimitive,
  toString,
  Writes,
} from '../runtime/index.ts';
import { installNumberFormat, numberOptions, readOptions, requestedLocales } from './intl.ts';
import { newPrototypeWrapper } from './string.ts';
import { builtinTable, installConstants, installTable, installToStringTag } from './table.ts';

const { Undefined, True, False } = StaticRoot;

/** A wrapper object, or the primitive itself for a plain call. */
const wrap = (rt: Runtime, args: Arguments, value: Tagged): Tagged => {
  if (args.newTarget === Undefined) return value;
  const scope = rt.heap.openHandles();
  const handle = rt.heap.handle(value);
  try {
    const wrapper = rt.factory.newJSObject(getDerivedMap(rt, args.target, args.newTarget));
    rt.heap.set(wrapper, JSPrimitiveWrapper.Value, rt.heap.deref(handle));
    return wrapper;
  } finally {
    rt.heap.closeHandles(scope);
  }
};

/** The primitive behind the receiver, which must pass `test`. */
const thisValue = (
  rt: Runtime,
  args: Arguments,
  test: (rt: Runtime, value: Tagged) => boolean,
  method: string,
  type: string,
): Tagged => {
  const value = args.receiver;
  if (test(rt, value)) return value;
  if (hasInstanceType(rt, value, InstanceType.JSPrimitiveWrapper)) {
    const primitive = rt.heap.get(value, JSPrimitiveWrapper.Value);
    if (test(rt, primitive)) return primitive;
  }
  throwTypeError(rt, 'NotGeneric', method, type);
};

const thisNumber = (rt: Runtime, args: Arguments, method: string): number =>
  toNumberValue(rt, thisValue(rt, args, isNumber, `Number.prototype.${method}`, 'Number'));

const isBooleanWord = (_rt: Runtime, value: Tagged): boolean => value === True || value === False;

// --- Number -----------------------------------------------------------------------------------------------------------

const NumberConstructor: BuiltinFunction = (rt, args) => {
  if (args.length === 0) return wrap(rt, args, 0);
  const numeric = toNumeric(rt, args.at(0));
  return wrap(rt, args, isBigInt(rt, numeric) ? rt.factory.newNumber(Number(bigintValue(rt.heap, numeric))) : numeric);
};

const numberTest =
  (test: (value: number) => boolean): BuiltinFunction =>
  (rt, args) =>
    toOddball(isNumber(rt, args.at(0)) && test(toNumberValue(rt, args.at(0))));

const NumberPrototypeToString: BuiltinFunction = (rt, args) => {
  const value = thisNumber(rt, args, 'toString');
  const radix = args.at(0) === Undefined ? 10 : toIntegerOrInfinity(rt, args.at(0));
  if (radix < 2 || radix > 36) throwRangeError(rt, 'ToRadixFormatRange');
  return radix === 10 ? numberToString(rt, value) : rt.factory.newString(value.toString(radix));
};

const NumberPrototypeToFixed: BuiltinFunction = (rt, args) => {
  const value = thisNumber(rt, args, 'toFixed');
  const digits = toIntegerOrInfinity(rt, args.at(0));
  if (digits < 0 || digits > 100) throwRangeError(rt, 'ToFixedRange');
  return rt.factory.newString(value.toFixed(digits));
};

const NumberPrototypeToPrecision: BuiltinFunction = (rt, args) => {
  const value = thisNumber(rt, args, 'toPrecision');
  if (args.at(0) === Undefined) return numberToString(rt, value);
  const precision = toIntegerOrInfinity(rt, args.at(0));
  if (!Number.isFinite(value)) return numberToString(rt, value);
  if (precision < 1 || precision > 100) throwRangeError(rt, 'ToPrecisionRange');
  return rt.factory.newString(value.toPrecision(precision));
};

const NumberPrototypeToExponential: BuiltinFunction = (rt, args) => {
  const value = thisNumber(rt, args, 'toExponential');
  const digits = toIntegerOrInfinity(rt, args.at(0));
  if (!Number.isFinite(value)) return numberToString(rt, value);
  if (digits < 0 || digits > 100) throwRangeError(rt, 'NumberFormatRange', 'toExponential()');
  return rt.factory.newString(args.at(0) === Undefined ? value.toExponential() : value.toExponential(digits));
};

const parseFloatImpl: BuiltinFunction = (rt, args) => {
  if ((args.at(0) & 1) === 0) return args.at(0);
  return rt.factory.newNumber(Number.parseFloat(toHost(rt, args.at(0))));
};

const parseIntImpl: BuiltinFunction = (rt, args) => {
  if ((args.at(0) & 1) === 0 && (args.at(1) === Undefined || args.at(1) === 10 << 1)) return args.at(0);
  const text = toHost(rt, args.at(0));
  return rt.factory.newNumber(Number.parseInt(text, toInt32(rt, args.at(1))));
};

const numberStatics = builtinTable('Number', [
  ['isFinite', numberTest(Number.isFinite), 1, Writes.Nothing],
  ['isInteger', numberTest(Number.isInteger), 1, Writes.Nothing],
  ['isNaN', numberTest(Number.isNaN), 1, Writes.Nothing],
  ['isSafeInteger', numberTest(Number.isSafeInteger), 1, Writes.Nothing],
  ['parseFloat', parseFloatImpl, 1, Writes.Nothing],
  ['parseInt', parseIntImpl, 2, Writes.Nothing],
]);

const numberPrototype = builtinTable('Number.prototype', [
  ['toExponential', NumberPrototypeToExponential, 1, Writes.Nothing],
  ['toFixed', NumberPrototypeToFixed, 1, Writes.Nothing],
  ['toPrecision', NumberPrototypeToPrecision, 1, Writes.Nothing],
  ['toString', NumberPrototypeToString, 1, Writes.Nothing],
  ['valueOf', (rt, args) => thisValue(rt, args, isNumber, 'Number.prototype.valueOf', 'Number'), 0, Writes.Nothing],
  ['toLocaleString', installNumberFormat(thisNumber), 0, Writes.Nothing],
]);

const NumberFunction = declareBuiltin('Number', NumberConstructor, Writes.Nothing);

export const bootstrapNumber = (rt: Runtime): void => {
  const prototype = newPrototypeWrapper(rt, 0);
  const fn = makeConstructor(rt, {
    name: 'Number',
    implementation: NumberFunction,
    length: 1,
    functionSlot: NativeContextSlot.NumberFunction,
    prototypeSlot: NativeContextSlot.NumberPrototype,
    mapSlot: NativeContextSlot.NumberWrapperMap,
    type: InstanceType.JSPrimitiveWrapper,
    size: JSPrimitiveWrapper.Size,
    prototype,
  });
  installTable(rt, fn, numberStatics);
  installTable(rt, prototype, numberPrototype);
  const constants: Record<string, Tagged> = {};
  for (const name of [
    'MAX_VALUE',
    'MIN_VALUE',
    'NaN',
    'NEGATIVE_INFINITY',
    'POSITIVE_INFINITY',
    'MAX_SAFE_INTEGER',
    'MIN_SAFE_INTEGER',
    'EPSILON',
  ] as const)
    constants[name] = rt.factory.newNumber(Number[name]);
  installConstants(rt, fn, constants);
  for (const name of ['parseFloat', 'parseInt']) {
    const word = rt.factory.internalize(name);
    defineGlobal(rt, name, lookupOwn(rt.heap, rt.factory, fn, word).value);
  }
};

// --- Boolean -----------------------------------------------------------------------------------------------------------

const BooleanFunction = declareBuiltin(
  'Boolean',
  (rt, args) => wrap(rt, args, toOddball(toBoolean(rt, args.at(0)))),
  Writes.Nothing,
);

const booleanPrototype = builtinTable('Boolean.prototype', [
  [
    'toString',
    (r, args) =>
      thisValue(r, args, isBooleanWord, 'Boolean.prototype.toString', 'Boolean') === True
        ? r.names.true
        : r.names.false,
    0,
    Writes.Nothing,
  ],
  [
    'valueOf',
    (r, args) => thisValue(r, args, isBooleanWord, 'Boolean.prototype.valueOf', 'Boolean'),
    0,
    Writes.Nothing,
  ],
]);

export const bootstrapBoolean = (rt: Runtime): void => {
  const prototype = newPrototypeWrapper(rt, False);
  makeConstructor(rt, {
    name: 'Boolean',
    implementation: BooleanFunction,
    length: 1,
    functionSlot: NativeContextSlot.BooleanFunction,
    prototypeSlot: NativeContextSlot.BooleanPrototype,
    mapSlot: NativeContextSlot.BooleanWrapperMap,
    type: InstanceType.JSPrimitiveWrapper,
    size: JSPrimitiveWrapper.Size,
    prototype,
  });
  installTable(rt, prototype, booleanPrototype);
};

// --- Symbol ------------------------------------------------------------------------------------------------------------

const thisSymbol = (rt: Runtime, args: Arguments, method: string): Tagged =>
  thisValue(rt, args, isSymbol, `Symbol.prototype.${method}`, 'Symbol');

const symbolStatics = builtinTable('Symbol', [
  [
    'for',
    (rt, args) => {
      const key = rt.factory.internalizeString(toString(rt, args.at(0)));
      const table = root(rt.heap, Root.SymbolRegistry);
      const entry = orderedFind(rt.heap, rt.factory, table, key);
      if (entry >= 0) return orderedValueAt(rt.heap, table, entry);
      const symbol = rt.factory.newSymbol(key, SymbolFlags.InPublicTable);
      setRoot(rt.heap, Root.SymbolRegistry, orderedMapSet(rt.factory, table, key, symbol));
      return symbol;
    },
    1,
  ],
  [
    'keyFor',
    (rt, args) => {
      const symbol = args.at(0);
      if (!isSymbol(rt, symbol)) throwTypeError(rt, 'SymbolKeyFor', symbol);
      return (rt.heap.getI32(symbol, SymbolObject.Flags) & SymbolFlags.InPublicTable) !== 0
        ? rt.heap.get(symbol, SymbolObject.Description)
        : Undefined;
    },
    1,
    Writes.Nothing,
  ],
]);

const symbolPrototype = builtinTable('Symbol.prototype', [
  [
    'toString',
    (rt, args) => rt.factory.newString(symbolDescriptiveString(rt, thisSymbol(rt, args, 'toString'))),
    0,
    Writes.Nothing,
  ],
  ['valueOf', (rt, args) => thisSymbol(rt, args, 'valueOf'), 0, Writes.Nothing],
  [
    'get description',
    (rt, args) => rt.heap.get(thisSymbol(rt, args, 'description'), SymbolObject.Description),
    0,
    Writes.Nothing,
  ],
]);
const symbolToPrimitive = builtinTable('Symbol.prototype', [
  [
    '@@toPrimitive',
    (rt, args) => thisValue(rt, args, isSymbol, 'Symbol.prototype [ @@toPrimitive ]', 'Symbol'),
    1,
    Writes.Nothing,
  ],
]);

const SymbolFunction = declareBuiltin(
  'Symbol',
  (r, args) => {
    if (args.newTarget !== Undefined) throwTypeError(r, 'NotConstructor', 'Symbol');
    const description = args.at(0) === Undefined ? Undefined : r.factory.internalizeString(toString(r, args.at(0)));
    return r.factory.newSymbol(description);
  },
  Writes.Nothing,
);

export const bootstrapSymbol = (rt: Runtime): void => {
  // one registry for all realms
  if (root(rt.heap, Root.SymbolRegistry) === Undefined)
    setRoot(rt.heap, Root.SymbolRegistry, newOrderedHashMap(rt.factory));
  const fn = makeConstructor(rt, {
    name: 'Symbol',
    implementation: SymbolFunction,
    length: 0,
    functionSlot: NativeContextSlot.SymbolFunction,
    prototypeSlot: NativeContextSlot.SymbolPrototype,
    mapSlot: NativeContextSlot.SymbolWrapperMap,
    type: InstanceType.JSPrimitiveWrapper,
    size: JSPrimitiveWrapper.Size,
  });
  installTable(rt, fn, symbolStatics);
  const constants: Record<string, Tagged> = {};
  const known = rootSymbols.filter(([, description]) => description.startsWith('Symbol.'));
  // V8's order: by name, those that came later behind.
  const isLate = (description: string): boolean => description.endsWith('ispose');
  const ordered = [
    ...known.filter(([, text]) => !isLate(text)).sort(([, a], [, b]) => (a < b ? -1 : 1)),
    ...known.filter(([, text]) => isLate(text)),
  ];
  for (const [name, description] of ordered) constants[description.slice(7)] = rt.symbols[name];
  installConstants(rt, fn, constants);
  const prototype = rt.intrinsic(NativeContextSlot.SymbolPrototype);
  installTable(rt, prototype, symbolPrototype);
  installToStringTag(rt, prototype, 'Symbol');
  installTable(rt, prototype, symbolToPrimitive);
};

// --- BigInt ------------------------------------------------------------------------------------------------------------

const thisBigInt = (rt: Runtime, args: Arguments, method: string): bigint =>
  bigintValue(rt.heap, thisValue(rt, args, isBigInt, `BigInt.prototype.${method}`, 'BigInt'));

const asN =
  (fn: (bits: number, value: bigint) => bigint): BuiltinFunction =>
  (rt, args) => {
    const bits = toIndex(rt, args.at(0));
    if (bits < 0 || bits > Number.MAX_SAFE_INTEGER)
      throwRangeError(rt, 'Plain', 'Invalid value: not (convertible to) a safe integer');
    return rt.factory.newBigInt(fn(bits, toBigIntValue(rt, args.at(1))));
  };

const BigIntFunction = declareBuiltin(
  'BigInt',
  (r, args) => {
    if (args.newTarget !== Undefined) throwTypeError(r, 'NotConstructor', 'BigInt');
    const primitive = toPrimitive(r, args.at(0), 'number');
    if (isNumber(r, primitive)) {
      const value = primitiveToNumber(r, primitive);
      if (!Number.isInteger(value)) throwRangeError(r, 'BigIntFromNumber', primitive);
      return r.factory.newBigInt(BigInt(value));
    }
    return r.factory.newBigInt(toBigIntValue(r, primitive));
  },
  Writes.Nothing,
);

const bigIntStatics = builtinTable('BigInt', [
  ['asUintN', asN(BigInt.asUintN), 2, Writes.Nothing],
  ['asIntN', asN(BigInt.asIntN), 2, Writes.Nothing],
]);

const bigIntPrototype = builtinTable('BigInt.prototype', [
  [
    'toLocaleString',
    (r, args) => {
      const value = thisBigInt(r, args, 'toLocaleString');
      const locales = requestedLocales(r, args.at(0)) ?? 'en-US';
      return r.factory.newString(
        value.toLocaleString(locales, readOptions(r, args.at(1), numberOptions, 'BigInt.prototype.toLocaleString')),
      );
    },
    0,
    Writes.Nothing,
  ],
  [
    'toString',
    (r, args) => {
      const value = thisBigInt(r, args, 'toString');
      const radix = args.at(0) === Undefined ? 10 : toIntegerOrInfinity(r, args.at(0));
      if (radix < 2 || radix > 36) throwRangeError(r, 'ToRadixFormatRange');
      const text = r.patiently(
        () => isHuge(value),
        () => value.toString(radix),
      );
      return r.factory.newString(text);
    },
    0,
    Writes.Nothing,
  ],
  ['valueOf', (r, args) => r.factory.newBigInt(thisBigInt(r, args, 'valueOf')), 0, Writes.Nothing],
]);

export const bootstrapBigInt = (rt: Runtime): void => {
  const fn = makeConstructor(rt, {
    name: 'BigInt',
    implementation: BigIntFunction,
    length: 1,
    functionSlot: NativeContextSlot.BigIntFunction,
    prototypeSlot: NativeContextSlot.BigIntPrototype,
    mapSlot: NativeContextSlot.BigIntWrapperMap,
    type: InstanceType.JSPrimitiveWrapper,
    size: JSPrimitiveWrapper.Size,
  });
  installTable(rt, fn, bigIntStatics);
  const prototype = rt.intrinsic(NativeContextSlot.BigIntPrototype);
  installTable(rt, prototype, bigIntPrototype);
  installToStringTag(rt, prototype, 'BigInt');
};
