// Bailout: arrays of a literal that become others at their first run begin as such from the second on; their site stays monomorphic.
function row(i, name) { return [i, i * 2, name, i > 2]; }
function width(list) { let n = 0; for (let i = 0; i < list.length; i++) n += row(i, list[i]).length; return n; }
const names = ['a', 'b', 'c', 'd'];
%PrepareFunctionForOptimization(row);
%PrepareFunctionForOptimization(width);
width(names); width(names);
%OptimizeFunctionOnNextCall(width);
console.log(width(names), width([1, 2]), row(1.5, 2).join());
