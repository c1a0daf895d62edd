// What it shows: "not a Smi". `add` saw only small integers until a fraction arrives.
function add(a, b) {
  return a + b;
}
let sum = 0;
for (let i = 0; i < 20000; i++) sum = add(i & 255, 1);
console.log(`integers: ${sum}`);
console.log(`a fraction: ${add(0.5, sum)}`);
console.log(`a string: ${add('sum=', sum)}`);
