// Words grouped by length in a Map.
function group(words) { const map = new Map(); for (let i = 0; i < words.length; i++) { const k = words[i].length; map.set(k, (map.get(k) ?? 0) + 1); } return map.size; }
for (let i = 0; i < 3000; i++) group(['a', 'bb', 'cc']);
console.log(group(['a', 'bb', 'ccc']));
console.log(group([[1], [1, 2]]));
console.log(group([{ length: 'x' }]));
