const t=(l,f)=>{try{const v=f();console.log(l,typeof v==='object'&&v?Object.prototype.toString.call(v)+[v.length,v.byteLength,v.byteOffset,v.maxByteLength,v.resizable,v.growable]:String(v))}catch(e){console.log(l,e.name+': '+e.message)}};
const rab=(n,m)=>new ArrayBuffer(n,{maxByteLength:m});
for (const m of ['transfer','transferToFixedLength']) { for (const a of [undefined,0,3,20,-1,2**53,2**52,NaN,'4',null]) { t(m+String(a),()=>rab(4,8)[m](a)); t(m+'fixed'+String(a),()=>new ArrayBuffer(4)[m](a)); }
 t(m+'det',()=>{const b=rab(4,8); b.transfer(); return b[m]({valueOf(){console.log('conv')}})}); t(m+'det-in',()=>{const b=rab(4,8); return b[m]({valueOf(){b.transfer(); return 4}})}); t(m+'res-in',()=>{const b=rab(4,8); return b[m]({valueOf(){b.resize(1); return 4}})});
 t(m+'bytes',()=>{const b=rab(4,8); new Uint8Array(b).set([1,2,3,4]); const c=b[m](3); return new Uint8Array(c).join()+b.detached+b.byteLength+b.maxByteLength+b.resizable}); t(m+'bytes',()=>{const b=rab(4,8); new Uint8Array(b).set([1,2,3,4]); const c=b[m](7); return new Uint8Array(c).join()}); }
t('resdet',()=>{const b=rab(4,8); b.transfer(); return b.resize({valueOf(){console.log('conv')}})}); t('resdetin',()=>{const b=rab(4,8); return b.resize({valueOf(){b.transfer();return 2}})});
for (const C of [ArrayBuffer,SharedArrayBuffer]) { const sp=(f)=>{const b=new C(8); b.constructor={[Symbol.species]:f}; return b;};
 t('sp',()=>sp(function(n){return new C(n)}).slice(2,6)); t('sp short',()=>sp(function(n){return new C(n-1)}).slice(2,6)); t('sp long',()=>sp(function(n){return new C(n+1)}).slice(2,6)); t('sp obj',()=>sp(function(n){return {}}).slice(2,6)); t('sp other',()=>sp(function(n){return C===ArrayBuffer?new SharedArrayBuffer(9):new ArrayBuffer(9)}).slice(2,6)); t('sp same',()=>{const b=sp(function(n){return b}); return b.slice(2,6)}); t('sp det',()=>sp(function(n){const b=new C(n); b.transfer?.(); return b}).slice(2,6)); t('sp ctor',()=>sp(5).slice()); t('sp selfdet',()=>{const b=sp(function(n){b.transfer?.(); return new C(n)}); return b.slice(2,6)});
 t('slice',()=>{const b=new C(8,{maxByteLength:16}); new Uint8Array(b).set([1,2,3,4,5,6,7,8]); return new Uint8Array(b.slice(2,-2)).join()+b.slice(1).maxByteLength});
 t('slice conv shrink',()=>{const b=new C(8,{maxByteLength:16}); return b.slice(2,{valueOf(){b.resize?.(4);b.grow?.(12); return 7}}).byteLength});
 t('sp shrink',()=>{const b=new C(8,{maxByteLength:16}); new Uint8Array(b).set([1,2,3,4,5,6,7,8]);  b.constructor={[Symbol.species]:function(n){ b.resize?.(3); return new C(n)}}; return new Uint8Array(b.slice(1,6)).join()});
 t('sp shrink2',()=>{const b=new C(8,{maxByteLength:16}); new Uint8Array(b).set([1,2,3,4,5,6,7,8]);  b.constructor={[Symbol.species]:function(n){ b.resize?.(1); return new C(n)}}; return new Uint8Array(b.slice(2,6)).join()});
 t('isView',()=>C.isView); t('species',()=>C[Symbol.species]===C); t('proto',()=>{class X extends C{}; return new X(3) instanceof X}); t('nt',()=>Reflect.construct(C,[{valueOf(){console.log('len');return 1}}, {get maxByteLength(){console.log('max')}}],Object.defineProperty(function(){}.bind(),'prototype',{get(){console.log('proto');return null}})) instanceof C);
 t('nt2',()=>Reflect.construct(C,[8, {maxByteLength:4}],Object.defineProperty(function(){}.bind(),'prototype',{get(){console.log('proto');return null}})));
}
t('dv order',()=>Reflect.construct(DataView,[new ArrayBuffer(8),{valueOf(){console.log('off');return 1}},{valueOf(){console.log('len');return 1}}],Object.defineProperty(function(){}.bind(),'prototype',{get(){console.log('proto');return null}})) );
t('dv notnew',()=>DataView(1));
t('setorder',()=>new DataView(new ArrayBuffer(8)).setInt8({valueOf(){console.log('i');return -1}},{valueOf(){console.log('v');return 1}}));
t('setorder',()=>new DataView(new ArrayBuffer(8)).setInt8({valueOf(){console.log('i');return 100}},{valueOf(){console.log('v');return 1}}));
for (const o of [Symbol(),-1,1.5,{},'x',2n,null]) t('off '+String(o),()=>new DataView(new ArrayBuffer(8),o));
for (const o of [Symbol(),-1,1.5,{},'x',2n,null,[9]]) t('len '+String(o),()=>new DataView(new ArrayBuffer(8),1,o));
for (const o of [Symbol(),-1,1.5,{},'x',2n,null,[3],3]) t('ta off '+String(o),()=>new Uint16Array(new ArrayBuffer(8),o));
for (const o of [Symbol(),-1,1.5,{},'x',2n,null,[9]]) t('ta len '+String(o),()=>new Uint16Array(new ArrayBuffer(8),2,o));
for (const o of [Symbol(),-1,1.5,'x',2n,null,2**32,2**33,2**53,1e100,true]) t('ta  '+String(o),()=>new Float64Array(o).length);
for (const o of [Symbol(),-1,1.5,'x',2n,null,2**53,1e100,true]) t('ab  '+String(o),()=>new ArrayBuffer(o).byteLength);
t('from shared',()=>new Uint8Array(new SharedArrayBuffer(3)).buffer);
t('of ta',()=>{const b=rab(8,16); const a=new Uint8Array(b,4); b.resize(2); return new Uint16Array(a)}); t('of ta',()=>{const b=rab(8,16); const a=new Uint8Array(b,4); b.transfer(); return new Uint16Array(a)});
t('of ta',()=>new Uint16Array(new Uint8Array(rab(4,8))).buffer);
t('mix',()=>new BigInt64Array(new Uint8Array(1)));t('mix0',()=>new BigInt64Array(new Uint8Array(0)));
t('order',()=>Reflect.construct(Uint8Array,[new ArrayBuffer(8),{valueOf(){console.log('off');return 1}},{valueOf(){console.log('len');return 1}}],Object.defineProperty(function(){}.bind(),'prototype',{get(){console.log('proto');return null}})) );
t('order',()=>Reflect.construct(Uint8Array,[{valueOf(){console.log('x')},get length(){console.log('length');return 1}, get [Symbol.iterator](){console.log('it')}}],Object.defineProperty(function(){}.bind(),'prototype',{get(){console.log('proto');return null}})) );
t('order',()=>Reflect.construct(Uint8Array,[-1],Object.defineProperty(function(){}.bind(),'prototype',{get(){console.log('proto');return null}})) );
