const show = (f) => { try { console.log(f()); } catch (e) { console.log(e.name, e.code, e.message); } };
const t = setTimeout(() => {}, 10); console.log(typeof t, t.constructor.name, t.hasRef(), t.unref() === t, t.hasRef(), t.ref().hasRef(), typeof +t, t[Symbol.toPrimitive]() === +t, t.refresh() === t); clearTimeout(t); console.log(t._destroyed);
const i = setImmediate(() => {}); console.log(i.constructor.name, i.hasRef()); clearImmediate(i);
show(() => setTimeout('code')); show(() => setInterval()); show(() => setImmediate(1)); show(() => queueMicrotask(1)); clearTimeout(undefined); clearTimeout('x'); clearTimeout(99999);
setTimeout((a, b) => console.log('args', a, b), 1, 'x', 'y');
let n = 0;
const { setTimeout: st, setImmediate: si, setInterval: sv, scheduler } = require('timers/promises');
(async () => {
  await st(20);
  setTimeout(() => console.log('60'), 60); setTimeout(() => console.log('30'), 30); setTimeout(() => console.log('also 60'), 60); await st(100);
  await new Promise((done) => { const iv = setInterval(function () { console.log('tick', ++n, this === iv); if (n === 3) { clearInterval(iv); done(); } }, 1); });
  const byId = setTimeout(() => console.log('never'), 3); clearTimeout(+byId); setTimeout(() => console.log('never too'), 100000).unref();
  console.log(await st(1, 'value'), await si('imm')); const ac = new AbortController(); setTimeout(() => ac.abort(), 1); try { await st(1000, null, { signal: ac.signal }); } catch (e) { console.log(e.name, e.code, e.message); }
  let k = 0; for await (const v of sv(1, 'iv')) { console.log(v); if (++k === 2) break; } await scheduler.wait(1); console.log(await require('util').promisify(setTimeout)(1, 'promisified')); try { await st('x'); } catch (e) { console.log(e.code, e.message); }
})();
