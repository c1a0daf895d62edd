// for-of over entries(): doubles, strings.
function f(a) { let s = 0; for (const [i, v] of a.entries()) s += i * v; return s; }
for (let i = 0; i < 5000; i++) f([1, 2, 3, 4]);
console.log(f([1, 2, 3])); console.log(f([1.5, 2])); console.log(f(['a'])); 
