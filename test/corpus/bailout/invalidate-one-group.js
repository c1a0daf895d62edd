// Each function assumes another thing of the same field: what breaks one assumption leaves the others' code alone.
class Box { constructor(v) { this.v = v; } }
const box = new Box(1), fixed = new Box(2);
function constant() { return fixed.v; }
function any(b) { return b.v; }
for (const f of [constant, any]) %PrepareFunctionForOptimization(f);
constant(); constant(); any(box); any(box);
for (const f of [constant, any]) %OptimizeFunctionOnNextCall(f);
console.log(constant(), any(box));
fixed.v = 3;
console.log(constant(), any(box), %ActiveTierIsTurbofan(any));
