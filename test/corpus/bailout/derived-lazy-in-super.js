// Bailout: (lazy) where calls in the parent's and the derived constructor return.
let leave = false;
function drop() { if (leave) %DeoptimizeFunction(f); return 1; }
%NeverOptimizeFunction(drop);
class A { constructor(x) { this.x = x + drop(); } }
class B extends A { constructor(x) { super(x); this.y = this.x + drop(); } }
function f(x) { const b = new B(x); return [b.x, b.y, b instanceof B, Object.keys(b).join()].join(); }
for (let i = 0; i < 20; i++) { new B(i, 1); }
for (const k of [A, B]) %EnsureFeedbackVectorForFunction(k);
%PrepareFunctionForOptimization(f);
f(1, 2); f(2, 3);
%OptimizeFunctionOnNextCall(f);
console.log(f(1));
leave = true;
console.log(f(1));
