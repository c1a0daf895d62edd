// crypto: hashes, HMACs, random values, key derivation, symmetric ciphers, and the web's digest. What signs, encrypts with or makes
// asymmetric keys is refused.

const { codes } = require('internal/errors');
const {
  validateFunction,
  validateInteger,
  validateInt32,
  validateNumber,
  validateObject,
  validateString,
  validateUint32,
} = require('internal/validators');
const { Buffer } = require('buffer');
const { enqueueResult } = require('internal/timers');
const { DOMException } = require('internal/dom_exception');
const binding = internalBinding('crypto');

const kinds = ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'];
const bytesOf = (value, name, encoding, expected = kinds) => {
  if (typeof value === 'string') return Buffer.from(value, encoding === 'buffer' ? 'utf8' : encoding);
  if (ArrayBuffer.isView(value)) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  if (internalBinding('util').isAnyArrayBuffer(value)) return Buffer.from(value);
  throw new codes.ERR_INVALID_ARG_TYPE(name, expected, value);
};
const output = (bytes, encoding) => {
  const buffer = Buffer.from(bytes);
  return encoding && encoding !== 'buffer' ? buffer.toString(encoding) : buffer;
};
const refuse = (name) => {
  const error = new Error(`crypto.${name} is not available here`);
  error.code = 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM';
  throw error;
};

/** A stream whose result comes at its end: hashes. */
const Transform = () => require('stream').Transform;
const asTransform = (Class) => {
  let wired = false;
  const wire = () => {
    if (wired) return;
    wired = true;
    const { prototype } = Transform();
    Object.setPrototypeOf(Class.prototype, prototype);
  };
  return wire;
};

// --- hashes ---------------------------------------------------------------------------------------------------------------------

const unsupported = () => new Error('Digest method not supported');
const checkedHashes = new Set();
const checkAlgorithm = (algorithm) => {
  if (checkedHashes.has(algorithm)) return;
  if (binding.hash(algorithm, new Uint8Array(0), -1) === undefined) throw unsupported();
  checkedHashes.add(algorithm);
};

function Hash(algorithm, options) {
  if (!new.target) return new Hash(algorithm, options);
  wireHash();
  const source = algorithm instanceof Hash ? algorithm : undefined;
  if (source === undefined) validateString(algorithm, 'algorithm');
  const outputLength = typeof options === 'object' && options !== null ? options.outputLength : undefined;
  if (outputLength !== undefined) validateUint32(outputLength, 'options.outputLength');
  const name = source === undefined ? algorithm : source[kState].algorithm;
  if (source === undefined) checkAlgorithm(name);
  Reflect.apply(Transform(), this, [typeof options === 'object' ? options : undefined]);
  Object.defineProperty(this, kState, {
    value: {
      algorithm: name,
      outputLength,
      pieces: source === undefined ? [] : source[kState].pieces.slice(),
      done: false,
    },
  });
}
const kState = Symbol('state');
const wireHash = asTransform(Hash);
Hash.prototype.copy = function copy(options) {
  if (this[kState].done) throw new codes.ERR_CRYPTO_HASH_FINALIZED();
  return new Hash(this, options);
};
Hash.prototype._transform = function (chunk, encoding, callback) {
  this[kState].pieces.push(bytesOf(chunk, 'data', encoding));
  callback();
};
Hash.prototype._flush = function (callback) {
  this.push(this.digest());
  callback();
};
Hash.prototype.update = function update(data, encoding) {
  const state = this[kState];
  if (state.done) throw new codes.ERR_CRYPTO_HASH_FINALIZED();
  if (typeof data === 'string') state.pieces.push(Buffer.from(data, encoding === 'buffer' ? 'utf8' : encoding));
  else if (ArrayBuffer.isView(data)) state.pieces.push(Buffer.from(bytesOf(data)));
  else throw new codes.ERR_INVALID_ARG_TYPE('data', ['string', 'Buffer', 'TypedArray', 'DataView'], data);
  return this;
};
Hash.prototype.digest = function digest(encoding) {
  const state = this[kState];
  if (state.done) throw new codes.ERR_CRYPTO_HASH_FINALIZED();
  state.done = true;
  return output(binding.hash(state.algorithm, Buffer.concat(state.pieces), state.outputLength ?? -1), encoding);
};

