// Holes were undefined, since no prototype has elements; now one has.
function load(list, i) { return list[i]; }
function iterate(list) { let sum = 0; for (const x of list) sum += x; return sum; }
const list = [1, , 3], packed = [1, 2, 3];
for (const f of [load, iterate]) %PrepareFunctionForOptimization(f);
load(list, 0); load(list, 1); load(list, 1); iterate(packed); iterate(packed);
for (const f of [load, iterate]) %OptimizeFunctionOnNextCall(f);
console.log(load(list, 1), iterate(packed));
Array.prototype[1] = 'proto';
console.log(load(list, 1), iterate(packed));
const iterator = Object.getPrototypeOf([][Symbol.iterator]());
const { next } = iterator;
iterator.next = function () { const step = next.call(this); if (!step.done) step.value *= 10; return step; };
console.log(load(list, 1), iterate(packed));
