// Bailout: an instance of a default base constructor, made in the derived one.
class A { }
class B extends A { constructor(x) { super(); this.x = x + 1; } }
function f(x) { return new B(x).x; }
for (let i = 0; i < 20; i++) { new B(i, 1); }
for (const k of [A, B]) %EnsureFeedbackVectorForFunction(k);
%PrepareFunctionForOptimization(f);
f(1, 2); f(2, 3);
%OptimizeFunctionOnNextCall(f);
console.log(f(1, 2));
console.log(f('a', 2));
