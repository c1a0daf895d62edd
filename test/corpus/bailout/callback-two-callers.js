// Bailout: array callbacks: several callbacks of one call.
function apply(a, f) { return a.map(f); }
const inc = (x) => x + 1, dbl = (x) => x * 2;
for (let i = 0; i < 9000; i++) { apply([1, 2], inc); apply([1, 2], dbl); }
console.log(apply([1, 2], inc), apply([3], dbl));
console.log(apply(['a'], inc));
