// Two iterators at once, destructured pairs.
function* zip(a, b) { const x = a[Symbol.iterator](), y = b[Symbol.iterator](); while (true) { const p = x.next(), q = y.next(); if (p.done || q.done) return; yield [p.value, q.value]; } }
function dot(a, b) { let s = 0; for (const [p, q] of zip(a, b)) s += p * q; return s; }
for (let i = 0; i < 2500; i++) dot([1, 2, 3], [4, 5, 6]);
console.log(dot([1, 2, 3], [4, 5, 6])); console.log(dot([1.5], [2])); console.log(dot(new Set([1, 2]), [4, 5]));
