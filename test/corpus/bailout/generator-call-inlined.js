// Calls of generator and async functions are inlined.
function mk(n) { return gen(n); }
function* gen(n) { yield n; }
function first(n) { return mk(n).next().value; }
for (let i = 0; i < 20000; i++) first(i);
console.log(first(1), first('a'), first(1.5));
async function noop(x) { return x; }
function call(x) { noop(x); return x + 1; }
for (let i = 0; i < 20000; i++) call(i);
console.log(call(1), call(2.5), call('s'));
