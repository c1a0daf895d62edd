// Element loads and stores in nested counting loops.
function sieve(flags, n) {
  let count = 0;
  for (let i = 2; i <= n; i++) flags[i] = true;
  for (let i = 2; i <= n; i++) {
    if (!flags[i]) continue;
    count++;
    for (let j = i + i; j <= n; j += i) flags[j] = false;
  }
  return count;
}
const flags = new Array(8193).fill(false);
let total = 0;
for (let i = 0; i < 700; i++) total += sieve(flags, 8000 + (i & 63));
console.log(`sieve ${total}`);
