// Short-lived objects, arrays and closures; a few that live longer.
class Cons {
  constructor(head, tail) {
    this.head = head;
    this.tail = tail;
  }
}
function list(n) {
  let l = null;
  for (let i = 0; i < n; i++) l = new Cons({ value: i, pair: [i, i + 1] }, l);
  return l;
}
function sum(l) {
  let s = 0;
  for (; l !== null; l = l.tail) s += l.head.value + l.head.pair[1];
  return s;
}
const kept = [];
let total = 0;
for (let i = 0; i < 60000; i++) {
  const l = list(50);
  total = (total + sum(l)) & 0xfffffff;
  if (i % 100 === 0) kept.push(l);
}
let long = 0;
for (const l of kept) long += sum(l);
console.log(`allocation ${total} ${long}`);
