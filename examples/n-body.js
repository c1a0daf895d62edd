// Planets around a star, symplectic Euler. What it shows: double fields that are boxed in the interpreter and stay in registers in
// optimized code, and a late comet whose shape differs (wrong map).
class Body {
  constructor(name, x, y, z, vx, vy, vz, mass) {
    this.name = name;
    this.x = x;
    this.y = y;
    this.z = z;
    this.vx = vx;
    this.vy = vy;
    this.vz = vz;
    this.mass = mass;
  }
}

function accelerate(bodies, dt) {
  for (let i = 0; i < bodies.length; i++) {
    const a = bodies[i];
    for (let j = i + 1; j < bodies.length; j++) {
      const b = bodies[j];
      const dx = a.x - b.x;
      const dy = a.y - b.y;
      const dz = a.z - b.z;
      const squared = dx * dx + dy * dy + dz * dz + 0.001;
      const pull = dt / (squared * Math.sqrt(squared));
      a.vx -= dx * b.mass * pull;
      a.vy -= dy * b.mass * pull;
      a.vz -= dz * b.mass * pull;
      b.vx += dx * a.mass * pull;
      b.vy += dy * a.mass * pull;
      b.vz += dz * a.mass * pull;
    }
  }
}

function move(bodies, dt) {
  for (const body of bodies) {
    body.x += dt * body.vx;
    body.y += dt * body.vy;
    body.z += dt * body.vz;
  }
}

function energy(bodies) {
  let sum = 0;
  bodies.forEach((body, i) => {
    sum += 0.5 * body.mass * (body.vx ** 2 + body.vy ** 2 + body.vz ** 2);
    for (let j = i + 1; j < bodies.length; j++) {
      const other = bodies[j];
      const distance = Math.sqrt((body.x - other.x) ** 2 + (body.y - other.y) ** 2 + (body.z - other.z) ** 2);
      sum -= (body.mass * other.mass) / distance;
    }
  });
  return sum;
}

function report(label, bodies) {
  console.log(`${label}: energy ${energy(bodies).toFixed(6)}`);
  for (const { name, x, y } of bodies) console.log(`  ${name.padEnd(6)} ${x.toFixed(4).padStart(9)} ${y.toFixed(4).padStart(9)}`);
}

const bodies = [
  new Body('star', 0, 0, 0, 0, 0, 0, 1),
  new Body('rock', 1, 0, 0.05, 0, 1, 0, 0.001),
  new Body('giant', 3, 0, 0, 0, 0.57, 0.02, 0.01),
  new Body('ice', 0, 5, 0, -0.45, 0, 0, 0.004),
];
report('start', bodies);
for (let step = 0; step < 1500; step++) {
  accelerate(bodies, 0.004);
  move(bodies, 0.004);
}
report('later', bodies);
bodies.push({ tail: true, name: 'comet', x: -6, y: 2, z: 0, vx: 0.3, vy: -0.2, vz: 0, mass: 0.0001 });
for (let step = 0; step < 500; step++) {
  accelerate(bodies, 0.004);
  move(bodies, 0.004);
}
report('with a comet', bodies);
