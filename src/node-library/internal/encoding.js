// TextEncoder and TextDecoder (WHATWG Encoding).

const { codes } = require('internal/errors');
const { validateObject } = require('internal/validators');
const text = internalBinding('text');
const inspectCustom = Symbol.for('nodejs.util.inspect.custom');

const isEncoder = new WeakSet();
const check = (self) => {
  if (!isEncoder.has(self)) throw new codes.ERR_INVALID_THIS('TextEncoder');
};

class TextEncoder {
  constructor() {
    isEncoder.add(this);
  }
  get encoding() {
    check(this);
    return 'utf-8';
  }
  encode(input = '') {
    check(this);
    return new Uint8Array(text.encode(`${input}`, 'utf8'));
  }
  encodeInto(source, destination) {
    check(this);
    if (typeof source !== 'string') throw new codes.ERR_INVALID_ARG_TYPE('src', 'string', source);
    if (!ArrayBuffer.isView(destination) || !(destination instanceof Uint8Array))
      throw new codes.ERR_INVALID_ARG_TYPE('dest', 'Uint8Array', destination);
    const written = text.write(destination, source, 'utf8', 0, destination.length);
    const read = text.decode(destination, 'utf8', 0, written).length;
    return { read, written };
  }
  [inspectCustom](depth, options, inspect) {
    check(this);
    if (typeof depth === 'number' && depth < 0) return this;
    const object = Object.create({ constructor: this.constructor === null ? TextEncoder : this.constructor });
    object.encoding = this.encoding;
    return inspect(object, options);
  }
}
Object.defineProperties(TextEncoder.prototype, {
  encode: { enumerable: true },
  encodeInto: { enumerable: true },
  encoding: { enumerable: true },
  [Symbol.toStringTag]: { configurable: true, value: 'TextEncoder' },
});

const decoders = new WeakMap();
const decoderOf = (self) => {
  const state = decoders.get(self);
  if (state === undefined) throw new codes.ERR_INVALID_THIS('TextDecoder');
  return state;
};

const bytesOf = (input) => {
  if (internalBinding('util').isAnyArrayBuffer(input)) return new Uint8Array(input);
  if (ArrayBuffer.isView(input)) return new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
  throw new codes.ERR_INVALID_ARG_TYPE('list', ['ArrayBuffer', 'ArrayBufferView'], input);
};

/** How many bytes at the end begin a character that has not come whole. */
const incomplete = (bytes, encoding) => {
  if (encoding === 'utf-8') {
    for (let i = 1; i <= Math.min(3, bytes.length); i++) {
      const byte = bytes[bytes.length - i];
      if (byte >= 0xc2 && byte <= 0xf4) return (byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4) > i ? i : 0;
      if ((byte & 0xc0) !== 0x80) return 0;
    }
    return 0;
  }
  if (encoding === 'utf-16le' || encoding === 'utf-16be') {
    const odd = bytes.length % 2;
    const at = bytes.length - odd - (encoding === 'utf-16le' ? 1 : 2);
    return at >= 0 && (bytes[at] & 0xfc) === 0xd8 ? odd + 2 : odd;
  }
  return 0;
};

class TextDecoder {
  constructor(encoding = 'utf-8', options = {}) {
    encoding = `${encoding}`;
    validateObject(options, 'options', { nullable: true, allowArray: true, allowFunction: true });
    const known = text.encodingName(encoding);
    if (known === undefined) throw new codes.ERR_ENCODING_NOT_SUPPORTED(encoding);
    decoders.set(this, {
      encoding: known,
      fatal: !!options?.fatal,
      ignoreBOM: !!options?.ignoreBOM,
      rest: undefined,
      seenBOM: false,
    });
  }
  get encoding() {
    return decoderOf(this).encoding;
  }
  get fatal() {
    return decoderOf(this).fatal;
  }
  get ignoreBOM() {
    return decoderOf(this).ignoreBOM;
  }
  decode(input = new Uint8Array(), options = {}) {
    const state = decoderOf(this);
    validateObject(options, 'options', { nullable: true, allowArray: true, allowFunction: true });
    let bytes = bytesOf(input);
    const streams = !!options?.stream;
    if (state.rest !== undefined) {
      const joined = new Uint8Array(state.rest.length + bytes.length);
      joined.set(state.rest);
      joined.set(bytes, state.rest.length);
      bytes = joined;
      state.rest = undefined;
    }
    if (streams) {
      const rest = incomplete(bytes, state.encoding);
      if (rest > 0) {
        state.rest = bytes.slice(bytes.length - rest);
        bytes = bytes.subarray(0, bytes.length - rest);
      }
    }
    const result = text.decodeWith(state.encoding, bytes, state.fatal, state.ignoreBOM || state.seenBOM);
    if (bytes.length > 0) state.seenBOM = true;
    if (!streams) state.seenBOM = false;
    if (result === undefined) {
      state.rest = undefined;
      throw new codes.ERR_ENCODING_INVALID_ENCODED_DATA(state.encoding, undefined);
    }
    return result;
  }
}
Object.defineProperties(TextDecoder.prototype, {
  decode: { enumerable: true },
  encoding: { enumerable: true },
  fatal: { enumerable: true },
  ignoreBOM: { enumerable: true },
  [inspectCustom]: {
    enumerable: false,
    configurable: true,
    writable: true,
    value: function inspectDecoder(depth, options, inspect) {
      if (typeof depth === 'number' && depth < 0) return this;
      const { encoding, fatal, ignoreBOM } = decoderOf(this);
      const object = Object.create({ constructor: TextDecoder });
      Object.assign(object, { encoding, fatal, ignoreBOM });
      return inspect(object, options);
    },
  },
  [Symbol.toStringTag]: { configurable: true, value: 'TextDecoder' },
});

module.exports = { TextDecoder, TextEncoder };
