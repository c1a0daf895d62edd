// Points in an array, whose fields become doubles.
function centre(points) { let x = 0, y = 0; for (let i = 0; i < points.length; i++) { x += points[i].x; y += points[i].y; } return { x: x / points.length, y: y / points.length }; }
const points = [{ x: 1, y: 2 }, { x: 3, y: 4 }];
for (let i = 0; i < 4000; i++) centre(points);
console.log(centre(points).x);
console.log(centre([{ x: 1, y: 2 }, { x: 2, y: 2 }]).x);
points[0].x = 0.5;
console.log(centre(points).x);
