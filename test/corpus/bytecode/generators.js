// corpus: script
function* genSimple() { yield 1; yield 2; return 3; }
function* genReceive() { const a = yield 'first'; const b = yield a + 1; return a + b; }
function* genLoop(n) { for (let i = 0; i < n; i++) yield i * i; }
function* genDelegate(a) { yield* a; yield* genSimple(); }
function* genFinally() { try { yield 1; } finally { yield 'cleanup'; } }
function* genInfinite() { let a = 0, b = 1; while (true) { yield a; [a, b] = [b, a + b]; } }
function* genParameters(a, b = 2, ...c) { yield a + b + c.length; }
function* genEmpty() {}
function genConsume(g) { let s = 0; for (const v of g) { s += v; if (s > 10) break; } return s; }
const genObject = { *items() { yield this.v; }, v: 1 };
genConsume(genSimple()); const genR = genReceive(); genR.next(); genR.next(1); genR.next(2); genConsume(genLoop(3)); genConsume(genDelegate([1])); const genF = genFinally(); genF.next(); genF.return(1);
genConsume(genInfinite()); genConsume(genParameters(1)); genEmpty().next(); genObject.items().next();
