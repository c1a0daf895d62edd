// The map of what a constructor makes was known; its prototype is another one now.
function Made() { this.a = 1; }
Made.prototype.tag = 'first';
function make() { return new Made(); }
function change(d) { if (d) Made.prototype = { tag: 'second' }; }
%NeverOptimizeFunction(change);
function around(d, k) { const t = k + 1; change(d); return new Made().a + t; }
for (const f of [make, around]) %PrepareFunctionForOptimization(f);
for (let i = 0; i < 20; i++) { make(); around(false, i); }
for (const f of [make, around]) %OptimizeFunctionOnNextCall(f);
console.log(make().tag, make() instanceof Made, around(false, 3));
console.log(around(true, 4));
console.log(make().tag, make() instanceof Made);
