const t = (name, f) => { try { const v = f(); console.log(name, v); } catch (e) { console.log(name, 'threw', e === null || typeof e !== 'object' ? e : e.name + ': ' + e.message); } };
const a=new Set([1,2,3,4]), b=new Set([3,4,5]);
for (const n of ['union','intersection','difference','symmetricDifference','isSubsetOf','isSupersetOf','isDisjointFrom']) { t(n, () => { const r = a[n](b); return r instanceof Set ? [...r] : r; }); t(n+'2', () => { const r = b[n](a); return r instanceof Set ? [...r] : r; });
 t(n+' map', () => { const r = a[n](new Map([[2,1]])); return r instanceof Set ? [...r] : r; }); t(n+' bad', () => a[n]([1])); t(n+' bad2', () => a[n](5)); t(n+'recv', () => Set.prototype[n].call({}, a)); }
t('names', () => Object.getOwnPropertyNames(Set.prototype).sort().join());
