const t = (name, f) => { try { const v = f(); console.log(name, v); } catch (e) { console.log(name, 'threw', e === null || typeof e !== 'object' ? e : e.name + ': ' + e.message); } };
const log = (...a) => console.log(...a);
log('start');
Promise.resolve(1).then(v => { log('then', v); throw new Error('x'); }).catch(e => { log('caught', e.message); return 'r'; }).finally(() => log('fin')).then(v => log('after fin', v));
new Promise((res, rej) => { log('executor'); res(5); rej(6); res(7); }).then(v => log('p', v));
new Promise(() => { throw new TypeError('in exec'); }).catch(e => log('exec threw', e.message));
Promise.reject(3).then(() => log('no'), r => log('rej', r));
Promise.all([1, Promise.resolve(2), { then(r) { r(3); } }]).then(v => log('all', v));
Promise.all([]).then(v => log('all empty', v));
Promise.all([1, Promise.reject('bad')]).catch(e => log('all rej', e));
Promise.allSettled([1, Promise.reject(2)]).then(v => log('settled', v));
Promise.any([Promise.reject(1), Promise.resolve(2)]).then(v => log('any', v));
Promise.any([Promise.reject(1), Promise.reject(2)]).catch(e => log('any rej', e.name, e.message, e.errors, e instanceof AggregateError));
Promise.race([new Promise(() => {}), Promise.resolve('won')]).then(v => log('race', v));
Promise.all(5).catch(e => log('all5', e.message));
queueMicrotask(() => log('micro'));
const { promise, resolve } = Promise.withResolvers(); promise.then(v => log('wr', v)); resolve('R');
Promise.try(() => { throw 1; }).catch(e => log('try', e));
Promise.try((a, b) => a + b, 1, 2).then(v => log('try2', v));
const self = new Promise(r => setTimeout(() => r(self), 1)); self.catch(e => log('cycle', e.message));
class P extends Promise { }
const sub = P.resolve(1); log(sub instanceof P, sub.then(() => {}) instanceof P, Promise.resolve(sub) === sub, P.resolve(sub) === sub);
P.all([1, P.resolve(2)]).then(v => log('P.all', v));
const thenable = { get then() { log('get then'); return (r) => r('T'); } };
Promise.resolve(thenable).then(v => log('thenable', v));
async function f1() { log('f1 a'); await 0; log('f1 b'); const x = await Promise.resolve(9); log('f1 c', x); try { await Promise.reject(new Error('aw')); } catch (e) { log('f1 caught', e.message); } return 'done'; }
f1().then(v => log('f1', v));
async function f2() { throw new RangeError('f2'); } f2().catch(e => log(e.name, e.message));
const f3 = async (x) => { for (let i = 0; i < 3; i++) { x += await i; } return x; }; f3(10).then(v => log('f3', v));
async function f4() { try { return await f2(); } catch (e) { return 'c' + e.message; } finally { log('f4 fin'); } } f4().then(v => log('f4', v));
async function* ag() { try { const r = yield 1; log('ag got', r); yield Promise.resolve(2); for (const x of [3, 4]) yield x; } finally { log('ag fin'); } return 'end'; }
(async () => { const it = ag(); log(await it.next('ignored')); log(await it.next('hi')); log(await it.return('early')); log(await it.next()); })();
(async () => { const r = []; for await (const x of ag()) r.push(x); log('fa', r); })();
(async () => { const r = []; for await (const x of [1, Promise.resolve(2), 3]) r.push(x); log('fa sync', r); })();
(async () => { try { for await (const x of [Promise.reject(new Error('fs'))]) log(x); } catch (e) { log('fa rej', e.message); } })();
(async () => { const it = ag(); const a = it.next(), b = it.next(), c = it.next(), d = it.return(8); log(await Promise.all([a, b, c, d])); })();
async function* ag2() { yield* ag(); return 5; }
(async () => { const r = []; for await (const x of ag2()) r.push(x); log('ag2', r); })();
(async () => { const it = ag(); try { await it.throw(new Error('thr')); } catch (e) { log('agthrow', e.message); } log(await it.next()); })();
async function* ag3() { throw new Error('ag3'); } ag3().next().catch(e => log('ag3', e.message));
log(Object.prototype.toString.call(ag()), ag()[Symbol.asyncIterator]() !== undefined, f1.constructor.name, ag.constructor.name);
log('end');
setTimeout(() => log('timeout'), 5);
log(Promise.resolve(4), Promise.reject(5).catch(() => {}) && new Promise(() => {}), (async () => { })());
const e1 = Promise.reject(new Error('q')); e1.catch(() => {}); log(e1 instanceof Promise);
t('ctor', () => new Promise()); t('ctor2', () => Promise(() => {})); t('recv', () => Promise.prototype.then.call({})); t('res', () => Promise.resolve.call(1)); t('names', () => [Promise.length, Promise.name, Promise.all.length, Promise.prototype.then.length, Promise.prototype.finally.name, Promise.try.name, Object.prototype.toString.call(Promise.resolve())]);
