// Reads of an array with holes.
function second(list) { return list[1]; }
for (let i = 0; i < 5000; i++) second([1, 2, 3]);
console.log(second([4, 5]));
console.log(second([4, , 6]));
console.log(second([1]));
