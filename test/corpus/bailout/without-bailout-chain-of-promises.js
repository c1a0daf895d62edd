// Promises in a chain, each adding one.
async function chain(n, x) { let v = x; for (let i = 0; i < n; i++) v = (await v) + 1; return v; }
(async () => { for (let i = 0; i < 1200; i++) await chain(2, i & 7); console.log(await chain(3, 1)); console.log(await chain(1, 0.5)); })();
