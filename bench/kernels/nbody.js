// Double arithmetic over double fields.
function Body(x, y, vx, vy, m) {
  this.x = x;
  this.y = y;
  this.vx = vx;
  this.vy = vy;
  this.m = m;
}
function advance(bodies, dt) {
  const n = bodies.length;
  for (let i = 0; i < n; i++) {
    const a = bodies[i];
    for (let j = i + 1; j < n; j++) {
      const b = bodies[j];
      const dx = a.x - b.x;
      const dy = a.y - b.y;
      const d2 = dx * dx + dy * dy + 0.01;
      const mag = dt / (d2 * Math.sqrt(d2));
      a.vx -= dx * b.m * mag;
      a.vy -= dy * b.m * mag;
      b.vx += dx * a.m * mag;
      b.vy += dy * a.m * mag;
    }
  }
  for (let i = 0; i < n; i++) {
    const b = bodies[i];
    b.x += dt * b.vx;
    b.y += dt * b.vy;
  }
}
const bodies = [new Body(0.5, 0.5, 0.1, 0.1, 1.5), new Body(1.5, 0.5, 0.1, 1.25, 0.25), new Body(0.5, 3.5, 0.75, 0.1, 0.125), new Body(-4.5, 0.5, 0.1, -0.5, 0.5), new Body(0.25, -6.5, -0.4, 0.1, 0.1)];
for (let i = 0; i < 150000; i++) advance(bodies, 0.001);
let sum = 0;
for (const b of bodies) sum += b.x * 3 + b.y * 5;
console.log(`nbody ${sum.toFixed(9)}`);
