// Bailout: not a String: a character load from something else.
function code(s, i) { const k = i + 1; return s.charCodeAt(k) + k; }
%PrepareFunctionForOptimization(code);
code('abc', 0); code('def', 1);
%OptimizeFunctionOnNextCall(code);
code('ghi', 0);
console.log(code({ charCodeAt(k) { return k * 100; } }, 1));
