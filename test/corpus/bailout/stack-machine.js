// A stack machine adds integers, then fractions, then strings.
class Machine {
  constructor() { this.stack = []; }
  push(value) { this.stack.push(value); }
  add() { const b = this.stack.pop(); const a = this.stack.pop(); this.stack.push(a + b); }
  run(program) { for (let i = 0; i < program.length; i++) { const op = program[i]; if (op === 'add') this.add(); else this.push(op); } return this.stack.pop(); }
}
const machine = new Machine();
for (let i = 0; i < 4000; i++) machine.run([1, 2, 'add', 3, 'add']);
console.log(machine.run([1, 2, 'add']));
console.log(machine.run([1.5, 2, 'add']));
console.log(machine.run(['a', 'b', 'add']));
