// flags: --no-use-ic --trace-opt --trace-deopt
class Base { method() { return 2; } }
class Derived extends Base { callSuper() { return super.method(); } }
function loadNamed(o) { return o.x; }
function storeNamed(o) { o.x = 3; }
function callMethod(o) { return o.m(); }
function arrayLength(a) { return a.length; }
function literalOf() { return { a: 1 }; }
function sumOf(a, b) { return a + b; }
function compiledAfterCalls(f, ...values) {
  %PrepareFunctionForOptimization(f);
  for (let i = 0; i < 3; i++) f(...values);
  %OptimizeFunctionOnNextCall(f);
  console.log(f.name, JSON.stringify(f(...values)));
}
const o = { x: 1, m() { return 1; } };
compiledAfterCalls(loadNamed, o);
compiledAfterCalls(storeNamed, o);
compiledAfterCalls(callMethod, o);
compiledAfterCalls(arrayLength, [1]);
compiledAfterCalls(literalOf);
compiledAfterCalls(sumOf, 1, 2);
compiledAfterCalls(Derived.prototype.callSuper);
