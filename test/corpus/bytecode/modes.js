// corpus: script
function modeStrict() { 'use strict'; return this; }
function modeSloppy() { return this; }
function modeStrictAssign(o) { 'use strict'; o.x = 1; o['y'] = 2; delete o.x; return o; }
function modeWith(o) { with (o) { return x + y; } }
function modeWithAssign(o) { with (o) { x = 5; } return o; }
function modeEval(code) { var local = 1; return eval(code) + local; }
function modeDebugger() { debugger; return 1; }
function modeVarHoist() { if (v) return v; var v = 1; { function inner() { return v; } } return inner(); }
function modeRegExp(s) { return /a(b)?/gi.test(s) ? s.replace(/x/y, '') : s; }
function modeComma() { let a = 1, b = 2; return a = b, b = a, a; }
function modeNoReturn() { var unused; }
function modeEarlyReturn(a) { return; a = 1; }
function modeDead(a) { if (a) { return 1; } else { return 2; } a = 3; return a; }
modeStrict(); modeSloppy(); modeStrictAssign({}); modeWith({ x: 1, y: 2 }); modeWithAssign({ x: 1 }); modeEval('2'); modeDebugger(); modeVarHoist(); modeRegExp('ab'); modeComma(); modeNoReturn(); modeEarlyReturn(); modeDead(1);
