// Joined string literals in messages, and an empty key in a cycle's picture.
let p36 = 1;
function t(f){try{f()}catch(e){console.log(e.message)}}
t(()=>{ for (const x of ('1'+'NaN')[p36]){} });
t(()=>{ const [a] = ('1'+'NaN').foo; });
t(()=>{ ('1'+'NaN').foo(); });
t(()=>{ (1+2).foo(); });
t(()=>{ (1+2+p36).foo(); });
t(()=>{ (p36+2+3).foo(); });
t(()=>{ ('a'+p36+'b').foo(); });
t(()=>{ (1-2).foo(); });
t(()=>{ (1*2-3).foo(); });
t(()=>{ (1<<2).foo(); });
t(()=>{ (-1).foo(); });
t(()=>{ (~1).foo(); });
t(()=>{ (!1).foo(); });
t(()=>{ (1/2).foo(); });
t(()=>{ (2**3).foo(); });
t(()=>{ (1+'a').foo(); });
t(()=>{ ('a'+1).foo(); });
t(()=>{ ('a'+1.5).foo(); });
t(()=>{ ('a'+null).foo(); });
t(()=>{ ('a'+'b'+'c').foo(); });
t(()=>{ ('a'+('b'+'c')).foo(); });
t(()=>{ (p36+'b'+'c').foo(); });
t(()=>{ ((p36,'b')+'c').foo(); });
t(()=>{ (+'1').foo(); });
t(()=>{ (1&3|4).foo(); });
t(()=>{ (1>2).foo(); });
t(()=>{ ('a'+`b`).foo(); });
t(()=>{ (`a`+`b`).foo(); });
t(()=>{ (`a${1}`).foo(); });
t(()=>{ ('a'+true).foo(); });
t(()=>{ (1n+2n).foo(); });
for (const k of ['', 'a b', '1x', 'é', "q'q", 0, 5, '01', -1, 4294967295, 'constructor']) {
  const o = {}; o[k] = { o }; try { JSON.stringify(o) } catch (e) { console.log(e.message) }
  const p = {}; p[k] = p; try { JSON.stringify(p) } catch (e) { console.log(e.message) }
  const q = {}; q[k] = {}; q[k][k] = [[q]]; try { JSON.stringify(q) } catch (e) { console.log(e.message) }
}
