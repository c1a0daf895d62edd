// Bailout: wrong map, an object whose map does not tell its keys; and one that changes under the loop.
function keys(o, change) { let s = ''; for (const k in o) { s += k; if (change) o.more = 1; } return s; }
const round = () => { %PrepareFunctionForOptimization(keys); keys({ a: 1, b: 2 }, false); keys({ c: 1, b: 2 }, false); %OptimizeFunctionOnNextCall(keys); keys({ a: 1, b: 2 }, false); };
round();
console.log(keys([1, 2], false));
%ClearFunctionFeedback(keys);
round();
console.log(keys({ a: 1, b: 2 }, false), keys({ a: 1, b: 2 }, true));
