// punycode (RFC 3492).

const maxInt = 2147483647;
const base = 36;
const tMin = 1;
const tMax = 26;
const skew = 38;
const damp = 700;
const initialBias = 72;
const initialN = 128;

const fail = (text) => {
  throw new RangeError(text);
};
const mapDomain = (domain, callback) => {
  const parts = domain.split('@');
  let result = '';
  if (parts.length > 1) {
    result = `${parts[0]}@`;
    domain = parts[1];
  }
  return (
    result +
    domain
      .replace(/[\x2E\u3002\uFF0E\uFF61]/g, '.')
      .split('.')
      .map(callback)
      .join('.')
  );
};
const ucs2decode = (text) => Array.from(text, (c) => c.codePointAt(0));
const ucs2encode = (points) => String.fromCodePoint(...points);
const digitOf = (code) => {
  if (code >= 0x30 && code < 0x3a) return 26 + (code - 0x30);
  if (code >= 0x41 && code < 0x5b) return code - 0x41;
  if (code >= 0x61 && code < 0x7b) return code - 0x61;
  return base;
};
const codeOf = (digit) => digit + 22 + 75 * (digit < 26);
const adapt = (delta, points, isFirst) => {
  let k = 0;
  delta = isFirst ? Math.floor(delta / damp) : delta >> 1;
  delta += Math.floor(delta / points);
  for (; delta > ((base - tMin) * tMax) >> 1; k += base) delta = Math.floor(delta / (base - tMin));
  return Math.floor(k + ((base - tMin + 1) * delta) / (delta + skew));
};

const decode = (input) => {
  const output = [];
  let i = 0;
  let n = initialN;
  let bias = initialBias;
  const basic = Math.max(0, input.lastIndexOf('-'));
  for (let j = 0; j < basic; j++) {
    if (input.charCodeAt(j) >= 0x80) fail('Illegal input >= 0x80 (not a basic code point)');
    output.push(input.charCodeAt(j));
  }
  for (let index = basic > 0 ? basic + 1 : 0; index < input.length; ) {
    const before = i;
    for (let w = 1, k = base; ; k += base) {
      if (index >= input.length) fail('Invalid input');
      const digit = digitOf(input.charCodeAt(index++));
      if (digit >= base) fail('Invalid input');
      if (digit > Math.floor((maxInt - i) / w)) fail('Overflow: input needs wider integers to process');
      i += digit * w;
      const t = k <= bias ? tMin : k >= bias + tMax ? tMax : k - bias;
      if (digit < t) break;
      w *= base - t;
    }
    const out = output.length + 1;
    bias = adapt(i - before, out, before === 0);
    n += Math.floor(i / out);
    i %= out;
    output.splice(i++, 0, n);
  }
  return String.fromCodePoint(...output);
};

const encode = (text) => {
  const input = ucs2decode(text);
  let output = input
    .filter((code) => code < 0x80)
    .map((code) => String.fromCharCode(code))
    .join('');
  const basic = output.length;
  let handled = basic;
  let n = initialN;
  let delta = 0;
  let bias = initialBias;
  if (basic) output += '-';
  while (handled < input.length) {
    const m = Math.min(...input.filter((code) => code >= n));
    delta += (m - n) * (handled + 1);
    if (delta > maxInt) fail('Overflow: input needs wider integers to process');
    n = m;
    for (const code of input) {
      if (code < n) delta++;
      if (code !== n) continue;
      let q = delta;
      for (let k = base; ; k += base) {
        const t = k <= bias ? tMin : k >= bias + tMax ? tMax : k - bias;
        if (q < t) break;
        output += String.fromCharCode(codeOf(t + ((q - t) % (base - t))));
        q = Math.floor((q - t) / (base - t));
      }
      output += String.fromCharCode(codeOf(q));
      bias = adapt(delta, handled + 1, handled === basic);
      delta = 0;
      handled++;
    }
    delta++;
    n++;
  }
  return output;
};

module.exports = {
  version: '2.1.0',
  ucs2: { decode: ucs2decode, encode: ucs2encode },
  decode,
  encode,
  toASCII: (input) => mapDomain(input, (text) => (/[^\0-\x7F]/.test(text) ? `xn--${encode(text)}` : text)),
  toUnicode: (input) => mapDomain(input, (text) => (/^xn--/.test(text) ? decode(text.slice(4).toLowerCase()) : text)),
};
