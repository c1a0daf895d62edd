// corpus: script
function callZero(f) { return f(); }
function callOne(f, a) { return f(a); }
function callTwo(f, a, b) { return f(a, b); }
function callMany(f, a, b) { return f(a, b, a + b, 4, 'five'); }
function callMethods(o) { return o.zero() + o.one(1) + o.two(1, 2) + o.three(1, 2, 3); }
function callKeyed(o, k) { return o[k](k); }
function callChained(a) { return a.slice(1).concat(a).join('-').toUpperCase(); }
function callNew(C) { return [new C(), new C(1), new C(1, 2, 3)]; }
function callSpread(f, a) { return f(...a); }
function callSpreadMiddle(f, a) { return f(1, ...a, 2); }
function callMethodSpread(o, a) { return o.three(...a); }
function callNewSpread(C, a) { return new C(...a); }
function callGlobal(a) { return Math.max(a, callOne((x) => x, 2), parseInt('3')); }
function callImmediately(a) { return (function callInner(x) { return x + a; })(1); }
function callRecursive(n) { return n < 2 ? n : callRecursive(n - 1) + callRecursive(n - 2); }
function callThis() { return this === undefined ? 0 : this.value; }
function callWithThis(o) { return callThis.call(o) + callThis.apply(o, []); }
function callTagged(t, a) { return t`head ${a} tail`; }
function callNested(f, g, x) { return f(g(f(x)), g(x, f(x))); }
const callId = (x) => x;
callZero(() => 1); callOne(callId, 1); callTwo(callId, 1, 2); callMany(callId, 1, 2);
const callObject = { zero() { return 0; }, one(a) { return a; }, two(a, b) { return a + b; }, three(a, b, c) { return a + b + c; } };
callMethods(callObject); callKeyed(callObject, 'one'); callChained(['a', 'b']); callNew(Array); callSpread(callId, [1]); callSpreadMiddle(callId, [1]);
callMethodSpread(callObject, [1, 2, 3]); callNewSpread(Array, [1, 2]); callGlobal(1); callImmediately(1); callRecursive(3); callWithThis({ value: 1 });
callTagged((s) => s[0], 1); callNested(callId, callId, 3);
