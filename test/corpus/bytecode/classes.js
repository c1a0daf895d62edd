// corpus: script
class ClsPoint { constructor(x, y) { this.x = x; this.y = y; } length() { return Math.hypot(this.x, this.y); } get sum() { return this.x + this.y; } set sum(v) { this.x = v; } static origin() { return new ClsPoint(0, 0); } }
class ClsEmpty {}
class ClsDerived extends ClsPoint { constructor(x) { super(x, 1); this.z = 2; } length() { return super.length() + this.z; } }
class ClsDefaultDerived extends ClsPoint {}
class ClsFields { a = 1; b = this.a + 1; ['c' + 1] = 3; static s = 4; static { this.t = 5; } }
class ClsPrivate { #v = 1; #inc() { return ++this.#v; } get value() { return this.#v; } bump() { return this.#inc(); } static has(o) { return #v in o; } }
class ClsAccessors { static #count = 0; static get count() { return ClsAccessors.#count; } static add() { ClsAccessors.#count += 1; } }
class ClsComputed { ['m' + 1]() { return 1; } static ['s' + 1]() { return 2; } *[Symbol.iterator]() { yield 1; } }
class ClsDerivedFields extends ClsFields { d = 4; constructor() { super(); this.e = super.constructor; } }
function clsExpression(Base) { return class Named extends Base { m() { return Named; } }; }
function clsAnonymous() { const C = class { static n = 1; }; return C; }
function clsConstruct() { return new ClsPoint(1, 2).length() + new ClsDerived(3).length() + new ClsDefaultDerived(1, 2).sum; }
function clsObjectSuper() { const base = { hi() { return 1; } }; const o = { __proto__: base, hi() { return super.hi() + 1; } }; return o.hi(); }
clsConstruct(); ClsPoint.origin().sum = 3; new ClsEmpty(); new ClsFields(); const clsP = new ClsPrivate(); clsP.bump(); clsP.value; ClsPrivate.has(clsP); ClsAccessors.add(); ClsAccessors.count;
const clsC = new ClsComputed(); clsC.m1(); ClsComputed.s1(); [...clsC]; new ClsDerivedFields(); const clsN = clsExpression(ClsEmpty); new clsN().m(); clsAnonymous(); clsObjectSuper();
