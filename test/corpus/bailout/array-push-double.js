// Bailout: not a Number: push of a String to an array of doubles.
function add(a, x) { a.push(x); return a.length; }
%PrepareFunctionForOptimization(add);
add([1.5], 2); add([1, 2.5], 3.5);
%OptimizeFunctionOnNextCall(add);
add([4.5], 5);
console.log(add([1.5], "s"));
