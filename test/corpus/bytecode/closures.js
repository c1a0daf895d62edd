// corpus: wrapper
let closTop = 1;
const closConst = 2;
var closVar = 3;
function closCounter() { let n = 0; return function closIncrement() { return ++n; }; }
function closShared(a) { let x = a, y = 1; return { get: () => x + y, set: (v) => { x = v; y++; } }; }
function closDeep(a) { return (b) => (c) => (d) => a + b + c + d; }
function closOuter() { closTop = closTop + closConst + closVar; closVar++; return closTop; }
function closParameters(a, b) { const f = () => { a = 2; return a + b; }; f(); return a; }
function closBlock(n) { { let inner = n; const g = () => inner++; g(); return inner; } }
function closSelf() { const fact = (n) => (n <= 1 ? 1 : n * fact(n - 1)); return fact(4); }
function closHoist() { return later(); function later() { return typeof never; } }
function closThis() { return () => this; }
function closArgs() { return () => arguments.length; }
function closShadow(x) { { let x = 2; { let x = 3; if (x) return () => x; } return x; } }
function closTdz(a) { if (a) return () => late; const f = () => late; let late = 5; return f(); }
function closCatch(f) { try { return f(); } catch (e) { return () => e; } }
const closCount = closCounter(); closCount(); closCount();
const closPair = closShared(1); closPair.set(4); closPair.get(); closDeep(1)(2)(3)(4); closOuter(); closParameters(1, 2); closBlock(1); closSelf(); closHoist();
closThis.call(1)(); closArgs(1, 2)(); closShadow(1)(); closTdz(0); closCatch(() => { throw 1; })();
