module.exports = require('internal/packages/readable-stream').promises;
