// corpus: script
let g1 = [1], g2 = 1;
function elide01(p){ { let i=0; do { for (const x of g1.slice(0,2)) { p = x } } while (++i<2); } switch(p){ case 'a': { const v = g1 } } return g1 }
function elide02(p){ { let i=0; do { g1 } while (++i<2); } return g1 }
function elide03(p){ do { g1 } while (p--); switch(p){ case 'a': return g1; case 'b': return g1 } return g1 }
function elide04(p){ g1; switch(p){ case 'a': return g1; case 'b': return g1 } return g1 }
function elide05(p){ g1; switch(p){ case 'a': g2; case 'b': return g2 } return g1+g2 }
function elide07(p){ g1; switch(p){ case g2: g2; default: return g1 } return g1+g2 }
function elide08(p){ do { if (p) continue; g1 } while (p--); return g1 }
function elide09(p){ do { if (p) break; g1 } while (p--); return g1 }
function elide10(p){ do { g1; if (p) break; g2 } while (p--); return g1+g2 }
function elide11(p){ while (g1) { g2; break } return g1+g2 }
function elide12(p){ for (;g1;g2) { p; break } return g1+g2 }
function elide13(p){ for (const x of g1) { g2 } return g1+g2 }
function elide14(p){ try { g1 } catch { g2 } return g1+g2 }
function elide15(p){ try { g1 } finally { g2 } return g1+g2 }
function elide16(p){ l: { g1; if (p) break l; g2 } return g1+g2 }
function elide17(p){ if (p) { g1; g2 } else { g1 } return g1+g2 }
function elide18(p){ return (p ? g1 : g1+g2) + g1 + g2 }
function elide19(p){ return (p && g1) + g1 }
function elide20(p){ do { g1; const f = () => 1; let q = p; const h = () => q; } while (p--); return g1 }
function elide21(p){ { let i=0; do { for (const x of g1) { const h = () => x } } while (++i<2); } switch(p){ case 'a': { const v = g1; const k = () => v } } return g1 }
function elide22(p){ switch(p) { case 'a': { for (let i=0;i<2;i++) { const h=()=>i; g1 } } case 'b': { g1 } break; case 'c': g1; case 'd': g1 } return g1 }
function elide23(p){ g1; switch(p) { case 'a': { for (let i=0;i<2;i++) { const h=()=>i; g1 = [] } } case 'b': { g1 } break; case 'c': g1; case 'd': g1 } return g1 }
function elide24(p){ do { for (const x of g1.slice(0, 2)) { g2.c = x; } for (let i = 1; i < 5; i++) { g1 = g1 } } while (p--); switch(p){ case 'a': const v = g1 } }
function elide25(p){ do { for (let i = 1; i < 5; i++) { g1 = g1 } } while (p--); return g1 }
function elide26(p){ for (let i = 1; i < 5; i++) { g1 = g1 } return g1 }
function elide27(p){ g1 = g1; return g1 }
function elide28(p){ do { g1 = p } while (p--); return g1 }
function elide29(p){ p = p?.[g1] + g1; return g1 }
function elide30(p){ p ??= g1; return g1 }
function elide31(p){ let {a = g1} = p; return g1 }
function elide32(p){ for (const x in p) { g1 } return g1 }
function elide33(p){ return `${p && g1}${g1}` + g1 }
function elide34(p = g1){ return g1 }
function elide35(p){ switch(g1) { case g2: } return g1+g2 }
function elide36(p){ switch(p) { case g1: case g2: } return g1+g2 }
function elide38(p){ do { try { g1 } catch {} } while (p--); return g1 }
function elide39(p){ do { l: { if (p) break l; g1 } } while (p--); return g1 }
function elide40(p){ do { switch (p) { case 1: g1; break; default: g1 } } while (p--); return g1 }
function elide41(p){ do { if (p) break; } while (g1); return g1 }
function elide42(p){ do { if (p) continue; } while (!g1); return g1 }
function elide43(p){ do { g1 } while (p && !g2); return g1+g2 }
function elide44(p){ do { break } while (g1); return g1 }
function elide45(p){ do { g1 } while (false); return g1 }
function elide46(p){ do { if (p) break; g1 } while (true); return g1 }
function elide47(p){ l: for (const x of [g1]) { m: { if (p) break m; g2; } g2 } return g1+g2 }
function elide48(p){ l: { g1 } return g1 }
function elide49(p){ switch (p) { case 2: break; default: g1 } return g1 }
function elide50(p){ switch (g1) { case p: g2; break; case g2: g2 } return g1+g2 }
function elide51(p){ l: if (p) { break l; g1 } else g1; return g1 }
function elide52(p){ l: try { break l } finally { g1 } return g1 }
function elide53(p){ try { g1 } catch { return 1 } finally { p } return g1 }
function elide54(p){ while (true) { if (p) break; g1 } return g1 }
function elide55(p){ for (let i = g1; i < 3; i++) { if (p) break; g2 } return g1+g2 }
function elide56(p){ class A { x = g1; [g1] = g2; static { g1 } } return g1+g2 }
function elide57(p){ const f = () => g1; f(); return g1 }
function elide58(p){ l: { { if (p) break l } g1 } return g1 }
function elide59(p){ with (p) { g1 } return g1 }
function elide60(p){ for (const {a = g1} of [p]) { g1 } return g1 }
function elide61(p){ do { g1 } while (!g1 && p); return g1 }
function elide62(p){ do { g1; g2 } while (!g2 && !g1); return g1+g2 }
function elide63(p){ do { if (p) continue; g1; } while (!g1); return g1 }
function elide64(p){ do { } while (!g1); return g1 }
function elide65(p){ do { g1 } while (g2 && false); return g1+g2 }
function elide66(p){ g1; do { g1; g2 } while (!g1 || !g2); return g1+g2 }
g1=[1];g2=1;try{elide01(1)}catch(e){}
g1=[1];g2=1;try{elide02(1)}catch(e){}
g1=[1];g2=1;try{elide03(1)}catch(e){}
g1=[1];g2=1;try{elide04(1)}catch(e){}
g1=[1];g2=1;try{elide05(1)}catch(e){}
g1=[1];g2=1;try{elide07(1)}catch(e){}
g1=[1];g2=1;try{elide08(1)}catch(e){}
g1=[1];g2=1;try{elide09(1)}catch(e){}
g1=[1];g2=1;try{elide10(1)}catch(e){}
g1=[1];g2=1;try{elide11(1)}catch(e){}
g1=[1];g2=1;try{elide12(1)}catch(e){}
g1=[1];g2=1;try{elide13(1)}catch(e){}
g1=[1];g2=1;try{elide14(1)}catch(e){}
g1=[1];g2=1;try{elide15(1)}catch(e){}
g1=[1];g2=1;try{elide16(1)}catch(e){}
g1=[1];g2=1;try{elide17(1)}catch(e){}
g1=[1];g2=1;try{elide18(1)}catch(e){}
g1=[1];g2=1;try{elide19(1)}catch(e){}
g1=[1];g2=1;try{elide20(1)}catch(e){}
g1=[1];g2=1;try{elide21(1)}catch(e){}
g1=[1];g2=1;try{elide22(1)}catch(e){}
g1=[1];g2=1;try{elide23(1)}catch(e){}
g1=[1];g2=1;try{elide24(1)}catch(e){}
g1=[1];g2=1;try{elide25(1)}catch(e){}
g1=[1];g2=1;try{elide26(1)}catch(e){}
g1=[1];g2=1;try{elide27(1)}catch(e){}
g1=[1];g2=1;try{elide28(1)}catch(e){}
g1=[1];g2=1;try{elide29(1)}catch(e){}
g1=[1];g2=1;try{elide30(1)}catch(e){}
g1=[1];g2=1;try{elide31(1)}catch(e){}
g1=[1];g2=1;try{elide32(1)}catch(e){}
g1=[1];g2=1;try{elide33(1)}catch(e){}
g1=[1];g2=1;try{elide34(1)}catch(e){}
g1=[1];g2=1;try{elide35(1)}catch(e){}
g1=[1];g2=1;try{elide36(1)}catch(e){}
g1=[1];g2=1;try{elide38(1)}catch(e){}
g1=[1];g2=1;try{elide39(1)}catch(e){}
g1=[1];g2=1;try{elide40(1)}catch(e){}
g1=[1];g2=1;try{elide41(1)}catch(e){}
g1=[1];g2=1;try{elide42(1)}catch(e){}
g1=[1];g2=1;try{elide43(1)}catch(e){}
g1=[1];g2=1;try{elide44(1)}catch(e){}
g1=[1];g2=1;try{elide45(1)}catch(e){}
g1=[1];g2=1;try{elide46(1)}catch(e){}
g1=[1];g2=1;try{elide47(1)}catch(e){}
g1=[1];g2=1;try{elide48(1)}catch(e){}
g1=[1];g2=1;try{elide49(1)}catch(e){}
g1=[1];g2=1;try{elide50(1)}catch(e){}
g1=[1];g2=1;try{elide51(1)}catch(e){}
g1=[1];g2=1;try{elide52(1)}catch(e){}
g1=[1];g2=1;try{elide53(1)}catch(e){}
g1=[1];g2=1;try{elide54(1)}catch(e){}
g1=[1];g2=1;try{elide55(1)}catch(e){}
g1=[1];g2=1;try{elide56(1)}catch(e){}
g1=[1];g2=1;try{elide57(1)}catch(e){}
g1=[1];g2=1;try{elide58(1)}catch(e){}
g1=[1];g2=1;try{elide59(1)}catch(e){}
g1=[1];g2=1;try{elide60(1)}catch(e){}
g1=[1];g2=1;try{elide61(1)}catch(e){}
g1=[1];g2=1;try{elide62(1)}catch(e){}
g1=[1];g2=1;try{elide63(1)}catch(e){}
g1=[1];g2=1;try{elide64(1)}catch(e){}
g1=[1];g2=1;try{elide65(1)}catch(e){}
g1=[1];g2=1;try{elide66(1)}catch(e){}
