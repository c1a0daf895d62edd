// flags: --no-use-ic --trace-opt --trace-deopt
function loadElement(a, i) { return a[i]; }
function loadByName(o, k) { return o[k]; }
function storeElement(a, i) { a[i] = 1; }
function hasName(o, k) { return k in o; }
function ownNames(v) { return { a: v, ['b' + v]: 2 }; }
function arrayOf(v) { return [v, ...v]; }
function sumOfAll(a) { let s = 0; for (const x of a) s += x; return s; }
function cloneOf(o) { return { ...o }; }
function isInstance(o, c) { return o instanceof c; }
function compiledAfterCalls(f, ...values) {
  %PrepareFunctionForOptimization(f);
  for (let i = 0; i < 3; i++) f(...values);
  %OptimizeFunctionOnNextCall(f);
  console.log(f.name, JSON.stringify(f(...values)));
}
const o = { x: 1 };
compiledAfterCalls(loadElement, [1, 2], 1);
compiledAfterCalls(loadByName, o, 'x');
compiledAfterCalls(storeElement, [1, 2], 1);
compiledAfterCalls(hasName, o, 'x');
compiledAfterCalls(ownNames, 1);
compiledAfterCalls(arrayOf, [1]);
compiledAfterCalls(sumOfAll, [1, 2]);
compiledAfterCalls(cloneOf, o);
compiledAfterCalls(isInstance, o, Object);
