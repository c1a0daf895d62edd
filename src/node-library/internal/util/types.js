// util.types: by the engine's own layouts.

const { isShared, kind, wrapped } = internalBinding('util');

const is = (name) => (value) => kind(value) === name;
const typedArrayNames = [
  'Uint8Array',
  'Uint8ClampedArray',
  'Uint16Array',
  'Uint32Array',
  'Int8Array',
  'Int16Array',
  'Int32Array',
  'Float16Array',
  'Float32Array',
  'Float64Array',
  'BigInt64Array',
  'BigUint64Array',
];
const tagOf = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get;
const functionKind = (value) => (typeof value === 'function' ? Object.prototype.toString.call(value) : '');

const types = {
  isExternal: () => false,
  isDate: is('Date'),
  isArgumentsObject: is('Arguments'),
  isBigIntObject: (value) => wrapped(value) === 'bigint',
  isBooleanObject: (value) => wrapped(value) === 'boolean',
  isNumberObject: (value) => wrapped(value) === 'number',
  isStringObject: (value) => wrapped(value) === 'string',
  isSymbolObject: (value) => wrapped(value) === 'symbol',
  isBoxedPrimitive: (value) => kind(value) === 'Primitive',
  isNativeError: is('Error'),
  isRegExp: is('RegExp'),
  isAsyncFunction: (value) => typeof value === 'function' && /^async\b/.test(Function.prototype.toString.call(value)),
  isGeneratorFunction: (value) => {
    if (typeof value !== 'function') return false;
    const tag = functionKind(value);
    return tag === '[object GeneratorFunction]' || tag === '[object AsyncGeneratorFunction]';
  },
  isGeneratorObject: is('Generator'),
  isPromise: is('Promise'),
  isMap: is('Map'),
  isSet: is('Set'),
  isMapIterator: is('MapIterator'),
  isSetIterator: is('SetIterator'),
  isWeakMap: is('WeakMap'),
  isWeakSet: is('WeakSet'),
  isArrayBuffer: (value) => kind(value) === 'ArrayBuffer' && !isShared(value),
  isDataView: is('DataView'),
  isSharedArrayBuffer: (value) => isShared(value),
  isProxy: is('Proxy'),
  isModuleNamespaceObject: is('Module'),
  isAnyArrayBuffer: is('ArrayBuffer'),
  isCryptoKey: (value) => require('internal/crypto').isCryptoKey(value),
  isKeyObject: (value) => require('internal/crypto').isKeyObject(value),
  isArrayBufferView: ArrayBuffer.isView,
  isTypedArray: is('TypedArray'),
};
for (const name of typedArrayNames)
  types[`is${name}`] = (value) => ArrayBuffer.isView(value) && tagOf.call(value) === name;
for (const name of Object.keys(types))
  if (types[name].name !== name) Object.defineProperty(types[name], 'name', { value: name });

module.exports = types;
