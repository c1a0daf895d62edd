// Default parameters, first left out, then given.
function scale(x, by = 2, add = 1) { return x * by + add; }
for (let i = 0; i < 5000; i++) scale(i & 3);
console.log(scale(4));
console.log(scale(4, 3));
console.log(scale(4, 0.5, 0.25));
console.log(scale('4', undefined, 'x'));
