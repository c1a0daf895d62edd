// Horner's rule over integers that grow out of their range.
function evaluate(c, x) { let y = 0; for (let i = c.length - 1; i >= 0; i--) y = y * x + c[i]; return y; }
for (let i = 0; i < 4000; i++) evaluate([1, 2, 3], 2);
console.log(evaluate([1, 2, 3], 3));
console.log(evaluate([1, 2, 3], 1e6));
console.log(evaluate([1, 2, 3], 0.5));
