// corpus: script
function condIf(a) { if (a) return 1; return 2; }
function condIfElse(a, b) { if (a > b) { a = b; } else if (a < b) { b = a; } else { return 0; } return a + b; }
function condTernary(a, b) { return a ? b ? 1 : 2 : b ? 3 : 4; }
function condAnd(a, b, c) { return a && b && c; }
function condOr(a, b, c) { return a || b || c; }
function condMixed(a, b, c) { if ((a && b) || (!c && a)) return a; else return c; }
function condNullish(a, b) { return a ?? b ?? 3; }
function condAssignLogical(o) { o.a &&= 1; o.b ||= 2; o.c ??= 3; return o; }
function condNullChecks(a) { if (a === null) return 1; if (a === undefined) return 2; if (a == null) return 3; if (a != undefined) return 4; return 5; }
function condTypeof(a) { if (typeof a === 'number') return 1; if (typeof a == 'string') return 2; if (typeof a === 'undefined') return 3; if (typeof a === 'function') return 4; if (typeof a === 'object') return 5; if (typeof a === 'boolean') return 6; return typeof a; }
function condNot(a, b) { return !(a < b) && !a || !!b; }
function condComma(a, b) { return (a++, b++, a + b); }
function condVoid(a) { return void a; }
function condInstance(a, b) { return a instanceof b || 'x' in a; }
function condWhileAnd(a, b) { while (a > 0 && b > 0) { a--; b -= 2; } return a || b; }
function condConstant() { if (true) return 1; if (false) return 2; return 3; }
condIf(1); condIfElse(1, 2); condTernary(1, 0); condAnd(1, 2, 3); condOr(0, 0, 1); condMixed(1, 0, 0); condNullish(null, 1);
condAssignLogical({ a: 1, b: 0, c: null }); condNullChecks(4); condTypeof(1); condNot(1, 2); condComma(1, 2); condVoid(1);
condInstance({}, Object); condWhileAnd(3, 4); condConstant();
