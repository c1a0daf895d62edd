// corpus: script
async function asyncSimple(a) { return a; }
async function asyncAwait(a) { const x = await a; const y = await x; return x + y; }
async function asyncLoop(a) { let s = 0; for (const v of a) s += await v; return s; }
async function asyncTry(f) { try { return await f(); } catch (e) { return e; } finally { await 1; } }
const asyncArrow = async (x) => (await x) + 1;
async function* asyncGenerator(n) { for (let i = 0; i < n; i++) { yield i; } }
async function asyncForAwait(g) { let s = 0; for await (const v of g) s += v; return s; }
const asyncObject = { async m() { return await this.v; }, v: 1 };
async function asyncParameters(a, b = await0(a)) { return a + b; }
function await0(x) { return x; }
asyncSimple(1); asyncAwait(1); asyncLoop([1, 2]); asyncTry(() => { throw 1; }); asyncArrow(1); asyncForAwait(asyncGenerator(2)); asyncObject.m(); asyncParameters(1);
