// A global that always held a boolean: what is stored is a bit in optimized code, and needs its object where the map is checked.
globalThis.isOneOf = false;
function store(word) { isOneOf = word === 'a' || word === 'b' || word === 'c'; return isOneOf; }
let n = 0;
for (let i = 0; i < 30000; i++) if (store(i % 3 === 0 ? 'b' : 'x')) n++;
console.log(n, isOneOf, store('c'), store('z'));
function other(value) { isOneOf = value; }
other(1);
console.log(store('a'), isOneOf);
