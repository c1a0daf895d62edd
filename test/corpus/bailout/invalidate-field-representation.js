// A field held small integers only; a string is stored there, and the map stays what it is.
class Point { constructor(x) { this.x = x; } }
const point = new Point(1);
point.x = 2;
function load(o) { return o.x + 1; }
function add(o, by) { return o.x + by; }
for (const f of [load, add]) %PrepareFunctionForOptimization(f);
load(point); load(point); add(point, 1); add(point, 'a');
for (const f of [load, add]) %OptimizeFunctionOnNextCall(f);
console.log(load(point), add(point, 2), add(point, 'b'));
const second = new Point(5);
second.x = 'text';
console.log(load(second), add(second, 1), load(point));
