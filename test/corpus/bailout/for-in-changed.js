// Bailout: wrong map between two keys: the object got a property while its keys were visited.
let grown;
function visit() { if (grown !== undefined) grown.more = 1; }
function keys(o) { let s = ''; for (const k in o) { s += k; visit(); } return s; }
grown = { a: 1, b: 2 };
%PrepareFunctionForOptimization(visit);
visit();
grown = undefined;
%PrepareFunctionForOptimization(keys);
keys({ a: 1, b: 2 }); keys({ a: 3, b: 4 });
%OptimizeFunctionOnNextCall(keys);
console.log(keys({ a: 1, b: 2 }));
grown = { a: 5, b: 6 };
console.log(keys(grown));
