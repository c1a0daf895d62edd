// structuredClone (HTML, as Node has it): a deep copy of what can be copied, a DataCloneError for the rest. Array buffers in
// `transfer` go over: their bytes are in the clone, and they are detached.

import type { Tagged } from '../heap/index.ts';
import { InstanceType, instanceTypeOf, isLengthTracking, isSharedBuffer, isViewOutOfBounds } from '../objects/index.ts';
import { js, type Runtime, type RuntimeFunctionImpl, toOddball } from '../runtime/index.ts';

const kinds: Readonly<Partial<Record<InstanceType, string>>> = {
  [InstanceType.JSObject]: 'object',
  [InstanceType.JSArray]: 'array',
  [InstanceType.JSDate]: 'date',
  [InstanceType.JSRegExp]: 'regexp',
  [InstanceType.JSMap]: 'map',
  [InstanceType.JSSet]: 'set',
  [InstanceType.JSError]: 'error',
  [InstanceType.JSArrayBuffer]: 'buffer',
  [InstanceType.JSTypedArray]: 'view',
  [InstanceType.JSDataView]: 'view',
  [InstanceType.JSPrimitiveWrapper]: 'wrapper',
};

/** How an object is cloned and compared; '' when it cannot be. */
export const cloneKind = (rt: Runtime, object: Tagged): string => {
  const kind = kinds[instanceTypeOf(rt.heap, object) as InstanceType] ?? '';
  return kind === 'buffer' && isSharedBuffer(rt.heap, object) ? 'shared buffer' : kind;
};

export const structuredCloneNatives: Readonly<Record<string, RuntimeFunctionImpl>> = {
  IsViewOutOfBounds: (rt, args) => toOddball(isViewOutOfBounds(rt.heap, args.at(0))),
  IsLengthTracking: (rt, args) => toOddball(isLengthTracking(rt.heap, args.at(0))),
  CloneKind: (rt, args) => rt.factory.internalize(cloneKind(rt, args.at(0))),
};

export const structuredClone = js`function structuredClone(value, options) {
    'use strict';
    const invalid = (text, code) => {
      const error = new TypeError(text);
      error.code = code;
      throw error;
    };
    const fail = (text) => {
      const error = new Error(text);
      Object.defineProperty(error, 'name', { value: 'DataCloneError', configurable: true, writable: true });
      Object.defineProperty(error, 'code', { value: 25, configurable: true });
      throw error;
    };
    if (arguments.length === 0) invalid('The "value" argument must be specified', 'ERR_MISSING_ARGS');
    if (options !== undefined && options !== null && !%IsJSReceiver(options))
      invalid("Failed to execute 'structuredClone': Options cannot be converted to a dictionary", 'ERR_INVALID_ARG_TYPE');
    const listed = options === undefined || options === null ? undefined : options.transfer;
    const transfer = [];
    if (listed !== undefined) {
      if (!%IsJSReceiver(listed) || !%IsCallable(listed[Symbol.iterator]))
        invalid("Failed to execute 'structuredClone': transfer in Options cannot be converted to sequence.", 'ERR_INVALID_ARG_TYPE');
      for (const item of listed) {
        if (!%IsJSReceiver(item))
          invalid("Failed to execute 'structuredClone': transfer in Options[" + transfer.length + '] is not an object.', 'ERR_INVALID_ARG_TYPE');
        if (%CloneKind(item) !== 'buffer') fail('Found invalid value in transferList.');
        if (transfer.includes(item)) fail('Transfer list contains duplicate ArrayBuffer');
        if (item.detached) fail('Cannot transfer object of unsupported type.');
        transfer.push(item);
      }
    }
    const errors = { __proto__: null, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };
    const seen = new Map();
    const keep = (v, copy) => { seen.set(v, copy); return copy; };
    const properties = (v, copy) => {
      for (const k of Object.keys(v)) if (Object.hasOwn(v, k)) %CreateDataProperty(copy, k, clone(v[k]));
      return copy;
    };
    const clone = (v) => {
      if (typeof v === 'function' || typeof v === 'symbol')
        fail((typeof v === 'symbol' ? v.toString() : %ToMessageText(v)) + ' could not be cloned.');
      if (!%IsJSReceiver(v)) return v;
      if (seen.has(v)) return seen.get(v);
      switch (%CloneKind(v)) {
        case 'object': return properties(v, keep(v, {}));
        case 'array': return properties(v, keep(v, new Array(v.length)));
        case 'date': return keep(v, new Date(%_Call(Date.prototype.getTime, v)));
        case 'regexp': return keep(v, new RegExp(v.source, v.flags));
        case 'map': {
          const copy = keep(v, new Map());
          for (const [k, e] of [...%_Call(Map.prototype.entries, v)]) copy.set(clone(k), clone(e));
          return copy;
        }
        case 'set': {
          const copy = keep(v, new Set());
          for (const e of [...%_Call(Set.prototype.values, v)]) copy.add(clone(e));
          return copy;
        }
        case 'error': {
          const copy = keep(v, new (errors[v.name] ?? Error)());
          const hidden = (key, value) => Object.defineProperty(copy, key, { value, writable: true, enumerable: false, configurable: true });
          if (Object.hasOwn(v, 'message')) hidden('message', '' + v.message);
          hidden('stack', v.stack);
          if (Object.hasOwn(v, 'cause')) hidden('cause', clone(v.cause));
          return copy;
        }
        case 'buffer': {
          if (v.detached) fail('An ArrayBuffer is detached and could not be cloned.');
          if (!v.resizable) return keep(v, %_Call(ArrayBuffer.prototype.slice, v, 0));
          const copy = new ArrayBuffer(v.byteLength, { maxByteLength: v.maxByteLength });
          new Uint8Array(copy).set(new Uint8Array(v));
          return keep(v, copy);
        }
        case 'shared buffer': return keep(v, %CloneSharedBuffer(v));
        case 'view': {
          const tag = Object.prototype.toString.call(v).slice(8, -1);
          if (!v.buffer.detached && %IsViewOutOfBounds(v)) fail(%ToMessageText(v) + ' could not be cloned.');
          const buffer = clone(v.buffer);
          const length = %IsLengthTracking(v) ? undefined : tag === 'DataView' ? v.byteLength : v.length;
          return keep(v, tag === 'DataView' ? new DataView(buffer, v.byteOffset, length)
            : new globalThis[tag](buffer, v.byteOffset, length));
        }
        case 'wrapper': {
          const primitive = v.valueOf();
          if (typeof primitive !== 'symbol') return keep(v, Object(primitive));
          fail('[object Symbol] could not be cloned.');
        }
      }
      fail(%ToMessageText(v) + ' could not be cloned.');
    };
    const result = clone(value);
    for (const buffer of transfer) {
      // What the clone does not hold is gone with its buffer.
      %ArrayBufferDetach(buffer);
    }
    return result;
  }`;
