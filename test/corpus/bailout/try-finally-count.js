// A resource that is counted in finally, whatever happens.
let open = 0;
function use(resource) { open++; try { return resource.read() + 1; } finally { open--; } }
const good = { read() { return 1; } };
const bad = { read() { throw new Error('closed'); } };
for (let i = 0; i < 4000; i++) use(good);
console.log(use(good), open);
try { use(bad); } catch (error) { console.log(error.message, open); }
console.log(use({ read: () => 1.5 }), open);
