// Bailout: not a JavaScript object: of two that are compared by === one is checked.
const one = {}, other = {};
function same(a, b) { return a === b; }
%PrepareFunctionForOptimization(same);
same(one, other); same(one, one);
%OptimizeFunctionOnNextCall(same);
same(other, one);
console.log(same(one, 1), same("x", one));
