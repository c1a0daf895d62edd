// Classes of characters by ranges.
function classify(c) { if (c >= 'a' && c <= 'z') return 1; if (c >= '0' && c <= '9') return 2; return 3; }
function shape(text) { let s = 0; for (let i = 0; i < text.length; i++) s = s * 4 + classify(text[i]); return s; }
for (let i = 0; i < 3000; i++) shape('a1-');
console.log(shape('zz9'));
console.log(shape([5, 'b']));
console.log(shape(['é', 7]));
