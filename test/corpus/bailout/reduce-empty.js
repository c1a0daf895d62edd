// Bailout: no initial element.
function sum(a) { return a.reduce((x, y) => x + y); }
%PrepareFunctionForOptimization(sum);
sum([1, 2]); sum([3, 4]);
%OptimizeFunctionOnNextCall(sum);
console.log(sum([1, 2]));
try { sum([]); } catch (e) { console.log(e.constructor.name); }
