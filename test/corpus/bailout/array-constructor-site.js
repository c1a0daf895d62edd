// What a construct call of Array has learned: the kind of its elements, and that its arguments are no case for optimized code.
function pair(a, b) {
  return new Array(a, b)[1];
}
function holes(n) {
  const array = new Array(n);
  for (let i = 0; i < n; i++) array[i] = i;
  return array.length;
}
function called(n) {
  return Array(n).length;
}
let total = 0;
for (let i = 0; i < 20000; i++) total += pair(i, 1) + holes(3) + called(2);
for (let i = 0; i < 20000; i++) total += pair(i, 1.5);
total += holes(100000) + called(20000);
try {
  holes(-1);
} catch (error) {
  console.log(error.message);
}
console.log(total);
