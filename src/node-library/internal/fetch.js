// fetch and its classes: Headers, Request, Response and FormData are whole; nothing goes out.

const { Event } = require('internal/event_target');
const { Blob, File, isBlob } = require('internal/blob');
const refused = require('internal/refused');
const inspectCustom = Symbol.for('nodejs.util.inspect.custom');

const token = /^[!#$%&'*+\-.^_`|~A-Za-z0-9]+$/;
const normalize = (value) => `${value}`.replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '');

class Headers {
  #list = new Map();
  constructor(init = undefined) {
    if (init == null) {
      if (init === null)
        throw new TypeError(
          'Headers constructor: init given null is not one of sequence<sequence<ByteString>>, record<ByteString, ByteString>.',
        );
      return;
    }
    if (typeof init !== 'object') throw new TypeError('Headers constructor: init given is not an object.');
    if (typeof init[Symbol.iterator] === 'function')
      for (const pair of init) {
        const items = [...pair];
        if (items.length !== 2)
          throw new TypeError(`Headers constructor: expected name/value pair to be length 2, found ${items.length}.`);
        this.append(items[0], items[1]);
      }
    else for (const key of Object.keys(init)) this.append(key, init[key]);
  }
  static #check(name, value, method) {
    if (!token.test(name)) throw new TypeError(`Headers.${method}: ${name} is an invalid header name.`);
    if (value !== undefined && /[\0\r\n]/.test(value))
      throw new TypeError(`Headers.${method}: ${value} is an invalid header value.`);
  }
  append(name, value) {
    name = `${name}`;
    value = normalize(value);
    Headers.#check(name, value, 'append');
    const key = name.toLowerCase();
    const known = this.#list.get(key);
    if (known === undefined) this.#list.set(key, key === 'set-cookie' ? [value] : value);
    else if (key === 'set-cookie') known.push(value);
    else this.#list.set(key, `${known}${key === 'cookie' ? '; ' : ', '}${value}`);
  }
  delete(name) {
    Headers.#check(`${name}`, undefined, 'delete');
    this.#list.delete(`${name}`.toLowerCase());
  }
  get(name) {
    Headers.#check(`${name}`, undefined, 'get');
    const value = this.#list.get(`${name}`.toLowerCase());
    return value === undefined ? null : Array.isArray(value) ? value.join(', ') : value;
  }
  getSetCookie() {
    return this.#list.get('set-cookie')?.slice() ?? [];
  }
  has(name) {
    Headers.#check(`${name}`, undefined, 'has');
    return this.#list.has(`${name}`.toLowerCase());
  }
  set(name, value) {
    value = normalize(value);
    Headers.#check(`${name}`, value, 'set');
    const key = `${name}`.toLowerCase();
    this.#list.set(key, key === 'set-cookie' ? [value] : value);
  }
  #sorted() {
    return [...this.#list]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([name, value]) => (Array.isArray(value) ? value.map((item) => [name, item]) : [[name, value]]));
  }
  *entries() {
    yield* this.#sorted();
  }
  *keys() {
    for (const [name] of this.#sorted()) yield name;
  }
  *values() {
    for (const [, value] of this.#sorted()) yield value;
  }
  forEach(callback, thisArg) {
    for (const [name, value] of this.#sorted()) callback.call(thisArg, value, name, this);
  }
  [inspectCustom](depth, options) {
    const { inspect } = require('internal/util/inspect');
    return `Headers ${inspect(Object.fromEntries(this.#sorted()), { ...options, depth })}`;
  }
}
Object.defineProperty(Headers.prototype, Symbol.iterator, {
  value: Headers.prototype.entries,
  writable: true,
  configurable: true,
});
Object.defineProperty(Headers.prototype, Symbol.toStringTag, { value: 'Headers', configurable: true });

class FormData {
  #list = [];
  constructor(form = undefined) {
    if (form !== undefined)
      throw new TypeError('FormData constructor: Argument 1 could not be converted to: undefined.');
  }
  static #entry(value, filename) {
    if (!isBlob(value)) return `${value}`.toWellFormed();
    if (value instanceof File && filename === undefined) return value;
    return new File([value], filename ?? 'blob', { type: value.type });
  }
  append(name, value, filename) {
    this.#list.push([`${name}`, FormData.#entry(value, filename)]);
  }
  delete(name) {
    this.#list = this.#list.filter(([key]) => key !== `${name}`);
  }
  get(name) {
    return this.#list.find(([key]) => key === `${name}`)?.[1] ?? null;
  }
  getAll(name) {
    return this.#list.filter(([key]) => key === `${name}`).map(([, value]) => value);
  }
  has(name) {
    return this.#list.some(([key]) => key === `${name}`);
  }
  set(name, value, filename) {
    const at = this.#list.findIndex(([key]) => key === `${name}`);
    const entry = [`${name}`, FormData.#entry(value, filename)];
    if (at < 0) this.#list.push(entry);
    else {
      this.#list[at] = entry;
      this.#list = this.#list.filter(([key], i) => i <= at || key !== `${name}`);
    }
  }
  *entries() {
    yield* this.#list;
  }
  *keys() {
    for (const [key] of this.#list) yield key;
  }
  *values() {
    for (const [, value] of this.#list) yield value;
  }
  forEach(callback, thisArg) {
    for (const [key, value] of this.#list) callback.call(thisArg, value, key, this);
  }
}
Object.defineProperty(FormData.prototype, Symbol.iterator, {
  value: FormData.prototype.entries,
  writable: true,
  configurable: true,
});
Object.defineProperty(FormData.prototype, Symbol.toStringTag, { value: 'FormData', configurable: true });

/** The bytes of a body and its type. */
const bodyOf = (body) => {
  if (body == null) return { bytes: null, type: null };
  if (typeof body === 'string') return { bytes: Buffer.from(body), type: 'text/plain;charset=UTF-8' };
  if (body instanceof URLSearchParams)
    return { bytes: Buffer.from(body.toString()), type: 'application/x-www-form-urlencoded;charset=UTF-8' };
  if (isBlob(body)) return { bytes: body.arrayBuffer().then((buffer) => Buffer.from(buffer)), type: body.type || null };
  if (ArrayBuffer.isView(body))
    return { bytes: Buffer.from(Buffer.from(body.buffer, body.byteOffset, body.byteLength)), type: null };
  if (internalBinding('util').isAnyArrayBuffer(body)) return { bytes: Buffer.from(body.slice(0)), type: null };
  if (body instanceof FormData) {
    const boundary = `----formdata-${Math.random().toString().slice(2)}`;
    const pieces = Promise.all(
      [...body].map(async ([name, value]) => {
        const shown = name.replace(/\r\n|\r|\n/g, '%0D%0A').replaceAll('"', '%22');
        if (typeof value === 'string')
          return Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${shown}"\r\n\r\n${value}\r\n`);
        return Buffer.concat([
          Buffer.from(
            `--${boundary}\r\nContent-Disposition: form-data; name="${shown}"; filename="${value.name}"\r\nContent-Type: ${value.type || 'application/octet-stream'}\r\n\r\n`,
          ),
          Buffer.from(await value.arrayBuffer()),
          Buffer.from('\r\n'),
        ]);
      }),
    );
    return {
      bytes: pieces.then((list) => Buffer.concat([...list, Buffer.from(`--${boundary}--\r\n`)])),
      type: `multipart/form-data; boundary=${boundary}`,
    };
  }
  if (typeof body?.getReader === 'function' || typeof body?.[Symbol.asyncIterator] === 'function')
    return { stream: body, type: null };
  return { bytes: Buffer.from(`${body}`), type: 'text/plain;charset=UTF-8' };
};

const bodies = new WeakMap();
class Body {
  get body() {
    const state = bodies.get(this);
    if (state.bytes === null && state.stream === undefined) return null;
    state.stream ??= new (require('stream/web').ReadableStream)({
      type: 'bytes',
      async start(controller) {
        const bytes = await state.bytes;
        if (bytes.length > 0) controller.enqueue(new Uint8Array(bytes));
        controller.close();
      },
    });
    return state.stream;
  }
  get bodyUsed() {
    return bodies.get(this).used;
  }
  async #consume() {
    const state = bodies.get(this);
    if (state.used) throw new TypeError('Body is unusable: Body has already been read');
    if (state.bytes === null && state.stream === undefined) return Buffer.alloc(0);
    state.used = true;
    if (state.stream !== undefined) return require('stream/consumers').buffer(state.stream);
    return state.bytes;
  }
  async arrayBuffer() {
    const bytes = await this.#consume();
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  }
  async blob() {
    return new Blob([await this.#consume()], { type: this.headers.get('content-type') ?? '' });
  }
  async bytes() {
    return new Uint8Array(await this.arrayBuffer());
  }
  async formData() {
    const type = this.headers.get('content-type') ?? '';
    const text = (await this.#consume()).toString();
    const data = new FormData();
    if (/^application\/x-www-form-urlencoded/i.test(type)) {
      for (const [name, value] of new URLSearchParams(text)) data.append(name, value);
      return data;
    }
    const boundary = /boundary="?([^";]+)"?/i.exec(type)?.[1];
    if (boundary === undefined)
      throw new TypeError('Content-Type was not one of "multipart/form-data" or "application/x-www-form-urlencoded".');
    for (const part of text.split(`--${boundary}`).slice(1, -1)) {
      const at = part.indexOf('\r\n\r\n');
      const head = part.slice(2, at);
      const value = part.slice(at + 4, -2);
      const name = /name="([^"]*)"/i.exec(head)?.[1] ?? '';
      const filename = /filename="([^"]*)"/i.exec(head)?.[1];
      if (filename === undefined) data.append(name, value);
      else data.append(name, new File([value], filename, { type: /content-type:\s*(\S+)/i.exec(head)?.[1] ?? '' }));
    }
    return data;
  }
  async json() {
    return JSON.parse((await this.#consume()).toString());
  }
  async text() {
    return new TextDecoder().decode(await this.#consume());
  }
}
const setBody = (self, body, headers) => {
  const { bytes, stream, type } = bodyOf(body);
  bodies.set(self, { bytes: bytes ?? null, stream, used: false, source: body });
  if (type !== null && !headers.has('content-type')) headers.set('content-type', type);
};
const copyBody = (self, from) => {
  const state = bodies.get(from);
  if (state.used) throw new TypeError('Response.clone: Body has already been consumed.');
  if (state.stream !== undefined && state.bytes == null) {
    const [a, b] = state.stream.tee();
    state.stream = a;
    bodies.set(self, { bytes: null, stream: b, used: false });
  } else bodies.set(self, { bytes: state.bytes, stream: undefined, used: false });
};

class Response extends Body {
  #init;
  constructor(body = null, init = {}) {
    super();
    const { status = 200, statusText = '', headers } = init ?? {};
    if (!(status >= 200 && status <= 599))
      throw new RangeError('init["status"] must be in the range of 200 to 599, inclusive.');
    this.#init = {
      status: Number(status),
      statusText: `${statusText}`,
      headers: new Headers(headers),
      type: 'default',
      url: '',
      redirected: false,
    };
    if (body != null && [101, 204, 205, 304].includes(Number(status)))
      throw new TypeError(`Response constructor: Invalid response status code ${status}`);
    setBody(this, body, this.#init.headers);
  }
  static error() {
    const response = new Response();
    response.#init.type = 'error';
    response.#init.status = 0;
    return response;
  }
  static json(data, init = {}) {
    const text = JSON.stringify(data);
    if (text === undefined) throw new TypeError('Response.json: Value is not JSON serializable');
    const response = new Response(text, init);
    if (!new Headers(init?.headers).has('content-type')) response.headers.set('content-type', 'application/json');
    return response;
  }
  static redirect(url, status = 302) {
    const parsed = new URL(`${url}`);
    if (![301, 302, 303, 307, 308].includes(status)) throw new RangeError(`Invalid status code ${status}`);
    const response = new Response(null, { status: 200 });
    response.#init.status = status;
    response.headers.set('location', parsed.href);
    return response;
  }
  get type() {
    return this.#init.type;
  }
  get url() {
    return this.#init.url;
  }
  get redirected() {
    return this.#init.redirected;
  }
  get status() {
    return this.#init.status;
  }
  get ok() {
    return this.#init.status >= 200 && this.#init.status <= 299;
  }
  get statusText() {
    return this.#init.statusText;
  }
  get headers() {
    return this.#init.headers;
  }
  clone() {
    const copy = new Response(null, {
      status: this.status === 0 ? 200 : this.status,
      statusText: this.statusText,
      headers: this.headers,
    });
    copyBody(copy, this);
    return copy;
  }
}
Object.defineProperty(Response.prototype, Symbol.toStringTag, { value: 'Response', configurable: true });

class Request extends Body {
  #init;
  constructor(input, init = {}) {
    super();
    if (arguments.length === 0) throw new TypeError('Request constructor: 1 argument required, but only 0 present.');
    let base = {};
    let url;
    if (input instanceof Request) {
      base = input.#init;
      url = base.url;
    } else {
      try {
        url = new URL(`${input}`);
      } catch (error) {
        throw new TypeError(`Failed to parse URL from ${input}`, { cause: error });
      }
      if (url.username || url.password)
        throw new TypeError(`Request cannot be constructed from a URL that includes credentials: ${input}`);
      url = url.href;
    }
    const method = init.method ?? base.method ?? 'GET';
    if (!token.test(`${method}`)) throw new TypeError(`'${method}' is not a valid HTTP method.`);
    const upper = /^(?:delete|get|head|options|post|put)$/i.test(method) ? `${method}`.toUpperCase() : `${method}`;
    const pick = (name, fallback) => init[name] ?? base[name] ?? fallback;
    this.#init = {
      url,
      method: upper,
      headers: new Headers(init.headers ?? base.headers),
      redirect: pick('redirect', 'follow'),
      credentials: pick('credentials', 'same-origin'),
      mode: pick('mode', 'cors'),
      cache: pick('cache', 'default'),
      referrer: pick('referrer', 'about:client'),
      referrerPolicy: pick('referrerPolicy', ''),
      integrity: pick('integrity', ''),
      keepalive: pick('keepalive', false),
      signal: init.signal ?? base.signal ?? new AbortController().signal,
      duplex: 'half',
    };
    if (init.body != null && (upper === 'GET' || upper === 'HEAD'))
      throw new TypeError('Request with GET/HEAD method cannot have body.');
    if (init.body === undefined && input instanceof Request) copyBody(this, input);
    else setBody(this, init.body ?? null, this.#init.headers);
  }
  get method() {
    return this.#init.method;
  }
  get url() {
    return this.#init.url;
  }
  get headers() {
    return this.#init.headers;
  }
  get destination() {
    return '';
  }
  get referrer() {
    return this.#init.referrer;
  }
  get referrerPolicy() {
    return this.#init.referrerPolicy;
  }
  get mode() {
    return this.#init.mode;
  }
  get credentials() {
    return this.#init.credentials;
  }
  get cache() {
    return this.#init.cache;
  }
  get redirect() {
    return this.#init.redirect;
  }
  get integrity() {
    return this.#init.integrity;
  }
  get keepalive() {
    return this.#init.keepalive;
  }
  get signal() {
    return this.#init.signal;
  }
  get duplex() {
    return this.#init.duplex;
  }
  clone() {
    return new Request(this);
  }
}
Object.defineProperty(Request.prototype, Symbol.toStringTag, { value: 'Request', configurable: true });

async function fetch(input, init = undefined) {
  const request = new Request(input, init);
  if (request.signal.aborted) throw request.signal.reason;
  if (request.url.startsWith('data:')) {
    const parts = /^data:([^,]*?)(;base64)?,(.*)$/s.exec(request.url);
    if (parts === null) throw new TypeError('fetch failed');
    const bytes = parts[2] ? Buffer.from(parts[3], 'base64') : Buffer.from(decodeURIComponent(parts[3]));
    return new Response(bytes, { headers: { 'content-type': parts[1] || 'text/plain;charset=US-ASCII' } });
  }
  throw new TypeError('fetch failed', { cause: refused.net(new URL(request.url).host) });
}

class CloseEvent extends Event {
  #init;
  constructor(type, init = {}) {
    super(type, init);
    this.#init = { wasClean: false, code: 0, reason: '', ...init };
  }
  get wasClean() {
    return this.#init.wasClean;
  }
  get code() {
    return this.#init.code;
  }
  get reason() {
    return this.#init.reason;
  }
}
class WebSocket extends EventTarget {
  static CONNECTING = 0;
  static OPEN = 1;
  static CLOSING = 2;
  static CLOSED = 3;
  constructor(url) {
    if (arguments.length === 0) throw new TypeError('WebSocket constructor: 1 argument required, but only 0 present.');
    super();
    throw refused.net(new URL(`${url}`).host);
  }
}

module.exports = { CloseEvent, fetch, FormData, Headers, Request, Response, WebSocket };
