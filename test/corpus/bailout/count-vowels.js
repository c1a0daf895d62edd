// Vowels of words.
function vowels(word) { let n = 0; for (let i = 0; i < word.length; i++) { const c = word[i]; if (c === 'a' || c === 'e' || c === 'o') n++; } return n; }
for (let i = 0; i < 4000; i++) vowels('hello');
console.log(vowels('banana'));
console.log(vowels(['a', 'b']));
console.log(vowels([1, 'e', null]));
