// Records told apart by a tag, then one with another tag.
function size(s) { switch (s.kind) { case 'circle': return s.r * 3; case 'rect': return s.w * s.h; default: return -1; } }
for (let i = 0; i < 5000; i++) size(i & 1 ? { kind: 'circle', r: 2 } : { kind: 'rect', w: 1, h: 2 });
console.log(size({ kind: 'circle', r: 0.5 }));
console.log(size({ kind: 'line', l: 4 }));
console.log(size({ r: 1, kind: 'circle' }));
