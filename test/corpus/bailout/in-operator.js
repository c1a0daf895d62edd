// Keys asked for with in.
function has(o) { return 'x' in o ? 1 : 0; }
for (let i = 0; i < 5000; i++) has({ x: 1 });
console.log(has({ x: 2 }));
console.log(has({ y: 2 }));
console.log(has([]));
