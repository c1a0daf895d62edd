// Bailout: not a Number or Oddball: String.fromCharCode gets a String.
function letter(x) { return String.fromCharCode(x); }
%PrepareFunctionForOptimization(letter);
letter(65); letter(66);
%OptimizeFunctionOnNextCall(letter);
letter(67);
console.log(letter(null) === "\0", letter("68"));
