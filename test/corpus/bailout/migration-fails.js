// Bailout: instance migration failed: an outdated object cannot be given the new shape.
function P(x) { this.x = x; }
const olds = [new P(1), new P(2), new P(3)];
Object.freeze(olds[2]);
const p = new P(1); p.x = 0.5;
function read(o) { return o.x; }
%PrepareFunctionForOptimization(read);
read(p); read(olds[0]); read(new P(2)); read(new P(1.5));
%OptimizeFunctionOnNextCall(read);
console.log(read(p));
console.log(read(olds[1]));
console.log(read(olds[2]));
