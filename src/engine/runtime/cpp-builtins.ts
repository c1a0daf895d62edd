// Builtins that are C++ in V8: their conversions complain in other words than those that are generated code. Names as the
// builtins were declared with.

const dateSetters = 'Date FullYear Hours Milliseconds Minutes Month Seconds'
  .split(' ')
  .flatMap((name) => [`Date.prototype.set${name}`, `Date.prototype.setUTC${name}`]);

export const cppBuiltins: ReadonlySet<string> = new Set([
  ...dateSetters,
  ...`Date Date.parse Date.UTC Date.prototype.setTime Date.prototype.setYear Date.prototype.toJSON
  Object.prototype.hasOwnProperty Object.prototype.__lookupGetter__ Object.prototype.__lookupSetter__
  Object.prototype.propertyIsEnumerable Object.hasOwn Object.defineProperty
  Reflect.defineProperty Reflect.deleteProperty Reflect.has Reflect.set
  Array.prototype.fill Array.prototype.includes Array.prototype.indexOf
  Number.parseInt Number.prototype.toExponential Number.prototype.toFixed Number.prototype.toPrecision
  String.fromCodePoint String.raw String.prototype.lastIndexOf String.prototype.localeCompare String.prototype.normalize
  String.prototype.toLocaleUpperCase String.prototype.toUpperCase
  Symbol Symbol.for BigInt BigInt.prototype.toString BigInt.asUintN BigInt.asIntN
  JSON.rawJSON RegExp.input RegExp.$_ Error AggregateError SuppressedError EvalError RangeError ReferenceError SyntaxError TypeError URIError
  Function GeneratorFunction AsyncFunction AsyncGeneratorFunction
  ArrayBuffer ArrayBuffer.prototype.slice ArrayBuffer.prototype.resize ArrayBuffer.prototype.transfer
  ArrayBuffer.prototype.transferToFixedLength SharedArrayBuffer SharedArrayBuffer.prototype.slice
  SharedArrayBuffer.prototype.grow DataView Atomics.isLockFree Atomics.wait Atomics.waitAsync Atomics.notify
  globalThis.encodeURI globalThis.encodeURIComponent globalThis.decodeURI globalThis.decodeURIComponent
  globalThis.escape globalThis.unescape globalThis.parseInt
  %TypedArray%.prototype.copyWithin %TypedArray%.prototype.fill %TypedArray%.prototype.includes
  %TypedArray%.prototype.indexOf %TypedArray%.prototype.lastIndexOf`.split(/\s+/),
]);
