// Bailout: three bailouts: each new shape is learned.
function read(o, k) { const t = k + 1; return o.v + t; }
const shapes = [{ v: 1 }, { a: 0, v: 2 }, { b: 0, v: 3 }, { c: 0, v: 4 }];
let sum = 0;
%PrepareFunctionForOptimization(read);
read(shapes[0], 1); read(shapes[0], 2);
for (let i = 0; i < 3; i++) {
  %OptimizeFunctionOnNextCall(read);
  sum += read(shapes[i], 10 + i);
  sum += read(shapes[i + 1], 20 + i);
  %PrepareFunctionForOptimization(read);
  sum += read(shapes[i + 1], 30 + i);
}
console.log(sum);
