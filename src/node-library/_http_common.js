const { METHODS } = require('internal/http_tables');

module.exports = {
  _checkInvalidHeaderChar: (value) => /[^\t\x20-\x7e\x80-\xff]/.test(value),
  _checkIsHttpToken: (value) => typeof value === 'string' && /^[\^_`a-zA-Z\-0-9!#$%&'*+.|~]+$/.test(value),
  chunkExpression: /(?:^|\W)chunked(?:$|\W)/i,
  continueExpression: /(?:^|\W)100-continue(?:$|\W)/i,
  CRLF: '\r\n',
  methods: METHODS,
};
