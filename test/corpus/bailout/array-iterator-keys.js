// for-of over keys(): holes, another receiver.
function f(a) { let s = 0; for (const i of a.keys()) s += i; return s; }
for (let i = 0; i < 5000; i++) f([1, 2, 3, 4]);
console.log(f([1, 2, 3])); console.log(f([1, , 2])); console.log(f(['a', 'b'])); console.log(f(new Uint8Array(4)));
