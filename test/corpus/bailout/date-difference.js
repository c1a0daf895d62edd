// Differences of numbers of milliseconds that are no small integers.
function elapsed(a, b) { const d = b - a; return d < 0 ? -d : d; }
for (let i = 0; i < 5000; i++) elapsed(i, i + 10);
console.log(elapsed(5, 2));
console.log(elapsed(1.6e12, 1.6e12 + 5));
console.log(elapsed('7', 2));
