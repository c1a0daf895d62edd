require('internal/deprecations').warnOutsideNodeModules(
  'DEP0040',
  'The `punycode` module is deprecated. Please use a userland alternative instead.',
);
module.exports = require('internal/punycode');
