// instanceof over a class hierarchy.
class Shape {} class Round extends Shape { constructor(r) { super(); this.r = r; } }
function size(o) { if (o instanceof Round) return o.r; if (o instanceof Shape) return 1; return 0; }
for (let i = 0; i < 5000; i++) size(new Round(i & 3));
console.log(size(new Round(2)));
console.log(size(new Shape()));
console.log(size({ r: 5 }));
console.log(size(3));
