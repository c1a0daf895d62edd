function foo(a){ let b = 2; eval("var x = a; x + b; eval('x'); function g(){return x} ; let z; z"); return x + arguments.length + g()}
console.log(foo(1));
console.log(eval('this === globalThis'), (function(){ 'use strict'; return eval('this') })(), (()=>eval('typeof this'))());
function s(){ 'use strict'; eval('var q = 1'); return typeof q } console.log(s());
function t(){ eval('var q = 1'); return typeof q } console.log(t(), typeof q);
var ge = eval; ge('var gq = 5; let lq = 6'); console.log(gq, typeof lq, delete gq);
class A { #p = 3; m(o) { return eval('o.#p') } get x() { return 7 } }
class B extends A { constructor() { eval('super()'); this.n = eval('new.target === B') } y() { return eval('super.x') } z() { return (() => eval('super.x + 1'))() } static s() { return eval('super.name')} }
var b = new B; console.log(b.m(b), b.n, b.y(), b.z(), B.s());
try { (function(){ let v; { eval('var v') } })() } catch (e) { console.log(e.message) }
try { eval('new.target') } catch (e) { console.log(e.message) }
try { eval('super.x') } catch (e) { console.log(e.message) }
console.log((function f(){ eval('f = 1'); return typeof f })());
console.log((function(){ const k = 1; try { eval('k = 2') } catch (e) { return e.message } })());
console.log((function(a, b = eval('var w = a; w')) { return [b, typeof w] })(4));
function clos(){ var n = 0; return eval('(function(){ return ++n })') } var c1 = clos(); c1(); console.log(c1());
with({wv: 3}) { console.log(eval('wv'), (() => wv)()); eval('var wx = 1'); wv = 8 } console.log(wx);
function loop(){ var s = 0; for (let i = 0; i < 5; i++) s += eval('i * 2'); return s } console.log(loop());
function annexB(){ eval('{ function bf() { return 1 } }'); return bf() } console.log(annexB());
console.log(eval('1;;;'), eval('{}'), eval('if(0){1}'), eval('do { 3; break } while (0)'));
function* gen(){ yield eval('1'); let k = yield eval('2'); yield eval('k') } var gg = gen(); gg.next(); gg.next(); console.log(gg.next('K').value);
function del(){ eval('var d = 1'); var r = delete d; return [r, typeof d] } console.log(del());
function args(){ eval('arguments[0] = 9'); return arguments[0] } console.log(args(1));
function argsm(p){ eval('arguments[0] = 9'); return p } console.log(argsm(1));
(async () => { var k = 5; await 1; console.log(eval('k')) })();
try { eval('let a; let a') } catch (e) { console.log(e.name, e.message) }
try { eval('}') } catch (e) { console.log(e.name, e.message) }
{ let shadow = 1; eval('var notshadow = shadow'); console.log(notshadow) }
try { throw 1 } catch (ce) { eval('var ce = 2'); console.log(ce) } console.log(typeof ce);
switch (1) { case 1: let sw = 4; console.log(eval('sw')) }
