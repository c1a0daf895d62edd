function f(a, b) { arguments[0] = 5; console.log(a, b, arguments[0]); b = 9; console.log(arguments[1], arguments.length); delete arguments[0]; a = 1; console.log(arguments[0], Object.keys(arguments)); }
f(1, 2, 3);
function g(a) { return arguments; }
console.log([].map.call(g(1,2,3), x=>x+1));
function dup(a,a){ arguments[0]=7; arguments[1]=8; console.log(a, arguments[0], arguments[1]) } dup(1,2);
function fr(a){ Object.freeze(arguments); a=2; return arguments[0] } console.log(fr(1));
function dp(a){ Object.defineProperty(arguments,'0',{writable:false}); a=2; return arguments[0]} console.log(dp(1));
function dp2(a){ Object.defineProperty(arguments,'0',{value:7}); return a} console.log(dp2(1));
function f(a, b) { arguments[0] = a + 1; b = arguments[0] + b; return a + arguments[1] + arguments.length; }
var s = 0; for (var i = 0; i < 3000; i++) s += f(i, 2); console.log(s);
function h(a) { var g = () => a; arguments[0]++; return g(); }
for (var i = 0, s = 0; i < 3000; i++) s += h(i); console.log(s);
function sum() { var t = 0; for (var i = 0; i < arguments.length; i++) t += arguments[i]; return t; }
function apply() { return sum.apply(null, arguments); }
for (var i = 0, s = 0; i < 3000; i++) s += apply(i, 1, 2); console.log(s);
function mapped(x) { return sum.apply(this, arguments) + x; }
for (var i = 0, s = 0; i < 3000; i++) s += mapped(i, 1, 2); console.log(s);
