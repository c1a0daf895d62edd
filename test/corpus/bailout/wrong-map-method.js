// Bailout: wrong map: a method call on another class, its callee inlined.
class Dog { say(n) { return n * 2; } }
class Cat { say(n) { return n * 3; } }
%PrepareFunctionForOptimization(Dog.prototype.say);
function speak(o, n) { const s = n + 1; return o.say(s) + s; }
%PrepareFunctionForOptimization(speak);
speak(new Dog(), 2); speak(new Dog(), 3);
%OptimizeFunctionOnNextCall(speak);
speak(new Dog(), 4);
console.log(speak(new Cat(), 7));
