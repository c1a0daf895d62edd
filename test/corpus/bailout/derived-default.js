// Bailout: default constructors of derived classes, called and passed over.
class A { constructor(x) { this.x = x; } }
class B extends A { }
class C extends B { constructor(x) { super(x, 1); this.z = x * 2; } }
function f(x) { const b = new B(x), c = new C(x); return b.x + c.z; }
for (let i = 0; i < 20; i++) { new B(i, 1); new C(i); }
for (const k of [A, B, C]) %EnsureFeedbackVectorForFunction(k);
%PrepareFunctionForOptimization(f);
f(1, 2); f(2, 3);
%OptimizeFunctionOnNextCall(f);
console.log(f(1, 2));
console.log(f('a', 2));
console.log(f({}), new B(5).x, f(2.5));
