require('internal/deprecations').warn('DEP0025', 'sys is deprecated. Use util instead.');
module.exports = require('util');
