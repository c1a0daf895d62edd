// A switch over small integers, then over other values.
function cost(kind) { switch (kind) { case 0: return 1; case 1: return 2; case 2: return 4; case 3: return 8; case 4: return 16; default: return 0; } }
function total(list) { let s = 0; for (let i = 0; i < list.length; i++) s += cost(list[i]); return s; }
for (let i = 0; i < 4000; i++) total([0, 1, 4]);
console.log(total([2, 3]));
console.log(total([1.5, 2]));
console.log(total(['1', 1]));
