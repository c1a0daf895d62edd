// Web streams: the web-streams-polyfill package, and the streams that encode and compress.

const streams = require('internal/packages/web-streams');
const { codes } = require('internal/errors');
const inspectCustom = Symbol.for('nodejs.util.inspect.custom');

const names = [
  'ReadableStream',
  'ReadableStreamDefaultReader',
  'ReadableStreamBYOBReader',
  'ReadableStreamBYOBRequest',
  'ReadableByteStreamController',
  'ReadableStreamDefaultController',
  'TransformStream',
  'TransformStreamDefaultController',
  'WritableStream',
  'WritableStreamDefaultController',
  'WritableStreamDefaultWriter',
  'ByteLengthQueuingStrategy',
  'CountQueuingStrategy',
];

const shown = {
  ReadableStream: (self) => ({
    locked: self.locked,
    state: self._state,
    supportsBYOB: self._readableStreamController?.constructor?.name === 'ReadableByteStreamController',
  }),
  WritableStream: (self) => ({ locked: self.locked, state: self._state }),
};
for (const name of Object.keys(shown)) {
  const Class = streams[name];
  Object.defineProperty(Class.prototype, inspectCustom, {
    configurable: true,
    writable: true,
    enumerable: false,
    value(_depth, options) {
      const { inspect } = require('internal/util/inspect');
      const opts = { ...options, depth: options.depth == null ? null : options.depth - 1 };
      return `${name} ${inspect(shown[name](this), opts)}`;
    },
  });
}

// What Node's own streams ask of a web stream. They are told of its end by the word that says its state: who asks first has it watched.
const closedPromise = Symbol.for('nodejs.webstream.isClosedPromise');
const ends = new WeakMap();
const endOf = (stream) => {
  let end = ends.get(stream);
  if (end !== undefined) return end;
  end = Promise.withResolvers();
  ends.set(stream, end);
  end.promise.catch(() => {});
  const { resolve, reject } = end;
  const notice = (state) => {
    if (state === 'closed') resolve();
    // the state changes before the reason is there
    else if (state === 'errored') queueMicrotask(() => reject(stream._storedError));
  };
  let current = stream._state;
  notice(current);
  Object.defineProperty(stream, '_state', {
    configurable: true,
    enumerable: true,
    get: () => current,
    set(state) {
      current = state;
      notice(state);
    },
  });
  return end;
};
const answers = {
  ReadableStream: {
    [Symbol.for('nodejs.stream.disturbed')]: (self) => self._disturbed,
    [Symbol.for('nodejs.stream.errored')]: (self) => self._state === 'errored',
    [Symbol.for('nodejs.stream.readable')]: (self) => self._state === 'readable',
    [closedPromise]: endOf,
    [Symbol.for('nodejs.webstream.controllerErrorFunction')]: (self) => (reason) =>
      self._readableStreamController.error(reason),
  },
  WritableStream: {
    [Symbol.for('nodejs.stream.errored')]: (self) => self._state === 'errored',
    [Symbol.for('nodejs.stream.writable')]: (self) => self._state === 'writable',
    [closedPromise]: endOf,
    [Symbol.for('nodejs.webstream.controllerErrorFunction')]: (self) => (reason) =>
      self._writableStreamController.error(reason),
  },
};
for (const [name, table] of Object.entries(answers))
  for (const symbol of Object.getOwnPropertySymbols(table))
    Object.defineProperty(streams[name].prototype, symbol, {
      configurable: true,
      get() {
        return table[symbol](this);
      },
    });

const wrapping = (name, make) => {
  const pairs = new WeakMap();
  const pairOf = (self) => {
    const pair = pairs.get(self);
    if (pair === undefined) throw new codes.ERR_INVALID_THIS(name);
    return pair;
  };
  const Class = {
    [name]: class {
      constructor(...args) {
        pairs.set(this, make(this, ...args));
      }
      get readable() {
        return pairOf(this).transform.readable;
      }
      get writable() {
        return pairOf(this).transform.writable;
      }
    },
  }[name];
  Object.defineProperties(Class.prototype, {
    readable: { enumerable: true },
    writable: { enumerable: true },
    [Symbol.toStringTag]: { configurable: true, value: name },
  });
  return { Class, pairOf };
};

const encoder = wrapping('TextEncoderStream', () => {
  let lead = '';
  return {
    transform: new streams.TransformStream({
      transform(chunk, controller) {
        let text = `${lead}${chunk}`;
        lead = '';
        if (/[\ud800-\udbff]$/.test(text)) {
          lead = text.slice(-1);
          text = text.slice(0, -1);
        }
        if (text !== '') controller.enqueue(new TextEncoder().encode(text));
      },
      flush(controller) {
        if (lead !== '') controller.enqueue(new Uint8Array([0xef, 0xbf, 0xbd]));
      },
    }),
  };
});
Object.defineProperty(encoder.Class.prototype, 'encoding', {
  enumerable: true,
  configurable: true,
  get() {
    encoder.pairOf(this);
    return 'utf-8';
  },
});
const decoder = wrapping('TextDecoderStream', (_self, encoding = 'utf-8', options = {}) => {
  const handle = new TextDecoder(encoding, options);
  return {
    handle,
    transform: new streams.TransformStream({
      transform(chunk, controller) {
        const text = handle.decode(chunk, { stream: true });
        if (text) controller.enqueue(text);
      },
      flush(controller) {
        const text = handle.decode();
        if (text) controller.enqueue(text);
      },
    }),
  };
});
for (const name of ['encoding', 'fatal', 'ignoreBOM'])
  Object.defineProperty(decoder.Class.prototype, name, {
    enumerable: true,
    configurable: true,
    get() {
      return decoder.pairOf(this).handle[name];
    },
  });

const compressing = (name, table) =>
  wrapping(name, (_self, format) => {
    require('internal/validators').validateOneOf(format, 'format', Object.keys(table));
    const pieces = [];
    return {
      transform: new streams.TransformStream({
        transform(chunk) {
          pieces.push(Buffer.from(chunk));
        },
        flush(controller) {
          controller.enqueue(new Uint8Array(require('zlib')[table[format]](Buffer.concat(pieces))));
        },
      }),
    };
  });
const compression = compressing('CompressionStream', {
  deflate: 'deflateSync',
  'deflate-raw': 'deflateRawSync',
  gzip: 'gzipSync',
  brotli: 'brotliCompressSync',
});
const decompression = compressing('DecompressionStream', {
  deflate: 'inflateSync',
  'deflate-raw': 'inflateRawSync',
  gzip: 'gunzipSync',
  brotli: 'brotliDecompressSync',
});

module.exports = {};
for (const name of names) module.exports[name] = streams[name];
Object.assign(module.exports, {
  TextEncoderStream: encoder.Class,
  TextDecoderStream: decoder.Class,
  CompressionStream: compression.Class,
  DecompressionStream: decompression.Class,
});
