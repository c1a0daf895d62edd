// A cache on a Map that forgets the oldest entry.
class Lru { constructor(n) { this.n = n; this.map = new Map(); this.hits = 0; } get(k) { const v = this.map.get(k); if (v !== undefined) { this.hits++; return v; } const made = k * 2; this.map.set(k, made); if (this.map.size > this.n) this.map.delete(this.map.keys().next().value); return made; } }
const lru = new Lru(4);
for (let i = 0; i < 4000; i++) lru.get(i & 3);
console.log(lru.get(2), lru.hits);
console.log(lru.get(0.5));
console.log(lru.get('7'));
