// Functions that return undefined on a path.
function find(list, x) { for (let i = 0; i < list.length; i++) if (list[i] === x) return i; }
function position(list, x) { const i = find(list, x); return i === undefined ? -1 : i + 1; }
for (let i = 0; i < 4000; i++) position([1, 2, 3], 2);
console.log(position([1, 2], 2));
console.log(position([1, 2], 5));
console.log(position(['a'], 'a'));
