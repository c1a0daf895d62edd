// Symbols and strings as keys of a Map.
const red = Symbol('red');
function count(map, key) { const n = map.get(key); map.set(key, n === undefined ? 1 : n + 1); return map.get(key); }
const counts = new Map();
for (let i = 0; i < 5000; i++) count(counts, 'a');
console.log(count(counts, 'a'));
console.log(count(counts, red));
counts.set('b', 0.5);
console.log(count(counts, 'b'));