const keyBytes = (key, encoding) => {
  if (key instanceof KeyObject) {
    if (key.type !== 'secret') throw new codes.ERR_INVALID_ARG_TYPE('key', 'secret KeyObject', key);
    return secretOf(key);
  }
  if (isCryptoKey(key)) return cryptoKeys.get(key).bytes;
  return bytesOf(key, 'key', encoding, [
    'ArrayBuffer',
    'Buffer',
    'TypedArray',
    'DataView',
    'string',
    'KeyObject',
    'CryptoKey',
  ]);
};

function Hmac(hmac, key, options) {
  if (!new.target) return new Hmac(hmac, key, options);
  wireHmac();
  validateString(hmac, 'hmac');
  const bytes = keyBytes(key, options?.encoding);
  if (binding.hmac(hmac, bytes, new Uint8Array(0)) === undefined) {
    const error = new Error(`Invalid digest: ${hmac}`);
    error.code = 'ERR_CRYPTO_INVALID_DIGEST';
    throw error;
  }
  Reflect.apply(Transform(), this, [options]);
  Object.defineProperty(this, kState, { value: { algorithm: hmac, key: bytes, pieces: [], done: false } });
}
const wireHmac = asTransform(Hmac);
Hmac.prototype.update = function update(data, encoding) {
  const state = this[kState];
  if (state.done) throw new codes.ERR_CRYPTO_HASH_FINALIZED();
  if (typeof data === 'string') state.pieces.push(Buffer.from(data, encoding === 'buffer' ? 'utf8' : encoding));
  else if (ArrayBuffer.isView(data)) state.pieces.push(Buffer.from(bytesOf(data)));
  else throw new codes.ERR_INVALID_ARG_TYPE('data', ['string', 'Buffer', 'TypedArray', 'DataView'], data);
  return this;
};
Hmac.prototype.digest = function digest(encoding) {
  const state = this[kState];
  if (state.done) return output(new Uint8Array(0), encoding);
  state.done = true;
  return output(binding.hmac(state.algorithm, state.key, Buffer.concat(state.pieces)), encoding);
};
Hmac.prototype._transform = Hash.prototype._transform;
Hmac.prototype._flush = Hash.prototype._flush;

function hash(algorithm, input, options = 'hex') {
  validateString(algorithm, 'algorithm');
  if (typeof input !== 'string' && !ArrayBuffer.isView(input))
    throw new codes.ERR_INVALID_ARG_TYPE('input', ['Buffer', 'TypedArray', 'DataView', 'string'], input);
  const encoding = typeof options === 'string' ? options : (options?.outputEncoding ?? 'hex');
  const outputLength = typeof options === 'object' ? options.outputLength : undefined;
  checkAlgorithm(algorithm);
  return output(binding.hash(algorithm, bytesOf(input), outputLength ?? -1), encoding);
}

// --- random ---------------------------------------------------------------------------------------------------------------------

const later = (callback, make) => {
  const result = make();
  enqueueResult(() => callback(null, result));
};
const chunk = 1 << 24;
const fillRandom = (bytes) => {
  for (let at = 0; at < bytes.length; at += chunk)
    bytes.set(new Uint8Array(binding.random(Math.min(chunk, bytes.length - at))), at);
};

