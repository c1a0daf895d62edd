// A running average, integers first.
class Average { constructor() { this.sum = 0; this.n = 0; } add(x) { this.sum += x; this.n++; return this.sum / this.n; } }
const average = new Average();
for (let i = 0; i < 5000; i++) average.add(2);
console.log(average.add(2));
console.log(average.add(0.5) > 1);
console.log(average.add('x'));
