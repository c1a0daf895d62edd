// corpus: script
function objEmpty() { return {}; }
function objLiteral(a) { return { x: 1, y: a, z: 'three' }; }
function objNested(a) { return { p: { q: { r: a } }, s: [1, { t: 2 }] }; }
function objComputed(k, v) { return { [k]: v, ['a' + k]: 1, plain: 2 }; }
function objMethods() { return { m() { return 1; }, get g() { return 2; }, set g(v) { this.v = v; }, *gen() { yield 1; }, ['c' + 1]() { return 3; } }; }
function objSpread(a, b) { return { ...a, x: 1, ...b }; }
function objShorthand(a, b) { return { a, b }; }
function objLoad(o) { return o.x + o.y.z + o['w'] + o[0]; }
function objStore(o, v) { o.x = v; o['y'] = v + 1; o[0] = v; o.a.b = v; return o; }
function objKeyed(o, k, v) { o[k] = v; o[k + 1] += v; return o[k]; }
function objCompound(o) { o.n++; ++o.n; o.n += 2; o.a[1] *= 3; return o.n--; }
function objDelete(o) { delete o.x; return delete o['y'] && delete o[0]; }
function objIn(o) { return 'x' in o && !('y' in o); }
function objProto(p) { return { __proto__: p, own: 1 }; }
function objNumericKeys() { return { 1: 'a', 2: 'b', x: 3 }; }
function objDuplicate() { return { a: 1, a: 2, get b() { return 1; }, b: 3 }; }
function objOptional(o) { return o?.a + o?.[0] + o?.m?.() + o.a?.b.c?.d; }
function objChainCall(o) { return o.a?.b(1)?.c ?? 'none'; }
function objDeleteOptional(o) { return delete o?.a; }
objEmpty(); objLiteral(2); objNested(1); objComputed('k', 1); const objM = objMethods(); objM.m(); objM.g; objM.g = 1; objM.gen().next(); objM.c1(); objSpread({ a: 1 }, { b: 2 });
objShorthand(1, 2); objLoad({ x: 1, y: { z: 2 }, w: 3, 0: 4 }); objStore({ a: {} }, 1); objKeyed({}, 1, 2); objCompound({ n: 1, a: [1, 2] }); objDelete({ x: 1, y: 2 });
objIn({ x: 1 }); objProto(null); objNumericKeys(); objDuplicate(); objOptional({ a: { b: { c: 1 } }, m() {} }); objChainCall({}); objDeleteOptional({ a: 1 });
