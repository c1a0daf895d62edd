const { BSON, ObjectId, serialize, deserialize, EJSON, Long, Decimal128, Binary, UUID } = require('bson'); const b = serialize({ a: 1, b: 'x', c: [1.5, null, true], d: new Date(0), l: Long.fromString('123456789012'), o: new ObjectId('507f1f77bcf86cd799439011'), bin: new Binary(Buffer.from([1, 2])), r: /x/i, dec: Decimal128.fromString('1.5E3') }); console.log(Buffer.from(b).toString('hex'), deserialize(b), EJSON.stringify(deserialize(b)));
const pb = require('protobufjs'); const root = pb.parse('syntax="proto3"; package p; message M { int32 a = 1; repeated string s = 2; map<string, N> m = 3; oneof o { bool x = 4; bytes y = 5; } int64 big = 6; } message N { double d = 1; } enum E { A = 0; B = 1; }').root; const M = root.lookupType('p.M'); const buf = M.encode(M.create({ a: -1, s: ['q', 'é'], m: { k: { d: 1.5 } }, y: Buffer.from('z'), big: 123456789012 })).finish(); console.log(Buffer.from(buf).toString('hex'), M.toObject(M.decode(buf), { longs: String, bytes: String }), M.verify({ a: 'x' }));
const JSZip = require('jszip');
(async () => {
  const j = new JSZip(); j.file('a.txt', 'AAA'.repeat(50)); j.folder('f').file('b.txt', new Uint8Array([65, 66])); const out = await j.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE', compressionOptions: { level: 6 } });
  const k = await JSZip.loadAsync(out); console.log(Object.keys(k.files), await k.file('f/b.txt').async('string'), (await k.file('a.txt').async('uint8array')).length);
  try { await JSZip.loadAsync('garbage'); } catch (e) { console.log(e.message); }
})();
