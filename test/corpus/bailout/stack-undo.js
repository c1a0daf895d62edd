// An undo stack, emptied.
class History { constructor() { this.done = []; this.value = 0; } apply(n) { this.done.push(this.value); this.value = n; } undo() { const before = this.done.pop(); if (before !== undefined) this.value = before; return this.value; } }
const history = new History();
for (let i = 0; i < 4000; i++) { history.apply(i & 7); history.undo(); }
console.log(history.undo());
history.apply(0.5);
console.log(history.undo());
history.apply('x');
console.log(history.undo());
