// The shoelace formula over points, integers and then fractions.
function area(points) { let sum = 0; for (let i = 0; i < points.length; i++) { const p = points[i], q = points[(i + 1) % points.length]; sum += p.x * q.y - q.x * p.y; } return sum / 2; }
const square = [{ x: 0, y: 0 }, { x: 4, y: 0 }, { x: 4, y: 4 }, { x: 0, y: 4 }];
for (let i = 0; i < 3000; i++) area(square);
console.log(area(square));
console.log(area([{ x: 0, y: 0, z: 1 }, { x: 1, y: 0, z: 1 }, { x: 0, y: 1, z: 1 }]));
