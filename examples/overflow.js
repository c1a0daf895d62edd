// What it shows: "overflow". Factorials fit an int32 up to 12!, then the multiplication bails out.
function factorial(n) {
  let product = 1;
  for (let i = 2; i <= n; i++) product *= i;
  return product;
}
let last = 0;
for (let i = 0; i < 20000; i++) last = factorial(i % 10);
console.log(`9! = ${last}`);
for (const n of [12, 13, 14, 15, 16]) console.log(`${n}! = ${factorial(n)}`);
