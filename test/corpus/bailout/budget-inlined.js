// Bailout: tier-up by the budget alone, then not a Smi in an inlined callee.
function square(a) { return a * a; }
function norm(a, b) { const p = square(a); const q = square(b); return p + q; }
function drive() { let sum = 0; for (let i = 0; i < 30000; i++) sum += norm(i & 7, 3); return sum; }
%NeverOptimizeFunction(drive);
const sum = drive();
console.log(sum + norm(2, 1.5));
