const u4 = new Uint32Array(4), v4 = { valueOf() { console.log('converted'); return 1; } };
for (const k of [4, -1, NaN, 1.5, '-0']) u4[k] = v4;
try { u4[9] = Symbol(); console.log('no error'); } catch (e) { console.log(e.name); }
const g=Object.getOwnPropertyDescriptor(RegExp.prototype,'flags').get;
console.log(g.call({sticky:1,unicodeSets:1,hasIndices:1,global:1,ignoreCase:1,multiline:1,dotAll:1,unicode:1}), /a/vy.flags);
const p=Object.create(new Uint8Array(2)); const v={valueOf(){console.log('conv');return 1}}; p[5]=v; p['-0']=v; p[1]=v; console.log(Object.keys(p)); 
try{ (function(){'use strict'; p[7]=Symbol()})(); console.log('no')}catch(e){console.log(e.message)}
console.log(Reflect.set(new Uint8Array(2),9,v), Reflect.set(new Uint8Array(2),9,v,{}), Reflect.set({},5,v,new Uint8Array(1)), Reflect.set(new Uint8Array(2),0,v,{}));
function st(a,i,x){a[i]=x} const u=new Uint8Array(3); for(let i=0;i<20000;i++) st(u,i%5,i); let c=0; st(u,7,{valueOf(){c++;return 1}}); console.log(c);
const f=new Float64Array(2), b=new BigInt64Array(2); try{ b[5]=1; }catch(e){console.log(e.message)} try{ b['x']=1; b[0]=true }catch(e){console.log(e.message)} console.log(b);
let n = 0; for (const k in new Float64Array(3)) n++; console.log(n);
console.log(Array.prototype.map.call('abc', (x) => x + x), Object.getOwnPropertyDescriptor(new String('abc'), 'length'));
for (const k in new String('ab')) console.log(k);
try { require('./modules/broken.cjs'); } catch (e) { console.log('caught', e.name); }
