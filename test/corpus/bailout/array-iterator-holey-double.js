// for-of over holey doubles.
function f(a) { let s = 0; for (const v of a) s += v; return s; }
for (let i = 0; i < 5000; i++) f([1.5, 2.5, , 3]);
console.log(f([1.5, , 3])); console.log(f([1.5, 2])); console.log(f([1, 2, 3]));
