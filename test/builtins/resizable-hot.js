// Hot loops over views whose buffers grow and shrink under them: no access may see what is out of bounds.
const sum = (a) => { let s = 0; for (let i = 0; i < a.length; i++) s += Number(a[i]); return s; };
const past = (a, n) => { let u = 0; for (let i = 0; i < n; i++) if (a[i] === undefined) u++; return u; };
const fill = (a, v, n) => { for (let i = 0; i < n; i++) a[i] = v; return a.length; };
const at = (v, i) => { try { return v.getInt16(i); } catch (e) { return e.name; } };
const shrinks = (a, b, n) => { let s = ''; for (let i = 0; i < a.length; i++) { if (i === n) b.resize(n); s += a[i]; } return s; };
const build = (C, from, length) => {
  const b = new ArrayBuffer(32, { maxByteLength: 4096 });
  return [b, new C(b, from, length)];
};
for (const C of [Uint8Array, Int16Array, Int32Array, Float32Array, Float64Array]) {
  const plain = new C(8);
  const [b, tracking] = build(C, 0);
  const [c, fixed] = build(C, 8, 2);
  const lines = [];
  for (let round = 0; round < 40; round++) {
    for (const a of [plain, tracking, fixed]) for (let i = 0; i < 30; i++) { fill(a, i % 7, 12); sum(a); past(a, 16); }
    if (round % 5 === 4) {
      const size = [0, 8, 16, 40, 4096, 24, 32][(round / 5 | 0) % 7];
      b.resize(size);
      c.resize(size);
    }
    if (round % 5 === 0) lines.push([plain, tracking, fixed].map((a) => [a.length, sum(a), past(a, 16), fill(a, 3, 600), sum(a)].join(' ')).join(' | '));
  }
  console.log(C.name, lines.join('\n  '));
}
for (let i = 0; i < 400; i++) {
  const b = new ArrayBuffer(8, { maxByteLength: 16 });
  const a = new Uint8Array(b);
  a.set([1, 2, 3, 4, 5, 6, 7, 8]);
  const text = shrinks(a, b, i % 8);
  if (i % 61 === 0) console.log(i, text, a.length);
}
const buffer = new ArrayBuffer(16, { maxByteLength: 64 });
const view = new DataView(buffer, 4);
let log = '';
for (let i = 0; i < 3000; i++) {
  at(view, i % 16);
  if (i % 300 === 0) { buffer.resize([2, 6, 64, 16][(i / 300) % 4]); log += at(view, 0) + ',' + at(view, 10) + ',' + at(view, 40) + ';'; }
}
console.log(log);
const shared = new SharedArrayBuffer(4, { maxByteLength: 4096 });
const words = new Int32Array(shared);
let total = 0;
for (let i = 0; i < 2000; i++) {
  if (i % 200 === 0) shared.grow(4 + i);
  Atomics.add(words, i % words.length, 1);
  total += words[words.length - 1];
}
console.log(total, words.length, sum(words));
