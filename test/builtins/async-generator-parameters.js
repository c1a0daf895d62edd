async function* f({a}) { yield a } try { f(null) } catch (e) { console.log('sync', e.name) }
async function* d(a = (() => { throw 1 })()) { yield a } try { d() } catch (e) { console.log('sync', e) }
class C { async *m([x]) { yield x } static async *s({ ...r }) { yield r } } try { new C().m(1) } catch (e) { console.log('sync', e.name) }
(async () => { for await (const v of f({ a: 5 })) console.log(v); for await (const v of C.s({ z: 1 })) console.log(v); })();
async function af({a}) { return a } af(null).catch((e) => console.log('async', e.name));
