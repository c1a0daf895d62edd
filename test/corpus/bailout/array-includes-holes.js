// Bailout: wrong map: holes are undefined to includes, and an object that is no array is none to search.
function has(a, x) { return a.includes(x); }
%PrepareFunctionForOptimization(has);
has([1.5, , 2.5], NaN); has([1.5, , 2.5], 1.5);
%OptimizeFunctionOnNextCall(has);
console.log(has([1.5, , 2.5], undefined), has([1.5, , NaN], NaN), has([1.5, , 2.5], '1.5'));
console.log(has(['a', , 'b'], undefined));
