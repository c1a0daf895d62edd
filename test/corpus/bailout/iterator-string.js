// Bailout: not a String where the characters of a string were iterated.
function count(text) { let n = 0; for (const c of text) n += c.length; return n; }
%PrepareFunctionForOptimization(count);
count('abc'); count('de');
%OptimizeFunctionOnNextCall(count);
console.log(count('fgh'), count(['ij', 'k']));
