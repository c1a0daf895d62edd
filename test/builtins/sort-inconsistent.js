// The order of comparisons, and what a comparator's NaN means: visible where a comparator contradicts itself.
let seed = 1;
const random = () => (seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff);
for (let n = 2; n < 60; n += 3) {
  const hashes = [];
  for (let k = 0; k < 4; k++) {
    const list = [];
    for (let i = 0; i < n; i++) list.push(random() % 7 === 0 ? undefined : random() % 5 === 0 ? 'x' + i : random() % 100);
    const log = [];
    list.sort((s, t) => {
      log.push(s, t);
      return s - t;
    });
    let hash = 0;
    for (const c of log.join() + list.join()) hash = (Math.imul(hash, 31) + c.charCodeAt(0)) | 0;
    hashes.push(hash);
  }
  console.log(n, hashes.join(' '));
}