function randomBytes(size, callback) {
  validateNumber(size, 'size', 0, 2147483647);
  if (callback !== undefined) validateFunction(callback, 'callback');
  const make = () => {
    const bytes = Buffer.alloc(size);
    fillRandom(bytes);
    return bytes;
  };
  if (callback === undefined) return make();
  later(callback, make);
}
const range = (buffer, offset, size) => {
  if (!ArrayBuffer.isView(buffer) && !internalBinding('util').isAnyArrayBuffer(buffer))
    throw new codes.ERR_INVALID_ARG_TYPE('buf', ['ArrayBuffer', 'ArrayBufferView'], buffer);
  const { byteLength } = buffer;
  if (offset === undefined) offset = 0;
  else {
    validateNumber(offset, 'offset', 0, byteLength);
  }
  if (size === undefined) size = byteLength - offset;
  else {
    validateNumber(size, 'size', 0, 2147483647);
    if (size + offset > byteLength)
      throw new codes.ERR_OUT_OF_RANGE('size + offset', `<= ${byteLength}`, size + offset);
  }
  return ArrayBuffer.isView(buffer)
    ? new Uint8Array(buffer.buffer, buffer.byteOffset + offset, size)
    : new Uint8Array(buffer, offset, size);
};
function randomFillSync(buffer, offset = 0, size) {
  fillRandom(range(buffer, offset, size));
  return buffer;
}
function randomFill(buffer, offset, size, callback) {
  if (typeof offset === 'function') {
    callback = offset;
    offset = 0;
    size = undefined;
  } else if (typeof size === 'function') {
    callback = size;
    size = undefined;
  }
  validateFunction(callback, 'callback');
  const bytes = range(buffer, offset, size);
  later(callback, () => {
    fillRandom(bytes);
    return buffer;
  });
}
function randomInt(min, max, callback) {
  const onlyMax = max === undefined || typeof max === 'function';
  if (onlyMax) {
    callback = max;
    max = min;
    min = 0;
  }
  if (callback !== undefined) validateFunction(callback, 'callback');
  if (!Number.isSafeInteger(min)) throw new codes.ERR_INVALID_ARG_TYPE('min', 'a safe integer', min);
  if (!Number.isSafeInteger(max)) throw new codes.ERR_INVALID_ARG_TYPE('max', 'a safe integer', max);
  if (max <= min) throw new codes.ERR_OUT_OF_RANGE('max', `greater than the value of "min" (${min})`, max);
  const width = max - min;
  if (!(width <= 2 ** 48 - 1))
    throw new codes.ERR_OUT_OF_RANGE(onlyMax ? 'max' : 'max - min', `<= ${2 ** 48 - 1}`, width);
  const limit = 2 ** 48 - (2 ** 48 % width);
  let value;
  do value = randomBytes(6).readUIntBE(0, 6);
  while (value >= limit);
  const result = (value % width) + min;
  if (callback === undefined) return result;
  process.nextTick(callback, undefined, result);
}
function randomUUID(options) {
  if (options !== undefined) {
    validateObject(options, 'options');
    if (options.disableEntropyCache !== undefined)
      require('internal/validators').validateBoolean(options.disableEntropyCache, 'options.disableEntropyCache');
  }
  return binding.randomUUID();
}

function timingSafeEqual(a, b) {
  const expected = ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'];
  if (!ArrayBuffer.isView(a) && !internalBinding('util').isAnyArrayBuffer(a))
    throw new codes.ERR_INVALID_ARG_TYPE('buf1', expected, a);
  if (!ArrayBuffer.isView(b) && !internalBinding('util').isAnyArrayBuffer(b))
    throw new codes.ERR_INVALID_ARG_TYPE('buf2', expected, b);
  if (a.byteLength !== b.byteLength) throw new codes.ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH();
  return binding.timingSafeEqual(a, b);
}

// --- key derivation -------------------------------------------------------------------------------------------------------------

