// Function and method calls, shallow and deep.
function fib(n) {
  return n < 2 ? n : fib(n - 1) + fib(n - 2);
}
class Counter {
  constructor() {
    this.n = 0;
  }
  add(k) {
    this.n = (this.n + this.scale(k)) & 0xffffff;
    return this;
  }
  scale(k) {
    return clamp(k * 3, 100);
  }
}
function clamp(v, limit) {
  return v > limit ? limit : v;
}
const counter = new Counter();
let sum = 0;
for (let i = 0; i < 2400000; i++) {
  counter.add(i & 63).add(2);
  if ((i & 4095) === 0) sum += fib(15);
}
console.log(`calls ${sum} ${counter.n}`);
