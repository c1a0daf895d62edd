// The distance of two words, then of two arrays.
function distance(a, b) {
  let row = []; for (let j = 0; j <= b.length; j++) row.push(j);
  for (let i = 1; i <= a.length; i++) { const next = [i]; for (let j = 1; j <= b.length; j++) next.push(a[i - 1] === b[j - 1] ? row[j - 1] : 1 + Math.min(row[j - 1], row[j], next[j - 1])); row = next; }
  return row[b.length];
}
for (let i = 0; i < 1500; i++) distance('abc', 'adc');
console.log(distance('kitten', 'sitting'));
console.log(distance([1, 2], [1, 3]));
