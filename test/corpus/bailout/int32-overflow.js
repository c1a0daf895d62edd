// A linear congruential generator.
class Random { constructor(seed) { this.seed = seed; } next() { this.seed = (this.seed * 1103 + 12345) % 65536; return this.seed; } }
const random = new Random(1);
for (let i = 0; i < 5000; i++) random.next();
console.log(random.next());
random.seed = 2 ** 40;
console.log(random.next());
random.seed = 0.5;
console.log(random.next());
