// fs/promises: the operations of fs, as promises, and FileHandle.

const { AbortError } = require('internal/errors');
const EventEmitter = require('events');
const { validateAbortSignal } = require('internal/validators');
const { constants } = require('internal/fs_values');
const { enqueueResult } = require('internal/timers');
const fs = require('fs');

/** Does an operation; its promise settles in the poll phase. */
const later = (operation, args, turns = 1) =>
  new Promise((resolve, reject) => {
    let result;
    try {
      result = Reflect.apply(operation, undefined, args);
    } catch (error) {
      if (error?.syscall === undefined && error?.code !== 'ERR_ACCESS_DENIED') {
        reject(error);
        return;
      }
      enqueueResult(() => reject(error));
      return;
    }
    enqueueResult(() => resolve(result), turns);
  });

const fdOf = (value) => (value instanceof FileHandle ? value.fd : value);

const promises = {};
const define = (name, operation) => {
  promises[name] = {
    async [name](...args) {
      return later(operation, args);
    },
  }[name];
  Object.defineProperty(promises[name], 'length', { value: operation.length, configurable: true });
};
for (const name of [
  'access',
  'copyFile',
  'cp',
  'opendir',
  'rename',
  'truncate',
  'rm',
  'rmdir',
  'mkdir',
  'readdir',
  'readlink',
  'symlink',
  'lstat',
  'stat',
  'statfs',
  'link',
  'unlink',
  'chmod',
  'lchmod',
  'lchown',
  'chown',
  'utimes',
  'lutimes',
  'realpath',
  'mkdtemp',
])
  define(name, fs[`${name}Sync`]);
define('open', (path, flags, mode) => new FileHandle(fs.openSync(path, flags, mode)));

const checkSignal = (options) => {
  const signal = typeof options === 'object' ? options?.signal : undefined;
  if (signal === undefined) return;
  validateAbortSignal(signal, 'options.signal');
  if (signal.aborted) throw new AbortError(undefined, { cause: signal.reason });
};
promises.readFile = async function readFile(path, options) {
  checkSignal(options);
  return later(fs.readFileSync, [fdOf(path), options], 4);
};
const collected = async (data) => {
  if (typeof data !== 'object' || data === null || ArrayBuffer.isView(data)) return data;
  if (typeof data[Symbol.asyncIterator] !== 'function' && typeof data[Symbol.iterator] !== 'function') return data;
  const pieces = [];
  for await (const piece of data) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces);
};
promises.writeFile = async function writeFile(path, data, options) {
  checkSignal(options);
  return later(fs.writeFileSync, [fdOf(path), await collected(data), options], 3);
};
promises.appendFile = async function appendFile(path, data, options) {
  checkSignal(options);
  return later(fs.appendFileSync, [fdOf(path), data, options], 3);
};
promises.glob = async function* glob(pattern, options) {
  yield* fs.globSync(pattern, options);
};
promises.watch = async function* watch(path) {
  fs.watch(path);
};
promises.mkdtempDisposable = async function mkdtempDisposable(prefix, options) {
  const path = await promises.mkdtemp(prefix, options);
  const remove = () => promises.rm(path, { recursive: true, force: true });
  return { __proto__: null, path, remove, [Symbol.asyncDispose]: remove };
};
promises.constants = constants;

class FileHandle extends EventEmitter {
  #fd;
  constructor(fd) {
    super();
    this.#fd = fd;
  }
  get fd() {
    return this.#fd;
  }
  #do(operation, ...args) {
    if (this.#fd < 0) {
      const error = new Error('file closed');
      error.code = 'EBADF';
      return Promise.reject(error);
    }
    return later(operation, [this.#fd, ...args]);
  }
  appendFile(data, options) {
    return this.#do(fs.appendFileSync, data, options);
  }
  chmod(mode) {
    return this.#do(fs.fchmodSync, mode);
  }
  chown(uid, gid) {
    return this.#do(fs.fchownSync, uid, gid);
  }
  datasync() {
    return this.#do(fs.fdatasyncSync);
  }
  sync() {
    return this.#do(fs.fsyncSync);
  }
  async read(buffer, offset, length, position) {
    if (!ArrayBuffer.isView(buffer)) {
      const options = buffer ?? {};
      buffer = options.buffer ?? Buffer.alloc(16384);
      offset = options.offset;
      length = options.length;
      position = options.position;
    } else if (typeof offset === 'object' && offset !== null) ({ offset, length, position } = offset);
    const bytesRead = await this.#do(
      fs.readSync,
      buffer,
      offset ?? 0,
      length ?? buffer.byteLength - (offset ?? 0),
      position,
    );
    return { __proto__: null, bytesRead, buffer };
  }
  async readv(buffers, position) {
    const bytesRead = await this.#do(fs.readvSync, buffers, position);
    return { __proto__: null, bytesRead, buffers };
  }
  readFile(options) {
    return this.#do(fs.readFileSync, options);
  }
  readLines(options = undefined) {
    return require('readline').createInterface({ input: this.createReadStream(options), crlfDelay: Infinity });
  }
  stat(options) {
    return this.#do(fs.fstatSync, options);
  }
  truncate(length = 0) {
    return this.#do(fs.ftruncateSync, length);
  }
  utimes(atime, mtime) {
    return this.#do(fs.futimesSync, atime, mtime);
  }
  async write(buffer, ...rest) {
    if (buffer?.byteLength === 0) return { __proto__: null, bytesWritten: 0, buffer };
    const bytesWritten = await this.#do(fs.writeSync, buffer, ...rest);
    return { __proto__: null, bytesWritten, buffer };
  }
  async writev(buffers, position) {
    const bytesWritten = await this.#do(fs.writevSync, buffers, position);
    return { __proto__: null, bytesWritten, buffers };
  }
  async writeFile(data, options) {
    return this.#do(fs.writeFileSync, await collected(data), options);
  }
  close() {
    if (this.#fd < 0) return Promise.resolve();
    const fd = this.#fd;
    this.#fd = -1;
    return later(fs.closeSync, [fd]).then(() => {
      this.emit('close');
    });
  }
  async [Symbol.asyncDispose]() {
    await this.close();
  }
  createReadStream(options) {
    return fs.createReadStream('', { ...options, fd: this.#fd });
  }
  createWriteStream(options) {
    return fs.createWriteStream('', { ...options, fd: this.#fd });
  }
  readableWebStream() {
    return require('stream').Readable.toWeb(this.createReadStream());
  }
}

module.exports = promises;
