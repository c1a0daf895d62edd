const t=(n,f)=>{ try { const r=f(); console.log(n, String(r).slice(0,60)) } catch(e) { console.log(n, e.name, e.message) } };
const g=[1,2,3]; g[2147483647]=5;
t('stringify', () => JSON.stringify(g));
t('in object', () => JSON.stringify({a:[g]}));
t('proxy', () => JSON.stringify(new Proxy([], {get:(t,k)=>k==='length'?2**40:t[k]})));
t('small', () => JSON.stringify([1,[2,,[]],{}], null, 2));
