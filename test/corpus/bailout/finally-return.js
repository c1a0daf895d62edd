// A finally block that counts what passes.
let passed = 0;
function twice(n) { try { return n * 2; } finally { passed++; } }
for (let i = 0; i < 5000; i++) twice(i & 7);
console.log(twice(4), passed);
console.log(twice(0.5), passed);
console.log(twice('3'), passed);
