// A method that is a generator, recursive.
class Tree { constructor(l, v, r) { this.l = l; this.v = v; this.r = r; }
  *[Symbol.iterator]() { if (this.l) yield* this.l; yield this.v; if (this.r) yield* this.r; } }
function make(d) { return d === 0 ? null : new Tree(make(d - 1), d, make(d - 1)); }
const t = make(6);
function sum(t) { let s = 0; for (const v of t) s += v; return s; }
for (let i = 0; i < 300; i++) sum(t);
console.log(sum(t));
t.l.v = 0.5; console.log(sum(t));
t.l = new Tree(null, 'q', null); console.log(sum(t));
