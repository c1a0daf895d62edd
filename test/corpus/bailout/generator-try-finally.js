// A generator with try, catch and finally: another callee; throw() and return() from outside.
function* g(f) { try { for (let i = 0; i < 20; i++) { yield f(i); } } catch (e) { yield 'caught ' + e; } finally { yield 'finally'; } }
const id = (x) => x + 1;
function run(f) { const out = []; for (const v of g(f)) out.push(v); return out.length; }
for (let i = 0; i < 2000; i++) run(id);
console.log(run(id));
console.log(run((x) => { if (x > 5) throw new Error('boom'); return x; }));
const it = g(id); it.next(); console.log(JSON.stringify(it.throw('t'))); console.log(JSON.stringify(it.next()));
const it2 = g(id); it2.next(); console.log(JSON.stringify(it2.return(7))); console.log(JSON.stringify(it2.next()));
