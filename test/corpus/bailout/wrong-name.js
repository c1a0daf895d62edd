// Bailout: wrong name: a keyed load with one key meets another.
function key(o, k, n) { const t = n + 1; return o[k] + t; }
%PrepareFunctionForOptimization(key);
key({ a: 1, b: 2 }, 'a', 1); key({ a: 3, b: 4 }, 'a', 2);
%OptimizeFunctionOnNextCall(key);
key({ a: 5, b: 6 }, 'a', 3);
console.log(key({ a: 7, b: 8 }, 'b', 4));
