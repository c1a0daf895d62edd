// corpus: script
function switchSmis(x) { switch (x) { case 0: return 'zero'; case 1: return 'one'; case 2: return 'two'; case 3: return 'three'; default: return 'many'; } }
function switchManySmis(x) { switch (x) { case 1: return 10; case 2: return 20; case 3: return 30; case 4: return 40; case 5: return 50; case 6: return 60; case 7: return 70; case 8: return 80; } return 0; }
function switchStrings(s) { switch (s) { case 'a': return 1; case 'b': case 'c': return 2; default: return 3; } }
function switchFallthrough(x) { let r = 0; switch (x) { case 1: r += 1; case 2: r += 2; break; case 3: r += 3; default: r += 4; } return r; }
function switchLexical(x) { switch (x) { case 1: let y = x; return y; case 2: { const z = 2; return () => z; } } }
function switchExpressions(x, y) { switch (true) { case x > y: return 1; case x < y: return 2; } return 3; }
function switchInLoop(a) { let n = 0; for (let i = 0; i < a.length; i++) { switch (a[i]) { case '+': n++; continue; case '-': n--; break; case '.': return n; } n *= 2; } return n; }
function switchEmpty(x) { switch (x) { } switch (x++) { default: } return x; }
function switchSparse(x) { switch (x) { case -5: return 1; case 100: return 2; case 1000000: return 3; case 1.5: return 4; } return 5; }
function switchDefaultFirst(x) { switch (x) { default: return 0; case 1: return 1; } }
switchSmis(1); switchManySmis(4); switchStrings('b'); switchFallthrough(1); switchLexical(2)(); switchExpressions(1, 2); switchInLoop('+-.'); switchEmpty(1); switchSparse(100); switchDefaultFirst(3);
