function inner(){ throw new TypeError('boom'); }
function outer(){ inner(); }

class MyErr extends Error { constructor(m){ super(m); this.name='MyErr'; this.code=5; } }
const e2 = new Error('outer', {cause: new Error('inner')}); console.log(e2.cause.message);
function t(f){ try { return f() } catch(e) { return e.name+': '+e.message } }
console.log(t(()=>{ let a; a.b.c }), t(()=>{ const {x}=null }), t(()=>{ const [y]=undefined }), t(()=>{ const [z]={} }), t(()=>{ for (const q of 5); }), t(()=>[...{}]), t(()=>new 5), t(()=>new (()=>{})), t(()=>({}).x.y), t(()=>{ ({}).foo.bar() }));
console.log(t(()=>{ let o={a:{}}; o.a.foo() }), t(()=>{ let arr=[1]; arr[0]() }), t(()=>{ (void 0)() }), t(()=>{ Math.foo() }), t(()=>{ 'x'.foo() }), t(()=>{ let f = 1; f`x` }));
console.log(t(()=>{ 'use strict'; undefinedVar = 1 }), t(()=>Symbol() + ''), t(()=>1n + 1), t(()=>BigInt(1.5)), t(()=>'x'.repeat(-1)), t(()=>new Array(-1)), t(()=>(1).toFixed(101)), t(()=>null[Symbol.iterator]));
console.log(t(()=>{ class A { constructor(){ } } class B extends A { constructor(){ } } new B }), t(()=>{ class A extends null {} new A }), t(()=>{ class A extends 5 {} }), t(()=>{ ({}) instanceof 5 }), t(()=>{ 'a' in 'b' }), t(()=>{ new Proxy({}, null) }));
console.log(t(()=>JSON.parse('{bad')), t(()=>JSON.parse('')), t(()=>{ const a={}; a.a=a; JSON.stringify(a) }), t(()=>decodeURIComponent('%')), t(()=>[].reduce((a,b)=>a)), t(()=>Object.defineProperty(Object.freeze({}),'a',{value:1})), t(()=>Object.defineProperty({}, 'a', {get:1})));
console.log(t(()=>{ let g=(function*(){ g.next() })(); g.next() }), t(()=>(function f(){ f() })()), t(()=>{ Object.setPrototypeOf({}, 5) }), t(()=>Reflect.construct(1)), t(()=>new Map([1])), t(()=>Map()), t(()=>[].map(5)), t(()=>[1].forEach({})), t(()=>[].at.call(null)));
console.log(t(()=>{ class A { #p; static r(o){ return o.#p } } A.r({}) }), t(()=>{ class A { get x(){return 1} } 'use strict'; const a=new A; (function(){'use strict'; a.x=2})() }), t(()=>{ 'use strict'; delete Object.freeze({a:1}).a }), t(()=>{ 'use strict'; (5).x=1 }), t(()=>{ 'use strict'; 'abc'.length = 1 }), t(()=>{ 'use strict'; 'abc'[0] = 1 }));
console.log(e2 instanceof Error, [new Error('in array')].length);
console.log({e: new RangeError('nested')}.e.message); try { null.x } catch(e) { console.log(e.message) }
console.log(t(()=>{ eval('1+') }), t(()=>{ new Function('return }') }), eval('1+2'), new Function('a','b','return a+b')(1,2));
console.log(t(()=>{ throw 5 }), t(()=>{ let a = [1,2,3]; a.length = -1 }), t(()=>undefined.foo), t(()=>undefined[0]), t(()=>null['a b']), t(()=>{ null.foo = 1 }));
