// structuredClone (HTML): a deep copy of what can be copied, a DataCloneError for the rest; what is in `transfer` goes over.

const { codes } = require('internal/errors');
const { DOMException } = require('internal/dom_exception');
const engine = internalBinding('util');
const { cloneKind, detach, functionText, kind, messageText } = engine;

const fail = (text) => {
  const error = new DOMException(text, 'DataCloneError');
  Error.captureStackTrace(error, structuredClone);
  throw error;
};
const shown = (value) => (typeof value === 'function' ? functionText(value) : messageText(value));

const errorClasses = { __proto__: null, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };
const typedArrays = { __proto__: null };
for (const Class of [
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float16Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
])
  typedArrays[Class.name] = Class;
const tagOf = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get;

/** A copy; `transferred` maps what goes over to its new owner's object. */
const clone = (value, seen, transferred) => {
  if (typeof value === 'function' || typeof value === 'symbol') fail(`${shown(value)} could not be cloned.`);
  if (typeof value !== 'object' || value === null) return value;
  if (seen.has(value)) return seen.get(value);
  const moved = transferred.get(value);
  if (moved !== undefined) return moved;
  const keep = (copy) => {
    seen.set(value, copy);
    return copy;
  };
  const properties = (copy) => {
    for (const key of Object.keys(value))
      if (Object.hasOwn(value, key))
        Object.defineProperty(copy, key, {
          value: clone(value[key], seen, transferred),
          writable: true,
          enumerable: true,
          configurable: true,
        });
    return copy;
  };
  if (value instanceof DOMException) return keep(new DOMException(value.message, value.name));
  const { isBlob, Blob } = require('internal/blob');
  if (isBlob(value)) return keep(Blob.prototype.slice.call(value, 0, value.size, value.type));
  if (require('internal/messaging').isPort(value))
    fail('Object that needs transfer was found in message but not listed in transferList');
  switch (cloneKind(value)) {
    case 'object':
      return properties(keep({}));
    case 'array':
      return properties(keep(new Array(value.length)));
    case 'date':
      return keep(new Date(Date.prototype.getTime.call(value)));
    case 'regexp':
      return keep(new RegExp(value.source, value.flags));
    case 'map': {
      const copy = keep(new Map());
      for (const [key, item] of [...Map.prototype.entries.call(value)])
        copy.set(clone(key, seen, transferred), clone(item, seen, transferred));
      return copy;
    }
    case 'set': {
      const copy = keep(new Set());
      for (const item of [...Set.prototype.values.call(value)]) copy.add(clone(item, seen, transferred));
      return copy;
    }
    case 'error': {
      const copy = keep(new (errorClasses[value.name] ?? Error)());
      const hidden = (key, item) =>
        Object.defineProperty(copy, key, { value: item, writable: true, enumerable: false, configurable: true });
      if (Object.hasOwn(value, 'message')) hidden('message', `${value.message}`);
      hidden('stack', value.stack);
      if (Object.hasOwn(value, 'cause')) hidden('cause', clone(value.cause, seen, transferred));
      return copy;
    }
    case 'buffer': {
      if (value.detached) fail('An ArrayBuffer is detached and could not be cloned.');
      if (!value.resizable) return keep(ArrayBuffer.prototype.slice.call(value, 0));
      const copy = new ArrayBuffer(value.byteLength, { maxByteLength: value.maxByteLength });
      new Uint8Array(copy).set(new Uint8Array(value));
      return keep(copy);
    }
    case 'shared buffer':
      return keep(engine.cloneShared(value));
    case 'view': {
      if (!value.buffer.detached && engine.isOutOfBounds(value)) fail(`${shown(value)} could not be cloned.`);
      const buffer = clone(value.buffer, seen, transferred);
      const tracks = engine.isLengthTracking(value);
      if (kind(value) === 'DataView')
        return keep(new DataView(buffer, value.byteOffset, tracks ? undefined : value.byteLength));
      return keep(new typedArrays[tagOf.call(value)](buffer, value.byteOffset, tracks ? undefined : value.length));
    }
    case 'wrapper': {
      const primitive = value.valueOf();
      if (typeof primitive === 'symbol') fail('[object Symbol] could not be cloned.');
      return keep(Object(primitive));
    }
  }
  return fail(`${shown(value)} could not be cloned.`);
};

/** Clones, and moves what is in `list`. */
const cloneWithTransfer = (value, list) => {
  const { isPort, movePort } = require('internal/messaging');
  const transferred = new Map();
  for (const item of list) {
    if (transferred.has(item))
      fail(
        isPort(item) ? 'Transfer list contains duplicate MessagePort' : 'Transfer list contains duplicate ArrayBuffer',
      );
    if (isPort(item)) transferred.set(item, undefined);
    else if (cloneKind(item) === 'buffer') {
      if (item.detached) fail('Cannot transfer object of unsupported type.');
      transferred.set(item, undefined);
    } else fail('Found invalid value in transferList.');
  }
  const moves = new Map();
  for (const item of transferred.keys()) if (isPort(item)) moves.set(item, movePort(item));
  const result = clone(value, new Map(), moves);
  for (const item of transferred.keys()) if (!isPort(item)) detach(item);
  return { result, ports: [...moves.values()] };
};

function structuredClone(value, options = undefined) {
  if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('The value argument must be specified');
  const invalid = (text) => {
    const error = new TypeError(text);
    error.code = 'ERR_INVALID_ARG_TYPE';
    throw error;
  };
  if (options !== undefined && options !== null && typeof options !== 'object' && typeof options !== 'function')
    invalid("Failed to execute 'structuredClone': Options cannot be converted to a dictionary");
  const listed = options?.transfer;
  const list = [];
  if (listed !== undefined) {
    if (listed === null || typeof listed !== 'object' || typeof listed[Symbol.iterator] !== 'function')
      invalid("Failed to execute 'structuredClone': transfer in Options cannot be converted to sequence.");
    for (const item of listed) {
      if (item === null || typeof item !== 'object')
        invalid(`Failed to execute 'structuredClone': transfer in Options[${list.length}] is not an object.`);
      list.push(item);
    }
  }
  return cloneWithTransfer(value, list).result;
}

module.exports = { cloneWithTransfer, structuredClone };
