// Text processing: word counts, letter histograms, wrapping, a caesar cipher, palindromes. What it shows: string operations, Maps, and
// the one simple regular expression of these examples.
const TEXT = `When the guard fails the machine does not give up. The machine looks into the notes that the compiler left behind,
finds where every value lives, and builds the frames that the interpreter would have had. Then the interpreter goes on as if
nothing had happened. A guard that fails often is a guard in the wrong place; the compiler learns, and the next code is wider.
Madam, the level of the radar was noon.`;

const words = TEXT.toLowerCase()
  .split(/[^a-z]+/)
  .filter((word) => word.length > 0);

function count(items) {
  const counts = new Map();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}

function top(counts, n) {
  return [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, n);
}

function wrap(text, width) {
  const lines = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line.length + word.length + 1 > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  lines.push(line);
  return lines;
}

function justify(line, width) {
  const parts = line.split(' ');
  let gaps = width - line.length;
  let result = parts[0];
  for (let i = 1; i < parts.length; i++) {
    const extra = Math.ceil(gaps / (parts.length - i));
    gaps -= extra;
    result += ' '.repeat(1 + extra) + parts[i];
  }
  return result;
}

function caesar(text, shift) {
  let result = '';
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 97 && code <= 122) result += String.fromCharCode(((code - 97 + shift) % 26) + 97);
    else result += text[i];
  }
  return result;
}

function isPalindrome(word) {
  for (let i = 0, j = word.length - 1; i < j; i++, j--) {
    if (word[i] !== word[j]) return false;
  }
  return word.length > 2;
}

console.log(`${words.length} words, ${new Set(words).size} different`);
for (const [word, n] of top(count(words), 8)) console.log(`  ${word.padEnd(12, '.')} ${n}`);
console.log('letters:');
for (const [letter, n] of top(count(words.join('').split('')), 5)) console.log(`  ${letter} ${'#'.repeat(n)}`);
for (const line of wrap(TEXT.split('\n').join(' '), 48)) console.log(`|${justify(line, 48)}|`);
const secret = caesar(words.slice(0, 9).join(' '), 3);
console.log(secret);
console.log(caesar(secret, 23));
console.log(`palindromes: ${[...new Set(words.filter(isPalindrome))].sort().join(', ')}`);
const longest = words.reduce((best, word) => (word.length > best.length ? word : best), '');
console.log(`longest: ${longest}, capitalised: ${longest[0].toUpperCase()}${longest.slice(1)}`);
const lengths = count(words.map((word) => word.length));
for (const [length, n] of [...lengths].sort((a, b) => a[0] - b[0])) console.log(`  ${String(length).padStart(2)} letters: ${n}`);
