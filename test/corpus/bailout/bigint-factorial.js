// Factorials in BigInts, then with a Number among them.
function factorial(n) { let r = 1n; for (let i = 2n; i <= n; i++) r *= i; return r; }
for (let i = 0; i < 2000; i++) factorial(10n);
console.log(factorial(10n));
console.log(factorial(30n));
console.log(factorial(3) === 6n);
