// Bailout: wrong map: a property store meets another shape.
function store(o, v) { 'use strict'; const twice = v * 2; o.x = twice; return v + 1; }
%PrepareFunctionForOptimization(store);
store({ x: 1 }, 2); store({ x: 2 }, 3);
%OptimizeFunctionOnNextCall(store);
store({ x: 3 }, 4);
console.log(store({ y: 5, x: 6 }, 7));
