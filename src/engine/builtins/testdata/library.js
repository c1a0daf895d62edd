const log=[]; const L=(...a)=>console.log(...a);
(async()=>{ L('start'); await null; L('after await'); try { await Promise.reject(new Error('rej')) } catch(e) { L('caught', e.message) } return 'done' })().then(L);
Promise.resolve(1).then(x=>{L('p1',x); return x+1}).then(x=>L('p2',x)).finally(()=>L('fin'));
queueMicrotask(()=>L('micro')); setTimeout(()=>L('timeout'),0); L('sync');
Promise.all([1,Promise.resolve(2)]).then(v=>L('all',v)); Promise.allSettled([Promise.reject(1),2]).then(v=>L(v)); Promise.race([new Promise(r=>setTimeout(r,5,'slow')),'fast']).then(L); Promise.any([Promise.reject(1)]).catch(e=>L(e.constructor.name,e.message));
async function* ag(){ yield 1; yield 2 } (async()=>{ for await (const x of ag()) L('ag',x); for await (const y of [Promise.resolve(5),6]) L('fa',y) })();
class It{ *[Symbol.iterator](){ yield* [1,2,3] } } L([...new It], Math.max(...new It));
L(new Promise(()=>{}), Promise.resolve({a:1}), Promise.reject(3).catch(()=>{}) && 1);
const p=new Proxy({a:1},{get:(t,k)=>k in t?t[k]:'dflt', has:(t,k)=>k==='zz', ownKeys:()=>['a','b'], getOwnPropertyDescriptor:()=>({value:1,enumerable:true,configurable:true}), set(t,k,v){ L('set',k,v); t[k]=v; return true }, deleteProperty(t,k){ L('del',k); return delete t[k] }});
L(p.a,p.q,'zz' in p, Object.keys(p)); p.w=5; delete p.w; L(p);
L(Reflect.ownKeys({b:1,[Symbol('s')]:2,1:1}), Reflect.has({x:1},'x'), Reflect.apply(Math.max,null,[1,5]), Reflect.construct(Date,[0]).getTime());
L([1,2,3].values().map(x=>x*2).toArray(), [1,2,3,4].values().filter(x=>x%2).take(1).toArray(), Iterator.from([1,2]).drop(1).next());
L(new Uint8Array([1,2,300]), new Float64Array(2), new Int16Array([1,-1]).map(x=>x*2), new ArrayBuffer(4), new Uint8Array(new ArrayBuffer(8),2,3).length, Uint8Array.from([1,2]), [...new Uint8Array([5,6])]);
const dv=new DataView(new ArrayBuffer(8)); dv.setFloat32(0,1.5); L(dv.getUint8(0), dv.getFloat32(0));
L(new Date(86400000).toISOString(), new Date(2020,0,15).getMonth(), JSON.stringify(new Date(0)), new Date('2020-01-01T00:00:00Z').getTime());
L('2020-01-02'.match(/(?<y>\d+)-(?<m>\d+)/).groups.y, 'a1b2'.replace(/\d/g, d=>d*2), [...'a1b2'.matchAll(/[a-z](\d)/g)].map(m=>m[1]), /a/y.sticky, 'x'.search(/x/), 'a,b;c'.split(/[,;]/), /(\w)\1/.exec('aab'));
var wr=new WeakRef({}); L(typeof wr.deref()); var ws=new WeakSet; const k={}; ws.add(k); L(ws.has(k)); 
L(structuredClone === undefined ? 0 : typeof structuredClone);
label: { L('in'); break label; }
switch (3) { case 1: L('no'); case 3: L('three'); case 4: L('four'); break; default: L('d') }
var x = 10; { let x = 20; L(x) } L(x); L((() => { try { return 1 } finally { L('f') } })());
L([..."👍a"].length, 'ß'.toUpperCase(), "\u{1F600}".codePointAt(0).toString(16)); L(0 ?? 1, null ?? 2, undefined?.x, ({a:{b:1}}).a?.b, (void 0)?.[1]?.c);
let {q=5, ...others} = {w:1}; L(q, others); let obj={['k'+1]:1, get g(){return 7}, set g(v){}, m(){ return super.toString === Object.prototype.toString }}; L(obj, obj.m());
L(Object.getOwnPropertyNames(class { static a=1; static m(){} }), new (class { x=1; #y=2; static #z=3; get y(){return this.#y} static z(){ return this.#z } })().y);
L([3,1,2].toSorted().toReversed().toSpliced(0,1), [1,2,3].copyWithin(0,1), Array.isArray(new Proxy([],{})), [1,[2]].flatMap(x=>x), [0,-0,NaN].includes(NaN), [undefined].findIndex(x=>x===undefined));
L(Number.MAX_SAFE_INTEGER, 5..toString(2), (25).toString(36), 1/3, 123456789012345680000, 1e-7, 0xff, 0b11, 1_000, .1*3, (1234.5678).toFixed(2), (0.000001234).toString(), 1e300*1e10, -1/0);
for (const [i,v] of ['a','b'].entries()) L(i,v); L(new Map([[NaN,1]]).get(NaN), new Set([0,-0]).size, new Map([[{},1]]), Symbol.for('a')===Symbol.for('a'));
with_test(); function with_test(){ L(typeof hoisted, hoisted2()); var hoisted=1; function hoisted2(){ return 'h2' } }
L(((a,b=a)=>a+b)(2), (function(){ return typeof this })(), (function(){ 'use strict'; return typeof this })(), (()=>{ var s=0; for (var i of (function*(){ yield 1; yield 2})()) s+=i; return s })());
var getset = { _v: 1, get v(){ return this._v }, set v(x){ this._v = x*2 } }; getset.v = 5; L(getset.v, Object.entries(Object.getOwnPropertyDescriptors({a:1}))); 
L(JSON.stringify({d:new Date(0),m:new Map,u:undefined,f(){},n:NaN,i:Infinity,nested:{toJSON(){return 'tj'}}}), JSON.stringify('\u2028"\\'), JSON.stringify({a:[]},null,'\t'), JSON.parse('[1,2]',(k,v)=>Array.isArray(v)?v:v*2));
L(isFinite('12'), Number(''), Number(' 12 '), Number('1,2'), +[], +{}, +[5], parseInt('0x1F'), parseInt('101',2), parseFloat('3.14abc'), Number(null), Number(undefined), Number(true), Number('0b101'));
L(typeof Symbol(), typeof undefined, typeof function(){}, typeof class{}, typeof 1n, typeof {}, typeof [], typeof null, typeof 'x');
L(new Error('e1').toString(), Object.prototype.toString.call(new Date), String(Symbol('q')), `${[1,[2,3]]}`, String({}), String(null), [null,undefined,1]+'' );
L(eval('var ev=5; ev*2'), (0,eval)('typeof L'), new Function('return this')()===globalThis);
L(Array.from({length:120},(_, i)=>i)); L('x'.repeat(200).length, ['a'.repeat(80)], {s:'it\'s', d:"q\"'"}); L(Object.create(null), Object.create({constructor:5}), new (class extends Map{})([[1,2]]), new (class Foo extends Array{})(3), [function(){}, ()=>{}, class A extends Map{}], Object.assign(()=>{},{a:1}), Object.assign(function nm(){}, {b:{c:1}}));
L({a:{b:{c:{d:1}}}}, [[[[1]]]], {f(){}, get x(){return 1}, set y(v){}, get z(){return 1}, set z(v){}}, [1.5,-0,NaN], [true,null,undefined], new Number(3), new String('str'), new Boolean(false), Object(1n), Object(Symbol('b')), [,'a'], {__proto__:{a:1}, own:1});
const circ={name:'c'}; circ.self=circ; circ.arr=[circ,{circ}]; L(circ); L(process.argv.length > 1, typeof require, typeof module);
L('%s is %d years and %i, %f, %j %o %O %%', 'Bob', 42.5, 42.9, 1.5, {a:1}, [1], {b:2}, 'extra', {c:3}); L('%c styled', 'color:red'); console.table([{a:1,b:'x'},{a:2,c:true}]); console.group('G'); L('inner\nline'); console.groupEnd(); L(-0, [ -0 ], 0); console.count(); console.count('x'); console.dir({a:{b:{c:{d:{}}}}});
