// A pipeline of generators: take, map, naturals.
function* take(it, n) { let i = 0; for (const x of it) { if (i++ >= n) return; yield x; } }
function* nat() { let i = 0; for (;;) yield i++; }
function* map(it, f) { for (const x of it) yield f(x); }
function total(n) { let s = 0; for (const x of take(map(nat(), (y) => y * y), n)) s += x; return s; }
for (let i = 0; i < 1500; i++) total(15);
console.log(total(15));
console.log(total(1000));
console.log(total(1200));
