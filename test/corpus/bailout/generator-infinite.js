// A generator that never ends, driven by next(i): other maps, doubles.
function* gen(o) { let t = 0; while (true) { const k = yield t; t += o.x + k; } }
function drive(o) { const it = gen(o); it.next(); let r = 0; for (let i = 0; i < 50; i++) r = it.next(i).value; it.return(); return r; }
for (let i = 0; i < 1000; i++) drive({ x: 1 });
console.log(drive({ x: 2 }));
console.log(drive({ y: 1, x: 2 }));
console.log(drive({ x: 2.5 }));
