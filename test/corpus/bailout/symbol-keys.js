// Properties under symbols.
const id = Symbol('id'), tag = Symbol('tag');
function read(o) { return o[id] + 1; }
for (let i = 0; i < 5000; i++) read({ [id]: i & 3 });
console.log(read({ [id]: 4 }));
console.log(read({ [tag]: 1, [id]: 5 }));
console.log(read({ [id]: 0.5 }));
console.log(read({ [id]: 'x' }));
