module.exports = require('internal/crypto').exports;
