// flags: --always-turbofan --trace-opt --trace-deopt
function addsOne(a) { return a + 1; }
function sumsHundred() { let s = 0; for (let i = 0; i < 100; i++) s += addsOne(i); return s; }
class PointClass { constructor(x) { this.x = x; } getItsX() { return this.x; } }
const twice = [1, 2].map(function doublesIt(x) { return x * 2; });
console.log(sumsHundred(), sumsHundred(), new PointClass(1).getItsX(), new PointClass(2).getItsX());
console.log(twice.join());
