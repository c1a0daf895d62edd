// Shapes of three classes, then a fourth, then a fifth.
class Square { constructor(a) { this.a = a; } area() { return this.a * this.a; } }
class Rect { constructor(a, b) { this.a = a; this.b = b; } area() { return this.a * this.b; } }
class Circle { constructor(r) { this.r = r; } area() { return 3 * this.r * this.r; } }
class Triangle { constructor(b, h) { this.b = b; this.h = h; } area() { return this.b * this.h / 2; } }
function total(shapes) { let sum = 0; for (let i = 0; i < shapes.length; i++) sum += shapes[i].area(); return sum; }
const shapes = [new Square(2), new Rect(2, 3)];
for (let i = 0; i < 4000; i++) total(shapes);
console.log(total(shapes));
console.log(total([new Circle(1)]));
console.log(total([new Triangle(3, 4), new Square(1)]));
console.log(total([{ area() { return 7; } }]));
