// A closure in a generator: the loop may have changed it, so it is not inlined.
function* counter() { let i = 0; const inc = () => ++i; while (true) { const x = yield inc(); if (x) { i = x; } } }
const c = counter();
let s = 0;
function step(v) { return c.next(v).value; }
for (let i = 0; i < 20000; i++) s += step(0);
console.log(s);
console.log(step(3.5)); console.log(step(0)); console.log(step('z')); console.log(step());
