// Quick sort, its comparison inlined, of integers and then of big numbers.
function compare(a, b) { return a - b; }
function quick(list, low, high) {
  if (low >= high) return;
  const pivot = list[high];
  let i = low;
  for (let j = low; j < high; j++) if (compare(list[j], pivot) < 0) { const t = list[i]; list[i] = list[j]; list[j] = t; i++; }
  const t = list[i]; list[i] = list[high]; list[high] = t;
  quick(list, low, i - 1);
  quick(list, i + 1, high);
}
for (let i = 0; i < 2000; i++) quick([3, 1, 2, 5, 4], 0, 4);
const one = [3, 2 ** 40, 1]; quick(one, 0, 2); console.log(one.join());
const two = [0.5, 0.25, 0.75]; quick(two, 0, 2); console.log(two.join());
const three = ['10', '9', '8']; quick(three, 0, 2); console.log(three.join());
