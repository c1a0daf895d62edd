// Binary trees: building, checking and dropping many small objects, then a red-black-free balanced tree with rotations. What it shows:
// allocation in optimized code, the scavenger, and recursion.
class Node {
  constructor(left, right) {
    this.left = left;
    this.right = right;
  }
  check() {
    return this.left === null ? 1 : 1 + this.left.check() + this.right.check();
  }
}

function bottomUp(depth) {
  return depth === 0 ? new Node(null, null) : new Node(bottomUp(depth - 1), bottomUp(depth - 1));
}

class Treap {
  constructor() {
    this.root = null;
    this.state = 12345;
    this.rotations = 0;
  }
  random() {
    this.state = (this.state * 1103515245 + 12345) & 0x3fffffff;
    return this.state;
  }
  rotateRight(n) {
    const l = n.left;
    n.left = l.right;
    l.right = n;
    this.rotations++;
    return l;
  }
  rotateLeft(n) {
    const r = n.right;
    n.right = r.left;
    r.left = n;
    this.rotations++;
    return r;
  }
  insert(key, n = this.root) {
    const made = this.insertAt(n, key);
    this.root = made;
  }
  insertAt(n, key) {
    if (n === null) return { key, weight: this.random(), left: null, right: null };
    if (key < n.key) {
      n.left = this.insertAt(n.left, key);
      if (n.left.weight > n.weight) return this.rotateRight(n);
    } else if (key > n.key) {
      n.right = this.insertAt(n.right, key);
      if (n.right.weight > n.weight) return this.rotateLeft(n);
    }
    return n;
  }
  has(key) {
    let n = this.root;
    while (n !== null && n.key !== key) n = key < n.key ? n.left : n.right;
    return n !== null;
  }
  height(n = this.root) {
    return n === null ? 0 : 1 + Math.max(this.height(n.left), this.height(n.right));
  }
  *keys(n = this.root) {
    if (n === null) return;
    yield* this.keys(n.left);
    yield n.key;
    yield* this.keys(n.right);
  }
}

const maximum = 10;
const longLived = bottomUp(maximum);
for (let depth = 4; depth <= maximum; depth += 2) {
  const iterations = 1 << (maximum - depth + 2);
  let check = 0;
  for (let i = 0; i < iterations; i++) check += bottomUp(depth).check();
  console.log(`${String(iterations).padStart(4)} trees of depth ${String(depth).padStart(2)}  check ${check}`);
}
console.log(`long lived tree of depth ${maximum}  check ${longLived.check()}`);

const treap = new Treap();
for (let i = 0; i < 400; i++) treap.insert((i * 263) % 1009);
console.log(`treap: height ${treap.height()}, rotations ${treap.rotations}`);
const keys = [...treap.keys()];
console.log(`keys: ${keys.length}, first ${keys.slice(0, 8).join(' ')}, last ${keys[keys.length - 1]}`);
let hits = 0;
for (let i = 0; i < 1009; i++) if (treap.has(i)) hits++;
console.log(`hits: ${hits}`);
treap.insert('text');
console.log(`a string finds its place: ${treap.has('text')}`);
