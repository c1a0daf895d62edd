// A field that had never changed is read twice, with a call between that changes it.
class Box { constructor(v) { this.v = v; } }
const box = new Box(1), other = new Box(2);
function change(b, v) { if (v !== 0) b.v = v; }
%NeverOptimizeFunction(change);
function twice(b, v) { const before = b.v; change(b, v); return before * 100 + b.v; }
%PrepareFunctionForOptimization(twice);
twice(box, 0); twice(other, 0);
%OptimizeFunctionOnNextCall(twice);
console.log(twice(box, 0));
console.log(twice(box, 7));
