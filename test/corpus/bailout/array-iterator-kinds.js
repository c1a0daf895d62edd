// for-of over arrays of two kinds; holes when the prototype has elements.
function f(a) { let s = 0; for (const v of a) s += v; return s; }
for (let i = 0; i < 2000; i++) { f([1, 2]); f(['a', 'b']); }
console.log(f([1, 2])); console.log(f([1.5, 2]));
function h(a) { let s = 0; for (const v of a) s += v; return s; }
for (let i = 0; i < 3000; i++) { h([1, 2]); h([1, , 2]); }
console.log(h([1, 2])); Array.prototype[1] = 7; console.log(h([1, , 2]));
