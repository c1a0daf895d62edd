// Bailout: none: arguments and rest objects that somebody keeps are made.
let kept;
function f(...args) { kept = args; return args.length; }
function g() { kept = arguments; return arguments[1]; }
function h(a, b) { kept = arguments; a = 9; return arguments[0]; }
for (const k of [f, g, h]) {
  %PrepareFunctionForOptimization(k);
  k(1, 2); k(3, 4, 5);
  %OptimizeFunctionOnNextCall(k);
  console.log(k(1, 2), kept, k(), kept, k(1, 2, 3), kept);
}
