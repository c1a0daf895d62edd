const { codes } = require('internal/errors');
const {
  validateAbortSignal,
  validateBoolean,
  validateFunction,
  validateInteger,
  validateNumber,
  validateObject,
  validateOneOf,
  validateString,
} = require('internal/validators');
const inspecting = require('internal/util/inspect');
const { format, inspect } = inspecting;
const engine = internalBinding('util');

// --- functions as promises, and back --------------------------------------------------------------------------------------------

const kCustomPromisify = Symbol.for('nodejs.util.promisify.custom');
const kCustomPromisifyArgs = Symbol('customPromisifyArgs');

function promisify(original) {
  validateFunction(original, 'original');
  if (original[kCustomPromisify]) {
    const fn = original[kCustomPromisify];
    validateFunction(fn, 'util.promisify.custom');
    return Object.defineProperty(fn, kCustomPromisify, {
      value: fn,
      enumerable: false,
      writable: false,
      configurable: true,
    });
  }
  const names = original[kCustomPromisifyArgs];
  function fn(...args) {
    return new Promise((resolve, reject) => {
      if (engine.kind(Reflect.apply(original, this, [...args, settle])) === 'Promise')
        process.emitWarning(
          'Calling promisify on a function that returns a Promise is likely a mistake.',
          'DeprecationWarning',
          'DEP0174',
        );
      function settle(error, ...values) {
        if (error) return reject(error);
        if (names !== undefined && values.length > 1) {
          const object = {};
          for (let i = 0; i < names.length; i++) object[names[i]] = values[i];
          resolve(object);
        } else resolve(values[0]);
      }
    });
  }
  Object.setPrototypeOf(fn, Object.getPrototypeOf(original));
  Object.defineProperty(fn, kCustomPromisify, { value: fn, enumerable: false, writable: false, configurable: true });
  const descriptors = Object.getOwnPropertyDescriptors(original);
  for (const key of Reflect.ownKeys(descriptors)) {
    try {
      Object.defineProperty(fn, key, descriptors[key]);
    } catch {
      // the function's own cannot be changed
    }
  }
  return fn;
}
promisify.custom = kCustomPromisify;

function callbackify(original) {
  validateFunction(original, 'original');
  function callbackified(...args) {
    const callback = args.pop();
    validateFunction(callback, 'last argument');
    const done = callback.bind(this);
    Reflect.apply(original, this, args).then(
      (value) => process.nextTick(done, null, value),
      (reason) =>
        process.nextTick(() => {
          if (!reason) {
            const error = new codes.ERR_FALSY_VALUE_REJECTION(reason);
            error.reason = reason;
            reason = error;
          }
          done(reason);
        }),
    );
  }
  const descriptors = Object.getOwnPropertyDescriptors(original);
  if (typeof descriptors.length.value === 'number') descriptors.length.value++;
  if (typeof descriptors.name.value === 'string') descriptors.name.value += 'Callbackified';
  delete descriptors.prototype;
  Object.defineProperties(callbackified, descriptors);
  return callbackified;
}

// --- old helpers ------------------------------------------------------------------------------------------------------------------

function inherits(constructor, superConstructor) {
  if (constructor === undefined || constructor === null)
    throw new codes.ERR_INVALID_ARG_TYPE('ctor', 'Function', constructor);
  if (superConstructor === undefined || superConstructor === null)
    throw new codes.ERR_INVALID_ARG_TYPE('superCtor', 'Function', superConstructor);
  if (superConstructor.prototype === undefined)
    throw new codes.ERR_INVALID_ARG_TYPE('superCtor.prototype', 'Object', superConstructor.prototype);
  Object.defineProperty(constructor, 'super_', { value: superConstructor, writable: true, configurable: true });
  Object.setPrototypeOf(constructor.prototype, superConstructor.prototype);
}

function _extend(target, source) {
  if (source === null || typeof source !== 'object') return target;
  for (const key of Object.keys(source).reverse()) target[key] = source[key];
  return target;
}

const warnedCodes = new Set();
function deprecate(fn, message, code, { modifyPrototype = true } = {}) {
  if (code !== undefined) validateString(code, 'code');
  let warned = false;
  function deprecated(...args) {
    if (!warned && !process.noDeprecation) {
      warned = true;
      if (code === undefined || !warnedCodes.has(code)) {
        if (code !== undefined) warnedCodes.add(code);
        process.emitWarning(message, 'DeprecationWarning', code, deprecated);
      }
    }
    if (new.target) return Reflect.construct(fn, args, new.target);
    return Reflect.apply(fn, this, args);
  }
  if (modifyPrototype) {
    Object.setPrototypeOf(deprecated, fn);
    if (fn.prototype) deprecated.prototype = fn.prototype;
  }
  Object.defineProperty(deprecated, 'length', { value: fn.length, configurable: true });
  return deprecated;
}

