// x === x asks for NaN only; == and < have their guards.
function strictly(x) { return x === x; }
function loosely(x) { return x == x; }
function less(x) { return x < x; }
for (const f of [strictly, loosely, less]) {
  %PrepareFunctionForOptimization(f);
  f(1); f(2); f(3);
  %OptimizeFunctionOnNextCall(f);
  f(4);
}
console.log(strictly(NaN), strictly(1.5), strictly('a'), strictly(-0));
console.log(loosely(NaN), loosely('a'));
console.log(less(NaN), less('a'));
