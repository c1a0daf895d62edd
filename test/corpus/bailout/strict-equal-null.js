// Bailout: not a JavaScript object, Null or Undefined: === of objects and null gets a String.
const one = {}, other = {};
function same(a, b) { return a === b; }
%PrepareFunctionForOptimization(same);
same(one, null); same(null, one);
%OptimizeFunctionOnNextCall(same);
same(one, other);
console.log(same("x", null));
