// for-of that breaks.
function f(a) { let s = 0; for (const v of a) { if (v === 3) break; s += v; } return s; }
for (let i = 0; i < 5000; i++) f([1, 2, 3, 4]);
console.log(f([1, 2, 3])); console.log(f([1.5, 3])); console.log(f([1, 'x']));
