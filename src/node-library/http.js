// http: its classes; servers do not listen and requests do not connect.

const { codes } = require('internal/errors');
const EventEmitter = require('events');
const net = require('net');
const messages = require('internal/http');
const refused = require('internal/refused');
const { IncomingMessage, METHODS, OutgoingMessage, ServerResponse, STATUS_CODES } = messages;

class Agent extends EventEmitter {
  constructor(options = {}) {
    super();
    this.options = { __proto__: null, ...options, noDelay: options.noDelay ?? true, path: null };
    this.defaultPort = 80;
    this.protocol = 'http:';
    this.requests = { __proto__: null };
    this.sockets = { __proto__: null };
    this.freeSockets = { __proto__: null };
    this.keepAliveMsecs = options.keepAliveMsecs ?? 1000;
    this.keepAlive = options.keepAlive ?? false;
    this.maxSockets = options.maxSockets ?? Infinity;
    this.maxFreeSockets = options.maxFreeSockets ?? 256;
    this.scheduling = options.scheduling ?? 'lifo';
    this.maxTotalSockets = options.maxTotalSockets ?? Infinity;
    this.totalSocketCount = 0;
  }
  getName(options = {}) {
    return `${options.host ?? 'localhost'}:${options.port ?? ''}:${options.localAddress ?? ''}${options.family === 4 || options.family === 6 ? `:${options.family}` : ''}${options.socketPath ? `:${options.socketPath}` : ''}`;
  }
  createConnection(options, callback) {
    return net.createConnection(options, callback);
  }
  destroy() {}
}
Agent.defaultMaxSockets = Infinity;
const AgentFunction = messages.callable(Agent);
AgentFunction.defaultMaxSockets = Infinity;
let globalAgent = new AgentFunction({ keepAlive: true, scheduling: 'lifo', timeout: 5000 });

const optionsOf = (input, options) => {
  if (typeof input === 'string') return { ...require('internal/url').urlToHttpOptions(new URL(input)), ...options };
  if (require('internal/url').isURL(input)) return { ...require('internal/url').urlToHttpOptions(input), ...options };
  return { ...input };
};

class ClientRequest extends OutgoingMessage {
  constructor(input, options, callback) {
    super();
    if (typeof options === 'function') {
      callback = options;
      options = undefined;
    }
    const all = optionsOf(input, options);
    const protocol = all.protocol ?? 'http:';
    const expected = all.agent?.protocol ?? all._defaultProtocol ?? 'http:';
    if (protocol !== expected) throw new codes.ERR_INVALID_PROTOCOL(protocol, expected);
    this.agent = all.agent ?? globalAgent;
    this.method = `${all.method ?? 'GET'}`.toUpperCase();
    if (!/^[\^_`a-zA-Z\-0-9!#$%&'*+.|~]+$/.test(this.method))
      throw new codes.ERR_INVALID_HTTP_TOKEN('Method', all.method);
    this.path = all.path ?? '/';
    this.host = all.hostname ?? all.host ?? 'localhost';
    this.protocol = protocol;
    this.reusedSocket = false;
    this.aborted = false;
    this.useChunkedEncodingByDefault = !/^(?:GET|HEAD|DELETE|OPTIONS|TRACE|CONNECT)$/.test(this.method);
    if (callback) this.once('response', callback);
    for (const name of Object.keys(all.headers ?? {})) this.setHeader(name, all.headers[name]);
    const port = all.port ?? all.defaultPort ?? (protocol === 'https:' ? 443 : 80);
    if (!this.hasHeader('host'))
      this.setHeader('Host', port === 80 || port === 443 ? this.host : `${this.host}:${port}`);
    process.nextTick(() => {
      this.destroyed = true;
      this.emit('error', refused.net(`${this.host}:${port}`));
      this._closed = true;
      this.emit('close');
    });
  }
  _implicitHeader() {
    this._storeHeader(`${this.method} ${this.path} HTTP/1.1\r\n`, this.getHeaders());
  }
  abort() {
    this.aborted = true;
    this.destroy();
  }
  setNoDelay() {}
  setSocketKeepAlive() {}
  clearTimeout() {
    return this;
  }
  onSocket() {}
}

function Server(options, requestListener) {
  if (!(this instanceof Server)) return new Server(options, requestListener);
  if (typeof options === 'function') {
    requestListener = options;
    options = {};
  }
  net.Server.call(this, { allowHalfOpen: true, noDelay: true, ...options });
  if (requestListener) this.on('request', requestListener);
  this.httpAllowHalfOpen = false;
  this.timeout = 0;
  this.maxHeadersCount = null;
  this.maxRequestsPerSocket = 0;
  this.headersTimeout = options?.headersTimeout ?? 60000;
  this.requestTimeout = options?.requestTimeout ?? 300000;
  this.keepAliveTimeout = options?.keepAliveTimeout ?? 5000;
  this.connectionsCheckingInterval = options?.connectionsCheckingInterval ?? 30000;
}
Object.setPrototypeOf(Server.prototype, net.Server.prototype);
Object.setPrototypeOf(Server, net.Server);
Server.prototype.setTimeout = function (milliseconds, callback) {
  this.timeout = milliseconds;
  if (callback) this.on('timeout', callback);
  return this;
};
Server.prototype.closeAllConnections = () => {};
Server.prototype.closeIdleConnections = () => {};

const Request = messages.callable(ClientRequest);
function request(url, options, callback) {
  return new Request(url, options, callback);
}
function get(url, options, callback) {
  const made = request(url, options, callback);
  made.end();
  return made;
}

module.exports = {
  _connectionListener() {},
  METHODS: METHODS.slice().sort(),
  STATUS_CODES,
  Agent: AgentFunction,
  ClientRequest: Request,
  IncomingMessage,
  OutgoingMessage,
  Server,
  ServerResponse,
  createServer: (options, listener) => new Server(options, listener),
  validateHeaderName: messages.validateHeaderName,
  validateHeaderValue: messages.validateHeaderValue,
  get,
  request,
  setMaxIdleHTTPParsers: (max) => require('internal/validators').validateInteger(max, 'max', 1),
  setGlobalProxyFromEnv: () => () => {},
};
Object.defineProperties(module.exports, {
  maxHeaderSize: { configurable: true, enumerable: true, get: () => 16384 },
  globalAgent: {
    configurable: true,
    enumerable: true,
    get: () => globalAgent,
    set: (value) => {
      globalAgent = value;
    },
  },
});
for (const name of ['WebSocket', 'CloseEvent', 'MessageEvent'])
  Object.defineProperty(module.exports, name, { configurable: true, enumerable: true, get: () => globalThis[name] });
