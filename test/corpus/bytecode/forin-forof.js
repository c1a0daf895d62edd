// corpus: script
function iterKeys(o) { const r = []; for (const k in o) r.push(k); return r; }
function iterKeysVar(o) { var n = 0; for (var k in o) { n += o[k]; } return n; }
function iterKeysMember(o, t) { for (t.key in o) { if (t.key === 'b') break; } return t; }
function iterValues(a) { let s = 0; for (const v of a) s += v; return s; }
function iterBreak(a) { for (const v of a) { if (v > 1) break; } return a; }
function iterReturn(a) { for (const v of a) { if (v > 1) return v; } return -1; }
function iterContinue(a) { let s = 0; for (let v of a) { if (v & 1) continue; s += v; } return s; }
function iterDestructure(m) { let s = ''; for (const [k, v] of m) { s += k + v; } return s; }
function iterAssign(a, o) { for (o.x of a) { o.y = o.x; } return o; }
function iterNested(a) { let n = 0; for (const row of a) for (const v of row) n += v; return n; }
iterKeys({ a: 1, b: 2 }); iterKeysVar({ a: 1 }); iterKeysMember({ a: 1, b: 2 }, {}); iterValues([1, 2]); iterBreak([1, 2]); iterReturn([1, 2]); iterContinue([1, 2]);
iterDestructure(new Map([['a', 1]])); iterAssign([1], {}); iterNested([[1], [2]]);
