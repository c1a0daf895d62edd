// An array literal's elements were small integers; an array of before gets doubles, and the site remembers.
function literal(n) { const list = [1, 2, 3]; return n ? list : undefined; }
function fill(list) { list[0] = 1.5; return list; }
%PrepareFunctionForOptimization(literal);
%NeverOptimizeFunction(fill);
literal(1); literal(1);
const early = literal(1);
%OptimizeFunctionOnNextCall(literal);
console.log(literal(1)[0], %HasSmiElements(literal(1)));
console.log(fill(early)[0]);
console.log(literal(1)[1], %HasDoubleElements(literal(1)));
