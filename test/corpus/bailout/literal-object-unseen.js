// Bailout: an object literal that had never run: its properties are stored without feedback.
function make(x) { if (x > 10) return { x, y: 1 }; return x; }
%PrepareFunctionForOptimization(make);
make(1); make(2);
%OptimizeFunctionOnNextCall(make);
console.log(make(3));
console.log(make(11).x);
