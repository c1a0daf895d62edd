// Bailout: not a Smi: in an inlined sloppy function, whose receiver was a number and is an object there.
function kind(x) { return typeof this + (x + 1); }
function ask(r, x) { return kind.call(r, x); }
for (const f of [kind, ask]) %PrepareFunctionForOptimization(f);
ask(1, 1); ask('a', 2);
%OptimizeFunctionOnNextCall(ask);
console.log(ask(null, 3), ask(2, 3), ask(undefined, 3), ask('b', 3));
console.log(ask(3, 1.5));
