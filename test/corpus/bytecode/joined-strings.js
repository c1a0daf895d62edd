// corpus: script
function joined01(){ return ('a'+'b')+('c'+'d'); }
function joined02(o){ return o['a'+'b']; }
function joined03(o){ return {['a'+'b']:1, ab:2}; }
function joined04(o){ return typeof o === 'un'+'defined'; }
function joined05(o){ switch(o){case 'a'+'b': return 1; case 'ab': return 2;} }
function joined06(o){ return `x${'a'+'b'}c`; }
function joined07(o){ return o == 'a'+'b'; }
function joined08(o){ return ['a'+'b', 'ab']; }
function joined09(o){ return {x:'a'+'b'}; }
function joined10(o){ return 'a'+'b' ? 1 : 2; }
function joined11(o){ return ''+'' ? 1 : 2; }
function joined12(o){ return ['ab','a'+'b','ab'+'']; }
function joined13(o){ var x='a'+'b'; const y = 'a' + 'b'; return x+y+'ab'; }
function joined14(o){ return 'a'+'b'+1; }
function joined15(o){ return 'a'+'b'+1+2; }
function joined16(o){ return 1+2+'a'+'b'; }
function joined17(o){ return o+('a'+'b'); }
function joined18(o){ return 'a'+'b'+o+'c'+'d'; }
function joined19(o){ o['a'+'b']='c'+'d'; delete o['a'+'b']; }
function joined20(o){ return class { ['a'+'b'](){}; ['a'+'c']=1 }; }
function joined21(o){ return 'a'+'b' in o }
function joined22(o){ return 'a'+'b' && 'c'+'d' }
function joined23(o){ return o('a'+'b', 'ab') }
function joined24(o){ return 'a'+'\u1234'+'b' }
function joined25(o){ return 'a'-'b' }
function joined26(o){ 'a'+'b'; return 1 }
function joined27(o){ return !('a'+'b') }
function joined28(o){ return typeof('a'+'b') }
function joined29(o){ return 'ab'+(o,'c') }
function joined30(o){ return -'1'+'b'+'c' }
function joined31(o){ return 'length'+''+'x' + 'y' }
function joined32(o){ return 'abcdefghijklmn'+'abcdefghijklmn'+'abcdefghijklmn'+'abcdefghijklmn' }
function joined33(o){ return 'a'+`b`+`c${1}`+'d'+'e' }
function joined34(o){ return o ? 'a'+'b' : 'a'+'c' }
function joined35(o='a'+'b'){ return o }
function joined36({['a'+'b']:c}){ return c }
function joined37(o){ o.x += 'a'+'b'; o.x ??= 'a'+'b' }
function joined38(o){ return 'x'+'y'.length }
function joined39(o){ return ('x'+'y').length }
function joined40(o){ return ('x'+'y')['length'] }
function joined41(o){ return o['len'+'gth'] + o['1'+'2'] }
function joined42(o){ o['1'+'2'] = 3; return {['1'+'2']:1} }
function joined43(o){ return o.x === 'a'+'b' || o.x === 'a' + 'b' }
function joined44(o){ return o[`ab`] + o[('a')] }
try { joined01({}); } catch {}
try { joined02({}); } catch {}
try { joined03({}); } catch {}
try { joined04({}); } catch {}
try { joined05({}); } catch {}
try { joined06({}); } catch {}
try { joined07({}); } catch {}
try { joined08({}); } catch {}
try { joined09({}); } catch {}
try { joined10({}); } catch {}
try { joined11({}); } catch {}
try { joined12({}); } catch {}
try { joined13({}); } catch {}
try { joined14({}); } catch {}
try { joined15({}); } catch {}
try { joined16({}); } catch {}
try { joined17({}); } catch {}
try { joined18({}); } catch {}
try { joined19({}); } catch {}
try { joined20({}); } catch {}
try { joined21({}); } catch {}
try { joined22({}); } catch {}
try { joined23({}); } catch {}
try { joined24({}); } catch {}
try { joined25({}); } catch {}
try { joined26({}); } catch {}
try { joined27({}); } catch {}
try { joined28({}); } catch {}
try { joined29({}); } catch {}
try { joined30({}); } catch {}
try { joined31({}); } catch {}
try { joined32({}); } catch {}
try { joined33({}); } catch {}
try { joined34({}); } catch {}
try { joined35({}); } catch {}
try { joined36({}); } catch {}
try { joined37({}); } catch {}
try { joined38({}); } catch {}
try { joined39({}); } catch {}
try { joined40({}); } catch {}
try { joined41({}); } catch {}
try { joined42({}); } catch {}
try { joined43({}); } catch {}
try { joined44({}); } catch {}
