// Bailout: not a Smi: a search in an array begins at undefined.
function find(a, x, from) { return a.indexOf(x, from); }
%PrepareFunctionForOptimization(find);
find(['a', 'b'], 'b', 0); find(['a', 'b'], 'c', -1);
%OptimizeFunctionOnNextCall(find);
console.log(find(['a', 'b'], 'b', -1), find(['a', 'b'], 'a', 1));
console.log(find(['a', 'b'], 'a', undefined));
