// Insertion into a binary tree of numbers, then of strings.
class Tree {
  constructor(key) { this.key = key; this.left = null; this.right = null; }
  insert(key) { if (key < this.key) { if (this.left === null) this.left = new Tree(key); else this.left.insert(key); } else if (this.right === null) this.right = new Tree(key); else this.right.insert(key); }
  has(key) { if (key === this.key) return true; const next = key < this.key ? this.left : this.right; return next !== null && next.has(key); }
}
const root = new Tree(50);
for (let i = 0; i < 40; i++) root.insert((i * 37) % 100);
for (let i = 0; i < 3000; i++) root.has(i % 100);
console.log(root.has(37));
console.log(root.has(0.5));
console.log(root.has('37'));
