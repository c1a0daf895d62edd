// Bailout: not a String: a concatenation of strings gets a number.
function cat(a, b) { const t = b + '!'; return a + t; }
%PrepareFunctionForOptimization(cat);
cat('a', 'b'); cat('c', 'd');
%OptimizeFunctionOnNextCall(cat);
cat('e', 'f');
console.log(cat(5, 'g'));
