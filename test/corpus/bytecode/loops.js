// corpus: script
function loopFor(n) { let s = 0; for (let i = 0; i < n; i++) s += i; return s; }
function loopForVar(n) { var s = 0; for (var i = n; i > 0; i -= 2) { s = s + i; } return s; }
function loopWhile(n) { let i = 0; while (i < n) { i++; } return i; }
function loopDo(n) { let i = 0; do { i += 3; } while (i < n); return i; }
function loopBreak(n) { for (let i = 0; ; i++) { if (i === n) break; if (i % 2) continue; n--; } return n; }
function loopNested(n, m) { let c = 0; for (let i = 0; i < n; i++) { for (let j = 0; j < m; j++) { c += i * j; } } return c; }
function loopLabels(n) { let c = 0; outer: for (let i = 0; i < n; i++) { inner: for (let j = 0; j < n; j++) { if (j > i) continue outer; if (i + j > 6) break outer; if (j === 2) break inner; c++; } } return c; }
function loopBlockLabel(a) { done: { if (a) break done; a = 7; } return a; }
function loopClosures(n) { const fs = []; for (let i = 0; i < n; i++) fs.push(() => i); return fs; }
function loopForever(n) { for (;;) { if (n-- <= 0) return n; } }
function loopWhileTrue(n) { while (true) { n--; if (n < 0) break; } return n; }
function loopArray(a) { let s = 0; for (let i = 0, n = a.length; i < n; ++i) { s += a[i]; } return s; }
function loopConstInBody(a) { let s = ''; for (let i = 0; i < 2; i++) { const t = a + i; s += t; } return s; }
function loopTriple(n) { let c = 0; for (let i = 0; i < n; i++) for (let j = i; j < n; j++) for (let k = j; k < n; k++) c++; return c; }
loopFor(3); loopForVar(5); loopWhile(3); loopDo(4); loopBreak(5); loopNested(2, 3); loopLabels(4); loopBlockLabel(0); loopClosures(2).map((f) => f());
loopForever(2); loopWhileTrue(2); loopArray([1, 2]); loopConstInBody('a'); loopTriple(3);
