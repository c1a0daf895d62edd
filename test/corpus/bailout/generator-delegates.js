// yield* of one generator in another.
function* outer(n) { yield* inner(n); yield 'end'; }
function* inner(n) { for (let i = 0; i < n; i++) yield i; return n; }
function run(n) { let c = 0; for (const v of outer(n)) c += typeof v === 'number' ? v : 1; return c; }
for (let i = 0; i < 3000; i++) run(10);
console.log(run(10));
console.log(run(10.5));
