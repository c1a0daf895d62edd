// for-of in try: an exception leaves the loop.
function f(a) { try { let s = 0; for (const v of a) { if (v < 0) throw new Error('neg'); s += v; } return s; } catch (e) { return e.message; } }
for (let i = 0; i < 4000; i++) f([1, 2, 3]);
console.log(f([1, 2])); console.log(f([1, -2])); console.log(f([0.5, -2]));
