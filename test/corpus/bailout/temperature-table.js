// A table of doubles gets a string.
function mean(t) { let s = 0; for (let i = 0; i < t.length; i++) s += t[i]; return s / t.length; }
for (let i = 0; i < 4000; i++) mean([1.5, 2.5, 3.5]);
console.log(mean([1.5, 2.5]));
console.log(mean([1, 2]));
console.log(mean(['a', 1.5]));
