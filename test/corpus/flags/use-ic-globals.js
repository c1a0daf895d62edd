// flags: --no-use-ic --trace-opt --trace-deopt
globalThis.someGlobal = 1;
let someLexical = 2;
function loadGlobal() { return someGlobal; }
function storeGlobal() { someGlobal = 2; }
function loadLexical() { return someLexical; }
function typeOfNothing() { return typeof nothingThere; }
function mathOf(x) { return Math.abs(x); }
function compiledAfterCalls(f, ...values) {
  %PrepareFunctionForOptimization(f);
  for (let i = 0; i < 3; i++) f(...values);
  %OptimizeFunctionOnNextCall(f);
  console.log(f.name, JSON.stringify(f(...values)));
}
compiledAfterCalls(loadGlobal);
compiledAfterCalls(storeGlobal);
compiledAfterCalls(loadLexical);
compiledAfterCalls(typeOfNothing);
compiledAfterCalls(mathOf, -1);