function pbkdf2Sync(password, salt, iterations, keylen, digest) {
  validateString(digest, 'digest');
  const secret = bytesOf(password, 'password');
  const salty = bytesOf(salt, 'salt');
  validateInt32(iterations, 'iterations', 1);
  validateInt32(keylen, 'keylen', 0);
  if (binding.hash(digest, new Uint8Array(0), -1) === undefined) throw new codes.ERR_CRYPTO_INVALID_DIGEST(digest);
  return Buffer.from(binding.pbkdf2(secret, salty, iterations, keylen, digest));
}
function pbkdf2(password, salt, iterations, keylen, digest, callback) {
  if (typeof digest === 'function') {
    callback = digest;
    digest = undefined;
  }
  validateFunction(callback, 'callback');
  later(callback, () => pbkdf2Sync(password, salt, iterations, keylen, digest));
}
function scryptSync(password, salt, keylen, options = {}) {
  const secret = bytesOf(password, 'password');
  const salty = bytesOf(salt, 'salt');
  validateInt32(keylen, 'keylen', 0);
  const {
    N = options.cost ?? 16384,
    r = options.blockSize ?? 8,
    p = options.parallelization ?? 1,
    maxmem = 32 * 1024 * 1024,
  } = options;
  return Buffer.from(binding.scrypt(secret, salty, keylen, N, r, p, maxmem));
}
function scrypt(password, salt, keylen, options, callback = options) {
  validateFunction(callback, 'callback');
  later(callback, () => scryptSync(password, salt, keylen, options === callback ? {} : options));
}
function hkdfSync(digest, key, salt, info, length) {
  validateString(digest, 'digest');
  const secret = keyBytes(key);
  validateInteger(length, 'length', 0, 2147483647);
  if (binding.hash(digest, new Uint8Array(0), -1) === undefined) throw new codes.ERR_CRYPTO_INVALID_DIGEST(digest);
  return binding.hkdf(digest, secret, bytesOf(salt, 'salt'), bytesOf(info, 'info'), length);
}
function hkdf(digest, key, salt, info, length, callback) {
  validateFunction(callback, 'callback');
  later(callback, () => hkdfSync(digest, key, salt, info, length));
}

// --- ciphers --------------------------------------------------------------------------------------------------------------------

const makeCipher = (name, encrypts) => {
  function Cipher(cipher, key, iv, options) {
    if (!new.target) return new Cipher(cipher, key, iv, options);
    wire();
    validateString(cipher, 'cipher');
    const info = binding.cipherInfo(cipher);
    if (info === undefined) throw new codes.ERR_CRYPTO_UNKNOWN_CIPHER();
    const keyed = keyBytes(key);
    const vector = iv === null ? null : bytesOf(iv, 'iv');
    if (keyed.length !== info.keyLength) {
      const error = new RangeError('Invalid key length');
      error.code = 'ERR_CRYPTO_INVALID_KEYLEN';
      throw error;
    }
    Reflect.apply(Transform(), this, [options]);
    Object.defineProperty(this, kState, {
      value: {
        cipher,
        key: keyed,
        iv: vector,
        pieces: [],
        given: 0,
        done: false,
        padding: true,
        tag: undefined,
        aad: undefined,
      },
    });
    run(this[kState], false);
  }
  const wire = asTransform(Cipher);
  const run = (state, finish) =>
    binding.cipher(
      state.cipher,
      state.key,
      state.iv,
      Buffer.concat(state.pieces),
      encrypts,
      finish,
      state.padding,
      encrypts ? undefined : state.tag,
      state.aad,
    );
  Cipher.prototype.update = function update(data, inputEncoding, outputEncoding) {
    const state = this[kState];
    if (state.done) throw new codes.ERR_CRYPTO_INVALID_STATE('update');
    state.pieces.push(Buffer.from(bytesOf(data, 'data', inputEncoding)));
    const [all] = run(state, false);
    const fresh = Buffer.from(all).subarray(state.given);
    state.given += fresh.length;
    return output(fresh, outputEncoding);
  };
  Cipher.prototype.final = function final(outputEncoding) {
    const state = this[kState];
    if (state.done) throw new codes.ERR_CRYPTO_INVALID_STATE('final');
    const [all, tag] = run(state, true);
    state.done = true;
    if (encrypts) state.tag = tag && Buffer.from(tag);
    return output(Buffer.from(all).subarray(state.given), outputEncoding);
  };
  Cipher.prototype.setAutoPadding = function setAutoPadding(padding = true) {
    this[kState].padding = !!padding;
    return this;
  };
  Cipher.prototype.setAAD = function setAAD(aad, options) {
    this[kState].aad = Buffer.from(bytesOf(aad, 'aadbuf', options?.encoding));
    return this;
  };
  if (encrypts)
    Cipher.prototype.getAuthTag = function getAuthTag() {
      if (this[kState].tag === undefined) throw new codes.ERR_CRYPTO_INVALID_STATE('getAuthTag');
      return this[kState].tag;
    };
  else
    Cipher.prototype.setAuthTag = function setAuthTag(tag, encoding) {
      this[kState].tag = Buffer.from(bytesOf(tag, 'tagbuf', encoding));
      return this;
    };
  Cipher.prototype._transform = function (chunk_, encoding, callback) {
    this.push(this.update(chunk_, encoding));
    callback();
  };
  Cipher.prototype._flush = function (callback) {
    try {
      this.push(this.final());
    } catch (error) {
      callback(error);
      return;
    }
    callback();
  };
  Object.defineProperty(Cipher, 'name', { value: name });
  return Cipher;
};
const Cipheriv = makeCipher('Cipheriv', true);
const Decipheriv = makeCipher('Decipheriv', false);

