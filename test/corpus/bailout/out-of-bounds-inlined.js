// Bailout: out of bounds: three inlining levels deep.
function leaf(a, i) { const k = i - 2; return a[k]; }
function low(a, i) { const k = i + 4; return leaf(a, k) * 2; }
function middle(a, i) { const k = i - 1; return low(a, k - 2) + k; }
%PrepareFunctionForOptimization(leaf);
%PrepareFunctionForOptimization(low);
%PrepareFunctionForOptimization(middle);
function top(a, i) { const k = i + 1; return middle(a, k) + k; }
%PrepareFunctionForOptimization(top);
top([1, 2, 3], 0); top([1, 2, 3], 1);
%OptimizeFunctionOnNextCall(top);
top([1, 2, 3], 0);
console.log(top([1, 2, 3], 20));
