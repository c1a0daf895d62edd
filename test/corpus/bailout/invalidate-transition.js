// Code that adds a property knows the map that the object gets; a double there makes that map an outdated one.
function add(v) { const o = {}; o.only = v; return o; }
%PrepareFunctionForOptimization(add);
add(1); add(2);
%OptimizeFunctionOnNextCall(add);
console.log(add(3).only);
const other = {};
other.only = 1.5;
console.log(add(4).only, add(5.5).only);
