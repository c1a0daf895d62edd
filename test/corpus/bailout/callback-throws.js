// Bailout: array callbacks: a callback that throws into the caller’s handler.
function check(a) { try { a.forEach((x) => { if (x < 0) throw new Error('negative ' + x); }); return 'ok'; } catch (e) { return e.message; } }
for (let i = 0; i < 8000; i++) check([1, 2, 3]);
console.log(check([1, 2, 3]));
console.log(check([1, -2, 3]));
console.log(check([1, 'a', -3]));
