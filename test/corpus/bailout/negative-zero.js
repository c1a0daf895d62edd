// Products that are −0 for the first time.
function scale(list, by) { let s = 0; for (let i = 0; i < list.length; i++) s = list[i] * by; return s; }
for (let i = 0; i < 4000; i++) scale([1, 2, 3], 2);
console.log(scale([4], 3));
console.log(Object.is(scale([0], -1), -0));
console.log(scale([2 ** 20], 2 ** 20));
