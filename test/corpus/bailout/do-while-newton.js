// Newton's method.
function root(x) { let r = x, k = 0; do { r = (r + x / r) / 2; k++; } while (k < 6); return r; }
for (let i = 1; i < 4000; i++) root(i & 15 | 1);
console.log(root(16) > 3);
console.log(root(2) > 1);
console.log(root('9') > 2);
