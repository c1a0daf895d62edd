// Bailout: the innermost loop's first iteration stands before it: a row of doubles.
function identity(n) { const m = []; for (let i = 0; i < n; i++) { const r = new Array(n).fill(0); r[i] = 1; m.push(r); } return m; }
function multiply(a, b) {
  const n = a.length, m = b[0].length, k = b.length, out = [];
  for (let i = 0; i < n; i++) { const row = []; for (let j = 0; j < m; j++) { let s = 0; for (let x = 0; x < k; x++) s += a[i][x] * b[x][j]; row.push(s); } out.push(row); }
  return out;
}
function trace(m) { let t = 0; for (let i = 0; i < m.length; i++) t += m[i][i]; return t; }
let m = identity(6); m[0][3] = 2; m[4][1] = 3;
let t = 0;
for (let i = 0; i < 400; i++) { m = multiply(identity(6), m); t += trace(m); }
console.log(t, m[0].join());
m[2][2] = 0.5;
for (let i = 0; i < 200; i++) { m = multiply(m, identity(6)); t += trace(m); }
console.log(t, m[2].join());
m[1][1] = '2';
for (let i = 0; i < 50; i++) t += trace(multiply(m, m));
console.log(t);
