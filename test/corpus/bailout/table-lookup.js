// A constant table is read by a constant index, then written to.
const weights = [3, 1, 4, 1, 5];
function score(x) { return x * weights[2] + weights[4]; }
for (let i = 0; i < 5000; i++) score(i & 7);
console.log(score(2));
weights[4] = 6;
console.log(score(2));
