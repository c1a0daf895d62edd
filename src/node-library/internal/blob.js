// Blob and File: bytes that are there at once.

const { codes } = require('internal/errors');
const { validateObject } = require('internal/validators');
const { Buffer } = require('buffer');
const inspectCustom = Symbol.for('nodejs.util.inspect.custom');

const bytesOf = new WeakMap();
const stateOf = (self) => {
  const state = bytesOf.get(self);
  if (state === undefined) throw new codes.ERR_INVALID_THIS('Blob');
  return state;
};
const isBlob = (value) => bytesOf.has(value);

const pieceOf = (source, endings) => {
  if (internalBinding('util').isAnyArrayBuffer(source)) return Buffer.from(source.slice(0));
  if (ArrayBuffer.isView(source)) return Buffer.from(Buffer.from(source.buffer, source.byteOffset, source.byteLength));
  if (isBlob(source)) return stateOf(source).bytes;
  let text = `${source}`;
  if (endings === 'native') text = text.replace(/\r\n|\r|\n/g, '\n');
  return Buffer.from(text.toWellFormed());
};

class Blob {
  constructor(sources = [], options = {}) {
    if (sources === null || typeof sources[Symbol.iterator] !== 'function' || typeof sources === 'string')
      throw new codes.ERR_INVALID_ARG_TYPE('sources', 'a sequence', sources);
    validateObject(options, 'options', { nullable: true, allowFunction: true });
    const endings = `${options?.endings ?? 'transparent'}`;
    if (endings !== 'transparent' && endings !== 'native')
      throw new codes.ERR_INVALID_ARG_VALUE('options.endings', options.endings);
    const type = `${options?.type ?? ''}`;
    bytesOf.set(this, {
      bytes: Buffer.concat([...sources].map((source) => pieceOf(source, endings))),
      type: /[^\u0020-\u007e]/.test(type) ? '' : type.toLowerCase(),
    });
  }
  get type() {
    return stateOf(this).type;
  }
  get size() {
    return stateOf(this).bytes.length;
  }
  slice(start = 0, end = this.size, contentType = '') {
    const { bytes } = stateOf(this);
    const part = bytes.subarray(start, end);
    const result = Object.create(Blob.prototype);
    const type = `${contentType}`;
    bytesOf.set(result, { bytes: Buffer.from(part), type: /[^\u0020-\u007e]/.test(type) ? '' : type.toLowerCase() });
    return result;
  }
  async arrayBuffer() {
    const { bytes } = stateOf(this);
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  }
  async bytes() {
    return new Uint8Array(await this.arrayBuffer());
  }
  async text() {
    return new (require('internal/encoding').TextDecoder)().decode(stateOf(this).bytes);
  }
  stream() {
    const { bytes } = stateOf(this);
    const { ReadableStream } = require('stream/web');
    return new ReadableStream({
      type: 'bytes',
      start(controller) {
        if (bytes.length > 0) controller.enqueue(new Uint8Array(bytes));
        controller.close();
      },
    });
  }
  [inspectCustom](depth, options) {
    if (depth < 0) return this;
    const { inspect } = require('internal/util/inspect');
    const opts = { ...options, depth: options.depth == null ? null : options.depth - 1 };
    return `Blob ${inspect({ size: this.size, type: this.type }, opts)}`;
  }
}
for (const name of ['size', 'type', 'slice', 'stream', 'text', 'arrayBuffer', 'bytes'])
  Object.defineProperty(Blob.prototype, name, { enumerable: true });
Object.defineProperty(Blob.prototype, Symbol.toStringTag, { configurable: true, value: 'Blob' });

class File extends Blob {
  #name;
  #lastModified;
  constructor(fileBits, fileName, options = {}) {
    if (arguments.length < 2) throw new codes.ERR_MISSING_ARGS('fileBits', 'fileName');
    super(fileBits, options);
    this.#lastModified =
      options?.lastModified === undefined ? Date.now() : Math.trunc(Number(options.lastModified)) || 0;
    this.#name = `${fileName}`.toWellFormed();
  }
  get name() {
    return this.#name;
  }
  get lastModified() {
    return this.#lastModified;
  }
  [inspectCustom](depth, options) {
    if (depth < 0) return this;
    const { inspect } = require('internal/util/inspect');
    const opts = { ...options, depth: options.depth == null ? null : options.depth - 1 };
    return `File ${inspect({ size: this.size, type: this.type, name: this.#name, lastModified: this.#lastModified }, opts)}`;
  }
}
for (const name of ['name', 'lastModified']) Object.defineProperty(File.prototype, name, { enumerable: true });
Object.defineProperty(File.prototype, Symbol.toStringTag, { configurable: true, value: 'File' });

const urls = new Map();
const createObjectURL = (blob) => {
  if (!isBlob(blob)) throw new codes.ERR_INVALID_ARG_TYPE('obj', 'Blob', blob);
  const id = require('crypto').randomUUID();
  urls.set(`blob:nodedata:${id}`, blob);
  return `blob:nodedata:${id}`;
};

module.exports = {
  Blob,
  createObjectURL,
  File,
  isBlob,
  resolveObjectURL: (url) => urls.get(`${url}`),
  revokeObjectURL: (url) => urls.delete(url),
};
