// Bailout: out of bounds: a character past the end.
function char(s, i) { const k = i + 2; return s.charCodeAt(k); }
%PrepareFunctionForOptimization(char);
char('abc', 0); char('defg', 1);
%OptimizeFunctionOnNextCall(char);
char('ghi', 0);
console.log(char('abc', 7));
