// x === x asks for NaN only; == and < have their guards.
function f(x) { return x === x; }
for (let i = 0; i < 20000; i++) f(i);
console.log(f(NaN), f(1.5), f('a'));
function g(x) { return x == x; }
for (let i = 0; i < 20000; i++) g(i);
console.log(g(NaN), g(1.5), g('a'));
function h(x) { return x < x; }
for (let i = 0; i < 20000; i++) h(i);
console.log(h(NaN), h(1.5), h('a'));
