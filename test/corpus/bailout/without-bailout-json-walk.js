// A walk over JSON-like values by their types.
function count(value) {
  if (typeof value === 'number') return 1;
  if (typeof value === 'string') return 2;
  if (Array.isArray(value)) { let n = 0; for (let i = 0; i < value.length; i++) n += count(value[i]); return n; }
  return 3;
}
const tree = [1, 'a', [2, 'b']];
for (let i = 0; i < 3000; i++) count(tree);
console.log(count(tree));
console.log(count([1.5, { a: 1 }, null]));
console.log(count([true, [undefined]]));
