// for-of over an array that grows meanwhile.
function f(a) { let s = 0; for (const v of a) { s += v; if (v === 2) a.push(5); } return s; }
for (let i = 0; i < 5000; i++) f([1, 2, 3, 4]);
console.log(f([1, 2, 3])); console.log(f([2, 2, 'x']));
