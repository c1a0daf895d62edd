// Names of encodings.

const names = {
  __proto__: null,
  utf8: 'utf8',
  'utf-8': 'utf8',
  ucs2: 'utf16le',
  'ucs-2': 'utf16le',
  utf16le: 'utf16le',
  'utf-16le': 'utf16le',
  latin1: 'latin1',
  binary: 'latin1',
  base64: 'base64',
  base64url: 'base64url',
  hex: 'hex',
  ascii: 'ascii',
};

/** The encoding's own name; undefined for what is none. An empty name is utf8. */
const normalizeEncoding = (encoding) => {
  if (encoding === undefined || encoding === null || encoding === '') return 'utf8';
  return names[encoding] ?? names[`${encoding}`.toLowerCase()];
};

module.exports = { normalizeEncoding };
