// Bailout: not a Smi in a method: the receiver is an object.
class Counter { constructor() { this.n = 5; } add(d, e) { const t = e + 1; return this.n + d + t; } }
const c = new Counter();
%PrepareFunctionForOptimization(Counter.prototype.add);
c.add(1, 2); c.add(3, 4);
%OptimizeFunctionOnNextCall(Counter.prototype.add);
c.add(5, 6);
console.log(c.add(0.5, 7));
