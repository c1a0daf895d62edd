// Bailout: value mismatch: a global that was always the same is set to something else.
var level = 1;
globalThis.mode = 'calm';
function set(v) { mode = v; return v; }
%PrepareFunctionForOptimization(set);
set('calm'); set('calm');
%OptimizeFunctionOnNextCall(set);
console.log(set('calm'));
console.log(set('storm'), mode);
