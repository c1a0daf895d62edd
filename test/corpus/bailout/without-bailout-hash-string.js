// A string hash that overflows, then hashes something else.
function hash(text) { let h = 7; for (let i = 0; i < text.length; i++) h = (h * 31 + text.charCodeAt(i)) | 0; return h; }
for (let i = 0; i < 4000; i++) hash('ab');
console.log(hash('ab'));
console.log(hash('a much longer text than before'));
console.log(hash('\u4e2d\u6587'));
