// Silent: what is no function is no callback.
function run(a, f) { return a.map(f); }
for (let i = 0; i < 9000; i++) run([1, 2], String);
try { run([1], 5); } catch (e) { console.log(e.message); }
console.log(run([7], String));
