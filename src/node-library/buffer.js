// Buffer: Uint8Arrays with Node's methods. Texts go through the host's encoders as copied bytes.

const { codes, hideStackFrames } = require('internal/errors');
const { normalizeEncoding } = require('internal/encodings');
const { validateNumber } = require('internal/validators');
const text = internalBinding('text');

const inspectCustom = Symbol.for('nodejs.util.inspect.custom');
const kMaxLength = 2 ** 53 - 1;
const kStringMaxLength = 536870888;

class FastBuffer extends Uint8Array {
  constructor(bufferOrLength, byteOffset, length) {
    super(bufferOrLength, byteOffset, length);
  }
}

const isBytes = (value) => ArrayBuffer.isView(value) && value instanceof Uint8Array;
const isAnyArrayBuffer = (value) => internalBinding('util').isAnyArrayBuffer(value);

function Buffer(arg, encodingOrOffset, length) {
  deprecateConstructor();
  if (typeof arg === 'number') {
    if (typeof encodingOrOffset === 'string') throw new codes.ERR_INVALID_ARG_TYPE('string', 'string', arg);
    return Buffer.alloc(arg);
  }
  return Buffer.from(arg, encodingOrOffset, length);
}

const deprecateConstructor = () =>
  require('internal/deprecations').warnOutsideNodeModules(
    'DEP0005',
    'Buffer() is deprecated due to security and usability issues. Please use the Buffer.alloc(), Buffer.allocUnsafe(), or Buffer.from() methods instead.',
    deprecateConstructor,
  );

FastBuffer.prototype.constructor = Buffer;
Buffer.prototype = FastBuffer.prototype;
Object.defineProperty(Buffer, Symbol.species, {
  configurable: true,
  enumerable: false,
  get() {
    return FastBuffer;
  },
});
Object.setPrototypeOf(Buffer, Uint8Array);

Buffer.poolSize = 8 * 1024;

// --- making ------------------------------------------------------------------------------------------------------------------

const encodingOf = (encoding) => {
  const known = normalizeEncoding(encoding);
  if (known === undefined) throw new codes.ERR_UNKNOWN_ENCODING(encoding);
  return known;
};

const fromString = (string, encoding) => {
  let known = 'utf8';
  if (typeof encoding === 'string' && encoding.length > 0) known = encodingOf(encoding);
  if (string.length === 0) return new FastBuffer();
  return new FastBuffer(text.encode(string, known));
};

const fromArrayBuffer = (buffer, byteOffset, length) => {
  if (byteOffset === undefined) byteOffset = 0;
  else {
    byteOffset = +byteOffset;
    if (Number.isNaN(byteOffset)) byteOffset = 0;
  }
  const most = buffer.byteLength - byteOffset;
  if (most < 0) throw new codes.ERR_BUFFER_OUT_OF_BOUNDS('offset');
  if (length === undefined) length = most;
  else {
    length = +length;
    if (length > 0) {
      if (length > most) throw new codes.ERR_BUFFER_OUT_OF_BOUNDS('length');
    } else length = 0;
  }
  return new FastBuffer(buffer, byteOffset, length);
};

const fromArrayLike = (list) => {
  const length = list.length > 0 ? list.length : 0;
  const result = new FastBuffer(length);
  if (length > 0) {
    if (Array.isArray(list) || ArrayBuffer.isView(list)) result.set(list, 0);
    else for (let i = 0; i < length; i++) result[i] = list[i];
  }
  return result;
};

Buffer.from = function from(value, encodingOrOffset, length) {
  if (typeof value === 'string') return fromString(value, encodingOrOffset);
  if (typeof value === 'object' && value !== null) {
    if (isAnyArrayBuffer(value)) return fromArrayBuffer(value, encodingOrOffset, length);
    const valueOf = value.valueOf?.();
    if (valueOf != null && valueOf !== value && (typeof valueOf === 'string' || typeof valueOf === 'object'))
      return from(valueOf, encodingOrOffset, length);
    const made = fromObject(value);
    if (made) return made;
    if (typeof value[Symbol.toPrimitive] === 'function') {
      const primitive = value[Symbol.toPrimitive]('string');
      if (typeof primitive === 'string') return fromString(primitive, encodingOrOffset);
    }
  }
  throw new codes.ERR_INVALID_ARG_TYPE(
    'first argument',
    ['string', 'Buffer', 'ArrayBuffer', 'Array', 'Array-like Object'],
    value,
  );
};

