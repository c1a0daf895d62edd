// Binary search among integers, then among fractions and strings.
function search(list, x) {
  let low = 0, high = list.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const v = list[middle];
    if (v === x) return middle;
    if (v < x) low = middle + 1; else high = middle - 1;
  }
  return -1;
}
const sorted = [1, 3, 5, 7, 9, 11, 13];
for (let i = 0; i < 4000; i++) search(sorted, i % 14);
console.log(search(sorted, 7));
console.log(search([0.5, 1.5, 2.5], 1.5));
console.log(search(['a', 'b', 'c'], 'b'));
