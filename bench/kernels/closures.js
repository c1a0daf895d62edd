// Closures, context slots and callbacks.
function makeAdder(step) {
  let total = 0;
  return (v) => {
    total = (total + v * step) & 0xfffffff;
    return total;
  };
}
function compose(f, g) {
  return (x) => f(g(x));
}
const adders = [makeAdder(1), makeAdder(2), makeAdder(3)];
const data = [];
for (let i = 0; i < 32; i++) data.push(i);
let last = 0;
for (let i = 0; i < 2000000; i++) {
  const f = compose(adders[i % 3], (x) => x + i);
  last = f(5);
  if ((i & 31) === 0) last += data.map((x) => x + last).filter((x) => x & 1).reduce((s, x) => (s + x) & 0xffff, 0);
}
console.log(`closures ${last} ${adders[0](0)}`);
