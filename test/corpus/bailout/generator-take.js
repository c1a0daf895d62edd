// A generator over another one, taken a few at a time.
function* naturals() { let n = 0; while (true) yield n++; }
function take(k) { let s = 0; for (const n of naturals()) { if (n >= k) break; s += n; } return s; }
for (let i = 0; i < 2000; i++) take(4);
console.log(take(5));
console.log(take(2.5));
