// Bailout: not a String: concat gets an object.
function join(s, t) { return s.concat(t); }
%PrepareFunctionForOptimization(join);
join("a", "b"); join("c", "d");
%OptimizeFunctionOnNextCall(join);
join("e", "");
console.log(join("a", {}));
