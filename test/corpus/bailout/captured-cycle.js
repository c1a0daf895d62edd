// Bailout: wrong map: two objects that hold each other, and neither was made.
function knot(o, x) {
  const a = { x, b: null };
  const b = { a, y: 2 };
  a.b = b;
  const { v } = o;
  return v === 5 ? [a.b.a === a, b.a.b === b, a.x + b.y] : a.b.a.x + v;
}
%PrepareFunctionForOptimization(knot);
for (let i = 0; i < 4; i++) knot({ v: i }, i);
%OptimizeFunctionOnNextCall(knot);
console.log(knot({ v: 1 }, 3));
console.log(knot({ w: 0, v: 5 }, 7).join());
