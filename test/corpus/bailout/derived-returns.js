// Bailout: a derived constructor that returns another object, or none.
class A { constructor(x) { this.x = x; } }
class B extends A { constructor(x) { super(x); if (x === 5) return { x: 'own' }; if (x === 6) return 7; } }
function f(x) { try { return new B(x).x; } catch (e) { return e.message; } }
for (let i = 0; i < 20; i++) { new B(i % 4); }
for (const k of [A, B]) %EnsureFeedbackVectorForFunction(k);
%PrepareFunctionForOptimization(f);
f(1, 2); f(2, 3); f(5);
%OptimizeFunctionOnNextCall(f);
console.log(f(1), f(5), f(6));
