// typeof of what was always a function: a constant behind a check.
function f(x) { return typeof x; }
for (let i = 0; i < 20000; i++) f(console.log);
for (const x of [1, 1.5, 'q', true, null, undefined, {}, f, 10n, Symbol.iterator]) console.log(f(x));
