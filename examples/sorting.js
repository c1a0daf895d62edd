// Six sorting algorithms over the same pseudo-random data, then over strings and records. What it shows: comparisons whose feedback
// widens from Smis to strings to any value, and a comparator that is no longer the inlined one.
function random(seed) {
  let state = seed;
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648;
  };
}

function insertion(a, less) {
  for (let i = 1; i < a.length; i++) {
    const v = a[i];
    let j = i - 1;
    while (j >= 0 && less(v, a[j])) {
      a[j + 1] = a[j];
      j--;
    }
    a[j + 1] = v;
  }
  return a;
}

function shell(a, less) {
  for (let gap = a.length >> 1; gap > 0; gap >>= 1) {
    for (let i = gap; i < a.length; i++) {
      const v = a[i];
      let j = i;
      for (; j >= gap && less(v, a[j - gap]); j -= gap) a[j] = a[j - gap];
      a[j] = v;
    }
  }
  return a;
}

function quick(a, less, lo = 0, hi = a.length - 1) {
  while (lo < hi) {
    const pivot = a[(lo + hi) >> 1];
    let i = lo;
    let j = hi;
    while (i <= j) {
      while (less(a[i], pivot)) i++;
      while (less(pivot, a[j])) j--;
      if (i <= j) {
        const t = a[i];
        a[i++] = a[j];
        a[j--] = t;
      }
    }
    if (j - lo < hi - i) {
      quick(a, less, lo, j);
      lo = i;
    } else {
      quick(a, less, i, hi);
      hi = j;
    }
  }
  return a;
}

function merge(a, less) {
  if (a.length < 2) return a;
  const middle = a.length >> 1;
  const left = merge(a.slice(0, middle), less);
  const right = merge(a.slice(middle), less);
  const result = [];
  let i = 0;
  let j = 0;
  while (i < left.length && j < right.length) result.push(less(right[j], left[i]) ? right[j++] : left[i++]);
  while (i < left.length) result.push(left[i++]);
  while (j < right.length) result.push(right[j++]);
  return result;
}

function heap(a, less) {
  const sift = (i, n) => {
    for (;;) {
      let child = 2 * i + 1;
      if (child >= n) return;
      if (child + 1 < n && less(a[child], a[child + 1])) child++;
      if (!less(a[i], a[child])) return;
      [a[i], a[child]] = [a[child], a[i]];
      i = child;
    }
  };
  for (let i = (a.length >> 1) - 1; i >= 0; i--) sift(i, a.length);
  for (let n = a.length - 1; n > 0; n--) {
    [a[0], a[n]] = [a[n], a[0]];
    sift(0, n);
  }
  return a;
}

const builtin = (a, less) => a.sort((x, y) => (less(x, y) ? -1 : less(y, x) ? 1 : 0));
const algorithms = { insertion, shell, quick, merge, heap, builtin };

function run(label, make, less, show) {
  console.log(`${label}:`);
  for (const [name, sort] of Object.entries(algorithms)) {
    let comparisons = 0;
    const sorted = sort(make(), (a, b) => {
      comparisons++;
      return less(a, b);
    });
    let ordered = true;
    for (let i = 1; i < sorted.length; i++) if (less(sorted[i], sorted[i - 1])) ordered = false;
    console.log(`  ${name.padEnd(10)} ${ordered ? 'ok ' : 'BAD'} ${String(comparisons).padStart(6)} comparisons  ${sorted.slice(0, 6).map(show).join(' ')}`);
  }
}

const numbers = (n, scale) => () => {
  const next = random(42);
  return Array.from({ length: n }, () => (scale === 1 ? next() : Math.floor(next() * scale)));
};
const names = () => {
  const next = random(7);
  return Array.from({ length: 60 }, () => String.fromCharCode(97 + Math.floor(next() * 26), 97 + Math.floor(next() * 26), 97 + Math.floor(next() * 26)));
};
const records = () => names().map((name, i) => ({ name, age: (i * 37) % 90 }));

run('integers', numbers(200, 1000), (a, b) => a < b, (v) => String(v));
run('fractions', numbers(100, 1), (a, b) => a < b, (v) => v.toFixed(3));
run('names', names, (a, b) => a < b, (v) => v);
run('records', records, (a, b) => a.age < b.age || (a.age === b.age && a.name < b.name), (v) => `${v.age}${v.name}`);
