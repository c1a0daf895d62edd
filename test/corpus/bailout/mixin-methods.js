// Methods copied into a prototype.
const Counting = { count() { this.n = this.n + 1; return this.n; } };
class Thing { constructor() { this.n = 0; } }
Object.assign(Thing.prototype, Counting);
function use(thing) { return thing.count(); }
const thing = new Thing();
for (let i = 0; i < 5000; i++) use(thing);
console.log(use(thing));
thing.n = 0.25;
console.log(use(thing));
console.log(use({ n: 1, count: Counting.count }));
