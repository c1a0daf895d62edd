// Bailout: (lazy) a rest array that is rebuilt where a call returns.
function drop() { %DeoptimizeFunction(collect); return 5; }
%NeverOptimizeFunction(drop);
function collect(a, b, ...rest) {
  const n = drop();
  return rest.length + n + rest[0] + a;
}
%PrepareFunctionForOptimization(collect);
collect(1, 2, 3, 4); collect(1, 2, 3);
%OptimizeFunctionOnNextCall(collect);
console.log(collect(1, 2, 3, 4, 5));
console.log(collect(1));
