// Bailout: array callbacks: a known function as the callback.
const isEven = (x) => (x & 1) === 0;
function evens(a) { return a.filter(isEven).length; }
for (let i = 0; i < 9000; i++) evens([1, 2, 3, 4]);
console.log(evens([1, 2, 3, 4]));
console.log(evens([1.5, 2]));
console.log(evens(['2', '3']));
