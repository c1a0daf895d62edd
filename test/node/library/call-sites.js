function where() { const old = Error.prepareStackTrace; Error.prepareStackTrace = (e, s) => s; const o = {}; Error.captureStackTrace(o, where); const s = o.stack; Error.prepareStackTrace = old; return s; }
class A { m() { return where(); } static s() { return where(); } constructor() { this.w = where(); } }
function named() { return where(); }
const show = (s) => { const c = s[0]; console.log(c.getFunctionName(), c.getTypeName(), c.getMethodName(), c.getFileName() === __filename, c.getLineNumber(), c.getColumnNumber(), c.isConstructor(), c.isToplevel(), c.isNative(), c.isEval(), c.getFunction() === named, String(c).replace(__dirname, '')); };
show(named()); show(new A().m()); show(new A().w); show(A.s()); show([1].map(() => where())[0]); show({ f() { return where(); } }.f()); show(where());
Error.prepareStackTrace = (e, sites) => `${e.name}/${e.message}/${sites.length > 0}/${sites[0].constructor.name}`;
console.log(new TypeError('m').stack); try { null.x } catch (e) { console.log(typeof e.stack) }
Error.prepareStackTrace = undefined; console.log(new Error('q').stack.split('\n')[0]);
// What waits for a name is named by the property that comes next, in the body of an arrow function without braces, too.
const first = (f) => { const e = {}; Error.captureStackTrace(e); try { f(); } catch (thrown) { console.log(thrown.stack.split('\n')[2].replace(__filename, 'HERE')); } };
const thrower = () => { throw new Error('x'); };
for (const f of [() => thrower(1), () => thrower({ a: 1 })]) first(f);
for (const f of [() => thrower(1), () => { thrower({ a: 1 }); }]) first(f);
for (const f of [() => thrower(() => 1).m(), (a = { b: 1 }) => thrower({ a: 1 }).m({ a: thrower.any(String) }), () => thrower([1])]) first(f);
const kept = [() => thrower(), () => thrower().m({ b: 2 })]; first(kept[0]); first(kept[1]);
