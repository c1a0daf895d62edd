// control flow & closures
function out(...a){ console.log(...a); }
out('for'); for (let i=0;i<3;i++) out(i);
let fs=[]; for (let i=0;i<3;i++) fs[i]=()=>i; out(fs[0](),fs[1](),fs[2]());
var x=0; while(true){ if(x++>5) break; if(x%2) continue; out('w',x); }
do { x--; } while(x>0); out(x);
label: for (let i=0;i<3;i++){ for(let j=0;j<3;j++){ if(j==1) continue label; if(i==2) break label; out(i,j);} }
switch(3){ case 1: out('one'); case 3: out('three'); case 4: out('four'); break; default: out('d'); }
switch('b'){ case 'a': out('A'); break; case 'b': out('B'); break; }
try { throw 42 } catch(e){ out('caught',e) } finally { out('fin') }
function g(){ try { return 1 } finally { out('f2') } } out(g());
function h(){ for(;;){ try { return 'r' } finally { break } } return 'after' } out(h());
try { null.foo } catch(e){ out(e instanceof TypeError, e.message) }
try { undefinedVar } catch(e){ out(e.name, e.message) }
try { let q=1; q(); } catch(e){ out(e.message) }
try { ({}).foo.bar } catch(e){ out(e.message) }
try { ({}).foo() } catch(e){ out(e.message) }
try { const c=1; c=2; } catch(e){ out(e.message) }
try { tdz; let tdz=1 } catch(e){ out(e.message) }
out(typeof undefinedVar, typeof 1, typeof 'a', typeof {}, typeof null, typeof (()=>1), typeof 1n, typeof Symbol.iterator);
var o={a:1,b:{c:2},get d(){return this.a+10}, set d(v){this.a=v}, ['x'+1]:5, f(){return this.a}};
out(o.d); o.d=7; out(o.a,o.x1,o.f(), o.b.c); out('a' in o, 'zz' in o, delete o.a, o.a);
for (var k in o) out(k);
var {b:{c}, zz=9, ...rest} = o; out(c,zz,rest);
var [p,,q=3,...r]=[1,2,undefined,4,5]; out(p,q,r);
out(((a,b=2,...c)=>[a,b,c])(1), ((a,b=2,...c)=>[a,b,c])(1,3,4,5));
out([...[1,2],...'ab']); out(Math?.max, o?.b?.c, o?.nope?.c);
function* gen(){ let r = yield 1; out('got',r); try { yield 2 } finally { out('cleanup') } return 3 }
var it=gen(); out(it.next()); out(it.next('hi')); out(it.return(9)); out(it.next());
for (const v of gen()) { out('v',v); if(v===2) break; }
function* g2(){ const r = yield* gen(); out('r',r) } for(const v of g2()) out(v);
class A { #p=1; static s=5; constructor(x){this.x=x} m(){return 'A.m'+this.x+this.#p} get g(){return this.#p} static sm(){return 'sm'} }
class B extends A { constructor(){ super(7); this.y=1 } m(){ return 'B'+super.m() } }
var b=new B(); out(b.m(), b.g, A.sm(), B.sm(), A.s, b instanceof A, b);
out(`t${1+1}x`); function tag(s,...v){ return s.raw.join('|')+v.join(',') } out(tag`a${1}b${2}c`);
out(1+'2','3'*'4',1/0,-1/0,0/0,-0,1e21,0.1+0.2,5%3,-5%3,2**10,7>>1,-7>>>28,~5,!0);
out(1==1,'1'==1,null==undefined,null===undefined,NaN===NaN,[]==false,'a'<'b',1<2n,10n**20n);
out(arguments.length); (function(){ out(arguments.length, arguments[1]) })(1,2,3);
var e = new Error('boom'); out(e.message, String(e));
out(eval('1+2')); out(new Function('a','b','return a*b')(3,4));
async function af(){ out('in'); await null; out('after await'); return 5 } af().then(v=>out('then',v)); out('sync');
