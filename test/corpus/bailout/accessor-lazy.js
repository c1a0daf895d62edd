// A getter that computes once, then reads.
class Lazy {
  constructor(n) { this.n = n; this.cached = undefined; }
  get value() { if (this.cached === undefined) this.cached = this.n * 2; return this.cached; }
}
function read(list) { let s = 0; for (let i = 0; i < list.length; i++) s += list[i].value; return s; }
const warm = [new Lazy(1), new Lazy(2)];
for (let i = 0; i < 4000; i++) read(warm);
console.log(read(warm));
console.log(read([new Lazy(3)]));
console.log(read([new Lazy(0.5)]));
