// Clamping of integers, then of a value that is none.
function clamp(x, low, high) { if (x < low) return low; if (x > high) return high; return x; }
function clampAll(list) { let s = 0; for (let i = 0; i < list.length; i++) s += clamp(list[i], 0, 10); return s; }
for (let i = 0; i < 4000; i++) clampAll([1, 20, -3]);
console.log(clampAll([5, 50]));
console.log(clampAll([0.5, 11.5]));
console.log(clampAll(['3', 4]));
