// An error that is caught for the first time in optimized code.
function check(n) { if (n < 0) throw new RangeError('negative'); return n; }
function safe(n) { try { return check(n) * 2; } catch (error) { return error.message.length; } }
for (let i = 0; i < 5000; i++) safe(i & 7);
console.log(safe(3));
console.log(safe(-1));
console.log(safe(1.5));
console.log(safe(-1));
