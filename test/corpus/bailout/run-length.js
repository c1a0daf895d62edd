// Run-length encoding of strings and arrays.
function encode(text) { let out = ''; let i = 0; while (i < text.length) { let j = i; while (j < text.length && text[j] === text[i]) j++; out += text[i] + (j - i); i = j; } return out; }
for (let i = 0; i < 3000; i++) encode('aabbb');
console.log(encode('aaab'));
console.log(encode(['x', 'x', 'y']));
console.log(encode([1, 1, 2]));
