// The greatest common divisor of BigInts, large and small.
function gcd(a, b) { while (b !== 0n) { const t = a % b; a = b; b = t; } return a; }
for (let i = 1; i < 3000; i++) gcd(48n, 36n);
console.log(gcd(100n, 75n));
console.log(gcd(2n ** 80n, 2n ** 70n));
try { gcd(1, 2n); } catch (error) { console.log(error.constructor.name); }
