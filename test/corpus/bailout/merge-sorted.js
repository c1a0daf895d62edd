// Two sorted lists merged, one of them with doubles.
function merge(a, b) { const out = []; let i = 0, j = 0; while (i < a.length && j < b.length) out.push(a[i] <= b[j] ? a[i++] : b[j++]); while (i < a.length) out.push(a[i++]); while (j < b.length) out.push(b[j++]); return out; }
for (let i = 0; i < 2500; i++) merge([1, 3], [2, 4]);
console.log(merge([1], [2, 3]).length);
console.log(merge([1], [0.5])[0]);
console.log(merge(['b'], ['a'])[0]);
