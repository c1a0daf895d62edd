// The class of the objects in a field was one; another one is stored there.
class Inner { constructor(x) { this.x = x; } }
class Other { constructor(y) { this.y = y; this.x = 7; } }
class Outer { constructor(p) { this.p = p; } }
const outer = new Outer(new Inner(1));
outer.p = new Inner(2);
function load(o) { return o.p.x + 1; }
%PrepareFunctionForOptimization(load);
load(outer); load(outer);
%OptimizeFunctionOnNextCall(load);
console.log(load(outer));
outer.p = new Other(3);
console.log(load(outer));
