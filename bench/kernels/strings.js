// Concatenation, characters, comparison, maps keyed by strings.
const words = ['guard', 'frame', 'value', 'slot', 'map', 'code', 'stack', 'heap'];
const counts = {};
let hash = 0;
for (let i = 0; i < 1000000; i++) {
  let s = words[i & 7] + '-' + (i % 50);
  if (s.length > 7) s = s.slice(0, 7) + words[(i >> 3) & 7];
  for (let j = 0; j < s.length; j++) hash = (hash * 31 + s.charCodeAt(j)) % 1000003;
  const key = s.substring(0, 6);
  counts[key] = (counts[key] || 0) + 1;
  if (key === 'frame-') hash ^= s.indexOf('m');
}
const keys = Object.keys(counts).sort();
console.log(`strings ${hash} ${keys.length} ${keys[5]}=${counts[keys[5]]}`);
