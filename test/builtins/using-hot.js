let log = 0;
const D = { [Symbol.dispose]() { log++; }, v: 1 };
function f(x, mode) { let s = 0; for (let i = 0; i < 3; i++) { using a = x; s += a.v; if (mode === 1) continue; if (mode === 2) break; if (mode === 3) return s; if (mode === 4) throw new Error('t'); } return s; }
function g(n) { let s = 0; for (let i = 0; i < n; i++) { try { s += f(D, i % 5); } catch (e) { s += e.message.length; } } return s; }
console.log(g(50), log);
for (let i = 0; i < 10; i++) g(50);
console.log(g(50), log);
const E = { [Symbol.dispose]() { throw new Error('dispose'); }, v: 1.5 };
try { f(E, 4); } catch (e) { console.log(e.name, e.error.message, e.suppressed.message); }
for (let i = 0; i < 200; i++) { try { f(i % 7 ? D : E, i % 5); } catch (e) { log += e.message.length; } }
console.log(log);
function* gen(x) { using a = x; yield 1; yield 2; }
let t = 0; for (let i = 0; i < 20; i++) { for (const v of gen(D)) { t += v; if (i & 1) break; } }
console.log(t, log);
(async () => {
  let c = 0;
  const A = { async [Symbol.asyncDispose]() { await null; c++; }, v: 2 };
  async function h(x, m) { await using a = x; if (m) throw new Error('h'); return a.v; }
  for (let i = 0; i < 20; i++) { try { c += await h(A, i % 3 === 0); } catch { c += 100; } }
  console.log(c);
  async function* ag(x) { await using a = x; yield a.v; yield 3; }
  for (let i = 0; i < 100; i++) for await (const v of ag(A)) { c += v; if (i % 2) break; }
  console.log(c);
})();
