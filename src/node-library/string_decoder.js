// StringDecoder: bytes that come in pieces, as text.

const { codes } = require('internal/errors');
const { normalizeEncoding } = require('internal/encodings');

/** Bytes at the end of `buffer` that begin a character, or a group of base64, that has not come whole. */
const unfinished = (buffer, encoding) => {
  const { length } = buffer;
  switch (encoding) {
    case 'utf8':
      for (let i = 1; i <= Math.min(3, length); i++) {
        const byte = buffer[length - i];
        if ((byte & 0xc0) === 0x80) continue;
        const size = byte >= 0xf0 && byte < 0xf5 ? 4 : byte >= 0xe0 ? (byte < 0xf0 ? 3 : 0) : byte >= 0xc2 ? 2 : 0;
        return size > i ? i : 0;
      }
      return 0;
    case 'utf16le': {
      const odd = length % 2;
      if (length - odd >= 2 && (buffer[length - odd - 1] & 0xfc) === 0xd8) return odd + 2;
      return odd;
    }
    case 'base64':
    case 'base64url':
      return length % 3;
    default:
      return 0;
  }
};

function StringDecoder(encoding) {
  const known = normalizeEncoding(encoding);
  if (known === undefined) throw new codes.ERR_UNKNOWN_ENCODING(encoding);
  this.encoding = known;
  Object.defineProperty(this, kRest, { value: Buffer.alloc(0), writable: true, enumerable: false });
}
const kRest = Symbol('rest');

StringDecoder.prototype.write = function write(input) {
  if (typeof input === 'string') return input;
  if (!ArrayBuffer.isView(input))
    throw new codes.ERR_INVALID_ARG_TYPE('buf', ['Buffer', 'TypedArray', 'DataView'], input);
  let bytes = Buffer.from(input.buffer, input.byteOffset, input.byteLength);
  if (this[kRest].length > 0) bytes = Buffer.concat([this[kRest], bytes]);
  const rest = unfinished(bytes, this.encoding);
  this[kRest] = rest === 0 ? bytes.subarray(0, 0) : Buffer.from(bytes.subarray(bytes.length - rest));
  return bytes.toString(this.encoding, 0, bytes.length - rest);
};
StringDecoder.prototype.end = function end(input) {
  const text = input === undefined ? '' : this.write(input);
  const rest = this[kRest];
  this[kRest] = Buffer.alloc(0);
  if (rest.length === 0) return text;
  // half a character of UTF-16 is what it is
  return (
    text +
    (this.encoding === 'utf16le'
      ? rest.toString('utf16le', 0, rest.length - (rest.length % 2))
      : rest.toString(this.encoding))
  );
};
StringDecoder.prototype.text = function text(buffer, offset) {
  this[kRest] = Buffer.alloc(0);
  return this.write(buffer.slice(offset));
};
Object.defineProperties(StringDecoder.prototype, {
  lastChar: {
    configurable: true,
    enumerable: true,
    get() {
      return Buffer.concat([this[kRest], Buffer.alloc(4 - this[kRest].length)]);
    },
  },
  lastNeed: {
    configurable: true,
    enumerable: true,
    get() {
      return this[kRest].length === 0 ? 0 : need(this[kRest], this.encoding) - this[kRest].length;
    },
  },
  lastTotal: {
    configurable: true,
    enumerable: true,
    get() {
      return this[kRest].length === 0 ? 0 : need(this[kRest], this.encoding);
    },
  },
});
const need = (rest, encoding) => {
  if (encoding === 'utf8') return rest[0] >= 0xf0 ? 4 : rest[0] >= 0xe0 ? 3 : 2;
  return encoding === 'utf16le' ? (rest.length > 1 ? 4 : 2) : 3;
};

module.exports = { StringDecoder };
