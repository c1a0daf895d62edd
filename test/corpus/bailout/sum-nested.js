// Sums over arrays in arrays.
function sum(table) { let s = 0; for (const row of table) for (const v of row) s += v; return s; }
for (let i = 0; i < 3000; i++) sum([[1, 2], [3]]);
console.log(sum([[1], [2, 3]]));
console.log(sum([[0.5]]));
console.log(sum([new Set([1]), [2]]));
