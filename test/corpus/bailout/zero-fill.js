// An array written past its end, again and again.
function fill(n) { const list = []; for (let i = 0; i < n; i++) list[i] = i * 2; return list.length; }
for (let i = 0; i < 3000; i++) fill(6);
console.log(fill(8));
console.log(fill(20));
function fillWith(list, v, n) { for (let i = 0; i < n; i++) list[i] = v; return list[n - 1]; }
for (let i = 0; i < 3000; i++) fillWith([], 1, 4);
console.log(fillWith([], 0.5, 3));
console.log(fillWith([], 'x', 2));
