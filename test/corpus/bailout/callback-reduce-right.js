// Bailout: array callbacks: from the end.
function join(a) { return a.reduceRight((acc, x) => acc + '-' + x, ''); }
for (let i = 0; i < 9000; i++) join(['a', 'b', 'c']);
console.log(join(['a', 'b']));
console.log(join([1, 2]));
console.log(join([]));
