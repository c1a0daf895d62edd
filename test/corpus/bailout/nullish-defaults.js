// Options with defaults.
function area(options) { const w = options.w ?? 2, h = options.h ?? 3; return w * h; }
for (let i = 0; i < 5000; i++) area({ w: i & 3, h: 2 });
console.log(area({ w: 4, h: 5 }));
console.log(area({ w: 4 }));
console.log(area({ w: null, h: 1.5 }));