function getCipherInfo(nameOrNid) {
  return typeof nameOrNid === 'string' ? binding.cipherInfo(nameOrNid) : undefined;
}

// --- keys -----------------------------------------------------------------------------------------------------------------------

const secrets = new WeakMap();
const secretOf = (key) => secrets.get(key);
class KeyObject {
  constructor(type, handle) {
    if (type !== 'secret' && type !== 'public' && type !== 'private')
      throw new codes.ERR_INVALID_ARG_VALUE('type', type);
    if (!(handle instanceof Uint8Array)) throw new codes.ERR_INVALID_ARG_TYPE('handle', 'object', handle);
    secrets.set(this, Buffer.from(handle));
  }
  get type() {
    return 'secret';
  }
  get symmetricKeySize() {
    return secretOf(this).length;
  }
  static from(key) {
    if (!isCryptoKey(key)) throw new codes.ERR_INVALID_ARG_TYPE('key', 'CryptoKey', key);
    return new KeyObject('secret', cryptoKeys.get(key).bytes);
  }
  equals(other) {
    if (!(other instanceof KeyObject)) throw new codes.ERR_INVALID_ARG_TYPE('otherKeyObject', 'KeyObject', other);
    return secretOf(this).equals(secretOf(other));
  }
  export(options) {
    if (options?.format === 'jwk') return { kty: 'oct', k: secretOf(this).toString('base64url') };
    return Buffer.from(secretOf(this));
  }
}
class SecretKeyObject extends KeyObject {}
const createSecretKey = (key, encoding) => new SecretKeyObject('secret', bytesOf(key, 'key', encoding));

// --- the web's ------------------------------------------------------------------------------------------------------------------

const cryptoKeys = new WeakMap();
const isCryptoKey = (value) => typeof value === 'object' && value !== null && cryptoKeys.has(value);
class CryptoKey {
  constructor() {
    throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
  }
  get type() {
    return 'secret';
  }
  get extractable() {
    return cryptoKeys.get(this).extractable;
  }
  get algorithm() {
    return cryptoKeys.get(this).algorithm;
  }
  get usages() {
    return cryptoKeys.get(this).usages.slice();
  }
}
const makeKey = (bytes, algorithm, extractable, usages) => {
  const key = Object.create(CryptoKey.prototype);
  cryptoKeys.set(key, { bytes: Buffer.from(bytes), algorithm, extractable, usages: [...usages] });
  return key;
};

