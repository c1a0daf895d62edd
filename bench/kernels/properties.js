// Named loads and stores over a few shapes.
function Point(x, y) {
  this.x = x;
  this.y = y;
  this.z = 0;
}
function run(rounds) {
  const points = [];
  for (let i = 0; i < 64; i++) points.push(new Point(i, 64 - i));
  let sum = 0;
  for (let i = 0; i < rounds; i++) {
    const p = points[i & 63];
    const q = points[(i * 7) & 63];
    p.z = (q.x + p.y) & 1023;
    q.x = (p.x + 1) & 255;
    sum = (sum + p.z + q.y) & 0xfffffff;
  }
  return sum;
}
console.log(`properties ${run(9000000)}`);
