// An iterator object written by hand.
class Range { constructor(n) { this.n = n; } [Symbol.iterator]() { let i = 0; const n = this.n; return { next() { return i < n ? { value: i++, done: false } : { value: undefined, done: true }; } }; } }
function sum(range) { let s = 0; for (const v of range) s += v; return s; }
for (let i = 0; i < 2500; i++) sum(new Range(4));
console.log(sum(new Range(5)));
console.log(sum([1, 2]));
console.log(sum(new Set([0.5])));
