// Generators and iterators: ranges, lazy pipelines, a tree walk, permutations, early exit with cleanup. What it shows: suspended
// frames, iteration protocols, and `return` that runs a finally block.
function* range(from, to, step = 1) {
  for (let i = from; i < to; i += step) yield i;
}

class Lazy {
  constructor(source) {
    this.source = source;
  }
  *[Symbol.iterator]() {
    yield* this.source;
  }
  map(f) {
    const source = this.source;
    return new Lazy(
      (function* () {
        for (const value of source) yield f(value);
      })(),
    );
  }
  filter(test) {
    const source = this.source;
    return new Lazy(
      (function* () {
        for (const value of source) if (test(value)) yield value;
      })(),
    );
  }
  take(n) {
    const source = this.source;
    return new Lazy(
      (function* () {
        if (n <= 0) return;
        let taken = 0;
        for (const value of source) {
          yield value;
          if (++taken >= n) return;
        }
      })(),
    );
  }
  reduce(f, start) {
    let result = start;
    for (const value of this.source) result = f(result, value);
    return result;
  }
}

function* fibonacci() {
  let [a, b] = [0, 1];
  for (;;) {
    yield a;
    [a, b] = [b, a + b];
  }
}

function* permutations(items) {
  if (items.length <= 1) {
    yield items;
    return;
  }
  for (let i = 0; i < items.length; i++) {
    const rest = [...items.slice(0, i), ...items.slice(i + 1)];
    for (const tail of permutations(rest)) yield [items[i], ...tail];
  }
}

class Tree {
  constructor(value, left = null, right = null) {
    this.value = value;
    this.left = left;
    this.right = right;
  }
  static from(values) {
    if (values.length === 0) return null;
    const middle = values.length >> 1;
    return new Tree(values[middle], Tree.from(values.slice(0, middle)), Tree.from(values.slice(middle + 1)));
  }
  *[Symbol.iterator]() {
    if (this.left) yield* this.left;
    yield this.value;
    if (this.right) yield* this.right;
  }
}

function* guarded(log) {
  try {
    log.push('open');
    for (let i = 0; ; i++) log.push(`received ${yield i}`);
  } catch (error) {
    log.push(`caught ${error.message}`);
    yield 'recovered';
  } finally {
    log.push('closed');
  }
}

console.log([...range(0, 10, 3)].join(' '));
console.log(new Lazy(range(0, 1000)).map((x) => x * x).filter((x) => x % 3 === 1).take(6).reduce((s, x) => `${s} ${x}`, 'squares:'));
console.log([...new Lazy(fibonacci()).take(15)].join(', '));
console.log([...permutations(['a', 'b', 'c'])].map((p) => p.join('')).join(' '));
let count = 0;
for (const p of permutations([1, 2, 3, 4, 5, 6])) if (p[0] < p[5]) count++;
console.log(`permutations with a rise: ${count}`);
const tree = Tree.from([...range(1, 16)]);
console.log([...tree].join(' '));
for (const value of tree) {
  if (value > 4) break;
  console.log(`  visit ${value}`);
}
const log = [];
const g = guarded(log);
console.log(`${g.next().value} ${g.next('x').value} ${g.throw(new Error('stop')).value} ${g.next().done}`);
const h = guarded(log);
h.next();
console.log(`return gives ${h.return(7).value}`);
console.log(log.join(', '));
const manual = { from: 3, [Symbol.iterator]() { let n = this.from; return { next: () => (n > 0 ? { value: n--, done: false } : { value: undefined, done: true }) }; } };
const [x, ...others] = manual;
console.log(`manual: ${x} then ${others.join(' ')}, max ${Math.max(...manual)}`);
let total = 0;
for (let i = 0; i < 400; i++) total += new Lazy(range(0, i % 20)).reduce((s, v) => s + v, 0);
console.log(`total ${total}`);
const entries = Object.entries({ one: 1, two: 2 });
for (const [key, value] of new Map(entries)) console.log(`${key}=${value}`);