const digests = { __proto__: null, 'SHA-1': 'sha1', 'SHA-256': 'sha256', 'SHA-384': 'sha384', 'SHA-512': 'sha512' };
const digestOf = (algorithm) => {
  const name = `${typeof algorithm === 'string' ? algorithm : algorithm?.name}`.toUpperCase();
  if (digests[name] === undefined) throw new DOMException('Unrecognized algorithm name', 'NotSupportedError');
  return [name, digests[name]];
};
const exact = (buffer) => buffer.buffer.slice(buffer.byteOffset, buffer.byteOffset + buffer.length);
const unavailable = async (name) => {
  throw new DOMException(`SubtleCrypto.${name} of this algorithm is not available here`, 'NotSupportedError');
};

const kMake = Symbol('make');
class SubtleCrypto {
  constructor(key) {
    if (key !== kMake) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
  }
  async digest(algorithm, data) {
    const [, name] = digestOf(algorithm);
    return binding.hash(name, bytesOf(data, 'data'), -1);
  }
  async importKey(format, keyData, algorithm, extractable, usages) {
    const name = typeof algorithm === 'string' ? algorithm : algorithm.name;
    if (!/^(?:HMAC|PBKDF2|HKDF|AES-(?:CBC|CTR|GCM))$/i.test(name) || (format !== 'raw' && format !== 'jwk'))
      return unavailable('importKey');
    const bytes = format === 'jwk' ? Buffer.from(keyData.k, 'base64url') : bytesOf(keyData, 'keyData');
    const description = { name: name.toUpperCase() };
    if (/^HMAC$/i.test(name)) {
      description.hash = { name: digestOf(algorithm.hash)[0] };
      description.length = bytes.length * 8;
    } else if (/^AES/i.test(name)) description.length = bytes.length * 8;
    return makeKey(bytes, description, extractable, usages);
  }
  async exportKey(format, key) {
    const { bytes, extractable, algorithm, usages } = cryptoKeys.get(key);
    if (!extractable) throw new DOMException('key is not extractable', 'InvalidAccessError');
    if (format === 'jwk')
      return { key_ops: usages, ext: true, kty: 'oct', k: bytes.toString('base64url'), alg: algorithm.name };
    return exact(Buffer.from(bytes));
  }
  async generateKey(algorithm, extractable, usages) {
    const name = (typeof algorithm === 'string' ? algorithm : algorithm.name).toUpperCase();
    if (name === 'HMAC') {
      const [hashName] = digestOf(algorithm.hash);
      const length = algorithm.length ?? (/512|384/.test(hashName) ? 1024 : 512);
      return makeKey(randomBytes(length / 8), { name, length, hash: { name: hashName } }, extractable, usages);
    }
    if (/^AES-/.test(name))
      return makeKey(randomBytes(algorithm.length / 8), { name, length: algorithm.length }, extractable, usages);
    return unavailable('generateKey');
  }
  async sign(_algorithm, key, data) {
    const { bytes, algorithm: own } = cryptoKeys.get(key);
    if (own.name !== 'HMAC') return unavailable('sign');
    return binding.hmac(digests[own.hash.name], bytes, bytesOf(data, 'data'));
  }
  async verify(algorithm, key, signature, data) {
    const made = await this.sign(algorithm, key, data);
    const given = bytesOf(signature, 'signature');
    return given.length === made.byteLength && binding.timingSafeEqual(new Uint8Array(made), given);
  }
  async deriveBits(algorithm, key, length) {
    const { bytes } = cryptoKeys.get(key);
    const [, digest] = digestOf(algorithm.hash);
    if (/^PBKDF2$/i.test(algorithm.name))
      return binding.pbkdf2(bytes, bytesOf(algorithm.salt, 'salt'), algorithm.iterations, length / 8, digest);
    if (/^HKDF$/i.test(algorithm.name))
      return binding.hkdf(digest, bytes, bytesOf(algorithm.salt, 'salt'), bytesOf(algorithm.info, 'info'), length / 8);
    return unavailable('deriveBits');
  }
  async deriveKey(algorithm, key, derived, extractable, usages) {
    const length = derived.length ?? 512;
    const bits = await this.deriveBits(algorithm, key, length);
    return this.importKey('raw', bits, derived, extractable, usages);
  }
  async encrypt(algorithm, key, data) {
    return aes(algorithm, key, data, true);
  }
  async decrypt(algorithm, key, data) {
    return aes(algorithm, key, data, false);
  }
  async wrapKey() {
    return unavailable('wrapKey');
  }
  async unwrapKey() {
    return unavailable('unwrapKey');
  }
}
const aes = (algorithm, key, data, encrypts) => {
  const { bytes } = cryptoKeys.get(key);
  const mode = algorithm.name.slice(4).toLowerCase();
  const name = `aes-${bytes.length * 8}-${mode}`;
  let input = bytesOf(data, 'data');
  let tag;
  if (mode === 'gcm' && !encrypts) {
    tag = input.subarray(input.length - 16);
    input = input.subarray(0, input.length - 16);
  }
  let result;
  try {
    result = binding.cipher(
      name,
      bytes,
      bytesOf(algorithm.iv ?? algorithm.counter, 'iv'),
      input,
      encrypts,
      true,
      true,
      tag,
      algorithm.additionalData === undefined ? undefined : bytesOf(algorithm.additionalData, 'aad'),
    );
  } catch {
    throw new DOMException('The operation failed for an operation-specific reason', 'OperationError');
  }
  const [all, made] = result;
  return mode === 'gcm' && encrypts ? exact(Buffer.concat([Buffer.from(all), Buffer.from(made)])) : all;
};

