// What it shows: "minus zero" and "division by zero", the two results that integers cannot hold.
function product(a, b) {
  return a * b;
}
function remainder(a, b) {
  return a % b;
}
let x = 0;
for (let i = 1; i < 20000; i++) x += product(i & 15, 3) + remainder(i, 7);
console.log(`warm: ${x}`);
console.log(`0 * -1 is ${Object.is(product(0, -1), -0) ? '-0' : '0'}`);
console.log(`-7 % 7 is ${Object.is(remainder(-7, 7), -0) ? '-0' : '0'}`);
console.log(`5 % 0 is ${remainder(5, 0)}`);
