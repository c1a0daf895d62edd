// A generator in two loops, and its consumer: other elements, then strings.
function* nested(a) { for (const x of a) { for (const y of x) { yield y * 2; } yield -1; } }
function run(a) { let s = 0; for (const v of nested(a)) s += v; return s; }
const A = [[1, 2, 3], [4, 5], [6]];
for (let i = 0; i < 4000; i++) run(A);
console.log(run(A));
console.log(run([[1.5, 2], [3]]));
console.log(run([['x'], [3]]));
for (let i = 0; i < 4000; i++) run(A);
console.log(run(A));
