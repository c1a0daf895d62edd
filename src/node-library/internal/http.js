// http's messages: headers, bodies, framing. A response is written to the socket that it is assigned; nothing here opens one.

const { codes } = require('internal/errors');
const { validateString } = require('internal/validators');
const { Readable, Stream } = require('stream');
const { METHODS, STATUS_CODES } = require('internal/http_tables');

const token = /^[\^_`a-zA-Z\-0-9!#$%&'*+.|~]+$/;
const badValue = /[^\t\x20-\x7e\x80-\xff]/;

const validateHeaderName = (name, label = 'Header name') => {
  if (typeof name !== 'string' || !name || !token.test(name)) throw new codes.ERR_INVALID_HTTP_TOKEN(label, name);
};
const validateHeaderValue = (name, value) => {
  if (value === undefined) throw new codes.ERR_HTTP_INVALID_HEADER_VALUE(value, name);
  if (badValue.test(value)) throw new codes.ERR_INVALID_CHAR('header content', name);
};

// --- incoming -------------------------------------------------------------------------------------------------------------------

/** Headers whose second appearance is dropped. */
const onlyFirst = new Set([
  'age',
  'authorization',
  'content-length',
  'content-type',
  'etag',
  'expires',
  'from',
  'host',
  'if-modified-since',
  'if-unmodified-since',
  'last-modified',
  'location',
  'max-forwards',
  'proxy-authorization',
  'referer',
  'retry-after',
  'server',
  'user-agent',
]);

class IncomingMessage extends Readable {
  constructor(socket) {
    super({ autoDestroy: true, highWaterMark: socket?.readableHighWaterMark });
    this._readableState.readingMore = true;
    this.socket = socket;
    this.httpVersionMajor = null;
    this.httpVersionMinor = null;
    this.httpVersion = null;
    this.complete = false;
    this.rawHeaders = [];
    this.rawTrailers = [];
    this.joinDuplicateHeaders = false;
    this.aborted = false;
    this.upgrade = null;
    this.url = '';
    this.method = null;
    this.statusCode = null;
    this.statusMessage = null;
    this.client = socket;
    this._consuming = false;
    this._dumped = false;
  }
  #headers;
  #trailers;
  get connection() {
    return this.socket;
  }
  set connection(value) {
    this.socket = value;
  }
  get headers() {
    if (this.#headers === undefined) {
      this.#headers = {};
      for (let i = 0; i < this.rawHeaders.length; i += 2)
        this._addHeaderLine(this.rawHeaders[i], this.rawHeaders[i + 1], this.#headers);
    }
    return this.#headers;
  }
  set headers(value) {
    this.#headers = value;
  }
  get headersDistinct() {
    const result = Object.create(null);
    for (let i = 0; i < this.rawHeaders.length; i += 2) {
      const name = this.rawHeaders[i].toLowerCase();
      result[name] ??= [];
      result[name].push(this.rawHeaders[i + 1]);
    }
    return result;
  }
  get trailers() {
    this.#trailers ??= {};
    return this.#trailers;
  }
  set trailers(value) {
    this.#trailers = value;
  }
  get trailersDistinct() {
    return Object.create(null);
  }
  setTimeout(milliseconds, callback) {
    if (callback) this.on('timeout', callback);
    this.socket?.setTimeout?.(milliseconds);
    return this;
  }
  _read() {
    if (!this._consuming) {
      this._readableState.readingMore = false;
      this._consuming = true;
    }
    if (this.socket?.readable) this.socket.resume?.();
  }
  _destroy(error, callback) {
    if (!this.readableEnded || !this.complete) {
      this.aborted = true;
      this.emit('aborted');
    }
    process.nextTick(callback, error);
  }
  _addHeaderLine(field, value, target) {
    const name = field.toLowerCase();
    if (name === 'set-cookie') {
      target[name] ??= [];
      target[name].push(value);
    } else if (target[name] === undefined) target[name] = value;
    else if (!onlyFirst.has(name)) target[name] += `${name === 'cookie' ? '; ' : ', '}${value}`;
  }
  _dump() {
    this._dumped = true;
    this.resume();
  }
}

// --- outgoing -------------------------------------------------------------------------------------------------------------------

const kHeaders = Symbol('headers');
const kSent = Symbol('sent');

class OutgoingMessage extends Stream {
  constructor(options) {
    super();
    void options;
    this.outputData = [];
    this.outputSize = 0;
    this.writable = true;
    this.destroyed = false;
    this._last = false;
    this.chunkedEncoding = false;
    this.shouldKeepAlive = true;
    this.maxRequestsOnConnectionReached = false;
    this._defaultKeepAlive = true;
    this.useChunkedEncodingByDefault = true;
    this.sendDate = false;
    this._removedConnection = false;
    this._removedContLen = false;
    this._removedTE = false;
    this.strictContentLength = false;
    this._contentLength = null;
    this._hasBody = true;
    this._trailer = '';
    this.finished = false;
    this._headerSent = false;
    this._closed = false;
    this.socket = null;
    this._header = null;
    this[kHeaders] = null;
    this[kSent] = 0;
    this._keepAliveTimeout = 0;
  }
  get errored() {
    return null;
  }
  get closed() {
    return this._closed;
  }
  get writableFinished() {
    return this.finished && this.outputSize === 0 && (!this.socket || this.socket.writableLength === 0);
  }
  get writableObjectMode() {
    return false;
  }
  get writableLength() {
    return this.outputSize + (this.socket?.writableLength ?? 0);
  }
  get writableHighWaterMark() {
    return this.socket?.writableHighWaterMark ?? 65536;
  }
  get writableCorked() {
    return 0;
  }
  get writableEnded() {
    return this.finished;
  }
  get writableNeedDrain() {
    return false;
  }
  get connection() {
    return this.socket;
  }
  set connection(value) {
    this.socket = value;
  }
  get headersSent() {
    return !!this._header;
  }
  get _headers() {
    return this.getHeaders();
  }
  get _headerNames() {
    return this.getHeaderNames();
  }
  cork() {
    this.socket?.cork?.();
  }
  uncork() {
    this.socket?.uncork?.();
  }
  setTimeout(milliseconds, callback) {
    if (callback) this.on('timeout', callback);
    this.socket?.setTimeout?.(milliseconds);
    return this;
  }
  destroy(error) {
    if (this.destroyed) return this;
    this.destroyed = true;
    if (this.socket) this.socket.destroy(error);
    return this;
  }
  setHeader(name, value) {
    if (this._header) throw new codes.ERR_HTTP_HEADERS_SENT('set');
    validateHeaderName(name);
    if (Array.isArray(value)) for (const item of value) validateHeaderValue(name, item);
    else validateHeaderValue(name, value);
    this[kHeaders] ??= { __proto__: null };
    this[kHeaders][name.toLowerCase()] = [name, value];
    return this;
  }
  setHeaders(headers) {
    if (this._header) throw new codes.ERR_HTTP_HEADERS_SENT('set');
    if (!headers || Array.isArray(headers) || typeof headers.keys !== 'function' || typeof headers.get !== 'function')
      throw new codes.ERR_INVALID_ARG_TYPE('headers', ['Headers', 'Map'], headers);
    for (const name of headers.keys()) this.setHeader(name, headers.get(name));
    return this;
  }
  appendHeader(name, value) {
    if (this._header) throw new codes.ERR_HTTP_HEADERS_SENT('append');
    validateHeaderName(name);
    for (const item of [].concat(value)) validateHeaderValue(name, item);
    this[kHeaders] ??= { __proto__: null };
    const known = this[kHeaders][name.toLowerCase()];
    if (known === undefined) this[kHeaders][name.toLowerCase()] = [name, value];
    else known[1] = [].concat(known[1], value);
    return this;
  }
  getHeader(name) {
    validateString(name, 'name');
    return this[kHeaders]?.[name.toLowerCase()]?.[1];
  }
  getHeaderNames() {
    return this[kHeaders] === null ? [] : Object.keys(this[kHeaders]);
  }
  getRawHeaderNames() {
    return this[kHeaders] === null ? [] : Object.values(this[kHeaders]).map(([name]) => name);
  }
  getHeaders() {
    const result = { __proto__: null };
    for (const name of this.getHeaderNames()) result[name] = this[kHeaders][name][1];
    return result;
  }
  hasHeader(name) {
    validateString(name, 'name');
    return this[kHeaders] !== null && name.toLowerCase() in this[kHeaders];
  }
  removeHeader(name) {
    validateString(name, 'name');
    if (this._header) throw new codes.ERR_HTTP_HEADERS_SENT('remove');
    const key = name.toLowerCase();
    if (key === 'connection') this._removedConnection = true;
    else if (key === 'content-length') this._removedContLen = true;
    else if (key === 'transfer-encoding') this._removedTE = true;
    else if (key === 'date') this.sendDate = false;
    if (this[kHeaders] !== null) delete this[kHeaders][key];
  }
  _send(data, encoding, callback) {
    if (!this._headerSent) {
      this._headerSent = true;
      if (typeof data === 'string' && (encoding === 'utf8' || encoding === 'latin1' || !encoding))
        data = this._header + data;
      else this._writeRaw(this._header, 'latin1');
    }
    return this._writeRaw(data, encoding, callback);
  }
  _writeRaw(data, encoding, callback) {
    if (this.socket && this.socket._httpMessage === this && this.socket.writable) {
      this._flushOutput(this.socket);
      return this.socket.write(data, encoding, callback);
    }
    this.outputData.push({ data, encoding, callback });
    this.outputSize += data.length;
    return this.outputSize < 65536;
  }
  _flushOutput(socket) {
    const pending = this.outputData;
    this.outputData = [];
    this.outputSize = 0;
    for (const { data, encoding, callback } of pending) socket.write(data, encoding, callback);
  }
  _flush() {
    if (!this.socket?.writable) return;
    this._flushOutput(this.socket);
    if (this.finished) this._finish();
    else this.emit('drain');
  }
  _finish() {
    this.emit('prefinish');
  }
  /** The head: the first line and the headers, with what follows from them. */
  _storeHeader(firstLine, headers) {
    const has = { connection: false, length: false, encoding: false, date: false, expect: false };
    let text = firstLine;
    const add = (name, value) => {
      const key = name.toLowerCase();
      if (key === 'connection') {
        has.connection = true;
        this._removedConnection = false;
        if (/close/i.test(value)) this._last = true;
        else this.shouldKeepAlive = true;
      } else if (key === 'transfer-encoding') {
        has.encoding = true;
        this._removedTE = false;
        if (/chunked/i.test(value)) this.chunkedEncoding = true;
      } else if (key === 'content-length') {
        has.length = true;
        this._contentLength = +value;
        this._removedContLen = false;
      } else if (key === 'date') has.date = true;
      text += `${name}: ${value}\r\n`;
    };
    const addAll = (name, value) => {
      if (Array.isArray(value) && name.toLowerCase() !== 'cookie') for (const item of value) add(name, item);
      else add(name, Array.isArray(value) ? value.join('; ') : value);
    };
    if (headers === this[kHeaders])
      for (const key of Object.keys(headers ?? {})) addAll(headers[key][0], headers[key][1]);
    else if (Array.isArray(headers)) {
      if (Array.isArray(headers[0])) for (const [name, value] of headers) addAll(name, value);
      else for (let i = 0; i < headers.length; i += 2) addAll(headers[i], headers[i + 1]);
    } else for (const name of Object.keys(headers ?? {})) addAll(name, headers[name]);
    if (this.sendDate && !has.date) text += `Date: ${new Date().toUTCString()}\r\n`;
    if (this.chunkedEncoding && (this.statusCode === 204 || this.statusCode === 304)) {
      this.chunkedEncoding = false;
      this.shouldKeepAlive = false;
    }
    if (this._removedConnection) {
      this._last = !this.shouldKeepAlive;
    } else if (!has.connection) {
      const keep = this.shouldKeepAlive && (has.length || this.useChunkedEncodingByDefault || this.agent);
      if (keep) {
        text += 'Connection: keep-alive\r\n';
        if (this._keepAliveTimeout && this._defaultKeepAlive)
          text += `Keep-Alive: timeout=${Math.floor(this._keepAliveTimeout / 1000)}\r\n`;
      } else {
        this._last = true;
        text += 'Connection: close\r\n';
      }
    }
    if (!has.length && !has.encoding) {
      if (!this._hasBody) this.chunkedEncoding = false;
      else if (!this.useChunkedEncodingByDefault) this._last = true;
      else if (!this._trailer && !this._removedContLen && typeof this._contentLength === 'number')
        text += `Content-Length: ${this._contentLength}\r\n`;
      else if (!this._removedTE) {
        text += 'Transfer-Encoding: chunked\r\n';
        this.chunkedEncoding = true;
      }
    }
    this._header = `${text}\r\n`;
    this._headerSent = false;
  }
  write(chunk, encoding, callback) {
    if (typeof encoding === 'function') {
      callback = encoding;
      encoding = null;
    }
    return writeChunk(this, chunk, encoding, callback, false);
  }
  addTrailers(headers) {
    this._trailer = '';
    for (const [name, value] of Array.isArray(headers) ? headers : Object.entries(headers)) {
      validateHeaderName(name, 'Trailer name');
      this._trailer += `${name}: ${value}\r\n`;
    }
  }
  end(chunk, encoding, callback) {
    if (typeof chunk === 'function') {
      callback = chunk;
      chunk = null;
      encoding = null;
    } else if (typeof encoding === 'function') {
      callback = encoding;
      encoding = null;
    }
    if (chunk) {
      if (this.finished) {
        const error = new codes.ERR_STREAM_WRITE_AFTER_END();
        if (typeof callback === 'function') process.nextTick(callback, error);
        return this;
      }
      writeChunk(this, chunk, encoding, null, true);
    } else if (this.finished) {
      if (typeof callback === 'function') process.nextTick(callback, new codes.ERR_STREAM_ALREADY_FINISHED('end'));
      return this;
    } else if (!this._header) {
      this._contentLength = 0;
      this._implicitHeader();
    }
    if (typeof callback === 'function') this.once('finish', callback);
    const finish = () => {
      if (!this._closedFinish) {
        this._closedFinish = true;
        this.emit('finish');
      }
    };
    if (this._hasBody && this.chunkedEncoding) this._send(`0\r\n${this._trailer}\r\n`, 'latin1', finish);
    else if (!this._headerSent || !chunk) this._send('', 'latin1', finish);
    else process.nextTick(finish);
    this.finished = true;
    if (this.socket && this.socket._httpMessage === this) this._finish();
    return this;
  }
  flushHeaders() {
    if (!this._header) this._implicitHeader();
    this._send('');
  }
  pipe() {
    this.emit('error', new codes.ERR_STREAM_CANNOT_PIPE());
  }
  _implicitHeader() {
    throw new codes.ERR_METHOD_NOT_IMPLEMENTED('_implicitHeader()');
  }
}

const writeChunk = (message, chunk, encoding, callback, isEnd) => {
  if (typeof callback !== 'function') callback = () => {};
  if (chunk === null) throw new codes.ERR_STREAM_NULL_VALUES();
  if (typeof chunk !== 'string' && !(ArrayBuffer.isView(chunk) && chunk instanceof Uint8Array))
    throw new codes.ERR_INVALID_ARG_TYPE('chunk', ['string', 'Buffer', 'Uint8Array'], chunk);
  let failure;
  if (message.finished) failure = new codes.ERR_STREAM_WRITE_AFTER_END();
  else if (message.destroyed) failure = new codes.ERR_STREAM_DESTROYED('write');
  if (failure) {
    process.nextTick(() => {
      if (!message.destroyed) message.emit('error', failure);
      callback(failure);
    });
    return false;
  }
  const length = typeof chunk === 'string' ? Buffer.byteLength(chunk, encoding ?? 'utf8') : chunk.length;
  if (!message._header) {
    if (isEnd) message._contentLength = length;
    message._implicitHeader();
  }
  if (!message._hasBody) {
    process.nextTick(callback);
    return true;
  }
  if (!isEnd && message.socket && !message.socket.writableCorked) {
    message.socket.cork?.();
    process.nextTick(() => message.socket?.uncork?.());
  }
  if (message.chunkedEncoding && length !== 0) {
    message._send(`${length.toString(16)}\r\n`, 'latin1');
    message._send(chunk, encoding);
    return message._send('\r\n', 'latin1', callback);
  }
  return message._send(chunk, encoding, callback);
};

class ServerResponse extends OutgoingMessage {
  constructor(request, options) {
    super(options);
    if (request.method === 'HEAD') this._hasBody = false;
    this.req = request;
    this.sendDate = true;
    this._sent100 = false;
    this._expect_continue = false;
    if (request.httpVersionMajor < 1 || request.httpVersionMinor < 1) {
      this.useChunkedEncodingByDefault = /chunked/i.test(request.headers.te);
      this.shouldKeepAlive = false;
    }
    this.statusCode = 200;
    this.statusMessage = undefined;
  }
  _implicitHeader() {
    this.writeHead(this.statusCode);
  }
  _finish() {
    super._finish();
  }
  assignSocket(socket) {
    if (socket._httpMessage) throw new codes.ERR_HTTP_SOCKET_ASSIGNED();
    socket._httpMessage = this;
    socket.on?.('close', () => {
      if (this._closed) return;
      this.destroyed = true;
      this._closed = true;
      this.emit('close');
    });
    this.socket = socket;
    this.emit('socket', socket);
    this._flush();
  }
  detachSocket(socket) {
    socket._httpMessage = null;
    this.socket = null;
  }
  writeContinue(callback) {
    this._writeRaw('HTTP/1.1 100 Continue\r\n\r\n', 'latin1', callback);
    this._sent100 = true;
  }
  writeProcessing(callback) {
    this._writeRaw('HTTP/1.1 102 Processing\r\n\r\n', 'latin1', callback);
  }
  writeEarlyHints(hints, callback) {
    let head = 'HTTP/1.1 103 Early Hints\r\n';
    for (const [name, value] of Object.entries(hints)) head += `${name}: ${[].concat(value).join(', ')}\r\n`;
    this._writeRaw(`${head}\r\n`, 'latin1', callback);
  }
  writeHead(statusCode, reason, headers) {
    if (this._header) throw new codes.ERR_HTTP_HEADERS_SENT('write');
    const original = statusCode;
    statusCode |= 0;
    if (statusCode < 100 || statusCode > 999) throw new codes.ERR_HTTP_INVALID_STATUS_CODE(original);
    if (typeof reason === 'string') this.statusMessage = reason;
    else {
      this.statusMessage ||= STATUS_CODES[statusCode] || 'unknown';
      headers ??= reason;
    }
    this.statusCode = statusCode;
    let list = headers;
    if (this[kHeaders] !== null) {
      if (Array.isArray(headers)) {
        for (let i = 0; i < headers.length; i += 2) this.removeHeader(headers[i]);
        for (let i = 0; i < headers.length; i += 2) if (headers[i]) this.appendHeader(headers[i], headers[i + 1]);
      } else if (headers) for (const name of Object.keys(headers)) if (name) this.setHeader(name, headers[name]);
      list = this[kHeaders];
    }
    if (badValue.test(this.statusMessage)) throw new codes.ERR_INVALID_CHAR('statusMessage');
    if (statusCode === 204 || statusCode === 304 || statusCode < 200) this._hasBody = false;
    if (this._expect_continue && !this._sent100) this.shouldKeepAlive = false;
    this._storeHeader(`HTTP/1.1 ${statusCode} ${this.statusMessage}\r\n`, list ?? {});
    return this;
  }
  writeHeader(...args) {
    return this.writeHead(...args);
  }
}
const callable = require('internal/callable');

module.exports = {
  callable,
  IncomingMessage: callable(IncomingMessage),
  METHODS,
  OutgoingMessage: callable(OutgoingMessage),
  ServerResponse: callable(ServerResponse),
  STATUS_CODES,
  validateHeaderName,
  validateHeaderValue,
};
