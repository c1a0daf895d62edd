// Bailout: out of bounds: String.fromCodePoint gets what is no code point.
function letter(x) { try { return String.fromCodePoint(x); } catch (e) { return e.name; } }
%PrepareFunctionForOptimization(letter);
letter(65); letter(66);
%OptimizeFunctionOnNextCall(letter);
letter(67);
console.log(letter(0x1f600), letter(0x110000));
