// Strings compared, then a number among them.
function max(list) { let m = list[0]; for (let i = 1; i < list.length; i++) if (list[i] > m) m = list[i]; return m; }
for (let i = 0; i < 4000; i++) max(['b', 'c', 'a']);
console.log(max(['x', 'y']));
console.log(max([1, 3, 2]));
console.log(max([0.5, 'a']));
