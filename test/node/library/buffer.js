const { Buffer: B, constants, kMaxLength, transcode, isUtf8, isAscii } = require('buffer');
const show = (f) => {
  try {
    console.log(f());
  } catch (e) {
    console.log(e.name, e.code, e.message);
  }
};
console.log(B === Buffer, constants.MAX_STRING_LENGTH, kMaxLength);
console.log(Buffer.from('héllo wörld'), Buffer.from([1, 2, 300]), Buffer.alloc(5, 'ab'), Buffer.alloc(3, 7));
console.log(
  Buffer.from('68656c6c6f', 'hex').toString(),
  Buffer.from('aGk=', 'base64').toString(),
  Buffer.from('aGk', 'base64url').toString(),
);
for (const e of ['utf8', 'hex', 'base64', 'base64url', 'latin1', 'ascii', 'utf16le', 'binary'])
  console.log(e, Buffer.from('añ€😀').toString(e), Buffer.byteLength('añ€😀', e), Buffer.isEncoding(e));
const b = Buffer.from('0123456789');
console.log(
  b.slice(2, 5).toString(),
  b.subarray(-3).toString(),
  b.indexOf('5'),
  b.lastIndexOf('9'),
  b.includes('456'),
  b.indexOf(Buffer.from('78')),
  b.indexOf(0x33),
  b.indexOf('zz'),
);
console.log(
  b.equals(Buffer.from('0123456789')),
  Buffer.compare(Buffer.from('a'), Buffer.from('b')),
  b.compare(Buffer.from('1'), 0, 1, 1, 2),
);
console.log(b.toJSON(), JSON.stringify(Buffer.from('hi')));
const c = Buffer.alloc(16);
console.log(c.writeUInt32BE(0xdeadbeef, 0), c.writeInt16LE(-2, 4), c.writeDoubleBE(1.5, 8), c);
console.log(
  c.readUInt32BE(0).toString(16),
  c.readInt16LE(4),
  c.readDoubleBE(8),
  c.readUIntBE(0, 3),
  c.readIntLE(4, 2),
  c.readBigUInt64BE(8),
);
console.log(
  c.fill('xyz'),
  c.fill(0).write('hey', 2),
  c.toString('latin1', 2, 5),
  Buffer.concat([Buffer.from('a'), Buffer.from('bc')], 2),
);
console.log(
  Buffer.from('abcd').swap16().toString(),
  Buffer.from('abcdefgh').swap64().toString(),
  Buffer.from(new Uint16Array([1, 256]).buffer),
);
const big = Buffer.alloc(60, 1);
console.log(big);
big.extra = 1;
console.log(big.subarray(0, 2), big);
console.log(
  [...Buffer.from('ab').entries()],
  Buffer.of(1, 2),
  Buffer.isBuffer(b),
  Buffer.isBuffer(new Uint8Array(1)),
  b instanceof Uint8Array,
  b.parent === b.buffer,
);
console.log(
  transcode(Buffer.from('€'), 'utf8', 'latin1'),
  isUtf8(Buffer.from([0xff])),
  isAscii(Buffer.from('a')),
  atob('aGk='),
  btoa('hi'),
);
show(() => Buffer.from(5));
show(() => Buffer.from(null));
show(() => Buffer.alloc(-1));
show(() => Buffer.alloc('5'));
show(() => b.readUInt8(10));
show(() => b.readUInt8(1.5));
show(() => b.readUInt8('1'));
show(() => b.writeUInt8(256));
show(() => b.writeInt32LE(2 ** 40, 0));
show(() => b.writeBigInt64LE(2n ** 70n));
show(() => b.toString('nope'));
show(() => Buffer.concat('x'));
show(() => Buffer.concat([1]));
show(() => b.swap32());
show(() => b.equals('x'));
show(() => Buffer.byteLength(5));
show(() => b.fill('a', 0, 99));
show(() => b.write(5));
show(() => b.copy('x'));
show(() => b.indexOf({}));
show(() => atob('*'));
show(() => btoa('€'));
show(() => Buffer.from({ length: 2, 0: 5, 1: 6 }));
show(() => Buffer.from(new String('str')));
show(() => b.readUIntBE(0, 7));
show(() => b.readIntBE(0));
show(() => Buffer.from('zz', 'hex'));
show(() => Buffer.from('x', 'klingon'));
show(() => new Blob(5));
show(() => Buffer.copyBytesFrom(new Uint16Array([1, 2]), 1));
