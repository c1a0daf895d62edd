// zlib: the host compresses whole inputs; the streams collect theirs until the end.

const { codes } = require('internal/errors');
const { validateFunction, validateUint32, validateNumber } = require('internal/validators');
const { Buffer, kMaxLength } = require('buffer');
const { Transform, finished } = require('stream');
const { enqueueResult } = require('internal/timers');
const binding = internalBinding('zlib');
const constants = require('internal/zlib_constants');

const bytesOf = (data, name = 'buffer') => {
  if (typeof data === 'string') return Buffer.from(data);
  if (ArrayBuffer.isView(data)) return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  if (internalBinding('util').isAnyArrayBuffer(data)) return Buffer.from(data);
  throw new codes.ERR_INVALID_ARG_TYPE(name, ['string', 'Buffer', 'TypedArray', 'DataView', 'ArrayBuffer'], data);
};

const checkOption = (options, name, min, max) => {
  const value = options[name];
  if (value === undefined || Number.isNaN(value)) return;
  if (typeof value !== 'number') throw new codes.ERR_INVALID_ARG_TYPE(`options.${name}`, 'number', value);
  if (!Number.isFinite(value)) throw new codes.ERR_OUT_OF_RANGE(`options.${name}`, 'a finite number', value);
  if (value < min || value > max) throw new codes.ERR_OUT_OF_RANGE(`options.${name}`, `>= ${min} and <= ${max}`, value);
};
const checkOptions = (options, isBrotli) => {
  if (options.maxOutputLength !== undefined)
    validateNumber(options.maxOutputLength, 'options.maxOutputLength', 1, kMaxLength);
  checkOption(options, 'chunkSize', constants.Z_MIN_CHUNK, Infinity);
  if (isBrotli) return;
  checkOption(options, 'windowBits', 0, constants.Z_MAX_WINDOWBITS);
  checkOption(options, 'level', constants.Z_MIN_LEVEL, constants.Z_MAX_LEVEL);
  checkOption(options, 'memLevel', constants.Z_MIN_MEMLEVEL, constants.Z_MAX_MEMLEVEL);
  checkOption(options, 'strategy', constants.Z_DEFAULT_STRATEGY, constants.Z_FIXED);
};

const run = (operation, data, options = {}) => {
  const isBrotli = operation.startsWith('brotli');
  checkOptions(options, isBrotli);
  const params = [];
  for (const key of Object.keys(options.params ?? {})) params.push(Number(key), Number(options.params[key]));
  const dictionary = options.dictionary === undefined ? undefined : bytesOf(options.dictionary, 'options.dictionary');
  return Buffer.from(
    binding.run(
      operation,
      bytesOf(data),
      options.level,
      options.windowBits,
      options.memLevel,
      options.strategy,
      options.finishFlush,
      options.maxOutputLength,
      dictionary,
      params,
    ),
  );
};

