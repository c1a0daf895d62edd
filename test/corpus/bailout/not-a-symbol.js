// Bailout: not a Symbol: a comparison of symbols gets a string.
const tag = Symbol('tag');
const other = Symbol('other');
function sym(a, b, n) { const k = n + 1; return a === b ? k : -k; }
%PrepareFunctionForOptimization(sym);
sym(tag, tag, 1); sym(other, tag, 2);
%OptimizeFunctionOnNextCall(sym);
sym(tag, tag, 3);
console.log(sym('tag', tag, 5));
