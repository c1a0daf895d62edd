// Bailout: array callbacks: a callback in a callback.
function flat(m) { let s = 0; m.forEach((row) => row.forEach((v) => { s += v; })); return s; }
const m = [[1, 2], [3, 4], [5, 6]];
for (let i = 0; i < 8000; i++) flat(m);
console.log(flat(m));
console.log(flat([[1.5, 2], [3, 4]]));
console.log(flat([['a'], [1]]));
