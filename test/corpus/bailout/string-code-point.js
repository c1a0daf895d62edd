// Bailout: out of bounds: codePointAt past the end.
function point(s, i) { return s.codePointAt(i); }
%PrepareFunctionForOptimization(point);
point("abc", 0); point("abc", 1);
%OptimizeFunctionOnNextCall(point);
point("abc", 2);
console.log(point("a\u{1f600}", 1), point("abc", 3));
