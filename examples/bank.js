// A bank as a discrete event simulation: accounts, transfers with rollback, interest, an audit, with Map, Set and symbols. What it
// shows: exceptions through optimized frames, collections, private state and getters.
const AUDIT = Symbol('audit');

class InsufficientFunds extends Error {
  constructor(account, amount) {
    super(`${account.owner} has ${account.balance.toFixed(2)}, needs ${amount.toFixed(2)}`);
    this.name = 'InsufficientFunds';
    this.account = account;
  }
}

class Account {
  #balance;
  constructor(owner, balance) {
    this.owner = owner;
    this.#balance = balance;
    this.history = [];
    this[AUDIT] = new Set();
  }
  get balance() {
    return this.#balance;
  }
  deposit(amount) {
    if (!(amount > 0)) throw new RangeError(`a deposit of ${amount}`);
    this.#balance += amount;
    this.history.push(amount);
  }
  withdraw(amount) {
    if (amount > this.#balance) throw new InsufficientFunds(this, amount);
    this.#balance -= amount;
    this.history.push(-amount);
  }
  month() {}
}

class Savings extends Account {
  constructor(owner, balance, rate) {
    super(owner, balance);
    this.rate = rate;
  }
  month() {
    const interest = Math.round(this.balance * this.rate * 100) / 100;
    if (interest > 0) this.deposit(interest);
  }
}

class Credit extends Account {
  constructor(owner, limit) {
    super(owner, limit);
    this.limit = limit;
  }
  get debt() {
    return this.limit - this.balance;
  }
  month() {
    if (this.debt > 0) this.withdraw(Math.min(this.balance, this.debt * 0.02));
  }
}

class EventQueue {
  constructor() {
    this.events = [];
    this.now = 0;
  }
  at(time, label, action) {
    let i = this.events.length;
    this.events.push(null);
    while (i > 0 && this.events[i - 1].time < time) {
      this.events[i] = this.events[i - 1];
      i--;
    }
    this.events[i] = { time, label, action };
  }
  run() {
    let handled = 0;
    while (this.events.length > 0) {
      const event = this.events.pop();
      this.now = event.time;
      event.action();
      handled++;
    }
    return handled;
  }
}

class Bank {
  constructor() {
    this.accounts = new Map();
    this.queue = new EventQueue();
    this.failures = new Map();
    this.transfers = 0;
  }
  open(account) {
    this.accounts.set(account.owner, account);
    return account;
  }
  transfer(from, to, amount) {
    const source = this.accounts.get(from);
    const target = this.accounts.get(to);
    let taken = false;
    try {
      source.withdraw(amount);
      taken = true;
      target.deposit(amount);
      source[AUDIT].add(to);
      this.transfers++;
    } catch (error) {
      if (taken) source.deposit(amount);
      this.failures.set(error.name, (this.failures.get(error.name) ?? 0) + 1);
    } finally {
      this.last = `${from}->${to}`;
    }
  }
  total() {
    let sum = 0;
    for (const account of this.accounts.values()) sum += account.balance;
    return sum;
  }
}

const bank = new Bank();
bank.open(new Account('ann', 500));
bank.open(new Savings('bob', 1200, 0.01));
bank.open(new Credit('cid', 300));
bank.open(new Account('dee', 20));
console.log(`start: ${bank.total().toFixed(2)}`);

const owners = [...bank.accounts.keys()];
let seed = 99;
for (let i = 0; i < 600; i++) {
  seed = (seed * 7621 + 1) % 32768;
  const from = owners[seed % 4];
  const to = owners[(seed >> 3) % 4];
  const amount = 1 + (seed % 180) / 2;
  if (from !== to) bank.queue.at(i * 3 + (seed % 50), 'transfer', () => bank.transfer(from, to, amount));
}
for (let month = 1; month <= 12; month++) {
  bank.queue.at(month * 150, 'month', () => {
    for (const account of bank.accounts.values()) account.month();
    if (month % 4 === 0) console.log(`month ${month}: ${bank.total().toFixed(2)}`);
  });
}
bank.queue.at(5000, 'close', () => console.log(`closing at ${bank.queue.now}, last ${bank.last}`));
console.log(`${bank.queue.run()} events, ${bank.transfers} transfers`);

for (const [owner, account] of bank.accounts) {
  const partners = [...account[AUDIT]].sort().join('+');
  console.log(`${owner} ${account.constructor.name.padEnd(8)} ${account.balance.toFixed(2).padStart(9)} ${String(account.history.length).padStart(4)} entries, paid ${partners}`);
}
for (const [name, n] of bank.failures) console.log(`${name}: ${n}`);
try {
  bank.accounts.get('dee').withdraw(1e6);
} catch (error) {
  console.log(`${error.name}: ${error.message} (${error instanceof InsufficientFunds})`);
}
try {
  bank.accounts.get('ann').deposit(-1);
} catch ({ name, message }) {
  console.log(`${name}: ${message}`);
}
