// Bailout: array callbacks: a stack trace out of a callback.
function where(a) { return a.map((x) => { if (x === 3) return new Error('here').stack.split('\n').slice(0, 4).map((l) => l.replace(/[^ (]*[/]/, '')).join('|'); return x; }); }
for (let i = 0; i < 5000; i++) where([1, 2]);
console.log(where([1, 3])[1]);
