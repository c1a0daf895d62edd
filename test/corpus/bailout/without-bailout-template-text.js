// Templates with numbers, then with objects.
function label(name, n) { return `${name}: ${n}`; }
for (let i = 0; i < 4000; i++) label('a', i & 7);
console.log(label('b', 3));
console.log(label({ toString() { return 'o'; } }, 2 ** 40));
console.log(label('x', 0.5));
