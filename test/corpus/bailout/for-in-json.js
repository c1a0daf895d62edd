// Bailout: for-in over what JSON made: fields by their place, and arrays.
function clone(o) { return JSON.parse(JSON.stringify(o)); }
function deep(o) { if (Array.isArray(o)) return o.map(deep); if (o && typeof o === 'object') { const r = {}; for (const k of Object.keys(o)) r[k] = deep(o[k]); return r; } return o; }
function sumOf(o) { let s = 0; for (const k in o) { const v = o[k]; if (typeof v === 'number') s += v; else if (typeof v === 'object' && v !== null) s += sumOf(v); } return s; }
const doc = { id: 1, tags: ['a', 'b'], pos: { x: 2, y: 3 }, list: [1, 2, { z: 4 }] };
let s = 0; for (let i = 0; i < 400; i++) { s += sumOf(clone(doc)); s += sumOf(deep(doc)); }
console.log(s);
doc.pos.x = 2.5; doc.extra = null; for (let i = 0; i < 100; i++) { s += sumOf(clone(doc)); s += sumOf(deep(doc)); }
console.log(s, JSON.stringify(doc, (k, v) => (k === 'tags' ? undefined : v)));
