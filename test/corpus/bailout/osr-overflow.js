// Bailout: on-stack replacement, then not a Smi in the loop.
function grow(step, n) {
  let sum = 0, d = step;
  for (let i = 0; i < n; i++) {
    sum = sum + d;
    if (i === 50) %OptimizeOsr();
    if (i === 200) d = 0.5;
  }
  return sum;
}
%PrepareFunctionForOptimization(grow);
console.log(grow(3, 300));
