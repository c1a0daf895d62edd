function f(x){ return x.a + x.b }
console.log(f({a:1,b:2}), f({b:1,a:2}), f({c:1,a:5,b:6}), f({a:'x',b:'y'}), f({a:1.5,b:2}), f(Object.create({a:1,b:9})));
let o={}; for (let i=0;i<50;i++) o['k'+i]=i; let s=0; for (let k in o) s+=o[k]; console.log(s);
function P(x,y){ this.x=x; this.y=y } P.prototype.len=function(){ return this.x*this.x+this.y*this.y };
let t=0; for (let i=0;i<1000;i++) t+=new P(i,1).len(); console.log(t);
var a=[]; for (let i=0;i<100;i++) a[i]=i; a[200]=5; console.log(a.length, a[150], a[200]);
var d=[1.5,2.5]; d[0]=3; d[2]='x'; console.log(d); var h=[1,,3]; console.log(h[1], h);
function deep(n){ return n===0?0:1+deep(n-1) } console.log(deep(5000));
try { (function r(){ r() })() } catch(e){ console.log(e instanceof RangeError, e.message) }
console.log([3,1,2].sort(), [1,2,3].map(x=>x*2), [1,2,3].reduce((a,b)=>a+b), [5,6].indexOf(6));
console.log(JSON.stringify({a:[1,2,{b:null}],c:"x"}), JSON.parse('{"q":[1,2]}'));
console.log(new Map([[1,2],['a',{b:1}]]), new Set([1,2,3]));
console.log('abc'.toUpperCase(), 'a-b-c'.split('-'), 'hello'.replace(/l/g,'L'), /(\d+)-(\d+)/.exec('10-20').slice(1));
console.log(Object.keys({x:1,y:2}), Object.entries({x:1}), Object.assign({},{q:1}), Math.max(1,5,3), parseInt('42px'));
console.log([1,2,3].includes(2), Array.from({length:3},(_, i)=>i*i), [..."héllo"], Number('12.5'), (255).toString(16));
console.log(new Date(0).toISOString(), Symbol('x').toString(), [1,[2,[3,[4,[5]]]]], {a:{b:{c:{d:1}}}});
const ws=new WeakMap(); const key={}; ws.set(key,1); console.log(ws.get(key), ws.has({}));
let p=new Proxy({},{get:(t,k)=>'got '+String(k)}); console.log(p.foo); console.log(Reflect.ownKeys({a:1,[Symbol.iterator]:2}));
console.log([10,9,8,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30]);
(async()=>{ for await (const x of [1,Promise.resolve(2)]) console.log('fa',x); try { await Promise.reject(new Error('rej')) } catch(e){ console.log('c',e.message) } console.log(await Promise.all([1,Promise.resolve(2)])); })();
setTimeout(()=>console.log('timeout'),5); Promise.resolve().then(()=>console.log('micro'));
label: { console.log('in label'); break label; }
var getterCalls=0; var og={get x(){ getterCalls++; return 1 }}; for(let i=0;i<20;i++) og.x; console.log(getterCalls);
class C { static #c=0; static inc(){ return ++C.#c } static { C.z = 3 } } console.log(C.inc(), C.inc(), C.z);
console.log([..."ab"].entries().next(), typeof globalThis, isNaN('x'), [1,2,3].at(-1), Object.fromEntries([['a',1]]));
var u8=new Uint8Array([1,2,300]); console.log(u8, u8[2], new Float64Array(2)); u8[0]=257; console.log(u8[0]);
console.log((1.5).toFixed(2), 1e100, 123456789012345680000, 0.000001, 1e-7, [undefined,null], [,], -0, [-0]);
// What Math gives to what: Smis where numbers are Smis, even and odd, zero, and -0.
const mathOf = (f, a, b) => { const r = f(a, b); return 1 + r; };
for (const f of [Math.floor, Math.ceil, Math.abs, Math.sqrt, Math.max, Math.min, Math.trunc])
  for (const [a, b] of [[4, 9], [9, 4], [0, 0], [-4, -9], [-0, 0]]) console.log(f.name, a, b, mathOf(f, a, b));
function mathSums(n) { let even = 0; for (let i = 0; i < n; i++) even += Math.floor(i / 2) * 2 + Math.max(i, 2) + Math.abs(-i) + Math.ceil(i); return even; }
console.log(mathSums(50));
