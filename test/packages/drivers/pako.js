const pako = require('pako');
const text = 'hello '.repeat(100) + 'pako'; const input = new Uint8Array([...text].map((c) => c.charCodeAt(0)));
const z = pako.deflate(input), g = pako.gzip(input), raw = pako.deflateRaw(input, { level: 9 });
console.log(z.length, raw.length, g.length, [...z.slice(0, 8)], pako.inflate(z, { to: 'string' }) === text, pako.ungzip(g).length, pako.inflateRaw(raw).length);
try { pako.inflate(new Uint8Array([1, 2, 3])); } catch (e) { console.log(e); }
