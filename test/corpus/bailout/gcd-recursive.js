// The greatest common divisor, recursive, with a divisor of zero and fractions.
function gcd(a, b) { return b === 0 ? a : gcd(b, a % b); }
for (let i = 1; i < 4000; i++) gcd(i, 36);
console.log(gcd(48, 36));
console.log(gcd(2.5, 0.5));
console.log(gcd(2 ** 33, 36));
