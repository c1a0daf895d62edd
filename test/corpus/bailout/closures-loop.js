// Closures made in a loop, called through an array.
function makers(n) { const list = []; for (let i = 0; i < n; i++) list.push(() => i * 2); return list; }
function total(list) { let s = 0; for (let i = 0; i < list.length; i++) s += list[i](); return s; }
const list = makers(4);
for (let i = 0; i < 4000; i++) total(list);
console.log(total(list));
console.log(total([() => 0.5]));
console.log(total(makers(2)));
