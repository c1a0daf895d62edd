// The sieve of Eratosthenes, and Conway's game of life on a torus. What it shows: typed loops over arrays of Smis and booleans, and a
// hole that appears late.
function sieve(limit) {
  const composite = [];
  for (let i = 0; i <= limit; i++) composite.push(false);
  const primes = [];
  for (let i = 2; i <= limit; i++) {
    if (composite[i]) continue;
    primes.push(i);
    for (let j = i * i; j <= limit; j += i) composite[j] = true;
  }
  return primes;
}

class Life {
  constructor(width, height) {
    this.width = width;
    this.height = height;
    this.cells = new Array(width * height).fill(0);
    this.generation = 0;
  }

  set(x, y) {
    this.cells[y * this.width + x] = 1;
    return this;
  }

  place(pattern, x, y) {
    pattern.split('/').forEach((row, dy) => {
      for (let dx = 0; dx < row.length; dx++) if (row[dx] === '#') this.set(x + dx, y + dy);
    });
    return this;
  }

  neighbours(x, y) {
    const { width, height, cells } = this;
    let count = 0;
    for (let dy = -1; dy <= 1; dy++) {
      const row = ((y + dy + height) % height) * width;
      for (let dx = -1; dx <= 1; dx++) {
        if (dx !== 0 || dy !== 0) count += cells[row + ((x + dx + width) % width)];
      }
    }
    return count;
  }

  step() {
    const next = [];
    for (let y = 0; y < this.height; y++) {
      for (let x = 0; x < this.width; x++) {
        const n = this.neighbours(x, y);
        next.push(n === 3 || (n === 2 && this.cells[y * this.width + x] === 1) ? 1 : 0);
      }
    }
    this.cells = next;
    this.generation++;
  }

  get population() {
    return this.cells.reduce((sum, cell) => sum + cell, 0);
  }

  toString() {
    const lines = [];
    for (let y = 0; y < this.height; y++) {
      let line = '';
      for (let x = 0; x < this.width; x++) line += this.cells[y * this.width + x] ? '#' : '.';
      lines.push(line);
    }
    return lines.join('\n');
  }
}

const primes = sieve(5000);
console.log(`${primes.length} primes up to 5000, the last is ${primes[primes.length - 1]}`);
console.log(primes.slice(0, 15).join(' '));
const gaps = new Map();
for (let i = 1; i < primes.length; i++) {
  const gap = primes[i] - primes[i - 1];
  gaps.set(gap, (gaps.get(gap) || 0) + 1);
}
for (const [gap, n] of [...gaps].sort((a, b) => b[1] - a[1]).slice(0, 5)) console.log(`  gap ${gap}: ${n} times`);

const life = new Life(24, 12).place('.#/..#/###', 1, 1).place('###', 12, 5).place('.##/##/.#', 16, 4);
console.log(life.toString());
for (let i = 0; i < 40; i++) {
  life.step();
  if (life.generation % 10 === 0) console.log(`generation ${life.generation}: population ${life.population}`);
}
console.log(life.toString());

const holes = [1, 2, 3];
holes[6] = 7;
let text = '';
for (let i = 0; i < holes.length; i++) text += holes[i] === undefined ? '_' : holes[i];
console.log(`holes: ${text}`);
