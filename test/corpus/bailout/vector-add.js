// Vectors added by a static method, of integers, doubles and strings.
class Vector {
  constructor(x, y) { this.x = x; this.y = y; }
  static add(a, b) { return new Vector(a.x + b.x, a.y + b.y); }
}
function path(n) { let v = new Vector(0, 0); const step = new Vector(1, 2); for (let i = 0; i < n; i++) v = Vector.add(v, step); return v; }
for (let i = 0; i < 3000; i++) path(3);
console.log(path(4).y);
console.log(Vector.add(new Vector(0.5, 1), new Vector(1, 1)).x);
console.log(path(2).x);
