// Bailout: wrong map inside a loop, with live loop variables.
function total(items, bonus) { let sum = 0; for (let i = 0; i < items.length; i++) { sum += items[i].v + bonus; } return sum; }
%PrepareFunctionForOptimization(total);
total([{ v: 1 }, { v: 2 }], 10); total([{ v: 3 }], 20);
%OptimizeFunctionOnNextCall(total);
total([{ v: 4 }, { v: 5 }], 30);
console.log(total([{ v: 6 }, { v: 7 }, { w: 0, v: 8 }, { v: 9 }], 40));
