// Bailout: wrong feedback cell: a closure of another function literal is called.
function adder(n) { return function add(x) { return x + n; }; }
function subtracter(n) { return function sub(x) { return x - n; }; }
function apply(f, x) { return f(x); }
for (let i = 0; i < 5; i++) adder(i)(i);
for (let i = 0; i < 5; i++) subtracter(i)(i);
for (let i = 0; i < 4000; i++) apply(adder(1), 2);
console.log(apply(adder(4), 5));
console.log(apply(subtracter(4), 5));
