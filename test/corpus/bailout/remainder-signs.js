// Remainders of negative numbers.
function wrap(i, n) { return (i % n + n) % n; }
for (let i = 0; i < 6000; i++) wrap(i & 31, 7);
console.log(wrap(12, 5));
console.log(wrap(-3, 5));
console.log(wrap(-5, 5));
console.log(wrap(1, 0));
