// for-of that returns: properties of strings, other maps.
function f(a, n) { let out = 0; for (const v of a) { out = out + v.k; if (n-- === 0) return out; } return -1; }
const a = [{ k: 1 }, { k: 2 }, { k: 3 }];
for (let i = 0; i < 4000; i++) f(a, 2);
console.log(f(a, 2)); console.log(f(a, 20)); console.log(f([{ k: 'x' }], 0)); console.log(f([{ j: 1, k: 2 }], 0));
