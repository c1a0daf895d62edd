const it=[1,2,3,4].values();
console.log([...it.map(x=>x*2)], [...[1,2,3].values().filter(x=>x>1)], [...[1,2,3].values().take(2)], [...[1,2,3].values().drop(1)], [...[1,2].values().flatMap(x=>[x,x])]);
console.log(Object.prototype.toString.call([].values().map(x=>x)), Iterator.from({next(){return {done:true}}}).next());
const h=[1,2].values().map(x=>x); console.log(h.next(), h.return(), h.next());
const u={next(){return {value:1,done:false}},return(){console.log('ret');return {}},__proto__:Iterator.prototype};
console.log(u.map(x=>x).return()); const t=u.take(1); console.log(t.next(), t.next()); 
try { u.map(x=>{throw 1}).next() } catch(e){console.log(e)}
for (const x of u.map(x=>x)) { console.log(x); break; }
try { Object(1).x.y } catch(e){console.log(e.message)}
for (const k in new String('ab')) console.log(k);
