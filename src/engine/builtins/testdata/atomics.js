const t=(l,f)=>{try{const v=f();console.log(l,typeof v==='bigint'?v+'n':v)}catch(e){console.log(l,e.name+': '+e.message)}};
const V=(n,r)=>({valueOf(){console.log(n);return r}});
const ops=['load','store','add','sub','and','or','xor','exchange','compareExchange','notify','wait','waitAsync'];
for (const o of ops) {
 for (const r of [undefined,1,{},[],new Float32Array(1),new Float64Array(2),new Uint8ClampedArray(2),new DataView(new ArrayBuffer(4)),new ArrayBuffer(4),new SharedArrayBuffer(4),new Float16Array(1)]) t(o+Object.prototype.toString.call(r),()=>Atomics[o](r,0,0,0));
 if (o!=='wait'&&o!=='waitAsync') for (const C of [Int8Array,Uint8Array,Int16Array,Uint16Array,Int32Array,Uint32Array]) { const a=new C([5,250,-1]); t(o+C.name,()=>[Atomics[o](a,1,7,9),a.join()].join(' ')); t(o+C.name,()=>[Atomics[o](a,1,-300,1e10),a.join()].join(' ')); t(o+C.name,()=>[Object.is(Atomics[o](a,2,-0,3.7),-0),a.join()].join(' '));t(o+C.name,()=>[Atomics[o](a,2,NaN,3.7),a.join()].join(' ')); t(o+C.name,()=>[Atomics[o](a,2,Infinity,3.7),a.join()].join(' ')); t(o+C.name,()=>[Atomics[o](a,2,2**53+2,-1),a.join()].join(' '));t(o+C.name+'fr',()=>[Atomics[o](a,2,3.99,-1),a.join()].join(' ')); }
 if (o!=='wait'&&o!=='waitAsync'&&o!=='notify') for (const C of [BigInt64Array,BigUint64Array]) { const a=new C([5n,-3n]); t(o+C.name,()=>[Atomics[o](a,1,7n,9n),a.join()].join(' ')); t(o+C.name,()=>[Atomics[o](a,1,-(2n**64n)-5n,2n**70n+1n),a.join()].join(' ')); t(o+C.name,()=>Atomics[o](a,1,7)); t(o+C.name,()=>Atomics[o](a,1,'7','8')); t(o+C.name,()=>Atomics[o](a,1)); }
 const I=new Int32Array(new SharedArrayBuffer(8)); const U=new Int32Array(2);
 for (const i of [-1,2,1.5,NaN,'1','x',2**53,-0,undefined,null,Symbol(),1n,{},Infinity,-Infinity]) { if (o==='wait'||o==='waitAsync') { t(o+'idx '+String(i),()=>{ const r=Atomics[o](I,i,5,0); return typeof r==='object'?JSON.stringify(r):r }); } else t(o+'idx '+String(i),()=>Atomics[o](I,i,0,0)); t(o+'u idx '+String(i),()=>{if(o==='wait'||o==='waitAsync') return 'x'; return Atomics[o](U,i,0,0)}); }
 if (o!=='wait') t(o+'order',()=>{const r=Atomics[o](I,V('i',0),V('v',1),V('w',2)); return typeof r==='object'?JSON.stringify(r):r}); 
 t(o+'order f',()=>Atomics[o](new Float32Array(1),V('i',0),V('v',1),V('w',2)));
 t(o+'order idx',()=>Atomics[o](I,V('i',9),V('v',1),V('w',2)));
 t(o+'det',()=>{const a=new Int32Array(2); a.buffer.transfer(); return Atomics[o](a,V('i',0),V('v',1),V('w',2))});
 t(o+'det in i',()=>{const a=new Int32Array(2); return Atomics[o](a,{valueOf(){a.buffer.transfer();return 0}},V('v',1),V('w',2))});
 t(o+'det in v',()=>{const a=new Int32Array(2); return Atomics[o](a,V('i',0),{valueOf(){a.buffer.transfer();return 0}},V('w',2))});
 t(o+'det in w',()=>{const a=new Int32Array(2); return Atomics[o](a,V('i',0),V('v',0),{valueOf(){a.buffer.transfer();return 0}})});
 t(o+'shrink in v',()=>{const a=new Int32Array(new ArrayBuffer(8,{maxByteLength:16})); return Atomics[o](a,V('i',1),{valueOf(){a.buffer.resize(4);return 0}},V('w',2))});
 t(o+'grow',()=>{const a=new Int32Array(new ArrayBuffer(8,{maxByteLength:16})); a.buffer.resize(16); return o==='wait'||o==='waitAsync'?0:Atomics[o](a,3,1,0)});
 t(o+'oob',()=>{const a=new Int32Array(new ArrayBuffer(8,{maxByteLength:16}),4); a.buffer.resize(2); return Atomics[o](a,0,1,0)});
}
for (const n of [1,2,3,4,8,0,-1,'4',NaN,undefined,V('n',8),Symbol(),16]) t('isLockFree',()=>Atomics.isLockFree(n));
t('isLockFree',()=>Atomics.isLockFree(1n));
for (const n of [undefined,0,1,-1,1.5,'1',null,NaN,1e9,-0,{},1n,V('x',1),Infinity,2**31,2**53,-(2**31)]) t('pause '+(typeof n==='bigint'?'1n':typeof n==='object'?'o':String(n)),()=>Atomics.pause(n)); t('pause',()=>Atomics.pause()); 
const I=new Int32Array(new SharedArrayBuffer(8)); const B=new BigInt64Array(new SharedArrayBuffer(16));
t('wait',()=>Atomics.wait(I,0,1)); t('wait to',()=>Atomics.wait(I,0,0,1)); t('wait to',()=>Atomics.wait(I,0,0,-5)); t('wait to',()=>Atomics.wait(I,0,0,'1'));t('waitB',()=>Atomics.wait(B,0,0n,1)); t('waitB',()=>Atomics.wait(B,0,1n,1));t('waitB',()=>Atomics.wait(B,0,1,1)); t('wait nonshared',()=>Atomics.wait(new Int32Array(2),0,0,0));t('wait nonshared idx',()=>Atomics.wait(new Int32Array(2),9,0,0)); t('wait sym',()=>Atomics.wait(I,0,0,Symbol()));
t('notify',()=>Atomics.notify(I,0)); t('notify',()=>Atomics.notify(I,0,-3)); t('notify',()=>Atomics.notify(new Int32Array(2),0)); t('notify',()=>Atomics.notify(I,0,V('c',2)));t('notify',()=>Atomics.notify(B,1)); t('notify u8',()=>Atomics.notify(new Uint8Array(2),0)); t('notify u32',()=>Atomics.notify(new Uint32Array(2),0)); t('notify sym',()=>Atomics.notify(I,0,Symbol()));
const show=(l,r)=>console.log(l,Reflect.ownKeys(r).join(),r.async,typeof r.value==='object'?'promise':r.value);
show('wa',Atomics.waitAsync(I,0,1)); show('wa0',Atomics.waitAsync(I,0,0,0)); const w=Atomics.waitAsync(I,0,0,1000); show('wa w',w); w.value.then(v=>console.log('w1',v)); const w2=Atomics.waitAsync(I,0,0); w2.value.then(v=>console.log('w2',v)); 
console.log(Atomics.notify(I,0,1)); console.log(Atomics.notify(I,0)); console.log(Atomics.notify(I,0));
Promise.resolve().then(()=>console.log('micro')); 
t('waitAsync ns',()=>Atomics.waitAsync(new Int32Array(2),0,0)); t('waitAsync sym',()=>Atomics.waitAsync(I,0,0,Symbol())); show('neg',Atomics.waitAsync(I,0,0,-1)); show('nan',Atomics.waitAsync(I,0,0,'x'));
console.log(Object.prototype.toString.call(Atomics), Object.getPrototypeOf(Atomics)===Object.prototype, Atomics.store.length, Atomics.wait.length, Atomics.waitAsync.length, Atomics.pause.length, Atomics.notify.length);
console.log(Object.getPrototypeOf(w)===Object.prototype, JSON.stringify(Object.getOwnPropertyDescriptor(w,'async')));
