// A linked list of numbers whose nodes get another shape.
class Node { constructor(value, next) { this.value = value; this.next = next; } }
function build(n) { let head = null; for (let i = 0; i < n; i++) head = new Node(i, head); return head; }
function sum(list) { let total = 0; for (let node = list; node !== null; node = node.next) total += node.value; return total; }
const list = build(10);
for (let i = 0; i < 4000; i++) sum(list);
console.log(sum(list));
console.log(sum({ value: 1, next: null }));
console.log(sum(new Node(0.5, list)));
