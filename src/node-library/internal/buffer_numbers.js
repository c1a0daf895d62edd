// Numbers in buffers: readUInt8 … writeDoubleBE, made from one table of kinds.

const { codes, hideStackFrames } = require('internal/errors');

const outOfBounds = hideStackFrames((value, length, type) => {
  if (typeof value !== 'number') throw new codes.ERR_INVALID_ARG_TYPE('offset', 'number', value);
  if (Math.floor(value) !== value) throw new codes.ERR_OUT_OF_RANGE(type || 'offset', 'an integer', value);
  if (length < 0) throw new codes.ERR_BUFFER_OUT_OF_BOUNDS();
  throw new codes.ERR_OUT_OF_RANGE(type || 'offset', `>= ${type ? 1 : 0} && <= ${length}`, value);
});

const checkOffset = (buffer, offset, size) => {
  if (typeof offset !== 'number' || buffer[offset] === undefined || buffer[offset + size - 1] === undefined)
    outOfBounds(offset, buffer.length - size);
};

const checkValue = hideStackFrames((value, min, max, size, signed) => {
  if (value <= max && value >= min) return;
  const n = typeof min === 'bigint' ? 'n' : '';
  let range;
  if (size > 4 || (size === 4 && n === 'n') || size > 3) {
    const bits = size * 8;
    range = signed
      ? `>= -(2${n} ** ${bits - 1}${n}) and < 2${n} ** ${bits - 1}${n}`
      : `>= 0${n} and < 2${n} ** ${bits}${n}`;
  } else range = `>= ${min}${n} and <= ${max}${n}`;
  throw new codes.ERR_OUT_OF_RANGE('value', range, value);
});

/** DataView of a buffer's bytes. */
const viewOf = (buffer) => new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);

const readUnsigned = (buffer, offset, size, little) => {
  let value = 0;
  if (little) for (let i = size - 1; i >= 0; i--) value = value * 256 + buffer[offset + i];
  else for (let i = 0; i < size; i++) value = value * 256 + buffer[offset + i];
  return value;
};
const readSigned = (buffer, offset, size, little) => {
  const value = readUnsigned(buffer, offset, size, little);
  const limit = 2 ** (8 * size - 1);
  return value >= limit ? value - 2 * limit : value;
};
const writeInteger = (buffer, value, offset, size, little) => {
  if (value < 0) value += 2 ** (8 * size);
  for (let i = 0; i < size; i++) {
    buffer[little ? offset + i : offset + size - 1 - i] = value % 256;
    value = Math.floor(value / 256);
  }
};

const install = (proto) => {
  const define = (names, fn) => {
    for (const name of names) {
      if (name === names[0]) Object.defineProperty(fn, 'name', { value: name, configurable: true });
      proto[name] = fn;
    }
  };
  const aliases = (name) => (name.includes('UInt') ? [name, name.replace('UInt', 'Uint')] : [name]);

  for (const [size, bits] of [
    [1, 8],
    [2, 16],
    [4, 32],
  ])
    for (const signed of [false, true])
      for (const end of size === 1 ? [''] : ['LE', 'BE']) {
        const little = end === 'LE';
        const kind = `${signed ? 'Int' : 'UInt'}${bits}${end}`;
        const min = signed ? -(2 ** (bits - 1)) : 0;
        const max = signed ? 2 ** (bits - 1) - 1 : 2 ** bits - 1;
        const read = signed ? readSigned : readUnsigned;
        define(aliases(`read${kind}`), function (offset = 0) {
          checkOffset(this, offset, size);
          return read(this, offset, size, little);
        });
        define(aliases(`write${kind}`), function (value, offset = 0) {
          value = +value;
          checkValue(value, min, max, size, signed);
          checkOffset(this, offset, size);
          writeInteger(this, Math.trunc(value) || 0, offset, size, little);
          return offset + size;
        });
      }

  for (const signed of [false, true])
    for (const end of ['LE', 'BE']) {
      const little = end === 'LE';
      const kind = `${signed ? 'Int' : 'UInt'}${end}`;
      const checkSize = (size) => {
        if (size === undefined || typeof size !== 'number')
          throw new codes.ERR_INVALID_ARG_TYPE('byteLength', 'number', size);
        if (!(size >= 1 && size <= 6 && Number.isInteger(size))) outOfBounds(size, 6, 'byteLength');
      };
      const read = signed ? readSigned : readUnsigned;
      define(aliases(`read${kind}`), function (offset, size) {
        if (offset === undefined) throw new codes.ERR_INVALID_ARG_TYPE('offset', 'number', offset);
        checkSize(size);
        checkOffset(this, offset, size);
        return read(this, offset, size, little);
      });
      define(aliases(`write${kind}`), function (value, offset, size) {
        checkSize(size);
        value = +value;
        const limit = 2 ** (8 * size - (signed ? 1 : 0));
        checkValue(value, signed ? -limit : 0, limit - 1, size, signed);
        checkOffset(this, offset, size);
        writeInteger(this, Math.trunc(value) || 0, offset, size, little);
        return offset + size;
      });
    }

  for (const signed of [false, true])
    for (const end of ['LE', 'BE']) {
      const little = end === 'LE';
      const kind = `Big${signed ? 'Int' : 'UInt'}64${end}`;
      const get = signed ? 'getBigInt64' : 'getBigUint64';
      const set = signed ? 'setBigInt64' : 'setBigUint64';
      const min = signed ? -(2n ** 63n) : 0n;
      const max = signed ? 2n ** 63n - 1n : 2n ** 64n - 1n;
      define(aliases(`read${kind}`), function (offset = 0) {
        checkOffset(this, offset, 8);
        return viewOf(this)[get](offset, little);
      });
      define(aliases(`write${kind}`), function (value, offset = 0) {
        if (typeof value !== 'bigint')
          throw new TypeError(`Cannot mix BigInt and other types, use explicit conversions`);
        checkValue(value, min, max, 8, signed);
        checkOffset(this, offset, 8);
        viewOf(this)[set](offset, value, little);
        return offset + 8;
      });
    }

  for (const [name, size, bits] of [
    ['Float', 4, 32],
    ['Double', 8, 64],
  ])
    for (const end of ['LE', 'BE']) {
      const little = end === 'LE';
      define([`read${name}${end}`], function (offset = 0) {
        checkOffset(this, offset, size);
        return viewOf(this)[`getFloat${bits}`](offset, little);
      });
      define([`write${name}${end}`], function (value, offset = 0) {
        value = +value;
        checkOffset(this, offset, size);
        viewOf(this)[`setFloat${bits}`](offset, value, little);
        return offset + size;
      });
    }
};

module.exports = { install };
