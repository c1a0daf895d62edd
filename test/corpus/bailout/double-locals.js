// Bailout: wrong map with doubles in locals: they become HeapNumbers.
function mix(o, d) { const half = d * 0.5; const quarter = half * 0.5; const s = o.x; return s + half + quarter; }
%PrepareFunctionForOptimization(mix);
mix({ x: 1 }, 2.5); mix({ x: 2 }, 3.5);
%OptimizeFunctionOnNextCall(mix);
mix({ x: 3 }, 4.5);
console.log(mix({ y: 0, x: 6 }, 7.25));
