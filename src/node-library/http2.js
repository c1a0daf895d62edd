const net = require('net');
const refused = require('internal/refused');
const { IncomingMessage, ServerResponse } = require('http');

const constants = Object.freeze({
  NGHTTP2_NO_ERROR: 0,
  NGHTTP2_CANCEL: 8,
  HTTP2_HEADER_STATUS: ':status',
  HTTP2_HEADER_METHOD: ':method',
  HTTP2_HEADER_AUTHORITY: ':authority',
  HTTP2_HEADER_SCHEME: ':scheme',
  HTTP2_HEADER_PATH: ':path',
  HTTP2_HEADER_CONTENT_TYPE: 'content-type',
  HTTP2_HEADER_CONTENT_LENGTH: 'content-length',
  HTTP_STATUS_OK: 200,
});

module.exports = {
  connect(authority) {
    throw refused.net(`${authority}`);
  },
  constants,
  createServer: (options, listener) => new net.Server(options, listener),
  createSecureServer: (options, listener) => new net.Server(options, listener),
  getDefaultSettings: () => ({
    headerTableSize: 4096,
    enablePush: true,
    initialWindowSize: 65535,
    maxFrameSize: 16384,
    maxConcurrentStreams: 4294967295,
    maxHeaderListSize: 65535,
    enableConnectProtocol: false,
  }),
  getPackedSettings: () => Buffer.alloc(0),
  getUnpackedSettings: () => ({}),
  performServerHandshake: () => {
    throw refused.net('');
  },
  sensitiveHeaders: Symbol('sensitiveHeaders'),
  Http2ServerRequest: IncomingMessage,
  Http2ServerResponse: ServerResponse,
};
