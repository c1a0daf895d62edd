// Bailout: array callbacks: the best of several, kept in a closure’s variable.
function best(a) { let top = null; a.forEach((x) => { if (top === null || x.score > top.score) top = x; }); return top; }
const a = [{ score: 1 }, { score: 5 }, { score: 3 }];
for (let i = 0; i < 9000; i++) best(a);
console.log(best(a).score);
console.log(best([{ score: 1.5 }, { score: 2 }]).score);
console.log(best([{ s: 1, score: 2 }]).score);
