// Bailout: array callbacks: holes are left out.
function count(a) { let n = 0; a.forEach((x) => { n += x; }); return n + (a.some((x) => x > 2) ? 1 : 0) + (a.every((x) => x > 0) ? 1 : 0); }
const a = [1, , 3];
for (let i = 0; i < 8000; i++) count(a);
console.log(count(a));
console.log(count([1.5, , 2.5]));
console.log(count([, , ,]));
