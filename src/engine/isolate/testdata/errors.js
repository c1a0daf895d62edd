console.log(new Function('a','b','return a*b')(3,4));
async function af(){ console.log('in'); await null; console.log('after await'); return 5 } af().then(v=>console.log('then',v)); console.log('sync');
console.log(new Error('q').stack.split('\n').slice(0,2).join('|'));
function foo(){ throw new TypeError('bad') } try { foo() } catch(e){ console.log(e.stack.split('\n').slice(0,3).map(s=>s.replace(/\(.*\//,'(').replace(/\/.*\//,'')).join('|')) }
class X { get y(){ throw 1 } } try { new X().y } catch(e) { console.log('got',e) }
console.log([1,2,3].map((x)=>x*2), [3,2,1].sort((a,b)=>a-b));
try { [1].map(()=>{ throw new Error('inmap') }) } catch(e){ console.log(e.message) }
try { x.y.z } catch(e){ console.log(e.message) } var x={};
try { x.y.z } catch(e){ console.log(e.message) }
try { x.f() } catch(e){ console.log(e.message) }
try { new x() } catch(e){ console.log(e.message) }
try { for (const q of 5) ; } catch(e){ console.log(e.message) }
try { const {a} = null } catch(e){ console.log(e.message) }
try { const [a] = {} } catch(e){ console.log(e.message) }
try { class Y extends null2 {} } catch(e){ console.log(e.message) }
try { class Z extends Object { constructor(){ this.x } } new Z } catch(e){ console.log(e.message) }
try { X() } catch(e){ console.log(e.message) }
try { 1n+1 } catch(e){ console.log(e.message) }
try { Symbol()+'' } catch(e){ console.log(e.message) }
try { null[Symbol.iterator] } catch(e){ console.log(e.message) }
try { (void 0).foo = 1 } catch(e){ console.log(e.message) }
try { 'use strict'; Object.freeze([1]).push(2) } catch(e){ console.log(e.message) }
