// What it shows: on-stack replacement. One long call enters optimized code in the middle of its loop, and leaves it with "wrong
// map" when a particle of another shape comes.
function simulate(particles, steps) {
  let energy = 0;
  for (let step = 0; step < steps; step++) {
    const p = particles[step < steps - 100 ? step & 3 : 4];
    p.x += p.v;
    energy += p.v * p.v;
  }
  return energy;
}
const particles = [];
for (let i = 0; i < 4; i++) particles.push({ x: i, v: i + 1 });
particles.push({ heavy: true, v: 3, x: 0 });
console.log(`energy: ${simulate(particles, 60000)}`);
for (const p of particles) console.log(`x=${p.x} v=${p.v} heavy=${p.heavy === true}`);
