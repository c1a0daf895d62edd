// An event emitter calls listeners of one kind, then of another.
class Emitter {
  constructor() { this.listeners = []; }
  on(listener) { this.listeners.push(listener); }
  emit(value) { for (let i = 0; i < this.listeners.length; i++) this.listeners[i](value); }
}
let total = 0;
const emitter = new Emitter();
emitter.on((v) => { total += v; });
for (let i = 0; i < 4000; i++) emitter.emit(1);
console.log(total);
emitter.on((v) => { total -= v * 2; });
emitter.emit(3);
emitter.emit(0.5);
console.log(total);
