// Bailout: on-stack replacement, then wrong map in the middle of the loop.
function walk(items, n) {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    sum += items[i % items.length].v;
    if (i === 50) %OptimizeOsr();
    if (i === 200) items[1] = { w: 0, v: 7 };
  }
  return sum;
}
%PrepareFunctionForOptimization(walk);
console.log(walk([{ v: 1 }, { v: 2 }, { v: 3 }], 300));
