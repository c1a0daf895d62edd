// Bailout: array callbacks: the callback takes the index.
function weighted(a) { let s = 0; a.forEach((x, i) => { s += x * i; }); return s; }
for (let i = 0; i < 9000; i++) weighted([4, 5, 6]);
console.log(weighted([4, 5, 6]));
console.log(weighted([4.5, 5]));
