// Truth values of everything.
function any(list) { for (let i = 0; i < list.length; i++) if (list[i]) return true; return false; }
for (let i = 0; i < 5000; i++) any([false, false, true]);
console.log(any([false]));
console.log(any([0, 1]));
console.log(any(['', null, undefined, 0.5]));
