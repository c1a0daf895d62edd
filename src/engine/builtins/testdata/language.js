const t=(f)=>{try{return f()}catch(e){return e.name+': '+e.message}};
console.log({a:1,b:'x',c:[1,2,3],d:{e:{f:{g:1}}}});
console.log(Object.keys({b:1,a:2,1:3,0:4}), Object.entries({x:1,y:[2]}), Object.values('abc'));
console.log(Object.assign({}, {a:1}, null, {b:2}), Object.fromEntries([['a',1],['b',2]]));
const o = Object.create({inherited:1}, {own:{value:2,enumerable:true}});
console.log(o, o.inherited, 'inherited' in o, Object.getOwnPropertyNames(o));
console.log(Object.getOwnPropertyDescriptor({get a(){return 1}}, 'a'));
console.log(Object.freeze([1,2,3]), Object.isFrozen(Object.freeze({a:1})));
console.log(t(()=>{'use strict'; Object.freeze({a:1}).a=2}));
console.log(t(()=>{'use strict'; const x=Object.freeze([1]); x.push(2)}));
console.log(t(()=>null.foo), t(()=>undefined.bar), t(()=>{undefined.x=1}));
console.log(t(()=>{let q={}; q.foo()}), t(()=>{let q=5; q()}), t(()=>{let q={a:{}}; q.a.b.c}), t(()=>nope), t(()=>{x; let x=1}), t(()=>{const c=1; c=2}));
console.log(t(()=>new (class A{constructor(){this.x=1}})), t(()=>{class B{}; B()}));
class P{constructor(n){this.n=n} get dbl(){return this.n*2} static s(){return 's'} m(){return 'm'+this.n} toString(){return 'P'+this.n}}
class Q extends P{constructor(n){super(n);this.q=n+1} m(){return super.m()+'q'} #priv=5; getp(){return this.#priv}}
const q=new Q(3); console.log(q, q.m(), q.dbl, `${q}`, Q.s(), q.getp(), q instanceof P, Q, P.name, Q.length);
console.log([1,2,3].map(x=>x*2), [3,1,2].sort(), [1,2,3,4].filter(x=>x%2), [1,2,3].reduce((a,b)=>a+b), [1,[2,[3,[4]]]].flat(Infinity));
console.log([5,2,8,1].sort((a,b)=>b-a), ['b','a',undefined,'c'].sort(), [1,2,3].includes(2), [1,2,3].indexOf(3), [1,2,3].join('-'));
console.log(Array.from({length:3},(_, i)=>i*i), Array.of(1,2), [...'héllo'], Array.from(new Set([1,1,2])), [,1,,2], new Array(5));
console.log([1,2,3,4,5].splice(1,2), [1,2,3].slice(-2), [1,2,3].concat([4],[5,[6]]), [1,2,3].reverse(), [1,2,3].fill(0), [1,2,3].at(-1));
console.log([1,2,3].toString(), String([1,[2,3]]), [1,2,3].findLast(x=>x<3), [3,2,1].toSorted(), [1,2,3].with(1,9));
console.log('abc'.toUpperCase(), 'a-b-c'.split('-'), 'abc'.padStart(5,'*'), ' x '.trim(), 'abcabc'.replaceAll('b','X'), 'abc'.at(-1), 'a'.codePointAt(0));
console.log('x'.repeat(3), 'abc'.includes('bc'), 'abc'.slice(1), 'abc'.substring(2,0), 'a,b'.split(','), 'abc'.replace(/b/,m=>m+m), 'aXbX'.match(/X/g), 'z'.localeCompare('a'));
console.log(parseInt('12px'), parseFloat('1.5e3'), Number('0x1f'), (255).toString(16), (1.005).toFixed(2), 0.1+0.2, -0, [-0], 1e21, NaN);
console.log(Math.max(1,2,3), Math.min(), Math.hypot(3,4), Math.sign(-3), Math.trunc(-1.5), Math.round(2.5), Math.fround(5.5), Math.clz32(1));
console.log(10n**20n, -5n/2n, BigInt(10), typeof 1n, 1n<2, 2n==2, BigInt.asUintN(8,257n));
console.log(Symbol('x'), Symbol.for('y').toString(), Symbol.iterator, {[Symbol('k')]:1}, Symbol('d').description);
console.log(new Error('boom').message, String(new TypeError('tt')), Object.prototype.toString.call([]), Object.prototype.toString.call(null));
console.log(new Map([[1,'a'],['k',{x:1}]]), new Set([1,'b',[2]]), new WeakMap(), new Map().size);
console.log(JSON.stringify({a:[1,{b:2}],c:'x\n',d:undefined,e:null}), JSON.stringify([1,2],null,2), JSON.parse('{"x":[1,2,{"y":null}]}'));
function f(a,b=2,...r){return [a,b,r,arguments.length]} console.log(f(1), f(1,2,3,4), f.length, f.name);
(function(){ console.log(arguments, arguments.length, [...arguments]); })(1,'two');
const {a,...rest}={a:1,b:2,c:3}; console.log(a,rest); const [h,,k=9,...tl]=[1,2,undefined,4,5]; console.log(h,k,tl);
for (const [k,v] of new Map([['a',1]])) console.log(k,v); for (const k in {x:1,y:2}) console.log(k); 
label: for (let i=0;i<3;i++){ for(let j=0;j<3;j++){ if(j==1) continue label; if(i==2) break label; console.log(i,j);} }
function* g(){ const x = yield 1; console.log('got',x); try { yield 2 } finally { console.log('fin') } } const it=g(); console.log(it.next(), it.next('v'), it.return(7), it.next()); console.log([...g()]);
console.log(typeof null, typeof (()=>1), void 0, [] + {}, [] == false, null == undefined, '5' * 2, '5' + 2, +true);
console.log(`tpl ${1+1} ${[1,2]}`, String.raw`a\n${1}`, ((s,...v)=>s.raw.join('|')+v)`x${1}y${2}z`);
console.log([1,2,3].entries().next(), [..."ab"].keys().next(), Object.groupBy([1,2,3],x=>x%2?'odd':'even'));
console.log(function foo(){}, ()=>{}, class{}, async function af(){}, function*gf(){}, Math.max, console.log.name);
console.log(globalThis === this, typeof globalThis, isNaN('x'), encodeURIComponent('a b&c'), decodeURIComponent('%41'));
try { throw new RangeError('r') } catch ({name,message}) { console.log(name,message) } finally { console.log('finally') }
console.log(new Date(0).toISOString(), typeof Date.now());
