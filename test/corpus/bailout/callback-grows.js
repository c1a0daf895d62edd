// Bailout: array callbacks: the callback pushes to the array.
function twice(a) { a.forEach((x) => { if (a.length < limit) a.push(x); }); return a.length; }
let limit = 0;
for (let i = 0; i < 9000; i++) twice([1, 2, 3]);
limit = 6;
console.log(twice([1, 2, 3]));
console.log(twice([1.5, 2]));
