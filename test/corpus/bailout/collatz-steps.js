// Collatz steps leave the 31 bits.
function steps(n) { let k = 0; while (n !== 1) { n = n % 2 === 0 ? n / 2 : 3 * n + 1; k++; } return k; }
for (let i = 1; i < 3000; i++) steps(i & 15 | 1);
console.log(steps(27));
console.log(steps(837799));
