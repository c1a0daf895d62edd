const crypto = require('crypto'),
  zlib = require('zlib');
const show = (f) => {
  try {
    console.log(f());
  } catch (e) {
    console.log(e.name, e.code, e.message);
  }
};
console.log(
  crypto.createHash('sha256').update('a').update(Buffer.from('b')).digest('hex'),
  crypto.createHash('md5').update('x').digest('base64'),
  crypto.createHmac('sha1', 'key').update('data').digest('hex'),
  crypto.hash('sha1', 'abc'),
  crypto.createHash('sha512').copy().digest('hex').length,
);
console.log(
  crypto.randomBytes(8).length,
  /^[0-9a-f-]{36}$/.test(crypto.randomUUID()),
  crypto.randomInt(5) < 5,
  crypto.timingSafeEqual(Buffer.from('a'), Buffer.from('a')),
  crypto.getHashes().includes('sha256'),
  crypto.pbkdf2Sync('p', 's', 10, 16, 'sha256').toString('hex'),
  crypto.scryptSync('p', 's', 16).toString('hex'),
  Buffer.from(crypto.hkdfSync('sha256', 'k', 's', 'i', 8)).toString('hex'),
);
const key = Buffer.alloc(32, 1),
  iv = Buffer.alloc(16, 2);
const c = crypto.createCipheriv('aes-256-cbc', key, iv);
const enc = c.update('secret text that is long enough', 'utf8', 'hex') + c.final('hex');
const d = crypto.createDecipheriv('aes-256-cbc', key, iv);
console.log(enc, d.update(enc, 'hex', 'utf8') + d.final('utf8'));
const g = crypto.createCipheriv('aes-256-gcm', key, iv.subarray(0, 12));
console.log(g.update('x', 'utf8', 'hex') + g.final('hex'), g.getAuthTag().toString('hex'));
show(() => crypto.createHash('nope'));
show(() => crypto.createHash(5));
show(() => crypto.createHash('md5').update(5));
show(() => {
  const h = crypto.createHash('md5');
  h.digest();
  h.digest();
});
show(() => crypto.createHmac('sha1'));
show(() => crypto.randomBytes(-1));
show(() => crypto.randomBytes('x'));
show(() => crypto.timingSafeEqual(Buffer.from('a'), Buffer.from('ab')));
show(() => crypto.pbkdf2Sync('p', 's', 0, 1, 'sha1'));
show(() => crypto.createCipheriv('nope', key, iv));
show(() => crypto.createCipheriv('aes-256-cbc', 'short', iv));
show(() => crypto.randomInt(1, 1));
show(() => crypto.pbkdf2Sync('p', 's', 1, 1, 'zz'));
(async () => {
  console.log(
    Buffer.from(await crypto.subtle.digest('SHA-256', new TextEncoder().encode('abc'))).toString('hex'),
    globalThis.crypto.getRandomValues(new Uint8Array(4)).length,
  );
  const k = await crypto.subtle.importKey('raw', Buffer.from('k'), { name: 'HMAC', hash: 'SHA-256' }, true, [
    'sign',
    'verify',
  ]);
  const s = await crypto.subtle.sign('HMAC', k, Buffer.from('d'));
  console.log(Buffer.from(s).toString('hex'), await crypto.subtle.verify('HMAC', k, s, Buffer.from('d')));
  await new Promise((res) =>
    crypto.randomBytes(4, (e, b) => {
      console.log('rb', e, b.length);
      res();
    }),
  );
  const h = crypto.createHash('sha1');
  h.end('stream');
  for await (const x of h) console.log(x.toString('hex'));
  const t = 'text '.repeat(50);
  const z = zlib.gzipSync(t);
  console.log(
    z.length < 60,
    zlib.gunzipSync(z).toString() === t,
    zlib.inflateSync(zlib.deflateSync(t)).length,
    zlib.inflateRawSync(zlib.deflateRawSync(t, { level: 9 })).length,
    zlib.brotliDecompressSync(zlib.brotliCompressSync(t)).length,
    zlib.unzipSync(z).length,
    zlib.crc32('hello'),
    zlib.deflateSync('abc').toString('hex'),
    zlib.constants.Z_BEST_SPEED,
    zlib.codes.Z_BUF_ERROR,
  );
  await new Promise((res) =>
    zlib.gzip(t, (e, b) =>
      zlib.gunzip(b, (e2, r) => {
        console.log('async', e, e2, r.length);
        res();
      }),
    ),
  );
  await new Promise((res) =>
    zlib.gunzip('bad', (e) => {
      console.log(e.name, e.code, e.errno, e.message);
      res();
    }),
  );
  show(() => zlib.gunzipSync('notgzip'));
  show(() => zlib.inflateSync(Buffer.from([1, 2, 3])));
  show(() => zlib.deflateSync(5));
  show(() => zlib.deflateSync('x', { level: 99 }));
  show(() => zlib.deflateSync('x', { maxOutputLength: 1 }));
  show(() => zlib.createGzip({ chunkSize: 1 }));
  show(() => zlib.crc32(5));
  const parts = [];
  for await (const x of require('stream').Readable.from([t]).pipe(zlib.createGzip()).pipe(zlib.createGunzip()))
    parts.push(x);
  console.log(Buffer.concat(parts).toString() === t);
  const gz = zlib.createGunzip();
  gz.on('error', (e) => console.log('stream', e.code));
  gz.end('garbage');
})();
