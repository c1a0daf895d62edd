// Bailout: lazy: a method of the prototype is replaced while the code runs.
class Animal { say(n) { return n * 2; } }
%PrepareFunctionForOptimization(Animal.prototype.say);
function change(d) { if (d) Animal.prototype.say = function (n) { return n * 30; }; }
%NeverOptimizeFunction(change);
function shout(o, d, k) { const t = k + 1; change(d); return o.say(t) + t; }
%PrepareFunctionForOptimization(shout);
shout(new Animal(), 0, 2); shout(new Animal(), 0, 3);
%OptimizeFunctionOnNextCall(shout);
shout(new Animal(), 0, 4);
console.log(shout(new Animal(), 1, 7));
