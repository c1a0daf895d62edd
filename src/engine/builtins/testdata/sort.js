function rng(seed){ return ()=> (seed = (seed*1103515245+12345)&0x7fffffff)/0x7fffffff }
for (const n of [2,5,10,31,32,33,63,64,65,100,200,500,1000]) for (const kind of ['rand','asc','desc','saw','few','blocks']) {
  const r=rng(n+kind.length); const a=[]; for (let i=0;i<n;i++) a.push(kind==='rand'?Math.floor(r()*1000):kind==='asc'?i:kind==='desc'?n-i:kind==='saw'?i%17:kind==='few'?Math.floor(r()*3):(Math.floor(i/40)%2?1000-i:i));
  const objs=a.map((k,i)=>({k,i})); let cmps=0; let h=0;
  objs.sort((x,y)=>{ cmps++; h=(h*31+x.i*7+y.i)|0; return x.k-y.k });
  let ok=true; for (let i=1;i<n;i++) if (objs[i-1].k>objs[i].k || (objs[i-1].k===objs[i].k && objs[i-1].i>objs[i].i)) ok=false;
  console.log(n,kind,ok,cmps,h);
}
console.log([3,,1,undefined,2].sort(), [3,,1,undefined,2].sort((a,b)=>b-a), [3,undefined,1].toSorted(), ['10','9',1,true,null].sort());
console.log([1,2,3].sort(()=>0), [1,2].sort(undefined)); try { [1].sort(5) } catch(e) { console.log(e.message) }
console.log(Array.prototype.sort.call({length:3,0:'c',1:'a',2:'b'}));
