// An exception out of an inlined function, caught in the caller.
function half(n) { if (n % 2 !== 0) throw new Error('odd'); return n / 2; }
function halves(list) { let s = 0; for (let i = 0; i < list.length; i++) { try { s += half(list[i]); } catch { s -= 1; } } return s; }
for (let i = 0; i < 4000; i++) halves([2, 4]);
console.log(halves([2, 8]));
console.log(halves([1]));
console.log(halves([0.5, 2]));
