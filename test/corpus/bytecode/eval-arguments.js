// corpus: script
function mappedArguments(a, b) { arguments[0] = b; return a; }
function mappedDuplicate(a, a) { return arguments[1] + a; }
function mappedClosure(a) { return () => arguments[0] + a; }
function evalLocal(code) { let x = 1; { let y = x; eval(code); } return x; }
function evalStrict(code) { 'use strict'; var x = 1; return eval(code) + x; }
function evalInner(code) { const k = 1; function reads() { return k + free; } eval(code); return reads(); }
function evalParameter(a = eval(1), b) { var c = a; return c; }
function evalThis(code) { return () => eval(code); }
function evalSpread(codes) { return eval(...codes); }
function evalTypeof(code) { eval(code); return typeof later; }
function evalDelete(code) { eval(code); return delete later; }
function evalAssign(code) { eval(code); later = 2; return later; }
async function* generatorParameters({ a }, b = a) { yield a + b; }
class EvalSuper { m(code) { return eval(code); } static s(code) { return eval(code); } }
globalThis.free = 1;
mappedArguments(1, 2); mappedDuplicate(1, 2); mappedClosure(1)(); evalLocal(0); evalStrict(0); evalParameter(); evalThis(0)(); evalSpread([0]);
evalInner(0); evalTypeof(0); evalDelete(0); evalAssign(0); generatorParameters({ a: 1 }); new EvalSuper().m(0); EvalSuper.s(0);
