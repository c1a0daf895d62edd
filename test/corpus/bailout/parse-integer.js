// Digits are read from a string into a number.
function parse(text) { let n = 0; for (let i = 0; i < text.length; i++) { const d = text.charCodeAt(i) - 48; if (d < 0 || d > 9) return -1; n = n * 10 + d; } return n; }
for (let i = 0; i < 4000; i++) parse('1234');
console.log(parse('987'));
console.log(parse('98765432109'));
console.log(parse('12a'));
