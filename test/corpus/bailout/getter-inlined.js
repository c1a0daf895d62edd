// Bailout: wrong map in an inlined getter.
class Rect { constructor(base, h) { this.base = base; this.h = h; } get area() { const s = this.h + 2; return this.base.w * s; } }
const odd = new Rect({ h: 0, w: 5 }, 6);
%PrepareFunctionForOptimization(Object.getOwnPropertyDescriptor(Rect.prototype, 'area').get);
function area(r, k) { const t = k + 1; return r.area + t; }
%PrepareFunctionForOptimization(area);
area(new Rect({ w: 2 }, 3), 4); area(new Rect({ w: 3 }, 4), 5);
%OptimizeFunctionOnNextCall(area);
area(new Rect({ w: 4 }, 5), 6);
console.log(area(odd, 7));
