// Updates by assignment of a copied record.
function update(state, n) { const copy = { count: state.count, name: state.name }; copy.count += n; return copy; }
let state = { count: 0, name: 'a' };
for (let i = 0; i < 4000; i++) state = update(state, 1);
console.log(state.count);
state = update(state, 0.5);
console.log(state.count);
console.log(update({ name: 'b', count: 1 }, 2).count);
