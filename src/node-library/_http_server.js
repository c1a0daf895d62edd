const { STATUS_CODES, Server, ServerResponse } = require('http');

module.exports = { STATUS_CODES, Server, ServerResponse };
