// corpus: script
var globVar = 1;
let globLet = 2;
const globConst = 3;
function globRead() { return globVar + globLet + globConst; }
function globWrite(v) { globVar = v; globLet = v + 1; return globVar; }
function globUndeclared() { globNew = 5; return typeof globMissing === 'undefined' ? globNew : globMissing; }
function globConstAssign() { try { globConst = 1; } catch (e) { return 1; } }
function globBuiltins(x) { return [Math.abs(x), String(x), Array.isArray(x), isNaN(x), undefined, NaN, Infinity, JSON.stringify(x)]; }
function globThis() { return this === globalThis; }
function globCompound() { globVar += 2; globVar++; globLet -= 1; return globVar-- + --globLet; }
globRead(); globWrite(1); globUndeclared(); globConstAssign(); globBuiltins(1); globThis(); globCompound();
