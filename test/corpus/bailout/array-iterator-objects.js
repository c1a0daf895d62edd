// for-of over objects that are destructured: other maps.
function f(a) { let n = 0; for (const { x, y } of a) n += x * y; return n; }
const pts = []; for (let i = 0; i < 10; i++) pts.push({ x: i, y: 2 });
for (let i = 0; i < 4000; i++) f(pts);
console.log(f(pts)); pts[3] = { x: 0.5, y: 2 }; console.log(f(pts)); pts[4] = { y: 1, x: 2 }; console.log(f(pts)); 
