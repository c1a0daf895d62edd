const { errno, priority, signals, dlopen } = require('os').constants;

module.exports = Object.freeze(
  Object.assign({}, dlopen, errno, priority, signals, require('fs').constants, require('crypto').constants),
);
