// {...source}: a plain object's clone keeps its map; sites of arrays, accessors and dictionaries are megamorphic.
function clone(o) {
  return { ...o };
}
function cloneAny(o) {
  return { ...o };
}
function read(o) {
  return o.x + o.y;
}
function main() {
  let total = 0;
  for (let i = 0; i < 20000; i++) total += read(clone({ x: i, y: 2 })) + read({ x: i, y: 3 });
  for (let i = 0; i < 20; i++) cloneAny([i]);
  total += read(clone({ x: 0.5, y: 1 })) + read(cloneAny({ x: 1, y: 1 }));
  return total;
}
console.log(main());
