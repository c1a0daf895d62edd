const t = (name, f) => { try { const v = f(); console.log(name, v); } catch (e) { console.log(name, 'threw', e === null || typeof e !== 'object' ? e : e.name + ': ' + e.message); } };
const log = []; const p = (s) => log.push(s);
async function a1() { p('a1 start'); await a2(); p('a1 end'); } async function a2() { p('a2'); }
p('script start'); setTimeout(() => p('timeout'), 0); a1(); new Promise(r => { p('p1'); r(); }).then(() => p('then1')).then(() => p('then2'));
(async () => { await null; p('m1'); await null; p('m2'); })();
(async () => { await new Promise(r => r()); p('n1'); })();
(async () => { return Promise.resolve(); })().then(() => p('retp'));
new Promise(r => r(Promise.resolve())).then(() => p('resolved with promise'));
(async () => { await { then(r) { r(); } }; p('thenable'); })();
async function* g() { p('g0'); yield 1; p('g1'); } (async () => { for await (const x of g()) p('x' + x); p('gdone'); })();
Promise.resolve().then(() => p('q1')).then(() => p('q2')).then(() => p('q3')).then(() => p('q4')).then(() => p('q5'));
(async () => { try { await Promise.reject(1); } catch { p('catch'); } finally { p('finally'); } })();
(async () => { try { return await new Promise(r => r(1)); } finally { p('ret fin'); } })().then(() => p('ret then'));
queueMicrotask(() => p('qm'));
p('script end');
setTimeout(() => console.log(log.join('\n')), 20);
