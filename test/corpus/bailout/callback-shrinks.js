// Bailout: array callbacks: the callback shortens the array.
function drain(a) { let s = 0; a.forEach((x) => { s += x; if (stop) a.length = 1; }); return s; }
let stop = false;
for (let i = 0; i < 9000; i++) drain([1, 2, 3]);
stop = true;
console.log(drain([1, 2, 3]));
