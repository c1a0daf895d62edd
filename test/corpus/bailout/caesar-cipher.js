// A cipher over characters, given something that is no string.
function shift(text, by) { let out = ''; for (let i = 0; i < text.length; i++) out += String.fromCharCode((text.charCodeAt(i) - 97 + by) % 26 + 97); return out; }
for (let i = 0; i < 3000; i++) shift('hello', 3);
console.log(shift('abc', 1));
console.log(shift('xyz', 2.5));
console.log(shift('abc', -1));
