require('internal/deprecations').warn('DEP0125', 'The _stream_wrap module is deprecated.');
module.exports = require('internal/js_stream_socket');