const isDebugged = (set) => {
  const value = process.env.NODE_DEBUG;
  if (!value) return false;
  const pattern = value
    .replace(/[|\\{}()[\]^$+?.]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll(',', '$|^');
  return new RegExp(`^${pattern}$`, 'i').test(set);
};
function debuglog(set, callback) {
  let enabled;
  let first = true;
  const log = (...args) => {
    enabled ??= isDebugged(set);
    if (!enabled) return;
    if (first && typeof callback === 'function') callback(log);
    first = false;
    const text = inspecting.formatWithOptions({ colors: false }, ...args);
    internalBinding('process').write(2, `${set.toUpperCase()} ${process.pid}: ${text}\n`);
  };
  Object.defineProperty(log, 'enabled', {
    get: () => (enabled ??= isDebugged(set)),
    configurable: true,
    enumerable: true,
  });
  return log;
}

// --- errors of the system -----------------------------------------------------------------------------------------------------------

function _errnoException(errno, syscall, original) {
  validateNumber(errno, 'err');
  if (errno >= 0 || !Number.isInteger(errno)) throw new codes.ERR_OUT_OF_RANGE('err', 'a negative integer', errno);
  const code = getSystemErrorName(errno) ?? `Unknown system error ${errno}`;
  const error = new Error(original ? `${syscall} ${code} ${original}` : `${syscall} ${code}`);
  error.errno = errno;
  error.code = code;
  error.syscall = syscall;
  return error;
}
function _exceptionWithHostPort(errno, syscall, address, port, additional) {
  const code = getSystemErrorName(errno);
  let details = '';
  if (port && port > 0) details = ` ${address}:${port}`;
  else if (address) details = ` ${address}`;
  if (additional) details += ` - Local (${additional})`;
  const error = new Error(`${syscall} ${code}${details}`);
  error.errno = errno;
  error.code = code;
  error.syscall = syscall;
  error.address = address;
  if (port) error.port = port;
  return error;
}
function getSystemErrorName(errno) {
  validateNumber(errno, 'err');
  if (errno >= 0 || !Number.isSafeInteger(errno)) throw new codes.ERR_OUT_OF_RANGE('err', 'a negative integer', errno);
  return internalBinding('fs').errorName(errno);
}
function getSystemErrorMessage(errno) {
  validateNumber(errno, 'err');
  if (errno >= 0 || !Number.isSafeInteger(errno)) throw new codes.ERR_OUT_OF_RANGE('err', 'a negative integer', errno);
  return internalBinding('fs').errorMessage(internalBinding('fs').errorName(errno) ?? '');
}
function getSystemErrorMap() {
  const map = new Map();
  for (let errno = -1; errno > -140; errno--) {
    const name = internalBinding('fs').errorName(errno);
    if (name !== undefined && !name.startsWith('Unknown'))
      map.set(errno, [name, internalBinding('fs').errorMessage(name)]);
  }
  return map;
}

// --- text ---------------------------------------------------------------------------------------------------------------------------

function styleText(style, text, { validateStream = true, stream = process.stdout } = {}) {
  validateString(text, 'text');
  validateBoolean(validateStream, 'options.validateStream');
  let skip = false;
  if (validateStream) {
    if (typeof stream?.write !== 'function' && typeof stream?.read !== 'function')
      throw new codes.ERR_INVALID_ARG_TYPE('stream', ['ReadableStream', 'WritableStream', 'Stream'], stream);
    skip = !shouldColorize(stream);
  }
  const list = Array.isArray(style) ? style : [style];
  let open = '';
  let close = '';
  for (const name of list) {
    if (name === 'none') continue;
    const codesOf = inspect.colors[name];
    if (codesOf == null) validateOneOf(name, 'format', Reflect.ownKeys(inspect.colors));
    open += `\u001b[${codesOf[0]}m`;
    close = `\u001b[${codesOf[1]}m${close}`;
    if (!skip && list.length === 1)
      text = text.replaceAll(
        `\u001b[${codesOf[1]}m`,
        `\u001b[${codesOf[1] === 22 ? `22m\u001b[${codesOf[0]}` : codesOf[0]}m`,
      );
  }
  return skip ? text : `${open}${text}${close}`;
}
const shouldColorize = (stream) => {
  const { FORCE_COLOR, NO_COLOR, NODE_DISABLE_COLORS } = process.env;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  if (NO_COLOR || NODE_DISABLE_COLORS) return false;
  return Boolean(stream?.isTTY && (typeof stream.getColorDepth === 'function' ? stream.getColorDepth() > 2 : true));
};

function toUSVString(input) {
  return `${input}`.toWellFormed();
}

function parseEnv(content) {
  validateString(content, 'content');
  const result = {};
  const line =
    /^[ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*=[ \t]*(?:"((?:[^"])*)"|'((?:[^'])*)'|`((?:[^`])*)`|([^#\r\n]*))?[ \t]*(?:#.*)?$/gm;
  for (const [, key, double, single, back, bare] of content.matchAll(line))
    result[key] = double !== undefined ? double.replaceAll('\\n', '\n') : (single ?? back ?? (bare ?? '').trim());
  return result;
}

function getCallSites(frameCount = 8, options) {
  if (options === undefined && typeof frameCount === 'object' && frameCount !== null) {
    options = frameCount;
    frameCount = 8;
  }
  if (options !== undefined) validateObject(options, 'options');
  validateInteger(frameCount, 'frameCount', 1, 200);
  return engine.callSites(frameCount);
}

async function aborted(signal, resource) {
  if (signal === undefined) throw new codes.ERR_INVALID_ARG_TYPE('signal', 'AbortSignal', signal);
  validateAbortSignal(signal, 'signal');
  validateObject(resource, 'resource', { allowFunction: true });
  if (signal.aborted) return undefined;
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

/** Longest common subsequence, as [operation, text] from 1 added, 0 kept, −1 removed. */
function diff(actual, expected) {
  if (actual === expected) return [];
  const list = (value, name) => {
    if (Array.isArray(value)) return value;
    validateString(value, name);
    return value.split('');
  };
  const a = list(actual, 'actual');
  const b = list(expected, 'expected');
  const table = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      table[i][j] = a[i] === b[j] ? table[i + 1][j + 1] + 1 : Math.max(table[i + 1][j], table[i][j + 1]);
  const result = [];
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      result.push([0, a[i++]]);
      j++;
    } else if (i < a.length && (j === b.length || table[i + 1][j] >= table[i][j + 1])) result.push([1, a[i++]]);
    else result.push([-1, b[j++]]);
  }
  return result;
}

