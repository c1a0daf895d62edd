// Bailout: tier-up by the budget alone, then wrong map.
function warm(o, k) { const t = k + 1; return o.x + t; }
function drive() { let sum = 0; for (let i = 0; i < 30000; i++) sum += warm({ x: 1 }, i & 15); return sum; }
%NeverOptimizeFunction(drive);
const sum = drive();
console.log(sum + warm({ y: 0, x: 6 }, 7));
