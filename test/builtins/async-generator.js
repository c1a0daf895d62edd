const t = (name, f) => { try { const v = f(); console.log(name, v); } catch (e) { console.log(name, 'threw', e === null || typeof e !== 'object' ? e : e.name + ': ' + e.message); } };
const L=[]; const log=(...a)=>L.push(a.map(x=>typeof x==='object'?JSON.stringify(x):String(x)).join(' '));
async function ticks(n,name){ for (let i=0;i<n;i++){ await null; log(name+i); } }
async function* ag() { try { const r = yield 1; log('got', r); yield Promise.resolve(2); for (const x of [3]) yield x; } finally { log('ag fin'); } return 'end'; }
const sect=[
 async()=>{ const r = []; for await (const x of ag()) {log('x',x);} log('done'); },
 async()=>{ const it=ag(); log(await it.next()); log(await it.next('hi')); log(await it.return('e')); log(await it.next()); },
 async()=>{ const it=ag(); log(await Promise.all([it.next(), it.next(), it.next(), it.return(8)])); },
 async()=>{ async function* q(){ yield* ag(); return 5; } for await (const x of q()) log('q',x); log('qd'); },
 async()=>{ for await (const x of [1, Promise.resolve(2), 3]) log('s',x); log('sd'); },
 async()=>{ for await (const x of ag()) {log('x',x); break;} log('done'); },
 async()=>{ async function* q(){ yield* [1,2]; } for await (const x of q()) log('q',x); log('qd'); },
 async()=>{ Promise.resolve(1).finally(()=>log('f')).then(v=>log('af',v)); await ticks(6,'w'); },
 async()=>{ Promise.reject(1).finally(()=>log('f')).catch(v=>log('af',v)); await ticks(6,'w'); },
 async()=>{ const it=ag(); try { await it.throw(new Error('t')); } catch(e) { log('c',e.message); } log(await it.next()); },
];
(async()=>{ let i=0; for (const s of sect) { log('--- '+i++); const tk=ticks(20,'t'); await s(); await tk; } console.log(L.join('\n')); })();
