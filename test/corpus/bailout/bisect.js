// A root by bisection.
function bisect(low, high) { for (let i = 0; i < 20; i++) { const m = (low + high) / 2; if (m * m < 2) low = m; else high = m; } return low; }
for (let i = 0; i < 2000; i++) bisect(1, 2);
console.log(bisect(1, 2) > 1.41);
console.log(bisect(0, '3') > 1.41);
