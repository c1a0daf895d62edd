// A setter tells an observer.
class Model { constructor() { this.stored = 0; this.changes = 0; } get value() { return this.stored; } set value(v) { if (v !== this.stored) { this.stored = v; this.changes++; } } }
function bump(model) { model.value = model.value + 1; return model.changes; }
const model = new Model();
for (let i = 0; i < 5000; i++) bump(model);
console.log(bump(model));
model.value = 0.5;
console.log(bump(model));
console.log(bump({ value: 1, changes: 7 }));
