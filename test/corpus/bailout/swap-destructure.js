// Elements are swapped by destructuring.
function reverse(list) { let i = 0, j = list.length - 1; while (i < j) { const t = list[i]; list[i++] = list[j]; list[j--] = t; } return list; }
for (let i = 0; i < 4000; i++) reverse([1, 2, 3, 4]);
console.log(reverse([1, 2, 3]).join());
console.log(reverse([1.5, 2]).join());
console.log(reverse(['a', 'b']).join());
const long = []; long[3] = 1; console.log(reverse(long).length);