class ZlibBase extends Transform {
  #pieces = [];
  #options;
  #operation;
  constructor(operation, options = {}) {
    checkOptions(options ?? {}, operation.startsWith('brotli'));
    super({ autoDestroy: true, ...options });
    this.#options = options ?? {};
    this.#operation = operation;
    this.bytesWritten = 0;
  }
  get bytesRead() {
    return this.bytesWritten;
  }
  _transform(chunk, _encoding, callback) {
    const bytes = bytesOf(chunk);
    this.bytesWritten += bytes.length;
    this.#pieces.push(bytes);
    callback();
  }
  _flush(callback) {
    let result;
    try {
      result = run(this.#operation, Buffer.concat(this.#pieces), this.#options);
    } catch (error) {
      callback(error);
      return;
    }
    const size = this.#options.chunkSize ?? constants.Z_DEFAULT_CHUNK;
    for (let at = 0; at < result.length; at += size) this.push(result.subarray(at, at + size));
    callback();
  }
  flush(kind, callback) {
    if (typeof kind === 'function') callback = kind;
    if (callback) process.nextTick(callback);
  }
  params(level, strategy, callback) {
    checkOption({ level }, 'level', constants.Z_MIN_LEVEL, constants.Z_MAX_LEVEL);
    checkOption({ strategy }, 'strategy', constants.Z_DEFAULT_STRATEGY, constants.Z_FIXED);
    this.#options = { ...this.#options, level, strategy };
    process.nextTick(callback);
  }
  reset() {
    this.#pieces = [];
  }
  close(callback) {
    if (callback) finished(this, callback);
    this.destroy();
  }
}

const operations = {
  Deflate: 'deflate',
  Inflate: 'inflate',
  Gzip: 'gzip',
  Gunzip: 'gunzip',
  DeflateRaw: 'deflateRaw',
  InflateRaw: 'inflateRaw',
  Unzip: 'unzip',
  BrotliCompress: 'brotliCompress',
  BrotliDecompress: 'brotliDecompress',
};

const exports_ = {};
for (const name of Object.keys(operations)) {
  const operation = operations[name];
  const Class = function (options) {
    if (!new.target) return new Class(options);
    return Reflect.construct(ZlibBase, [operation, options], new.target);
  };
  Object.defineProperty(Class, 'name', { value: name });
  Class.prototype = Object.create(ZlibBase.prototype, {
    constructor: { value: Class, writable: true, configurable: true },
  });
  Object.setPrototypeOf(Class, ZlibBase);
  exports_[name] = Class;
}
for (const name of Object.keys(operations)) {
  const operation = operations[name];
  const sync = `${operation}Sync`;
  exports_[operation] = {
    [operation](buffer, options, callback) {
      if (typeof options === 'function') {
        callback = options;
        options = {};
      }
      validateFunction(callback, 'callback');
      const bytes = bytesOf(buffer);
      checkOptions(options ?? {}, operation.startsWith('brotli'));
      let result;
      let failure = null;
      try {
        result = run(operation, bytes, options);
      } catch (error) {
        failure = error;
      }
      enqueueResult(() => (failure === null ? callback(null, result) : callback(failure)));
    },
  }[operation];
  exports_[sync] = {
    [sync](buffer, options) {
      return run(operation, buffer, options);
    },
  }[sync];
}
for (const name of Object.keys(operations)) {
  const create = `create${name}`;
  Object.defineProperty(exports_, create, {
    enumerable: true,
    value: {
      [create](options) {
        return new exports_[name](options);
      },
    }[create],
  });
}
const noZstd = () => {
  const error = new Error('zstd is not available here');
  error.code = 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM';
  throw error;
};
for (const name of [
  'zstdCompress',
  'zstdCompressSync',
  'zstdDecompress',
  'zstdDecompressSync',
  'createZstdCompress',
  'createZstdDecompress',
])
  exports_[name] = { [name]: () => noZstd() }[name];
for (const name of ['ZstdCompress', 'ZstdDecompress'])
  exports_[name] = {
    [name]: () => {
      noZstd();
    },
  }[name];

exports_.crc32 = function crc32(data, value = 0) {
  if (typeof data !== 'string' && !ArrayBuffer.isView(data))
    throw new codes.ERR_INVALID_ARG_TYPE('data', ['Buffer', 'TypedArray', 'DataView', 'string'], data);
  validateUint32(value, 'value');
  return binding.crc32(bytesOf(data), value);
};
const errorCodes = { __proto__: null };
for (const name of Object.keys(constants))
  if (/^Z_(?:OK|STREAM_END|NEED_DICT|ERRNO|STREAM_ERROR|DATA_ERROR|MEM_ERROR|BUF_ERROR|VERSION_ERROR)$/.test(name)) {
    errorCodes[name] = constants[name];
    errorCodes[constants[name]] = name;
  }
Object.defineProperties(exports_, {
  constants: { configurable: false, enumerable: true, value: constants },
  codes: { enumerable: true, writable: false, value: Object.freeze(errorCodes) },
});
for (const name of Object.keys(constants))
  Object.defineProperty(exports_, name, { enumerable: false, value: constants[name] });

module.exports = exports_;
