// Constructors with defaults, some of them given.
class Size { constructor(w = 1, h = w) { this.w = w; this.h = h; } get area() { return this.w * this.h; } }
function area(w) { return new Size(w).area; }
for (let i = 0; i < 5000; i++) area(i & 7);
console.log(area(3));
console.log(area(undefined));
console.log(area(1.5));
