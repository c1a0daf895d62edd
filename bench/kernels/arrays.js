// Arrays: push and pop, sorting by hand, two dimensions.
function shuffle(a, seed) {
  for (let i = a.length - 1; i > 0; i--) {
    seed = (seed * 7621 + 1) & 32767;
    const j = seed % (i + 1);
    const t = a[i];
    a[i] = a[j];
    a[j] = t;
  }
  return seed;
}
function quick(a, lo, hi) {
  while (lo < hi) {
    const p = a[(lo + hi) >> 1];
    let i = lo;
    let j = hi;
    while (i <= j) {
      while (a[i] < p) i++;
      while (a[j] > p) j--;
      if (i <= j) {
        const t = a[i];
        a[i++] = a[j];
        a[j--] = t;
      }
    }
    quick(a, lo, j);
    lo = i;
  }
}
let seed = 17;
let check = 0;
const grid = [];
for (let y = 0; y < 20; y++) {
  grid.push([]);
  for (let x = 0; x < 20; x++) grid[y].push(x ^ y);
}
for (let r = 0; r < 2400; r++) {
  const a = [];
  for (let i = 0; i < 300; i++) a.push(i);
  seed = shuffle(a, seed);
  quick(a, 0, a.length - 1);
  check = (check * 31 + a[r % 300]) % 1000003;
  for (let y = 1; y < 19; y++) for (let x = 1; x < 19; x++) grid[y][x] = (grid[y][x - 1] + grid[y - 1][x] + grid[y + 1][x] + 1) & 255;
  while (a.length > 290) check += a.pop();
}
console.log(`arrays ${check} ${grid[10][10]}`);
