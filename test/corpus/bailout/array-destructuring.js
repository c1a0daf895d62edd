// Array destructuring: too short, doubles, a string; swapping.
function f(a) { const [x, y] = a; return x + y; }
for (let i = 0; i < 5000; i++) f([1, 2]);
console.log(f([1, 2])); console.log(f([1])); console.log(f([1.5, 2])); console.log(f('ab'));
function g(a, b) { [a, b] = [b, a]; return a - b; }
for (let i = 0; i < 5000; i++) g(i, 2);
console.log(g(1, 2)); console.log(g(1.5, 2)); console.log(g('5', 2));
