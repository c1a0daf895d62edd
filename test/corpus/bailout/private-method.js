// A private method and a private field.
class Stack { #items = []; #top() { return this.#items[this.#items.length - 1]; } push(x) { this.#items.push(x); return this.#top(); } get size() { return this.#items.length; } clear() { this.#items.length = 0; } }
const stack = new Stack();
for (let i = 0; i < 4000; i++) { stack.push(i & 7); stack.push(1); stack.clear(); }
console.log(stack.push(3));
console.log(stack.push(0.5));
console.log(stack.push('s'), stack.size);
