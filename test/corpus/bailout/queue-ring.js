// A ring buffer, filled with integers, then with objects.
class Ring {
  constructor(size) { this.items = new Array(size).fill(0); this.head = 0; this.size = size; }
  push(item) { this.items[this.head] = item; this.head = (this.head + 1) % this.size; }
  at(i) { return this.items[i]; }
}
const ring = new Ring(8);
for (let i = 0; i < 5000; i++) ring.push(i & 15);
console.log(ring.at(0));
ring.push(1.5);
ring.push('x');
console.log(ring.at(ring.head - 1), ring.at(9));
