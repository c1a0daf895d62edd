let t=0; const keep=[]; for (let i=0;i<300000;i++){ const o={a:i,b:[i,i+1],c:'s'+i}; t+=o.b[1]; if(i%1000===0) keep.push(o); } console.log(t, keep.length, keep[5].c, keep[299].b);
function Node(v,n){this.v=v;this.n=n} let l=null; for(let i=0;i<200000;i++) l=new Node(i,l); let c=0; for(let p=l;p;p=p.n) c+=p.v; console.log(c);
const m=new Map(); for(let i=0;i<50000;i++) m.set('k'+i,{i}); let q=0; for(const [k,v] of m) q+=v.i; console.log(q,m.size);
