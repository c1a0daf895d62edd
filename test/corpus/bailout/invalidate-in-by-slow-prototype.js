// Invalidation: what `in` did not find on a prototype that was a dictionary, and that lookups have made fast, appears there.
const p = { y: 1, z: 2 };
delete p.y;
function has(o) { return 'x' in o; }
function main() {
  %PrepareFunctionForOptimization(has);
  const a = Object.create(p);
  has(a);
  has(a);
  %OptimizeFunctionOnNextCall(has);
  console.log(has(a));
  p.x = 1;
  return has(a);
}
console.log(main());
