function mk(n) { return new Function('a', 'b', 'this.a = a; this.b = b; this.n = ' + n); }
function f(g, x) { const o = { x }; try { return g(o, x); } catch (e) { return o.x + e.message + ' | ' + e.stack.split('\n').slice(0, 2).join(';').replace(/\(.*?\)/g, ''); } }
function h(g, x) { const o = { x }; try { return new g(o, x).a.x + o.x; } catch (e) { return o.x + e.message + ' | ' + e.stack.split('\n').slice(0, 2).join(';').replace(/\(.*?\)/g, ''); } }
%PrepareFunctionForOptimization(f);
%PrepareFunctionForOptimization(h);
const fs = [() => 1, () => 2, () => 3, () => 4, () => 5, function () { return 6; }];
for (const g of fs) f(g, 1);
for (let i = 0; i < 6; i++) h(mk(i), 1);
%OptimizeFunctionOnNextCall(f);
%OptimizeFunctionOnNextCall(h);
f(fs[0], 1); h(mk(9), 1);
print(f(1, 2)); print(f({}, 2)); print(f(class A {}, 2)); print(f(new Proxy({}, {}), 2));
print(h(1, 2)); print(h({}, 2)); print(h(() => 1, 2)); print(h(new Proxy(mk(3), {}), 2)); print(h(mk(4).bind(null, { x: 5 }), 2));
for (let i = 0; i < 4; i++) print(h(mk(i), 'lazy' + i));
const opt = mk(77); %PrepareFunctionForOptimization(opt); new opt({}, 1); new opt({}, 2); %OptimizeFunctionOnNextCall(opt);
print(h(opt, 'tier'), h(opt, 'tier'));
const cls = class { constructor(a) { this.a = a; } }; print(h(cls, 'c'));
const P = new Proxy(mk(5), { get(t, k, r) { const a = []; for (let i = 0; i < 9; i++) a.push({ i }); return Reflect.get(t, k, r); } });
print(h(P, 'proxy'));

function inner(x) { if (x > 2) throw new Error("x" + x); return x; }
function mid(x) { return inner(x) + 1; }
function outer(x) { try { return mid(x); } catch (e) { return e.stack.split('\n').slice(0, 4).join(';').replace(/\(.*?\)/g, ''); } }
%PrepareFunctionForOptimization(inner); %PrepareFunctionForOptimization(mid); %PrepareFunctionForOptimization(outer);
outer(1); outer(3); outer(2); outer(4);
%OptimizeFunctionOnNextCall(outer); outer(1);
print(outer(5)); print(outer(6));
