// Bailout: array callbacks: a sum of squares over other arrays.
function norm(v) { return Math.sqrt(v.reduce((s, x) => s + x * x, 0)); }
for (let i = 0; i < 8000; i++) norm([1.5, 2.5, 3.5]);
console.log(norm([3, 4]));
console.log(norm([1.5, , 2.5]));
console.log(norm(['3', '4']));
