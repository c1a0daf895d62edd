const { IncomingMessage } = require('http');

module.exports = { IncomingMessage };
