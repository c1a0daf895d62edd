// What it shows: "out of bounds". The loop reads one element too many, but only on the last call.
function sum(values, count) {
  let total = 0;
  for (let i = 0; i < count; i++) total += values[i];
  return total;
}
const data = [3, 1, 4, 1, 5, 9, 2, 6];
let result = 0;
for (let i = 0; i < 5000; i++) result = sum(data, data.length);
console.log(`inside: ${result}`);
console.log(`past the end: ${sum(data, data.length + 1)}`);
