// Bailout: Smi: == of objects and null gets a number.
const one = {}, other = {};
function same(a, b) { return a == b; }
%PrepareFunctionForOptimization(same);
same(one, null); same(one, other);
%OptimizeFunctionOnNextCall(same);
same(undefined, null);
console.log(same(null, undefined), same(1, one));
