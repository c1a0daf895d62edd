// What it shows: "wrong call target". `apply` has inlined `double`; then it is given `triple`.
const double = (x) => x * 2;
const triple = (x) => x * 3;
function apply(f, x) {
  const y = x + 1;
  return f(y) + y;
}
let total = 0;
for (let i = 0; i < 20000; i++) total += apply(double, i % 7);
console.log(`double: ${total}`);
console.log(`triple: ${apply(triple, 10)}`);
