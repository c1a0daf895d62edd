// corpus: script
function excCatch(f) { try { return f(); } catch (e) { return e; } }
function excCatchNoBinding(f) { try { f(); } catch { return 1; } return 2; }
function excFinally(f) { let r = 0; try { r = f(); } finally { r++; } return r; }
function excAll(f) { let log = ''; try { log += 'a'; f(); log += 'b'; } catch (e) { log += e; } finally { log += 'c'; } return log; }
function excReturnFinally(a) { try { return a; } finally { a = 2; } }
function excOverride(a) { try { return a; } finally { return 3; } }
function excThrow(a) { throw new Error('no ' + a); }
function excNested(f) { try { try { f(); } catch (e) { throw e + 1; } } catch (e) { return e + 2; } }
function excLoop(a) { let n = 0; for (let i = 0; i < 3; i++) { try { if (a[i]) continue; n++; if (n > 1) break; } finally { n += 10; } } return n; }
function excDestructure(f) { try { f(); } catch ({ message, code = 7 }) { return message + code; } }
function excClosure(f) { try { f(); } catch (e) { return [1].map((x) => x + e); } }
function excInFinally(f) { try { f(); } catch (e) { try { f(); } catch (e2) { return 4; } } finally { excCatchNoBinding(f); } }
excCatch(() => 1); excCatchNoBinding(() => 1); excFinally(() => 1); excAll(() => { throw 'x'; }); excReturnFinally(1); excOverride(1); excCatch(() => excThrow(1));
const excFail = () => { throw 5; };
excNested(excFail); excLoop([1, 0, 0]); excDestructure(() => { throw new Error('m'); }); excClosure(excFail); excInFinally(excFail);
