// Checks of arguments, in Node's words.

const { codes, hideStackFrames, setCodedStack } = require('internal/errors');

const isInt32 = (value) => value === (value | 0);

const validateInteger = hideStackFrames((value, name, min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER) => {
  if (typeof value !== 'number') throw new codes.ERR_INVALID_ARG_TYPE(name, 'number', value);
  if (!Number.isInteger(value)) throw new codes.ERR_OUT_OF_RANGE(name, 'an integer', value);
  if (value < min || value > max) throw new codes.ERR_OUT_OF_RANGE(name, `>= ${min} && <= ${max}`, value);
});

const validateInt32 = hideStackFrames((value, name, min = -2147483648, max = 2147483647) => {
  if (typeof value !== 'number') throw new codes.ERR_INVALID_ARG_TYPE(name, 'number', value);
  if (!Number.isInteger(value)) throw new codes.ERR_OUT_OF_RANGE(name, 'an integer', value);
  if (value < min || value > max) throw new codes.ERR_OUT_OF_RANGE(name, `>= ${min} && <= ${max}`, value);
});

const validateUint32 = hideStackFrames((value, name, positive = false) => {
  if (typeof value !== 'number') throw new codes.ERR_INVALID_ARG_TYPE(name, 'number', value);
  if (!Number.isInteger(value)) throw new codes.ERR_OUT_OF_RANGE(name, 'an integer', value);
  const min = positive ? 1 : 0;
  if (value < min || value > 4294967295) throw new codes.ERR_OUT_OF_RANGE(name, `>= ${min} && <= 4294967295`, value);
});

/** Fails from the caller of the function that checks. */
const wrongType = (type, value, name, cut) => {
  const error = new codes.ERR_INVALID_ARG_TYPE(name, type, value);
  setCodedStack(error, error.code, cut);
  throw error;
};
const validateString = (value, name) => {
  if (typeof value !== 'string') wrongType('string', value, name, validateString);
};
const validateBoolean = (value, name) => {
  if (typeof value !== 'boolean') wrongType('boolean', value, name, validateBoolean);
};

const validateNumber = hideStackFrames((value, name, min = undefined, max = undefined) => {
  if (typeof value !== 'number') throw new codes.ERR_INVALID_ARG_TYPE(name, 'number', value);
  if (
    (min != null && value < min) ||
    (max != null && value > max) ||
    ((min != null || max != null) && Number.isNaN(value))
  )
    throw new codes.ERR_OUT_OF_RANGE(
      name,
      `${min != null ? `>= ${min}` : ''}${min != null && max != null ? ' && ' : ''}${max != null ? `<= ${max}` : ''}`,
      value,
    );
});

const validateFunction = (value, name) => {
  if (typeof value !== 'function') wrongType('Function', value, name, validateFunction);
};

const validateObject = hideStackFrames(
  (value, name, { allowArray = false, allowFunction = false, nullable = false } = {}) => {
    if (
      (!nullable && value === null) ||
      (!allowArray && Array.isArray(value)) ||
      (typeof value !== 'object' && (!allowFunction || typeof value !== 'function'))
    )
      throw new codes.ERR_INVALID_ARG_TYPE(name, 'Object', value);
  },
);

const validateArray = hideStackFrames((value, name, minLength = 0) => {
  if (!Array.isArray(value)) throw new codes.ERR_INVALID_ARG_TYPE(name, 'Array', value);
  if (value.length < minLength) throw new codes.ERR_INVALID_ARG_VALUE(name, value, `must be longer than ${minLength}`);
});

const validateStringArray = hideStackFrames((value, name) => {
  validateArray(value, name);
  for (let i = 0; i < value.length; i++) validateString(value[i], `${name}[${i}]`);
});

const validateOneOf = hideStackFrames((value, name, allowed) => {
  if (allowed.includes(value)) return;
  const text = allowed.map((item) => (typeof item === 'string' ? `'${item}'` : String(item))).join(', ');
  throw new codes.ERR_INVALID_ARG_VALUE(name, value, `must be one of: ${text}`);
});

const validateAbortSignal = hideStackFrames((signal, name) => {
  if (signal !== undefined && (signal === null || typeof signal !== 'object' || !('aborted' in signal)))
    throw new codes.ERR_INVALID_ARG_TYPE(name, 'AbortSignal', signal);
});

const validateEncoding = hideStackFrames((data, encoding) => {
  const known = require('internal/encodings').normalizeEncoding(encoding);
  if (known === 'hex' && data.length % 2 !== 0)
    throw new codes.ERR_INVALID_ARG_VALUE('encoding', encoding, `is invalid for data of length ${data.length}`);
});

const validatePort = hideStackFrames((port, name = 'Port', zero = true) => {
  if (
    (typeof port !== 'number' && typeof port !== 'string') ||
    (typeof port === 'string' && port.trim().length === 0) ||
    +port !== +port >>> 0 ||
    port > 0xffff ||
    (port === 0 && !zero)
  )
    throw new codes.ERR_SOCKET_BAD_PORT(name, port, zero);
  return port | 0;
});

const validateUnion = hideStackFrames((value, name, union) => {
  if (!union.includes(value)) throw new codes.ERR_INVALID_ARG_TYPE(name, `('${union.join('|')}')`, value);
});

/** Modes of files: octal strings or numbers. */
const parseFileMode = (value, name, fallback) => {
  value ??= fallback;
  if (typeof value === 'string') {
    if (!/^[0-7]+$/.test(value))
      throw new codes.ERR_INVALID_ARG_VALUE(name, value, 'must be a 32-bit unsigned integer or an octal string');
    value = Number.parseInt(value, 8);
  }
  validateUint32(value, name);
  return value;
};

const isArrayBufferView = (value) => ArrayBuffer.isView(value);

const validateBuffer = hideStackFrames((buffer, name = 'buffer') => {
  if (!ArrayBuffer.isView(buffer))
    throw new codes.ERR_INVALID_ARG_TYPE(name, ['Buffer', 'TypedArray', 'DataView'], buffer);
});

module.exports = {
  isArrayBufferView,
  isInt32,
  parseFileMode,
  validateAbortSignal,
  validateArray,
  validateBoolean,
  validateBuffer,
  validateEncoding,
  validateFunction,
  validateInt32,
  validateInteger,
  validateNumber,
  validateObject,
  validateOneOf,
  validatePort,
  validateString,
  validateStringArray,
  validateUint32,
  validateUnion,
};
