// Transfers between accounts, one of which is missing.
class Ledger { constructor() { this.accounts = { a: 100, b: 100 }; } move(from, to, n) { this.accounts[from] -= n; this.accounts[to] += n; return this.accounts[to]; } }
const ledger = new Ledger();
for (let i = 0; i < 4000; i++) { ledger.move('a', 'b', 1); ledger.move('b', 'a', 1); }
console.log(ledger.move('a', 'b', 5));
console.log(ledger.move('a', 'b', 0.5));
console.log(ledger.move('a', 'c', 1));
