// A generator with defaults and rest parameters.
function* g(a, b = 2, ...rest) { let s = a + b; for (const r of rest) { s += r; yield s; } return s; }
function f(...args) { let last; const it = g(...args); for (let r = it.next(); !r.done; r = it.next()) last = r.value; return last; }
for (let i = 0; i < 5000; i++) f(1, 2, 3, 4, 5);
console.log(f(1, 2, 3, 4, 5)); console.log(f(1, undefined, 3)); console.log(f(1, 2, 'x', 4)); console.log(f(1.5, 2, 3));
