// What it shows: a lazy bailout. Optimized code has folded `Shape.prototype.sides`; while it is on the stack, the method changes.
class Shape {
  sides() {
    return 4;
  }
}
const shape = new Shape();
const hooks = [() => 0, () => 1, () => 2, () => 3, () => 4];
hooks.push(() => {
  Shape.prototype.sides = () => 6;
  return 5;
});
function count(hook) {
  const before = shape.sides();
  const h = hooks[hook]();
  return before * 10 + shape.sides() + h * 1000;
}
let total = 0;
for (let i = 0; i < 20000; i++) total += count(i % 5);
console.log(`stable: ${total}`);
console.log(`changed on the way: ${count(5)}`);
console.log(`changed before: ${count(4)}`);
