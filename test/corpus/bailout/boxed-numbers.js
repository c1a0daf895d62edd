// Numbers in a field that becomes a double, then anything.
class Cell { constructor(v) { this.v = v; } }
function add(a, b) { return new Cell(a.v + b.v); }
for (let i = 0; i < 5000; i++) add(new Cell(i & 7), new Cell(1));
console.log(add(new Cell(2), new Cell(3)).v);
console.log(add(new Cell(0.5), new Cell(3)).v);
console.log(add(new Cell('a'), new Cell(3)).v);
