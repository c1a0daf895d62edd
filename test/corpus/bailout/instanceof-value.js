// Bailout: wrong value, another constructor than the one that was seen.
function A() {} function B() {}
function is(o, C) { return o instanceof C; }
%PrepareFunctionForOptimization(is);
is(new A(), A); is({}, A);
%OptimizeFunctionOnNextCall(is);
console.log(is(new A(), A), is(new B(), B), is({}, A));
