// Triangles by their sides.
function kind(a, b, c) { if (a === b && b === c) return 'equal'; if (a === b || b === c || a === c) return 'two'; return 'none'; }
for (let i = 0; i < 6000; i++) kind(i & 3, 2, 3);
console.log(kind(3, 3, 3));
console.log(kind(0.5, 0.5, 1));
console.log(kind('a', 'a', 'b'));
