// Members by computed names.
const ops = { double(x) { return x * 2; }, triple(x) { return x * 3; } };
function apply(name, x) { return ops[name](x); }
for (let i = 0; i < 5000; i++) apply('double', i & 7);
console.log(apply('double', 4));
console.log(apply('triple', 4));
console.log(apply('double', 0.5));
