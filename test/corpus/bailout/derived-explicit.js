// Bailout: a derived constructor that is inlined, and its parent.
class A { constructor(x) { this.x = x; } }
class B extends A { constructor(x, y) { super(x); this.y = y; } get sum() { return this.x + this.y; } }
function f(x, y) { const b = new B(x, y); return b.sum; }
for (let i = 0; i < 20; i++) new B(i, 1);
%EnsureFeedbackVectorForFunction(A); %EnsureFeedbackVectorForFunction(B);
%PrepareFunctionForOptimization(f);
f(1, 2); f(2, 3);
%OptimizeFunctionOnNextCall(f);
console.log(f(1, 2));
console.log(f('a', 2));
