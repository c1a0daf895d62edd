// A global that always held a boolean: what is stored is a bit in optimized code, and needs its object where the map is checked.
globalThis.isOneOf = false;
function store(word, n) { isOneOf = word === 'a' || word === 'b' || word === 'c'; return n + 1; }
%PrepareFunctionForOptimization(store);
store('a', 1); store('x', 2); store('c', 3);
%OptimizeFunctionOnNextCall(store);
console.log(store('b', 4), isOneOf, store('y', 5), isOneOf);
console.log(store('c', 1.5), isOneOf);
