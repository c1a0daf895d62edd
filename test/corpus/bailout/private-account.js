// Private fields of an account, then of something without them.
class Account {
  #balance = 0;
  deposit(n) { this.#balance = this.#balance + n; return this.#balance; }
  get balance() { return this.#balance; }
}
const account = new Account();
for (let i = 0; i < 4000; i++) account.deposit(1);
console.log(account.balance);
console.log(account.deposit(0.5));
try { account.deposit.call({}, 1); } catch (error) { console.log(error instanceof TypeError); }
