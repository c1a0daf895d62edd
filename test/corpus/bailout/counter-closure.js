// A counter in a closure leaves the integers.
function makeCounter(step) { let count = 0; return function next() { count += step; return count; }; }
const next = makeCounter(1);
for (let i = 0; i < 5000; i++) next();
console.log(next());
const half = makeCounter(0.5);
console.log(half(), half(), half());
console.log(next());
