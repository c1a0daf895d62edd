const { codes } = require('internal/errors');

const hexPairs = Array.from({ length: 256 }, (_, i) => `%${i < 16 ? '0' : ''}${i.toString(16).toUpperCase()}`);
const plain = /[A-Za-z0-9\-_.!~*'()]/;

function qsEscape(value) {
  if (typeof value !== 'string') value = typeof value === 'object' ? String(value) : `${value}`;
  let result = '';
  for (let i = 0; i < value.length; i++) {
    let code = value.charCodeAt(i);
    if (code < 128) {
      result += plain.test(value[i]) ? value[i] : hexPairs[code];
      continue;
    }
    if (code >= 0xd800 && code < 0xe000) {
      i++;
      if (i >= value.length) throw new codes.ERR_INVALID_URI();
      code = 0x10000 + (((code & 0x3ff) << 10) | (value.charCodeAt(i) & 0x3ff));
    }
    if (code < 0x800) result += hexPairs[0xc0 | (code >> 6)] + hexPairs[0x80 | (code & 63)];
    else if (code < 0x10000)
      result += hexPairs[0xe0 | (code >> 12)] + hexPairs[0x80 | ((code >> 6) & 63)] + hexPairs[0x80 | (code & 63)];
    else
      result +=
        hexPairs[0xf0 | (code >> 18)] +
        hexPairs[0x80 | ((code >> 12) & 63)] +
        hexPairs[0x80 | ((code >> 6) & 63)] +
        hexPairs[0x80 | (code & 63)];
  }
  return result;
}

function unescapeBuffer(text, decodeSpaces) {
  const bytes = [];
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 43 && decodeSpaces) bytes.push(32);
    else if (c === 37 && /^[0-9a-fA-F]{2}$/.test(text.slice(i + 1, i + 3))) {
      bytes.push(Number.parseInt(text.slice(i + 1, i + 3), 16));
      i += 2;
    } else bytes.push(c);
  }
  return Buffer.from(bytes);
}
function qsUnescape(text, decodeSpaces) {
  try {
    return decodeURIComponent(text);
  } catch {
    return module.exports.unescapeBuffer(text, decodeSpaces).toString();
  }
}

const primitive = (value) => {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return `${value}`;
  if (typeof value === 'bigint') return `${value}`;
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  return '';
};

function stringify(object, separator, equals, options) {
  separator ||= '&';
  equals ||= '=';
  let encode = module.exports.escape;
  if (options && typeof options.encodeURIComponent === 'function') encode = options.encodeURIComponent;
  if (object === null || typeof object !== 'object') return '';
  const parts = [];
  for (const key of Object.keys(object)) {
    const value = object[key];
    const start = `${encode(primitive(key))}${equals}`;
    if (Array.isArray(value)) for (const item of value) parts.push(start + encode(primitive(item)));
    else parts.push(start + encode(primitive(value)));
  }
  return parts.join(separator);
}

function parse(text, separator, equals, options) {
  const result = { __proto__: null };
  if (typeof text !== 'string' || text.length === 0) return result;
  separator = separator ? `${separator}` : '&';
  equals = equals ? `${equals}` : '=';
  let most = 1000;
  if (options && typeof options.maxKeys === 'number') most = options.maxKeys;
  let decode = module.exports.unescape;
  if (options && typeof options.decodeURIComponent === 'function') decode = options.decodeURIComponent;
  const decodeSafely = (part) => {
    if (decode === qsUnescape && !/[%+]/.test(part)) return part;
    part = part.replaceAll('+', decode === qsUnescape ? ' ' : '%20');
    try {
      return decode(part);
    } catch {
      return qsUnescape(part, true);
    }
  };
  let count = 0;
  for (const pair of text.split(separator)) {
    if (pair.length === 0) continue;
    if (most > 0 && count++ >= most) break;
    const at = pair.indexOf(equals);
    const key = decodeSafely(at < 0 ? pair : pair.slice(0, at));
    const value = at < 0 ? '' : decodeSafely(pair.slice(at + equals.length));
    if (!(key in result)) result[key] = value;
    else if (Array.isArray(result[key])) result[key].push(value);
    else result[key] = [result[key], value];
  }
  return result;
}

module.exports = {
  unescapeBuffer,
  unescape: qsUnescape,
  escape: qsEscape,
  stringify,
  encode: stringify,
  parse,
  decode: parse,
};
