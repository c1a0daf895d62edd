// corpus: script
const v={q:{}, f(){return [1]}}, n=null; let u;
function chain01(){ return [...v?.x]; }
function chain02(){ for (const x of v?.q) 1; }
function chain03(){ for (const x in v?.q) 1; }
function chain04(){ const [a]=v?.f(); return a }
function chain05(){ const {a}=v?.q; return a }
function chain06(){ return chain01(...v?.x) }
function chain07(){ if (v?.x) return 1; while (v?.x) return 2; return v?.x ? 1 : 2 }
function chain08(){ v?.x; v?.f(); return v?.x + v?.q }
function chain09(){ throw v?.x }
function chain10(){ let a = v?.x; let b = a?.[0]; a ??= v?.x; return typeof v?.x }
function chain11(){ switch(v?.x){ case v?.q: return 1 } }
function chain12(){ delete v?.x; return !v?.x && v?.q || v?.x }
function chain13(){ with (v?.q) { 1 } }
function chain14(){ return `${v?.x}` + (v?.x)?.y + (v?.q).z }
function chain15(){ return new (v?.x)(v?.q, v?.x) }
function* chain16(){ yield v?.x; yield* v?.q }
async function chain17(){ await v?.x; for await (const x of v?.q); }
function chain18(a = v?.x, {b} = v?.q, ...c){ return a }
function chain19(){ return class extends v?.x { [v?.q] = v?.x } }
function chain20(){ return { a: v?.x, [v?.x]: 1, ...v?.q } }
function chain21(){ v.a = v?.x; [v.b] = [v?.x]; v.q.x ||= v?.x; return v?.x === undefined, v?.x in v }
function chain22(){ return v?.x, 1 }
function chain23(){ return (v?.f)?.(), v?.f?.(v?.x), v?.["f"](), (v?.f)() }
function chain24(){ return () => v?.x }
function chain25(){ do { v?.x } while (v?.x); for (v?.x; v?.x; v?.x) 1 }
try { chain01().next(); } catch {}
try { chain02().next(); } catch {}
try { chain03().next(); } catch {}
try { chain04().next(); } catch {}
try { chain05().next(); } catch {}
try { chain06().next(); } catch {}
try { chain07().next(); } catch {}
try { chain08().next(); } catch {}
try { chain09().next(); } catch {}
try { chain10().next(); } catch {}
try { chain11().next(); } catch {}
try { chain12().next(); } catch {}
try { chain13().next(); } catch {}
try { chain14().next(); } catch {}
try { chain15().next(); } catch {}
try { chain16().next(); } catch {}
try { chain18().next(); } catch {}
try { chain19().next(); } catch {}
try { chain20().next(); } catch {}
try { chain21().next(); } catch {}
try { chain22().next(); } catch {}
try { chain23().next(); } catch {}
try { chain24().next(); } catch {}
try { chain25().next(); } catch {}
