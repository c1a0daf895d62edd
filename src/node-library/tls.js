const net = require('net');
const refused = require('internal/refused');

/** The handle of a TLSSocket, as far as programs look at it: what it is wrapped around. */
class TLSWrap {
  constructor(wrapped) {
    this._parent = undefined;
    this._parentWrap = wrapped;
    this._secureContext = undefined;
    this.reading = false;
  }
}

class TLSSocket extends net.Socket {
  constructor(socket, options) {
    super(options);
    this.encrypted = true;
    this.authorized = false;
    this.authorizationError = null;
    const JSStreamSocket = require('internal/js_stream_socket');
    const wrapped = socket === undefined || socket === null ? undefined : new JSStreamSocket(socket);
    wrapped?.on('error', (error) => this.destroy(error));
    Object.defineProperty(this, '_handle', { value: new TLSWrap(wrapped), writable: true, configurable: true });
  }
}
function Server(options, listener) {
  if (!(this instanceof Server)) return new Server(options, listener);
  net.Server.call(this, options, listener);
}
Object.setPrototypeOf(Server.prototype, net.Server.prototype);
Object.setPrototypeOf(Server, net.Server);
class SecureContext {}

module.exports = {
  CLIENT_RENEG_LIMIT: 3,
  CLIENT_RENEG_WINDOW: 600,
  DEFAULT_CIPHERS:
    'TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES256-GCM-SHA384:DHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-SHA256:DHE-RSA-AES128-SHA256:ECDHE-RSA-AES256-SHA384:DHE-RSA-AES256-SHA384:ECDHE-RSA-AES256-SHA256:DHE-RSA-AES256-SHA256:HIGH:!aNULL:!eNULL:!EXPORT:!DES:!RC4:!MD5:!PSK:!SRP:!CAMELLIA',
  DEFAULT_ECDH_CURVE: 'auto',
  DEFAULT_MIN_VERSION: 'TLSv1.2',
  DEFAULT_MAX_VERSION: 'TLSv1.3',
  getCiphers: () => [],
  rootCertificates: Object.freeze([]),
  getCACertificates: () => [],
  setDefaultCACertificates() {},
  convertALPNProtocols() {},
  checkServerIdentity: () => undefined,
  createSecureContext: () => new SecureContext(),
  SecureContext,
  TLSSocket,
  Server,
  createServer: (options, listener) => new Server(options, listener),
  connect(...args) {
    const socket = new TLSSocket();
    const target =
      typeof args[0] === 'object'
        ? `${args[0].host ?? 'localhost'}:${args[0].port}`
        : `${args[1] ?? 'localhost'}:${args[0]}`;
    process.nextTick(() => socket.destroy(refused.net(target)));
    return socket;
  },
};
