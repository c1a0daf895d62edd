// Bailout: wrong map: a load through the prototype chain meets an object of another class.
class A {}
A.prototype.kind = 'a';
class B {}
B.prototype.kind = 'b';
function name(o, n) { const count = n * 3; return o.kind + count; }
%PrepareFunctionForOptimization(name);
name(new A(), 2); name(new A(), 3);
%OptimizeFunctionOnNextCall(name);
name(new A(), 4);
console.log(name(new B(), 7));
