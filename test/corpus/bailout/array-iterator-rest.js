// for-of over rest parameters and arguments.
function f(...a) { let s = 0; for (const v of a) s += v; return s; }
for (let i = 0; i < 4000; i++) f(1, 2, 3);
console.log(f(1, 2)); console.log(f(1.5, 2)); console.log(f('a'));
function g() { let s = 0; for (const v of arguments) s += v; return s; }
for (let i = 0; i < 4000; i++) g(1, 2, 3);
console.log(g(1, 2)); console.log(g(1.5, 2));