class Crypto {
  constructor(key) {
    if (key !== kMake) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
  }
  get subtle() {
    return subtle;
  }
  getRandomValues(array) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('typedArray');
    if (
      !ArrayBuffer.isView(array) ||
      array instanceof DataView ||
      array instanceof Float32Array ||
      array instanceof Float64Array ||
      array instanceof Float16Array
    )
      throw new DOMException('The data argument must be an integer-type TypedArray', 'TypeMismatchError');
    if (array.byteLength > 65536)
      throw new DOMException(`The requested length exceeds 65,536 bytes`, 'QuotaExceededError');
    randomFillSync(array);
    return array;
  }
  randomUUID(options) {
    return randomUUID(options);
  }
}
for (const name of ['subtle', 'getRandomValues', 'randomUUID'])
  Object.defineProperty(Crypto.prototype, name, { enumerable: true });
for (const [Class, tag] of [
  [Crypto, 'Crypto'],
  [SubtleCrypto, 'SubtleCrypto'],
  [CryptoKey, 'CryptoKey'],
])
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { configurable: true, value: tag });
const subtle = new SubtleCrypto(kMake);
const crypto = new Crypto(kMake);

// --- exports --------------------------------------------------------------------------------------------------------------------

const refused = (names) => Object.fromEntries(names.map((name) => [name, { [name]: () => refuse(name) }[name]]));
const exports_ = {
  checkPrime: (candidate, options, callback = options) => later(callback, () => checkPrimeSync(candidate)),
  checkPrimeSync: (candidate) => checkPrimeSync(candidate),
  createCipheriv: (cipher, key, iv, options) => new Cipheriv(cipher, key, iv, options),
  createDecipheriv: (cipher, key, iv, options) => new Decipheriv(cipher, key, iv, options),
  createHash: function createHash(algorithm, options) {
    return new Hash(algorithm, options);
  },
  createHmac: function createHmac(hmac, key, options) {
    return new Hmac(hmac, key, options);
  },
  createSecretKey,
  ...refused([
    'createDiffieHellman',
    'createDiffieHellmanGroup',
    'createECDH',
    'createPrivateKey',
    'createPublicKey',
    'createSign',
    'createVerify',
    'argon2',
    'argon2Sync',
    'decapsulate',
    'encapsulate',
    'diffieHellman',
    'generateKeyPair',
    'generateKeyPairSync',
    'privateDecrypt',
    'privateEncrypt',
    'publicDecrypt',
    'publicEncrypt',
    'sign',
    'verify',
    'setEngine',
    'getDiffieHellman',
  ]),
  generatePrimeSync: (size) => binding.randomPrime(size),
  generatePrime: (size, options, callback = options) => later(callback, () => binding.randomPrime(size)),
  generateKeySync: (_type, options) => createSecretKey(randomBytes(Math.ceil(options.length / 8))),
  generateKey: (_type, options, callback) =>
    later(callback, () => createSecretKey(randomBytes(Math.ceil(options.length / 8)))),
  getCiphers: () => binding.ciphers(),
  getCipherInfo,
  getCurves: () => binding.curves(),
  getHashes: () => binding.hashes(),
  hash,
  hkdf,
  hkdfSync,
  pbkdf2,
  pbkdf2Sync,
  randomBytes,
  randomFill,
  randomFillSync,
  randomInt,
  randomUUID,
  scrypt,
  scryptSync,
  timingSafeEqual,
  getFips: () => 0,
  setFips: () => refuse('setFips'),
  secureHeapUsed: () => undefined,
  Cipheriv,
  Decipheriv,
  Hash,
  Hmac,
  KeyObject,
  Certificate: class Certificate {},
  DiffieHellman: function DiffieHellman() {
    refuse('DiffieHellman');
  },
  DiffieHellmanGroup: function DiffieHellmanGroup() {
    refuse('DiffieHellmanGroup');
  },
  ECDH: class ECDH {
    constructor() {
      refuse('ECDH');
    }
  },
  Sign: class Sign {
    constructor() {
      refuse('Sign');
    }
  },
  Verify: class Verify {
    constructor() {
      refuse('Verify');
    }
  },
  X509Certificate: class X509Certificate {
    constructor() {
      refuse('X509Certificate');
    }
  },
};
const checkPrimeSync = (candidate) => {
  let value = candidate;
  if (typeof value === 'bigint') {
    let hex = value.toString(16);
    if (hex.length % 2) hex = `0${hex}`;
    value = Buffer.from(hex, 'hex');
  }
  return binding.isPrime(bytesOf(value, 'candidate'));
};
Object.defineProperties(exports_, {
  constants: { configurable: false, enumerable: true, value: require('internal/crypto_constants') },
  webcrypto: { configurable: false, enumerable: true, get: () => crypto, set: undefined },
  subtle: { configurable: false, enumerable: true, get: () => subtle, set: undefined },
  getRandomValues: {
    configurable: false,
    enumerable: true,
    get: () => (array) => crypto.getRandomValues(array),
    set: undefined,
  },
  fips: {
    configurable: true,
    enumerable: true,
    get() {
      require('internal/deprecations').warn('DEP0093', 'The crypto.fips is deprecated. Please use crypto.getFips()');
      return 0;
    },
    set: () => refuse('fips'),
  },
  pseudoRandomBytes: { configurable: true, enumerable: false, writable: true, value: randomBytes },
  prng: { configurable: true, enumerable: false, writable: true, value: randomBytes },
  rng: { configurable: true, enumerable: false, writable: true, value: randomBytes },
});

module.exports = {
  crypto,
  Crypto,
  CryptoKey,
  exports: exports_,
  isCryptoKey,
  isKeyObject: (value) => value instanceof KeyObject,
  SubtleCrypto,
};
