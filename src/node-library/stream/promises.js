const { finished, pipeline } = require('internal/packages/readable-stream').promises;

module.exports = { finished, pipeline };
