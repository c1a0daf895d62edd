// A WeakMap from objects to computed values.
const cache = new WeakMap();
function size(o) { let s = cache.get(o); if (s === undefined) { s = o.w * o.h; cache.set(o, s); } return s; }
const box = { w: 2, h: 3 };
for (let i = 0; i < 5000; i++) size(box);
console.log(size(box));
console.log(size({ w: 0.5, h: 3 }));
console.log(size({ h: 1, w: 2 }));