const fromObject = (value) => {
  if (value.length !== undefined || isAnyArrayBuffer(value.buffer)) {
    if (typeof value.length !== 'number') return new FastBuffer();
    return fromArrayLike(value);
  }
  if (value.type === 'Buffer' && Array.isArray(value.data)) return fromArrayLike(value.data);
  return undefined;
};

Buffer.copyBytesFrom = function copyBytesFrom(view, offset, length) {
  if (!ArrayBuffer.isView(view) || view instanceof DataView)
    throw new codes.ERR_INVALID_ARG_TYPE('view', ['TypedArray'], view);
  const viewLength = view.length;
  if (viewLength === 0) return Buffer.alloc(0);
  const { validateInteger } = require('internal/validators');
  if (offset !== undefined || length !== undefined) {
    if (offset !== undefined) {
      validateInteger(offset, 'offset', 0);
      if (offset >= viewLength) return Buffer.alloc(0);
    } else offset = 0;
    let end = viewLength;
    if (length !== undefined) {
      validateInteger(length, 'length', 0);
      end = offset + length;
    }
    view = view.slice(offset, end);
  }
  return fromArrayLike(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
};

Buffer.of = function of(...items) {
  const result = Buffer.allocUnsafe(items.length);
  for (let i = 0; i < items.length; i++) result[i] = items[i];
  return result;
};

const validateSize = (size) => validateNumber(size, 'size', 0, kMaxLength);

Buffer.alloc = function alloc(size, fill, encoding) {
  validateSize(size);
  if (fill !== undefined && fill !== 0 && size > 0) return fillBuffer(new FastBuffer(size), fill, encoding);
  return new FastBuffer(size);
};
Buffer.allocUnsafe = function allocUnsafe(size) {
  validateSize(size);
  return new FastBuffer(size);
};
Buffer.allocUnsafeSlow = function allocUnsafeSlow(size) {
  validateSize(size);
  return new FastBuffer(size);
};
function SlowBuffer(size) {
  validateSize(size);
  return new FastBuffer(size);
}
Object.setPrototypeOf(SlowBuffer.prototype, Uint8Array.prototype);
Object.setPrototypeOf(SlowBuffer, Uint8Array);

Buffer.isBuffer = function isBuffer(value) {
  return value instanceof Buffer;
};

Buffer.compare = function compare(buf1, buf2) {
  if (!isBytes(buf1)) throw new codes.ERR_INVALID_ARG_TYPE('buf1', ['Buffer', 'Uint8Array'], buf1);
  if (!isBytes(buf2)) throw new codes.ERR_INVALID_ARG_TYPE('buf2', ['Buffer', 'Uint8Array'], buf2);
  return buf1 === buf2 ? 0 : text.compare(buf1, 0, buf1.length, buf2, 0, buf2.length);
};

Buffer.isEncoding = function isEncoding(encoding) {
  return typeof encoding === 'string' && encoding.length !== 0 && normalizeEncoding(encoding) !== undefined;
};

Buffer.concat = function concat(list, length) {
  const { validateArray, validateInteger } = require('internal/validators');
  validateArray(list, 'list');
  if (list.length === 0) return new FastBuffer();
  if (length === undefined) {
    length = 0;
    for (let i = 0; i < list.length; i++) {
      if (!isBytes(list[i])) throw new codes.ERR_INVALID_ARG_TYPE(`list[${i}]`, ['Buffer', 'Uint8Array'], list[i]);
      length += list[i].length;
    }
  } else validateInteger(length, 'length', 0);
  const result = new FastBuffer(length);
  let at = 0;
  for (let i = 0; i < list.length; i++) {
    const piece = list[i];
    if (!isBytes(piece)) throw new codes.ERR_INVALID_ARG_TYPE(`list[${i}]`, ['Buffer', 'Uint8Array'], piece);
    if (at + piece.length > length) {
      result.set(piece.subarray(0, length - at), at);
      at = length;
      break;
    }
    result.set(piece, at);
    at += piece.length;
  }
  return result;
};

function byteLength(string, encoding) {
  if (typeof string !== 'string') {
    if (ArrayBuffer.isView(string) || isAnyArrayBuffer(string)) return string.byteLength;
    throw new codes.ERR_INVALID_ARG_TYPE('string', ['string', 'Buffer', 'ArrayBuffer'], string);
  }
  if (string.length === 0) return 0;
  const known = normalizeEncoding(encoding) ?? 'utf8';
  switch (known) {
    case 'latin1':
    case 'ascii':
      return string.length;
    case 'utf16le':
      return string.length * 2;
    case 'hex':
      return string.length >>> 1;
    case 'base64':
    case 'base64url': {
      let bytes = string.length;
      if (string.charCodeAt(bytes - 1) === 0x3d) bytes--;
      if (bytes > 1 && string.charCodeAt(bytes - 1) === 0x3d) bytes--;
      return (bytes * 3) >>> 2;
    }
    default:
      return text.utf8Length(string);
  }
}
Buffer.byteLength = byteLength;

// --- the prototype -------------------------------------------------------------------------------------------------------------

const proto = Buffer.prototype;

for (const [name, key] of [
  ['parent', 'buffer'],
  ['offset', 'byteOffset'],
])
  Object.defineProperty(proto, name, {
    enumerable: true,
    get() {
      return this instanceof Buffer ? this[key] : undefined;
    },
  });

const toInteger = (n, fallback) => {
  n = +n;
  return !Number.isNaN(n) && n >= Number.MIN_SAFE_INTEGER && n <= Number.MAX_SAFE_INTEGER
    ? n % 1 === 0
      ? n
      : Math.floor(n)
    : fallback;
};

proto.copy = function copy(target, targetStart, sourceStart, sourceEnd) {
  if (!isBytes(this)) throw new codes.ERR_INVALID_ARG_TYPE('source', ['Buffer', 'Uint8Array'], this);
  if (!isBytes(target)) throw new codes.ERR_INVALID_ARG_TYPE('target', ['Buffer', 'Uint8Array'], target);
  targetStart = targetStart === undefined ? 0 : toInteger(targetStart, 0);
  if (targetStart < 0) throw new codes.ERR_OUT_OF_RANGE('targetStart', '>= 0', targetStart);
  sourceStart = sourceStart === undefined ? 0 : toInteger(sourceStart, 0);
  if (sourceStart < 0 || sourceStart > this.byteLength)
    throw new codes.ERR_OUT_OF_RANGE('sourceStart', `>= 0 && <= ${this.byteLength}`, sourceStart);
  sourceEnd = sourceEnd === undefined ? this.byteLength : toInteger(sourceEnd, 0);
  if (sourceEnd < 0) throw new codes.ERR_OUT_OF_RANGE('sourceEnd', '>= 0', sourceEnd);
  if (targetStart >= target.byteLength || sourceStart >= sourceEnd) return 0;
  const count = Math.min(sourceEnd - sourceStart, target.byteLength - targetStart, this.byteLength - sourceStart);
  const source =
    sourceStart === 0 && count === this.byteLength ? this : this.subarray(sourceStart, sourceStart + count);
  Uint8Array.prototype.set.call(target, source, targetStart);
  return count;
};

proto.toString = function toString(encoding, start, end) {
  const { length } = this;
  if (arguments.length === 0) return length === 0 ? '' : text.decode(this, 'utf8', 0, length);
  if (start <= 0) start = 0;
  else if (start >= length) return '';
  else start = Math.trunc(start) || 0;
  if (end === undefined || end > length) end = length;
  else end = Math.trunc(end) || 0;
  if (end <= start) return '';
  return text.decode(this, encoding === undefined ? 'utf8' : encodingOf(encoding), start, end);
};
proto.toLocaleString = proto.toString;

proto.equals = function equals(other) {
  if (!isBytes(other)) throw new codes.ERR_INVALID_ARG_TYPE('otherBuffer', ['Buffer', 'Uint8Array'], other);
  if (this === other) return true;
  return this.byteLength === other.byteLength && text.compare(this, 0, this.length, other, 0, other.length) === 0;
};

let maxInspected = 50;
proto[inspectCustom] = function inspect(_depth, context) {
  const most = maxInspected;
  let shown = '';
  for (let i = 0; i < Math.min(most, this.length); i++)
    shown += `${i > 0 ? ' ' : ''}${this[i] < 16 ? '0' : ''}${this[i].toString(16)}`;
  const rest = this.length - most;
  if (rest > 0) shown += ` ... ${rest} more byte${rest > 1 ? 's' : ''}`;
  if (context) {
    const extras = {};
    let hasExtras = false;
    for (const key of Object.keys(this)) {
      if (/^\d+$/.test(key)) continue;
      hasExtras = true;
      extras[key] = this[key];
    }
    if (hasExtras) {
      if (this.length > 0) shown += ', ';
      shown += internalBinding('util')
        .inspect(extras, { ...context, breakLength: Infinity, compact: true })
        .slice(2, -2);
    }
  }
  const name = this.constructor?.name ?? '';
  return `<${name === '' ? 'Buffer' : name} ${shown}>`;
};
proto.inspect = proto[inspectCustom];

proto.compare = function compare(target, targetStart, targetEnd, sourceStart, sourceEnd) {
  const { validateInteger } = require('internal/validators');
  if (!isBytes(target)) throw new codes.ERR_INVALID_ARG_TYPE('target', ['Buffer', 'Uint8Array'], target);
  if (targetStart === undefined) targetStart = 0;
  else validateInteger(targetStart, 'targetStart', 0);
  if (targetEnd === undefined) targetEnd = target.length;
  else validateInteger(targetEnd, 'targetEnd', 0, target.length);
  if (sourceStart === undefined) sourceStart = 0;
  else validateInteger(sourceStart, 'sourceStart', 0);
  if (sourceEnd === undefined) sourceEnd = this.length;
  else validateInteger(sourceEnd, 'sourceEnd', 0, this.length);
  if (sourceStart >= sourceEnd) return targetStart >= targetEnd ? 0 : -1;
  if (targetStart >= targetEnd) return 1;
  return text.compare(this, sourceStart, sourceEnd, target, targetStart, targetEnd);
};

const search = (buffer, value, byteOffset, end, encoding, forward) => {
  if (typeof byteOffset === 'string') {
    encoding = byteOffset;
    byteOffset = undefined;
    end = undefined;
  } else if (typeof end === 'string') {
    encoding = end;
    end = undefined;
  }
  if (byteOffset > 0x7fffffff) byteOffset = 0x7fffffff;
  else if (byteOffset < -0x80000000) byteOffset = -0x80000000;
  byteOffset = +byteOffset;
  if (Number.isNaN(byteOffset)) byteOffset = forward ? 0 : buffer.length;
  byteOffset = Math.trunc(byteOffset);
  const limit =
    end === undefined || Number.isNaN(+end)
      ? buffer.length
      : Math.min(buffer.length, end < 0 ? Math.max(0, buffer.length + Math.trunc(end)) : Math.trunc(end));
  if (typeof value === 'number') {
    const byte = (value >>> 0) & 255;
    let from = byteOffset < 0 ? byteOffset + buffer.length : byteOffset;
    if (forward) {
      for (from = Math.max(0, from); from < limit; from++) if (buffer[from] === byte) return from;
    } else for (from = Math.min(from, limit - 1); from >= 0; from--) if (buffer[from] === byte) return from;
    return -1;
  }
  let needle;
  let step = 1;
  if (typeof value === 'string') {
    const known = encoding === undefined ? 'utf8' : encodingOf(encoding);
    if (known === 'utf16le') step = 2;
    needle = fromString(value, known);
  } else if (isBytes(value)) {
    const known = encoding === undefined ? 'utf8' : normalizeEncoding(encoding);
    if (known === 'utf16le') step = 2;
    needle = value;
  } else throw new codes.ERR_INVALID_ARG_TYPE('value', ['number', 'string', 'Buffer', 'Uint8Array'], value);
  const size = buffer.length;
  let from = byteOffset < 0 ? byteOffset + size : byteOffset;
  if (from < 0) {
    if (!forward) return -1;
    from = 0;
  }
  if (from > size) {
    if (forward) return -1;
    from = size;
  }
  if (needle.length === 0) return Math.min(from, limit);
  return text.indexOf(buffer, needle, from, limit, forward, step);
};

proto.indexOf = function indexOf(value, offset, end, encoding) {
  return search(this, value, offset, end, encoding, true);
};
proto.lastIndexOf = function lastIndexOf(value, offset, end, encoding) {
  return search(this, value, offset, end, encoding, false);
};
proto.includes = function includes(value, offset, end, encoding) {
  return this.indexOf(value, offset, end, encoding) !== -1;
};

proto.fill = function fill(value, offset, end, encoding) {
  return fillBuffer(this, value, offset, end, encoding);
};
const fillBuffer = (buffer, value, offset, end, encoding) => {
  if (typeof value === 'string') {
    if (offset === undefined || typeof offset === 'string') {
      encoding = offset;
      offset = 0;
      end = buffer.length;
    } else if (typeof end === 'string') {
      encoding = end;
      end = buffer.length;
    }
    const known = normalizeEncoding(encoding);
    if (known === undefined) {
      if (typeof encoding === 'string') throw new codes.ERR_UNKNOWN_ENCODING(encoding);
      throw new codes.ERR_INVALID_ARG_TYPE('encoding', 'string', encoding);
    }
    if (value.length === 0) value = 0;
    else if (value.length === 1 && (known === 'utf8' ? value.charCodeAt(0) < 128 : known === 'latin1'))
      value = value.charCodeAt(0);
    else encoding = known;
  } else encoding = undefined;
  if (offset === undefined) {
    offset = 0;
    end = buffer.length;
  } else {
    validateNumber(offset, 'offset', 0);
    if (end === undefined) end = buffer.length;
    else validateNumber(end, 'end', 0, buffer.length);
    if (offset >= end) return buffer;
  }
  if (typeof value === 'number' || typeof value === 'boolean') {
    const byte = (+value >>> 0) & 255;
    Uint8Array.prototype.fill.call(buffer, byte, offset, end);
    return buffer;
  }
  const pattern =
    typeof value === 'string'
      ? fromString(value, encoding)
      : isBytes(value)
        ? value
        : ArrayBuffer.isView(value)
          ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
          : undefined;
  if (pattern === undefined) {
    Uint8Array.prototype.fill.call(buffer, value & 255, offset, end);
    return buffer;
  }
  if (pattern.length === 0) throw new codes.ERR_INVALID_ARG_VALUE('value', value);
  const length = pattern.length;
  for (let i = offset, j = 0; i < end; i++) {
    buffer[i] = pattern[j];
    if (++j === length) j = 0;
  }
  return buffer;
};

const notString = () => {
  const error = new TypeError('argument must be a string');
  error.code = 'ERR_INVALID_ARG_TYPE';
  return error;
};

proto.write = function write(string, offset, length, encoding) {
  if (offset === undefined) {
    if (typeof string !== 'string') throw notString();
    return text.write(this, string, 'utf8', 0, this.length);
  }
  if (length === undefined && typeof offset === 'string') {
    encoding = offset;
    length = this.length;
    offset = 0;
  } else {
    validateOffsetTo(offset, 'offset', this.length);
    const remaining = this.length - offset;
    if (length === undefined) length = remaining;
    else if (typeof length === 'string') {
      encoding = length;
      length = remaining;
    } else {
      validateOffsetTo(length, 'length', this.length);
      if (length > remaining) length = remaining;
    }
  }
  if (typeof string !== 'string') throw notString();
  return text.write(this, string, encoding ? encodingOf(encoding) : 'utf8', offset, length);
};
const validateOffsetTo = hideStackFrames((value, name, most) => {
  if (typeof value !== 'number') throw new codes.ERR_INVALID_ARG_TYPE(name, 'number', value);
  if (!Number.isInteger(value)) throw new codes.ERR_OUT_OF_RANGE(name, 'an integer', value);
  if (value < 0 || value > most) throw new codes.ERR_OUT_OF_RANGE(name, `>= 0 && <= ${most}`, value);
});

proto.toJSON = function toJSON() {
  return { type: 'Buffer', data: Array.prototype.slice.call(this) };
};

proto.subarray = function subarray(start, end) {
  const length = this.length;
  const clip = (value) => {
    value = Math.trunc(+value);
    if (value === 0 || Number.isNaN(value)) return 0;
    if (value < 0) return value + length > 0 ? value + length : 0;
    return value < length ? value : length;
  };
  const first = clip(start);
  const last = end !== undefined ? clip(end) : length;
  return new FastBuffer(this.buffer, this.byteOffset + first, last > first ? last - first : 0);
};
proto.slice = function slice(start, end) {
  return this.subarray(start, end);
};

for (const bits of [16, 32, 64]) {
  const size = bits / 8;
  proto[`swap${bits}`] = {
    [`swap${bits}`]() {
      if (this.length % size !== 0) throw new codes.ERR_INVALID_BUFFER_SIZE(`${bits}-bits`);
      for (let i = 0; i < this.length; i += size)
        for (let a = i, b = i + size - 1; a < b; a++, b--) {
          const kept = this[a];
          this[a] = this[b];
          this[b] = kept;
        }
      return this;
    },
  }[`swap${bits}`];
}

for (const encoding of ['ascii', 'base64', 'base64url', 'latin1', 'hex', 'ucs2', 'utf8']) {
  const known = normalizeEncoding(encoding);
  proto[`${encoding}Slice`] = {
    [`${encoding}Slice`](start = 0, end = this.length) {
      return text.decode(this, known, start, Math.min(end, this.length));
    },
  }[`${encoding}Slice`];
  proto[`${encoding}Write`] = {
    [`${encoding}Write`](string, offset = 0, length = this.length - offset) {
      return text.write(this, string, known, offset, length);
    },
  }[`${encoding}Write`];
}

require('internal/buffer_numbers').install(proto);

// --- other exports -------------------------------------------------------------------------------------------------------------

function transcode(source, fromEncoding, toEncoding) {
  if (!isBytes(source)) throw new codes.ERR_INVALID_ARG_TYPE('source', ['Buffer', 'Uint8Array'], source);
  if (source.length === 0) return Buffer.alloc(0);
  const string = text.decode(source, encodingOf(fromEncoding), 0, source.length);
  const to = encodingOf(toEncoding);
  if (to === 'latin1' || to === 'ascii') {
    const most = to === 'ascii' ? 127 : 255;
    return Buffer.from(Array.from(string, (c) => (c.codePointAt(0) > most ? '?' : c)).join(''), to);
  }
  return Buffer.from(string, to);
}

function btoa(input) {
  if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('input');
  input = `${input}`;
  for (let i = 0; i < input.length; i++)
    if (input.charCodeAt(i) > 255) {
      const { DOMException } = require('internal/dom_exception');
      throw new DOMException('Invalid character', 'InvalidCharacterError');
    }
  return Buffer.from(input, 'latin1').toString('base64');
}

function atob(input) {
  if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('input');
  const { DOMException } = require('internal/dom_exception');
  let data = `${input}`.replace(/[\t\n\f\r ]/g, '');
  if (data.length % 4 === 0) data = data.replace(/={1,2}$/, '');
  if (/[^A-Za-z0-9+/]/.test(data)) throw new DOMException('Invalid character', 'InvalidCharacterError');
  if (data.length % 4 === 1)
    throw new DOMException('The string to be decoded is not correctly encoded.', 'InvalidCharacterError');
  return Buffer.from(data, 'base64').latin1Slice();
}

const bytesOf = (input) => {
  if (ArrayBuffer.isView(input) && !(input instanceof DataView))
    return new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
  if (isAnyArrayBuffer(input)) return new Uint8Array(input);
  throw new codes.ERR_INVALID_ARG_TYPE('input', ['ArrayBuffer', 'Buffer', 'TypedArray'], input);
};
function isUtf8(input) {
  return text.isUtf8(bytesOf(input));
}
function isAscii(input) {
  return bytesOf(input).every((byte) => byte < 128);
}

const constants = Object.defineProperties(
  {},
  {
    MAX_LENGTH: { value: kMaxLength, writable: false, enumerable: true },
    MAX_STRING_LENGTH: { value: kStringMaxLength, writable: false, enumerable: true },
  },
);

module.exports = {
  Buffer,
  SlowBuffer,
  transcode,
  isUtf8,
  isAscii,
  kMaxLength,
  kStringMaxLength,
  btoa,
  atob,
};
Object.defineProperties(module.exports, {
  constants: { configurable: false, enumerable: true, value: constants },
  INSPECT_MAX_BYTES: {
    configurable: true,
    enumerable: true,
    get: () => maxInspected,
    set: (value) => {
      validateNumber(value, 'INSPECT_MAX_BYTES', 0);
      maxInspected = value;
    },
  },
});
for (const name of ['Blob', 'resolveObjectURL', 'File'])
  Object.defineProperty(module.exports, name, {
    configurable: true,
    enumerable: true,
    get: () => require('internal/blob')[name],
  });
