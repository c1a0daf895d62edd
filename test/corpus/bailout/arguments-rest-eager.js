// Bailout: not a Smi: a rest array that is rebuilt from the frame.
function sum(first, ...rest) {
  let total = first;
  for (let i = 0; i < rest.length; i++) total += rest[i];
  return total;
}
%PrepareFunctionForOptimization(sum);
sum(1, 2, 3); sum(4); sum();
%OptimizeFunctionOnNextCall(sum);
console.log(sum(1, 2, 3), sum(7));
console.log(sum(1, 2, 'x'), sum(1, 'y', 3, 4));
