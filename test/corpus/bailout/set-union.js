// Unions of sets, of numbers and then of strings.
function union(a, b) { const set = new Set(); for (let i = 0; i < a.length; i++) set.add(a[i]); for (let i = 0; i < b.length; i++) set.add(b[i]); return set.size; }
for (let i = 0; i < 3000; i++) union([1, 2], [2, 3]);
console.log(union([1, 2], [3]));
console.log(union(['a'], ['b', 'a']));
console.log(union([1.5], 'xy'));
