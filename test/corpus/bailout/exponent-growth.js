// Powers and roots.
function grow(x, n) { let y = x; for (let i = 0; i < n; i++) y = y ** 2 % 1000; return y; }
for (let i = 0; i < 4000; i++) grow(i & 7, 2);
console.log(grow(3, 3));
console.log(grow(1.5, 2));
console.log(grow('2', 2));
