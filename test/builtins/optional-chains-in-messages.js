const v={q:{}}, n=null; let u; function f(){}
function t(g){ try{g()}catch(e){console.log(String(g).slice(4), '//', e.message)} }
t(()=>[...v?.x]); t(()=>[...v.x]); t(()=>[...v?.q.x]); t(()=>[...v.q?.x]); t(()=>[...v?.q?.x]); t(()=>[...n?.x]); t(()=>[...(v?.x)]);
t(()=>[...v?.x].concat(1)); t(()=>[1,...v?.x]);t(()=>{ const r=[...v?.x]; });
t(()=>{for (const x of v?.x);}); t(()=>{for (const x of v?.q.x);}); t(()=>{const [a]=v?.x}); t(()=>{const [a]=v?.q.x}); t(()=>{[u]=v?.x}); t(()=>f(...v?.x)); t(()=>new f(...v?.x)); t(()=>f(1,...v?.x,2));
t(()=>{ [...function*(){ yield* v?.x }()] }); t(()=>{ [...function*(){ yield* v.x }()] });
t(()=>v?.x()); t(()=>v?.x.y()); t(()=>v?.x?.y.z()); t(()=>(v?.x)()); t(()=>v?.q.x()); t(()=>new (v?.x));
t(()=>v?.['x']()); t(()=>{for (const x of v?.['x']);}); t(()=>{for (const x of v?.q());}); t(()=>{for (const x of v.q?.());}); t(()=>{for (const x of u?.());}); t(()=>[...u?.()]);
t(()=>{const {a}=v?.x}); t(()=>{const {a}=v?.q.x});t(()=>{ ({a:u}=v?.x)}); t(()=>{ for (const {a} of [v?.x]); }); t(()=>{ (v?.x).y }); t(()=>{ v?.x.y }); t(()=>{ v?.q.x.y }); t(()=>{ (v?.x).y = 1 }); t(()=>{ delete v?.x.y });
t(()=>{ 1 in v?.x }); t(()=>{ v instanceof v?.x }); t(()=>{ v instanceof v?.q });
(async()=>{ try { for await (const x of v?.x); } catch(e) { console.log(e.message) } try { for await (const x of v.x); } catch(e) { console.log(e.message) } })();
