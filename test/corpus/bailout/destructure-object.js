// Destructuring of objects, of another shape, of null.
function length({ x, y, z = 0 }) { return x * x + y * y + z; }
for (let i = 0; i < 5000; i++) length({ x: i & 3, y: 2 });
console.log(length({ x: 3, y: 4 }));
console.log(length({ x: 3, y: 4, z: 1 }));
console.log(length({ y: 3.5, x: 4 }));
try { length(null); } catch (error) { console.log(error.constructor.name); }