function convertProcessSignalToExitCode(signal) {
  const { signals } = require('os').constants;
  validateOneOf(signal, 'signalCode', Object.keys(signals));
  return 128 + signals[signal];
}

module.exports = {
  _errnoException,
  _exceptionWithHostPort,
  _extend: deprecate(_extend, 'The `util._extend` API is deprecated. Please use Object.assign() instead.', 'DEP0060'),
  callbackify,
  convertProcessSignalToExitCode,
  debug: debuglog,
  debuglog,
  deprecate,
  format,
  styleText,
  formatWithOptions: inspecting.formatWithOptions,
  getCallSites,
  getSystemErrorMap,
  getSystemErrorName,
  getSystemErrorMessage,
  inherits,
  inspect,
  isArray: deprecate(
    Array.isArray,
    'The `util.isArray` API is deprecated. Please use `Array.isArray()` instead.',
    'DEP0044',
  ),
  isDeepStrictEqual(a, b, options) {
    void options;
    return require('internal/comparisons').deepEqual(a, b, 1);
  },
  promisify,
  stripVTControlCharacters: inspecting.stripVTControlCharacters,
  toUSVString,
  transferableAbortSignal(signal) {
    validateAbortSignal(signal, 'signal');
    return signal;
  },
  transferableAbortController() {
    return new AbortController();
  },
  aborted,
  types: require('internal/util/types'),
  parseEnv,
  setTraceSigInt() {},
};
const lazily = (name, module) =>
  Object.defineProperty(module_.exports, name, {
    configurable: true,
    enumerable: true,
    get: () => require(module)[name],
    set(value) {
      Object.defineProperty(module_.exports, name, { configurable: true, enumerable: true, writable: true, value });
    },
  });
const module_ = module;
for (const name of ['TextDecoder', 'TextEncoder']) lazily(name, 'internal/encoding');
lazily('parseArgs', 'internal/util/parse_args');
for (const name of ['MIMEType', 'MIMEParams']) lazily(name, 'internal/mime');
module.exports.diff = diff;
