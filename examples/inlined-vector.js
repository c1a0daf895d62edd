// What it shows: a bailout for the Frame Translation. `length` is inlined into `travel`, the vector exists in registers only, numbers
// are untagged; then one unit has another shape.
class Vector {
  constructor(x, y) {
    this.x = x;
    this.y = y;
  }
}

function length(vector, unit) {
  const same = vector;
  const scale = unit.scale;
  return Math.sqrt(vector.x * vector.x + same.y * same.y) * scale;
}

function travel(legs, units, fuel) {
  let distance = 0;
  let used = 0;
  for (let i = 0; i < legs.length; i++) {
    const step = legs[i].dx + 1;
    const share = fuel / 3;
    const vector = new Vector(legs[i].dx, legs[i].dy);
    distance += length(vector, units[i]);
    used += share + step;
  }
  return distance - used;
}

const legs = [];
const units = [];
for (let i = 0; i < 20; i++) {
  legs.push({ dx: i, dy: i / 2 });
  units.push({ scale: 1 });
}
let total = 0;
for (let i = 0; i < 3000; i++) total += travel(legs, units, 0.5);
console.log(`before: ${total.toFixed(2)}`);
units[7] = { name: 'nautical mile', scale: 2 };
console.log(`after: ${travel(legs, units, 0.5).toFixed(2)}`);
