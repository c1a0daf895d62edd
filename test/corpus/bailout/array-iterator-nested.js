// for-of in for-of: the inner array gets other elements.
function f(m) { let s = 0; for (const row of m) for (const v of row) s += v; return s; }
const m = [[1, 2], [3, 4], [5]];
for (let i = 0; i < 5000; i++) f(m);
console.log(f(m)); m[1].push(1.5); console.log(f(m)); m[2] = ['x']; console.log(f(m));
