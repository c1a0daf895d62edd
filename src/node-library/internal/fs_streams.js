// fs.ReadStream and fs.WriteStream.

const { codes } = require('internal/errors');
const { validateBoolean, validateFunction, validateInteger } = require('internal/validators');
const { finished, Readable, Writable } = require('stream');
const { Buffer } = require('buffer');
const { getOptions, toPath } = require('internal/fs_values');
const fs = require('fs');

const checkRange = (stream, options) => {
  if (options.start !== undefined) validateInteger(options.start, 'start', 0);
  if (options.end !== undefined && options.end !== Infinity) {
    validateInteger(options.end, 'end', 0);
    if (options.start !== undefined && options.start > options.end)
      throw new codes.ERR_OUT_OF_RANGE('start', `<= "end" (here: ${options.end})`, options.start);
  }
  stream.start = options.start;
  stream.end = options.end ?? Infinity;
};

const setFd = (stream, options) => {
  if (options.fd == null) {
    stream.fd = null;
    stream.fs = options.fs ?? fs;
    stream.flags = options.flags;
    stream.mode = options.mode;
    return;
  }
  stream.fs = options.fs ?? fs;
  stream.fd = typeof options.fd === 'object' ? options.fd.fd : options.fd;
  validateInteger(stream.fd, 'fd', 0, 2147483647);
};

const construct = (stream, callback) => {
  if (typeof stream.fd === 'number') {
    callback();
    return;
  }
  stream.fs.open(stream.path, stream.flags, stream.mode, (error, fd) => {
    if (error) {
      callback(error);
      return;
    }
    stream.fd = fd;
    callback();
    stream.emit('open', fd);
    stream.emit('ready');
  });
};

const close = (stream, error, callback) => {
  const { fd } = stream;
  stream.fd = null;
  if (typeof fd !== 'number') {
    callback(error);
    return;
  }
  stream.fs.close(fd, (failure) => callback(failure || error));
};

function ReadStream(path, options) {
  if (!(this instanceof ReadStream)) return new ReadStream(path, options);
  options = { ...getOptions(options, {}) };
  if (options.highWaterMark === undefined) options.highWaterMark = 64 * 1024;
  if (options.autoDestroy === undefined) options.autoDestroy = false;
  if (options.flags === undefined) options.flags = 'r';
  if (options.mode === undefined) options.mode = 0o666;
  if (options.fd == null) this.path = toPath(path);
  setFd(this, options);
  checkRange(this, options);
  this.pos = this.start;
  this.bytesRead = 0;
  this[kAutoClose] = options.autoClose ?? true;
  options.autoDestroy = this[kAutoClose];
  if (options.emitClose === undefined) options.emitClose = true;
  Reflect.apply(Readable, this, [{ ...options, signal: undefined }]);
  if (options.signal) require('stream').addAbortSignal(options.signal, this);
  if (options.encoding) this.setEncoding(options.encoding);
}
const kAutoClose = Symbol('autoClose');
Object.setPrototypeOf(ReadStream.prototype, Readable.prototype);
Object.setPrototypeOf(ReadStream, Readable);
Object.defineProperty(ReadStream.prototype, 'autoClose', {
  get() {
    return this._readableState.autoDestroy;
  },
  set(value) {
    this._readableState.autoDestroy = value;
  },
});
ReadStream.prototype._construct = function (callback) {
  construct(this, callback);
};
ReadStream.prototype._read = function (n) {
  n = this.pos !== undefined ? Math.min(this.end - this.pos + 1, n) : Math.min(this.end - this.bytesRead + 1, n);
  if (n <= 0) {
    this.push(null);
    return;
  }
  const buffer = Buffer.allocUnsafeSlow(n);
  this.fs.read(this.fd, buffer, 0, n, this.pos ?? null, (error, count) => {
    if (error) {
      require('internal/stream_destroy').errorOrDestroy(this, error);
      return;
    }
    if (count === 0) {
      this.push(null);
      return;
    }
    if (this.pos !== undefined) this.pos += count;
    this.bytesRead += count;
    this.push(count === n ? buffer : buffer.subarray(0, count));
  });
};
ReadStream.prototype._destroy = function (error, callback) {
  close(this, error, callback);
};
ReadStream.prototype.close = function (callback) {
  if (typeof callback === 'function') finished(this, callback);
  this.destroy();
};
Object.defineProperty(ReadStream.prototype, 'pending', {
  get() {
    return this.fd === null;
  },
  configurable: true,
});

function WriteStream(path, options) {
  if (!(this instanceof WriteStream)) return new WriteStream(path, options);
  options = { ...getOptions(options, {}) };
  options.decodeStrings = true;
  if (options.flags === undefined) options.flags = 'w';
  if (options.mode === undefined) options.mode = 0o666;
  if (options.fd == null) this.path = toPath(path);
  setFd(this, options);
  if (options.flush !== undefined && options.flush !== null) validateBoolean(options.flush, 'options.flush');
  if (options.start !== undefined) validateInteger(options.start, 'start', 0);
  this.start = options.start;
  this.pos = options.start;
  this.bytesWritten = 0;
  options.autoDestroy = options.autoClose ?? true;
  if (options.emitClose === undefined) options.emitClose = true;
  Reflect.apply(Writable, this, [{ ...options, signal: undefined }]);
  if (options.signal) require('stream').addAbortSignal(options.signal, this);
  if (options.encoding) this.setDefaultEncoding(options.encoding);
}
Object.setPrototypeOf(WriteStream.prototype, Writable.prototype);
Object.setPrototypeOf(WriteStream, Writable);
Object.defineProperty(WriteStream.prototype, 'autoClose', {
  get() {
    return this._writableState.autoDestroy;
  },
  set(value) {
    this._writableState.autoDestroy = value;
  },
});
WriteStream.prototype._construct = function (callback) {
  construct(this, callback);
};
WriteStream.prototype._write = function (data, _encoding, callback) {
  const writeRest = (offset) =>
    this.fs.write(this.fd, data, offset, data.length - offset, this.pos ?? null, (error, count) => {
      if (error) {
        callback(error);
        return;
      }
      this.bytesWritten += count;
      if (this.pos !== undefined) this.pos += count;
      if (offset + count < data.length) writeRest(offset + count);
      else callback();
    });
  writeRest(0);
};
WriteStream.prototype._destroy = function (error, callback) {
  close(this, error, callback);
};
WriteStream.prototype.close = function (callback) {
  if (callback) {
    validateFunction(callback, 'cb');
    if (this.closed) {
      process.nextTick(callback);
      return;
    }
    this.on('close', callback);
  }
  if (!this.autoClose) this.on('finish', this.destroy);
  this.end();
};
WriteStream.prototype.destroySoon = WriteStream.prototype.end;
Object.defineProperty(WriteStream.prototype, 'pending', {
  get() {
    return this.fd === null;
  },
  configurable: true,
});

module.exports = {
  ReadStream,
  WriteStream,
  createReadStream: function createReadStream(path, options) {
    return new ReadStream(path, options);
  },
  createWriteStream: function createWriteStream(path, options) {
    return new WriteStream(path, options);
  },
};
